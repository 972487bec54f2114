//! Where the journal stood at a moment, or after an entry.

use chrono::{DateTime, Utc};

use super::chain::BATCH_KIND;
use super::disk::DiskFile;
use super::error::{Context, JournalError, Result};
use super::line;
use super::loc::FileNo;
use super::reader::Reader;
use super::reading::Lines;
use super::shared::{Room, Segment};

/// A position that the journal once ended at. An import is never half there:
/// all its entries are true with the batch line that announces them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stood {
    /// The last entry.
    pub seq: u64,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
}

/// A line of a segment, as far as it is needed here.
struct Found {
    stood: Stood,
    batch: bool,
    /// Where the next line begins.
    end: u64,
}

impl Reader {
    /// Where the journal stood at a moment: after the last entry that was
    /// recorded at or before it. Nothing before the first one.
    ///
    /// # Errors
    /// When a line cannot be read.
    pub fn stood_at(&self, at: DateTime<Utc>) -> Result<Option<Stood>> {
        self.last_line(|line| line.recorded_at <= at)
    }

    /// Where the journal stood when entry `seq` was its newest; within an
    /// import, at the import's end. Nothing before the first entry.
    ///
    /// # Errors
    /// When a line cannot be read.
    pub fn stood_after(&self, seq: u64) -> Result<Option<Stood>> {
        self.last_line(|line| line.seq <= seq)
    }

    /// The last line for which something holds that holds for all before it.
    fn last_line(&self, holds: impl Fn(&Stood) -> bool) -> Result<Option<Stood>> {
        let segments = self.shared.state().segments.clone();
        let ends_so = |segment: &Segment| {
            holds(&Stood {
                seq: segment.head.next_seq - 1,
                recorded_at: segment.head.recorded_at,
            })
        };
        let whole = segments.partition_point(ends_so);
        if let Some(segment) = segments.get(whole) {
            // Segments are numbered from 1, and there are fewer than 2^32.
            let number = u32::try_from(whole + 1).unwrap_or(u32::MAX);
            if let Some(found) = self.last_line_in(number, segment, &holds)? {
                return Ok(Some(self.with_batch(found)));
            }
        }
        let before = whole.checked_sub(1).and_then(|last| segments.get(last));
        Ok(before.map(|segment| segment.head).and_then(|head| {
            (head.next_seq > 1).then_some(Stood {
                seq: head.next_seq - 1,
                recorded_at: head.recorded_at,
            })
        }))
    }

    /// Halves the stretch in which the line begins, so that a long segment
    /// costs some twenty reads.
    fn last_line_in(
        &self,
        number: u32,
        segment: &Segment,
        holds: &impl Fn(&Stood) -> bool,
    ) -> Result<Option<Found>> {
        let number = FileNo::segment(number);
        let file = self.shared.handle(Room::Journal, number)?;
        let (path, _) = self.shared.path_of(Room::Journal, number)?;
        let (mut from, mut to, mut last) = (0, segment.len, None);
        while from < to {
            let middle = from + (to - from) / 2;
            let found = line_from(&*file, from, middle, segment.len).context("read", &path)?;
            match found {
                Some(Ok((start, found))) if start < to && holds(&found.stood) => {
                    from = found.end;
                    last = Some(found);
                }
                Some(Err(problem)) => {
                    let place = format!("{}: {problem}", path.display());
                    return Err(JournalError::NoSuchRecord(place));
                }
                // What begins at or after the middle does not hold.
                _ => to = middle,
            }
        }
        Ok(last)
    }

    fn with_batch(&self, found: Found) -> Stood {
        if !found.batch {
            return found.stood;
        }
        let state = self.shared.state();
        let batches = &state.batches;
        let at = batches.binary_search_by_key(&found.stood.seq, |batch| batch.info.seq);
        let end = at.map(|at| batches[at].info.next_seq() - 1);
        Stood {
            seq: end.unwrap_or(found.stood.seq),
            ..found.stood
        }
    }
}

/// The first line that begins at or after `middle`, where lines are known to
/// begin at `from`; and where it begins.
fn line_from(
    file: &dyn DiskFile,
    from: u64,
    middle: u64,
    limit: u64,
) -> std::io::Result<Option<std::result::Result<(u64, Found), line::Problem>>> {
    let mut lines = Lines::biting(file, middle.max(from + 1) - 1, limit, SMALL_BITE);
    if middle > from {
        // The rest of a line, empty where one begins at the middle.
        lines.next()?;
    }
    let Some(raw) = lines.next()? else {
        return Ok(None);
    };
    Ok(Some(line::parse_line(raw.bytes).map(|line| {
        let found = Found {
            stood: Stood {
                seq: line.seq,
                recorded_at: line.recorded_at,
            },
            batch: line.kind == BATCH_KIND,
            end: raw.offset + raw.bytes.len() as u64 + 1,
        };
        (raw.offset, found)
    })))
}

/// Lines are mostly short.
const SMALL_BITE: usize = 8 << 10;
