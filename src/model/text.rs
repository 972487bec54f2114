//! Text from data, made safe and fitted for a terminal.

use std::borrow::Cow;

use finl_unicode::categories::CharacterCategories;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// What stands for a character that cannot be shown.
const UNKNOWN: char = '?';

/// Combining marks that one base may carry; more would paint over other lines.
const MARKS: usize = 2;

/// Makes text from data safe to print: line breaks and tabs become spaces,
/// control, escape, bidi and all invisible characters are taken out, private
/// and unassigned ones become `?`, and a character keeps at most two combining
/// marks. What is safe already is borrowed.
pub fn plain(text: &str) -> Cow<'_, str> {
    // Nearly all text is printable ASCII.
    if text.bytes().all(|byte| (0x20..0x7f).contains(&byte)) || is_plain(text) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len());
    let mut marks = NO_BASE;
    let mut after_return = false;
    for char in text.chars() {
        match class(char) {
            // A line break of two characters is one break.
            Class::Break if char == '\n' && after_return => {}
            Class::Break => {
                safe.push(' ');
                marks = NO_BASE;
            }
            Class::Shown => {
                safe.push(char);
                marks = if char.is_whitespace() { NO_BASE } else { 0 };
            }
            Class::Unknown => {
                safe.push(UNKNOWN);
                marks = 0;
            }
            Class::Mark if marks < MARKS => {
                safe.push(char);
                marks += 1;
            }
            Class::Mark | Class::Hidden => {}
        }
        after_return = char == '\r';
    }
    Cow::Owned(safe)
}

/// As many marks as none may follow.
const NO_BASE: usize = MARKS;

/// What becomes of a character.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Shown,
    Mark,
    Break,
    Hidden,
    Unknown,
}

fn class(char: char) -> Class {
    match char {
        ' '..='~' => Class::Shown,
        '\t'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Class::Break,
        // Default-ignorable, though letters, marks or symbols by category:
        // grapheme joiner, Hangul fillers, Khmer inherent vowels, Mongolian
        // and other variation selectors, and the range kept for more of them.
        '\u{34f}'
        | '\u{115f}'..='\u{1160}'
        | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180f}'
        | '\u{2065}'
        | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{ffa0}'
        | '\u{fff0}'..='\u{fff8}'
        | '\u{e0000}'..='\u{e0fff}' => Class::Hidden,
        _ if char.is_control() || char.is_format() => Class::Hidden,
        _ if char.is_private_use() || char.is_unassigned() => Class::Unknown,
        _ if char.is_mark() => Class::Mark,
        // Vowels and finals of decomposed Hangul: without width, letters by
        // category.
        _ if char.width() == Some(0) => Class::Mark,
        _ => Class::Shown,
    }
}

fn is_plain(text: &str) -> bool {
    let mut marks = NO_BASE;
    text.chars().all(|char| match class(char) {
        Class::Shown => {
            marks = if char.is_whitespace() { NO_BASE } else { 0 };
            true
        }
        Class::Mark => {
            marks += 1;
            marks <= MARKS
        }
        Class::Break | Class::Hidden | Class::Unknown => false,
    })
}

/// Cuts text to at most `columns` terminal columns; where something was cut,
/// the last column shows `…`. A character keeps its combining marks.
pub fn fits(text: &str, columns: usize) -> Cow<'_, str> {
    if text.width() <= columns {
        return Cow::Borrowed(text);
    }
    let Some(room) = columns.checked_sub(1) else {
        return Cow::Borrowed("");
    };
    let mut end = 0;
    let mut width = 0;
    for (start, char) in text.char_indices() {
        width += char.width().unwrap_or(0);
        if width > room {
            break;
        }
        end = start + char.len_utf8();
    }
    // A sequence may be wider than its characters one by one.
    while text[..end].width() > room {
        end = text[..end]
            .char_indices()
            .next_back()
            .map_or(0, |(start, _)| start);
    }
    Cow::Owned(format!("{}…", &text[..end]))
}

/// Text for a terminal that shows ASCII alone: letters without their accents,
/// common marks as their nearest, all else as `?`; as many characters as
/// before, less those that combine.
#[must_use]
pub fn bare(text: &str) -> String {
    let letter = |char: char| match char {
        _ if char.is_ascii() => Some(char),
        _ if class(char) == Class::Mark => None,
        '\u{a0}' | '\u{202f}' => Some(' '),
        '–' | '—' | '−' | '·' => Some('-'),
        '→' | '»' => Some('>'),
        '←' | '«' => Some('<'),
        '’' | '‘' | '´' => Some('\''),
        '”' | '“' => Some('"'),
        '…' => Some('.'),
        '×' => Some('x'),
        '§' => Some('*'),
        _ => match nucleo_matcher::chars::normalize(char) {
            bare if bare.is_ascii() => Some(bare),
            _ => Some(UNKNOWN),
        },
    };
    text.chars().filter_map(letter).collect()
}

/// Text in exactly `columns` columns: cut, or filled with spaces at its end.
pub fn pad(text: &str, columns: usize) -> String {
    let (text, fill) = filled(text, columns);
    format!("{text}{fill}")
}

/// Text in exactly `columns` columns: cut, or filled with spaces before it, as
/// numbers stand in a column.
pub fn pad_start(text: &str, columns: usize) -> String {
    let (text, fill) = filled(text, columns);
    format!("{fill}{text}")
}

