//! A place in a list.

use super::action::Command;

/// The selected line of a list and the first one shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Place {
    /// Selected, from 0.
    pub at: usize,
    /// First one on the screen.
    pub top: usize,
}

/// A way to move in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Move {
    /// By so many lines.
    Down(usize),
    Up(usize),
    /// By so many pages.
    PageDown(usize),
    PageUp(usize),
    /// To a line, from 0.
    To(usize),
    Last,
}

impl Move {
    /// How a command moves, with the count typed before it: so many times, or
    /// to the line of that number. None for what moves nothing.
    #[must_use]
    pub fn of(command: Command, count: Option<usize>) -> Option<Self> {
        let times = count.unwrap_or(1);
        Some(match command {
            Command::Down => Self::Down(times),
            Command::Up => Self::Up(times),
            Command::PageDown => Self::PageDown(times),
            Command::PageUp => Self::PageUp(times),
            Command::First => Self::To(times.saturating_sub(1)),
            Command::Last => count.map_or(Self::Last, |line| Self::To(line.saturating_sub(1))),
            _ => return None,
        })
    }
}

impl Place {
    /// Moves in a list of `len` lines of which `height` are seen.
    pub fn go(&mut self, how: Move, len: usize, height: usize) {
        let page = height.saturating_sub(1).max(1);
        let at = match how {
            Move::Down(lines) => self.at.saturating_add(lines),
            Move::Up(lines) => self.at.saturating_sub(lines),
            Move::PageDown(pages) => self.at.saturating_add(page.saturating_mul(pages)),
            Move::PageUp(pages) => self.at.saturating_sub(page.saturating_mul(pages)),
            Move::To(line) => line,
            Move::Last => usize::MAX,
        };
        self.select(at, len, height);
    }

    /// Moves a text of `len` lines of which `height` are seen, where no line
    /// is selected.
    pub fn scroll(&mut self, how: Move, len: usize, height: usize) {
        let last = len.saturating_sub(height);
        self.at = self.top.min(last);
        self.go(how, last + 1, height);
        self.top = self.at;
    }

    /// Selects a line, or the last one where there are fewer, and brings it
    /// into view with as little scrolling as possible.
    pub fn select(&mut self, at: usize, len: usize, height: usize) {
        self.at = at.min(len.saturating_sub(1));
        let height = height.max(1);
        if self.at < self.top {
            self.top = self.at;
        } else if self.at >= self.top.saturating_add(height) {
            self.top = self.at + 1 - height;
        }
        self.top = self.top.min(len.saturating_sub(height));
    }

    /// Selects a line, or the last one, where it is not known how many are
    /// seen: what is shown moves no further than the selection asks for.
    pub fn follow(&mut self, at: usize, len: usize) {
        self.at = at.min(len.saturating_sub(1));
        self.top = self.top.min(self.at);
    }

    /// Keeps the place inside a list that changed.
    pub fn keep(&mut self, len: usize, height: usize) {
        self.select(self.at, len, height);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_selection_stays_in_view_and_in_the_list() {
        let mut place = Place::default();
        place.go(Move::Up(1), 10, 4);
        assert_eq!(place, Place { at: 0, top: 0 });
        place.go(Move::Last, 10, 4);
        assert_eq!(place, Place { at: 9, top: 6 });
        place.go(Move::PageUp(1), 10, 4);
        assert_eq!(place, Place { at: 6, top: 6 });
        place.keep(3, 4);
        assert_eq!(place, Place { at: 2, top: 0 });
        place.keep(0, 0);
        assert_eq!(place, Place { at: 0, top: 0 });
        place.go(Move::Down(1), 0, 0);
        assert_eq!(place, Place { at: 0, top: 0 });
    }

    #[test]
    fn a_text_scrolls_to_its_end_and_back_at_once() {
        let mut place = Place::default();
        place.scroll(Move::Last, 40, 10);
        assert_eq!(place.top, 30);
        place.scroll(Move::Up(1), 40, 10);
        assert_eq!(place.top, 29);
        place.scroll(Move::PageDown(3), 40, 10);
        assert_eq!(place.top, 30);
        place.scroll(Move::Down(1), 5, 10);
        assert_eq!(place.top, 0);
    }

    #[test]
    fn counts_move_by_as_much_and_no_number_is_too_large() {
        let mut place = Place::default();
        place.go(Move::Down(5), 100, 10);
        assert_eq!(place.at, 5);
        place.go(Move::PageDown(usize::MAX), 100, 10);
        assert_eq!(place.at, 99);
        place.go(Move::To(41), 100, 10);
        assert_eq!(place.at, 41);
    }
}
