//! What a locked month should have been billed, against what was billed.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{
    explain::ChangedLine,
    figures::{Credit, Line, LineKind, MonthFigures, PayerFigures, Status},
    lock::Lock,
};
use crate::{
    model::{
        ids::{AgreementId, EpisodeId},
        money::Kronor,
        month::Month,
        place::PayerCode,
    },
    rules::share::Model,
};

/// What an entry of figures is about.
pub type EntryKey = (PayerCode, AgreementId, Model);

/// The key of an entry.
#[must_use]
pub fn key(entry: &PayerFigures) -> EntryKey {
    (entry.payer, entry.agreement.clone(), entry.model)
}

/// Sums by entry, for one locked month.
pub type Sums = BTreeMap<EntryKey, Kronor>;

/// Adds what the lock of `month` itself billed.
pub fn add_billed(billed: &mut Sums, locked: &MonthFigures) {
    for entry in &locked.payers {
        let own = entry
            .lines
            .iter()
            .filter(|line| line.kind != LineKind::Adjustment);
        *billed.entry(key(entry)).or_default() += own.map(|line| line.amount).sum();
    }
}

/// Adds what a later lock posted for `month`: adjustments less credits, those
/// of a settlement apart.
pub fn add_posted(billed: &mut Sums, later: &MonthFigures, month: Month) {
    for entry in &later.payers {
        let posted = entry
            .lines
            .iter()
            .filter(|line| line.kind == LineKind::Adjustment && line.for_month == Some(month));
        let plus: Kronor = posted.map(|line| line.amount).sum();
        let credits = entry
            .credits
            .iter()
            .filter(|credit| credit.for_month == month && !credit.settles);
        let minus: Kronor = credits.map(|credit| credit.amount).sum();
        if plus != Kronor::ZERO || minus != Kronor::ZERO {
            *billed.entry(key(entry)).or_default() += plus - minus;
        }
    }
}

/// What invoices bear for one locked month, by entry: number and kronor, in
/// the order in which they were made.
pub type Borne = BTreeMap<EntryKey, Vec<(String, Kronor)>>;

/// Adds what the invoice of a lock bears for `month`, less what its credits
/// took off earlier ones: its own lines in the month's own lock, adjustments
/// in a later one. Locks come in order.
pub fn add_borne(borne: &mut Borne, lock: &Lock, figures: &MonthFigures, month: Month) {
    let own = lock.month == month;
    let counts = |line: &&Line| match line.kind {
        LineKind::Adjustment => line.for_month == Some(month),
        _ => own,
    };
    for entry in &figures.payers {
        let mut invoices = lock.invoices.iter();
        let invoice = invoices.find(|it| it.payer == entry.payer && it.credits.is_none());
        let amount: Kronor = entry
            .lines
            .iter()
            .filter(counts)
            .map(|line| line.amount)
            .sum();
        let on_invoices = borne.entry(key(entry)).or_default();
        if let Some(invoice) = invoice.filter(|_| amount > Kronor::ZERO) {
            on_invoices.push((invoice.number.clone(), amount));
        }
        let credits = entry.credits.iter();
        for credit in credits.filter(|it| it.for_month == month && !it.settles) {
            let mut credited = on_invoices.iter_mut();
            if let Some((_, left)) = credited.find(|(number, _)| *number == credit.invoice) {
                *left = *left - credit.amount;
            }
        }
    }
}

/// A minus of `amount` as credits of the invoices that bear it: the month's
/// own first, then those that posted adjustments for it.
fn credits(borne: &[(String, Kronor)], for_month: Month, amount: Kronor) -> Vec<Credit> {
    let credit = |invoice: &str, amount| Credit {
        for_month,
        invoice: invoice.to_owned(),
        amount,
        settles: false,
    };
    let mut left = amount;
    let mut credits = Vec::new();
    for (invoice, on_it) in borne {
        let part = left.min(*on_it);
        if part > Kronor::ZERO {
            credits.push(credit(invoice, part));
            left = left - part;
        }
    }
    // Nothing falls below zero, so the invoices bear it all; should an old
    // lock say otherwise, the rest is still told.
    if left > Kronor::ZERO {
        let invoice = borne.first().map_or("", |(number, _)| number);
        credits.push(credit(invoice, left));
    }
    credits
}

