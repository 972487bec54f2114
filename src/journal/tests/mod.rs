//! The room as a whole: reading back, damage, power cuts, faults.

mod basics;
mod copies;
mod crash;
mod damage;
mod groups;
mod people;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::value::RawValue;

use super::*;

pub(super) const FOLDER: &str = "/store";

pub(super) fn folder() -> PathBuf {
    PathBuf::from(FOLDER)
}

pub(super) fn raw(text: &str) -> Box<RawValue> {
    RawValue::from_string(text.to_owned()).unwrap()
}

pub(super) fn at(second: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_551_693_600 + second, 0).unwrap()
}

pub(super) fn new_disk() -> SimDisk {
    let disk = SimDisk::new();
    Journal::create(&disk, Path::new(FOLDER), "17", at(0)).unwrap();
    disk
}

pub(super) fn open(disk: &SimDisk) -> Result<(Journal, OpenReport)> {
    open_known(disk, None)
}

pub(super) fn open_known(disk: &SimDisk, known: Option<&Checked>) -> Result<(Journal, OpenReport)> {
    Journal::open(Arc::new(disk.clone()), &folder(), known, &mut |_, _| {})
}

pub(super) fn entry(text: &str) -> NewEntry {
    NewEntry {
        by: "kim".into(),
        kind: "note".into(),
        body: raw(&format!("{{\"t\":\"{text}\"}}")),
    }
}

pub(super) fn change(texts: &[&str]) -> Change {
    Change {
        entries: texts.iter().map(|t| entry(t)).collect(),
        ..Change::default()
    }
}

/// An entry that names a person, with the person.
pub(super) fn person(name: &str) -> (Change, Sealed) {
    let sealed = seal(&raw(&format!("{{\"name\":\"{name}\"}}"))).unwrap();
    let entry = NewEntry {
        kind: "admitted".into(),
        body: person_body(&sealed),
        ..entry("")
    };
    let identities = vec![sealed.record.clone()];
    (
        Change {
            entries: vec![entry],
            identities,
            rewrites: Vec::new(),
        },
        sealed,
    )
}

pub(super) fn person_body(sealed: &Sealed) -> Box<RawValue> {
    raw(&format!(
        "{{\"who\":\"{}\",\"commitment\":\"{}\"}}",
        sealed.key, sealed.commitment
    ))
}

/// What an entry of [`person`] holds.
pub(super) fn committed(entry: &EntryRef<'_>) -> Option<(String, String)> {
    #[derive(serde::Deserialize)]
    struct Body {
        who: String,
        commitment: String,
    }
    let body: Body = serde_json::from_str(entry.body).ok()?;
    Some((body.who, body.commitment))
}

/// Every entry: number, kind, body.
pub(super) fn all(reader: &Reader) -> Vec<(u64, String, String)> {
    let mut found = Vec::new();
    let end = reader.scan(0, Hashes::Check, |entry| {
        found.push((entry.seq, entry.kind.to_owned(), entry.body.to_owned()));
        ControlFlow::<()>::Continue(())
    });
    assert_eq!(end.unwrap(), None);
    found
}

pub(super) fn findings(disk: &SimDisk, anchor: Option<Anchor>) -> Vec<Finding> {
    verify(disk, &folder(), anchor, &committed)
        .unwrap()
        .findings
}

/// Stages `count` entries of which the even ones name a person.
pub(super) fn stage(reader: &Reader, count: u32) -> Result<(FinishedBatch, Vec<BatchLoc>)> {
    let mut staging = reader.stage()?;
    let mut locs = Vec::new();
    for n in 0..count {
        if n % 2 == 0 {
            let sealed = seal(&raw(&format!("{{\"name\":\"P{n}\"}}")))?;
            staging.push_identity(&sealed.record)?;
            locs.push(staging.push("admitted", &person_body(&sealed))?);
        } else {
            locs.push(staging.push("note", &raw(&format!("{{\"n\":{n}}}")))?);
        }
    }
    Ok((staging.finish()?, locs))
}
