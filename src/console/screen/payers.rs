//! The payers' month: where each stands and what it will come to.

use std::cmp::Reverse;

use crate::{
    console::list::Place,
    desk::{error::DeskError, reply::PayerHistory},
    ledger::forecast::{Forecast, PayerForecast},
    model::{money::Kronor, month::Month, place::PayerCode},
};

/// Months of which the list shows amounts, the one that runs included.
pub const MONTHS: u16 = 12;

/// The payers' state on the screen.
#[derive(Debug, Clone, Default)]
pub struct PayersPage {
    /// What the desk foresees.
    pub view: Option<Box<Forecast>>,
    /// What the months before came to.
    pub history: Option<Box<PayerHistory>>,
    /// Why it could not be read.
    pub error: Option<DeskError>,
    /// Payers shown, as places in the forecast.
    pub shown: Vec<usize>,
    /// Where one is among them.
    pub place: Place,
    /// Serial of the last forecast taken.
    pub applied: u64,
}

impl PayersPage {
    /// Takes a forecast: the user's own payers first, then the dearest; the
    /// selection stays with its payer.
    pub fn take(&mut self, view: Box<Forecast>, own: &[PayerCode], height: usize) {
        let selected = self.payer().map(|payer| payer.payer);
        self.shown = (0..view.payers.len()).collect();
        self.shown.sort_by_key(|at| {
            let payer = &view.payers[*at];
            (!own.contains(&payer.payer), Reverse(expected(payer)), *at)
        });
        self.view = Some(view);
        self.error = None;
        let view = self.view.as_ref();
        let of = |at: &usize| view.and_then(|view| view.payers.get(*at));
        let found = self
            .shown
            .iter()
            .position(|at| of(at).map(|payer| payer.payer) == selected);
        let at = found.unwrap_or(self.place.at);
        self.place.select(at, self.shown.len(), height);
    }

    /// The payer shown at a line.
    #[must_use]
    pub fn at(&self, line: usize) -> Option<&PayerForecast> {
        let at = self.shown.get(line)?;
        self.view.as_ref()?.payers.get(*at)
    }

    /// The selected payer.
    #[must_use]
    pub fn payer(&self) -> Option<&PayerForecast> {
        self.at(self.place.at)
    }

    /// Whether what is known of the months before ends where this one begins.
    #[must_use]
    pub fn has_history(&self, runs: Month) -> bool {
        let last = self.history.as_ref().and_then(|it| it.months.last());
        last.is_some_and(|last| last.next() == runs)
    }

    /// A payer's amounts month by month, the one that runs as planned; none
    /// before the months were read.
    #[must_use]
    pub fn months(&self, payer: &PayerForecast) -> Option<Vec<Option<Kronor>>> {
        let history = self.history.as_ref()?;
        let known = history.payers.iter().find(|one| one.payer == payer.payer);
        let mut amounts = match known {
            Some(known) => known.amounts.clone(),
            None => vec![Some(Kronor::ZERO); history.months.len()],
        };
        amounts.push(expected(payer));
        Some(amounts)
    }
}

/// What a payer's month comes to: as planned, or as it ended.
#[must_use]
pub fn expected(payer: &PayerForecast) -> Option<Kronor> {
    payer.amounts.planned.unwrap_or(payer.amounts.so_far)
}
