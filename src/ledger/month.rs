//! A month's figures, computed from what stays give to it. Pure: the same
//! shares, agreements, rates and history give the same figures.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{
    entry::{Entry, EntryKey},
    figures::{Finding, Line, LineKind, MonthFigures, Status},
    findings,
    history::{History, NoHistory},
    rates::Rates,
    settlement::{Settled, Settlement},
};
use crate::{
    model::{
        ids::{AgreementId, EpisodeId},
        money::Kronor,
        month::Month,
        place::PayerCode,
    },
    rules::{
        agreement::{Formula, Rule},
        model::fixed_share,
        rulebook::{MANUAL, Rulebook},
        share::{Model, Share},
    },
};

/// A line that finance entered by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManualLine {
    /// Who pays.
    pub payer: PayerCode,
    /// Kronor.
    pub amount: Kronor,
    /// Why.
    pub reason: String,
    /// Who entered it.
    pub by: String,
}

/// What a month's figures need besides the shares of its stays.
pub struct MonthContext<'a> {
    /// Other months.
    pub history: &'a dyn History,
    /// Lines entered by hand for this month.
    pub manual: &'a [ManualLine],
    /// Settlements of fixed shares entered for this month.
    pub settlements: &'a [Settlement],
}

impl Default for MonthContext<'_> {
    fn default() -> Self {
        Self {
            history: &NoHistory,
            manual: &[],
            settlements: &[],
        }
    }
}

/// What every part of a month's figures is computed with.
pub(super) struct Desk<'a> {
    pub month: Month,
    pub rulebook: &'a Rulebook,
    pub rates: &'a Rates,
    pub history: &'a dyn History,
    pub findings: Vec<Finding>,
}

/// Computes the figures of `month` from `shares`, what its stays give to it;
/// shares of other months are passed over. Every entry is open.
pub fn compute<'a>(
    month: Month,
    shares: impl IntoIterator<Item = (EpisodeId, &'a Share)>,
    rulebook: &Rulebook,
    rates: &Rates,
    context: &MonthContext<'_>,
) -> MonthFigures {
    let mut desk = Desk {
        month,
        rulebook,
        rates,
        history: context.history,
        findings: Vec::new(),
    };
    let payers = entries(shares, context, &mut desk)
        .into_iter()
        .map(|(key, entry)| entry.figures(&key, &mut desk))
        .collect::<Vec<_>>();
    findings::agreements(&payers, &mut desk);
    let findings = findings::sorted(desk.findings);
    MonthFigures {
        region: rulebook.region(),
        month,
        status: Status::Open,
        hash: None,
        amount: payers.iter().map(|payer| payer.amount).sum(),
        payers,
        findings,
    }
}

/// What every entry of the desk's month is made of.
pub(super) fn entries<'a>(
    shares: impl IntoIterator<Item = (EpisodeId, &'a Share)>,
    context: &MonthContext<'_>,
    desk: &mut Desk<'_>,
) -> BTreeMap<EntryKey, Entry<'a>> {
    let mut entries: BTreeMap<EntryKey, Entry<'_>> = BTreeMap::new();
    for (episode, share) in shares {
        if share.month == desk.month {
            let entry = entries.entry(EntryKey::of(share)).or_default();
            entry.stays.push((episode, share));
        }
    }
    fixed_shares(desk, &mut entries);
    settlements(context, desk, &mut entries);
    by_hand(context, &mut entries);
    entries
}

/// A line for one sum.
fn sum_line(kind: LineKind, amount: Kronor) -> Line {
    Line {
        kind,
        episode: None,
        for_month: None,
        quantity: Decimal::ONE,
        rate: amount.decimal().normalize(),
        amount,
    }
}

/// Fixed shares are due without any stay.
fn fixed_shares(desk: &Desk<'_>, entries: &mut BTreeMap<EntryKey, Entry<'_>>) {
    let first = desk.month.first();
    for agreement in desk.rulebook.binding() {
        // The date that chooses the rule also decides on a suspension.
        let suspended = desk.rulebook.suspension(&agreement.id, first).is_some();
        let holds = |rule: &&Rule| rule.applies.iter().any(|applies| applies.covers(first));
        for rule in agreement.rules().iter().filter(holds) {
            let Formula::FixedShare(fixed) = &rule.formula else {
                continue;
            };
            let (parts, rounding) = (
                fixed.parts.on(first).value.0,
                fixed.rounding.on(first).value,
            );
            for total in &fixed.total {
                let part = fixed_share::part(total.kronor.0, parts, rounding);
                let key =
                    EntryKey::new(total.payer.into(), agreement.id.clone(), Model::FixedShare);
                let entry = entries.entry(key).or_default();
                // A sum below 10^9 kronor, as the file's check holds it.
                if let Ok(amount) = Kronor::rounded(part)
                    && amount > Kronor::ZERO
                    && !suspended
                {
                    entry.lines.push(sum_line(LineKind::FixedShare, amount));
                }
            }
        }
    }
}

/// Actual cost less what was paid: a line, or credits of what was billed.
fn settlements(
    context: &MonthContext<'_>,
    desk: &mut Desk<'_>,
    entries: &mut BTreeMap<EntryKey, Entry<'_>>,
) {
    for settled in context.settlements {
        let key = EntryKey::new(settled.payer, settled.agreement.clone(), Model::FixedShare);
        let entry = entries.entry(key).or_default();
        for open in &settled.open {
            desk.findings
                .push(findings::settlement_open_month(settled.payer, *open));
        }
        match settled.settled() {
            Settled::Even => {}
            Settled::Due(amount) => entry.lines.push(Line {
                for_month: settled.last(),
                ..sum_line(LineKind::Settlement, amount)
            }),
            Settled::Back(credits) => entry.credits.extend(credits),
        }
    }
}

fn by_hand(context: &MonthContext<'_>, entries: &mut BTreeMap<EntryKey, Entry<'_>>) {
    let Ok(manual) = AgreementId::new(MANUAL) else {
        return;
    };
    for line in context.manual {
        let key = EntryKey::new(line.payer, manual.clone(), Model::Manual);
        let entry = entries.entry(key).or_default();
        if line.amount > Kronor::ZERO {
            entry.lines.push(sum_line(LineKind::Manual, line.amount));
        }
    }
}

#[cfg(test)]
#[path = "month_tests.rs"]
mod tests;
