//! A place in a list.

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
    Down,
    Up,
    PageDown,
    PageUp,
    First,
    Last,
}

impl Place {
    /// Moves in a list of `len` lines of which `height` are seen.
    pub fn go(&mut self, how: Move, len: usize, height: usize) {
        let page = height.saturating_sub(1).max(1);
        let at = match how {
            Move::Down => self.at.saturating_add(1),
            Move::Up => self.at.saturating_sub(1),
            Move::PageDown => self.at.saturating_add(page),
            Move::PageUp => self.at.saturating_sub(page),
            Move::First => 0,
            Move::Last => usize::MAX,
        };
        self.select(at, len, height);
    }

    /// Selects a line, or the last one where there are fewer, and brings it
    /// into view with as little scrolling as possible.
    pub fn select(&mut self, at: usize, len: usize, height: usize) {
        self.at = at.min(len.saturating_sub(1));
        let height = height.max(1);
        if self.at < self.top {
            self.top = self.at;
        } else if self.at >= self.top + height {
            self.top = self.at + 1 - height;
        }
        self.top = self.top.min(len.saturating_sub(height));
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
        place.go(Move::Up, 10, 4);
        assert_eq!(place, Place { at: 0, top: 0 });
        place.go(Move::Last, 10, 4);
        assert_eq!(place, Place { at: 9, top: 6 });
        place.go(Move::PageUp, 10, 4);
        assert_eq!(place, Place { at: 6, top: 6 });
        place.keep(3, 4);
        assert_eq!(place, Place { at: 2, top: 0 });
        place.keep(0, 0);
        assert_eq!(place, Place { at: 0, top: 0 });
        place.go(Move::Down, 0, 0);
        assert_eq!(place, Place { at: 0, top: 0 });
    }
}
