//! A list to choose from; a disabled line says why.

use super::{
    action::{Action, Command},
    list::Place,
    screen::{sort::Sort, views::View},
};
use crate::{model::event::Kind, settings::preferences::Theme, text::console::Say};

/// What a line of a menu does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pick {
    /// Runs an action of the screen below.
    Run(Action),
    /// Orders the board.
    Sort(Sort),
    /// Shows a view of the program's own.
    OwnView(View),
    /// Shows a view that the user saved, from 0.
    View(usize),
    /// Shows all rows.
    NoView,
    /// Opens the form of an event for all marked stays.
    Bulk(Kind),
    /// Makes tones look so.
    Theme(Theme),
}

/// A line of a menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item {
    /// What it does.
    pub pick: Pick,
    /// Why it cannot be done now.
    pub disabled: Option<Say>,
}

/// An open menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Menu {
    /// Its title.
    pub title: Say,
    /// Its lines.
    pub items: Vec<Item>,
    /// Where one is.
    pub place: Place,
}

impl Menu {
    /// The orders of the board, the present one selected.
    #[must_use]
    pub fn sorts(now: Sort) -> Self {
        let items: Vec<_> = Sort::ALL
            .iter()
            .map(|sort| Item {
                pick: Pick::Sort(*sort),
                disabled: None,
            })
            .collect();
        let at = Sort::ALL.iter().position(|sort| *sort == now).unwrap_or(0);
        Self {
            title: Say::SortTitle,
            place: Place { at, top: 0 },
            items,
        }
    }

    /// A list with a title, the first line selected.
    #[must_use]
    pub fn of(title: Say, items: Vec<Item>) -> Self {
        Self {
            title,
            place: Place::default(),
            items,
        }
    }

    /// The actions of a stay.
    #[must_use]
    pub fn actions(items: Vec<Item>) -> Self {
        // The first thing that can be done is what is mostly meant.
        let at = items
            .iter()
            .position(|item| item.disabled.is_none())
            .unwrap_or(0);
        Self {
            title: Say::Actions,
            place: Place { at, top: 0 },
            items,
        }
    }
}

/// Actions of a stay that record no event of their own kind.
pub const OTHER_ACTIONS: [Command; 5] = [
    Command::Correct,
    Command::Void,
    Command::Settle,
    Command::Undo,
    Command::Reveal,
];
