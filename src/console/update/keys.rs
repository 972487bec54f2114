//! From keys to actions: counts, chords, and characters that are typed.

use crossterm::event::{KeyCode, KeyModifiers};

use crate::{
    console::{
        action::{Action, Command, Context},
        keymap::Found,
        list::Move,
        state::{Overlay, State},
    },
    settings::keymap::{Key, chord_name},
    text::console,
};

/// No list is longer, and no number that is typed by mistake grows beyond it.
const MOST: usize = 999_999;

impl State {
    pub(super) fn key(&mut self, key: Key) {
        self.notice = None;
        let context = self.context();
        if let Some(typed) = self.after_esc(context, key) {
            self.key(Key::new(KeyCode::Esc, KeyModifiers::NONE));
            self.key(typed);
            return;
        }
        if self.counts(context, key) || self.gives_up(key) {
            return;
        }
        self.pending.push(key);
        match self.keymap.find(context, &self.pending) {
            Found::More => return,
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
        self.count = None;
    }

    /// Takes a digit of a count: `5` before `j`. One that is bound in this
    /// place runs what it is bound to.
    fn counts(&mut self, context: Context, key: Key) -> bool {
        if context.types() || !self.pending.is_empty() {
            return false;
        }
        let Some(digit) = key.typed().and_then(|char| char.to_digit(10)) else {
            return false;
        };
        let first = self.count.is_none();
        if first && (digit == 0 || self.keymap.find(context, &[key]) != Found::Nothing) {
            return false;
        }
        let count = self.count.unwrap_or(0) * 10 + digit as usize;
        self.count = Some(count.min(MOST));
        true
    }

    /// The character of an Alt key that is bound to nothing: Esc and the key
    /// after it, which a slow line brought in one piece.
    fn after_esc(&self, context: Context, key: Key) -> Option<Key> {
        let char = matches!(key.code, KeyCode::Char(_)) && key.modifiers == KeyModifiers::ALT;
        let chord = [&self.pending[..], &[key]].concat();
        let free = self.keymap.find(context, &chord) == Found::Nothing;
        (char && free).then(|| Key::new(key.code, KeyModifiers::NONE))
    }

    /// Esc ends a count or a chord, and does nothing else.
    fn gives_up(&mut self, key: Key) -> bool {
        let begun = self.count.is_some() || !self.pending.is_empty();
        if key.code != KeyCode::Esc || !begun {
            return false;
        }
        self.count = None;
        self.pending.clear();
        true
    }

    /// How a command moves in a list.
    pub(super) fn movement(&self, command: Command) -> Option<Move> {
        Move::of(command, self.count)
    }

    /// A key that does nothing says where the keys stand.
    fn unbound(&mut self, context: Context, keys: &str) {
        let help = Action::Command(Command::Help);
        let help = self.keymap.key_of(context, help);
        let help = help.as_deref().unwrap_or("F1");
        self.warn(console::key_unbound(keys, help, self.lang));
    }

    pub(super) fn paste(&mut self, text: &str) {
        if self.context().types() {
            self.notice = None;
            self.write(text);
        }
    }

    fn write(&mut self, text: &str) {
        if self.frame().is_none() {
            return;
        }
        let lens = self.lens();
        match &mut self.overlay {
            Some(Overlay::Form(form)) if !form.sending => form.write(text),
            Some(Overlay::Palette(palette)) => palette.write(text),
            Some(_) => {}
            None if self.pages.is_empty() => self.board.write_filter(text, &lens),
            None => self.write_log_filter(text),
        }
    }
}
