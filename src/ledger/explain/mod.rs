//! The steps behind every line of a month's figures: each with its clause,
//! the events that it rests on, and its result. Pure, like the figures: what
//! is told is what the same functions computed.

mod average;
mod changes;
mod posted;
mod stays;
mod sums;
mod track;

use serde::{Deserialize, Serialize};

pub use posted::{Adjusted, ChangedLine};

use self::stays::Own;
use super::{
    adjust,
    figures::{Credit, Line, LineKind, MonthFigures, PayerFigures, Status},
    history::History,
    month::ManualLine,
    rates::Rates,
    settlement::Settlement,
};
use crate::{
    model::{
        event::CareForm,
        ids::{AgreementId, EpisodeId},
        money::Kronor,
        month::Month,
        place::{PayerCode, RegionCode},
    },
    rules::{
        Rulebook,
        explain::Inputs,
        share::{Model, Share},
        trace::{Change, Outcome, Step, codes},
    },
};

/// A month's figures with the steps behind them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthTrace {
    /// The region.
    pub region: RegionCode,
    /// The month.
    pub month: Month,
    /// Open or locked, as the figures are.
    pub status: Status,
    /// Hash of the locked figures.
    pub hash: Option<String>,
    /// One for each entry of the figures, in their order.
    pub payers: Vec<EntryTrace>,
    /// Sum over the payers.
    pub amount: Kronor,
}

/// One payer's entry under one agreement and model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryTrace {
    /// Who pays.
    pub payer: PayerCode,
    /// The payer's name.
    pub name: String,
    /// The agreement.
    pub agreement: AgreementId,
    /// The model.
    pub model: Model,
    /// The rule that the average belongs to, as in the figures.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// The care forms that this rule is for in the month.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub care_forms: Vec<CareForm>,
    /// Open or locked.
    pub status: Status,
    /// Sum of the lines.
    pub amount: Kronor,
    /// Stays that have no line of their own: those in the average with their
    /// days, and those left out with the reason.
    pub stays: Vec<StayTrace>,
    /// Average, threshold, and what they lead to.
    pub steps: Vec<Step>,
    /// The lines, in the order of the figures.
    pub lines: Vec<LineTrace>,
    /// Minuses for locked months.
    pub credits: Vec<CreditTrace>,
}

/// What a stay without a line of its own gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StayTrace {
    /// The stay.
    pub episode: EpisodeId,
    /// The steps; the last one is what it gives.
    pub steps: Vec<Step>,
}

/// A line and the steps to its amount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineTrace {
    /// The line.
    #[serde(flatten)]
    pub line: Line,
    /// The steps; the last one's result is the amount.
    pub steps: Vec<Step>,
    /// What would change the line; never empty.
    #[serde(default)]
    pub would_change: Vec<Change>,
}

/// A minus and the steps to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreditTrace {
    /// The minus.
    #[serde(flatten)]
    pub credit: Credit,
    /// The steps; the last one's result is the minus, below zero.
    pub steps: Vec<Step>,
    /// What would change it; never empty.
    #[serde(default)]
    pub would_change: Vec<Change>,
}

/// Who can tell what figures do not hold.
pub trait Witness {
    /// The steps behind what a stay gives to a month; with `lost` the rules
    /// that lost as well. Empty where the stay is not known.
    fn stay(&self, episode: &EpisodeId, share: &Share, lost: bool) -> Vec<Step>;

    /// What would still change what a stay gives to a month. Empty where the
    /// stay is not known.
    fn changes(&self, episode: &EpisodeId, share: &Share) -> Vec<Change>;

    /// What an adjustment or a credit of an entry rests on.
    fn adjusted(&self, key: &adjust::EntryKey, month: Month) -> Option<Adjusted>;
}

/// What a month's figures were computed from. For locked figures: the lock's
/// own agreements and rates, and what was known at its position.
pub struct Sources<'a> {
    /// The agreements.
    pub rulebook: &'a Rulebook,
    /// The day rates.
    pub rates: &'a Rates,
    /// Other months.
    pub history: &'a dyn History,
    /// What stays gave to the month.
    pub shares: &'a [(EpisodeId, Share)],
    /// Lines entered by hand for the month, in order.
    pub manual: &'a [ManualLine],
    /// Settlements entered for the month.
    pub settlements: &'a [Settlement],
    /// Stays and adjustments.
    pub witness: &'a dyn Witness,
}

/// The steps behind `figures`.
#[must_use]
pub fn month(figures: &MonthFigures, sources: &Sources<'_>) -> MonthTrace {
    let mut payers: Vec<EntryTrace> = Vec::new();
    for entry in &figures.payers {
        // Two rules with an average give two entries of one key, by rule.
        let same = payers.iter().filter(|it| {
            (it.payer, &it.agreement, it.model) == (entry.payer, &entry.agreement, entry.model)
        });
        let nth = same.count();
        payers.push(Asked::new(entry, nth, figures.month, sources).trace());
    }
    MonthTrace {
        region: figures.region,
        month: figures.month,
        status: figures.status,
        hash: figures.hash.clone(),
        payers,
        amount: figures.amount,
    }
}

