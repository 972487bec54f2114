//! How a command ends when it does not end well.

use std::io::{self, Write};

use crate::{
    desk::error::DeskError,
    text::{Lang, errors},
};

/// What a command returns.
pub(super) type Done = Result<(), Failure>;

/// Why a command was not done.
#[derive(Debug)]
pub(super) enum Failure {
    /// The desk, or what was given to it.
    Desk(DeskError),
    /// The answer is no; everything has been said.
    No,
    /// Everything has been said; the exit code is this one.
    Said(u8),
    /// Nobody reads the output any more: a quiet end.
    Unread,
}

impl Failure {
    /// A reply of another kind than asked for: two versions, or a fault of ours.
    pub fn unexpected() -> Self {
        Self::Desk(DeskError::store(
            "wire_garbage",
            "an answer of another kind",
        ))
    }

    /// A file or folder that does not do as it should.
    pub fn file(path: &std::path::Path, error: &io::Error) -> Self {
        Self::Desk(DeskError::bad_input(
            "io",
            format!("{}: {error}", path.display()),
        ))
    }

    /// Says it on `err`, and gives the exit code.
    pub fn tell(&self, lang: Lang, err: &mut dyn Write) -> u8 {
        match self {
            Self::Unread => 0,
            Self::No => 1,
            Self::Said(code) => *code,
            Self::Desk(error) => {
                // Standard error is the last place to say anything.
                let _unheard = writeln!(err, "fristdag: {}", errors::error(error, lang));
                error.kind.exit_code()
            }
        }
    }
}

impl From<DeskError> for Failure {
    fn from(error: DeskError) -> Self {
        Self::Desk(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self::Unread
        } else {
            Self::Desk(DeskError::bad_input("output_failed", error))
        }
    }
}
