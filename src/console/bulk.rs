//! One deed for many stays: which stays, what is known of each, and what came
//! of it for each.

use std::collections::BTreeMap;

use crate::{
    desk::{
        error::DeskError,
        reply::{Recorded, StayView},
    },
    model::{event::Kind, ids::EpisodeId},
    text::console::Say,
};

/// Stays that can be acted on together: as many as can be told by name in a
/// form of the smallest full screen.
pub const MOST: usize = 50;

/// The kinds of event that make sense for many stays at once. What depends on
/// the one patient (a reason to retract, a care contact's name that fits by
/// chance) is recorded stay by stay.
pub const KINDS: &[Kind] = &[
    Kind::Note,
    Kind::Acknowledged,
    Kind::SipCalled,
    Kind::SipHeld,
    Kind::CareContactAssigned,
    Kind::Checklist,
    Kind::ExpectedDischarge,
    Kind::AdmissionNotice,
    Kind::ReadyNotice,
    Kind::Discharged,
    Kind::DischargeNotice,
    Kind::FollowedUp,
    Kind::Transferred,
    Kind::OpenCareUnavailable,
    Kind::OpenCareAvailable,
];

/// What came of it for one stay.
#[derive(Debug, Clone)]
pub enum Outcome {
    /// Sent, and the answer is awaited.
    Waiting,
    /// What was recorded.
    Recorded(Recorded),
    /// Why it was not recorded.
    Refused(DeskError),
    /// Why it was not sent.
    LeftOut(Say),
}

/// A deed for many stays, from the marks to what came of it.
#[derive(Debug, Clone, Default)]
pub struct Bulk {
    /// The stays.
    pub episodes: Vec<EpisodeId>,
    /// What is known of each, as far as it has come.
    pub views: BTreeMap<EpisodeId, Result<Box<StayView>, DeskError>>,
    /// The kind of event that was sent.
    pub kind: Option<Kind>,
    /// What came of it, stay by stay.
    pub outcomes: BTreeMap<EpisodeId, Outcome>,
}

impl Bulk {
    /// A deed for these stays.
    #[must_use]
    pub fn of(episodes: Vec<EpisodeId>) -> Self {
        Self {
            episodes,
            ..Self::default()
        }
    }

    /// Whether every stay is known, or known not to be readable.
    #[must_use]
    pub fn is_read(&self) -> bool {
        self.views.len() == self.episodes.len()
    }

    /// Whether something was sent and every answer has come.
    #[must_use]
    pub fn is_done(&self) -> bool {
        let waits = |outcome: &Outcome| matches!(outcome, Outcome::Waiting);
        !self.outcomes.is_empty() && !self.outcomes.values().any(waits)
    }

    /// Stays for which it was recorded, those refused, and those left out.
    #[must_use]
    pub fn counts(&self) -> [usize; 3] {
        let count = |fits: fn(&Outcome) -> bool| {
            let all = self.outcomes.values();
            all.filter(|outcome| fits(outcome)).count()
        };
        [
            count(|outcome| matches!(outcome, Outcome::Recorded(_))),
            count(|outcome| matches!(outcome, Outcome::Refused(_))),
            count(|outcome| matches!(outcome, Outcome::LeftOut(_))),
        ]
    }
}
