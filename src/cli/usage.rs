//! Words that are no command: what is wrong, where, and what to write instead.
//!
//! clap says it in English; in Swedish it is said here, from the same facts.

use std::ffi::OsString;

use clap::{
    Error,
    error::{ContextKind, ContextValue, ErrorKind},
};

use crate::text::{Lang, phrases};

/// The language of words that could not be read: the one they ask for all the
/// same, else the environment's.
pub(super) fn lang(words: &[OsString]) -> Lang {
    let words: Vec<&str> = words.iter().filter_map(|word| word.to_str()).collect();
    let asked = words.iter().enumerate().find_map(|(at, word)| match *word {
        "--lang" => words.get(at + 1).copied(),
        word => word.strip_prefix("--lang="),
    });
    let set = std::env::var("FRISTDAG_LANG").ok();
    let chosen = asked.or(set.as_deref()).and_then(|lang| lang.parse().ok());
    chosen.unwrap_or_else(super::args::locale)
}

/// A mistake in the user's language.
pub(super) fn told(error: &Error, lang: Lang) -> String {
    if lang == Lang::En {
        return error.render().to_string();
    }
    let facts = Facts { error, lang };
    let mut text = format!("fristdag: {}\n", facts.mistake());
    if let Some(tip) = facts.tip() {
        text.push_str(&format!("  {tip}\n"));
    }
    if let Some(usage) = facts.usage() {
        text.push_str(&format!("\n{usage}\n"));
    }
    text.push_str("\nMer hjälp: lägg till --help\n");
    text
}

/// What clap knows about a mistake.
struct Facts<'e> {
    error: &'e Error,
    lang: Lang,
}

