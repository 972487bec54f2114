//! From what happens to the next state and what is to be done: no clock, no
//! I/O, no thread.

mod acting;
mod agreement;
mod agreements;
mod board;
mod bulk;
mod close;
mod duties;
mod form;
mod go;
mod idle;
mod keys;
mod layers;
mod line;
mod log;
mod looks;
mod palette;
mod payer;
mod payers;
mod reply;
mod stay;
mod views;

use super::{
    action::{Action, Command, Context, Layer},
    event::{Effect, Event},
    screen::duties::DutiesPage,
    state::{Overlay, State},
};
use crate::{model::time::Instant, text::console::Say};

impl State {
    /// What to do first: the most urgent rows, then all of them.
    pub fn start(&mut self) -> Vec<Effect> {
        self.first_board();
        std::mem::take(&mut self.effects)
    }

    /// Takes an event at a moment.
    pub fn handle(&mut self, event: Event, now: Instant) -> Vec<Effect> {
        self.now = self.fixed.unwrap_or(now);
        // The lock goes by the real clock, also where the shown one stands.
        self.watch_idle(now);
        match event {
            Event::Key(key) if self.idle.locked => self.locked_key(key, now),
            Event::Key(key) => {
                self.idle.touch(now);
                self.key(key);
            }
            Event::Run(action, _) if self.idle.locked => self.locked_action(action, now),
            Event::Run(action, count) => {
                self.idle.touch(now);
                self.run_counted(action, count);
            }
            // What a line means depends on what was asked: `plain` knows.
            Event::Line(_) | Event::NoMoreLines => {}
            Event::Paste(text) => self.paste(&text),
            Event::Resize(width, height) => self.resize((width, height)),
            Event::Tick => self.tick(),
            Event::Reply(ticket, reply) => self.reply(ticket, reply),
            Event::Exporting(step) => self.exporting(step),
            Event::Exported(done) => self.exported(done),
            Event::NotRemembered(why) => {
                let said = Say::NotRemembered.text(self.lang);
                self.warn(format!("{said} {why}"));
            }
            Event::Recalled(since) => self.recalled(since),
            Event::Changed(seq) => self.changed(seq),
            Event::Trouble(error) => self.trouble = Some(error),
            Event::Contact(connection) => self.contact(connection),
            Event::Hangup => self.effects.push(Effect::Quit),
        }
        self.preview_if_wanted();
        std::mem::take(&mut self.effects)
    }

    /// Runs an action that counts so often, as after a typed count.
    fn run_counted(&mut self, action: Action, count: Option<usize>) {
        self.notice = None;
        self.pending.clear();
        self.count = count;
        self.run(action);
        self.count = None;
    }

    pub(super) fn run(&mut self, action: Action) {
        // What cannot be seen is not acted on; one can always leave.
        let leaves = [Command::Quit, Command::Back, Command::Redraw];
        if self.frame().is_none() && !leaves.iter().any(|one| action == Action::Command(*one)) {
            return;
        }
        match action {
            Action::Record(kind) => self.open_record(kind, None),
            Action::Go(screen) => self.go(screen),
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
            Command::Palette => self.open_palette(),
            Command::Theme => self.set_theme(self.look.theme.next()),
            Command::Ascii => {
                self.look.ascii = !self.look.ascii;
                self.look.utf8 |= !self.look.ascii;
            }
            Command::Copy => self.copy(),
            Command::Names => self.switch_names(),
            _ => match self.context() {
                Context::On(_) | Context::Over(Layer::Filter) => self.screen_command(command),
                Context::Over(Layer::Menu) => self.menu_command(command),
                Context::Over(Layer::Form) => self.form_command(command),
                Context::Over(Layer::Help) => self.help_command(command),
                Context::Over(Layer::Palette) => self.palette_command(command),
                Context::Over(_) => self.close_message(),
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

    fn resize(&mut self, size: (u16, u16)) {
        self.size = size;
        self.settle_board();
        self.effects.push(Effect::Redraw);
    }

    /// Time went on: where a boundary passed, the states shown are stale.
    fn tick(&mut self) {
        let now = self.now;
        let duties = self.page::<DutiesPage>();
        if self.board.is_overtaken(now) || duties.is_some_and(|page| page.is_overtaken(now)) {
            self.reload();
        }
        self.settle_board();
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
