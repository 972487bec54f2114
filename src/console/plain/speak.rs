//! Lines that are safe to print, and numbered ones.

use super::talk::{Page, ROWS};
use crate::{
    model::text::plain,
    text::{Lang, console::aloud::Aloud},
};

/// Lines, and what is asked after them, with nothing in them that a terminal
/// would obey.
pub(super) fn lines(lines: &[String], prompt: &str) -> String {
    let mut text = String::new();
    for line in lines {
        text.push_str(&safe(line));
        text.push('\n');
    }
    text.push_str(&safe(prompt));
    text.push_str(": ");
    text
}

fn safe(line: &str) -> String {
    // A hard space is read as a word by some screen readers.
    plain(line).replace('\u{a0}', " ")
}

/// Something to take note of.
pub(super) fn mind(text: &str, lang: Lang) -> String {
    format!("{}: {text}.", Aloud::Mind.text(lang))
}

/// The rows of a page, numbered in the whole list, and which they are where
/// it has more.
pub(super) fn numbered(
    from: usize,
    count: usize,
    lang: Lang,
    row: impl Fn(usize) -> Option<String>,
) -> Vec<String> {
    let end = count.min(from + ROWS);
    let mut told: Vec<_> = (from..end)
        .filter_map(|at| Some(format!("{}. {}", at + 1, row(at)?)))
        .collect();
    if count > ROWS {
        let of = Aloud::Of.text(lang);
        told.push(format!("{}-{end} {of} {count}.", from + 1));
    }
    told
}

/// A drawn line as it is read: columns become pauses.
pub(super) fn squeezed(line: &str) -> String {
    let line = line.replace(['│', '▸', '▼', '▲', '←', '→', '·', '–'], "  ");
    let parts = line.split("  ").map(|part| unmarked(part.trim()));
    let parts: Vec<_> = parts.filter(|part| !part.is_empty()).collect();
    parts.join(", ")
}

/// Without the symbol that stands beside a word.
fn unmarked(part: &str) -> &str {
    let marks = ["+ ", "- ", "! ", "x ", "~ "];
    marks
        .iter()
        .find_map(|mark| part.strip_prefix(mark))
        .unwrap_or(part)
}

/// A page of a screen.
pub(super) fn page(id: impl Into<String>, lines: Vec<String>, prompt: Aloud, lang: Lang) -> Page {
    let prompt = prompt.text(lang).trim_end_matches('.').to_owned();
    Page {
        id: id.into(),
        lines,
        prompt,
    }
}
