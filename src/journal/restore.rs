//! A new store from a backup.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest, Sha256};

use super::backup::{MANIFEST, Manifest, ManifestFile, TRAILER, bad, trailer};
use super::disk::{Disk, RealDisk};
use super::error::{Context, JournalError, Result};
use super::hash::HexHash;
use super::layout::{FORMAT, FORMAT_NEW, IDENTITIES, JOURNAL, STAGING};
use super::reader::Anchor;
use super::store::Journal;

const CHUNK: usize = 256 << 10;
/// A manifest has about 150 bytes a file.
const LONGEST_MANIFEST: u64 = 256 << 20;

const ROOMS: [&str; 3] = [JOURNAL, IDENTITIES, STAGING];

/// Makes a store in `folder` from a backup, and opens it once to check it
/// from end to end. Answers how far it goes. `format.json`, which makes a
/// folder a store, gets its name last: a restore that is cut short leaves none.
///
/// # Errors
/// [`JournalError::NotEmpty`] when the folder holds anything;
/// [`JournalError::BadBackup`] when the file is cut short or altered: that is
/// found before anything is written. What was written is removed again.
pub fn restore(backup: &Path, folder: &Path) -> Result<Anchor> {
    if folder.exists() && folder.read_dir().context("list", folder)?.next().is_some() {
        return Err(JournalError::NotEmpty(folder.to_owned()));
    }
    let mut file = File::open(backup).context("open", backup)?;
    let archive_len = check_whole(&mut file, backup)?;
    let unfinished = Unfinished::in_folder(folder);
    RealDisk.create_dir(folder).context("make", folder)?;
    for room in ROOMS {
        let path = folder.join(room);
        RealDisk.create_dir(&path).context("make", &path)?;
    }
    file.seek(SeekFrom::Start(0)).context("read", backup)?;
    let found = extract(file.take(archive_len), backup, folder)?;
    let manifest = found
        .manifest
        .ok_or_else(|| bad(backup, "it has no manifest"))?;
    compare(backup, &manifest, &found.files)?;
    let parent = folder.parent().filter(|p| !p.as_os_str().is_empty());
    for path in ROOMS
        .map(|room| folder.join(room))
        .iter()
        .map(PathBuf::as_path)
        .chain([folder])
        .chain(parent)
    {
        RealDisk.sync_dir(path).context("make durable", path)?;
    }
    let (fresh, format) = (folder.join(FORMAT_NEW), folder.join(FORMAT));
    RealDisk.rename(&fresh, &format).context("rename", &fresh)?;
    RealDisk.sync_dir(folder).context("make durable", folder)?;
    let (journal, _) = Journal::open(Arc::new(RealDisk), folder, None, &mut |_, _| {})?;
    if journal.reader().anchor() != manifest.anchor {
        return Err(bad(
            backup,
            "the journal in it does not end as the manifest says",
        ));
    }
    unfinished.keep();
    Ok(manifest.anchor)
}

/// What a restore has written so far; goes away unless it is kept.
struct Unfinished<'a> {
    folder: &'a Path,
    was_there: bool,
    kept: bool,
}

impl<'a> Unfinished<'a> {
    fn in_folder(folder: &'a Path) -> Self {
        Self {
            folder,
            was_there: folder.exists(),
            kept: false,
        }
    }

    fn keep(mut self) {
        self.kept = true;
    }
}

impl Drop for Unfinished<'_> {
    fn drop(&mut self) {
        if self.kept {
            return;
        }
        // The folder was empty, so all of it is ours. The error that led here
        // tells more than one about the remains; first goes what makes it a
        // store.
        for file in [FORMAT, FORMAT_NEW] {
            let _ = fs::remove_file(self.folder.join(file));
        }
        for room in ROOMS {
            let _ = fs::remove_dir_all(self.folder.join(room));
        }
        if !self.was_there {
            let _ = fs::remove_dir(self.folder);
        }
    }
}

