//! Without a command: the console.

use std::{
    fs,
    io::{self, IsTerminal},
    sync::Arc,
};

use super::{
    args::Global,
    context::Context,
    export::{self, Format, Job},
    failure::{Done, Failure},
    open, trial,
};
use crate::{
    console::{
        self, ConsoleError, Exporter, Options,
        event::{ExportFormat, ExportJob, ExportStep},
        export::FileState,
        state::Look,
    },
    desk::{actor::Actor, error::DeskError, service::Service},
    model::time::Instant,
    settings::keymap::Words,
};

/// Opens the console on the store; `banner` stays below its header.
pub(super) fn run(global: &Global, banner: Option<Words>, context: &Context<'_>) -> Done {
    let opening = Arc::new(open::begin(global, context)?);
    let desk = Arc::clone(&opening) as Arc<dyn Service>;
    // Waits for the store where files stand in: they are checked first.
    let (desk, notes) = match trial::over(desk, global.agreements.as_deref(), context) {
        Ok(tried) => tried,
        Err(failure) => {
            opening.close();
            return Err(failure);
        }
    };
    let tried = joined(&notes);
    let options = Options {
        plain: global.plain || is_dumb_terminal(),
        // A demonstration's store is thrown away.
        memory: match &banner {
            Some(_) => None,
            None => open::memory(global),
        },
        ..options(banner.or(tried), context)
    };
    let shown = show(desk, options, context);
    let failure = opening.failure();
    opening.close();
    match failure {
        // The console has shown it; here it stands with its remedy.
        Some(error) => Err(error.into()),
        None => shown,
    }
}

/// What is to be known beside every answer, as one line.
fn joined(notes: &[Words]) -> Option<Words> {
    let of = |one: fn(&Words) -> &str| notes.iter().map(one).collect::<Vec<_>>().join("; ");
    (!notes.is_empty()).then(|| Words {
        sv: of(|note| &note.sv),
        en: of(|note| &note.en),
    })
}

/// A terminal on which nothing can be drawn.
fn is_dumb_terminal() -> bool {
    let terminal = io::stdin().is_terminal() && io::stdout().is_terminal();
    terminal && console::is_dumb(std::env::var("TERM").ok().as_deref())
}

/// The console, until the user leaves it.
fn show(desk: Arc<dyn Service>, options: Options, context: &Context<'_>) -> Done {
    let options = Options {
        export: Some(exporter(Arc::clone(&desk), context)),
        ..options
    };
    console::run(desk, &options).map_err(|error| {
        Failure::Desk(match error {
            ConsoleError::NoTerminal => DeskError::bad_input("no_terminal", ""),
            other => DeskError::store("console", other),
        })
    })
}

/// How the console is opened here, without files to export.
pub(super) fn options(banner: Option<Words>, context: &Context<'_>) -> Options {
    Options {
        lang: context.lang,
        look: Look::from_env(|name| std::env::var(name).ok()),
        now: context.now,
        actor: context.actor.clone(),
        clock: open::clock(),
        config: open::config(),
        state: open::state(),
        plain: false,
        banner,
        memory: None,
        export: None,
    }
}

/// Writes the files of an export under this process's user.
fn exporter(desk: Arc<dyn Service>, context: &Context<'_>) -> Exporter {
    let (actor, now): (Actor, Option<Instant>) = (context.actor.clone(), context.now);
    Arc::new(
        move |job: &ExportJob, progress: &mut dyn FnMut(ExportStep)| {
            let (mut files, mut failed) = (Vec::new(), None);
            for format in job.formats.iter().copied() {
                let mut tell = |state| progress(ExportStep { format, state });
                tell(FileState::Writing);
                let job = Job {
                    month: job.month,
                    format: match format {
                        ExportFormat::Csv => Format::Csv,
                        ExportFormat::Json => Format::Json,
                    },
                    folder: job.directory.clone(),
                    replace: false,
                };
                match export::write_month(&job, &*desk, &actor, now) {
                    Ok(written) => {
                        // As a user finds it, wherever the console was started.
                        let path = fs::canonicalize(&written.path).unwrap_or(written.path);
                        let bytes = fs::metadata(&path).map_or(0, |file| file.len());
                        let without = written.not_locked;
                        tell(FileState::Written(path.clone(), bytes, without));
                        files.push(path);
                    }
                    Err(error) => {
                        tell(FileState::Failed(error.clone()));
                        failed.get_or_insert(error);
                    }
                }
            }
            failed.map_or(Ok(files), Err)
        },
    )
}
