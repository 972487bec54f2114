//! The file of record: chained lines in segments, staging, identities apart, backup.
//!
//! A store's folder:
//! ```text
//! format.json                      format version, store id, region
//! lock                             held by the one process that writes
//! journal/000001.jsonl …           segments: one chained line an entry
//! journal/batch-<first>-<rand>.jsonl   a published batch, named by one line
//! identities/000001.jsonl …        names and numbers, by random keys
//! identities/batch-….jsonl         those of a batch
//! staging/                         batches in the making
//! ```
//! A change is acknowledged once its lines are fdatasynced; a crash leaves
//! either all of an acknowledged change or, of one that was not, perhaps a
//! line cut short, which opening drops and tells of. Entries' bodies are
//! opaque JSON here. Times come from the caller.

mod appender;
mod back;
mod backup;
mod chain;
mod disk;
mod draft;
mod error;
mod group;
mod hash;
mod identity;
mod layout;
mod line;
mod load;
mod loc;
mod lock;
mod near;
mod opening;
mod pages;
mod people;
mod publish;
mod reader;
mod reading;
mod restore;
mod rewrite;
mod shared;
mod space;
mod staging;
mod stood;
mod store;
mod verify;

#[cfg(test)]
mod tests;

pub use backup::BackupReport;
pub use chain::{BATCH_KIND, EntryRef};
#[cfg(test)]
pub(crate) use disk::SimDisk;
pub use disk::{Disk, DiskFile, RealDisk, Stamp};
pub use draft::{Draft, DraftReader};
pub use error::{JournalError, Result};
pub use group::{Decider, Decision, GroupError, GroupHandle, GroupWriter, Pending};
pub use hash::HexHash;
pub use identity::{Identity, IdentityChange, IdentityRecord, Sealed, seal};
pub use layout::{FORMAT_VERSION, Format};
pub use load::{Checked, DroppedTail, Progress};
pub use loc::{FileNo, IdentityLoc, Loc};
pub use lock::StoreLock;
pub use near::NearReader;
pub use opening::OpenReport;
pub use publish::Published;
pub use reader::{Anchor, Entry, Hashes, Reader};
pub use restore::restore;
pub use space::KEPT_FREE;
pub use staging::{BatchLoc, FinishedBatch, StagedEntry, Staging};
pub use stood::Stood;
pub use store::{Change, Journal, Located, NewEntry, SEGMENT_BYTES, Written};
pub use verify::{Finding, VerifyReport, verify};
