//! `restore`: a new store from a backup.

use std::path::PathBuf;

use super::{args::Global, context::Context, failure::Done, open, progress::Bar};

/// From what; `--store` names the new store's folder.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The backup
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}

/// Makes the store.
pub(super) fn run(args: &Args, global: &Global, context: &mut Context<'_>) -> Done {
    let folder = open::folder(global)?;
    let mut bar = Bar::new(context.terminal, context.lang);
    let report = open::restore(&args.file, &folder, &mut |step| bar.at(step))?;
    bar.done();
    let (name, count) = (folder.display(), report.entries);
    context.line(context.lang.pick(
        format!("{name}: {count} poster återställda"),
        format!("{name}: {count} entries restored"),
    ))
}
