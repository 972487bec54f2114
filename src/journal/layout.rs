//! Names in a store's folder, and `format.json`, which says whose it is.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::disk::{Disk, read_all};
use super::error::{Context, JournalError, Result};
use super::hash::HexHash;
use super::line;

/// The format version that this program writes.
pub const FORMAT_VERSION: u32 = 1;

pub(super) const FORMAT: &str = "format.json";
/// Its name until the store is whole.
pub(super) const FORMAT_NEW: &str = "format.json.new";
pub(super) const JOURNAL: &str = "journal";
pub(super) const IDENTITIES: &str = "identities";
pub(super) const STAGING: &str = "staging";
const FORMAT_NAME: &str = "fristdag";

/// What `format.json` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Format {
    /// The store's id, from which its chain starts.
    pub store: HexHash,
    /// The region that the store was made for.
    pub region: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// `000001.jsonl`, in `journal/` and in `identities/`.
pub(super) fn segment_name(number: u32) -> String {
    format!("{number:06}.jsonl")
}

/// The number in a segment's name.
pub(super) fn segment_number(name: &str) -> Option<u32> {
    let number = name.strip_suffix(".jsonl")?.parse().ok()?;
    (number > 0 && segment_name(number) == name).then_some(number)
}

/// `batch-<first seq>-<rand>.jsonl`, in `journal/` and in `identities/`.
pub(super) fn batch_name(first: u64, id: &HexHash) -> String {
    format!("batch-{first:012}-{}.jsonl", &id.as_str()[..16])
}

/// Whether a name is one that [`batch_name`] gives.
pub(super) fn is_batch_name(name: &str) -> bool {
    name.starts_with("batch-") && name.ends_with(".jsonl")
}

/// Name for messages: relative to the store's folder.
pub(super) fn shown(folder: &str, name: &str) -> String {
    format!("{folder}/{name}")
}

impl Format {
    fn to_line(&self) -> Vec<u8> {
        let mut buffer = Vec::new();
        buffer.extend_from_slice(b"{\"format\":\"fristdag\",\"version\":");
        buffer.extend_from_slice(FORMAT_VERSION.to_string().as_bytes());
        buffer.extend_from_slice(b",\"store\":\"");
        buffer.extend_from_slice(self.store.as_bytes());
        buffer.extend_from_slice(b"\",\"region\":");
        line::push_text(&mut buffer, &self.region);
        buffer.extend_from_slice(b",\"created_at\":\"");
        line::push_time(&mut buffer, self.created_at);
        buffer.push(b'"');
        let hash = HexHash::of(&[&buffer]);
        line::push_hash(&mut buffer, &hash);
        buffer
    }

    /// Writes `format.json` and makes it durable.
    pub(super) fn write(&self, disk: &dyn Disk, folder: &Path) -> Result<()> {
        replace_file(disk, folder, FORMAT, &self.to_line())
    }

    /// Reads and checks `format.json`; an older format is brought up first.
    pub(super) fn read(disk: &dyn Disk, folder: &Path) -> Result<Self> {
        let path = folder.join(FORMAT);
        let file = match disk.open_read(&path) {
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                return Err(JournalError::NotAStore(folder.to_owned()));
            }
            other => other.context("open", &path)?,
        };
        let bytes = read_all(&*file).context("read", &path)?;
        let bad = |problem: &str| JournalError::BadFormat {
            path: path.clone(),
            problem: problem.to_owned(),
        };
        let head: Head = serde_json::from_slice(&bytes).map_err(|_| bad("it cannot be read"))?;
        if head.format != FORMAT_NAME {
            return Err(bad("it does not describe a fristdag store"));
        }
        if head.version > FORMAT_VERSION {
            return Err(JournalError::Newer {
                found: head.version,
                known: FORMAT_VERSION,
            });
        }
        if head.version < FORMAT_VERSION {
            upgrade(disk, folder, head.version, &bytes, UPGRADES)?;
            return Self::read(disk, folder);
        }
        Self::parse(&bytes).ok_or_else(|| bad("it is not as it was written"))
    }

    fn parse(bytes: &[u8]) -> Option<Self> {
        let whole: Whole = serde_json::from_slice(bytes).ok()?;
        let format = Self {
            store: whole.store,
            region: whole.region,
            created_at: line::to_millis(whole.created_at)?,
        };
        (format.to_line() == bytes).then_some(format)
    }
}

