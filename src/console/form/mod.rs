//! Forms as data: a table says which fields an event has, one editor and one
//! drawing serve all of them.

mod available;
mod build;
mod bulk;
mod check;
mod field;
mod spec;
mod update;
pub mod when;

pub use available::{can_correct, can_record, can_void};
pub use build::{event_json, lock_matches};
pub use bulk::{BulkStay, split};
pub use check::{Checked, Context, Problem};
pub use field::{Choice, Field, Value, request as edit_request};
pub use spec::{FieldKind, FieldSpec, event_fields, recordable};

use crate::{
    desk::{error::DeskError, reply::PreviewView, request::Ask},
    model::{
        event::Kind,
        ids::{EpisodeId, EventId},
        money::Kronor,
        month::Month,
        place::PayerCode,
    },
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
        base: serde_json::Map<String, serde_json::Value>,
    },
    /// Void an event.
    Void {
        episode: EpisodeId,
        kind: Kind,
        event: EventId,
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
    /// Why it was not recorded.
    pub refused: Option<DeskError>,
    /// What it would do.
    pub preview: Preview,
    /// Ids of the events that it makes, chosen when it was opened, so that
    /// sending twice records once.
    pub ids: [String; 2],
}

/// What a form would do, as far as the desk has said.
#[derive(Debug, Clone, Default)]
pub struct Preview {
    /// What the desk said last.
    pub view: Option<Result<Box<PreviewView>, DeskError>>,
    /// Whether an answer is awaited.
    pub busy: bool,
    /// Whether nothing was typed since it was asked for.
    pub fresh: bool,
}

impl Form {
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
            refused: None,
            preview: Preview::default(),
            ids,
        }
    }

    /// The stay that it is about, for forms that record events.
    #[must_use]
    pub fn episode(&self) -> Option<&EpisodeId> {
        match &self.task {
            Task::Record { episode, .. }
            | Task::Correct { episode, .. }
            | Task::Void { episode, .. } => Some(episode),
            _ => None,
        }
    }
}