/// Sums of the month as it is computed now.
#[must_use]
pub fn due(recomputed: &MonthFigures) -> Sums {
    let mut due = Sums::new();
    for entry in &recomputed.payers {
        *due.entry(key(entry)).or_default() += entry.amount;
    }
    due
}

/// What is still to be posted: due less billed, where that is not zero.
#[must_use]
pub fn differences(due: &Sums, billed: &Sums) -> Vec<(EntryKey, Kronor)> {
    let mut open = due.clone();
    for (key, amount) in billed {
        let rest = open.entry(key.clone()).or_default();
        *rest = *rest - *amount;
    }
    open.into_iter()
        .filter(|(_, amount)| *amount != Kronor::ZERO)
        .collect()
}

/// Lines of an entry whose amount differs between what was locked and what
/// comes out now.
#[must_use]
pub fn changed(
    key: &EntryKey,
    locked: &[MonthFigures],
    recomputed: &[MonthFigures],
) -> Vec<ChangedLine> {
    let (then, now) = (by_stay(key, locked), by_stay(key, recomputed));
    let mut stays: Vec<_> = then.keys().chain(now.keys()).cloned().collect();
    stays.sort();
    stays.dedup();
    let changed = stays.into_iter().filter_map(|episode| {
        let of = |sums: &BTreeMap<_, Kronor>| sums.get(&episode).copied().unwrap_or_default();
        let amounts = (of(&then), of(&now));
        (amounts.0 != amounts.1).then_some(ChangedLine {
            episode,
            amounts: Some(amounts),
            later: Vec::new(),
        })
    });
    changed.collect()
}

/// What an entry's own lines about a stay come to; none without such a line.
#[must_use]
pub fn of_stay(key: &EntryKey, figures: &[MonthFigures], episode: &EpisodeId) -> Option<Kronor> {
    by_stay(key, figures).remove(&Some(episode.clone()))
}

/// Sums of an entry's own lines by stay; none for the average's.
fn by_stay(key: &EntryKey, figures: &[MonthFigures]) -> BTreeMap<Option<EpisodeId>, Kronor> {
    let mut sums = BTreeMap::new();
    let entries = figures.iter().flat_map(|it| &it.payers);
    for line in entries
        .filter(|entry| self::key(entry) == *key)
        .flat_map(|entry| &entry.lines)
        .filter(|line| line.kind != LineKind::Adjustment)
    {
        *sums.entry(line.episode.clone()).or_insert(Kronor::ZERO) += line.amount;
    }
    sums
}

/// Posts a difference in `figures`: plus as an adjustment line, minus as
/// credits of the invoices that bear it.
pub fn post(
    figures: &mut MonthFigures,
    posted: &EntryKey,
    for_month: Month,
    difference: Kronor,
    borne: &Borne,
) {
    let mut entries = figures.payers.iter();
    let at = entries.position(|entry| key(entry) == *posted);
    let at = at.unwrap_or_else(|| {
        figures.payers.push(empty(posted.clone()));
        figures.payers.len() - 1
    });
    let entry = &mut figures.payers[at];
    if difference > Kronor::ZERO {
        entry.lines.push(Line {
            kind: LineKind::Adjustment,
            episode: None,
            for_month: Some(for_month),
            quantity: Decimal::ONE,
            rate: difference.decimal().normalize(),
            amount: difference,
        });
        entry.amount += difference;
        figures.amount += difference;
    } else {
        let borne = borne.get(posted).map_or(&[][..], Vec::as_slice);
        entry.credits.extend(credits(borne, for_month, -difference));
    }
    figures.payers.sort_by_key(key);
}

fn empty((payer, agreement, model): EntryKey) -> PayerFigures {
    PayerFigures {
        payer,
        name: payer.name().to_owned(),
        agreement,
        model,
        rule: None,
        care_forms: Vec::new(),
        status: Status::Open,
        discharged: 0,
        counted: 0,
        excluded: Vec::new(),
        average: None,
        threshold: None,
        amount: Kronor::ZERO,
        lines: Vec::new(),
        credits: Vec::new(),
    }
}