impl Facts<'_> {
    /// What is wrong.
    fn mistake(&self) -> String {
        let arg = self.named(ContextKind::InvalidArg);
        let value = self.named(ContextKind::InvalidValue);
        match self.error.kind() {
            ErrorKind::InvalidSubcommand => {
                let word = self.named(ContextKind::InvalidSubcommand);
                format!("okänt kommando '{word}'")
            }
            ErrorKind::UnknownArgument => format!("oväntat argument '{arg}'"),
            ErrorKind::MissingRequiredArgument => format!("det här saknas: {arg}"),
            ErrorKind::ArgumentConflict => {
                let other = self.named(ContextKind::PriorArg);
                match other == arg {
                    true => format!("'{arg}' får bara anges en gång"),
                    false => format!("'{arg}' kan inte användas tillsammans med {other}"),
                }
            }
            ErrorKind::InvalidValue if value.is_empty() => format!("'{arg}' behöver ett värde"),
            ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
                format!("'{value}' går inte för '{arg}'{}", self.why())
            }
            ErrorKind::TooManyValues => format!("'{value}' är ett värde för mycket för '{arg}'"),
            ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
                format!("'{arg}' behöver fler värden")
            }
            ErrorKind::NoEquals => format!("skriv '{arg}' med likhetstecken"),
            ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
                "ett kommando saknas".to_owned()
            }
            ErrorKind::InvalidUtf8 => "ett ord är inte giltig UTF-8".to_owned(),
            _ => self.error.to_string().trim().to_owned(),
        }
    }

    /// Why a value will not do: what reads it says so, or a list of those
    /// that will.
    fn why(&self) -> String {
        if let Some(why) = std::error::Error::source(self.error) {
            return format!(": {}", phrases::say(&why.to_string(), self.lang));
        }
        match self.named(ContextKind::ValidValue) {
            values if values.is_empty() => String::new(),
            values => format!("; möjliga: {values}"),
        }
    }

    fn tip(&self) -> Option<String> {
        let kinds = [
            ContextKind::SuggestedSubcommand,
            ContextKind::SuggestedArg,
            ContextKind::SuggestedValue,
        ];
        let found = kinds.into_iter().map(|kind| self.named(kind));
        let near = found.into_iter().find(|near| !near.is_empty());
        let commands = self.named(ContextKind::ValidSubcommand);
        match (near, commands.is_empty()) {
            (Some(near), _) => Some(format!("menade du {near}?")),
            (None, false) => Some(format!("möjliga: {commands}")),
            (None, true) => None,
        }
    }

    fn usage(&self) -> Option<String> {
        let usage = self.named(ContextKind::Usage);
        let told = usage.strip_prefix("Usage:")?.trim();
        let told = told.replace("[OPTIONS]", "[FLAGGOR]");
        Some(format!("Användning: {told}"))
    }

    /// What clap names under `kind`, several with commas between; empty where
    /// it names nothing.
    fn named(&self, kind: ContextKind) -> String {
        match self.error.get(kind) {
            Some(ContextValue::Strings(all)) => all.join(", "),
            Some(ContextValue::StyledStrs(all)) => {
                let all: Vec<String> = all.iter().map(ToString::to_string).collect();
                all.join(", ")
            }
            Some(ContextValue::None) | None => String::new(),
            Some(one) => one.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::help;

    fn said(words: &str, lang: Lang) -> String {
        let words = format!("fristdag {words}");
        let parsed = help::command(lang).try_get_matches_from(words.split_whitespace());
        let error = parsed.unwrap_err();
        told(&error, lang)
    }

    #[test]
    fn mistakes_are_told_in_swedish_with_the_place_and_the_remedy() {
        for (words, parts) in [
            ("bord", vec!["okänt kommando 'bord'", "menade du board?"]),
            (
                "board --jsn",
                vec!["oväntat argument '--jsn'", "menade du --json?"],
            ),
            (
                "figures",
                vec![
                    "det här saknas: --month <YYYY-MM>",
                    "Användning: fristdag figures",
                ],
            ),
            (
                "figures --month",
                vec!["'--month <YYYY-MM>' behöver ett värde"],
            ),
            (
                "figures --month x",
                vec!["'x' går inte för '--month <YYYY-MM>': ingen månad; skriv"],
            ),
            (
                "init --region 99",
                vec!["'99' går inte för '--region <CODE>': ingen region har koden 99"],
            ),
            (
                "completions tcsh",
                vec![
                    "möjliga: bash, elvish, fish, powershell, zsh",
                    "menade du zsh?",
                ],
            ),
            ("print", vec!["ett kommando saknas"]),
            (
                "print --plain",
                vec!["ett kommando saknas", "möjliga: board"],
            ),
            (
                "rates set x 1 --source y",
                vec!["'x' går inte för '<YEAR>': inget heltal"],
            ),
            (
                "log --limit 0",
                vec!["'0' går inte för '--limit <N>': 0 ligger inte mellan 1 och 1000"],
            ),
            (
                "close --month 2019-01 --check --prepare",
                vec!["'--check' kan inte användas tillsammans med --prepare"],
            ),
            (
                "figures --month 2019-01 --month 2019-02",
                vec!["'--month <YYYY-MM>' får bara anges en gång"],
            ),
        ] {
            let told = said(words, Lang::Sv);
            for part in parts {
                assert!(told.contains(part), "{words}: {told}");
            }
            assert!(told.ends_with("lägg till --help\n"), "{told}");
            for english in ["error", "Usage", "value", "OPTIONS", "argument '--help'"] {
                assert!(!told.contains(english), "{told}");
            }
        }
    }

    #[test]
    fn english_is_clap_s_own() {
        assert!(said("bord", Lang::En).starts_with("error: unrecognized subcommand 'bord'"));
    }

    #[test]
    fn the_language_asked_for_counts_though_the_words_are_wrong() {
        let words = |text: &str| text.split(' ').map(OsString::from).collect::<Vec<_>>();
        assert_eq!(lang(&words("fristdag bord --lang en")), Lang::En);
        assert_eq!(lang(&words("fristdag --lang=sv bord")), Lang::Sv);
    }
}