/// One entry to be explained.
struct Asked<'a> {
    entry: &'a PayerFigures,
    month: Month,
    sources: &'a Sources<'a>,
    /// The shares behind the entry.
    shares: Vec<&'a (EpisodeId, Share)>,
    /// The rule, where an average belongs to one.
    rule: Option<&'a str>,
}

impl<'a> Asked<'a> {
    fn new(entry: &'a PayerFigures, nth: usize, month: Month, sources: &'a Sources<'a>) -> Self {
        let mut shares: Vec<_> = sources.shares.iter().collect();
        shares.retain(|(_, share)| {
            share.payer == entry.payer
                && share.model == entry.model
                && share.month == month
                && (share.model == Model::Manual || share.agreement == entry.agreement)
        });
        let averaged = matches!(entry.model, Model::AverageExcess | Model::AverageTrigger);
        let mut rules: Vec<&str> = shares.iter().map(|(_, it)| it.rule.as_str()).collect();
        rules.sort_unstable();
        rules.dedup();
        // Entries that were locked before they told their rule stand in its order.
        let told = entry.rule.as_deref();
        let rule = told.or(rules.get(nth).copied()).filter(|_| averaged);
        if averaged {
            shares.retain(|(_, share)| Some(share.rule.as_str()) == rule);
        }
        shares.sort_by(|a, b| a.0.cmp(&b.0));
        Self {
            entry,
            month,
            sources,
            shares,
            rule,
        }
    }

    fn trace(&self) -> EntryTrace {
        let entry = self.entry;
        let steps = self.average();
        let mut lines: Vec<LineTrace> = Vec::new();
        for line in &entry.lines {
            // Sums of one kind are told apart by their order alone.
            let nth = lines.iter().filter(|it| it.line.kind == line.kind).count();
            lines.push(LineTrace {
                line: line.clone(),
                steps: self.line(line, nth, &steps),
                would_change: changes::of_line(self, line, &steps),
            });
        }
        EntryTrace {
            payer: entry.payer,
            name: entry.name.clone(),
            agreement: entry.agreement.clone(),
            model: entry.model,
            rule: entry.rule.clone(),
            care_forms: entry.care_forms.clone(),
            status: entry.status,
            amount: entry.amount,
            stays: self.without_line(),
            steps,
            lines,
            credits: entry
                .credits
                .iter()
                .map(|credit| self.credit(credit))
                .collect(),
        }
    }

    /// Average, threshold and what they lead to, where the model has them.
    fn average(&self) -> Vec<Step> {
        match self.entry.model {
            Model::AverageExcess => average::steps(self),
            Model::AverageTrigger => track::steps(self),
            _ => Vec::new(),
        }
    }

    /// Stays that give something to the entry but no line.
    fn without_line(&self) -> Vec<StayTrace> {
        let of_stay = |kind| matches!(kind, LineKind::Individual | LineKind::Retroactive);
        let has_line = |episode: &EpisodeId| {
            let own = |line: &Line| {
                of_stay(line.kind)
                    && line.for_month.is_none()
                    && line.episode.as_ref() == Some(episode)
            };
            // A stay in an average stands among its members even so.
            self.entry.model != Model::AverageTrigger && self.entry.lines.iter().any(own)
        };
        let without = self.shares.iter().filter(|(episode, _)| !has_line(episode));
        without
            .map(|(episode, share)| StayTrace {
                episode: episode.clone(),
                steps: self.sources.witness.stay(episode, share, false),
            })
            .collect()
    }

    fn line(&self, line: &Line, nth: usize, average: &[Step]) -> Vec<Step> {
        let mut steps = match line.kind {
            LineKind::Individual | LineKind::Retroactive => Own::of(self, line).steps(average),
            LineKind::AverageExcess => average::line(self, average),
            LineKind::FixedShare => sums::fixed(self),
            LineKind::Settlement => sums::settlement(self, nth),
            LineKind::Manual => sums::manual(self, nth),
            LineKind::Adjustment => posted::adjustment(self, line),
        };
        let computed = steps.last().map_or("0.00", |step| step.result.as_str());
        if computed != line.amount.to_string() {
            // A later engine bills nothing anew: the line stands.
            let mut inputs = Inputs::default();
            inputs.value("computed", computed);
            let step = Step {
                outcome: Outcome::Fails,
                ..value(codes::COMPUTED_OTHERWISE, inputs, line.amount)
            };
            steps.push(step);
        }
        steps
    }

    fn credit(&self, credit: &Credit) -> CreditTrace {
        CreditTrace {
            credit: credit.clone(),
            steps: posted::credit(self, credit),
            would_change: match credit.settles {
                true => vec![Change::nothing("settlement", sums::settled_by(self))],
                false => changes::posted(),
            },
        }
    }
}

/// A step that gives a value, without a clause.
fn value(code: &str, inputs: Inputs, result: impl std::fmt::Display) -> Step {
    Step {
        code: code.to_owned(),
        clause: None,
        inputs: inputs.end(),
        outcome: Outcome::Holds,
        result: result.to_string(),
    }
}

#[cfg(test)]
mod tests;
