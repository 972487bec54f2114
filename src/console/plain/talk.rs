//! What a typed line does, and what is told afterwards.

use super::{board, close, form, lists, other, speak, stay};
use crate::{
    console::{
        action::{Action, Command},
        event::{Effect, Event},
        keymap::Found,
        screen::{Screen, stay::Pane},
        state::{Overlay, State},
        view,
    },
    model::time::Instant,
    settings::keymap::{Chord, Key},
    text::{
        Lang,
        console::{Say, aloud::Aloud},
        errors, settings,
    },
};

/// Rows told at once.
pub(super) const ROWS: usize = 20;

/// What stands between two answers: where in a list, a stay or a form the
/// talk is, and what was told last.
#[derive(Debug, Default)]
pub struct Talk {
    /// First row told, from 0.
    pub(super) from: usize,
    /// The part of a stay that is told; none is its facts.
    pub(super) part: Option<Pane>,
    /// First line told of a menu or the palette, from 0.
    pub(super) list_from: usize,
    /// Where in a form.
    pub(super) step: Option<form::Step>,
    /// Fields of the form that were asked for.
    pub(super) seen: usize,
    /// What is said before the page.
    pub(super) remarks: Vec<String>,
    told: Told,
}

/// What was told last.
#[derive(Debug, Default)]
struct Told {
    /// Of the screen.
    screen: Page,
    /// Of what lies over it.
    over: Page,
    lang: Lang,
    seq: u64,
    warning: Option<String>,
}

impl Told {
    /// Makes what is in front be told whole again.
    fn forget(&mut self) {
        self.screen = Page::default();
        self.over = Page::default();
    }
}

/// What is in front, as it is told.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Page {
    /// Tells it from others: it is told whole when this changes.
    pub id: String,
    /// Its lines.
    pub lines: Vec<String>,
    /// What is asked after it.
    pub prompt: String,
}

/// The state while a line is worked on.
pub(super) struct Hand<'a> {
    pub state: &'a mut State,
    now: Instant,
    effects: Vec<Effect>,
}

impl Hand<'_> {
    fn event(&mut self, event: Event) {
        let effects = self.state.handle(event, self.now);
        self.effects.extend(effects);
    }

    /// Runs a command.
    pub fn run(&mut self, command: Command) {
        self.act(Action::Command(command));
    }

    /// Runs an action.
    pub fn act(&mut self, action: Action) {
        self.event(Event::Run(action, None));
    }

    /// Selects a row, from 0, of the list in front.
    pub fn select(&mut self, row: usize) {
        let first = Action::Command(Command::First);
        self.event(Event::Run(first, Some(row + 1)));
    }

    /// Writes where something is typed.
    pub fn write(&mut self, text: &str) {
        self.event(Event::Paste(text.to_owned()));
    }
}

impl Talk {
    /// A talk that has not begun.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// What is said before anything is read.
    #[must_use]
    pub fn welcome(&self, state: &State) -> String {
        speak::safe(Aloud::Welcome.text(state.lang), state.look.utf8)
    }

    /// Does what a line says; what it asks for is answered before the next.
    pub fn take(&mut self, state: &mut State, line: &str, now: Instant) -> Vec<Effect> {
        let was_locked = state.idle.locked;
        let mut hand = Hand {
            state,
            now,
            effects: Vec::new(),
        };
        let line = line.trim();
        if was_locked {
            // Whatever it says: it may come from somebody else.
            self.unlock(&mut hand, line);
            return hand.effects;
        }
        hand.state.idle.touch(now);
        match &hand.state.overlay {
            Some(Overlay::Form(_)) => form::take(self, &mut hand, line),
            Some(Overlay::Menu(_) | Overlay::Palette(_)) => lists::take(self, &mut hand, line),
            _ if hand.state.board.typing => board::filter(self, &mut hand, line),
            _ => self.on_screen(&mut hand, line),
        }
        hand.effects
    }

    fn unlock(&mut self, hand: &mut Hand, line: &str) {
        match line {
            "" => {
                hand.run(Command::Accept);
                self.told.forget();
            }
            "q" => hand.run(Command::Quit),
            _ => {}
        }
    }

    fn on_screen(&mut self, hand: &mut Hand, line: &str) {
        if line.is_empty() {
            self.told.forget();
        } else if line == "m" {
            self.more(hand.state);
        } else if let Some(found) = line.strip_prefix(':') {
            hand.run(Command::Palette);
            hand.write(found.trim());
            self.from = 0;
        } else if let Some(wanted) = line.strip_prefix('/').filter(|_| on_board(hand.state)) {
            hand.run(Command::Filter);
            board::filter(self, hand, wanted);
        } else if on_board(hand.state) && board::mark(self, hand, line) {
            // Said by the deed itself.
        } else if let Ok(number) = line.parse::<usize>() {
            self.number(hand, number);
        } else if line == "q" && self.part.is_some() {
            self.part = None;
        } else {
            self.key(hand, line);
        }
    }

    /// A key of the screen in front, or its name.
    fn key(&mut self, hand: &mut Hand, line: &str) {
        let context = hand.state.context();
        let chord: Option<Chord> = line.split_whitespace().map(Key::parse).collect();
        match chord.map(|chord| hand.state.keymap.find(context, &chord)) {
            Some(Found::Run(action)) => {
                let before = hand.state.screen();
                hand.act(action);
                if hand.state.screen() != before {
                    self.from = 0;
                    self.part = None;
                }
            }
            _ => self.remark(Aloud::NotUnderstood, hand.state),
        }
    }

