//! The lines of the journal's files, byte for byte.
//!
//! A segment's line:
//! `{"seq":N,"recorded_at":"…Z","by":"…","kind":"…","body":…,"hash":"…"}`
//! and a batch file's, whose number, time and author are the batch line's:
//! `{"n":N,"kind":"…","body":…,"hash":"…"}`.
//!
//! The hash is SHA-256 over the previous line's hash (its 64 digits) and the
//! line's bytes up to `,"hash"`. There is one way to write a line, so that a
//! changed byte is found wherever it is.

use std::borrow::Cow;

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};

use super::hash::HexHash;

/// Bytes of `,"hash":"…"}`.
const HASH_TAIL: usize = HASH_MARK.len() + 64 + 2;
const HASH_MARK: &[u8] = b",\"hash\":\"";
const TIME_LEN: usize = 24;

/// A parsed line of a segment.
#[derive(Debug)]
pub(super) struct Line<'a> {
    pub seq: u64,
    pub recorded_at: DateTime<Utc>,
    pub by: Cow<'a, str>,
    pub kind: &'a str,
    pub body: &'a str,
    pub hash: HexHash,
}

/// A parsed line of a batch file.
#[derive(Debug)]
pub(super) struct BatchItem<'a> {
    pub n: u64,
    pub kind: &'a str,
    pub body: &'a str,
    pub hash: HexHash,
}

/// What is not as it should be in a line; says nothing of its content.
pub(super) type Problem = &'static str;

/// Appends a segment's line with its newline; answers its hash.
pub(super) fn push_line(
    buffer: &mut Vec<u8>,
    prev: &HexHash,
    (seq, recorded_at, by): (u64, DateTime<Utc>, &str),
    kind: &str,
    body: &str,
) -> HexHash {
    let start = buffer.len();
    buffer.extend_from_slice(b"{\"seq\":");
    push_number(buffer, seq);
    buffer.extend_from_slice(b",\"recorded_at\":\"");
    push_time(buffer, recorded_at);
    buffer.extend_from_slice(b"\",\"by\":");
    push_text(buffer, by);
    push_rest(buffer, start, prev, kind, body)
}

/// Appends a batch file's line with its newline; answers its hash.
pub(super) fn push_item(
    buffer: &mut Vec<u8>,
    prev: &HexHash,
    n: u64,
    kind: &str,
    body: &str,
) -> HexHash {
    let start = buffer.len();
    buffer.extend_from_slice(b"{\"n\":");
    push_number(buffer, n);
    push_rest(buffer, start, prev, kind, body)
}

fn push_rest(
    buffer: &mut Vec<u8>,
    start: usize,
    prev: &HexHash,
    kind: &str,
    body: &str,
) -> HexHash {
    buffer.extend_from_slice(b",\"kind\":\"");
    buffer.extend_from_slice(kind.as_bytes());
    buffer.extend_from_slice(b"\",\"body\":");
    let mut looked = buffer.len();
    buffer.extend_from_slice(body.as_bytes());
    // A raw line break can only be blank space in JSON; a line holds none.
    while let Some(at) = memchr::memchr2(b'\n', b'\r', &buffer[looked..]) {
        looked += at;
        buffer[looked] = b' ';
    }
    let hash = HexHash::of(&[prev.as_bytes(), &buffer[start..]]);
    push_hash(buffer, &hash);
    hash
}

/// Closes a line: `,"hash":"…"}` and the newline.
pub(super) fn push_hash(buffer: &mut Vec<u8>, hash: &HexHash) {
    buffer.extend_from_slice(HASH_MARK);
    buffer.extend_from_slice(hash.as_bytes());
    buffer.extend_from_slice(b"\"}\n");
}

/// Whether a kind may stand in a line: a word of `a-z`, `0-9` and `_`.
pub(super) fn is_kind(kind: &str) -> bool {
    !kind.is_empty()
        && kind
            .bytes()
            .all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'_'))
}

/// Parses a segment's line (without newline). The hash is not checked here.
pub(super) fn parse_line(bytes: &[u8]) -> Result<Line<'_>, Problem> {
    let (content, hash) = split_hash(bytes)?;
    let mut rest = Rest(content);
    rest.expect("{\"seq\":")?;
    let seq = rest.number()?;
    rest.expect(",\"recorded_at\":\"")?;
    let recorded_at = rest.time()?;
    rest.expect("\",\"by\":")?;
    let by = rest.text()?;
    let (kind, body) = rest.kind_and_body()?;
    Ok(Line {
        seq,
        recorded_at,
        by,
        kind,
        body,
        hash,
    })
}

/// Parses a batch file's line (without newline). The hash is not checked here.
pub(super) fn parse_item(bytes: &[u8]) -> Result<BatchItem<'_>, Problem> {
    let (content, hash) = split_hash(bytes)?;
    let mut rest = Rest(content);
    rest.expect("{\"n\":")?;
    let n = rest.number()?;
    let (kind, body) = rest.kind_and_body()?;
    Ok(BatchItem {
        n,
        kind,
        body,
        hash,
    })
}

