//! Why a text is not an event, told without the text.

use std::borrow::Cow;

use serde::Deserialize;
use thiserror::Error;

use super::flat::{Flat, Object};

/// Why a line is not an event. Values are never repeated: they may be a
/// patient's.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}{problem}", field.as_ref().map(|name| format!("field \"{name}\": ")).unwrap_or_default())]
pub struct EventError {
    /// The field, where one can be named.
    pub field: Option<Cow<'static, str>>,
    /// What is wrong, and what to do.
    pub problem: String,
}

impl EventError {
    /// An error about one field.
    pub fn at(field: impl Into<Cow<'static, str>>, problem: impl ToString) -> Self {
        Self {
            field: Some(field.into()),
            problem: problem.to_string(),
        }
    }

    /// An error about the whole line.
    pub fn line(problem: impl ToString) -> Self {
        Self {
            field: None,
            problem: problem.to_string(),
        }
    }
}

/// Longest field name that an error repeats, in bytes.
const LONGEST_NAME: usize = 40;

/// Whether a field's name can be shown: one that is made of anything but
/// small letters and underscores may be a value that slipped into its place.
pub(crate) fn showable(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= LONGEST_NAME
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

/// Reads a line that was refused once more, with the path tracked: slower,
/// so only for a line that is wrong already.
pub(super) fn explain<'a, P: Deserialize<'a>>(
    line: &'a [u8],
    first: &serde_json::Error,
) -> EventError {
    let mut reader = serde_json::Deserializer::from_slice(line);
    let Err(error) = serde_path_to_error::deserialize::<_, Object<Flat<'a, P>>>(&mut reader) else {
        return EventError::line("more text after the event; write one event a line");
    };
    let path = error.path().to_string();
    let inner = error.into_inner();
    if inner.is_data() {
        return refused(&path, &inner.to_string(), first.column());
    }
    EventError::line(format!(
        "not valid JSON at column {}; check the line",
        first.column()
    ))
}

/// serde's message without the value it quotes, at the field it is about.
fn refused(path: &str, message: &str, column: usize) -> EventError {
    let named = path.split('.').all(showable);
    let at = |path: &str, problem: String| {
        if named {
            EventError::at(path.to_owned(), problem)
        } else {
            EventError::line(problem)
        }
    };
    if message.starts_with("unknown field") {
        return if named {
            at(
                path,
                "is not a field of events; remove it or correct its name".to_owned(),
            )
        } else {
            EventError::line(format!(
                "a field before column {column} is none of events; remove it or correct its name"
            ))
        };
    }
    // These two name one of our own fields, below the path.
    for (start, problem) in [
        ("duplicate field", "stands twice; keep one"),
        ("missing field", "is missing; add it"),
    ] {
        if message.starts_with(start) {
            let name = message.split('`').nth(1).unwrap_or_default();
            return match path {
                "." => EventError::at(name.to_owned(), problem),
                _ => at(&format!("{path}.{name}"), problem.to_owned()),
            };
        }
    }
    // The value that serde quotes stands before the last ", expected".
    let expected = message.rsplit_once(", expected ").map(|(_, rest)| rest);
    let expected = expected.and_then(|rest| rest.split(" at line ").next());
    at(
        path,
        match expected {
            Some(expected) if EXPECTED.contains(&expected) => {
                format!("has the wrong type; expected {expected}")
            }
            _ => "has the wrong type; see the table of events".to_owned(),
        },
    )
}

/// What errors may say was expected; anything else might be part of a value.
const EXPECTED: [&str; 3] = ["a string", "a boolean", "an object"];
