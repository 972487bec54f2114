//! The file of refused lines that an import with `--keep-good` leaves behind.
//!
//! It is the one place where a refused line's own text is shown again: for
//! the user who sent it, to be corrected and imported anew.

use std::{
    borrow::Cow,
    io::{self, Write},
};

use serde::Serialize;

/// One line of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RefusedLine<'a> {
    /// 1-based line in the file that was imported.
    pub line: u64,
    /// The field or column, where one can be named.
    pub field: Option<&'a str>,
    /// What is wrong, and what to do.
    pub problem: &'a str,
    /// The line itself; bytes that are not UTF-8 as U+FFFD.
    pub text: Cow<'a, str>,
}

impl RefusedLine<'_> {
    /// Appends it as a line of JSON.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write(&self, out: &mut impl Write) -> io::Result<()> {
        serde_json::to_writer(&mut *out, self)?;
        out.write_all(b"\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::{Item, csv, jsonl};

    fn of<'a>(item: &'a Item<'_>) -> Option<RefusedLine<'a>> {
        let refusal = item.result.as_ref().err()?;
        Some(RefusedLine {
            line: item.line,
            field: refusal.field.as_deref(),
            problem: &refusal.problem,
            text: String::from_utf8_lossy(item.text),
        })
    }

    #[test]
    fn a_refused_line_is_written_with_its_reason_and_its_text() {
        let mut input = jsonl::Reader::new(&b"\n{\"id\":7}\n\xffx\n"[..]);
        let mut out = Vec::new();
        while let Some(item) = input.next().unwrap() {
            of(&item).unwrap().write(&mut out).unwrap();
        }
        let written: Vec<serde_json::Value> = String::from_utf8(out)
            .unwrap()
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        assert_eq!(
            written[0],
            serde_json::json!({
                "line": 2,
                "field": "id",
                "problem": "has the wrong type; expected a string",
                "text": "{\"id\":7}",
            })
        );
        assert_eq!(written[1]["field"], serde_json::Value::Null);
        assert_eq!(written[1]["text"], "\u{fffd}x");
    }

    #[test]
    fn good_items_are_not_refused() {
        let good = br#"{"id":"1","episode":"D","at":"2019-03-04T11:00","kind":"sip_held"}"#;
        let mut input = jsonl::Reader::new(&good[..]);
        assert_eq!(of(&input.next().unwrap().unwrap()), None);
        let mut input = csv::Reader::new(&b"ward"[..]);
        let item = input.next().unwrap().unwrap();
        assert_eq!(of(&item).unwrap().field, Some("episode"));
    }
}
