//! The board: which rows are shown, in which order, and where one is.

use std::{fmt::Write as _, sync::Arc};

use tui_input::Input;

use super::sort::{Sort, ends_at};
use crate::{
    console::{
        action::Command,
        form,
        list::{Move, Place},
    },
    desk::{
        reply::{Board, BoardRow},
        request::BoardAsk,
    },
    model::{ids::EpisodeId, place::PayerCode, time::Instant},
    text::{Lang, console},
};

/// The board's state.
#[derive(Debug, Clone, Default)]
pub struct BoardPage {
    /// What the desk answered last; none before the first answer.
    pub board: Option<Arc<Board>>,
    /// Rows shown, as places in the board.
    pub shown: Vec<u32>,
    /// The selected row and the first one on the screen.
    pub place: Place,
    /// The filter's text.
    pub filter: Input,
    /// Whether the filter is being typed.
    pub typing: bool,
    /// The order.
    pub sort: Sort,
    /// Whether it is turned round.
    pub reversed: bool,
    /// Whether stays that are not ready are shown.
    pub all: bool,
    /// The only payer shown.
    pub payer: Option<PayerCode>,
    /// Serial of the answer that is shown.
    pub applied: u64,
    /// Serial of the last question, while its answer is awaited.
    pub awaited: Option<u64>,
    /// Whether something changed since that question was asked.
    pub again: bool,
    /// What the filter looks in, row by row; made when first needed.
    haystacks: Vec<String>,
}

impl BoardPage {
    /// The question for all rows, or only the most urgent ones.
    #[must_use]
    pub fn ask(&self, limit: Option<usize>) -> BoardAsk {
        BoardAsk {
            payer: None,
            all: self.all,
            limit,
        }
    }

    /// The selected row.
    #[must_use]
    pub fn selected(&self) -> Option<&BoardRow> {
        self.row(self.place.at)
    }

    /// A shown row, from 0.
    #[must_use]
    pub fn row(&self, at: usize) -> Option<&BoardRow> {
        let index = *self.shown.get(at)?;
        self.board.as_ref()?.rows.get(index as usize)
    }

    /// Takes an answer; the selection follows its stay.
    pub fn take(&mut self, board: Arc<Board>, lang: Lang, height: usize) {
        let selected = self.selected().map(|row| row.line.episode.clone());
        self.board = Some(board);
        self.haystacks.clear();
        self.arrange(lang, height, selected.as_ref());
    }

    /// Filters and orders anew; the selection follows its stay.
    pub fn rearrange(&mut self, lang: Lang, height: usize) {
        let selected = self.selected().map(|row| row.line.episode.clone());
        self.arrange(lang, height, selected.as_ref());
    }

    /// Forgets what depends on the language.
    pub fn relabel(&mut self, lang: Lang, height: usize) {
        self.haystacks.clear();
        self.rearrange(lang, height);
    }

    fn arrange(&mut self, lang: Lang, height: usize, selected: Option<&EpisodeId>) {
        let Some(board) = self.board.clone() else {
            return;
        };
        let words = needles(self.filter.value());
        if !words.is_empty() && self.haystacks.len() != board.rows.len() {
            self.haystacks = board.rows.iter().map(|row| haystack(row, lang)).collect();
        }
        let matches = |index: usize, row: &BoardRow| {
            self.payer.is_none_or(|payer| row.line.payer == Some(payer))
                && words
                    .iter()
                    .all(|word| self.haystacks[index].contains(word.as_str()))
        };
        let rows = board.rows.iter().enumerate();
        self.shown = rows
            .filter(|(index, row)| matches(*index, row))
            .map(|(index, _)| index as u32)
            .collect();
        if self.sort != Sort::Urgency {
            let rows = &board.rows;
            let by = |a: &u32, b: &u32| self.sort.compare(&rows[*a as usize], &rows[*b as usize]);
            self.shown.sort_by(by);
        }
        if self.reversed {
            self.shown.reverse();
        }
        let at = selected.and_then(|episode| {
            let is = |index: &u32| &board.rows[*index as usize].line.episode == episode;
            self.shown.iter().position(is)
        });
        self.place
            .select(at.unwrap_or(self.place.at), self.shown.len(), height);
    }

    /// Moves the selection.
    pub fn go(&mut self, how: Move, height: usize) {
        self.place.go(how, self.shown.len(), height);
    }

    /// Writes in the filter; the first match is selected.
    pub fn write_filter(&mut self, text: &str, lang: Lang, height: usize) {
        for char in text.chars().filter(|char| !char.is_control()) {
            self.filter
                .handle(tui_input::InputRequest::InsertChar(char));
        }
        self.place = Place::default();
        self.arrange(lang, height, None);
    }

    /// Edits the filter by a key.
    pub fn edit_filter(&mut self, command: Command, lang: Lang, height: usize) {
        let Some(request) = form::edit_request(command) else {
            return;
        };
        if self
            .filter
            .handle(request)
            .is_some_and(|changed| changed.value)
        {
            self.rearrange(lang, height);
        }
    }

    /// Takes filter and payer away. Says whether there was anything.
    pub fn clear_filter(&mut self, lang: Lang, height: usize) -> bool {
        let had = !self.filter.value().is_empty() || self.payer.is_some() || self.typing;
        self.filter.reset();
        self.payer = None;
        self.typing = false;
        self.rearrange(lang, height);
        had
    }

    /// Shows only the selected row's payer, or all of them again. Says
    /// whether that could be done.
    pub fn toggle_payer(&mut self, lang: Lang, height: usize) -> bool {
        if self.payer.take().is_none() {
            self.payer = self.selected().and_then(|row| row.line.payer);
            if self.payer.is_none() {
                return false;
            }
        }
        self.rearrange(lang, height);
        true
    }

    /// Whether a boundary has passed since the board was made, so that its
    /// states are no longer true.
    #[must_use]
    pub fn is_overtaken(&self, now: Instant) -> bool {
        let Some(board) = &self.board else {
            return false;
        };
        let Some(then) = board.head.now else {
            return false;
        };
        let passed = |row: &BoardRow| ends_at(row).is_some_and(|end| then < end && end <= now);
        board.rows.iter().any(passed)
    }
}

/// The filter's words, each of which a row must hold.
fn needles(filter: &str) -> Vec<String> {
    filter.split_whitespace().map(str::to_lowercase).collect()
}

fn haystack(row: &BoardRow, lang: Lang) -> String {
    let line = &row.line;
    let mut text = format!("{} {} {}", line.episode, line.ward, row.hospital);
    // Writing to a String cannot fail.
    let _ = write!(text, " {}", console::state(line.state, lang));
    // A filter that finds a hidden name would tell it.
    if let Some(name) = row.patient.name.as_ref().filter(|_| !row.patient.protected) {
        let _ = write!(text, " {name}");
    }
    if row.patient.protected {
        let _ = write!(text, " {}", console::Say::Masked.text(lang));
    }
    if let Some(payer) = line.payer {
        let _ = write!(text, " {payer} {}", payer.name());
    }
    for flag in &line.flags {
        let _ = write!(text, " {}", console::flag(flag.code, lang));
    }
    text.to_lowercase()
}
