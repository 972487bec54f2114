//! Adjustments and credits: what a locked month should have cost.

use super::{Asked, sums, value};
use crate::{
    ledger::{
        adjust,
        figures::{Credit, Line},
    },
    model::{
        event::Kind,
        ids::{EpisodeId, EventId},
        money::Kronor,
        month::Month,
    },
    rules::{
        explain::Inputs,
        trace::{Step, codes},
    },
};

/// What an adjustment or a credit rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adjusted {
    /// What the month comes to with all that is known now.
    pub due: Kronor,
    /// What was billed for it, earlier adjustments included.
    pub billed: Kronor,
    /// The invoices that bear it, that of the month's lock first.
    pub invoices: Vec<String>,
    /// Lines and stays that differ.
    pub changed: Vec<ChangedLine>,
}

/// A line or a stay that differs from the lock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedLine {
    /// The stay; none for the average.
    pub episode: Option<EpisodeId>,
    /// What its line was in the lock and is now, where it has one.
    pub amounts: Option<(Kronor, Kronor)>,
    /// Events of the stay that were recorded after the lock.
    pub later: Vec<(EventId, Kind)>,
}

/// The steps behind an adjustment line.
pub(super) fn adjustment(asked: &Asked<'_>, line: &Line) -> Vec<Step> {
    let month = line.for_month.unwrap_or(asked.month);
    steps(asked, month).0
}

/// The steps behind a credit: a correction, or what a settlement pays back.
pub(super) fn credit(asked: &Asked<'_>, credit: &Credit) -> Vec<Step> {
    if credit.settles {
        return sums::paid_back(asked, credit);
    }
    let (mut steps, difference) = steps(asked, credit.for_month);
    // What one invoice cannot bear alone is credited on several.
    if difference.is_some_and(|difference| difference != -credit.amount) {
        let mut part = Inputs::default();
        part.value("invoice", &credit.invoice);
        steps.push(value(codes::CREDIT_PART, part, -credit.amount));
    }
    steps
}

/// The steps to a difference, and the difference.
fn steps(asked: &Asked<'_>, month: Month) -> (Vec<Step>, Option<Kronor>) {
    let key = adjust::key(asked.entry);
    let Some(adjusted) = asked.sources.witness.adjusted(&key, month) else {
        return (Vec::new(), None);
    };
    let mut steps: Vec<_> = adjusted.changed.iter().map(changed).collect();
    let mut due = Inputs::default();
    due.value("for_month", month);
    steps.push(value(codes::DUE, due, adjusted.due));
    let mut billed = Inputs::default();
    billed.value("for_month", month);
    for invoice in &adjusted.invoices {
        billed.value("invoice", invoice);
    }
    steps.push(value(codes::BILLED, billed, adjusted.billed));
    let mut both = Inputs::default();
    both.value("due", adjusted.due);
    both.value("billed", adjusted.billed);
    let difference = adjusted.due - adjusted.billed;
    steps.push(value(codes::DIFFERENCE, both, difference));
    (steps, Some(difference))
}

fn changed(it: &ChangedLine) -> Step {
    let mut inputs = Inputs::default();
    if let Some(episode) = &it.episode {
        inputs.value("stay", episode);
    }
    if let Some((billed, due)) = it.amounts {
        inputs.value("billed", billed);
        inputs.value("due", due);
    }
    for (event, kind) in &it.later {
        inputs.event("recorded_later", kind.name(), event);
    }
    let rise = it.amounts.map(|(billed, due)| due - billed);
    let result = rise.map_or_else(|| "changed".to_owned(), |rise| rise.to_string());
    value(codes::CHANGED_LINE, inputs, result)
}