#[derive(Deserialize)]
struct Head {
    format: String,
    version: u32,
}

#[derive(Deserialize)]
struct Whole {
    store: HexHash,
    region: String,
    created_at: DateTime<Utc>,
}

/// One step of an upgrade: rewrites the store from this version to the next,
/// `format.json` last, so that a step cut short is done again.
type Upgrade = (u32, fn(&dyn Disk, &Path) -> Result<()>);

/// Version 1 is the first; a later one adds its step here.
const UPGRADES: &[Upgrade] = &[];

fn upgrade(
    disk: &dyn Disk,
    folder: &Path,
    from: u32,
    format: &[u8],
    steps: &[Upgrade],
) -> Result<()> {
    let Some((_, step)) = steps.iter().find(|(version, _)| *version == from) else {
        return Err(JournalError::BadFormat {
            path: folder.join(FORMAT),
            problem: format!("format version {from} never existed"),
        });
    };
    replace_file(disk, folder, &format!("{FORMAT}.v{from}"), format)?;
    step(disk, folder)
}

/// Writes a small file whole or not at all: a new one beside it, made
/// durable, takes the name.
fn replace_file(disk: &dyn Disk, folder: &Path, name: &str, bytes: &[u8]) -> Result<()> {
    let path: PathBuf = folder.join(name);
    let fresh = folder.join(format!("{name}.new"));
    match disk.remove(&fresh) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(e).context("remove", &fresh)?,
        _ => {}
    }
    let file = disk.create(&fresh).context("create", &fresh)?;
    file.append(bytes).context("write", &fresh)?;
    file.sync_data().context("make durable", &fresh)?;
    disk.rename(&fresh, &path).context("rename", &fresh)?;
    disk.sync_dir(folder).context("make durable", folder)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::SimDisk;

    fn made() -> (SimDisk, PathBuf, Format) {
        let (disk, folder) = (SimDisk::new(), PathBuf::from("/s"));
        disk.create_dir(&folder).unwrap();
        let created_at = "2019-03-04T10:00:00Z".parse().unwrap();
        let format = Format {
            store: HexHash::of(&[]),
            region: "17".into(),
            created_at,
        };
        format.write(&disk, &folder).unwrap();
        (disk, folder, format)
    }

    #[test]
    fn every_changed_byte_is_found() {
        let (disk, folder, format) = made();
        assert_eq!(Format::read(&disk, &folder).unwrap(), format);
        let path = folder.join(FORMAT);
        let sound = disk.content(&path).unwrap();
        for offset in 0..sound.len() {
            let mut bytes = sound.clone();
            bytes[offset] ^= 1;
            disk.overwrite(&path, &bytes).unwrap();
            assert!(Format::read(&disk, &folder).is_err(), "offset {offset}");
        }
    }

    #[test]
    fn a_newer_format_is_refused_by_its_number() {
        let (disk, folder, _) = made();
        let text = b"{\"format\":\"fristdag\",\"version\":2,\"other\":[]}\n";
        disk.overwrite(&folder.join(FORMAT), text).unwrap();
        let error = Format::read(&disk, &folder).unwrap_err();
        assert!(
            matches!(error, JournalError::Newer { found: 2, known: 1 }),
            "{error}"
        );
    }

    #[test]
    fn an_older_format_is_brought_up_and_a_copy_kept() {
        let (disk, folder, format) = made();
        let old = b"{\"format\":\"fristdag\",\"version\":0}\n";
        disk.overwrite(&folder.join(FORMAT), old).unwrap();
        assert!(
            Format::read(&disk, &folder).is_err(),
            "no step is known from version 0"
        );
        let steps: &[Upgrade] = &[(0, |disk, folder| {
            let created_at = "2019-03-04T10:00:00Z".parse().unwrap();
            Format {
                store: HexHash::of(&[]),
                region: "17".into(),
                created_at,
            }
            .write(disk, folder)
        })];
        upgrade(&disk, &folder, 0, old, steps).unwrap();
        assert_eq!(Format::read(&disk, &folder).unwrap(), format);
        assert_eq!(disk.content(&folder.join("format.json.v0")).unwrap(), old);
    }

    #[test]
    fn names_come_back() {
        assert_eq!(segment_number(&segment_name(12)), Some(12));
        assert_eq!(segment_number("12.jsonl"), None);
        assert!(is_batch_name(&batch_name(3, &HexHash::of(&[]))));
    }
}
