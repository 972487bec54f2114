//! Lines of bytes, of bounded length, with their numbers.

use std::{
    io::{self, BufRead, BufReader, Read},
    ops::Range,
};

/// Longest line or row, in bytes. An event is a few hundred bytes; a longer
/// line is a damaged file, and must not be loaded whole to say so.
pub(super) const LONGEST: usize = 64 * 1024;

/// How much of a line that is too long is kept, to recognize it by.
const KEPT_OF_LONG: usize = 1024;

/// Bytes asked from the input at once.
const READ_AT_ONCE: usize = 256 * 1024;

const BOM: &[u8] = b"\xef\xbb\xbf";

/// A line that was appended to the caller's buffer.
#[derive(Debug, Clone)]
pub(super) struct Raw {
    /// 1-based.
    pub line: u64,
    /// Where it stands in the buffer, its end (`\n` or `\r\n`) left out.
    pub range: Range<usize>,
    /// Whether it was longer than [`LONGEST`]; then only its beginning is
    /// there.
    pub too_long: bool,
}

/// Reads line by line into buffers of the caller.
pub(super) struct Lines<R> {
    input: BufReader<R>,
    line: u64,
}

impl<R: Read> Lines<R> {
    pub(super) fn new(input: R) -> Self {
        Self {
            input: BufReader::with_capacity(READ_AT_ONCE, input),
            line: 0,
        }
    }

    /// Appends the next line to `buffer`; `None` at the end of the input.
    pub(super) fn append_next(&mut self, buffer: &mut Vec<u8>) -> io::Result<Option<Raw>> {
        let start = buffer.len();
        // Room for `\r\n` after the longest line.
        let limit = LONGEST as u64 + 2;
        let read = (&mut self.input).take(limit).read_until(b'\n', buffer)?;
        if read == 0 {
            return Ok(None);
        }
        self.line += 1;
        let ended = buffer.last() == Some(&b'\n');
        let mut range = start..buffer.len();
        if self.line == 1 && buffer[range.clone()].starts_with(BOM) {
            range.start += BOM.len();
        }
        for end in [b'\n', b'\r'] {
            if buffer[range.clone()].last() == Some(&end) {
                range.end -= 1;
            }
        }
        let too_long = range.len() > LONGEST;
        if too_long {
            if !ended {
                self.input.skip_until(b'\n')?;
            }
            range.end = range.start + KEPT_OF_LONG;
        }
        buffer.truncate(range.end);
        Ok(Some(Raw {
            line: self.line,
            range,
            too_long,
        }))
    }
}

/// What to say of a line that is too long.
pub(super) const TOO_LONG: &str = "is longer than 64 KiB; write one event a line";

/// What to say of bytes that are not text.
pub(super) fn not_utf8(error: &std::str::Utf8Error) -> String {
    format!(
        "byte {} is not valid UTF-8; save the file as UTF-8",
        error.valid_up_to() + 1
    )
}

/// Whether a line holds nothing but blanks.
pub(super) fn blank(line: &[u8]) -> bool {
    line.iter().all(|byte| matches!(byte, b' ' | b'\t' | b'\r'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(input: &[u8]) -> Vec<(u64, Vec<u8>, bool)> {
        let mut lines = Lines::new(input);
        let mut buffer = Vec::new();
        let mut found = Vec::new();
        while let Some(raw) = lines.append_next(&mut buffer).unwrap() {
            found.push((raw.line, buffer[raw.range].to_vec(), raw.too_long));
        }
        found
    }

    #[test]
    fn ends_of_lines_and_of_the_file_are_no_part_of_a_line() {
        assert_eq!(
            lines(b"\xef\xbb\xbfa\r\n\nb\n\xef\xbb\xbfc"),
            [
                (1, b"a".to_vec(), false),
                (2, Vec::new(), false),
                (3, b"b".to_vec(), false),
                (4, b"\xef\xbb\xbfc".to_vec(), false),
            ]
        );
        assert!(lines(b"").is_empty());
        assert_eq!(lines(b"\n").len(), 1);
    }

    #[test]
    fn a_line_may_be_as_long_as_the_limit_and_no_longer() {
        for end in ["\n", "\r\n", ""] {
            let longest = "x".repeat(LONGEST);
            let found = lines(format!("{longest}{end}").as_bytes());
            assert_eq!(
                (found.len(), found[0].1.len(), found[0].2),
                (1, LONGEST, false)
            );
            let found = lines(format!("{longest}x{end}").as_bytes());
            assert_eq!(
                (found.len(), found[0].1.len(), found[0].2),
                (1, KEPT_OF_LONG, true)
            );
        }
    }

    /// An endless line must end in a refusal, in bounded memory.
    #[test]
    fn what_follows_a_line_that_is_too_long_is_read() {
        let long = io::repeat(b'x').take(50 * LONGEST as u64);
        let mut lines = Lines::new(long.chain(&b"\nnext\n"[..]));
        let mut buffer = Vec::new();
        assert!(lines.append_next(&mut buffer).unwrap().unwrap().too_long);
        assert!(buffer.capacity() < 4 * LONGEST);
        buffer.clear();
        let next = lines.append_next(&mut buffer).unwrap().unwrap();
        assert_eq!((next.line, &buffer[next.range]), (2, &b"next"[..]));
    }
}
