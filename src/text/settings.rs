//! What is wrong in a file that a user writes, and what to do.

use super::Lang;
use crate::settings::problem::{FileError, Problem};

/// `file:line: what is wrong and what to do`.
#[must_use]
pub fn file_error(error: &FileError, lang: Lang) -> String {
    located(&error.file, error, lang)
}

/// The same with the file's name alone, for a narrow line.
#[must_use]
pub fn file_error_short(error: &FileError, lang: Lang) -> String {
    let file = error.file.rsplit('/').next().unwrap_or_default();
    located(file, error, lang)
}

/// A file that cannot be read has no line.
fn located(file: &str, error: &FileError, lang: Lang) -> String {
    let said = problem(&error.problem, lang);
    match error.problem {
        Problem::Unreadable(_) => format!("{file}: {said}"),
        _ => format!("{file}:{}: {said}", error.line),
    }
}

/// What is wrong and what to do.
#[must_use]
pub fn problem(problem: &Problem, lang: Lang) -> String {
    match problem {
        Problem::Unreadable(why) => lang.pick(
            format!("filen kan inte läsas: {why}"),
            format!("the file cannot be read: {why}"),
        ),
        Problem::Form(why) => lang.pick(
            format!("formen stämmer inte: {why}"),
            format!("the form is wrong: {why}"),
        ),
        Problem::Version(version) => lang.pick(
            format!("version är inte {version}; programmet läser bara den"),
            format!("version is not {version}; this program reads only that"),
        ),
        Problem::NoKeys => lang
            .pick(
                "\"on\" nämner ingen tangent; lägg till en",
                "\"on\" names no key; add one",
            )
            .to_owned(),
        Problem::NoContexts => lang
            .pick(
                "\"when\" nämner ingen plats; lägg till en",
                "\"when\" names no context; add one",
            )
            .to_owned(),
        Problem::UnknownKey(name) => lang.pick(
            format!("\"{name}\" är ingen tangent; skriv ett tecken, eller ett namn som enter, pagedown, ctrl-u, f5"),
            format!("\"{name}\" is no key; write one character, or a name such as enter, pagedown, ctrl-u, f5"),
        ),
        Problem::EmptyKey => lang
            .pick(
                "en tom tangent; mellanslag skrivs space",
                "an empty key; for the space bar write space",
            )
            .to_owned(),
        other => of_keys(other, lang),
    }
}

/// What is wrong with what keys run, and where.
fn of_keys(problem: &Problem, lang: Lang) -> String {
    match problem {
        Problem::UnknownAction(name) => lang.pick(
            format!("det finns ingen åtgärd \"{name}\"; keymaps/default.toml nämner dem alla"),
            format!("there is no action \"{name}\"; keymaps/default.toml names them all"),
        ),
        Problem::UnknownContext(name, known) => {
            let known = known.join(", ");
            lang.pick(
                format!("det finns ingen plats \"{name}\"; det finns {known}"),
                format!("there is no context \"{name}\"; there are {known}"),
            )
        }
        Problem::TypedAsText { keys, context } => lang.pick(
            format!("\"{keys}\" skrivs som text i {context}; ta en tangent med Ctrl, eller en med namn"),
            format!("\"{keys}\" is typed as text in {context}; use a key with Ctrl, or a named one"),
        ),
        Problem::Twice {
            keys,
            context,
            line,
        } => lang.pick(
            format!("\"{keys}\" står redan i {context}, på rad {line}; ta bort en av dem"),
            format!("\"{keys}\" stands in {context} already, on line {line}; remove one"),
        ),
        Problem::Hidden {
            keys,
            context,
            by,
            line,
        } => lang.pick(
            format!("\"{keys}\" kan aldrig nås: \"{by}\" på rad {line} gör redan något i {context}"),
            format!("\"{keys}\" can never be reached: \"{by}\" on line {line} already runs something in {context}"),
        ),
        Problem::Hides {
            keys,
            context,
            others,
        } => lang.pick(
            format!("\"{keys}\" och \"{others}\" kan inte båda nås i {context}; ta först bort \"{others}\" med run = \"none\""),
            format!("\"{keys}\" and \"{others}\" cannot both be reached in {context}; first take \"{others}\" away with run = \"none\""),
        ),
        Problem::NotHere { action, context } => lang.pick(
            format!("\"{action}\" gör inget i {context}; keymaps/default.toml visar var den hör hemma"),
            format!("\"{action}\" does nothing in {context}; keymaps/default.toml shows where it belongs"),
        ),
        other => of_settings(other, lang),
    }
}

/// What is wrong with a value, or what is missing.
fn of_settings(problem: &Problem, lang: Lang) -> String {
    match problem {
        Problem::TooManyMinutes(most) => lang.pick(
            format!("skriv högst {most} minuter; 0 låser aldrig"),
            format!("write {most} minutes at most; 0 never locks"),
        ),
        Problem::NoName => lang
            .pick(
                "vyn har inget namn; ge den ett",
                "the view has no name; give it one",
            )
            .to_owned(),
        Problem::SameName(name, line) => lang.pick(
            format!("vyn \"{name}\" finns redan, på rad {line}; ge den ett annat namn"),
            format!("there is a view \"{name}\" already, on line {line}; give it another name"),
        ),
        Problem::UnknownSort(name, known) => {
            let known = known.join(", ");
            lang.pick(
                format!("det finns ingen ordning \"{name}\"; det finns {known}"),
                format!("there is no order \"{name}\"; there are {known}"),
            )
        }
        _ => lang
            .pick(
                "åtgärden har ingen beskrivning här; lägg till desc = { sv = \"…\", en = \"…\" }",
                "this action has no description here; add desc = { sv = \"…\", en = \"…\" }",
            )
            .to_owned(),
    }
}
