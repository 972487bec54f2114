//! What is wrong with an agreement's file, where, and what to do.

use std::{fmt, ops::Range};

use thiserror::Error;

use super::layout::{Layout, Step};

/// The code of every fault that a file can have.
pub const CODES: [&str; 34] = [
    // The file's form.
    "syntax",
    "unknown_field",
    "missing_field",
    "unknown_value",
    "wrong_type",
    "bad_value",
    "empty",
    "unit",
    "format",
    // Who, and when.
    "id",
    "id_taken",
    "region",
    "unknown_party",
    "foreign_party",
    "no_party",
    "twice",
    "dates_reversed",
    "before_statute",
    "conflict",
    "statute_missing",
    // Rules.
    "model",
    "judged_on",
    "applies_to_nothing",
    "outside_period",
    "gap",
    "overlap",
    "precondition",
    "unused",
    // Values.
    "order",
    "value_gap",
    "mid_month",
    "contradiction",
    "threshold_month",
    "alternative",
];

/// One fault in a file, as `file:line: field: problem [code]`; a fault of the
/// file's form is `file:line:column: problem [code]`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Error)]
#[error("{file}:{line}{}: {}{problem} [{code}]", column.map(|column| format!(":{column}")).unwrap_or_default(), field.as_ref().map(|name| format!("{name}: ")).unwrap_or_default())]
pub struct AgreementError {
    /// The file's name.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, where no field can be named.
    pub column: Option<usize>,
    /// The names that lead to the field, where one can be named.
    pub field: Option<String>,
    /// What kind of fault it is: one of [`CODES`].
    pub code: &'static str,
    /// What is wrong, and what to do.
    pub problem: String,
}

/// Everything that is wrong with one file or a set of them; never empty.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub struct AgreementErrors(pub Vec<AgreementError>);

impl fmt::Display for AgreementErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, error) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str("\n")?;
            }
            error.fmt(f)?;
        }
        Ok(())
    }
}

/// Collects faults of one file.
pub(super) struct Faults<'a> {
    file: &'a str,
    text: &'a str,
    layout: Layout<'a>,
    found: Vec<AgreementError>,
}

impl<'a> Faults<'a> {
    pub(super) fn of(file: &'a str, text: &'a str) -> Self {
        Self {
            file,
            text,
            layout: Layout::of(text),
            found: Vec::new(),
        }
    }

    /// Notes a fault at a byte span of the text; `code` is one of [`CODES`].
    pub(super) fn at(
        &mut self,
        span: &Range<usize>,
        code: &'static str,
        problem: impl fmt::Display,
    ) {
        self.found.push(AgreementError {
            file: self.file.to_owned(),
            line: line_of(self.text, span.start),
            column: None,
            // What is missing from the file as a whole stands nowhere in it.
            field: (!span.is_empty())
                .then(|| self.layout.name_at(span.start))
                .flatten(),
            code,
            problem: problem.to_string(),
        });
    }

    /// Notes a fault of the file's form, of which nothing is known but where
    /// it stands.
    pub(super) fn sign(&mut self, span: &Range<usize>, code: &'static str, problem: String) {
        self.found.push(AgreementError {
            file: self.file.to_owned(),
            line: line_of(self.text, span.start),
            column: Some(column_of(self.text, span.start)),
            field: None,
            code,
            problem,
        });
    }

    /// Notes a fault at a place in the file.
    pub(super) fn within(
        &mut self,
        place: &[Step<'_>],
        code: &'static str,
        problem: impl fmt::Display,
    ) {
        let span = self.layout.span(place);
        self.at(&span, code, problem);
    }

    /// Whether the file has something at a place.
    pub(super) fn has(&self, place: &[Step<'_>]) -> bool {
        self.layout.find(place).is_some()
    }

    /// Itself, as long as there is no fault.
    ///
    /// # Errors
    /// Where there is one: all of them, by line.
    pub(super) fn none_so_far(mut self) -> Result<Self, AgreementErrors> {
        if self.found.is_empty() {
            return Ok(self);
        }
        self.found.sort();
        Err(AgreementErrors(self.found))
    }

    /// Every fault, by line.
    ///
    /// # Errors
    /// Where there is one.
    pub(super) fn end(self) -> Result<(), AgreementErrors> {
        self.none_so_far().map(drop)
    }
}

pub(super) fn line_of(text: &str, byte: usize) -> usize {
    let before = &text.as_bytes()[..byte.min(text.len())];
    before.iter().filter(|byte| **byte == b'\n').count() + 1
}

/// Letters from the line's beginning, from 1.
fn column_of(text: &str, byte: usize) -> usize {
    let before = text.get(..byte).unwrap_or(text);
    let line = before.rsplit('\n').next().unwrap_or_default();
    line.chars().count() + 1
}
