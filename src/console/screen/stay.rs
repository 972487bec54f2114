//! One stay: its parts, and where one is in each.

use crate::{
    console::{list::Place, timeline, tree::Folds},
    desk::{
        error::DeskError,
        reply::{EventView, ShownIdentity, StayView},
    },
    model::{event::Kind, ids::EpisodeId},
    rules::{outlook::Duty, trace::Explanation},
};

/// How many parts a stay has.
pub const PANES: usize = 5;

/// A part of the stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Pane {
    #[default]
    Events,
    Checklist,
    Duties,
    Why,
    Costs,
}

impl Pane {
    /// All of them, in the order of the tabs.
    pub const ALL: [Self; PANES] = [
        Self::Events,
        Self::Checklist,
        Self::Duties,
        Self::Why,
        Self::Costs,
    ];

    /// The one after, or before.
    #[must_use]
    pub fn step(self, forward: bool) -> Self {
        let step = if forward { 1 } else { PANES - 1 };
        Self::ALL[(self as usize + step) % PANES]
    }
}

/// Past dates that the chart shows when it is opened.
const FEW: usize = 4;

/// A stay's state on the screen.
#[derive(Debug, Clone)]
pub struct StayPage {
    /// Which stay.
    pub episode: EpisodeId,
    /// What the desk said of it.
    pub view: Option<Box<StayView>>,
    /// Why liability does or does not start.
    pub why: Option<Box<Explanation>>,
    /// Why the stay could not be read.
    pub error: Option<DeskError>,
    /// Why its explanation could not be read.
    pub why_error: Option<DeskError>,
    /// The part in front.
    pub pane: Pane,
    /// Where one is in each part.
    pub places: [Place; PANES],
    /// What of the explanation is unfolded.
    pub folds: Folds,
    /// A protected identity that was asked for, until the stay is left.
    pub revealed: Option<ShownIdentity>,
    /// Serial of the last answers taken: stay, explanation.
    pub applied: [u64; 2],
    /// The event whose form opens once the stay is read.
    pub records: Option<Kind>,
}

impl StayPage {
    /// A stay that is not read yet.
    #[must_use]
    pub fn new(episode: EpisodeId, pane: Pane) -> Self {
        Self {
            episode,
            view: None,
            why: None,
            error: None,
            why_error: None,
            pane,
            places: [Place::default(); PANES],
            folds: Folds::default(),
            revealed: None,
            applied: [0; 2],
            records: None,
        }
    }

    /// Takes the stay's facts; the newest event is selected at first.
    pub fn take(&mut self, view: Box<StayView>, height: usize) {
        let first = self.view.is_none();
        let len = timeline::rows(&view).len();
        // The chart opens where the past ends.
        let past = view.costs.so_far.len().saturating_sub(FEW);
        self.view = Some(view);
        self.error = None;
        let place = &mut self.places[Pane::Events as usize];
        if first {
            place.select(usize::MAX, len, height);
            self.places[Pane::Costs as usize] = Place {
                at: past,
                top: past,
            };
        } else {
            place.keep(len, height);
        }
    }

    /// The selected event, while the events are in front.
    #[must_use]
    pub fn event(&self) -> Option<&EventView> {
        if self.pane != Pane::Events {
            return None;
        }
        let place = self.places[Pane::Events as usize];
        let view = self.view.as_ref()?;
        let row = timeline::rows(view).get(place.at).copied()?;
        view.events.get(row.event)
    }

    /// The selected deadline, while the deadlines are in front.
    #[must_use]
    pub fn duty(&self) -> Option<&Duty> {
        let place = self.places[Pane::Duties as usize];
        let duties = (self.pane == Pane::Duties).then(|| self.duties());
        duties?.get(place.at).copied()
    }

    /// The deadlines: those that have passed undone, then those to come, then
    /// what is done; each by when it was due.
    #[must_use]
    pub fn duties(&self) -> Vec<&Duty> {
        let outlook = self.view.as_ref().and_then(|view| view.outlook.as_ref());
        let mut duties: Vec<_> = outlook.map_or_else(Vec::new, |it| it.duties.iter().collect());
        duties.sort_by_key(|duty| {
            let rank = match (&duty.done, duty.late, duty.due) {
                (None, true, _) => 0,
                (None, false, Some(_)) => 1,
                (None, false, None) => 2,
                (Some(_), _, _) => 3,
            };
            (rank, duty.due)
        });
        duties
    }

    /// The selected point, while the checklist is in front.
    #[must_use]
    pub fn item(&self) -> Option<&str> {
        if self.pane != Pane::Checklist {
            return None;
        }
        let place = self.places[Pane::Checklist as usize];
        let row = self.view.as_ref()?.checklist.get(place.at)?;
        Some(&row.item)
    }
}
