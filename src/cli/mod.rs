//! The command line: one file a subcommand.
//!
//! Every command asks the desk, wherever that is (`open.rs`), and writes an
//! answer for people or, with `--json`, one JSON document. Exit codes: 0
//! done, 1 the answer is no, 2 wrong usage or bad input, 3 the store is in
//! use or damaged, 4 not allowed.

mod agreement_changes;
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
mod verify;

#[cfg(test)]
mod tests;

use std::{
    ffi::OsString,
    io::{self, BufWriter, IsTerminal},
    process::ExitCode,
    sync::Arc,
};

use clap::Parser;

use args::{Cli, Command};
use context::Context;
use failure::{Done, Failure};

use crate::desk::error::DeskError;

/// Runs the command line of this process.
#[must_use]
pub fn run() -> ExitCode {
    run_with(std::env::args_os())
}

fn run_with(words: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(words) {
        Ok(cli) => cli,
        Err(error) => {
            // Help that nobody reads any more is no error.
            let _unread = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
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
        (opened, _) => opened?,
    };
    if let Command::Serve(args) = command {
        if let Some(folder) = &global.agreements {
            let folder = folder.display();
            return Err(DeskError::bad_input("agreements_not_served", folder).into());
        }
        return serve::run(args, link, context);
    }
    let desk = &*trial::over(Arc::new(link), global.agreements.as_deref(), context)?;
    if let Some(folder) = &global.agreements {
        let note = trial::note(folder);
        let note = context.lang.pick(note.sv, note.en);
        // Apart from the answer, which may be read by a program.
        writeln!(context.err, "fristdag: {note}")?;
    }
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
