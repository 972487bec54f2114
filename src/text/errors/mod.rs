//! What went wrong and what to do, by the error's code; the technical
//! detail (where: file, line, field) follows it.

mod screen;
mod table;

use std::borrow::Cow;

use table::{Said, known};

use super::{Lang, phrases};
use crate::{
    desk::error::{DeskError, ErrorKind},
    model::text::plain,
};

/// An error as people read it: headline, detail, remedy.
#[must_use]
pub fn error(error: &DeskError, lang: Lang) -> String {
    whole(error, words(error, lang), lang)
}

/// An error as the console tells it: the remedy is what can be done there,
/// where that is not the command line's.
#[must_use]
pub fn on_screen(error: &DeskError, lang: Lang) -> String {
    let (headline, remedy) = words(error, lang);
    let own = screen::remedy(&error.code);
    let remedy = own.map_or(remedy, |(sv, en)| lang.pick(sv, en));
    whole(error, (headline, remedy), lang)
}

fn whole(error: &DeskError, (headline, remedy): (&str, &str), lang: Lang) -> String {
    let mut text = headline.to_owned();
    if !error.detail.is_empty() {
        // A file's faults stand on lines of their own; names in it are data.
        let detail = detail(error, lang);
        let lines: Vec<_> = detail.lines().map(plain).collect();
        text.push_str(if lines.len() > 1 { ":\n" } else { ": " });
        text.push_str(&lines.join("\n"));
    }
    if !remedy.is_empty() {
        text.push('\n');
        text.push_str(remedy);
    }
    text
}

/// Headline and detail, for one line of a screen.
#[must_use]
pub fn in_brief(error: &DeskError, lang: Lang) -> String {
    let (headline, _) = words(error, lang);
    match plain(&detail(error, lang)).as_ref() {
        "" => headline.to_owned(),
        detail => format!("{headline}: {detail}"),
    }
}

/// Where and what, in the user's language as far as there are words for it.
fn detail(error: &DeskError, lang: Lang) -> Cow<'_, str> {
    phrases::lines(&error.detail, lang)
}

/// Why nothing can be written, as the head of the board gives it:
/// in words where it is a code that has them.
#[must_use]
pub fn read_only(why: &str, lang: Lang) -> String {
    known(why).map_or_else(
        || why.to_owned(),
        |(sv, en)| {
            let (headline, remedy) = lang.pick(sv, en);
            format!("{headline}. {remedy}")
        },
    )
}

/// What to do about it; empty where the detail already says so.
#[must_use]
pub fn remedy(error: &DeskError, lang: Lang) -> &str {
    words(error, lang).1
}

/// Headline and remedy.
fn words(error: &DeskError, lang: Lang) -> (&str, &str) {
    let (sv, en) = known(&error.code).unwrap_or_else(|| of_kind(error.kind));
    lang.pick(sv, en)
}

/// Codes without words of their own.
fn of_kind(kind: ErrorKind) -> (Said, Said) {
    match kind {
        ErrorKind::No => (("Svaret är nej", ""), ("The answer is no", "")),
        ErrorKind::BadInput => (
            ("Det går inte att göra så", ""),
            ("This cannot be done so", ""),
        ),
        ErrorKind::Store => (
            ("Lagret kan inte svara", ""),
            ("The store cannot answer", ""),
        ),
        ErrorKind::NotAllowed => (("Det är inte tillåtet", ""), ("This is not allowed", "")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_says_what_where_and_what_to_do() {
        let shown = error(&DeskError::store("store_in_use", "4711"), Lang::En);
        assert_eq!(
            shown,
            "Another process holds the store and does not answer: 4711\n\
             End the process with that number, or wait and try again."
        );
    }

    #[test]
    fn a_detail_commands_no_terminal() {
        let detail = "a\u{1b}[2J.toml:3: x\nb.toml:4: y\u{202e}";
        let shown = error(&DeskError::bad_input("brand_new", detail), Lang::Sv);
        let wanted = "Det går inte att göra så:\na[2J.toml:3: x\nb.toml:4: y";
        assert_eq!(shown, wanted);
    }

    #[test]
    fn an_unknown_code_still_says_its_class_and_detail() {
        let shown = error(&DeskError::bad_input("brand_new", "line 7"), Lang::Sv);
        assert_eq!(shown, "Det går inte att göra så: line 7");
    }
}
