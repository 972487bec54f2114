//! What can be wrong in a file that a user writes; `text::settings` has the
//! words.

use std::ops::Range;

/// Why a file cannot be used: what, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileError {
    /// The file's name.
    pub file: String,
    /// 1-based line.
    pub line: usize,
    /// What is wrong.
    pub problem: Problem,
}

impl FileError {
    /// What is wrong in a line of a file.
    #[must_use]
    pub fn new(file: &str, line: usize, problem: Problem) -> Self {
        Self {
            file: file.to_owned(),
            line,
            problem,
        }
    }
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// The file cannot be read, in the system's words.
    Unreadable(String),
    /// It is no TOML of the right form, in the parser's words.
    Form(String),
    /// Its version is not the one that is read.
    Version(i64),
    /// `on` is an empty list.
    NoKeys,
    /// `when` is an empty list.
    NoContexts,
    /// A key of that name does not exist.
    UnknownKey(String),
    /// A key is an empty text.
    EmptyKey,
    /// An action of that name does not exist.
    UnknownAction(String),
    /// A context of that name does not exist; those that do.
    UnknownContext(String, Vec<&'static str>),
    /// A plain key where text is typed.
    TypedAsText {
        /// The keys.
        keys: String,
        /// Where.
        context: &'static str,
    },
    /// Keys that stand in the same place on an earlier line.
    Twice {
        /// The keys.
        keys: String,
        /// Where.
        context: &'static str,
        /// The earlier line.
        line: usize,
    },
    /// Keys that can never be reached, as shorter ones run something.
    Hidden {
        /// The keys.
        keys: String,
        /// Where.
        context: &'static str,
        /// The shorter ones.
        by: String,
        /// Their line.
        line: usize,
    },
    /// Keys that would hide standing ones, or be hidden by them.
    Hides {
        /// The keys.
        keys: String,
        /// Where.
        context: &'static str,
        /// The standing ones.
        others: String,
    },
    /// An action that does nothing in this place.
    NotHere {
        /// The action.
        action: String,
        /// Where.
        context: &'static str,
    },
    /// An action that has no description in this place.
    NoDescription,
    /// The idle lock comes later than it may; the most minutes.
    TooManyMinutes(u16),
    /// A saved view has no name.
    NoName,
    /// A saved view has the name of one on an earlier line.
    SameName(String, usize),
    /// An order of that name does not exist; those that do.
    UnknownSort(String, Vec<&'static str>),
}

/// The 1-based line where a span of a text begins.
#[must_use]
pub fn line_of(text: &str, span: &Range<usize>) -> usize {
    let before = text.as_bytes().get(..span.start).unwrap_or_default();
    before.iter().filter(|byte| **byte == b'\n').count() + 1
}
