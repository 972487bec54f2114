//! Reading the journal from its end: what was recorded last comes first.

use std::io;
use std::ops::ControlFlow;

use super::chain::EntryRef;
use super::disk::DiskFile;
use super::error::{Context, JournalError, Result};
use super::line;
use super::loc::{FileNo, Loc};
use super::reader::Reader;
use super::reading::LONGEST_LINE;
use super::shared::{Room, Segment};

/// Bytes read at a time; most entries are a few hundred.
const BITE: u64 = 64 * 1024;

impl Reader {
    /// Calls `f` with the entries before number `before` (with all where that
    /// is none), the latest first. A batch is its one line; its entries are
    /// not read. `f` may break off with an answer.
    ///
    /// # Errors
    /// At the first line that cannot be read. Hashes are not checked.
    pub fn scan_back<B>(
        &self,
        before: Option<u64>,
        mut f: impl FnMut(&EntryRef<'_>) -> ControlFlow<B>,
    ) -> Result<Option<B>> {
        let before = before.unwrap_or(u64::MAX);
        let segments = self.shared.state().segments.clone();
        let numbered: Vec<_> = (1..).zip(&segments).collect();
        for (number, segment) in numbered.into_iter().rev() {
            if segment.first_seq < before {
                let found = self.segment_back(number, segment, before, &mut f)?;
                if let ControlFlow::Break(answer) = found {
                    return Ok(Some(answer));
                }
            }
        }
        Ok(None)
    }

    fn segment_back<B>(
        &self,
        number: u32,
        segment: &Segment,
        before: u64,
        f: &mut dyn FnMut(&EntryRef<'_>) -> ControlFlow<B>,
    ) -> Result<ControlFlow<B>> {
        let file = FileNo::segment(number);
        let handle = self.shared.handle(Room::Journal, file)?;
        let (path, name) = self.shared.path_of(Room::Journal, file)?;
        let mut lines = LinesBack::new(&*handle, segment.len);
        let mut behind = 0;
        while let Some((offset, bytes)) = lines.next().context("read", &path)? {
            let bad = |problem| {
                let number = segment.lines.saturating_sub(behind);
                JournalError::damaged(&name, number, problem)
            };
            let line = line::parse_line(bytes).map_err(bad)?;
            behind += 1;
            if line.seq >= before {
                continue;
            }
            let len = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
            let found = f(&EntryRef::of(&line, Loc { file, offset, len }));
            if found.is_break() {
                return Ok(found);
            }
        }
        Ok(ControlFlow::Continue(()))
    }
}

/// The whole lines of a file, the last one first.
struct LinesBack<'f> {
    file: &'f dyn DiskFile,
    /// What was read; it begins at `offset` in the file.
    buffer: Vec<u8>,
    offset: u64,
    /// Bytes of it that are not given yet: whole lines with their newlines.
    left: usize,
}

impl<'f> LinesBack<'f> {
    /// Of the file's first `len` bytes, which end with a newline.
    fn new(file: &'f dyn DiskFile, len: u64) -> Self {
        Self {
            file,
            buffer: Vec::new(),
            offset: len,
            left: 0,
        }
    }

    /// The next line, without its newline, and where it begins.
    fn next(&mut self) -> io::Result<Option<(u64, &[u8])>> {
        let start = loop {
            let before = &self.buffer[..self.left.saturating_sub(1)];
            if let Some(at) = memchr::memrchr(b'\n', before) {
                break at + 1;
            }
            if self.offset == 0 {
                break 0;
            }
            self.fill()?;
        };
        if self.left == 0 {
            return Ok(None);
        }
        let line = start..self.left - 1;
        self.left = start;
        Ok(Some((self.offset + start as u64, &self.buffer[line])))
    }

    /// Reads a bite before what is left.
    fn fill(&mut self) -> io::Result<()> {
        if self.left > LONGEST_LINE {
            return Err(io::Error::other("a line is too long to be one"));
        }
        let bite = self.offset.min(BITE.max(self.left as u64));
        self.offset -= bite;
        // At most the longest line's length.
        let bite = usize::try_from(bite).map_err(io::Error::other)?;
        let mut bytes = vec![0; bite];
        self.file.read_exact_at(&mut bytes, self.offset)?;
        bytes.extend_from_slice(&self.buffer[..self.left]);
        self.left = bytes.len();
        self.buffer = bytes;
        Ok(())
    }
}
