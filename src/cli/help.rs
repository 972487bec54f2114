//! The commands with their help in the user's language. The words stand
//! beside each command in English; the Swedish ones in the catalogue.

use clap::{Arg, Command, CommandFactory, builder::StyledStr};

use super::args::Cli;
use crate::text::{Lang, phrases};

/// The commands, to be parsed and to tell of themselves.
pub(super) fn command(lang: Lang) -> Command {
    let mut command = Cli::command();
    if lang == Lang::En {
        return command;
    }
    // Adds what clap itself brings, so that it is said in Swedish as well.
    command.build();
    said(command, lang)
}

/// Help as it is shown: clap has no other word for what may follow a command.
pub(super) fn shown(help: &StyledStr, lang: Lang) -> String {
    let help = help.to_string();
    match lang {
        Lang::En => help,
        _ => help.replace("[OPTIONS]", "[FLAGGOR]"),
    }
}

fn said(command: Command, lang: Lang) -> Command {
    let about = command.get_about().map(|about| in_language(about, lang));
    let parts: Vec<String> = command
        .get_subcommands()
        .map(|part| part.get_name().to_owned())
        .collect();
    let command = parts.into_iter().fold(command, |command, part| {
        command.mut_subcommand(part, |part| said(part, lang))
    });
    command
        .about(about.unwrap_or_default())
        .help_template("{about-with-newline}\nAnvändning: {usage}\n\n{all-args}")
        .subcommand_help_heading("Kommandon")
        .subcommand_value_name("KOMMANDO")
        .mut_args(|arg| said_of(arg, lang))
}

fn said_of(arg: Arg, lang: Lang) -> Arg {
    let help = arg.get_help().map(|help| in_language(help, lang));
    let heading = if arg.is_positional() {
        "Argument"
    } else {
        "Flaggor"
    };
    arg.help(help.unwrap_or_default()).help_heading(heading)
}

fn in_language(text: &StyledStr, lang: Lang) -> String {
    phrases::say(&text.to_string(), lang).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every text of a command and of those below it.
    fn texts(command: &Command, all: &mut Vec<String>) {
        let own = command.get_about().into_iter();
        let values = command.get_arguments().flat_map(Arg::get_possible_values);
        let values: Vec<_> = values
            .filter_map(|value| value.get_help().map(ToString::to_string))
            .collect();
        let args = command.get_arguments().filter_map(Arg::get_help);
        all.extend(own.chain(args).map(ToString::to_string));
        all.extend(values);
        for part in command.get_subcommands() {
            texts(part, all);
        }
    }

    #[test]
    fn every_word_of_the_help_is_there_in_swedish() {
        let mut command = Cli::command();
        command.build();
        let mut all = Vec::new();
        texts(&command, &mut all);
        all.retain(|text| !text.is_empty());
        assert!(all.len() > 150, "only {}", all.len());
        for text in all {
            assert!(phrases::known(&text), "{text:?} has no Swedish");
        }
    }

    #[test]
    fn swedish_help_has_swedish_headings() {
        for words in [
            &["fristdag", "--help"][..],
            &["fristdag", "agreements", "set", "--help"],
        ] {
            let told = command(Lang::Sv).try_get_matches_from(words).unwrap_err();
            let told = shown(&told.render(), Lang::Sv);
            assert!(told.contains("\nAnvändning: fristdag"), "{told}");
            assert!(told.contains("\nFlaggor:\n"), "{told}");
            for english in ["Usage", "Options:", "Arguments:", "Commands:", "Print "] {
                assert!(!told.contains(english), "{english}: {told}");
            }
        }
    }
}