/// Whether a line's own hash follows from the previous one.
pub(super) fn hash_holds(bytes: &[u8], prev: &HexHash, hash: &HexHash) -> bool {
    let content = &bytes[..bytes.len().saturating_sub(HASH_TAIL)];
    HexHash::of(&[prev.as_bytes(), content]) == *hash
}

/// Splits `content,"hash":"…"}`.
pub(super) fn split_hash(bytes: &[u8]) -> Result<(&str, HexHash), Problem> {
    const SHAPE: Problem = "the line does not end in a hash";
    let at = bytes.len().checked_sub(HASH_TAIL).ok_or(SHAPE)?;
    let tail = bytes[at..]
        .strip_prefix(HASH_MARK)
        .and_then(|t| t.strip_suffix(b"\"}"));
    let hash = tail.and_then(HexHash::parse).ok_or(SHAPE)?;
    let content = std::str::from_utf8(&bytes[..at]).map_err(|_| "the line is not UTF-8")?;
    Ok((content, hash))
}

/// Whether the bytes begin with a whole line that follows from `prev`, and go
/// on after it: no write cut short leaves that.
pub(super) fn begins_with_whole_line(bytes: &[u8], prev: &HexHash) -> bool {
    memchr::memmem::find_iter(bytes, HASH_MARK).any(|at| {
        let end = at + HASH_TAIL;
        end < bytes.len()
            && split_hash(&bytes[..end])
                .is_ok_and(|(_, hash)| hash_holds(&bytes[..end], prev, &hash))
    })
}

/// Whether bytes that a newline ends begin or end as a line does, though they
/// may not be one: they were written whole, and changed later.
pub(super) fn looks_whole(bytes: &[u8]) -> bool {
    bytes.starts_with(b"{\"seq\":") || split_hash(bytes).is_ok()
}

struct Rest<'a>(&'a str);

impl<'a> Rest<'a> {
    fn expect(&mut self, word: &str) -> Result<(), Problem> {
        self.0 = self
            .0
            .strip_prefix(word)
            .ok_or("the line is not in the form it is written in")?;
        Ok(())
    }

    fn number(&mut self) -> Result<u64, Problem> {
        let end = self
            .0
            .bytes()
            .position(|b| !b.is_ascii_digit())
            .unwrap_or(self.0.len());
        let (digits, rest) = self.0.split_at(end);
        if digits.len() > 1 && digits.starts_with('0') {
            return Err("a number begins with zero");
        }
        self.0 = rest;
        digits.parse().map_err(|_| "a number cannot be read")
    }

    fn time(&mut self) -> Result<DateTime<Utc>, Problem> {
        let text = self
            .0
            .as_bytes()
            .get(..TIME_LEN)
            .and_then(|t| t.try_into().ok());
        let at = text.and_then(parse_time).ok_or("the time cannot be read")?;
        self.0 = &self.0[TIME_LEN..];
        Ok(at)
    }

    fn text(&mut self) -> Result<Cow<'a, str>, Problem> {
        const BAD: Problem = "a text cannot be read";
        self.expect("\"")?;
        let end = memchr::memchr2(b'"', b'\\', self.0.as_bytes()).ok_or(BAD)?;
        if self.0.as_bytes()[end] == b'"' {
            let (text, rest) = self.0.split_at(end);
            self.0 = &rest[1..];
            return Ok(Cow::Borrowed(text));
        }
        let end = closing_quote(self.0.as_bytes()).ok_or(BAD)?;
        let quoted = format!("\"{}\"", &self.0[..end]);
        self.0 = &self.0[end + 1..];
        serde_json::from_str(&quoted)
            .map(Cow::Owned)
            .map_err(|_| BAD)
    }

    fn kind_and_body(mut self) -> Result<(&'a str, &'a str), Problem> {
        self.expect(",\"kind\":")?;
        let Cow::Borrowed(kind) = self.text()? else {
            return Err("the kind is not a word");
        };
        if !is_kind(kind) {
            return Err("the kind is not a word");
        }
        self.expect(",\"body\":")?;
        Ok((kind, self.0))
    }
}

fn closing_quote(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        at += memchr::memchr2(b'"', b'\\', bytes.get(at..)?)?;
        if bytes[at] == b'"' {
            return Some(at);
        }
        at += 2;
    }
}

/// Appends a text in quotes, escaped as JSON asks.
pub(super) fn push_text(buffer: &mut Vec<u8>, text: &str) {
    buffer.extend_from_slice(serde_json::Value::from(text).to_string().as_bytes());
}

fn push_number(buffer: &mut Vec<u8>, mut number: u64) {
    let mut digits = [0; 20];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + u8::try_from(number % 10).unwrap_or(0);
        number /= 10;
        if number == 0 {
            break;
        }
    }
    buffer.extend_from_slice(&digits[at..]);
}

