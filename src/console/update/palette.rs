//! Opening the palette, and keys in it.

use crate::{
    console::{
        action::{Action, Command, Context},
        form,
        keymap::HelpLine,
        layout,
        list::Move,
        menu::Pick,
        palette::{Entry, Palette},
        screen::{Level, Screen},
        state::{Overlay, State},
    },
    model::event::Kind,
    settings::preferences::Theme,
    text::{
        console::{self, Say},
        words,
    },
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

    /// What the keys of the screen in front do, what has no key, what can be
    /// recorded, and what other screens can do.
    fn actions(&self) -> Vec<Entry> {
        let here = Context::On(self.screen());
        let mut entries = Vec::new();
        for line in self.keymap.actions(here) {
            self.add(&mut entries, here, line.action, self.desc(line));
        }
        let screens = Screen::ALL.iter().copied();
        for screen in screens.filter(|screen| screen.level() == Level::Top) {
            self.add(&mut entries, here, Action::Go(screen), String::new());
        }
        for kind in form::recordable().iter().copied().chain([Kind::Admitted]) {
            let mut name = words::kind(kind, self.lang).to_owned();
            // Where no stay is in front, which one is meant is said.
            let stay = self.selected_stay().filter(|_| kind != Kind::Admitted);
            if let Some(episode) = stay.filter(|_| self.screen() != Screen::Stay) {
                name = format!("{name} · {episode}");
            }
            self.add(&mut entries, here, Action::Record(kind), name);
        }
        for screen in Screen::ALL.iter().copied() {
            for line in self.keymap.actions(Context::On(screen)) {
                let before = entries.len();
                self.add(&mut entries, here, line.action, self.desc(line));
                for entry in &mut entries[before..] {
                    entry.disabled = Some(elsewhere(screen));
                }
            }
        }
        entries
    }

    fn desc(&self, line: &HelpLine) -> String {
        self.lang.pick(&line.desc.sv, &line.desc.en).clone()
    }

    /// Adds what is not there yet and needs no list in sight.
    fn add(&self, entries: &mut Vec<Entry>, here: Context, action: Action, name: String) {
        let known = |entry: &Entry| entry.pick == Pick::Run(action);
        if is_about_the_list(action) || entries.iter().any(known) {
            return;
        }
        let name = if name.is_empty() { action.name() } else { name };
        entries.push(self.entry(here, action, &name));
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

    pub(super) fn palette_command(&mut self, command: Command) {
        let how = self.movement(command);
        let height = layout::palette_rows(self.size) as usize;
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

/// Where an action belongs that does nothing on the screen in front.
fn elsewhere(screen: Screen) -> Say {
    match screen {
        Screen::Board => Say::WhyOnBoard,
        Screen::Stay => Say::WhyInStay,
        Screen::Close => Say::WhyInClose,
        Screen::Line => Say::WhyOnLine,
        Screen::Payers => Say::WhyAmongPayers,
        Screen::Payer => Say::WhyAtPayer,
        Screen::Agreements => Say::WhyAmongAgreements,
        Screen::Agreement => Say::WhyInAgreement,
        Screen::Log => Say::WhyInLog,
        Screen::Duties => Say::WhyAmongDuties,
    }
}

/// Moving in a list needs the list in sight.
fn is_about_the_list(action: Action) -> bool {
    match action {
        Action::Command(Command::Palette) => true,
        Action::Command(command) => Move::of(command, None).is_some(),
        _ => false,
    }
}
