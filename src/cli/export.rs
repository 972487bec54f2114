//! `export`: files for a locked month.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
};

use super::{
    context::Context,
    failure::{Done, Failure},
    unfinished::{self, Unfinished},
};
use crate::{
    desk::{
        actor::Actor,
        error::DeskError,
        reply::{ExportView, Parked, Reply},
        request::{Ask, Request},
        service::Service,
    },
    exchange::export::{self, ExportError, File, InvoiceRef, LockedPart, NotLocked},
    model::{month::Month, text::plain, time::Instant},
    text::close,
};

/// What, and where to.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The month, for instance 2019-03
    #[arg(long, value_name = "YYYY-MM")]
    pub month: Month,
    /// The file's format
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: Format,
    /// The folder to write into
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Replace a file that is there already
    #[arg(long)]
    pub force: bool,
}

/// Formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Format {
    /// Lines for spreadsheets and ledgers
    Csv,
    /// The figures exactly as they were locked
    Json,
    /// E-invoices; not available yet
    Peppol,
    /// Vouchers; not available yet
    Sie,
}

impl Args {
    /// Refuses formats that a later version brings, before anything is opened.
    ///
    /// # Errors
    /// `not_available`.
    pub fn check(&self) -> Done {
        let name = match self.format {
            Format::Csv | Format::Json => return Ok(()),
            Format::Peppol => "peppol",
            Format::Sie => "sie",
        };
        Err(Failure::Desk(DeskError::bad_input("not_available", name)))
    }
}

/// Writes the file.
pub(super) fn run(args: &Args, desk: &dyn Service, context: &mut Context<'_>) -> Done {
    let job = Job {
        month: args.month,
        format: args.format,
        folder: args.out.clone(),
        replace: args.force,
    };
    let written = write_month(&job, desk, &context.actor, context.now)?;
    context.line(written.path.display())?;
    for parked in &written.not_locked {
        context.line(plain(&close::not_in_files(parked, context.lang)))?;
    }
    Ok(())
}

/// One file to write.
pub(super) struct Job {
    pub month: Month,
    pub format: Format,
    pub folder: PathBuf,
    /// Whether to replace a file that is there already.
    pub replace: bool,
}

/// A file that was written.
pub(super) struct Written {
    pub path: PathBuf,
    /// Payers of the month that are not in it.
    pub not_locked: Vec<Parked>,
}

/// Writes the file of what is locked of a month.
///
/// # Errors
/// `not_locked`, `file_exists`, `io`; those of the desk.
pub(super) fn write_month(
    job: &Job,
    desk: &dyn Service,
    actor: &Actor,
    now: Option<Instant>,
) -> Result<Written, DeskError> {
    let reply = desk.ask(Request {
        actor: actor.clone(),
        now,
        ask: Ask::Export { month: job.month },
    })?;
    let Reply::Export(view) = reply else {
        return Err(DeskError::store(
            "wire_garbage",
            "an answer of another kind",
        ));
    };
    let file = made(job.format, &view).map_err(|error| match error {
        ExportError::Open(month) => DeskError::no("not_locked", month),
        ExportError::Write(why) | ExportError::Json(why) => DeskError::store("cannot_write", why),
    })?;
    let path = job.folder.join(&file.name);
    write(&path, &file, job)?;
    let not_locked = view.not_locked;
    Ok(Written { path, not_locked })
}

fn made(format: Format, view: &ExportView) -> Result<File, ExportError> {
    let named: Vec<_> = view
        .invoices
        .iter()
        .map(|invoice| InvoiceRef {
            number: &invoice.number,
            payer: invoice.payer,
            credits: invoice.credits.as_deref(),
        })
        .collect();
    let left_out = view.not_locked.iter().map(|parked| NotLocked {
        payer: parked.payer,
        name: parked.payer.name().to_owned(),
        reason: parked.reason.clone(),
    });
    let left_out: Vec<_> = left_out.collect();
    let part = LockedPart {
        figures: &view.figures,
        exact: view.locked_json.as_deref(),
        locks: view.locks,
        invoices: &named,
        not_locked: &left_out,
    };
    match format {
        Format::Json => export::json(&part),
        _ => export::csv(&part),
    }
}

/// Writes beside the place and moves there what is whole: a disk that fills
/// up, or a process that dies, leaves no half file under the name.
fn write(path: &Path, file: &File, job: &Job) -> Result<(), DeskError> {
    fs::create_dir_all(&job.folder).map_err(|error| {
        DeskError::bad_input("io", format!("{}: {error}", job.folder.display()))
    })?;
    // The same file again is what was asked for, not in the way.
    if fs::read(path).is_ok_and(|bytes| bytes == file.bytes) {
        return Ok(());
    }
    if !job.replace {
        unfinished::free(path)?;
    }
    let mut fresh = Unfinished::beside(path)?;
    let written = fresh.file.write_all(&file.bytes);
    written.map_err(|error| fresh.failed(&error))?;
    fresh.finish(path)
}
