//! A batch in the making: written to `staging/`, seen by nobody until it is
//! published, and gone at the next opening if it never is.

use std::path::PathBuf;
use std::sync::Arc;
use std::thread::JoinHandle;

use serde_json::value::RawValue;

use super::chain::{BATCH_KIND, ItemHead};
use super::disk::DiskFile;
use super::error::{Context, JournalError, Result};
use super::hash::{HexHash, random};
use super::identity::IdentityRecord;
use super::layout::STAGING;
use super::line;
use super::shared::Shared;
use super::space;

const BUFFER: usize = 256 << 10;
/// Bytes after which what was written is handed to the disk meanwhile, so
/// that little is left to wait for at the end.
const SYNC_EVERY: u64 = 32 << 20;

/// Where something lies in an unpublished file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BatchLoc {
    /// Bytes before it.
    pub offset: u64,
    /// Its bytes, the newline left out.
    pub len: u32,
}

/// An entry of an unpublished batch.
#[derive(Debug, Clone)]
pub struct StagedEntry {
    /// Its place in the batch, from 0.
    pub n: u64,
    /// Its kind.
    pub kind: String,
    /// Its body.
    pub body: Box<RawValue>,
}

/// Entries and identities, taken one at a time.
pub struct Staging {
    shared: Arc<Shared>,
    id: HexHash,
    head: ItemHead,
    entries: Spill,
    identities: Option<Spill>,
    people: u64,
    line: Vec<u8>,
}

/// A batch whose files are complete and durable.
pub struct FinishedBatch {
    pub(super) id: HexHash,
    pub(super) count: u64,
    pub(super) bytes: u64,
    pub(super) last_hash: HexHash,
    pub(super) entries: Box<Spill>,
    pub(super) identities: Option<Box<Spill>>,
    pub(super) people: u64,
}

/// A buffered file in `staging/` that is removed when it is dropped, unless
/// it was moved away.
pub(super) struct Spill {
    shared: Arc<Shared>,
    pub path: PathBuf,
    pub file: Arc<dyn DiskFile>,
    pub written: u64,
    buffer: Vec<u8>,
    /// How much was written when it was last handed to the disk.
    synced: u64,
    syncing: Option<JoinHandle<std::io::Result<()>>>,
    /// Whether it will have to be durable.
    lasts: bool,
    pub moved: bool,
}

impl Spill {
    pub fn new(shared: &Arc<Shared>, name: &str, lasts: bool) -> Result<Self> {
        let path = shared.folder.join(STAGING).join(name);
        let file = shared.disk.create(&path).context("create", &path)?;
        let (shared, buffer) = (Arc::clone(shared), Vec::with_capacity(BUFFER));
        Ok(Self {
            shared,
            path,
            file,
            written: 0,
            buffer,
            synced: 0,
            syncing: None,
            lasts,
            moved: false,
        })
    }

    /// Adds bytes that may end in a newline, which the position leaves out.
    pub fn push(&mut self, bytes: &[u8]) -> Result<BatchLoc> {
        if self.buffer.len() + bytes.len() > BUFFER {
            self.flush()?;
        }
        let offset = self.written + self.buffer.len() as u64;
        self.buffer.extend_from_slice(bytes);
        let len = bytes.strip_suffix(b"\n").unwrap_or(bytes).len();
        let len =
            u32::try_from(len).map_err(|_| JournalError::Refused("a line of 4 GiB".into()))?;
        Ok(BatchLoc { offset, len })
    }

    pub fn flush(&mut self) -> Result<()> {
        space::check(&self.shared, self.buffer.len() as u64)?;
        self.file
            .append(&self.buffer)
            .context("write", &self.path)?;
        self.written += self.buffer.len() as u64;
        self.buffer.clear();
        if self.lasts && self.written - self.synced >= SYNC_EVERY {
            self.sync_meanwhile()?;
        }
        Ok(())
    }

    fn sync_meanwhile(&mut self) -> Result<()> {
        self.synced_meanwhile()?;
        let file = Arc::clone(&self.file);
        let sync = std::thread::Builder::new().spawn(move || file.sync_data());
        self.syncing = Some(sync.context("make durable", &self.path)?);
        self.synced = self.written;
        Ok(())
    }

    /// The system tells once that writing failed, and it may have told the
    /// other thread.
    fn synced_meanwhile(&mut self) -> Result<()> {
        let Some(syncing) = self.syncing.take() else {
            return Ok(());
        };
        let synced = syncing.join();
        synced
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            .context("make durable", &self.path)
    }

    pub fn read(&mut self, loc: BatchLoc) -> Result<Vec<u8>> {
        if loc.offset + u64::from(loc.len) > self.written {
            self.flush()?;
        }
        let mut bytes = vec![0; usize::try_from(loc.len).unwrap_or(usize::MAX)];
        self.file
            .read_exact_at(&mut bytes, loc.offset)
            .context("read", &self.path)?;
        Ok(bytes)
    }

