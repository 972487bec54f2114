//! What the readers of events hand over.

use std::borrow::Cow;

use crate::model::{
    event::{Event, EventError},
    patient::Patient,
};

/// One line of JSON Lines, or one row of CSV; `E` is what was made of its
/// events.
#[derive(Debug)]
pub struct Item<'a, E = Events> {
    /// 1-based line; for CSV the line on which the row begins.
    pub line: u64,
    /// The line or row as it stands in the file, without its end; of one that
    /// is too long, its beginning.
    pub text: &'a [u8],
    /// Its events, or why it was refused.
    pub result: Result<E, Refusal>,
}

/// The events of one item.
#[derive(Debug, Clone, PartialEq)]
pub enum Events {
    /// What a line of JSON says.
    One(Event<Patient>),
    /// What the cells of a row say, in the order of the kinds of event.
    Row(Vec<Event<Patient>>),
}

impl Events {
    /// All of them.
    #[must_use]
    pub fn as_slice(&self) -> &[Event<Patient>] {
        match self {
            Self::One(event) => std::slice::from_ref(event),
            Self::Row(events) => events,
        }
    }
}

impl IntoIterator for Events {
    type Item = Event<Patient>;
    type IntoIter =
        std::iter::Chain<std::option::IntoIter<Event<Patient>>, std::vec::IntoIter<Event<Patient>>>;

    fn into_iter(self) -> Self::IntoIter {
        // An empty Vec costs no allocation, so one event costs none.
        let (one, row) = match self {
            Self::One(event) => (Some(event), Vec::new()),
            Self::Row(events) => (None, events),
        };
        one.into_iter().chain(row)
    }
}

/// Why a line or row was refused. Values are never repeated: they may be a
/// patient's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The field or column, where one can be named.
    pub field: Option<Cow<'static, str>>,
    /// What is wrong, and what to do.
    pub problem: String,
}

impl Refusal {
    pub(super) fn line(problem: impl Into<String>) -> Self {
        Self {
            field: None,
            problem: problem.into(),
        }
    }
}

impl From<EventError> for Refusal {
    fn from(error: EventError) -> Self {
        Self {
            field: error.field,
            problem: error.problem,
        }
    }
}
