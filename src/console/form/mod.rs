//! Forms as data: a table says which fields an event has, one editor and one
//! drawing serve all of them.

mod available;
mod build;
mod bulk;
mod check;
mod decide;
mod field;
mod spec;
mod town;
mod undo;
mod update;
pub mod when;

pub use available::{can_correct, can_record, can_void};
pub use build::{event_json, lock_matches};
pub use bulk::{BulkStay, split};
pub use check::{Checked, Context, Problem};
pub use decide::Decision;
pub use field::{Choice, Field, Value, request as edit_request};
pub use spec::{FieldKind, FieldSpec, event_fields, recordable};
pub use town::towns;
pub use undo::can_undo;

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use crate::{
    desk::{error::DeskError, reply::PreviewView, request::Ask},
    model::{
        event::Kind,
        ids::{EpisodeId, EventId},
        money::Kronor,
        month::Month,
        place::PayerCode,
    },
    rules::outlook::Outlook,
    text::console::Say,
};

/// What a form is for.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Task {
    /// Record a new event.
    Record { episode: EpisodeId, kind: Kind },
    /// Void an event and record it anew, in one step.
    Correct {
        episode: EpisodeId,
        kind: Kind,
        event: EventId,
        /// The event's own fields, for those that the form does not show.
        base: Map<String, Json>,
    },
    /// Void an event.
    Void {
        episode: EpisodeId,
        kind: Kind,
        event: EventId,
    },
    /// Register a stay; its id is a field.
    Admit,
    /// Two events contradict each other: one stands, the other is voided.
    Settle {
        episode: EpisodeId,
        kind: Kind,
        /// The typed one and the source system's.
        pair: [EventId; 2],
    },
    /// Void what was recorded here last.
    Undo {
        deeds: Vec<Deed>,
        /// Events that others recorded in the stay afterwards, where one is
        /// shown.
        later: usize,
    },
    /// Record an event for each of several stays.
    Bulk {
        kind: Kind,
        stays: Vec<BulkStay>,
        /// Marked stays for which it makes no sense, and why.
        left_out: Vec<(EpisodeId, Say)>,
    },
    /// Accept a finding.
    Waive { month: Month, code: String },
    /// Leave a payer out of the lock.
    Park { month: Month, payer: PayerCode },
    /// Lock what was shown: the very request that will be sent is made here.
    Lock {
        month: Month,
        total: Kronor,
        hash: String,
        /// How many payers the lock covers.
        payers: usize,
        request: Box<LockRequest>,
    },
    /// Decide about an agreement, or about a rate: then without an id.
    Decide { what: Decision, id: String },
    /// Write a locked month's files.
    Export { month: Month },
}

/// The request that a lock's confirmation carries.
#[derive(Debug, Clone)]
pub struct LockRequest(pub Ask);

impl PartialEq for LockRequest {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (
                Ask::Approve {
                    month: a,
                    expect: x,
                },
                Ask::Approve {
                    month: b,
                    expect: y,
                },
            ) => a == b && x == y,
            _ => false,
        }
    }
}

/// A form that is open.
#[derive(Debug, Clone)]
pub struct Form {
    /// What it is for.
    pub task: Task,
    /// Its fields.
    pub fields: Vec<Field>,
    /// The field that is written in.
    pub focus: usize,
    /// Whether anything was typed.
    pub touched: bool,
    /// Whether Esc was pressed once with something typed.
    pub leaving: bool,
    /// Whether fields that are still empty show that they are needed.
    pub shown_errors: bool,
    /// Whether it was sent and the answer is awaited.
    pub sending: bool,
    /// Whether it is sent by itself if the countdown does not change.
    pub at_once: bool,
    /// Why it was not recorded.
    pub refused: Option<DeskError>,
    /// What it would do.
    pub preview: Preview,
    /// Ids of the events that it makes, chosen when it was opened, so that
    /// sending twice records once.
    pub ids: [String; 2],
}

/// What came of trying a form's events on one stay.
pub type Tried = Result<Box<PreviewView>, DeskError>;

/// What a form would do, as far as the desk has said.
#[derive(Debug, Clone, Default)]
pub struct Preview {
    /// What the desk said last.
    pub view: Option<Tried>,
    /// Whether an answer is awaited.
    pub busy: bool,
    /// Serial of the question: an answer to another form's is not this one's.
    pub asked: u64,
    /// Of a form for several stays, what the desk said of each.
    pub each: BTreeMap<EpisodeId, Tried>,
    /// Of those, the stays whose answer is awaited, by the question's serial.
    pub awaited: BTreeMap<u64, EpisodeId>,
    /// Whether nothing was typed since it was asked for.
    pub fresh: bool,
}

impl Preview {
    /// Whether the desk has said that the stay stands afterwards as before,
    /// for its payer and in time.
    #[must_use]
    pub fn changes_nothing(&self) -> bool {
        let Some(Ok(view)) = &self.view else {
            return false;
        };
        let stands = |outlook: &Outlook| {
            (
                outlook.payer,
                outlook.state,
                outlook.liability_start,
                outlook.next_boundary.clone(),
                outlook.accrued.clone(),
                outlook.flags.clone(),
            )
        };
        let [before, after] = [&view.before, &view.after].map(|it| it.as_ref().map(stands));
        before == after && view.in_a_week[0] == view.in_a_week[1]
    }
}

impl Form {
    /// The stay that it registers.
    #[must_use]
    pub fn admits(&self) -> Option<EpisodeId> {
        let id = (self.task == Task::Admit).then(|| self.content("episode"))?;
        EpisodeId::new(id?).ok()
    }

    /// A form for a task, with its fields' defaults.
    #[must_use]
    pub fn new(task: Task, fields: Vec<Field>, ids: [String; 2]) -> Self {
        // A reason or a name is what nearly always is typed; the time is
        // mostly now.
        let focus = fields
            .iter()
            .position(|field| field.spec.required && field.is_empty())
            .unwrap_or(0);
        Self {
            task,
            fields,
            focus,
            touched: false,
            leaving: false,
            shown_errors: false,
            sending: false,
            at_once: false,
            refused: None,
            preview: Preview::default(),
            ids,
        }
    }

    /// Whether it records events, so that it has an effect to show.
    #[must_use]
    pub fn records(&self) -> bool {
        match &self.task {
            Task::Record { .. }
            | Task::Correct { .. }
            | Task::Void { .. }
            | Task::Admit
            | Task::Settle { .. }
            | Task::Undo { .. } => true,
            Task::Waive { .. }
            | Task::Park { .. }
            | Task::Lock { .. }
            | Task::Export { .. }
            | Task::Decide { .. }
            | Task::Bulk { .. } => false,
        }
    }

    /// Whether it is about several stays, each with a countdown of its own.
    #[must_use]
    pub fn spans_stays(&self) -> bool {
        match &self.task {
            Task::Bulk { .. } => true,
            Task::Undo { deeds, .. } => deeds.iter().any(|deed| deed.episode != deeds[0].episode),
            _ => false,
        }
    }

    /// What a field holds, by its name; none where the form has no such field.
    #[must_use]
    pub fn content(&self, name: &str) -> Option<&str> {
        let field = self.fields.iter().find(|field| field.spec.name == name);
        field.map(Field::content)
    }
}

/// An event that was recorded here.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Deed {
    pub episode: EpisodeId,
    pub event: EventId,
    pub kind: Kind,
    /// Of a void, the event that it took back, where it is known whole: an
    /// undoing records it again.
    pub voided: Option<Map<String, Json>>,
}
