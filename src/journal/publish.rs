//! Publishing a batch: its files take their names, and one line makes it part
//! of the journal.

use chrono::{DateTime, Utc};
use serde_json::value::RawValue;

use super::chain::{BATCH_KIND, BatchBody, BatchInfo};
use super::error::{Context, JournalError, Result};
use super::layout::batch_name;
use super::loc::{FileNo, IdentityLoc, Loc};
use super::shared::Room;
use super::space;
use super::staging::{BatchLoc, FinishedBatch};
use super::store::{Journal, Located};

/// A published batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Published {
    /// The batch line itself.
    pub line: Located,
    /// The number of the batch's first entry; entry `n` has `first_seq + n`.
    pub first_seq: u64,
    /// How many entries it has.
    pub count: u64,
    file: FileNo,
}

impl Published {
    /// Where a staged entry lies now.
    #[must_use]
    pub fn loc(&self, staged: BatchLoc) -> Loc {
        Loc {
            file: self.file,
            offset: staged.offset,
            len: staged.len,
        }
    }

    /// Where a staged identity lies now.
    #[must_use]
    pub fn identity_loc(&self, staged: BatchLoc) -> IdentityLoc {
        IdentityLoc {
            file: self.file,
            offset: staged.offset,
            len: staged.len,
        }
    }
}

impl Journal {
    /// Publishes a batch: renames its files into place and appends its line.
    /// `note` is kept in the line, for the caller.
    ///
    /// # Errors
    /// As [`Journal::write`]; the batch's files are removed.
    pub fn publish(
        &mut self,
        at: DateTime<Utc>,
        by: &str,
        note: &RawValue,
        mut batch: FinishedBatch,
    ) -> Result<Published> {
        self.not_stuck()?;
        space::check(&self.shared, note.get().len() as u64)?;
        self.rotate()?;
        let before = self.shared.state().head;
        let recorded_at = self.time(at, &before)?;
        let body = BatchBody {
            file: batch_name(before.next_seq + 1, &batch.id),
            id: batch.id,
            first: before.next_seq + 1,
            count: batch.count,
            bytes: batch.bytes,
            last_hash: batch.last_hash,
            identities: batch.people,
        };
        let done = self.place(&mut batch, &body.file).and_then(|()| {
            let mut text = serde_json::to_string(&body)
                .map_err(|e| JournalError::Refused(format!("the batch line: {e}")))?;
            text.truncate(text.len() - 1);
            text.push_str(",\"note\":");
            text.push_str(note.get());
            text.push('}');
            let (mut head, mut buffer) = (before, Vec::new());
            let line = self.push(&mut buffer, &mut head, recorded_at, (by, BATCH_KIND, &text));
            let info = BatchInfo {
                seq: line.seq,
                recorded_at,
                by: by.into(),
                body: body.clone(),
            };
            head.next_seq = info.next_seq();
            let ordinal = u32::try_from(self.shared.state().batches.len());
            let ordinal = ordinal.map_err(|_| JournalError::Refused("too many batches".into()))?;
            self.append(&buffer, head, 1, Some(info))?;
            Ok(Published {
                line,
                first_seq: body.first,
                count: body.count,
                file: FileNo::batch(ordinal),
            })
        });
        if done.is_ok() || self.stuck.is_some() {
            // Stuck, the line may be on disk, and then its files must be.
            batch.entries.moved = true;
            batch.identities.iter_mut().for_each(|i| i.moved = true);
        }
        done
    }

    /// Gives a batch's files their names, identities first.
    fn place(&mut self, batch: &mut FinishedBatch, name: &str) -> Result<()> {
        let disk = &*self.shared.disk;
        let rooms = [
            (Room::Identities, batch.identities.as_mut()),
            (Room::Journal, Some(&mut batch.entries)),
        ];
        for (room, spill) in rooms {
            let Some(spill) = spill else { continue };
            let folder = self.shared.room(room);
            let path = folder.join(name);
            disk.rename(&spill.path, &path)
                .context("rename", &spill.path)?;
            spill.path = path;
            disk.sync_dir(&folder).context("make durable", &folder)?;
        }
        Ok(())
    }
}
