//! Import: read, staged, compared, published by one line. All of it or
//! nothing; with `keep_good`, the good lines.

mod index;
mod refused;
mod sift;

use std::{
    io::Read,
    ops::ControlFlow,
    sync::{PoisonError, atomic::AtomicU64, atomic::Ordering, mpsc},
};

use serde_json::value::RawValue;

use super::{
    Desk,
    actor::Actor,
    body::raw,
    error::DeskError,
    events::{self, Sealed},
    keeper::{Order, Outcome, Publication},
    service::{Format, ImportJob, ImportReport, Progress, Refused, Step},
    store::journal_error,
};
use crate::{
    exchange::{self, Item},
    journal::Staging,
    views::{recorded::Parsed, state::EVENT},
};
use index::Staged;
pub(super) use index::{Index, Slot};

/// Threads that parse and seal, beside the one that stages.
const WORKERS: usize = 2;
/// Lines between two words on the progress.
const TELL: u64 = 2_048;

/// One import under way.
struct Import<'a> {
    desk: &'a Desk,
    job: &'a ImportJob,
    /// Until it goes to the writer.
    staging: Option<Staging>,
    index: Index,
    /// Until it goes to the writer.
    parsed: Option<Parsed>,
    lines: u64,
    refused_lines: u64,
    refused: Vec<Refused>,
    /// Bytes of the refused lines' texts.
    kept: usize,
    failed: Option<DeskError>,
}

/// Imports one file.
pub(super) fn run(
    desk: &Desk,
    actor: &Actor,
    job: &ImportJob,
    input: &mut dyn Read,
    progress: &mut dyn FnMut(Progress),
) -> Result<ImportReport, DeskError> {
    let mut import = Import {
        desk,
        job,
        staging: Some(desk.reader().stage().map_err(journal_error)?),
        index: Index::default(),
        parsed: Some(Parsed::new(desk.reader()).map_err(journal_error)?),
        lines: 0,
        refused_lines: 0,
        refused: Vec::new(),
        kept: 0,
        failed: None,
    };
    import.read(input, progress)?;
    import.finish(actor, progress)
}

/// Counts what is read, for the progress.
struct Counting<'a> {
    input: &'a mut dyn Read,
    count: &'a AtomicU64,
}

impl Read for Counting<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.input.read(buffer)?;
        self.count.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