    fn finish(&mut self) -> Result<()> {
        self.flush()?;
        self.synced_meanwhile()?;
        self.file.sync_data().context("make durable", &self.path)
    }
}

impl Drop for Spill {
    fn drop(&mut self) {
        if !self.moved {
            // What stays behind is removed at the next opening.
            let _ = self.shared.disk.remove(&self.path);
        }
    }
}

pub(super) fn fresh_id(shared: &Shared) -> Result<HexHash> {
    Ok(HexHash::from_bytes(
        &random::<32>().context("draw an id for", &shared.folder)?,
    ))
}

impl Staging {
    pub(super) fn new(shared: &Arc<Shared>) -> Result<Self> {
        let id = fresh_id(shared)?;
        let entries = Spill::new(shared, &format!("{id}.jsonl"), true)?;
        Ok(Self {
            shared: Arc::clone(shared),
            head: ItemHead::start(&id),
            id,
            entries,
            identities: None,
            people: 0,
            line: Vec::new(),
        })
    }

    /// Takes the next entry.
    ///
    /// # Errors
    /// When it cannot be written, space runs low, or `kind` is not a word of
    /// `a-z`, `0-9` and `_`.
    pub fn push(&mut self, kind: &str, body: &RawValue) -> Result<BatchLoc> {
        check_kind(kind)?;
        self.line.clear();
        let n = self.head.next;
        let hash = line::push_item(&mut self.line, &self.head.hash, n, kind, body.get());
        let loc = self.entries.push(&self.line)?;
        self.head = ItemHead { next: n + 1, hash };
        Ok(loc)
    }

    /// Takes an identity that entries of this batch name.
    ///
    /// # Errors
    /// When it cannot be written, or space runs low.
    pub fn push_identity(&mut self, record: &IdentityRecord) -> Result<BatchLoc> {
        let spill = match &mut self.identities {
            Some(spill) => spill,
            none => {
                let name = format!("{}.identities.jsonl", self.id);
                none.insert(Spill::new(&self.shared, &name, true)?)
            }
        };
        let loc = spill.push(&record.line)?;
        self.people += 1;
        Ok(loc)
    }

    /// Reads an entry back.
    ///
    /// # Errors
    /// When nothing was put there, or it cannot be read.
    pub fn read(&mut self, loc: BatchLoc) -> Result<StagedEntry> {
        let bytes = self.entries.read(loc)?;
        let bad = || JournalError::NoSuchRecord(format!("byte {} of a batch", loc.offset));
        let item = line::parse_item(&bytes).map_err(|_| bad())?;
        let body = RawValue::from_string(item.body.to_owned()).map_err(|_| bad())?;
        Ok(StagedEntry {
            n: item.n,
            kind: item.kind.to_owned(),
            body,
        })
    }

    /// Reads an identity back.
    ///
    /// # Errors
    /// When nothing was put there, or it cannot be read.
    pub fn read_identity(&mut self, loc: BatchLoc) -> Result<IdentityRecord> {
        let missing = || JournalError::NoSuchRecord(format!("byte {} of a batch", loc.offset));
        let spill = self.identities.as_mut().ok_or_else(missing)?;
        let mut line = spill.read(loc)?;
        line.push(b'\n');
        Ok(IdentityRecord { line })
    }

    /// Entries so far.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.head.next
    }

    /// Makes the files durable, ready to be published.
    ///
    /// # Errors
    /// When they cannot be written, or there is no entry.
    pub fn finish(mut self) -> Result<FinishedBatch> {
        if self.head.next == 0 {
            return Err(JournalError::Refused("a batch without entries".into()));
        }
        self.entries.finish()?;
        if let Some(identities) = &mut self.identities {
            identities.finish()?;
        }
        Ok(FinishedBatch {
            id: self.id,
            count: self.head.next,
            bytes: self.entries.written,
            last_hash: self.head.hash,
            entries: Box::new(self.entries),
            identities: self.identities.map(Box::new),
            people: self.people,
        })
    }
}

impl FinishedBatch {
    /// The batch as it was before [`Staging::finish`]: it is not published as
    /// it is, and what it holds is still needed.
    #[must_use]
    pub fn reopen(self) -> Staging {
        Staging {
            shared: Arc::clone(&self.entries.shared),
            id: self.id,
            head: ItemHead {
                next: self.count,
                hash: self.last_hash,
            },
            entries: *self.entries,
            identities: self.identities.map(|spill| *spill),
            people: self.people,
            line: Vec::new(),
        }
    }

    /// Entries in it.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.count
    }
}

/// Refuses a kind that is not a word, and the one that publishes batches.
pub(super) fn check_kind(kind: &str) -> Result<()> {
    if line::is_kind(kind) && kind != BATCH_KIND {
        return Ok(());
    }
    Err(JournalError::Refused(format!(
        "the kind {kind:?}: use a-z, 0-9 and _, and not {BATCH_KIND}"
    )))
}
