//! The month close: checks, figures, lines, lock.

use super::line::LinePage;
use crate::{
    console::{
        layout,
        list::Place,
        seen::{Changes, SeenMonth},
    },
    desk::{
        error::DeskError,
        reply::{CloseView, InvoiceView, Parked},
    },
    ledger::figures::{Finding, PayerFigures, Status},
    model::{month::Month, place::PayerCode},
    text::console::Say,
};

/// A part of the month close.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum ClosePane {
    Findings,
    Payers,
}

/// A line of the checks.
#[derive(Debug, Clone, Copy)]
pub enum Check<'a> {
    /// Something that was found.
    Finding(&'a Finding),
    /// A payer that is left out of the lock.
    Parked(&'a Parked),
}

/// What a check is about, whatever was decided on it.
#[derive(PartialEq)]
enum Subject {
    Finding(Finding),
    Parked(PayerCode),
}

impl Check<'_> {
    fn subject(self) -> Subject {
        match self {
            Self::Finding(finding) => Subject::Finding(Finding {
                waived: None,
                ..finding.clone()
            }),
            Self::Parked(parked) => Subject::Parked(parked.payer),
        }
    }
}

fn is_same(one: &PayerFigures, other: &PayerFigures) -> bool {
    let key = |it: &PayerFigures| (it.payer, it.model);
    key(one) == key(other) && one.agreement == other.agreement && one.rule == other.rule
}

/// The month close's state.
#[derive(Debug, Clone)]
pub struct ClosePage {
    /// The month shown or asked for.
    pub month: Month,
    /// Whether the user chose it; else the earliest open one is sought.
    pub chosen: bool,
    /// What the desk said.
    pub view: Option<Box<CloseView>>,
    /// Invoices of a locked month.
    pub invoices: Vec<InvoiceView>,
    /// Why something could not be read.
    pub error: Option<DeskError>,
    /// The part that keys move in.
    pub pane: ClosePane,
    /// Where one is among findings and payers.
    pub places: [Place; 2],
    /// Where one is in a payer's lines, while they are shown.
    pub lines: Option<Place>,
    /// Whether this look has begun: what was seen before it is fixed.
    pub looking: bool,
    /// What was seen of the month before this look; none at the first one.
    pub since: Option<SeenMonth>,
    /// Serial of the last answer taken.
    pub applied: u64,
}

impl ClosePage {
    /// A month that is not read yet.
    #[must_use]
    pub fn new(month: Month) -> Self {
        Self {
            month,
            chosen: false,
            view: None,
            invoices: Vec::new(),
            error: None,
            pane: ClosePane::Payers,
            places: [Place::default(); 2],
            lines: None,
            looking: false,
            since: None,
            applied: 0,
        }
    }

    /// Takes what the desk said. A lock dialog keeps the figures it was
    /// opened with; the next one shows these. What is selected stays so where
    /// it is still there: a payer that was left out or locked moves the others
    /// up, and the next key must not be about another one unseen.
    pub fn take(&mut self, view: Box<CloseView>) {
        let payer = self.payer().cloned();
        let check = self.places[ClosePane::Findings as usize].at;
        let check = self.checks().nth(check).map(Check::subject);
        self.view = Some(view);
        self.error = None;
        self.follow_payer(payer.as_ref());
        let at = check.and_then(|it| self.checks().position(|one| one.subject() == it));
        let checks = self.upper_len();
        let place = &mut self.places[ClosePane::Findings as usize];
        place.follow(at.unwrap_or(place.at), checks);
    }

    /// Selects a payer's entry again; where it is gone, its lines are closed.
    fn follow_payer(&mut self, payer: Option<&PayerFigures>) {
        let entries = self.view.as_ref().map(|view| &view.figures.payers);
        let (Some(entries), Some(payer)) = (entries, payer) else {
            self.lines = None;
            self.places[ClosePane::Payers as usize].follow(0, 0);
            return;
        };
        let mut place = self.places[ClosePane::Payers as usize];
        // An agreement may have several entries for a payer.
        let here = entries.get(place.at).filter(|it| is_same(it, payer));
        let at = match here {
            Some(_) => Some(place.at),
            None => entries.iter().position(|it| is_same(it, payer)),
        };
        place.follow(at.unwrap_or(place.at), entries.len());
        let lines = at.and_then(|at| entries.get(at)).map(LinePage::count);
        self.places[ClosePane::Payers as usize] = place;
        match (&mut self.lines, lines) {
            (Some(place), Some(lines)) => place.follow(place.at, lines),
            (lines, _) => *lines = None,
        }
    }

    /// Moves to another month.
    pub fn turn_to(&mut self, month: Month) {
        let chosen = self.chosen;
        let applied = self.applied;
        *self = Self::new(month);
        self.chosen = chosen;
        self.applied = applied;
    }

    /// What changed since the month was seen before.
    #[must_use]
    pub fn changes(&self) -> Option<(&SeenMonth, Changes)> {
        let (since, view) = (self.since.as_ref()?, self.view.as_ref()?);
        Some((since, since.changes(&view.figures, &view.locked)))
    }

    /// Whether every payer's part is locked.
    #[must_use]
    pub fn is_locked(&self) -> bool {
        let view = self.view.as_ref();
        view.is_some_and(|view| view.figures.status == Status::Locked)
    }