impl Import<'_> {
    fn read(
        &mut self,
        input: &mut dyn Read,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<(), DeskError> {
        let count = AtomicU64::new(0);
        let counting = Counting {
            input,
            count: &count,
        };
        let total = self.job.bytes;
        let mut tell = || {
            let done = count.load(Ordering::Relaxed);
            progress(Progress {
                step: Step::Reading,
                done,
                total,
            });
        };
        let read = match self.job.format {
            Format::Jsonl => exchange::jsonl::read_prepared(
                counting,
                WORKERS,
                |event| [events::seal(event)],
                |item| self.take(item, &mut tell),
            ),
            Format::Csv => read_csv(counting, &mut |item| self.take(sealed(item), &mut tell)),
        };
        if let Some(failed) = self.failed.take() {
            return Err(failed);
        }
        read.map_err(|error| {
            DeskError::bad_input("cannot_read", format!("{}: {error}", self.job.file))
        })
    }

    /// Stages what came of one line; breaks where nothing more can be staged.
    fn take<E>(&mut self, item: Item<'_, E>, tell: &mut dyn FnMut()) -> ControlFlow<()>
    where
        E: IntoIterator<Item = Result<Sealed, DeskError>>,
    {
        self.lines += 1;
        let (line, text) = (item.line, item.text);
        match item.result {
            Ok(events) => {
                for event in events {
                    if let Err(error) = event.and_then(|event| self.stage(line, event)) {
                        self.failed = Some(error);
                        return ControlFlow::Break(());
                    }
                }
            }
            Err(refusal) => {
                if let Err(error) = self.refuse(line, refusal, text) {
                    self.failed = Some(error);
                    return ControlFlow::Break(());
                }
            }
        }
        if self.lines.is_multiple_of(TELL) {
            tell();
        }
        ControlFlow::Continue(())
    }

    fn stage(&mut self, line: u64, event: Sealed) -> Result<(), DeskError> {
        if self.index.is_full() {
            let detail = "an import holds at most 4 294 967 295 events; split the file";
            return Err(DeskError::bad_input("import_too_large", detail));
        }
        let staging = staged(&mut self.staging)?;
        let identity = event
            .record
            .as_ref()
            .map(|record| staging.push_identity(record));
        let identity = identity.transpose().map_err(journal_error)?;
        let loc = staging.push(EVENT, &event.json).map_err(journal_error)?;
        let parsed = self.parsed.as_mut().ok_or_else(overtaken)?;
        parsed.push(&event.compact).map_err(journal_error)?;
        self.index.push(Staged {
            episode: &event.episode,
            id: &event.id,
            void: event.void,
            line,
            loc,
            identity,
        });
        Ok(())
    }

    /// Compares, and publishes what is new, again if something came between.
    fn finish(
        mut self,
        actor: &Actor,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<ImportReport, DeskError> {
        let total = self.index.slots.len() as u64;
        loop {
            self.index.sort();
            let state = self
                .desk
                .state()
                .read()
                .unwrap_or_else(PoisonError::into_inner);
            let mut told = 0;
            let sifted = sift::sift(
                &state,
                self.desk.reader(),
                staged(&mut self.staging)?,
                &self.index,
                &mut |done| {
                    if done >= told + TELL {
                        told = done;
                        progress(Progress {
                            step: Step::Checking,
                            done,
                            total: Some(total),
                        });
                    }
                },
            )?;
            drop(state);
            self.index.unsort();
            if let Some(report) = self.publish(actor, sifted, progress)? {
                return Ok(report);
            }
        }
    }

    /// None where something came between.
    fn publish(
        &mut self,
        actor: &Actor,
        sifted: sift::Sifted,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Option<ImportReport>, DeskError> {
        let refused_lines = self.refused_lines + sifted.refused.len() as u64;
        let added = (self.index.slots.len() - sifted.skipped.len() - sifted.refused.len()) as u64;
        let mut report = ImportReport {
            lines: self.lines,
            added,
            skipped: sifted.skipped.len() as u64,
            stays: sifted.stays,
            held: 0,
            refused_lines,
            refused: self.all_refused(&sifted)?,
            seq: self.desk.reader().last_seq(),
            recorded: false,
        };
        if (refused_lines > 0 && !self.job.keep_good) || self.job.dry_run {
            return Ok(Some(report));
        }
        if refused_lines > 0 {
            self.note_refused(actor, &report.refused)?;
        }
        if added > 0 {
            match self.publish_batch(actor, &sifted, progress)? {
                Some(seq) => report.seq = seq,
                None => return Ok(None),
            }
        }
        let state = self
            .desk
            .state()
            .read()
            .unwrap_or_else(PoisonError::into_inner);
        report.held = super::held_count(&state);
        report.recorded = true;
        Ok(Some(report))
    }

    fn publish_batch(
        &mut self,
        actor: &Actor,
        sifted: &sift::Sifted,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Option<u64>, DeskError> {
        let all_new = sifted.skipped.is_empty() && sifted.refused.is_empty();
        let (staging, index, parsed) = if all_new {
            (
                self.staging.take().ok_or_else(overtaken)?,
                std::mem::take(&mut self.index),
                self.parsed.take().ok_or_else(overtaken)?,
            )
        } else {
            sift::restage(
                self.desk.reader(),
                staged(&mut self.staging)?,
                (&self.index, self.parsed.as_mut().ok_or_else(overtaken)?),
                sifted,
            )?
        };
        let total = Some(sifted.stays);
        progress(Progress {
            step: Step::Publishing,
            done: 0,
            total,
        });
        let batch = staging.finish().map_err(journal_error)?;
        let publication = Publication {
            by: super::by(actor),
            batch,
            note: self.note()?,
            staged: index,
            parsed,
            checked_at: sifted.checked_at,
            progress: None,
        };
        match self.hand_over(Box::new(publication), total, progress)? {
            Outcome::Done(recorded) => Ok(Some(recorded.seq)),
            Outcome::Overtaken(publication) => {
                if all_new {
                    self.take_back(*publication);
                }
                Ok(None)
            }
            Outcome::Again | Outcome::Later(_) => Err(overtaken()),
        }
    }

    /// What went to the writer whole, to be compared again.
    fn take_back(&mut self, publication: Publication) {
        self.staging = Some(publication.batch.reopen());
        self.index = publication.staged;
        self.parsed = Some(publication.parsed);
    }

    /// Gives the publication to the writer, again while others of its group
    /// are not yet durable.
    fn hand_over(
        &self,
        mut publication: Box<Publication>,
        total: Option<u64>,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Outcome, DeskError> {
        loop {
            let (sender, told) = mpsc::channel();
            publication.progress = Some(sender);
            let pending = self.desk.writer().submit(Order::Publish(publication));
            for done in told {
                progress(Progress {
                    step: Step::Updating,
                    done,
                    total,
                });
            }
            match pending.wait().map_err(super::group_error)?? {
                Outcome::Later(again) => publication = again,
                outcome => return Ok(outcome),
            }
        }
    }

    fn note(&self) -> Result<Box<RawValue>, DeskError> {
        #[derive(serde::Serialize)]
        struct Note {
            file: String,
        }
        raw(&Note {
            file: self.file_name(),
        })
    }

    /// The file's own name: the journal has no use for somebody's folders.
    fn file_name(&self) -> String {
        let name = std::path::Path::new(&self.job.file).file_name();
        name.map_or_else(
            || self.job.file.clone(),
            |name| name.to_string_lossy().into_owned(),
        )
    }
}

/// The item with its events sealed.
fn sealed(item: Item<'_>) -> Item<'_, impl Iterator<Item = Result<Sealed, DeskError>>> {
    Item {
        line: item.line,
        text: item.text,
        result: item
            .result
            .map(|events| events.into_iter().map(events::seal)),
    }
}

/// Reads a table row by row until `take` breaks.
fn read_csv(
    input: impl Read,
    take: &mut dyn FnMut(Item<'_>) -> ControlFlow<()>,
) -> std::io::Result<()> {
    let mut rows = exchange::csv::Reader::new(input);
    while let Some(item) = rows.next()? {
        if take(item).is_break() {
            break;
        }
    }
    Ok(())
}

/// The staging, while it is here.
fn staged(staging: &mut Option<Staging>) -> Result<&mut Staging, DeskError> {
    staging.as_mut().ok_or_else(overtaken)
}

/// A stay of the import changed in the last moment.
fn overtaken() -> DeskError {
    DeskError::store("import_overtaken", "")
}
