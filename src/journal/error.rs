//! What can go wrong with the file of record, said so that it can be acted on.

use std::io;
use std::path::{Path, PathBuf};

/// Result of everything in this room.
pub type Result<T> = std::result::Result<T, JournalError>;

/// An error of the file of record. No variant ever holds an entry's body or
/// an identity: messages name files, lines and numbers only.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The operating system refused.
    #[error("cannot {what} {}: {source}", path.display())]
    Io {
        /// What was tried, as an infinitive.
        what: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// The system's own words.
        source: io::Error,
    },
    /// Recorded bytes are not what was written.
    #[error(
        "{file}, line {line}: {problem}; nothing was changed; run `restore` from a backup into a new folder"
    )]
    Damaged {
        /// File, relative to the store's folder.
        file: String,
        /// Line, counted from 1; 0 when the whole file is meant.
        line: u64,
        /// What does not hold.
        problem: String,
    },
    /// The journal ends before what was known to be in it.
    #[error("the journal ends at entry {found}, but entry {known} had been recorded: {} entries are missing; run `restore` from a backup into a new folder", known - found)]
    CutOff {
        /// Highest sequence number known to have been recorded.
        known: u64,
        /// Highest sequence number found.
        found: u64,
    },
    /// The folder is not a store.
    #[error("{} is not a store (it has no format.json); make one with `init`", .0.display())]
    NotAStore(PathBuf),
    /// There is a store already.
    #[error("{} is not empty; choose a new folder", .0.display())]
    NotEmpty(PathBuf),
    /// `format.json` cannot be trusted.
    #[error("{}: {problem}; run `restore` from a backup into a new folder", path.display())]
    BadFormat {
        /// The file.
        path: PathBuf,
        /// What does not hold.
        problem: String,
    },
    /// Written by a later program.
    #[error(
        "the store has format version {found}, and this program knows versions up to {known}; use a newer fristdag"
    )]
    Newer {
        /// The store's version.
        found: u32,
        /// The highest version that this program reads.
        known: u32,
    },
    /// A write failed and could not be undone: nothing more is written.
    #[error("the journal is read-only until the store is opened again: {0}")]
    ReadOnly(String),
    /// Too little space is left to write safely.
    #[error(
        "the journal is read-only while the disk has less than {needed} bytes free ({free} now); free some space"
    )]
    LowSpace {
        /// Bytes free now.
        free: u64,
        /// Bytes that must be free.
        needed: u64,
    },
    /// Another process holds the store.
    #[error("the store is in use by process {}", pid.map_or_else(|| "(unknown)".to_owned(), |p| p.to_string()))]
    InUse {
        /// The holder's process id, if it could be read.
        pid: Option<u32>,
    },
    /// The caller gave something that must not be recorded.
    #[error("cannot be recorded: {0}")]
    Refused(String),
    /// A position that names nothing.
    #[error("{0} names no record of this store")]
    NoSuchRecord(String),
    /// A backup that is cut short, altered, or not one.
    #[error("{}: {problem}; use another backup", path.display())]
    BadBackup {
        /// The backup file.
        path: PathBuf,
        /// What does not hold.
        problem: String,
    },
}

impl JournalError {
    /// Whether the store's files are damaged (as opposed to busy or full).
    #[must_use]
    pub fn is_damage(&self) -> bool {
        matches!(
            self,
            Self::Damaged { .. } | Self::CutOff { .. } | Self::BadFormat { .. }
        )
    }

    /// Whether writing is refused though reading works.
    #[must_use]
    pub fn is_read_only(&self) -> bool {
        matches!(self, Self::ReadOnly(_) | Self::LowSpace { .. })
    }

    pub(super) fn damaged(file: &str, line: u64, problem: impl Into<String>) -> Self {
        Self::Damaged {
            file: file.to_owned(),
            line,
            problem: problem.into(),
        }
    }
}

/// Adds what was tried, and on what, to a system error.
pub(super) trait Context<T> {
    fn context(self, what: &'static str, path: &Path) -> Result<T>;
}

impl<T> Context<T> for io::Result<T> {
    fn context(self, what: &'static str, path: &Path) -> Result<T> {
        self.map_err(|source| JournalError::Io {
            what,
            path: path.to_owned(),
            source,
        })
    }
}
