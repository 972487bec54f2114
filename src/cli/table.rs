//! Columns for people: as wide as what stands in them.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use crate::model::text::{pad, pad_start, plain};

/// Between two columns.
const GAP: &str = "  ";

/// A column's heading, and whether numbers stand in it.
pub(super) type Column = (&'static str, Side);

/// On which side a column's texts stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Left,
    Right,
}

/// Rows under headings.
#[derive(Debug)]
pub(super) struct Table {
    columns: Vec<Column>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// No rows yet.
    pub fn new(columns: impl Into<Vec<Column>>) -> Self {
        Self {
            columns: columns.into(),
            rows: Vec::new(),
        }
    }

    /// One more row; texts from data are made safe to print.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        let cells = cells.into_iter().map(|cell| plain(&cell).into_owned());
        self.rows.push(cells.collect());
    }

    /// Writes headings and rows.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        let head: Vec<_> = self
            .columns
            .iter()
            .map(|(name, _)| (*name).to_owned())
            .collect();
        self.line(&head, &self.widths(), out)?;
        self.write_rows(out)
    }

    /// Writes the rows alone.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write_rows(&self, out: &mut dyn Write) -> io::Result<()> {
        let widths = self.widths();
        self.rows
            .iter()
            .try_for_each(|row| self.line(row, &widths, out))
    }

    fn line(&self, row: &[String], widths: &[usize], out: &mut dyn Write) -> io::Result<()> {
        let mut line = String::new();
        let columns = row.iter().zip(widths).zip(&self.columns);
        for (index, ((cell, width), (_, side))) in columns.enumerate() {
            if index > 0 {
                line.push_str(GAP);
            }
            line.push_str(&match side {
                Side::Left => pad(cell, *width),
                Side::Right => pad_start(cell, *width),
            });
        }
        writeln!(out, "{}", line.trim_end())
    }

    fn widths(&self) -> Vec<usize> {
        self.columns
            .iter()
            .enumerate()
            .map(|(index, (name, _))| {
                let cells = self.rows.iter().filter_map(|row| row.get(index));
                cells
                    .map(|cell| cell.width())
                    .max()
                    .unwrap_or(0)
                    .max(name.width())
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned_by_what_is_seen() {
        let mut table = Table::new([("Ort", Side::Left), ("Kr", Side::Right)]);
        table.row(["Åre".to_owned(), "1".to_owned()]);
        table.row(["日本\u{1b}".to_owned(), "1 000".to_owned()]);
        let mut out = Vec::new();
        table.write(&mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(text, "Ort      Kr\nÅre       1\n日本  1 000\n");
    }
}