/// Checks the hash over the whole file; answers the archive's length.
fn check_whole(file: &mut File, path: &Path) -> Result<u64> {
    let len = file.metadata().context("read", path)?.len();
    let archive_len = len.checked_sub(TRAILER as u64);
    let archive_len = archive_len.ok_or_else(|| bad(path, "it is no backup, or cut short"))?;
    let (mut hasher, mut buffer) = (Sha256::new(), vec![0; CHUNK]);
    let mut archive = Read::take(&mut *file, archive_len);
    loop {
        let read = archive.read(&mut buffer).context("read", path)?;
        if read == 0 {
            break;
        }
        hasher.update(&buffer[..read]);
    }
    let mut end = [0; TRAILER];
    file.read_exact(&mut end).context("read", path)?;
    if end != trailer(&HexHash::from_bytes(&hasher.finalize().into())) {
        return Err(bad(path, "it is no backup, or it was cut short or altered"));
    }
    Ok(archive_len)
}

struct Extracted {
    manifest: Option<Manifest>,
    files: Vec<ManifestFile>,
}

fn extract(archive: impl Read, backup: &Path, folder: &Path) -> Result<Extracted> {
    let mut out = Extracted {
        manifest: None,
        files: Vec::new(),
    };
    let mut archive = tar::Archive::new(archive);
    for entry in archive.entries().context("read", backup)? {
        let mut entry = entry.context("read", backup)?;
        let name = entry
            .path()
            .context("read", backup)?
            .to_string_lossy()
            .into_owned();
        if name == MANIFEST {
            let mut text = Vec::new();
            Read::take(&mut entry, LONGEST_MANIFEST)
                .read_to_end(&mut text)
                .context("read", backup)?;
            let manifest = serde_json::from_slice(&text);
            out.manifest = Some(manifest.map_err(|_| bad(backup, "its manifest cannot be read"))?);
            continue;
        }
        if entry.header().entry_type() != tar::EntryType::Regular || !is_ours(&name) {
            return Err(bad(backup, "it holds a file that no store has"));
        }
        let to = if name == FORMAT { FORMAT_NEW } else { &name };
        let (bytes, sha256) = write_file(&mut entry, backup, &folder.join(to))?;
        out.files.push(ManifestFile {
            name,
            bytes,
            sha256,
        });
    }
    Ok(out)
}

/// `format.json`, or a file right in one of the two rooms.
fn is_ours(name: &str) -> bool {
    let parts: Vec<_> = Path::new(name).components().collect();
    match parts[..] {
        [Component::Normal(file)] => file == FORMAT,
        [Component::Normal(room), Component::Normal(file)] => {
            let plain = file.to_str().is_some_and(|f| f.ends_with(".jsonl"));
            (room == JOURNAL || room == IDENTITIES) && plain
        }
        _ => false,
    }
}

fn write_file(entry: &mut impl Read, backup: &Path, path: &Path) -> Result<(u64, HexHash)> {
    let file = RealDisk.create(path).context("create", path)?;
    let (mut hasher, mut bytes, mut buffer) = (Sha256::new(), 0, vec![0; CHUNK]);
    loop {
        let read = match entry.read(&mut buffer) {
            Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
            other => other.context("read", backup)?,
        };
        if read == 0 {
            break;
        }
        hasher.update(&buffer[..read]);
        file.append(&buffer[..read]).context("write", path)?;
        bytes += read as u64;
    }
    file.sync_data().context("make durable", path)?;
    Ok((bytes, HexHash::from_bytes(&hasher.finalize().into())))
}

fn compare(backup: &Path, manifest: &Manifest, files: &[ManifestFile]) -> Result<()> {
    let key = |f: &ManifestFile| (f.name.clone(), f.bytes, f.sha256);
    let expected: HashSet<_> = manifest.files.iter().map(key).collect();
    let found: HashSet<_> = files.iter().map(key).collect();
    let same = expected == found && files.len() == manifest.files.len();
    if same {
        Ok(())
    } else {
        Err(bad(backup, "its files are not those of its manifest"))
    }
}
