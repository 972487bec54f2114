//! `completions`: for a shell.

use clap::CommandFactory;
use clap_complete::Shell;

use super::{args::Cli, context::Context, failure::Done};

/// Which shell.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub shell: Shell,
}

/// Prints them.
pub(super) fn run(args: &Args, context: &mut Context<'_>) -> Done {
    // Through memory: the generator panics where its writer fails.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "fristdag", &mut script);
    Ok(context.out.write_all(&script)?)
}