fn filled(text: &str, columns: usize) -> (Cow<'_, str>, String) {
    let text = fits(text, columns);
    let fill = " ".repeat(columns - text.width().min(columns));
    (text, fill)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn assert_safe(safe: &str) {
        let mut marks = NO_BASE;
        for char in safe.chars() {
            assert!(!char.is_control(), "{safe:?}");
            assert!(
                !matches!(char, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
                    | '\u{2060}'..='\u{206f}' | '\u{61c}' | '\u{feff}' | '\u{ad}'
                    | '\u{fe00}'..='\u{fe0f}' | '\u{e0000}'..='\u{e0fff}'),
                "{safe:?}"
            );
            if char.width() == Some(0) {
                marks += 1;
                assert!(marks <= MARKS, "{safe:?}");
            } else {
                marks = if char == ' ' { NO_BASE } else { 0 };
            }
        }
    }

    #[test]
    fn without_letters_beyond_ascii_words_stay_readable() {
        assert_eq!(
            bare("ÅKE Öberg, é: 9\u{a0}900 – 日"),
            "AKE Oberg, e: 9 900 - ?"
        );
        assert_eq!(bare("a\u{301}b → …"), "ab > .");
        assert!(bare("Łódź ß æ ø").is_ascii());
    }

    #[test]
    fn what_is_safe_is_borrowed() {
        for text in [
            "",
            "Åsa Öberg-Ählström",
            "a\u{301}",
            "日本 – “ok” €",
            "Łukasz Ñandú",
        ] {
            assert!(
                matches!(plain(text), Cow::Borrowed(same) if same == text),
                "{text:?}"
            );
        }
    }

    #[test]
    fn hostile_text_is_disarmed() {
        for (hostile, safe) in [
            ("\u{1b}[31mred\u{1b}[0m", "[31mred[0m"),
            ("\u{1b}]0;title\u{7}", "]0;title"),
            ("\u{9b}2J\u{90}q\u{9c}", "2Jq"),
            ("a\u{8}\u{8}b\u{7f}\0", "ab"),
            (
                "one\r\ntwo\nthree\tfour\u{2028}five\u{85}six",
                "one two three four five six",
            ),
            ("a\r\r\nb", "a  b"),
            (
                "\u{202e}drawkcab\u{202c} \u{2066}x\u{2069}\u{200f}",
                "drawkcab x",
            ),
            ("zero\u{200b}width\u{feff}\u{2060}\u{ad}", "zerowidth"),
            (
                "z\u{300}\u{301}\u{302}\u{303}a\u{334}",
                "z\u{300}\u{301}a\u{334}",
            ),
            ("\u{301}lone \u{301}marks", "lone marks"),
            ("\u{e000}\u{f8ff}\u{10fffd}\u{378}\u{ffff}", "?????"),
            ("\u{3164}\u{115f}\u{34f}fillers\u{fe0f}", "fillers"),
            ("\u{e0041}\u{e0042}tag", "tag"),
            ("👨\u{200d}👩", "👨👩"),
        ] {
            assert_eq!(plain(hostile), safe, "{hostile:?}");
            assert_safe(&plain(hostile));
        }
    }

    #[test]
    fn text_is_cut_by_columns() {
        assert_eq!(fits("Karlstad", 8), "Karlstad");
        assert_eq!(fits("Karlstad", 7), "Karlst…");
        assert_eq!(fits("Karlstad", 1), "…");
        assert_eq!(fits("Karlstad", 0), "");
        assert_eq!(fits("日本語", 5), "日本…");
        assert_eq!(fits("日本語", 4), "日…");
        assert_eq!(fits("A\u{30a}ngermanland", 3), "A\u{30a}n…");
        assert_eq!(pad("日本語", 4), "日… ");
        assert_eq!(pad("Kil", 5), "Kil  ");
        assert_eq!(pad_start("7,0", 5), "  7,0");
    }

    proptest! {
        #[test]
        fn plain_is_safe_and_idempotent(
            text in proptest::collection::vec(any::<char>(), 0..60)
                .prop_map(|chars| chars.into_iter().collect::<String>())
        ) {
            let once = plain(&text).into_owned();
            assert_safe(&once);
            let twice = plain(&once);
            prop_assert_eq!(&*twice, &*once);
            prop_assert!(matches!(twice, Cow::Borrowed(_)));
        }

        #[test]
        fn marks_and_controls_are_safe_and_idempotent(
            text in "[a\u{300}-\u{36f}\u{1160}-\u{11ff}\u{200b}-\u{2070}\u{0}-\u{9f}\u{fe0f}👩]{0,40}"
        ) {
            let once = plain(&text).into_owned();
            assert_safe(&once);
            prop_assert_eq!(&*plain(&once), &*once);
        }

        #[test]
        fn a_fitted_text_is_no_wider(text in ".{0,40}", columns in 0usize..30) {
            prop_assert!(fits(&text, columns).width() <= columns);
            let safe = plain(&text);
            prop_assert!(fits(&safe, columns).width() <= columns);
            prop_assert_eq!(pad(&safe, columns).width(), columns);
            prop_assert_eq!(pad_start(&safe, columns).width(), columns);
        }
    }
}
