//! The commands with their help in the user's language. The words stand
//! beside each command in English; the Swedish ones in the catalogue.

use clap::{Arg, Command, builder::StyledStr};

use super::args;
use crate::text::{Lang, phrases};

/// The commands, to be parsed and to tell of themselves.
pub(super) fn command(lang: Lang) -> Command {
    let mut command = args::command();
    if lang == Lang::En {
        return command;
    }
    // Adds what clap itself brings, so that it is said in Swedish as well.
    command.build();
    said(command, lang)
}

/// What clap itself writes into help.
const HEADINGS: [(&str, &str); 5] = [
    ("Usage: ", "Användning: "),
    ("Commands:", "Kommandon:"),
    ("Arguments:", "Argument:"),
    ("Options:", "Flaggor:"),
    ("Possible values:", "Möjliga värden:"),
];

/// Help as it is shown: clap has no other words for its headings.
pub(super) fn shown(help: &StyledStr, lang: Lang) -> String {
    let help = help.to_string();
    match lang {
        Lang::En => help,
        _ => help
            .lines()
            .map(|line| shown_line(line, lang) + "\n")
            .collect(),
    }
}

fn shown_line(line: &str, lang: Lang) -> String {
    let text = line.trim_start();
    let (indent, _) = line.split_at(line.len() - text.len());
    let heading = HEADINGS.iter().find_map(|(english, said)| {
        let rest = text.strip_prefix(english)?;
        Some(format!("{indent}{said}{rest}"))
    });
    // A line of its own, or a value that an option can have with what it means.
    let sentence = || {
        let value = text
            .strip_prefix("- ")
            .and_then(|value| value.split_once(':'));
        let told = value.map_or(text, |(_, told)| told.trim_start());
        let before = &line[..line.len() - told.len()];
        phrases::known(told).then(|| format!("{before}{}", phrases::say(told, lang)))
    };
    let said = heading.or_else(sentence).unwrap_or_else(|| line.to_owned());
    let said = said.replace("[possible values: ", "[möjliga värden: ");
    said.replace("[OPTIONS]", "[FLAGGOR]")
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
        .subcommand_value_name("KOMMANDO")
        .mut_args(|arg| said_of(arg, lang))
}

fn said_of(arg: Arg, lang: Lang) -> Arg {
    let help = arg.get_help().map(|help| in_language(help, lang));
    arg.help(help.unwrap_or_default())
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
        let mut command = args::command();
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
            &["fristdag", "export", "--help"],
        ] {
            let told = command(Lang::Sv).try_get_matches_from(words).unwrap_err();
            let told = shown(&told.render(), Lang::Sv);
            assert!(told.contains("\nAnvändning: fristdag"), "{told}");
            assert!(told.contains("\nFlaggor:\n"), "{told}");
            for english in [
                "Usage",
                "Options:",
                "Arguments:",
                "Commands:",
                "Print ",
                "values",
                "not available",
            ] {
                assert!(!told.contains(english), "{english}: {told}");
            }
        }
    }
}
