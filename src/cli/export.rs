//! `export`: files for a locked month.

use std::{
    fs::{self, OpenOptions},
    io::Write,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use super::{
    context::Context,
    failure::{Done, Failure},
};
use crate::{
    desk::{
        error::DeskError,
        reply::{FiguresView, InvoiceView, Reply},
        request::Ask,
        service::Service,
    },
    exchange::export::{self, ExportError, File, InvoiceRef},
    model::month::Month,
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
    let month = args.month;
    let Reply::Figures(figures) = context.ask(desk, Ask::Figures { month })? else {
        return Err(Failure::unexpected());
    };
    let asked = Ask::Invoices { month: Some(month) };
    let Reply::Invoices(invoices) = context.ask(desk, asked)? else {
        return Err(Failure::unexpected());
    };
    let file = made(args.format, &figures, &invoices).map_err(|error| {
        Failure::Desk(match error {
            ExportError::Open(month) => DeskError::no("not_locked", month),
            ExportError::Write(why) => DeskError::store("cannot_write", why),
        })
    })?;
    let path = args.out.join(&file.name);
    write(&path, &file, args)?;
    context.line(path.display())
}

fn made(
    format: Format,
    view: &FiguresView,
    invoices: &[InvoiceView],
) -> Result<File, ExportError> {
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

fn write(path: &Path, file: &File, args: &Args) -> Done {
    fs::create_dir_all(&args.out).map_err(|error| Failure::file(&args.out, &error))?;
    let written = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(args.force)
        .create_new(!args.force)
        .mode(0o600)
        .open(path)
        .and_then(|mut out| {
            out.write_all(&file.bytes)?;
            out.sync_all()
        });
    match written {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
            let detail = format!("{}: --force", path.display());
            Err(Failure::Desk(DeskError::bad_input("file_exists", detail)))
        }
        Err(error) => Err(Failure::file(path, &error)),
    }
}
