//! Checking everything, trusting nothing: each line's hash and number, each
//! batch, each commitment, and whether the end is still there.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use super::chain::{BatchInfo, EntryRef, Head, ItemHead, item_entry};
use super::disk::{Disk, DiskFile};
use super::error::{Context, JournalError, Result};
use super::hash::HexHash;
use super::identity::Record;
use super::layout::{self, Format, IDENTITIES, JOURNAL, STAGING, segment_name, shown};
use super::loc::{FileNo, Loc};
use super::reader::{Anchor, Reader};
use super::reading::Lines;

/// Something that is not as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// File, relative to the store's folder.
    pub file: String,
    /// Line, counted from 1; 0 when the whole file is meant.
    pub line: u64,
    /// What does not hold.
    pub problem: String,
}

/// What verifying found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VerifyReport {
    /// Every difference; none means that all holds.
    pub findings: Vec<Finding>,
    /// Entries looked at, batches' entries and batch lines included.
    pub entries: u64,
    /// Bytes hashed.
    pub bytes: u64,
    /// Commitments compared with an identity.
    pub commitments: u64,
    /// Commitments whose identity was erased.
    pub erased: u64,
    /// How far the journal goes.
    pub anchor: Option<Anchor>,
}

/// Gives the identity key and the commitment that an entry's body holds, if
/// it holds any.
pub type Committed<'c> = &'c dyn Fn(&EntryRef<'_>) -> Option<(String, String)>;

/// Where to stop in files that are being written.
#[derive(Clone, Copy)]
struct Limit {
    segment: u32,
    len: u64,
}

impl Reader {
    /// Verifies what is recorded now, while the store is in use. See
    /// [`verify`].
    ///
    /// # Errors
    /// When a folder cannot be read; differences are findings, not errors.
    pub fn verify(&self, anchor: Option<Anchor>, committed: Committed<'_>) -> Result<VerifyReport> {
        let (limit, identities) = {
            let state = self.shared.state();
            let len = state.segments.last().map_or(0, |s| s.len);
            (
                Limit {
                    segment: state.active(),
                    len,
                },
                state.identities.last().copied(),
            )
        };
        let in_use = Some((limit, identities));
        Verifier::new(&*self.shared.disk, &self.shared.folder, committed).run(anchor, in_use)
    }
}

/// Verifies a store that need not be sound enough to open. Every line's hash
/// and number, batch files and their counts, identities against the
/// commitments that `committed` finds in the entries, and with an `anchor`
/// that nothing up to it was cut off or replaced.
///
/// # Errors
/// When the folder is no store or cannot be read; differences are findings.
pub fn verify(
    disk: &dyn Disk,
    folder: &Path,
    anchor: Option<Anchor>,
    committed: Committed<'_>,
) -> Result<VerifyReport> {
    Verifier::new(disk, folder, committed).run(anchor, None)
}

/// What is known of a key: the commitment made first, or that it was erased.
enum Kept {
    Commitment(HexHash),
    Erased,
}

struct Verifier<'a> {
    disk: &'a dyn Disk,
    folder: &'a Path,
    committed: Committed<'a>,
    kept: HashMap<String, Kept>,
    report: VerifyReport,
    /// The hash of the line that the anchor names, once it is reached.
    at_anchor: Option<HexHash>,
    batches: Vec<BatchInfo>,
}

impl<'a> Verifier<'a> {
    fn new(disk: &'a dyn Disk, folder: &'a Path, committed: Committed<'a>) -> Self {
        let (kept, report) = (HashMap::new(), VerifyReport::default());
        Self {
            disk,
            folder,
            committed,
            kept,
            report,
            at_anchor: None,
            batches: Vec::new(),
        }
    }

    fn run(
        mut self,
        anchor: Option<Anchor>,
        in_use: Option<(Limit, Option<u64>)>,
    ) -> Result<VerifyReport> {
        let format = match Format::read(self.disk, self.folder) {
            Err(JournalError::BadFormat { problem, .. }) => {
                self.find(layout::FORMAT, 0, &problem);
                return Ok(self.report);
            }
            other => other?,
        };
        self.identities(in_use.and_then(|(_, len)| len))?;
        let limit = in_use.map(|(limit, _)| limit);
        let names = self.names(JOURNAL)?;
        let found = names
            .iter()
            .filter_map(|n| layout::segment_number(n))
            .max()
            .unwrap_or(1);
        let last = limit.map_or(found, |l| l.segment);
        let mut head = Head::start(&format.store);
        self.pass_anchor(anchor, &head);
        for number in 1..=last {
            let len = limit.filter(|l| l.segment == number).map(|l| l.len);
            self.segment(number, len, &mut head, anchor)?;
        }
        if in_use.is_none() {
            self.strays(&names)?;
        }
        self.report.anchor = Some(Anchor {
            count: head.next_seq - 1,
            hash: head.hash,
        });
        if let Some(anchor) = anchor {
            self.compare(anchor, &head);
        }
        Ok(self.report)
    }

