//! Which branches of a tree are unfolded.

use std::collections::BTreeSet;

/// What was unfolded and folded by hand, over how the tree is at first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folds {
    /// All of them open, or none, since that was asked for.
    all: Option<bool>,
    /// Branches that stand otherwise.
    turned: BTreeSet<String>,
}

impl Folds {
    /// Whether a branch is open; `at_first` is how it is by itself.
    #[must_use]
    pub fn is_open(&self, branch: &str, at_first: bool) -> bool {
        self.all.unwrap_or(at_first) != self.turned.contains(branch)
    }

    /// Opens a branch that is closed, and the other way round.
    pub fn turn(&mut self, branch: &str) {
        if !self.turned.remove(branch) {
            self.turned.insert(branch.to_owned());
        }
    }

    /// Opens or closes all of them.
    pub fn all(&mut self, open: bool) {
        self.all = Some(open);
        self.turned.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn branches_turn_over_what_they_are_at_first_and_all_of_them_at_once() {
        let mut folds = Folds::default();
        assert!(folds.is_open("a", true) && !folds.is_open("b", false));
        folds.turn("a");
        folds.turn("b");
        assert!(!folds.is_open("a", true) && folds.is_open("b", false));
        folds.all(true);
        assert!(folds.is_open("a", true) && folds.is_open("b", false));
        folds.turn("a");
        assert!(!folds.is_open("a", false));
        folds.all(false);
        assert!(!folds.is_open("a", true) && !folds.is_open("b", true));
    }
}
