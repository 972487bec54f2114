//! The lower half of the views: key-value tables that know up to which journal
//! position they are true. What their rows mean is decided above.
//!
//! Two implementations answer alike: [`SledTables`] on disk and
//! [`MemoryTables`]; [`Following`] lets a large piece of work be answered before
//! it is written. The journal is the truth, so losing the newest writes only
//! means catching up from an older [`Tables::position`]; **wrong rows are never
//! answered**. sled can drop writes from the middle of its log without a word
//! when a file is damaged, so beside the position a digest over all rows is
//! kept, and compared after every end that was not orderly (see `seal.rs`).

mod batch;
mod error;
pub mod folder;
mod following;
pub mod guard;
pub mod key;
mod memory;
mod row;
mod seal;
mod sled_db;
mod sled_tables;
mod stamp;

#[cfg(test)]
mod tests;

use std::ops::ControlFlow;

pub use batch::{Batch, MAX_KEY, MAX_VALUE};
pub use error::TablesError;
pub use folder::{Folder, Opened, Reason, Rebuilding};
pub use following::Following;
pub use memory::MemoryTables;
pub use sled_tables::SledTables;

/// The tables. The byte stands first in every stored key and never changes its
/// meaning: a table that is given up leaves a gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Table {
    /// Facts about the views themselves (what the rows above were folded with).
    Meta = 1,
    /// Stays that are open, or held: all of them are read at start.
    Open = 2,
    /// Stays that are closed and done with: read one at a time.
    Closed = 3,
    /// When each source system was last heard.
    Source = 4,
    /// Stays ever touched in a month.
    Month = 5,
    /// From a patient's key to where the identity stands.
    Identity = 6,
    /// The journal's decisions: rates, agreements, waivers, lines by hand, locks.
    Decision = 7,
    /// Stays that changed after a month of theirs was locked.
    Late = 8,
    /// Closed stays by the stretch of the journal in which they were recorded.
    Stretch = 10,
}

impl Table {
    /// Every table, in the order of their bytes.
    pub const ALL: [Self; 9] = [
        Self::Meta,
        Self::Open,
        Self::Closed,
        Self::Source,
        Self::Month,
        Self::Identity,
        Self::Decision,
        Self::Late,
        Self::Stretch,
    ];

    /// The byte that stands first in this table's stored keys.
    #[must_use]
    pub const fn byte(self) -> u8 {
        self as u8
    }

    /// The table whose byte this is.
    #[must_use]
    pub fn from_byte(byte: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|table| table.byte() == byte)
    }
}

/// What a scan calls with each key and value; it goes on until told to break.
pub type Visit<'a> = dyn FnMut(&[u8], &[u8]) -> ControlFlow<()> + 'a;

/// Key-value tables that are true up to one journal position.
///
/// One writer, any number of readers. A reader sees each batch whole or not at
/// all in a single call to [`Tables::get`]; a [`Tables::scan`] that runs while
/// a batch is applied may see some keys before and some after it.
///
/// After an error that is [`TablesError::is_damage`] the tables are to be
/// rebuilt from the journal. After any error of [`Tables::apply`] every further
/// call answers [`TablesError::Poisoned`], because what a failed batch left
/// behind is not known.
pub trait Tables: Send + Sync {
    /// The value at `key`, or nothing.
    ///
    /// # Errors
    /// When the value, or what leads to it, is damaged or cannot be read.
    fn get(&self, table: Table, key: &[u8]) -> Result<Option<Vec<u8>>, TablesError>;

    /// Calls `f` with each key (and value) that begins with `prefix` and is not
    /// before `from`, in key order, until `f` breaks. To go on after a key that
    /// was seen, give `from` that key with a 0 byte behind (see [`key::after`]).
    ///
    /// # Errors
    /// Stops at the first key that is damaged or cannot be read.
    fn scan(
        &self,
        table: Table,
        prefix: &[u8],
        from: Option<&[u8]>,
        f: &mut Visit<'_>,
    ) -> Result<(), TablesError>;

    /// Applies the batch and moves the position, both or neither, also when the
    /// process is killed meanwhile. Several batches may carry the same position.
    /// A few hundred to a few thousand rows a batch serve best.
    ///
    /// # Errors
    /// [`TablesError::TooLarge`] (of tables on a disk) and
    /// [`TablesError::Backwards`] leave everything as it was; after any other
    /// the tables are poisoned.
    fn apply(&self, batch: Batch, position: u64) -> Result<(), TablesError>;

    /// The journal position up to which the tables are true; nothing while
    /// nothing was applied.
    ///
    /// # Errors
    /// When the tables are poisoned.
    fn position(&self) -> Result<Option<u64>, TablesError>;

    /// How many rows the tables hold together.
    ///
    /// # Errors
    /// When the tables are poisoned.
    fn rows(&self) -> Result<u64, TablesError>;

    /// Hands what was applied to the disk, as well as can be: the journal is
    /// what is durable.
    ///
    /// # Errors
    /// When the disk is full or fails.
    fn flush(&self) -> Result<(), TablesError>;

    /// Reads every row and compares number and digest with what was applied.
    /// About half a second for 500 000 rows. Not to run beside the writer.
    ///
    /// # Errors
    /// [`TablesError::Damaged`] or [`TablesError::Broken`] when anything differs.
    fn check(&self) -> Result<(), TablesError>;
}
