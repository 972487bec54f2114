//! Events as CSV, one stay a row; `header` has the columns.
//!
//! The header is checked strictly, and its delimiter (`,` or `;`) is that of
//! the file. Cells are trimmed; an empty one says nothing. The events of a row
//! stand or fall together: a refused row gives none.

mod cells;
mod header;
mod row;
#[cfg(test)]
mod tests;

use std::io::{self, Read};

use super::{
    item::{Events, Item, Refusal},
    lines::{self, Lines, Raw},
};
use cells::Cells;
use header::Header;

/// Reads stays row by row.
pub struct Reader<R> {
    lines: Lines<R>,
    buffer: Vec<u8>,
    cells: Cells,
    state: State,
}

enum State {
    Start,
    Rows(Header),
    /// The end, or a header with which no row can be read.
    Over,
}

impl<R: Read> Reader<R> {
    /// Reads from `input`, which needs no buffer of its own.
    pub fn new(input: R) -> Self {
        Self {
            lines: Lines::new(input),
            buffer: Vec::new(),
            cells: Cells::default(),
            state: State::Start,
        }
    }

    /// The next row that is not blank; `None` at the end. A header that is
    /// refused is the only item of its file.
    ///
    /// # Errors
    /// Those of the input. A row that is no stay is an item with a refusal.
    #[allow(
        clippy::should_implement_trait,
        reason = "the item borrows from the reader, which Iterator cannot say"
    )]
    pub fn next(&mut self) -> io::Result<Option<Item<'_>>> {
        if matches!(self.state, State::Start)
            && let Err((line, refusal)) = self.read_header()?
        {
            self.state = State::Over;
            return Ok(Some(Item {
                line,
                text: &self.buffer,
                result: Err(refusal),
            }));
        }
        let State::Rows(header) = &self.state else {
            return Ok(None);
        };
        let row = read_row(
            &mut self.lines,
            &mut self.buffer,
            &mut self.cells,
            header.delimiter,
        )?;
        let Some((line, start, read)) = row else {
            self.state = State::Over;
            return Ok(None);
        };
        let result = read
            .map_err(|fault| header.refuse(fault))
            .and_then(|()| header.check_count(&self.cells))
            .and_then(|()| row::events(header, &self.cells));
        Ok(Some(Item {
            line,
            text: &self.buffer[start..],
            result: result.map(Events::Row),
        }))
    }

    fn read_header(&mut self) -> io::Result<Result<(), (u64, Refusal)>> {
        let Some(raw) = next_line(&mut self.lines, &mut self.buffer)? else {
            let missing = "the header is missing; name the columns in the first line";
            return Ok(Err((1, Refusal::line(missing))));
        };
        let read = text_of(&raw, &self.buffer)
            .map_err(|fault| Refusal::line(fault.problem))
            .and_then(|text| Header::read(text, &mut self.cells));
        Ok(match read {
            Ok(header) => {
                self.state = State::Rows(header);
                Ok(())
            }
            Err(mut refusal) => {
                self.buffer.drain(..raw.range.start);
                refusal
                    .problem
                    .push_str(" (in the header; no row was read)");
                Err((raw.line, refusal))
            }
        })
    }
}

/// What is wrong in a row, and in which cell where that can be said.
struct Fault {
    cell: Option<usize>,
    problem: String,
}

impl Fault {
    fn row(problem: impl Into<String>) -> Self {
        Self {
            cell: None,
            problem: problem.into(),
        }
    }
}

/// A row's line number, where it starts in the buffer, and whether its cells
/// could be told apart.
type Row = (u64, usize, Result<(), Fault>);

/// Reads one row into `cells`; its text is the rest of `buffer`.
fn read_row<R: Read>(
    input: &mut Lines<R>,
    buffer: &mut Vec<u8>,
    cells: &mut Cells,
    delimiter: char,
) -> io::Result<Option<Row>> {
    let Some(first) = next_line(input, buffer)? else {
        return Ok(None);
    };
    let start = first.range.start;
    cells.begin(delimiter);
    let mut raw = first.clone();
    loop {
        let fed = text_of(&raw, buffer).and_then(|text| cells.feed(text));
        match fed {
            Ok(true) => return Ok(Some((first.line, start, Ok(())))),
            Err(fault) => return Ok(Some((first.line, start, Err(fault)))),
            Ok(false) => {}
        }
        let fault = if buffer.len() - start > lines::LONGEST {
            Some("the row is longer than 64 KiB; look for a quote that is not closed")
        } else {
            buffer.push(b'\n');
            match input.append_next(buffer)? {
                Some(next) => {
                    raw = next;
                    None
                }
                None => Some("a quote is not closed before the end of the file"),
            }
        };
        if let Some(problem) = fault {
            let fault = Fault {
                cell: Some(cells.open_cell()),
                problem: problem.to_owned(),
            };
            return Ok(Some((first.line, start, Err(fault))));
        }
    }
}

/// Reads the next line that is not blank into an emptied buffer.
fn next_line<R: Read>(input: &mut Lines<R>, buffer: &mut Vec<u8>) -> io::Result<Option<Raw>> {
    loop {
        buffer.clear();
        match input.append_next(buffer)? {
            Some(raw) if !raw.too_long && lines::blank(&buffer[raw.range.clone()]) => {}
            other => return Ok(other),
        }
    }
}

fn text_of<'a>(raw: &Raw, buffer: &'a [u8]) -> Result<&'a str, Fault> {
    if raw.too_long {
        return Err(Fault::row(
            "the line is longer than 64 KiB; write one stay a row",
        ));
    }
    std::str::from_utf8(&buffer[raw.range.clone()])
        .map_err(|broken| Fault::row(lines::not_utf8(&broken)))
}