    fn more(&mut self, state: &State) {
        if self.from + ROWS < self.count(state) {
            self.from += ROWS;
        } else {
            self.remark(Aloud::NoMore, state);
        }
    }

    #[allow(
        unreachable_patterns,
        reason = "where no screen is without words of its own"
    )]
    fn count(&self, state: &State) -> usize {
        match state.screen() {
            Screen::Board => state.board.shown.len(),
            Screen::Stay => stay::count(self, state),
            Screen::Close => close::count(state),
            _ => other::count(state),
        }
    }

    fn number(&mut self, hand: &mut Hand, number: usize) {
        let Some(row) = number
            .checked_sub(1)
            .filter(|row| *row < self.count(hand.state))
        else {
            self.remark(Aloud::NoSuchNumber, hand.state);
            return;
        };
        match hand.state.screen() {
            Screen::Stay => stay::number(self, hand, row),
            Screen::Close => close::number(self, hand, row),
            _ => {
                hand.select(row);
                hand.run(Command::Open);
            }
        }
    }

    pub(super) fn remark(&mut self, what: Aloud, state: &State) {
        self.remarks.push(what.text(state.lang).to_owned());
    }

    /// What is to be told now: what happened, what is in front where that is
    /// new, and what is asked. Ends without a line break.
    pub fn say(&mut self, state: &mut State) -> String {
        let mut said = Vec::new();
        if state.idle.locked {
            for say in [Say::LockedAway, Say::LockedHow] {
                said.push(say.text(state.lang).to_owned());
            }
            said.push(Aloud::LockedInScrollback.text(state.lang).to_owned());
            let prompt = Aloud::Unlock.text(state.lang);
            return speak::lines(&said, prompt, state.look.utf8);
        }
        said.append(&mut self.remarks);
        self.news(state, &mut said);
        if !matches!(state.overlay, Some(Overlay::Form(_))) {
            self.step = None;
            self.seen = 0;
        }
        let page = self.page(state);
        self.compare(&page, state, &mut said);
        speak::lines(&said, &page.prompt, state.look.utf8)
    }

    /// Tells a page that is new, or the lines of it that are.
    fn compare(&mut self, page: &Page, state: &State, said: &mut Vec<String>) {
        let over = state.overlay.is_some();
        if self.told.lang != state.lang {
            self.told.screen = Page::default();
            self.told.lang = state.lang;
        }
        let old = if over {
            &self.told.over
        } else {
            &self.told.screen
        };
        // The board's countdowns change with every minute: they are told when
        // something happened, or where somebody asks.
        let quiet = !over && on_board(state) && self.told.seq == state.seq;
        if page.id != old.id {
            said.extend(page.lines.iter().cloned());
        } else if !quiet {
            let new = page.lines.iter().filter(|line| !old.lines.contains(line));
            let new: Vec<_> = new.cloned().collect();
            if !over && !new.is_empty() {
                said.push(Aloud::Changed.text(state.lang).to_owned());
            }
            said.extend(new);
        }
        if over {
            self.told.over = page.clone();
        } else {
            self.told.over = Page::default();
            self.told.screen = page.clone();
            self.told.seq = state.seq;
        }
    }

    /// What happened since the last answer. Messages need no key to close
    /// here: they are told once.
    fn news(&mut self, state: &mut State, said: &mut Vec<String>) {
        let lang = state.lang;
        let warning = state.warning();
        if warning != self.told.warning {
            said.extend(warning.iter().map(|text| speak::mind(text, lang)));
            self.told.warning = warning;
        }
        if let Some(notice) = state.notice.take() {
            said.push(match notice.bad {
                true => speak::mind(&notice.text, lang),
                false => format!("{}.", notice.text),
            });
        }
        if let Some((context, _)) = state.help.take() {
            said.extend(lists::help(state, context));
        }
        match &state.overlay {
            Some(Overlay::Message(error)) => {
                said.push(format!("{}.", Say::ErrorTitle.text(lang)));
                said.extend(errors::on_screen(error, lang).lines().map(str::to_owned));
                state.overlay = None;
            }
            Some(Overlay::Export(log)) if log.done => {
                let told = view::export_lines(log, lang);
                said.extend(told.iter().map(|line| speak::squeezed(line)));
                state.close_message();
            }
            Some(Overlay::Outcome(_)) => {
                said.extend(
                    view::outcome_lines(state)
                        .iter()
                        .map(|line| speak::squeezed(line)),
                );
                state.overlay = None;
            }
            Some(Overlay::Problems) => {
                said.push(format!("{}.", Say::FilesIgnored.text(lang)));
                let told = state.problems.iter();
                said.extend(told.map(|problem| settings::file_error(problem, lang)));
                said.push(Say::FilesInstead.text(lang).to_owned());
                state.overlay = None;
            }
            _ => {}
        }
    }

    #[allow(
        unreachable_patterns,
        reason = "where no screen is without words of its own"
    )]
    fn page(&mut self, state: &State) -> Page {
        match &state.overlay {
            Some(Overlay::Form(form)) => return form::page(self, state, form),
            Some(Overlay::Menu(menu)) => return lists::menu(self, state, menu),
            Some(Overlay::Palette(palette)) => return lists::palette(self, state, palette),
            _ => {}
        }
        match state.screen() {
            Screen::Board => board::page(self, state),
            Screen::Stay => stay::page(self, state),
            Screen::Close => close::page(self, state),
            _ => other::page(self, state),
        }
    }
}

fn on_board(state: &State) -> bool {
    state.screen() == Screen::Board
}
