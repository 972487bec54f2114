//! What is wrong with an agreement's file, where, and what to do.

use std::{fmt, ops::Range};

use thiserror::Error;

/// One fault in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Error)]
#[error("{file}:{line}: {problem}")]
pub struct AgreementError {
    /// The file's name.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
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
    found: Vec<AgreementError>,
}

impl<'a> Faults<'a> {
    pub(super) fn of(file: &'a str, text: &'a str) -> Self {
        Self {
            file,
            text,
            found: Vec::new(),
        }
    }

    /// Notes a fault at a byte span of the text.
    pub(super) fn at(&mut self, span: &Range<usize>, problem: impl fmt::Display) {
        self.found.push(AgreementError {
            file: self.file.to_owned(),
            line: line_of(self.text, span.start),
            problem: problem.to_string(),
        });
    }

    /// Every fault, by line.
    ///
    /// # Errors
    /// Where there is one.
    pub(super) fn end(mut self) -> Result<(), AgreementErrors> {
        if self.found.is_empty() {
            return Ok(());
        }
        self.found.sort();
        Err(AgreementErrors(self.found))
    }
}

fn line_of(text: &str, byte: usize) -> usize {
    let before = &text.as_bytes()[..byte.min(text.len())];
    before.iter().filter(|byte| **byte == b'\n').count() + 1
}
