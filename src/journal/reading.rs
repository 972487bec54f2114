//! Lines of a file, in large bites.

use std::io;

use super::disk::DiskFile;

const BITE: usize = 1 << 20;
/// No line that was ever written is longer than this.
pub(super) const LONGEST_LINE: usize = 256 << 20;

/// A line, or what stands after the last newline.
pub(super) struct RawLine<'a> {
    /// Bytes before it in the file.
    pub offset: u64,
    /// Without its newline.
    pub bytes: &'a [u8],
    /// Whether a newline ends it.
    pub ended: bool,
}

/// Reads the lines of `file` between two offsets.
pub(super) struct Lines<'f> {
    file: &'f dyn DiskFile,
    buffer: Vec<u8>,
    /// The unread part of the buffer.
    start: usize,
    end: usize,
    /// Where the buffer's unread part begins in the file.
    offset: u64,
    limit: u64,
    bite: usize,
}

impl<'f> Lines<'f> {
    pub(super) fn new(file: &'f dyn DiskFile, from: u64, limit: u64) -> Self {
        Self::biting(file, from, limit, BITE)
    }

    /// For few lines: reads `bite` bytes at a time.
    pub(super) fn biting(file: &'f dyn DiskFile, from: u64, limit: u64, bite: usize) -> Self {
        Self {
            file,
            bite,
            buffer: Vec::new(),
            start: 0,
            end: 0,
            offset: from,
            limit,
        }
    }

    pub(super) fn next(&mut self) -> io::Result<Option<RawLine<'_>>> {
        let mut looked = self.start;
        let (end, ended) = loop {
            if let Some(at) = memchr::memchr(b'\n', &self.buffer[looked..self.end]) {
                break (looked + at, true);
            }
            let seen = self.end - self.start;
            if !self.fill()? {
                break (self.end, false);
            }
            looked = self.start + seen;
        };
        let (start, offset) = (self.start, self.offset);
        if start == end && !ended {
            return Ok(None);
        }
        let taken = end - start + usize::from(ended);
        self.start += taken;
        self.offset += taken as u64;
        Ok(Some(RawLine {
            offset,
            bytes: &self.buffer[start..end],
            ended,
        }))
    }

    /// Reads on behind what is unread; `false` at the limit.
    fn fill(&mut self) -> io::Result<bool> {
        let unread = self.end - self.start;
        let left = self.limit.saturating_sub(self.offset + unread as u64);
        if left == 0 {
            return Ok(false);
        }
        if unread > LONGEST_LINE {
            return Err(io::Error::other("a line is too long to be one"));
        }
        self.buffer.copy_within(self.start..self.end, 0);
        (self.start, self.end) = (0, unread);
        let bite = usize::try_from(left)
            .unwrap_or(self.bite)
            .min(self.bite.max(unread));
        if self.buffer.len() < unread + bite {
            self.buffer.resize(unread + bite, 0);
        }
        let into = &mut self.buffer[unread..unread + bite];
        self.file.read_exact_at(into, self.offset + unread as u64)?;
        self.end = unread + bite;
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::journal::{Disk, SimDisk};

    #[test]
    fn lines_longer_than_a_bite_come_whole() {
        let disk = SimDisk::new();
        let file = disk.create(Path::new("/a")).unwrap();
        let lengths = [0, 5, BITE - 1, BITE, 3 * BITE + 7, 1];
        for len in lengths {
            file.append(&vec![b'x'; len]).unwrap();
            file.append(b"\n").unwrap();
        }
        file.append(b"torn").unwrap();
        let mut lines = Lines::new(&*file, 0, file.stamp().unwrap().len);
        let mut offset = 0;
        for len in lengths {
            let line = lines.next().unwrap().unwrap();
            assert_eq!(
                (line.offset, line.bytes.len(), line.ended),
                (offset, len, true)
            );
            offset += len as u64 + 1;
        }
        let rest = lines.next().unwrap().unwrap();
        assert_eq!(
            (rest.offset, rest.bytes, rest.ended),
            (offset, &b"torn"[..], false)
        );
        assert!(lines.next().unwrap().is_none());
    }
}
