//! The agreements in force and the day rates.

use ratatui::layout::Rect;

use crate::{
    console::{layout, list::Place},
    desk::{
        error::DeskError,
        reply::{AgreementView, RateView},
    },
    text::console::Say,
};

/// A part of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Part {
    #[default]
    Agreements,
    Rates,
}

/// The state of agreements and rates.
#[derive(Debug, Clone, Default)]
pub struct AgreementsPage {
    /// The agreements; none before they are read.
    pub agreements: Option<Vec<AgreementView>>,
    /// The day rates; none before they are read.
    pub rates: Option<Vec<RateView>>,
    /// Why something could not be read.
    pub error: Option<DeskError>,
    /// The part that keys move in.
    pub part: Part,
    /// Where one is in each part.
    pub places: [Place; 2],
    /// Serials of the last answers taken: agreements, rates.
    pub applied: [u64; 2],
}

impl AgreementsPage {
    /// The selected agreement, while the agreements are in front.
    #[must_use]
    pub fn agreement(&self) -> Option<&AgreementView> {
        if self.part != Part::Agreements {
            return None;
        }
        self.agreements.as_ref()?.get(self.places[0].at)
    }

    /// The selected rate, while the rates are in front.
    #[must_use]
    pub fn rate(&self) -> Option<&RateView> {
        if self.part != Part::Rates {
            return None;
        }
        self.rates.as_ref()?.get(self.places[1].at)
    }

    /// Takes the agreements.
    pub fn take_agreements(&mut self, agreements: Vec<AgreementView>) {
        let at = self.places[0].at;
        self.places[0].follow(at, agreements.len());
        self.agreements = Some(agreements);
        self.error = None;
    }

    /// Takes the rates; at first the one that waits is selected, else the
    /// latest.
    pub fn take_rates(&mut self, rates: Vec<RateView>, body: Rect) {
        let height = layout::agreements(body, self.lines()).rates.height as usize;
        let waiting = rates.iter().position(|rate| !rate.confirmed);
        let at = match self.rates {
            None => waiting.unwrap_or(usize::MAX),
            Some(_) => self.places[1].at,
        };
        self.places[1].select(at, rates.len(), height);
        self.rates = Some(rates);
        self.error = None;
    }

    /// How many agreements there are.
    #[must_use]
    pub fn lines(&self) -> usize {
        self.agreements.as_ref().map_or(0, Vec::len)
    }

    /// How long the list in front is.
    #[must_use]
    pub fn len(&self) -> usize {
        match self.part {
            Part::Agreements => self.lines(),
            Part::Rates => self.rates.as_ref().map_or(0, Vec::len),
        }
    }

    /// Whether the list in front has no lines.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Whether an agreement can be chosen for a decision.
///
/// # Errors
/// Why not.
pub fn chosen(agreement: Option<&AgreementView>) -> Result<&AgreementView, Say> {
    agreement.ok_or(Say::WhyPickAgreement)
}

/// Whether an agreement has a suspension that can be ended.
///
/// # Errors
/// Why not.
pub fn can_resume(agreement: Option<&AgreementView>) -> Result<&AgreementView, Say> {
    let agreement = chosen(agreement)?;
    let lasting = agreement.suspended.iter().any(|one| one.ended_by.is_none());
    if lasting {
        Ok(agreement)
    } else {
        Err(Say::WhyNotSuspended)
    }
}

/// Whether an agreement leaves a date to be set.
///
/// # Errors
/// Why not.
pub fn can_set_date(agreement: Option<&AgreementView>) -> Result<&AgreementView, Say> {
    let agreement = chosen(agreement)?;
    if agreement.dates.is_empty() {
        Err(Say::WhyNoDates)
    } else {
        Ok(agreement)
    }
}
