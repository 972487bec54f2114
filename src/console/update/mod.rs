//! From what happens to the next state and what is to be done: no clock, no
//! I/O, no thread.

mod board;
mod close;
mod form;
mod reply;
mod stay;

use super::{
    action::{Action, Command, Context},
    event::{Effect, Event},
    keymap::Found,
    list::{Move, Place},
    menu::Pick,
    state::{Overlay, Page, State},
};
use crate::{
    model::time::Instant,
    settings::keymap::{Key, chord_name},
    text::{Lang, console, console::Say},
};

/// Lines of help that a page key moves by.
const HELP_PAGE: usize = 10;

impl State {
    /// What to do first: the most urgent rows, then all of them.
    pub fn start(&mut self) -> Vec<Effect> {
        self.first_board();
        std::mem::take(&mut self.effects)
    }

    /// Takes an event at a moment.
    pub fn handle(&mut self, event: Event, now: Instant) -> Vec<Effect> {
        self.now = self.fixed.unwrap_or(now);
        match event {
            Event::Key(key) => self.key(key),
            Event::Paste(text) => self.paste(&text),
            Event::Resize(width, height) => self.resize((width, height)),
            Event::Tick => self.tick(),
            Event::Reply(ticket, reply) => self.reply(ticket, reply),
            Event::Exported(done) => self.exported(done),
            Event::Changed(seq) => self.changed(seq),
            Event::Trouble(error) => self.trouble = Some(error),
            Event::Contact(connection) => self.contact(connection),
            Event::Hangup => self.effects.push(Effect::Quit),
        }
        self.preview_if_wanted();
        std::mem::take(&mut self.effects)
    }

    fn key(&mut self, key: Key) {
        self.notice = None;
        let context = self.context();
        self.pending.push(key);
        match self.keymap.find(context, &self.pending) {
            Found::More => {}
            Found::Run(action) => {
                self.pending.clear();
                self.run(action);
            }
            Found::Nothing => {
                let keys = std::mem::take(&mut self.pending);
                match key.typed() {
                    Some(char) if context.types() => self.write(&char.to_string()),
                    _ => self.unbound(context, &chord_name(&keys)),
                }
            }
        }
    }

    fn unbound(&mut self, context: Context, keys: &str) {
        let help = Action::Command(Command::Help);
        let help = self.keymap.key_of(context, help);
        let help = help.as_deref().unwrap_or("?");
        self.warn(console::key_unbound(keys, help, self.lang));
    }

    fn paste(&mut self, text: &str) {
        if self.context().types() {
            self.notice = None;
            self.write(text);
        }
    }

    fn write(&mut self, text: &str) {
        if self.frame().is_none() {
            return;
        }
        let height = self.board_height();
        match &mut self.overlay {
            Some(Overlay::Form(form)) if !form.sending => form.write(text),
            None if self.board.typing => self.board.write_filter(text, self.lang, height),
            _ => {}
        }
    }

    pub(super) fn run(&mut self, action: Action) {
        // What cannot be seen is not acted on; one can always leave.
        let leaves = [Command::Quit, Command::Back, Command::Redraw];
        if self.frame().is_none() && !leaves.iter().any(|one| action == Action::Command(*one)) {
            return;
        }
        match action {
            Action::Record(kind) => self.open_record(kind, None),
            Action::Command(command) => self.command(command),
        }
    }

    fn command(&mut self, command: Command) {
        match command {
            Command::Quit => self.quit(),
            Command::Help => self.help(),
            Command::Language => self.switch_language(),
            Command::Redraw => self.effects.push(Effect::Redraw),
            Command::Reload => self.reload(),
            _ => match self.context() {
                Context::Board | Context::Filter => self.board_command(command),
                Context::Stay => self.stay_command(command),
                Context::Close => self.close_command(command),
                Context::Menu => self.menu_command(command),
                Context::Form => self.form_command(command),
                Context::Help => self.help_command(command),
                Context::Message => self.overlay = None,
            },
        }
    }

    fn quit(&mut self) {
        if let Some(Overlay::Form(form)) = &mut self.overlay
            && form.touched
            && !form.leaving
        {
            form.leaving = true;
            self.refuse(Say::DiscardTyped);
            return;
        }
        self.effects.push(Effect::Quit);
    }

    fn help(&mut self) {
        self.help = Some((self.context(), Place::default()));
    }

    fn switch_language(&mut self) {
        self.lang = match self.lang {
            Lang::Sv => Lang::En,
            Lang::En => Lang::Sv,
        };
        let height = self.board_height();
        self.board.relabel(self.lang, height);
    }

    pub(super) fn reload(&mut self) {
        self.reload_board();
        self.reload_page();
    }

    pub(super) fn reload_page(&mut self) {
        match self.pages.last() {
            Some(Page::Stay(page)) => {
                let episode = page.episode.clone();
                self.ask_stay(episode);
            }
            Some(Page::Close(page)) => {
                let month = page.month;
                self.ask_close(month);
            }
            None => {}
        }
    }

    /// Leaves the screen in front.
    pub(super) fn pop(&mut self) {
        self.pages.pop();
        self.reload_page();
    }

    fn help_command(&mut self, command: Command) {
        let Some((context, place)) = &mut self.help else {
            return;
        };
        match movement(command) {
            Some(how) => place.go(how, self.keymap.help(*context).len(), HELP_PAGE),
            None => self.help = None,
        }
    }

    fn menu_command(&mut self, command: Command) {
        let height = self.size.1.saturating_sub(4) as usize;
        let Some(Overlay::Menu(menu)) = &mut self.overlay else {
            return;
        };
        if let Some(how) = movement(command) {
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

    fn pick(&mut self, pick: Pick) {
        match pick {
            Pick::Run(action) => self.run(action),
            Pick::Sort(sort) => {
                self.board.sort = sort;
                self.board.reversed = false;
                let height = self.board_height();
                self.board.rearrange(self.lang, height);
            }
        }
    }

    fn resize(&mut self, size: (u16, u16)) {
        self.size = size;
        let height = self.board_height();
        let len = self.board.shown.len();
        self.board.place.keep(len, height);
        self.effects.push(Effect::Redraw);
    }

    /// Time went on: where a boundary passed, the states shown are stale.
    fn tick(&mut self) {
        if self.board.is_overtaken(self.now) {
            self.reload();
        }
    }

    /// Something new was recorded, by whomever. Before the first board there
    /// is nothing to reload: it is compared when it comes.
    fn changed(&mut self, seq: u64) {
        self.heard = self.heard.max(seq);
        if self.board.board.is_some() {
            self.catch_up();
        }
    }

    /// Reads anew where more was recorded than was asked about.
    pub(super) fn catch_up(&mut self) {
        if self.heard > self.seq {
            self.seq = self.heard;
            self.reload();
        }
    }

    fn contact(&mut self, connection: crate::desk::service::Connection) {
        self.connection = connection;
        if self.trouble.take().is_some() {
            self.reload();
        }
    }
}

/// How a command moves in a list.
pub(super) fn movement(command: Command) -> Option<Move> {
    Some(match command {
        Command::Down => Move::Down,
        Command::Up => Move::Up,
        Command::PageDown => Move::PageDown,
        Command::PageUp => Move::PageUp,
        Command::First => Move::First,
        Command::Last => Move::Last,
        _ => return None,
    })
}
