//! Correcting and erasing identities: the file is written anew and switched.

use std::path::Path;

use super::disk::{Disk, DiskFile};
use super::error::{Context, JournalError, Result};
use super::identity::{Identity, IdentityChange, Record};
use super::loc::{FileNo, IdentityLoc};
use super::reading::Lines;
use super::shared::{Room, Shared};
use super::space;

const CHUNK: usize = 1 << 20;
/// Corrections of one identity that may each have moved it.
const MOVES: usize = 10_000;

/// The live record that a position leads to, and where it lies.
pub(super) fn find(shared: &Shared, loc: IdentityLoc) -> Result<(Record, IdentityLoc)> {
    let mut at = loc;
    for _ in 0..MOVES {
        let bytes = shared.read_at(Room::Identities, (at.file, at.offset, at.len))?;
        let (_, name) = shared.path_of(Room::Identities, at.file)?;
        let record = Record::parse(&bytes).map_err(|problem| {
            JournalError::damaged(&name, 0, format!("at byte {}: {problem}", at.offset))
        })?;
        match record.moved {
            Some((offset, len)) => at = IdentityLoc { offset, len, ..at },
            None => return Ok((record, at)),
        }
    }
    Err(JournalError::NoSuchRecord(loc.to_string()))
}

/// What is known at a position.
pub(super) fn get(shared: &Shared, loc: IdentityLoc) -> Result<Identity> {
    find(shared, loc).map(|(record, _)| record.into_identity())
}

/// Corrects or erases; answers the file's new length. The old bytes are gone
/// from the file system once the new file has taken the name.
pub(super) fn change(shared: &Shared, change: &IdentityChange, len: u64) -> Result<u64> {
    let (record, at) = find(shared, change.loc)?;
    if record.key != change.key {
        return Err(JournalError::NoSuchRecord(format!(
            "the key at {}",
            change.loc
        )));
    }
    let mut line = record.changed(change.data.as_deref())?;
    line.pop();
    let room = usize::try_from(at.len).unwrap_or(usize::MAX);
    let mut appended = Vec::new();
    if line.len() > room {
        let line_len = u32::try_from(line.len());
        let line_len =
            line_len.map_err(|_| JournalError::Refused("an identity of 4 GiB".into()))?;
        let mut pointer = record.moved_to(len, line_len);
        pointer.pop();
        appended = std::mem::replace(&mut line, pointer);
        appended.push(b'\n');
    }
    line.resize(room, b' ');
    let (path, _) = shared.path_of(Room::Identities, at.file)?;
    let old = shared.handle(Room::Identities, at.file)?;
    let patch = Patch {
        offset: at.offset,
        line: &line,
        len,
        appended: &appended,
    };
    let folder = shared.room(Room::Identities);
    space::check(shared, len + appended.len() as u64)?;
    let placed = write_anew(&*shared.disk, &folder, &path, &*old, &patch);
    // Also after an error: the name may lead to the new file already.
    shared.forget(Room::Identities, at.file);
    placed?;
    Ok(len + appended.len() as u64)
}

struct Patch<'a> {
    offset: u64,
    line: &'a [u8],
    /// The old file's durable length.
    len: u64,
    appended: &'a [u8],
}

fn write_anew(
    disk: &dyn Disk,
    folder: &Path,
    path: &Path,
    old: &dyn DiskFile,
    patch: &Patch<'_>,
) -> Result<()> {
    let fresh = path.with_extension("new");
    match disk.remove(&fresh) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(e).context("remove", &fresh)?,
        _ => {}
    }
    let file = disk.create(&fresh).context("create", &fresh)?;
    let after = patch.offset + patch.line.len() as u64;
    copy(old, &*file, 0, patch.offset).context("write", &fresh)?;
    file.append(patch.line).context("write", &fresh)?;
    copy(old, &*file, after, patch.len).context("write", &fresh)?;
    if !patch.appended.is_empty() {
        file.append(patch.appended).context("write", &fresh)?;
    }
    file.sync_data().context("make durable", &fresh)?;
    disk.rename(&fresh, path).context("rename", &fresh)?;
    disk.sync_dir(folder).context("make durable", folder)
}

fn copy(old: &dyn DiskFile, new: &dyn DiskFile, from: u64, to: u64) -> std::io::Result<()> {
    let mut at = from;
    let mut buffer = vec![0; CHUNK];
    while at < to {
        let part = usize::try_from(to - at).unwrap_or(CHUNK).min(CHUNK);
        old.read_exact_at(&mut buffer[..part], at)?;
        new.append(&buffer[..part])?;
        at += part as u64;
    }
    Ok(())
}

/// Calls `f` with every record that has not moved, file by file.
pub(super) fn scan(
    shared: &Shared,
    mut f: impl FnMut(IdentityLoc, Record),
    mut bad: impl FnMut(JournalError) -> Result<()>,
) -> Result<()> {
    let (segments, batches) = {
        let state = shared.state();
        (state.identities.clone(), state.batches.clone())
    };
    let segments = (1..)
        .map(FileNo::segment)
        .zip(segments.into_iter().map(Some));
    let with_people = (0..)
        .zip(batches)
        .filter(|(_, batch)| batch.info.body.identities > 0);
    let batches = with_people.map(|(n, _)| (FileNo::batch(n), None));
    for (file, len) in segments.chain(batches) {
        scan_file(shared, (file, len), &mut f, &mut bad)?;
    }
    Ok(())
}

/// Calls `f` with the records of one file; `len` is how long it should be,
/// where that is known.
fn scan_file(
    shared: &Shared,
    (file, len): (FileNo, Option<u64>),
    f: &mut impl FnMut(IdentityLoc, Record),
    bad: &mut impl FnMut(JournalError) -> Result<()>,
) -> Result<()> {
    let (path, name) = shared.path_of(Room::Identities, file)?;
    let Ok(handle) = shared.handle(Room::Identities, file) else {
        return bad(JournalError::damaged(&name, 0, "the file is missing"));
    };
    let found = handle.stamp().context("read", &path)?.len;
    if len.is_some_and(|len| len > found) {
        let problem = "the file is shorter than it was";
        bad(JournalError::damaged(&name, 0, problem))?;
    }
    let mut lines = Lines::new(&*handle, 0, len.unwrap_or(found).min(found));
    let mut number = 0;
    while let Some(raw) = lines.next().context("read", &path)? {
        number += 1;
        let record = if raw.ended {
            Record::parse(raw.bytes)
        } else {
            Err("the line is cut short")
        };
        match record {
            Ok(record) if record.moved.is_some() => {}
            Ok(record) => {
                let loc = IdentityLoc {
                    file,
                    offset: raw.offset,
                    len: u32::try_from(raw.bytes.len()).unwrap_or(u32::MAX),
                };
                f(loc, record);
            }
            Err(problem) => bad(JournalError::damaged(&name, number, problem))?,
        }
    }
    Ok(())
}
