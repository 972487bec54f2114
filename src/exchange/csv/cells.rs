//! Telling the cells of a row apart (RFC 4180, with `,` or `;`).
//!
//! The csv crate is too lenient for a file of record: it takes a stray quote
//! for text, joins what follows an unclosed one up to the end of the file, and
//! does not keep a refused row's own bytes.

use super::Fault;

/// The cells of one row, in one text that is used again for the next.
#[derive(Default)]
pub(super) struct Cells {
    text: String,
    ends: Vec<usize>,
    delimiter: char,
    state: State,
}

#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum State {
    #[default]
    CellStart,
    Plain,
    Quoted,
    /// After a quote in a quoted cell: its end, or the first of two.
    QuoteInQuoted,
}

impl Cells {
    pub(super) fn begin(&mut self, delimiter: char) {
        self.text.clear();
        self.ends.clear();
        self.delimiter = delimiter;
        self.state = State::CellStart;
    }

    /// Takes one line of the row, without its end. Tells whether the row is
    /// complete; else a quoted cell goes on in the next line.
    pub(super) fn feed(&mut self, line: &str) -> Result<bool, Fault> {
        if self.state == State::Quoted {
            self.text.push('\n');
        }
        for char in line.chars() {
            self.step(char).map_err(|problem| Fault {
                cell: Some(self.open_cell()),
                problem: problem.to_owned(),
            })?;
        }
        if self.state == State::Quoted {
            return Ok(false);
        }
        self.ends.push(self.text.len());
        Ok(true)
    }

    fn step(&mut self, char: char) -> Result<(), &'static str> {
        self.state = match (self.state, char) {
            (State::CellStart, '"') => State::Quoted,
            (State::Quoted, '"') => State::QuoteInQuoted,
            (State::QuoteInQuoted, '"') => {
                self.text.push('"');
                State::Quoted
            }
            (State::Quoted, _) => {
                self.text.push(char);
                State::Quoted
            }
            (_, _) if char == self.delimiter => {
                self.ends.push(self.text.len());
                State::CellStart
            }
            (State::Plain, '"') => {
                return Err("a quote inside a cell; put the whole cell in quotes and double it");
            }
            (State::QuoteInQuoted, _) => {
                return Err(
                    "text after the closing quote; put a delimiter between, or double the quote",
                );
            }
            (State::CellStart | State::Plain, _) => {
                self.text.push(char);
                State::Plain
            }
        };
        Ok(())
    }

    /// The cell that is being read, from 0.
    pub(super) fn open_cell(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn count(&self) -> usize {
        self.ends.len()
    }

    /// A cell without the blanks around it; empty where there is none.
    pub(super) fn get(&self, index: usize) -> &str {
        let Some(&end) = self.ends.get(index) else {
            return "";
        };
        let start = index.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.text[start..end].trim()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(lines: &[&str], delimiter: char) -> Result<Vec<String>, (usize, String)> {
        let mut cells = Cells::default();
        cells.begin(delimiter);
        let mut complete = false;
        for line in lines {
            complete = cells
                .feed(line)
                .map_err(|fault| (fault.cell.unwrap(), fault.problem))?;
        }
        assert!(complete);
        Ok((0..cells.count())
            .map(|index| cells.get(index).to_owned())
            .collect())
    }

    #[test]
    fn quotes_hold_delimiters_quotes_and_line_ends() {
        assert_eq!(split(&["a,b,c"], ',').unwrap(), ["a", "b", "c"]);
        assert_eq!(split(&["a;b,c;"], ';').unwrap(), ["a", "b,c", ""]);
        assert_eq!(
            split(&[r#""a,b","say ""hej""","""""#], ',').unwrap(),
            ["a,b", "say \"hej\"", "\""]
        );
        assert_eq!(
            split(&["1,\"two", "", "lines\",3"], ',').unwrap(),
            ["1", "two\n\nlines", "3"]
        );
        assert_eq!(split(&["\"\",é"], ',').unwrap(), ["", "é"]);
    }

    #[test]
    fn stray_quotes_are_refused() {
        assert_eq!(split(&["a,b\"c"], ',').unwrap_err().0, 1);
        assert_eq!(split(&["a,\"b\"c"], ',').unwrap_err().0, 1);
        assert_eq!(split(&["\"a\" ,b"], ',').unwrap_err().0, 0);
    }
}
