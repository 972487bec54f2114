//! Why the desk did not do as asked.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The class of an error; each has its exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorKind {
    /// The answer is no: exit code 1.
    No,
    /// Wrong usage or bad input: 2.
    BadInput,
    /// The store is in use or damaged, or cannot be written now: 3.
    Store,
    /// Not allowed: 4.
    NotAllowed,
}

impl ErrorKind {
    /// The process's exit code.
    #[must_use]
    pub fn exit_code(self) -> u8 {
        match self {
            Self::No => 1,
            Self::BadInput => 2,
            Self::Store => 3,
            Self::NotAllowed => 4,
        }
    }
}

/// An error with a code that the room `text` has words for. The detail never
/// names a patient.
#[derive(Debug, Clone, PartialEq, Eq, Error, Serialize, Deserialize)]
#[error("{code}: {detail}")]
pub struct DeskError {
    /// The class.
    pub kind: ErrorKind,
    /// What happened, for instance `stay_unknown`, `hash_changed`.
    pub code: String,
    /// Where and what to do, technical.
    pub detail: String,
}

impl DeskError {
    /// Bad input.
    #[must_use]
    pub fn bad_input(code: &str, detail: impl ToString) -> Self {
        Self::new(ErrorKind::BadInput, code, detail)
    }

    /// The answer is no.
    #[must_use]
    pub fn no(code: &str, detail: impl ToString) -> Self {
        Self::new(ErrorKind::No, code, detail)
    }

    /// The store cannot serve this.
    #[must_use]
    pub fn store(code: &str, detail: impl ToString) -> Self {
        Self::new(ErrorKind::Store, code, detail)
    }

    /// Any class.
    #[must_use]
    pub fn new(kind: ErrorKind, code: &str, detail: impl ToString) -> Self {
        Self {
            kind,
            code: code.to_owned(),
            detail: detail.to_string(),
        }
    }
}
