//! One payer's month: its ready stays, and what it comes to if some of them
//! go home today.

use std::collections::BTreeSet;

use crate::{
    console::list::Place,
    desk::error::DeskError,
    ledger::forecast::{EntryForecast, Forecast, Keep, Others, PayerForecast, StayAhead, WhatIf},
    model::{ids::EpisodeId, place::PayerCode},
    text::console::Say,
};

/// A payer's state on the screen.
#[derive(Debug, Clone)]
pub struct PayerPage {
    /// Which payer.
    pub payer: PayerCode,
    /// What the desk foresees for it alone, under the marks asked about last.
    pub view: Option<Box<Forecast>>,
    /// Why it could not be read.
    pub error: Option<DeskError>,
    /// Stays that are supposed to go home today.
    pub marks: BTreeSet<EpisodeId>,
    /// What the others do.
    pub others: Others,
    /// Where one is among the stays.
    pub place: Place,
    /// Serial of the last answer taken; at first that of the last question
    /// before this screen.
    pub applied: u64,
}

impl PayerPage {
    /// A payer that is not read yet.
    #[must_use]
    pub fn new(payer: PayerCode, serial: u64) -> Self {
        Self {
            payer,
            view: None,
            error: None,
            marks: BTreeSet::new(),
            others: Others::default(),
            place: Place::default(),
            applied: serial,
        }
    }

    /// What is to be asked about.
    #[must_use]
    pub fn what_if(&self) -> WhatIf {
        WhatIf {
            stays: self.marks.iter().cloned().collect(),
            others: self.others,
        }
    }

    /// Whether the amounts shown are those of the marks shown.
    #[must_use]
    pub fn is_current(&self) -> bool {
        let asked = self.view.as_ref().and_then(|view| view.what_if.as_ref());
        asked.is_some_and(|asked| {
            asked.others == self.others && asked.stays.iter().eq(self.marks.iter())
        })
    }

    /// Takes what the desk foresees: marks of those who have left are gone,
    /// and the selection stays with its stay.
    pub fn take(&mut self, view: Box<Forecast>, height: usize) {
        let selected = self.stay().map(|stay| stay.episode.clone());
        self.view = Some(view);
        self.error = None;
        let stays: Vec<EpisodeId> = self.stays().iter().map(|it| it.episode.clone()).collect();
        self.marks.retain(|mark| stays.contains(mark));
        let found = stays.iter().position(|it| Some(it) == selected.as_ref());
        let at = found.unwrap_or(self.place.at);
        self.place.select(at, stays.len(), height);
    }

    /// The payer's month; none before it is read and where nothing is known.
    #[must_use]
    pub fn month(&self) -> Option<&PayerForecast> {
        self.view.as_ref()?.payers.first()
    }

    /// Its ready stays, the dearest tomorrow first.
    #[must_use]
    pub fn stays(&self) -> &[StayAhead] {
        self.month().map_or(&[], |month| &month.stays)
    }

    /// The selected stay.
    #[must_use]
    pub fn stay(&self) -> Option<&StayAhead> {
        self.stays().get(self.place.at)
    }

    /// Its averages.
    pub fn averages(&self) -> impl Iterator<Item = &EntryForecast> {
        self.month().into_iter().flat_map(averages)
    }

    /// The smallest sets that keep its averages down.
    pub fn keeps(&self) -> impl Iterator<Item = &Keep> {
        self.averages().filter_map(|entry| entry.keep.as_ref())
    }

    /// Whether a stay is in a smallest set.
    #[must_use]
    pub fn suffices(&self, episode: &EpisodeId) -> bool {
        self.keeps().any(|keep| keep.stays.contains(episode))
    }

    /// The stays that must leave today to keep every average down.
    ///
    /// # Errors
    /// Why there are none to mark.
    pub fn smallest(&self) -> Result<BTreeSet<EpisodeId>, Say> {
        if self.view.is_none() {
            return Err(Say::WhyStillReading);
        }
        let keeps: Vec<_> = self.keeps().collect();
        if keeps.is_empty() {
            return Err(Say::WhyNoAverage);
        }
        let set: BTreeSet<_> = keeps.iter().flat_map(|keep| &keep.stays).cloned().collect();
        match set.is_empty() {
            false => Ok(set),
            true if keeps.iter().all(|keep| keep.possible) => Err(Say::WhyPlanKeeps),
            true => Err(Say::WhyNothingKeeps),
        }
    }
}

/// A payer's averages.
pub fn averages(payer: &PayerForecast) -> impl Iterator<Item = &EntryForecast> {
    let has =
        |entry: &&EntryForecast| entry.keep.is_some() || entry.scenarios.so_far.threshold.is_some();
    payer.entries.iter().filter(has)
}