/// Appends `YYYY-MM-DDTHH:MM:SS.mmmZ`; years beyond 9999 do not occur (see
/// [`to_millis`]).
pub(super) fn push_time(buffer: &mut Vec<u8>, at: DateTime<Utc>) {
    let mut part = |number: u32, digits: u32, after: u8| {
        for place in (0..digits).rev() {
            let digit = number / 10_u32.pow(place) % 10;
            buffer.push(b'0' + u8::try_from(digit).unwrap_or(0));
        }
        buffer.push(after);
    };
    part(at.year().unsigned_abs(), 4, b'-');
    part(at.month(), 2, b'-');
    part(at.day(), 2, b'T');
    part(at.hour(), 2, b':');
    part(at.minute(), 2, b':');
    part(at.second(), 2, b'.');
    part(at.timestamp_subsec_millis().min(999), 3, b'Z');
}

/// A time as a line can hold it: whole milliseconds, years 0 to 9999.
pub(super) fn to_millis(at: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let whole = at.with_nanosecond(at.timestamp_subsec_millis().min(999) * 1_000_000)?;
    (0..=9999).contains(&whole.year()).then_some(whole)
}

fn parse_time(text: &[u8; TIME_LEN]) -> Option<DateTime<Utc>> {
    let number = |from: usize, to: usize| {
        text[from..to].iter().try_fold(0_u32, |n, b| {
            b.is_ascii_digit().then(|| n * 10 + u32::from(b - b'0'))
        })
    };
    let marks = [
        (4, b'-'),
        (7, b'-'),
        (10, b'T'),
        (13, b':'),
        (16, b':'),
        (19, b'.'),
        (23, b'Z'),
    ];
    if marks.iter().any(|(at, mark)| text[*at] != *mark) {
        return None;
    }
    let year = i32::try_from(number(0, 4)?).ok()?;
    let date = NaiveDate::from_ymd_opt(year, number(5, 7)?, number(8, 10)?)?;
    let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
    Some(
        date.and_hms_milli_opt(hour, minute, second, number(20, 23)?)?
            .and_utc(),
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn a_line_is_written_as_documented() {
        let mut buffer = Vec::new();
        let prev = HexHash::of(&[b"store"]);
        let when = at("2019-03-04T10:00:00.120Z");
        let hash = push_line(
            &mut buffer,
            &prev,
            (7, when, "åsa \"x\""),
            "note",
            "{\"a\":\n1}",
        );
        let expected = format!(
            "{{\"seq\":7,\"recorded_at\":\"2019-03-04T10:00:00.120Z\",\"by\":\"åsa \\\"x\\\"\",\
             \"kind\":\"note\",\"body\":{{\"a\": 1}},\"hash\":\"{hash}\"}}\n"
        );
        assert_eq!(String::from_utf8(buffer.clone()).unwrap(), expected);
        let line = parse_line(&buffer[..buffer.len() - 1]).unwrap();
        assert_eq!(
            (line.seq, line.recorded_at, &*line.by),
            (7, when, "åsa \"x\"")
        );
        assert_eq!(
            (line.kind, line.body, line.hash),
            ("note", "{\"a\": 1}", hash)
        );
    }

    #[test]
    fn every_changed_byte_of_a_line_is_found() {
        let mut buffer = Vec::new();
        let prev = HexHash::of(&[b"store"]);
        let head = (1, at("2019-03-04T10:00:00Z"), "a");
        push_line(&mut buffer, &prev, head, "note", "{\"hash\":\"x\"}");
        buffer.pop();
        for offset in 0..buffer.len() {
            for change in [1, 0x20, 0x80] {
                let mut other = buffer.clone();
                other[offset] ^= change;
                let sound = parse_line(&other).is_ok_and(|l| hash_holds(&other, &prev, &l.hash));
                assert!(!sound, "offset {offset}");
            }
        }
        assert!(begins_with_whole_line(
            &[&buffer[..], b"x{"].concat(),
            &prev
        ));
        assert!(!begins_with_whole_line(&buffer, &prev));
    }

    proptest! {
        #[test]
        fn lines_come_back(seq: u64, by in ".*", body in "\\{\"t\":\"[a-zåäö \",{}:]*\"\\}",
                           millis in 0_i64..253_402_300_799_999) {
            let when = DateTime::from_timestamp_millis(millis).unwrap();
            let mut buffer = Vec::new();
            push_line(&mut buffer, &HexHash::of(&[]), (seq, when, &by), "k", &body);
            buffer.pop();
            let line = parse_line(&buffer).unwrap();
            prop_assert_eq!((line.seq, line.recorded_at), (seq, when));
            prop_assert_eq!((line.by.as_ref(), line.body), (by.as_str(), body.as_str()));
        }
    }
}
