//! `backup`: a consistent copy while the store is in use.

use std::{
    fs::{self, File, OpenOptions},
    io::{BufWriter, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use super::{
    context::Context,
    failure::{Done, Failure},
    progress::Bar,
};
use crate::desk::{
    error::DeskError,
    service::{BackupReport, Service},
};

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
    if !args.force && fs::symlink_metadata(file).is_ok() {
        return Err(Failure::Desk(DeskError::bad_input(
            "file_exists",
            file.display(),
        )));
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
    out.flush()
        .map_err(|error| Failure::file(&to.path, &error))?;
    Ok(report)
}

/// A file under another name, which goes away unless it is finished.
struct Unfinished {
    path: PathBuf,
    file: File,
    finished: bool,
}

impl Unfinished {
    fn beside(file: &Path) -> Result<Self, Failure> {
        let Some(name) = file.file_name() else {
            let detail = format!("{}: names no file", file.display());
            return Err(Failure::Desk(DeskError::bad_input("io", detail)));
        };
        let mut hidden = std::ffi::OsString::from(".");
        hidden.push(name);
        hidden.push(format!(".{}.unfinished", std::process::id()));
        let path = file.with_file_name(hidden);
        let opened = OpenOptions::new()
            .write(true)
            .create_new(true)
            // It holds names and personal numbers.
            .mode(0o600)
            .open(&path);
        match opened {
            Ok(file) => Ok(Self {
                path,
                file,
                finished: false,
            }),
            Err(error) => Err(Failure::file(&path, &error)),
        }
    }

    fn finish(mut self, name: &Path) -> Done {
        let folder = match name.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        self.file
            .sync_all()
            .and_then(|()| fs::rename(&self.path, name))
            .and_then(|()| File::open(folder)?.sync_all())
            .map_err(|error| Failure::file(name, &error))?;
        self.finished = true;
        Ok(())
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if !self.finished {
            // What remains is named so that nobody takes it for a backup.
            let _remains = fs::remove_file(&self.path);
        }
    }
}
