//! `backup`: a consistent copy while the store is in use.

use std::{
    io::{BufWriter, Write},
    path::PathBuf,
};

use super::{
    context::Context,
    failure::{Done, Failure},
    progress::Bar,
    unfinished::{self, Unfinished},
};
use crate::desk::service::{BackupReport, Service};

/// Where to.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The file to write
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Replace a file that is there already
    #[arg(long)]
    pub force: bool,
}

/// Makes the copy. It has its name only once it is whole and on the disk.
pub(super) fn run(args: &Args, desk: &dyn Service, context: &mut Context<'_>) -> Done {
    let file = &args.file;
    if !args.force {
        unfinished::free(file)?;
    }
    let unfinished = Unfinished::beside(file)?;
    let report = copy(&unfinished, desk, context)?;
    unfinished.finish(file)?;
    let (name, count, size) = (file.display(), report.entries, report.bytes);
    context.line(context.lang.pick(
        format!("{name}: {count} poster, {size} byte"),
        format!("{name}: {count} entries, {size} bytes"),
    ))
}

fn copy(
    to: &Unfinished,
    desk: &dyn Service,
    context: &Context<'_>,
) -> Result<BackupReport, Failure> {
    let mut out = BufWriter::new(&to.file);
    let mut bar = Bar::new(context.terminal, context.lang);
    let report = desk.backup(&context.actor, &mut out, &mut |step| bar.at(step))?;
    bar.done();
    out.flush().map_err(|error| to.failed(&error))?;
    Ok(report)
}
