//! Making a store, and opening it.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::appender::Appender;
use super::disk::Disk;
use super::error::{Context, JournalError, Result};
use super::hash::{HexHash, random};
use super::layout::{self, Format, IDENTITIES, JOURNAL, STAGING, segment_name, shown};
use super::line;
use super::load::{Checked, DroppedTail, Loaded, Loader, Progress};
use super::reading::Lines;
use super::shared::{Shared, State};
use super::store::{Journal, SEGMENT_BYTES, begin};

/// What opening found and did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OpenReport {
    /// A line that was cut short by a crash and is gone; it was never
    /// acknowledged.
    pub dropped_tail: Option<DroppedTail>,
    /// The same, of an identity.
    pub dropped_identity: Option<DroppedTail>,
    /// Files of batches that were never published, removed.
    pub unpublished_removed: usize,
    /// Bytes whose hashes were computed.
    pub bytes_checked: u64,
}

impl Journal {
    /// Makes an empty store in `folder`, which may exist but must hold
    /// nothing but a lock file.
    ///
    /// # Errors
    /// When the folder is not empty or cannot be written.
    pub fn create(disk: &dyn Disk, folder: &Path, region: &str, at: DateTime<Utc>) -> Result<()> {
        disk.create_dir(folder).context("make", folder)?;
        // Only `format.json` makes a store: what a crash left before it was
        // written is made again.
        let ours = ["lock", JOURNAL, IDENTITIES, STAGING, layout::FORMAT_NEW];
        let names = disk.list(folder).context("list", folder)?;
        if names.iter().any(|name| !ours.contains(&name.as_str())) {
            return Err(JournalError::NotEmpty(folder.to_owned()));
        }
        for name in [JOURNAL, IDENTITIES, STAGING] {
            let path = folder.join(name);
            disk.create_dir(&path).context("make", &path)?;
        }
        let journal = folder.join(JOURNAL);
        let found = disk.list(&journal).context("list", &journal)?;
        if found.iter().any(|name| *name != segment_name(1)) {
            return Err(JournalError::NotEmpty(folder.to_owned()));
        }
        begin(disk, &journal, 1)?;
        disk.sync_dir(folder).context("make durable", folder)?;
        if let Some(parent) = folder.parent().filter(|p| !p.as_os_str().is_empty()) {
            disk.sync_dir(parent).context("make durable", parent)?;
        }
        let store = HexHash::from_bytes(&random::<32>().context("draw an id for", folder)?);
        let created_at = line::to_millis(at)
            .ok_or_else(|| JournalError::Refused("a time outside the years 0 to 9999".into()))?;
        Format {
            store,
            region: region.to_owned(),
            created_at,
        }
        .write(disk, folder)
    }

    /// Opens a store. The caller holds its [`super::StoreLock`].
    ///
    /// Every line is checked, but for files that `known` says were checked
    /// and whose stamps have not changed. `progress` is told bytes done and
    /// in all.
    ///
    /// # Errors
    /// Damage names file and line, and nothing was changed; a line cut short
    /// at the very end of the last segment is not damage (see
    /// [`OpenReport::dropped_tail`]).
    pub fn open(
        disk: Arc<dyn Disk>,
        folder: &Path,
        known: Option<&Checked>,
        progress: Progress<'_>,
    ) -> Result<(Self, OpenReport)> {
        let format = Format::read(&*disk, folder)?;
        let loaded = Loader::new(&*disk, folder, &format.store, known, progress).load()?;
        let unpublished_removed = sweep(&*disk, folder, &loaded)?;
        let (identities, lengths, dropped_identity) = open_identities(&*disk, folder)?;
        let report = OpenReport {
            dropped_tail: loaded.dropped_tail,
            dropped_identity,
            unpublished_removed,
            bytes_checked: loaded.bytes_checked,
        };
        let state = State {
            segments: loaded.segments,
            batches: loaded.batches,
            head: loaded.head,
            identities: lengths,
        };
        let path = folder.join(JOURNAL).join(segment_name(state.active()));
        let len = state.segments.last().map_or(0, |s| s.len);
        let lines = Appender {
            file: disk.open(&path).context("open", &path)?,
            path,
            len,
        };
        let shared = Arc::new(Shared::new(disk, folder, format, state));
        let journal = Self {
            shared,
            lines,
            identities,
            segment_bytes: SEGMENT_BYTES,
            stuck: None,
        };
        Ok((journal, report))
    }
}

/// Removes what was never published: staged files, and batches without a line.
fn sweep(disk: &dyn Disk, folder: &Path, loaded: &Loaded) -> Result<usize> {
    let published: HashSet<&str> = loaded
        .batches
        .iter()
        .map(|b| b.info.body.file.as_str())
        .collect();
    let mut removed = 0;
    for room in [STAGING, JOURNAL, IDENTITIES] {
        let path = folder.join(room);
        disk.create_dir(&path).context("make", &path)?;
        let names = disk.list(&path).context("list", &path)?;
        let stray: Vec<_> = names
            .iter()
            .filter(|name| {
                let orphan = layout::is_batch_name(name) && !published.contains(name.as_str());
                room == STAGING || orphan || name.ends_with(".new")
            })
            .collect();
        for name in &stray {
            let file = path.join(name);
            disk.remove(&file).context("remove", &file)?;
        }
        if !stray.is_empty() {
            disk.sync_dir(&path).context("make durable", &path)?;
        }
        removed += stray.len();
    }
    Ok(removed)
}

type OpenIdentities = (Option<Appender>, Vec<u64>, Option<DroppedTail>);

fn open_identities(disk: &dyn Disk, folder: &Path) -> Result<OpenIdentities> {
    let room = folder.join(IDENTITIES);
    let names = disk.list(&room).context("list", &room)?;
    let last = names
        .iter()
        .filter_map(|n| layout::segment_number(n))
        .max()
        .unwrap_or(0);
    let (mut appender, mut lengths, mut dropped) = (None, Vec::new(), None);
    for number in 1..=last {
        let name = segment_name(number);
        let path = room.join(&name);
        let file = match disk.open(&path) {
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                let name = shown(IDENTITIES, &name);
                return Err(JournalError::damaged(&name, 0, "the file is missing"));
            }
            other => other.context("open", &path)?,
        };
        let mut len = file.stamp().context("read", &path)?.len;
        if number == last {
            let whole = whole_lines(&*file, len).context("read", &path)?;
            if whole < len {
                file.truncate(whole)
                    .and_then(|()| file.sync_data())
                    .context("cut", &path)?;
                dropped = Some(DroppedTail {
                    segment: shown(IDENTITIES, &name),
                    bytes: len - whole,
                });
                len = whole;
            }
            appender = Some(Appender { file, path, len });
        }
        lengths.push(len);
    }
    Ok((appender, lengths, dropped))
}

/// The length up to the last newline, looked for from the end.
fn whole_lines(file: &dyn super::disk::DiskFile, len: u64) -> std::io::Result<u64> {
    let mut back = 64 << 10;
    loop {
        let from = len.saturating_sub(back);
        let mut lines = Lines::new(file, from, len);
        let mut last = None;
        while let Some(raw) = lines.next()? {
            last = Some((raw.offset, raw.ended));
        }
        match last {
            None | Some((_, true)) => return Ok(len),
            Some((offset, false)) if offset > from || from == 0 => return Ok(offset),
            Some(_) => back *= 16,
        }
    }
}
