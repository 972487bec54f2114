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
        reply::{FiguresView, InvoiceView, Reply},
        request::{Ask, Request},
        service::Service,
    },
    exchange::export::{self, ExportError, File, InvoiceRef},
    model::{month::Month, time::Instant},
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
    let path = write_month(&job, desk, &context.actor, context.now)?;
    context.line(path.display())
}

/// One file to write.
pub(super) struct Job {
    pub month: Month,
    pub format: Format,
    pub folder: PathBuf,
    /// Whether to replace a file that is there already.
    pub replace: bool,
}

/// Writes a locked month's file, and gives its path.
///
/// # Errors
/// `not_locked`, `file_exists`, `io`; those of the desk.
pub(super) fn write_month(
    job: &Job,
    desk: &dyn Service,
    actor: &Actor,
    now: Option<Instant>,
) -> Result<PathBuf, DeskError> {
    let month = job.month;
    let ask = |ask| {
        desk.ask(Request {
            actor: actor.clone(),
            now,
            ask,
        })
    };
    let (figures, invoices) = match (
        ask(Ask::Figures { month })?,
        ask(Ask::Invoices { month: Some(month) })?,
    ) {
        (Reply::Figures(figures), Reply::Invoices(invoices)) => (figures, invoices),
        _ => {
            return Err(DeskError::store(
                "wire_garbage",
                "an answer of another kind",
            ));
        }
    };
    let file = made(job.format, &figures, &invoices).map_err(|error| match error {
        ExportError::Open(month) => DeskError::no("not_locked", month),
        ExportError::Write(why) => DeskError::store("cannot_write", why),
    })?;
    let path = job.folder.join(&file.name);
    write(&path, &file, job)?;
    Ok(path)
}

fn made(format: Format, view: &FiguresView, invoices: &[InvoiceView]) -> Result<File, ExportError> {
    let locked = view
        .locked_json
        .as_deref()
        .ok_or(ExportError::Open(view.figures.month))?;
    if format == Format::Json {
        return export::json(&view.figures, locked);
    }
    let named: Vec<_> = invoices
        .iter()
        .map(|invoice| InvoiceRef {
            number: &invoice.number,
            payer: invoice.payer,
            credits: invoice.credits.as_deref(),
        })
        .collect();
    export::csv(&view.figures, &named)
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
