//! What can go wrong with the tables. No error holds a key or a value: they may
//! name patients.

use std::io::{self, ErrorKind};

use super::{Table, guard::Panicked};

/// An error of the tables.
#[derive(Debug, thiserror::Error)]
pub enum TablesError {
    /// A stored row is not what was written: rebuild.
    #[error("a row of table {table:?} is damaged")]
    Damaged {
        /// The table the row stands in.
        table: Table,
    },
    /// The tables as a whole are damaged: rebuild.
    #[error("the tables are damaged: {detail}")]
    Broken {
        /// What was found, without any content.
        detail: String,
    },
    /// The disk is full: free space; meanwhile serve from memory, read-only.
    #[error("disk full: the tables cannot be written; free some space")]
    DiskFull,
    /// Another process holds the folder, or a handle of this one that was
    /// poisoned: that folder is locked until the process ends; rebuild beside it.
    #[error("the tables' folder is in use")]
    InUse,
    /// The disk or its rights do not let the tables be read or written.
    #[error("the tables cannot be read or written: {0}")]
    Io(io::Error),
    /// A key or value is too long to be kept; nothing was applied.
    #[error("a {what} of {size} bytes for table {table:?} is longer than {limit} bytes")]
    TooLarge {
        /// The table it was meant for.
        table: Option<Table>,
        /// `key` or `value`.
        what: &'static str,
        /// Its length in bytes.
        size: usize,
        /// The longest that is kept.
        limit: usize,
    },
    /// A batch carries a position before the tables' own; nothing was applied.
    #[error("the tables stand at journal position {at} and cannot go back to {to}")]
    Backwards {
        /// Where the tables stand.
        at: u64,
        /// Where the batch would have taken them.
        to: u64,
    },
    /// An earlier batch failed and may stand there in part: open anew.
    #[error("an earlier change of the tables failed; they have to be opened anew")]
    Poisoned,
    /// A part of a key holds the byte that ends it.
    #[error("a key's text holds a 0 byte")]
    NulInKey,
}

impl TablesError {
    /// Whether the tables have to be rebuilt from the journal.
    #[must_use]
    pub fn is_damage(&self) -> bool {
        matches!(self, Self::Damaged { .. } | Self::Broken { .. })
    }

    pub(super) fn broken(detail: impl Into<String>) -> Self {
        Self::Broken {
            detail: detail.into(),
        }
    }
}

impl From<io::Error> for TablesError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::DiskFull,
            _ => Self::Io(error),
        }
    }
}

/// sled's own lock error has no kind, only this text.
const SLED_LOCK: &str = "could not acquire lock";

/// sled's errors by what is to be done about them. Their texts may quote stored
/// bytes and are not passed on.
impl From<sled::Error> for TablesError {
    fn from(error: sled::Error) -> Self {
        match error {
            sled::Error::Io(error) => from_sled_io(error),
            sled::Error::Corruption { at, .. } => {
                Self::broken(format!("sled: corruption at {at:?}"))
            }
            sled::Error::Unsupported(_) => Self::broken("sled: not a folder of this version"),
            sled::Error::CollectionNotFound(_) => Self::broken("sled: a tree is missing"),
            sled::Error::ReportableBug(_) => Self::broken("sled: inconsistent"),
        }
    }
}

impl From<Panicked> for TablesError {
    fn from(Panicked { place }: Panicked) -> Self {
        Self::broken(format!(
            "sled: panic at {}",
            place.as_deref().unwrap_or("an unknown place")
        ))
    }
}

/// An input/output error inside sled is damage when it tells of a file that is
/// not as sled left it, and the disk's own trouble otherwise.
fn from_sled_io(error: io::Error) -> TablesError {
    match error.kind() {
        ErrorKind::Other if error.to_string().contains(SLED_LOCK) => TablesError::InUse,
        ErrorKind::UnexpectedEof
        | ErrorKind::InvalidData
        | ErrorKind::InvalidInput
        | ErrorKind::NotFound
        | ErrorKind::IsADirectory
        | ErrorKind::NotADirectory
        | ErrorKind::Other => TablesError::broken(format!("sled: {}", error.kind())),
        _ => error.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(kind: ErrorKind) -> TablesError {
        sled::Error::Io(io::Error::new(kind, "text")).into()
    }

    #[test]
    fn full_damaged_and_other_are_told_apart() {
        let enospc = io::Error::from_raw_os_error(rustix::io::Errno::NOSPC.raw_os_error());
        let full = |error: TablesError| matches!(error, TablesError::DiskFull);
        assert!(full(sled::Error::Io(enospc).into()));
        assert!(full(of(ErrorKind::QuotaExceeded)));
        assert!(of(ErrorKind::UnexpectedEof).is_damage());
        assert!(TablesError::from(sled::Error::Corruption { at: None, bt: () }).is_damage());
        assert!(matches!(
            of(ErrorKind::PermissionDenied),
            TablesError::Io(_)
        ));
        assert!(matches!(
            of(ErrorKind::ReadOnlyFilesystem),
            TablesError::Io(_)
        ));
    }

    #[test]
    fn texts_of_sled_are_not_passed_on() {
        let error = TablesError::from(sled::Error::ReportableBug("19121212-1212".into()));
        assert!(!format!("{error} {error:?}").contains("1212"));
    }
}