    /// The checks: what blocks the lock without being about the figures (the
    /// month has not ended), what was found in them, and who is left out.
    pub fn checks(&self) -> impl Iterator<Item = Check<'_>> {
        self.view.iter().flat_map(|view| {
            let found = &view.figures.findings;
            let other = view.blockers.iter().filter(|it| !found.contains(it));
            let findings = other.chain(found).map(Check::Finding);
            findings.chain(view.parked.iter().map(Check::Parked))
        })
    }

    /// Lines in the upper part: checks, or the invoices of a locked month.
    #[must_use]
    pub fn upper_len(&self) -> usize {
        if self.is_locked() {
            return self.invoices.len();
        }
        self.checks().count()
    }

    /// Lines below the checks in which the selected one is told in full.
    #[must_use]
    pub fn detail(&self, body: ratatui::layout::Rect) -> u16 {
        match self.check() {
            Some(_) => layout::close_detail(body),
            None => 0,
        }
    }

    fn payers(&self) -> usize {
        let view = self.view.as_ref();
        view.map_or(0, |view| view.figures.payers.len())
    }

    /// Lines in the list that keys move in.
    #[must_use]
    pub fn len(&self) -> usize {
        match (self.lines, self.pane) {
            (Some(_), _) => self.payer().map_or(0, LinePage::count),
            (None, ClosePane::Findings) => self.upper_len(),
            (None, ClosePane::Payers) => self.payers(),
        }
    }

    /// Whether the list that keys move in has no lines.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Lines of that list that are seen.
    #[must_use]
    pub fn height(&self, body: ratatui::layout::Rect) -> usize {
        let area = match self.lines {
            Some(_) => layout::close_lines(body),
            None => {
                let areas = layout::close(body, self.upper_len(), self.detail(body));
                layout::close_list(&areas, self.pane)
            }
        };
        area.height as usize
    }

    /// Where one is in the list that keys move in.
    pub fn place(&mut self) -> &mut Place {
        match (&mut self.lines, self.pane) {
            (Some(place), _) => place,
            (None, pane) => &mut self.places[pane as usize],
        }
    }

    /// The selected payer.
    #[must_use]
    pub fn payer(&self) -> Option<&PayerFigures> {
        let place = self.places[ClosePane::Payers as usize];
        self.view.as_ref()?.figures.payers.get(place.at)
    }

    /// The selected check, while the checks are in front.
    #[must_use]
    pub fn check(&self) -> Option<Check<'_>> {
        if self.pane != ClosePane::Findings || self.is_locked() || self.lines.is_some() {
            return None;
        }
        let place = self.places[ClosePane::Findings as usize];
        self.checks().nth(place.at)
    }

    /// The selected finding, while the checks are in front.
    #[must_use]
    pub fn finding(&self) -> Option<&Finding> {
        match self.check()? {
            Check::Finding(finding) => Some(finding),
            Check::Parked(_) => None,
        }
    }

    /// Whether there is something behind the selected line.
    ///
    /// # Errors
    /// Why not.
    pub fn can_open(&self) -> Result<(), Say> {
        match (self.pane, self.lines) {
            (ClosePane::Findings, None) if self.is_locked() => Err(Say::WhyPickPayer),
            (ClosePane::Findings, None) => {
                let finding = self.finding().ok_or(Say::WhyPickFinding)?;
                let stay = finding.episode.as_ref();
                stay.map(|_| ()).ok_or(Say::WhyNoStayOnFinding)
            }
            (ClosePane::Payers, None) => self.payer().map(|_| ()).ok_or(Say::WhyPickPayer),
            (_, Some(_)) => Ok(()),
        }
    }

    /// Whether the selected finding can be accepted.
    ///
    /// # Errors
    /// Why not.
    pub fn can_waive(&self) -> Result<&Finding, Say> {
        let finding = self.finding().ok_or(Say::WhyPickFinding)?;
        if finding.waived.is_some() {
            return Err(Say::WhyDoneAlready);
        }
        if finding.waivable {
            Ok(finding)
        } else {
            Err(Say::WhyNotWaivable)
        }
    }

    /// Whether the selected payer can be left out of the lock.
    ///
    /// # Errors
    /// Why not.
    pub fn can_park(&self) -> Result<PayerCode, Say> {
        let view = self.view.as_ref().ok_or(Say::WhyStillReading)?;
        // Among the checks, the payer that the selected one is about.
        let payer = match self.check() {
            Some(Check::Finding(finding)) => finding.payer,
            Some(Check::Parked(parked)) => Some(parked.payer),
            None => self.payer().map(|payer| payer.payer),
        };
        let payer = payer.ok_or(Say::WhyPickPayer)?;
        if view.locked.contains(&payer) {
            return Err(Say::WhyLocked);
        }
        if view.parked.iter().any(|parked| parked.payer == payer) {
            return Err(Say::WhyDoneAlready);
        }
        Ok(payer)
    }

    /// Whether the month can be locked.
    ///
    /// # Errors
    /// Why not.
    pub fn can_lock(&self) -> Result<&CloseView, Say> {
        let view = self.view.as_ref().ok_or(Say::WhyStillReading)?;
        if self.is_locked() {
            return Err(Say::WhyLocked);
        }
        if view.blockers.is_empty() {
            Ok(view)
        } else {
            Err(Say::WhyBlockers)
        }
    }
}
