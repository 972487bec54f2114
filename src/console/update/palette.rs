//! Opening the palette, and keys in it.

use crate::{
    console::{
        action::{Action, Command, Context},
        form, layout,
        menu::Pick,
        palette::{Entry, Palette},
        screen::{Level, Screen},
        state::{Overlay, State},
    },
    settings::preferences::Theme,
    text::{console, words},
};

impl State {
    pub(super) fn open_palette(&mut self) {
        let mut entries = self.actions();
        entries.extend(self.view_entries());
        entries.extend(Theme::ALL.map(|theme| Entry {
            pick: Pick::Theme(theme),
            name: console::theme(theme, self.lang).to_owned(),
            code: format!("theme.{}", theme.name()),
            key: String::new(),
            disabled: None,
        }));
        self.overlay = Some(Overlay::Palette(Box::new(Palette::new(entries))));
    }

    /// What the keys of the screen in front do, and what has no key.
    fn actions(&self) -> Vec<Entry> {
        let here = Context::On(self.screen());
        let bound = self.keymap.actions(here).iter();
        let mut entries: Vec<_> = bound
            .filter(|line| !is_about_the_list(line.action))
            .map(|line| {
                let name = self.lang.pick(&line.desc.sv, &line.desc.en);
                self.entry(here, line.action, name)
            })
            .collect();
        for action in self.unbound_actions() {
            let known = |entry: &Entry| entry.pick == Pick::Run(action);
            if !entries.iter().any(known) {
                entries.push(self.entry(here, action, &self.name_of(action)));
            }
        }
        entries
    }

    fn entry(&self, here: Context, action: Action, name: &str) -> Entry {
        Entry {
            pick: Pick::Run(action),
            name: name.to_owned(),
            code: action.name(),
            key: self.keymap.key_of(here, action).unwrap_or_default(),
            disabled: self.why_not(action),
        }
    }

    /// Actions that make sense here and may stand in no keymap.
    fn unbound_actions(&self) -> Vec<Action> {
        let screens = Screen::ALL.iter().copied();
        let screens = screens.filter(|screen| screen.level() == Level::Top);
        let mut actions: Vec<_> = screens.map(Action::Go).collect();
        if self.screen() == Screen::Stay {
            actions.extend(form::recordable().iter().copied().map(Action::Record));
        }
        actions
    }

    fn name_of(&self, action: Action) -> String {
        match action {
            Action::Record(kind) => words::kind(kind, self.lang).to_owned(),
            other => other.name(),
        }
    }

    pub(super) fn palette_command(&mut self, command: Command) {
        let how = self.movement(command);
        let height = layout::inside(self.size).height.saturating_sub(1) as usize;
        let Some(Overlay::Palette(palette)) = &mut self.overlay else {
            return;
        };
        if let Some(how) = how {
            let len = palette.shown.len();
            palette.place.go(how, len, height);
            return;
        }
        match command {
            Command::Accept => self.do_selected(),
            Command::Back => self.overlay = None,
            edit => {
                if let Some(request) = form::edit_request(edit) {
                    palette.edit(request);
                }
            }
        }
    }

    /// Does what is selected; what cannot be done says why and stays.
    fn do_selected(&mut self) {
        let Some(Overlay::Palette(palette)) = &self.overlay else {
            return;
        };
        let Some(entry) = palette.selected() else {
            return;
        };
        match (entry.pick, entry.disabled) {
            (_, Some(why)) => self.refuse(why),
            (pick, None) => {
                self.overlay = None;
                self.pick(pick);
            }
        }
    }
}

/// Moving in a list needs the list in sight.
fn is_about_the_list(action: Action) -> bool {
    matches!(
        action,
        Action::Command(
            Command::Down
                | Command::Up
                | Command::PageDown
                | Command::PageUp
                | Command::First
                | Command::Last
                | Command::Palette
        )
    )
}
