//! Keys in what lies over a screen: menus, help, messages.

use crate::console::{
    action::Command,
    layout,
    list::Place,
    menu::Pick,
    state::{Overlay, State},
};

impl State {
    pub(super) fn help(&mut self) {
        self.help = Some((self.context(), Place::default()));
    }

    pub(super) fn help_command(&mut self, command: Command) {
        let how = self.movement(command);
        let height = layout::inside(self.size).height as usize;
        let Some((context, place)) = &mut self.help else {
            return;
        };
        match how {
            Some(how) => place.scroll(how, self.keymap.help(*context).count(), height),
            None => self.help = None,
        }
    }

    pub(super) fn menu_command(&mut self, command: Command) {
        let how = self.movement(command);
        let height = layout::inside(self.size).height as usize;
        let menu = match &mut self.overlay {
            Some(Overlay::Menu(menu)) => menu,
            Some(Overlay::Outcome(place)) => {
                let len = self.bulk.as_ref().map_or(0, |bulk| bulk.outcomes.len());
                match how {
                    Some(how) => place.go(how, len, height),
                    None => self.overlay = None,
                }
                return;
            }
            _ => return,
        };
        if let Some(how) = how {
            menu.place.go(how, menu.items.len(), height);
            return;
        }
        let item = menu.items.get(menu.place.at).copied();
        match (command, item) {
            (Command::Accept, Some(item)) => match item.disabled {
                Some(why) => self.refuse(why),
                None => {
                    self.overlay = None;
                    self.pick(item.pick);
                }
            },
            _ => self.overlay = None,
        }
    }

    pub(super) fn pick(&mut self, pick: Pick) {
        match pick {
            Pick::Run(action) => self.run(action),
            Pick::View(index) => self.show_view(index),
            Pick::OwnView(view) => self.show_own_view(Some(view)),
            Pick::NoView => self.show_own_view(None),
            Pick::Bulk(kind) => self.open_bulk_form(kind),
            Pick::Theme(theme) => self.set_theme(theme),
            Pick::Sort(sort) => {
                self.board.sort = sort;
                self.board.reversed = false;
                let lens = self.lens();
                self.board.rearrange(&lens);
            }
        }
    }
}
