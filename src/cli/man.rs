//! `man`: the manual page, with every command.

use clap::CommandFactory;
use clap_mangen::Man;

use super::{args::Cli, context::Context, failure::Done};

/// Prints the page as roff.
pub(super) fn run(context: &mut Context<'_>) -> Done {
    let mut page = Vec::new();
    let mut command = Cli::command();
    command.build();
    Man::new(command.clone()).render(&mut page)?;
    for part in command
        .get_subcommands()
        .filter(|part| part.get_name() != "help")
    {
        let man = Man::new(part.clone());
        // Heading, usage and options of the command, under the one page.
        man.render_synopsis_section(&mut page)?;
        man.render_description_section(&mut page)?;
        man.render_options_section(&mut page)?;
    }
    Ok(context.out.write_all(&page)?)
}
