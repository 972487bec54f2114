//! The command line: one file a subcommand.
//!
//! Every command asks the desk, wherever that is (`open.rs`), and writes an
//! answer for people or, with `--json`, one JSON document. Exit codes: 0
//! done, 1 the answer is no, 2 wrong usage or bad input, 3 the store is in
//! use or damaged, 4 not allowed.

mod agreement_changes;
mod agreement_check;
mod agreement_file;
mod agreements;
mod args;
mod as_of;
mod backup;
mod board;
mod close;
mod completions;
mod console;
mod context;
mod demo;
mod demo_store;
mod duties;
mod episode;
mod explain;
mod explain_month;
mod export;
mod failure;
mod figures;
mod forecast;
mod help;
mod import;
mod init;
mod invoices;
mod log;
mod logging;
mod man;
mod manual;
mod open;
mod opening;
mod other_rules;
mod print;
mod progress;
mod rates;
mod refused;
mod restore;
mod screenshot;
mod serve;
mod settlements;
mod status;
mod table;
mod trial;
mod unfinished;
mod usage;
mod verify;

#[cfg(test)]
mod tests;

use std::{
    ffi::OsString,
    io::{self, BufWriter, IsTerminal, Write},
    process::ExitCode,
    sync::Arc,
};

use args::{Cli, Command};
use context::Context;
use failure::{Done, Failure};

use crate::{
    desk::{error::DeskError, service::Service},
    text::Lang,
};

/// Runs the command line of this process.
#[must_use]
pub fn run() -> ExitCode {
    run_with(std::env::args_os())
}

fn run_with(words: impl IntoIterator<Item = OsString>) -> ExitCode {
    let words: Vec<OsString> = words.into_iter().collect();
    let cli = match args::parse(&words) {
        Ok(cli) => cli,
        Err(error) => return no_command(error, &words),
    };
    let lang = cli.global.lang();
    logging::start(matches!(cli.command, Some(Command::Serve(_))));
    let mut out = BufWriter::new(io::stdout());
    let mut err = io::stderr();
    let mut context = Context {
        lang,
        now: cli.global.now,
        actor: context::actor(),
        terminal: io::stderr().is_terminal(),
        out: &mut out,
        err: &mut err,
    };
    let done = dispatch(&cli, &mut context).and_then(|()| Ok(context.out.flush()?));
    ExitCode::from(match done {
        Ok(()) => 0,
        Err(failure) => failure.tell(lang, &mut io::stderr()),
    })
}

/// Tells help, the version, or what is wrong with the words.
fn no_command(error: clap::Error, words: &[OsString]) -> ExitCode {
    let lang = usage::lang(words);
    // Parsed once more where another language is asked for: a start without
    // help need not wait for its words.
    let error = match lang {
        Lang::En => error,
        _ => (help::command(lang).try_get_matches_from(words).err()).unwrap_or(error),
    };
    if error.use_stderr() {
        // Standard error is the last place to say anything.
        let _unheard = write!(io::stderr(), "{}", usage::told(&error, lang));
        return ExitCode::from(2);
    }
    let told = match lang {
        // In its colours.
        Lang::En => error.print(),
        _ => write!(io::stdout(), "{}", help::shown(&error.render(), lang)),
    };
    ExitCode::from(match told.map_err(Failure::from) {
        Ok(()) => 0,
        Err(failure) => failure.tell(lang, &mut io::stderr()),
    })
}

fn dispatch(cli: &Cli, context: &mut Context<'_>) -> Done {
    let global = &cli.global;
    let Some(command) = &cli.command else {
        return console::run(global, None, context);
    };
    match command {
        Command::Demo(args) => return demo::run(args, global, context),
        Command::Init(args) => return init::run(args, global, context),
        Command::Restore(args) => return restore::run(args, global, context),
        Command::Screenshot(args) => return screenshot::run(args, context),
        Command::Completions(args) => return completions::run(args, context),
        Command::Man => return man::run(context),
        Command::Export(args) => args.check()?,
        _ => {}
    }
    let link = match (open::open(global, context), command) {
        (Err(Failure::Desk(error)), Command::Verify(args)) if error.code == "store_damaged" => {
            let folder = open::folder(global)?;
            return verify::run_damaged(args, &folder, &error, context);
        }
        (Err(Failure::Desk(error)), Command::Agreements(args))
            if error.code == "not_a_store" && args.needs_no_store() =>
        {
            return agreements::run_alone(args, global, context);
        }
        (opened, _) => opened?,
    };
    if let Command::Serve(args) = command {
        if let Some(folder) = &global.agreements {
            let folder = folder.display();
            return Err(DeskError::bad_input("agreements_not_served", folder).into());
        }
        return serve::run(args, link, context);
    }
    let desk = trial::noted(Arc::new(link), global, context)?;
    on_desk(command, &*desk, context)
}

/// Does what needs no more than the store.
fn on_desk(command: &Command, desk: &dyn Service, context: &mut Context<'_>) -> Done {
    match command {
        Command::Import(args) => import::run(args, desk, context),
        Command::Board(args) => board::run(args, desk, context),
        Command::Episode(args) => episode::run(args, desk, context),
        Command::Duties(args) => duties::run(args, desk, context),
        Command::Explain(args) => explain::run(args, desk, context),
        Command::Figures(args) => figures::run(args, desk, context),
        Command::Forecast(args) => forecast::run(args, desk, context),
        Command::Close(args) => close::run(args, desk, context),
        Command::Agreements(args) => agreements::run(args, desk, context),
        Command::Settlements(args) => settlements::run(args, desk, context),
        Command::Manual(args) => manual::run(args, desk, context),
        Command::Status(args) => status::run(args, desk, context),
        Command::Invoices(args) => invoices::run(args, desk, context),
        Command::Export(args) => export::run(args, desk, context),
        Command::Rates(args) => rates::run(args, desk, context),
        Command::Log(args) => log::run(args, desk, context),
        Command::Verify(args) => verify::run(args, desk, context),
        Command::Backup(args) => backup::run(args, desk, context),
        Command::Print(args) => print::run(args, desk, context),
        Command::Demo(_)
        | Command::Init(_)
        | Command::Restore(_)
        | Command::Screenshot(_)
        | Command::Completions(_)
        | Command::Serve(_)
        | Command::Man => Err(Failure::unexpected()),
    }
}
