//! Events as JSON Lines (the README, "Events"): one event a line, UTF-8.
//!
//! A byte order mark at the start and `\r\n` are accepted, blank lines are
//! skipped; every other line is an event or a refusal.

mod parallel;
#[cfg(test)]
mod tests;

use std::io::{self, Read};

use super::{
    item::{Events, Item, Refusal},
    lines::{self, Lines, Raw},
};
use crate::model::{
    event::{self, Event},
    patient::Patient,
};

pub use parallel::{read_parallel, read_prepared};

/// Reads events line by line in one buffer.
pub struct Reader<R> {
    lines: Lines<R>,
    buffer: Vec<u8>,
}

impl<R: Read> Reader<R> {
    /// Reads from `input`, which needs no buffer of its own.
    pub fn new(input: R) -> Self {
        Self {
            lines: Lines::new(input),
            buffer: Vec::new(),
        }
    }

    /// The next line that is not blank; `None` at the end.
    ///
    /// # Errors
    /// Those of the input. A line that is no event is an item with a refusal.
    #[allow(
        clippy::should_implement_trait,
        reason = "the item borrows from the reader, which Iterator cannot say"
    )]
    pub fn next(&mut self) -> io::Result<Option<Item<'_>>> {
        loop {
            self.buffer.clear();
            let Some(raw) = self.lines.append_next(&mut self.buffer)? else {
                return Ok(None);
            };
            // Not returned from inside the loop: the buffer is needed again.
            if raw.too_long || !lines::blank(&self.buffer[raw.range.clone()]) {
                let text = &self.buffer[raw.range.clone()];
                return Ok(Some(Item {
                    line: raw.line,
                    text,
                    result: judge(&raw, text).map(Events::One),
                }));
            }
        }
    }
}

/// Reads one line that is not blank.
fn judge(raw: &Raw, text: &[u8]) -> Result<Event<Patient>, Refusal> {
    if raw.too_long {
        return Err(Refusal::line(lines::TOO_LONG));
    }
    event::parse(text).map_err(|error| match std::str::from_utf8(text) {
        Err(broken) => Refusal::line(lines::not_utf8(&broken)),
        Ok(_) => Refusal::from(error),
    })
}
