//! A consistent copy of a store in one file, made while it is in use.
//!
//! The file is a tar archive: the store's files up to what was recorded when
//! the backup began, then `manifest.json` with each file's length and
//! SHA-256. One more block of 512 bytes follows the archive's end, where tar
//! programs do not look: `fristdag-backup <SHA-256 of all before>`.

use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::disk::DiskFile;
use super::error::{Context, JournalError, Result};
use super::hash::HexHash;
use super::layout::{FORMAT, shown};
use super::loc::FileNo;
use super::reader::{Anchor, Reader};
use super::shared::Room;

pub(super) const MANIFEST: &str = "manifest.json";
pub(super) const TRAILER: usize = 512;
const TRAILER_WORD: &[u8] = b"fristdag-backup ";

/// What a backup holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackupReport {
    /// How far it goes.
    pub anchor: Anchor,
    /// Bytes of the store's files in it.
    pub bytes: u64,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Manifest {
    pub store: HexHash,
    pub anchor: Anchor,
    pub files: Vec<ManifestFile>,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct ManifestFile {
    pub name: String,
    pub bytes: u64,
    pub sha256: HexHash,
}

/// A file to be copied, up to a length.
struct Part {
    name: String,
    file: Arc<dyn DiskFile>,
    len: u64,
}

impl Reader {
    /// Writes a backup to any writer.
    ///
    /// # Errors
    /// When something cannot be read or written.
    pub fn backup_to(&self, out: &mut dyn Write) -> Result<BackupReport> {
        let (anchor, parts) = self.parts()?;
        let to = Path::new("the backup");
        let mut archive = tar::Builder::new(Hashing {
            out,
            hasher: Sha256::new(),
        });
        let mut files = Vec::with_capacity(parts.len());
        for part in parts {
            let mut reader = PartReader {
                part: &part,
                at: 0,
                hasher: Sha256::new(),
            };
            let mut header = header(part.len);
            archive
                .append_data(&mut header, &part.name, &mut reader)
                .context("write", to)?;
            let sha256 = HexHash::from_bytes(&reader.hasher.finalize().into());
            files.push(ManifestFile {
                name: part.name,
                bytes: part.len,
                sha256,
            });
        }
        let bytes = files.iter().map(|f| f.bytes).sum();
        let manifest = Manifest {
            store: self.shared.format.store,
            anchor,
            files,
        };
        let text = serde_json::to_vec(&manifest)
            .map_err(io::Error::other)
            .context("write", to)?;
        let mut header = header(text.len() as u64);
        archive
            .append_data(&mut header, MANIFEST, &*text)
            .context("write", to)?;
        let hashing = archive.into_inner().context("write", to)?;
        let hash = HexHash::from_bytes(&hashing.hasher.finalize().into());
        let out = hashing.out;
        out.write_all(&trailer(&hash))
            .and_then(|()| out.flush())
            .context("write", to)?;
        Ok(BackupReport { anchor, bytes })
    }

    /// The files as they are at one position of the journal. Identities may
    /// go a little further: they are written before the entries that name them.
    fn parts(&self) -> Result<(Anchor, Vec<Part>)> {
        let state = self.shared.state().clone();
        let anchor = Anchor {
            count: state.head.next_seq - 1,
            hash: state.head.hash,
        };
        let path = self.shared.folder.join(FORMAT);
        let file = self.shared.disk.open_read(&path).context("open", &path)?;
        let len = file.stamp().context("read", &path)?.len;
        let mut parts = vec![Part {
            name: FORMAT.to_owned(),
            file,
            len,
        }];
        let segments = state.segments.iter().map(|s| Some(s.len)).collect();
        let batches: Vec<_> = (0..).map(FileNo::batch).zip(&state.batches).collect();
        let of_people = batches.iter().filter(|(_, b)| b.info.body.identities > 0);
        // Corrections may have changed the identity files' lengths meanwhile,
        // never so that a line at their present end is not whole.
        let people = state.identities.iter().map(|_| None).collect();
        self.add(
            &mut parts,
            Room::Journal,
            segments,
            batches.iter().map(|(n, _)| *n).collect(),
        )?;
        self.add(
            &mut parts,
            Room::Identities,
            people,
            of_people.map(|(n, _)| *n).collect(),
        )?;
        Ok((anchor, parts))
    }

    fn add(
        &self,
        parts: &mut Vec<Part>,
        room: Room,
        segments: Vec<Option<u64>>,
        batches: Vec<FileNo>,
    ) -> Result<()> {
        let segments = (1..).map(FileNo::segment).zip(segments);
        for (number, len) in segments.chain(batches.into_iter().map(|n| (n, None))) {
            let (path, _) = self.shared.path_of(room, number)?;
            let name = path.file_name().map(|n| n.to_string_lossy().into_owned());
            let name = shown(room.folder(), &name.unwrap_or_default());
            let file = self.shared.handle(room, number)?;
            let len = match len {
                Some(len) => len,
                None => file.stamp().context("read", &path)?.len,
            };
            parts.push(Part { name, file, len });
        }
        Ok(())
    }
}

pub(super) fn trailer(hash: &HexHash) -> [u8; TRAILER] {
    let mut block = [0; TRAILER];
    let text = [TRAILER_WORD, hash.as_bytes(), b"\n"].concat();
    block[..text.len()].copy_from_slice(&text);
    block
}

fn header(len: u64) -> tar::Header {
    let mut header = tar::Header::new_gnu();
    header.set_size(len);
    header.set_mode(0o600);
    header.set_entry_type(tar::EntryType::Regular);
    header
}

struct PartReader<'a> {
    part: &'a Part,
    at: u64,
    hasher: Sha256,
}

impl Read for PartReader<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.part.len - self.at).unwrap_or(usize::MAX);
        let into = buffer.len().min(left);
        let into = &mut buffer[..into];
        self.part.file.read_exact_at(into, self.at)?;
        self.hasher.update(&*into);
        self.at += into.len() as u64;
        Ok(into.len())
    }
}

struct Hashing<'a> {
    out: &'a mut dyn Write,
    hasher: Sha256,
}

impl Write for Hashing<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.hasher.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// A damaged or foreign backup.
pub(super) fn bad(path: &Path, problem: &str) -> JournalError {
    JournalError::BadBackup {
        path: path.to_owned(),
        problem: problem.to_owned(),
    }
}
