//! One stay: its parts, and where one is in each.

use crate::{
    console::list::Place,
    desk::{
        error::DeskError,
        reply::{ChecklistRow, EventView, ShownIdentity, StayView},
    },
    model::ids::EpisodeId,
    rules::trace::Explanation,
    text::{Lang, ticks},
};

/// A part of the stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Pane {
    #[default]
    Events,
    Checklist,
    Duties,
    Why,
}

impl Pane {
    /// All of them, in the order of the tabs.
    pub const ALL: [Self; 4] = [Self::Events, Self::Checklist, Self::Duties, Self::Why];

    /// The one after, or before.
    #[must_use]
    pub fn step(self, forward: bool) -> Self {
        let step = if forward { 1 } else { 3 };
        Self::ALL[(self as usize + step) % 4]
    }
}

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
    pub places: [Place; 4],
    /// A protected identity that was asked for, until the stay is left.
    pub revealed: Option<ShownIdentity>,
    /// Serial of the last answers taken: stay, explanation.
    pub applied: [u64; 2],
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
            places: [Place::default(); 4],
            revealed: None,
            applied: [0; 2],
        }
    }

    /// Takes the stay's facts; the newest event is selected at first.
    pub fn take(&mut self, view: Box<StayView>, height: usize) {
        let first = self.view.is_none();
        let len = view.events.len();
        self.view = Some(view);
        self.error = None;
        let place = &mut self.places[Pane::Events as usize];
        if first {
            place.select(usize::MAX, len, height);
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
        self.view.as_ref()?.events.get(place.at)
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

/// A point of the checklist; one that takes several ticks says which.
#[must_use]
pub fn item_name(row: &ChecklistRow, all: &[ChecklistRow], lang: Lang) -> String {
    let name = lang.pick(&row.sv, &row.en);
    if all.iter().filter(|other| other.sv == row.sv).count() < 2 {
        return name.clone();
    }
    format!("{name}: {}", ticks::tick(&row.item, lang).to_lowercase())
}
