//! Reads of a file that does not change, many of them near each other.
//!
//! Events of a stay lie near each other in a batch, and between those of the
//! stays beside it, so that pages of the file are kept for the next reads. No
//! more than [`PAGES`] are: a file in an order by chance costs one page a
//! read, and never much memory.

use std::io::{self, ErrorKind};
use std::sync::Arc;

use super::disk::DiskFile;

/// Bytes of a page: small, so that reads far apart waste little.
const PAGE: usize = 8 << 10;
/// Pages that are kept: 8 MiB.
const PAGES: u64 = 1024;

/// A file's first bytes, with the pages of it that were read last.
pub(super) struct Pages {
    file: Arc<dyn DiskFile>,
    /// Bytes of the file that do not change.
    bytes: u64,
    /// A page is kept at its number modulo [`PAGES`].
    kept: Vec<Option<(u64, Box<[u8]>)>>,
}

impl Pages {
    pub fn new(file: Arc<dyn DiskFile>, bytes: u64) -> Self {
        let kept = (0..PAGES).map(|_| None).collect();
        Self { file, bytes, kept }
    }

    /// Puts bytes together, in place of what `into` holds, from the pages that
    /// they lie on.
    pub fn copy(&mut self, offset: u64, len: u32, into: &mut Vec<u8>) -> io::Result<()> {
        into.clear();
        let mut offset = offset;
        let end = offset.saturating_add(u64::from(len));
        if end > self.bytes {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        while offset < end {
            let number = offset / PAGE as u64;
            let page = self.page(number)?;
            let first = number * PAGE as u64;
            // Both within a page.
            let from = (offset - first) as usize;
            let to = (end - first).min(page.len() as u64) as usize;
            into.extend_from_slice(&page[from..to]);
            offset = first + to as u64;
        }
        Ok(())
    }

    fn page(&mut self, number: u64) -> io::Result<&[u8]> {
        // Below PAGES.
        let kept = &mut self.kept[(number % PAGES) as usize];
        if kept.as_ref().is_none_or(|(known, _)| *known != number) {
            let first = number * PAGE as u64;
            let len = (self.bytes - first).min(PAGE as u64) as usize;
            let mut bytes = match kept.take() {
                Some((_, bytes)) if bytes.len() == len => bytes,
                _ => vec![0; len].into_boxed_slice(),
            };
            self.file.read_exact_at(&mut bytes, first)?;
            *kept = Some((number, bytes));
        }
        Ok(kept.as_ref().map_or(&[], |(_, bytes)| bytes))
    }
}
