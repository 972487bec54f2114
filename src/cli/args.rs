//! The command line's words.

use std::{ffi::OsString, path::PathBuf};

use clap::{Arg, Args, CommandFactory, FromArgMatches, Parser, Subcommand, builder::Resettable};

use crate::{
    model::time::{self, Instant},
    text::Lang,
};

/// Countdowns, liability and the month close of Swedish hospital discharge
/// (lag 2017:612). Without a command: the console.
#[derive(Debug, Parser)]
#[command(
    name = "fristdag",
    version,
    max_term_width = 100,
    subcommand_value_name = "COMMAND"
)]
pub(super) struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Options of every command.
#[derive(Debug, Clone, Args)]
pub(super) struct Global {
    /// The store's folder [default: fristdag/store in the user's data folder]
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        env = "FRISTDAG_STORE",
        hide_env_values = true
    )]
    pub store: Option<PathBuf>,
    /// Answer as at this moment, for instance 2019-03-06T23:00
    #[arg(long, global = true, value_name = "TIME", env = "FRISTDAG_NOW", hide_env_values = true, value_parser = time::parse)]
    pub now: Option<Instant>,
    /// Language: sv or en [default: the locale's]
    #[arg(
        long,
        global = true,
        value_name = "sv|en",
        env = "FRISTDAG_LANG",
        hide_env_values = true
    )]
    pub lang: Option<Lang>,
    /// Answer as if the agreement files (*.toml) in this folder were in force
    /// too, each in the place of one with the same id; in this run alone.
    /// Nothing can be decided so: a lock is made under what was adopted, and
    /// locked months stay as they are
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        env = "FRISTDAG_AGREEMENTS",
        hide_env_values = true
    )]
    pub agreements: Option<PathBuf>,
    /// The console in lines instead of a screen, for screen readers: what is
    /// shown is told in words, what is done is chosen by number
    #[arg(
        long,
        global = true,
        env = "FRISTDAG_PLAIN",
        hide_env_values = true,
        value_parser = clap::builder::FalseyValueParser::new()
    )]
    pub plain: bool,
}

/// The command line as it is parsed. A variable that is set to nothing counts
/// as not set, which is how scripts take one away.
pub(super) fn command() -> clap::Command {
    let is_empty = |arg: &Arg| {
        let value = arg.get_env().and_then(std::env::var_os);
        value.is_some_and(|value| value.is_empty())
    };
    Cli::command().mut_args(|arg| match is_empty(&arg) {
        true => arg.env(Resettable::Reset),
        false => arg,
    })
}

/// What words ask for.
///
/// # Errors
/// Help and the version too, as the library has it.
pub(super) fn parse(words: &[OsString]) -> Result<Cli, clap::Error> {
    let matches = command().try_get_matches_from(words)?;
    Cli::from_arg_matches(&matches)
}

impl Global {
    /// The user's language: as asked for, else the locale's.
    pub fn lang(&self) -> Lang {
        self.lang.unwrap_or_else(locale)
    }
}

/// The locale's language.
pub(super) fn locale() -> Lang {
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty());
    Lang::from_locale(locale.as_deref())
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// The console on a throw-away store full of fictional patients
    Demo(super::demo::Args),
    /// Make a store for one region
    Init(super::init::Args),
    /// Read events from files
    Import(super::import::Args),
    /// Discharge-ready patients, their countdowns and flags
    Board(super::board::Args),
    /// One stay: events, checklist, deadlines
    Episode(super::episode::Args),
    /// What is due next, for whom, by when; overdue first
    Duties(super::duties::Args),
    /// Why liability does or does not start, step by step
    Explain(super::explain::Args),
    /// A month's figures as known now, or as locked
    Figures(super::figures::Args),
    /// What the month will come to, and what is lost at noon
    Forecast(super::forecast::Args),
    /// The month close
    Close(super::close::Args),
    /// The agreements of this store
    Agreements(super::agreements::Args),
    /// What fixed shares really cost, at the year's end
    Settlements(super::settlements::Args),
    /// Enter a figures line by hand
    Manual(super::manual::Args),
    /// The store's health
    Status(super::status::Args),
    /// Invoices and credit notes
    Invoices(super::invoices::Args),
    /// Files for a locked month
    Export(super::export::Args),
    /// The day rates
    Rates(super::rates::Args),
    /// Who recorded what and when, the latest first
    Log(super::log::Args),
    /// Recompute every hash and every locked figure
    Verify(super::verify::Args),
    /// A consistent copy of the store while in use
    Backup(super::backup::Args),
    /// A new store from a backup
    Restore(super::restore::Args),
    /// Plain text for paper
    Print(super::print::Args),
    /// A picture of the console as SVG, of fictional patients
    Screenshot(super::screenshot::Args),
    /// Serve the store to this user's other processes, without a screen
    Serve(super::serve::Args),
    /// Completions for a shell
    Completions(super::completions::Args),
    /// The manual page
    Man,
}
