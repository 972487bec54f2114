//! Lines that are safe to print, and numbered ones.

use super::talk::{Page, ROWS};
use crate::{
    model::text::{bare, plain},
    text::{Lang, console::aloud::Aloud},
};

/// Lines, and what is asked after them, with nothing in them that a terminal
/// would obey.
pub(super) fn lines(lines: &[String], prompt: &str, utf8: bool) -> String {
    let mut text = String::new();
    for line in lines {
        text.push_str(&safe(line, utf8));
        text.push('\n');
    }
    text.push_str(&safe(prompt, utf8));
    text.push_str(": ");
    text
}

pub(super) fn safe(line: &str, utf8: bool) -> String {
    // A hard space is read as a word by some screen readers.
    let line = plain(line).replace('\u{a0}', " ");
    match utf8 {
        true => line,
        false => bare(&line),
    }
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
    told.extend(which(from, count, lang));
    told
}

/// Which lines of a list are told, where that is not all.
pub(super) fn which(from: usize, count: usize, lang: Lang) -> Option<String> {
    let end = count.min(from + ROWS);
    let of = Aloud::Of.text(lang);
    (count > ROWS).then(|| format!("{}-{end} {of} {count}.", from + 1))
}

/// A drawn text as a sentence: without the symbols that stand beside words,
/// arrows as a word.
pub(super) fn spoken(text: &str, lang: Lang) -> String {
    let mut said = unmarked(text).to_owned();
    for mark in MARKS {
        for before in [": ", " → "] {
            said = said.replace(&format!("{before}{mark}"), before);
        }
    }
    let becomes = format!(", {} ", Aloud::Becomes.text(lang));
    said.replace(" → ", &becomes).replace("» ", "")
}

/// A drawn line as it is read: columns become pauses.
pub(super) fn squeezed(line: &str) -> String {
    let line = line.replace(['│', '▸', '▾', '▼', '▲', '←', '→', '·', '–'], "  ");
    let parts = line.split("  ").map(|part| unmarked(part.trim()));
    let parts: Vec<_> = parts.filter(|part| !part.is_empty()).collect();
    parts.join(", ")
}

/// The symbols that stand beside words.
const MARKS: [&str; 5] = ["+ ", "- ", "! ", "x ", "~ "];

/// Without the symbol that stands beside a word.
fn unmarked(part: &str) -> &str {
    let mut marks = MARKS.iter();
    let found = marks.find_map(|mark| part.strip_prefix(mark));
    found.unwrap_or(part)
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
