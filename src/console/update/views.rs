//! Views of the board: those of the program, and those that the user saved.

use crate::{
    console::{
        list::Place,
        menu::{Item, Menu, Pick},
        palette::Entry,
        screen::{Screen, board::Chosen, sort::Sort, views::View},
        state::{Overlay, State},
    },
    text::console::Say,
};

impl State {
    pub(super) fn open_views(&mut self) {
        let lens = self.lens();
        let mut items = vec![Item {
            pick: Pick::NoView,
            disabled: None,
        }];
        items.extend(View::ALL.iter().map(|view| Item {
            pick: Pick::OwnView(*view),
            disabled: view.why_not(&lens),
        }));
        let saved = 0..self.settings.views.len();
        items.extend(saved.map(|index| Item {
            pick: Pick::View(index),
            disabled: None,
        }));
        let now = items.iter().position(|item| self.is_chosen(item.pick));
        let mut menu = Menu::of(Say::ViewsTitle, items);
        menu.place.at = now.unwrap_or(0);
        self.overlay = Some(Overlay::Menu(menu));
    }

    fn is_chosen(&self, pick: Pick) -> bool {
        match (pick, &self.board.chosen) {
            (Pick::NoView, Chosen::All) => true,
            (Pick::OwnView(view), Chosen::Own(chosen)) => view == *chosen,
            (Pick::View(index), Chosen::Saved(name)) => self.settings.views[index].name == *name,
            _ => false,
        }
    }

    /// The views, for the palette.
    pub(super) fn view_entries(&self) -> Vec<Entry> {
        let (lens, label) = (self.lens(), Say::SavedView.text(self.lang));
        let own = View::ALL.iter().map(|view| Entry {
            pick: Pick::OwnView(*view),
            name: format!("{label}: {}", view.say().text(self.lang)),
            code: format!("view.{}", view.name()),
            key: String::new(),
            disabled: view.why_not(&lens),
        });
        let saved = self.settings.views.iter().enumerate();
        let saved = saved.map(|(index, view)| Entry {
            pick: Pick::View(index),
            name: format!("{label}: {}", view.name),
            code: format!("view.{}", view.name),
            key: String::new(),
            disabled: None,
        });
        own.chain(saved).collect()
    }

    /// Shows a view of the program's own; none shows all rows.
    pub(super) fn show_own_view(&mut self, view: Option<View>) {
        self.go(Screen::Board);
        let sort = match view {
            Some(View::Duties) => Sort::Due,
            _ => Sort::Urgency,
        };
        self.show(view.map_or(Chosen::All, Chosen::Own), sort);
    }

    /// Shows a view that the user saved.
    pub(super) fn show_view(&mut self, index: usize) {
        let Some(view) = self.settings.views.get(index).cloned() else {
            return;
        };
        self.go(Screen::Board);
        let sort = view.sort.as_deref().and_then(Sort::from_name);
        self.board.filter = view.filter.into();
        self.board.payer = view.payer;
        self.board.all = view.all;
        self.show(Chosen::Saved(view.name), sort.unwrap_or_default());
    }

    fn show(&mut self, chosen: Chosen, sort: Sort) {
        if !matches!(chosen, Chosen::Saved(_)) {
            self.board.filter.reset();
            self.board.payer = None;
        }
        self.board.chosen = chosen;
        self.board.sort = sort;
        self.board.reversed = false;
        self.board.place = Place::default();
        let lens = self.lens();
        self.board.rearrange(&lens);
        self.ask_other_rows();
    }

    /// Asks anew where other rows are wanted than were asked for. Rows that
    /// stay put cannot be others, so they are let go.
    pub(super) fn ask_other_rows(&mut self) {
        if self.board.frozen.is_some() {
            let lens = self.lens();
            self.board.toggle_frozen(&lens);
        }
        self.reload_board();
    }
}