    fn find(&mut self, file: &str, line: u64, problem: &str) {
        let (file, problem) = (file.to_owned(), problem.to_owned());
        self.report.findings.push(Finding {
            file,
            line,
            problem,
        });
    }

    fn names(&self, room: &str) -> Result<Vec<String>> {
        let path = self.folder.join(room);
        self.disk.list(&path).context("list", &path)
    }

    /// Opens a file; a missing one is a finding.
    fn open(&mut self, room: &str, name: &str) -> Result<Option<(Arc<dyn DiskFile>, u64)>> {
        let path = self.folder.join(room).join(name);
        match self.disk.open_read(&path) {
            Ok(file) => {
                let len = file.stamp().context("read", &path)?.len;
                Ok(Some((file, len)))
            }
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
                self.find(&shown(room, name), 0, "the file is missing");
                Ok(None)
            }
            Err(e) => Err(e).context("open", &path),
        }
    }

    fn identities(&mut self, active_len: Option<u64>) -> Result<()> {
        let names = self.names(IDENTITIES)?;
        let last = names
            .iter()
            .filter_map(|n| layout::segment_number(n))
            .max()
            .unwrap_or(0);
        let missing = (1..=last).map(segment_name).filter(|n| !names.contains(n));
        for name in missing.collect::<Vec<_>>() {
            self.find(&shown(IDENTITIES, &name), 0, "the file is missing");
        }
        for name in names.iter().filter(|n| n.ends_with(".jsonl")) {
            let Some((file, len)) = self.open(IDENTITIES, name)? else {
                continue;
            };
            let active = layout::segment_number(name) == Some(last);
            let len = active_len.filter(|_| active).unwrap_or(len);
            self.identity_file(name, &*file, len)?;
        }
        Ok(())
    }

    fn identity_file(&mut self, name: &str, file: &dyn DiskFile, len: u64) -> Result<()> {
        let path = self.folder.join(IDENTITIES).join(name);
        let (mut lines, mut number) = (Lines::new(file, 0, len), 0);
        while let Some(raw) = lines.next().context("read", &path)? {
            number += 1;
            self.report.bytes += raw.bytes.len() as u64;
            let record = if raw.ended {
                Record::parse(raw.bytes)
            } else {
                Err("the line is cut short")
            };
            match record {
                Err(problem) => self.find(&shown(IDENTITIES, name), number, problem),
                Ok(record) if record.moved.is_some() => {}
                Ok(record) => {
                    let kept = match record.committed() {
                        Some(commitment) if !record.erased => Kept::Commitment(commitment),
                        _ => Kept::Erased,
                    };
                    self.kept.insert(record.key, kept);
                }
            }
        }
        Ok(())
    }

    fn segment(
        &mut self,
        number: u32,
        limit: Option<u64>,
        head: &mut Head,
        anchor: Option<Anchor>,
    ) -> Result<()> {
        let name = segment_name(number);
        let Some((file, len)) = self.open(JOURNAL, &name)? else {
            return Ok(());
        };
        let (path, shown) = (self.folder.join(JOURNAL).join(&name), shown(JOURNAL, &name));
        if limit.is_some_and(|limit| limit > len) {
            self.find(&shown, 0, "the file is shorter than it was");
        }
        let mut lines = Lines::new(&*file, 0, limit.unwrap_or(len).min(len));
        let mut line_number = 0;
        while let Some(raw) = lines.next().context("read", &path)? {
            line_number += 1;
            self.report.bytes += raw.bytes.len() as u64;
            let followed = head.follow(raw.bytes, true);
            let followed = if raw.ended {
                followed
            } else {
                Err("the line is cut short")
            };
            match followed {
                Err(problem) => self.find(&shown, line_number, problem),
                Ok(followed) => {
                    self.report.entries += 1;
                    let loc = Loc {
                        file: FileNo::segment(number),
                        offset: raw.offset,
                        len: u32::try_from(raw.bytes.len()).unwrap_or(u32::MAX),
                    };
                    let entry = EntryRef::of(&followed.line, loc);
                    match followed.batch {
                        Some(batch) => self.batch(batch)?,
                        None => self.commitment(&shown, line_number, &entry),
                    }
                }
            }
            self.pass_anchor(anchor, head);
        }
        Ok(())
    }

    fn batch(&mut self, batch: BatchInfo) -> Result<()> {
        let name = batch.body.file.clone();
        let shown = shown(JOURNAL, &name);
        let ordinal = u32::try_from(self.batches.len()).unwrap_or(u32::MAX);
        self.batches.push(batch.clone());
        if batch.body.identities > 0 {
            // Missing is a finding; its content was looked at before.
            self.open(IDENTITIES, &name)?;
        }
        let Some((file, len)) = self.open(JOURNAL, &name)? else {
            return Ok(());
        };
        let path = self.folder.join(JOURNAL).join(&name);
        let mut head = ItemHead::start(&batch.body.id);
        let (mut lines, mut number) = (Lines::new(&*file, 0, len), 0);
        while let Some(raw) = lines.next().context("read", &path)? {
            number += 1;
            self.report.bytes += raw.bytes.len() as u64;
            let item = head.follow(raw.bytes, true);
            match if raw.ended {
                item
            } else {
                Err("the line is cut short")
            } {
                Err(problem) => self.find(&shown, number, problem),
                Ok(item) => {
                    self.report.entries += 1;
                    let file = FileNo::batch(ordinal);
                    let entry = item_entry(&batch, file, raw.offset, raw.bytes.len(), &item);
                    self.commitment(&shown, number, &entry);
                }
            }
        }
        let body = &batch.body;
        if (number, len, head.hash) != (body.count, body.bytes, body.last_hash) {
            self.find(
                &shown,
                number,
                "the file does not end as its batch line says",
            );
        }
        Ok(())
    }

    fn commitment(&mut self, file: &str, line: u64, entry: &EntryRef<'_>) {
        let Some((key, commitment)) = (self.committed)(entry) else {
            return;
        };
        match self.kept.get(&key) {
            None => self.find(file, line, "the identity that it names is lost"),
            Some(Kept::Erased) => self.report.erased += 1,
            Some(Kept::Commitment(kept)) if kept.as_str() == commitment => {
                self.report.commitments += 1;
            }
            Some(Kept::Commitment(_)) => {
                self.find(
                    file,
                    line,
                    "the identity that it names is not the one it was recorded with",
                );
            }
        }
    }

    /// Files that nothing names: batches never published, or hidden.
    fn strays(&mut self, names: &[String]) -> Result<()> {
        let known: HashSet<String> = self.batches.iter().map(|b| b.body.file.clone()).collect();
        let people = self.names(IDENTITIES)?;
        for (room, names) in [(JOURNAL, names), (IDENTITIES, &people)] {
            for name in names {
                if layout::segment_number(name).is_none() && !known.contains(name) {
                    self.find(
                        &shown(room, name),
                        0,
                        "nothing in the journal names this file",
                    );
                }
            }
        }
        for name in self.names(STAGING)? {
            self.find(
                &shown(STAGING, &name),
                0,
                "left by an import that did not finish",
            );
        }
        Ok(())
    }

    fn pass_anchor(&mut self, anchor: Option<Anchor>, head: &Head) {
        if anchor.is_some_and(|anchor| anchor.count == head.next_seq - 1) {
            self.at_anchor = Some(head.hash);
        }
    }

    fn compare(&mut self, anchor: Anchor, head: &Head) {
        let count = head.next_seq - 1;
        let problem = match self.at_anchor {
            Some(hash) if hash == anchor.hash => return,
            Some(_) => format!(
                "entry {} is not the one that the anchor names",
                anchor.count
            ),
            None if count < anchor.count => format!(
                "the journal ends at entry {count}: {} entries are missing up to the anchor's {}",
                anchor.count - count,
                anchor.count
            ),
            None => format!(
                "no line ends at entry {}, which the anchor names",
                anchor.count
            ),
        };
        self.find(JOURNAL, 0, &problem);
    }
}
