//! `man`: the manual page, with every command.

use std::io::{self, Write};

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
        chapter(part, &mut page)?;
    }
    Ok(context.out.write_all(&page)?)
}

/// Usage and options of one command, as a chapter of the one page.
fn chapter(part: &clap::Command, page: &mut Vec<u8>) -> io::Result<()> {
    let man = Man::new(part.clone());
    let mut text = Vec::new();
    man.render_synopsis_section(&mut text)?;
    man.render_description_section(&mut text)?;
    man.render_options_section(&mut text)?;
    if part.has_subcommands() {
        man.render_subcommands_section(&mut text)?;
    }
    writeln!(page, ".SH \"fristdag {}\"", part.get_name())?;
    // A page's sections are a chapter's subsections.
    let text = String::from_utf8_lossy(&text).replace(".SH ", ".SS ");
    page.write_all(text.as_bytes())
}
