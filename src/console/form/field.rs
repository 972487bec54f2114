//! One field: what is written in it, and how keys change that.

use tui_input::{Input, InputRequest};

use super::{
    spec::{FieldKind, FieldSpec},
    towns,
};
use crate::console::action::Command;

/// Longest text of a field, in characters.
const LONGEST: usize = 2_000;

/// One thing to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub code: String,
    /// What is shown; empty where the code has words of its own.
    pub label: String,
}

/// What a field holds.
#[derive(Debug, Clone)]
pub enum Value {
    /// Text.
    Text(Input),
    /// One of several.
    Choice {
        /// What there is.
        options: Vec<Choice>,
        /// Which is chosen.
        at: usize,
    },
}

/// A field of an open form.
#[derive(Debug, Clone)]
pub struct Field {
    /// What it takes.
    pub spec: FieldSpec,
    /// What it holds.
    pub value: Value,
    /// Whether it still holds its default, which the first character typed
    /// replaces.
    pub pristine: bool,
}

impl Field {
    /// A field with a default text.
    #[must_use]
    pub fn text(spec: FieldSpec, text: &str) -> Self {
        Self {
            spec,
            value: Value::Text(Input::new(text.to_owned())),
            pristine: true,
        }
    }

    /// A field with choices, the first of them (or the one with this code)
    /// chosen.
    #[must_use]
    pub fn choice(spec: FieldSpec, options: Vec<Choice>, code: Option<&str>) -> Self {
        let at = options
            .iter()
            .position(|option| Some(option.code.as_str()) == code)
            .unwrap_or(0);
        Self {
            spec,
            value: Value::Choice { options, at },
            pristine: true,
        }
    }

    /// The text written, or the code chosen.
    #[must_use]
    pub fn content(&self) -> &str {
        match &self.value {
            Value::Text(input) => input.value().trim(),
            Value::Choice { options, at } => {
                options.get(*at).map_or("", |option| option.code.as_str())
            }
        }
    }

    /// Whether nothing is written or chosen.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.content().is_empty()
    }

    /// Writes a text at the cursor. Says whether that changed anything.
    pub fn write(&mut self, text: &str) -> bool {
        match &mut self.value {
            Value::Text(input) => {
                if self.pristine {
                    input.reset();
                }
                self.pristine = false;
                let room = LONGEST.saturating_sub(input.value().chars().count());
                // A pasted line break would end up in an event's text.
                let shown = text
                    .chars()
                    .map(|char| if char.is_control() { ' ' } else { char });
                for char in shown.take(room) {
                    input.handle(InputRequest::InsertChar(char));
                }
                true
            }
            Value::Choice { .. } if text == " " => self.step(true),
            Value::Choice { .. } => false,
        }
    }

    /// Edits by a key. Says whether that changed what the field holds.
    pub fn edit(&mut self, command: Command) -> bool {
        match &mut self.value {
            Value::Choice { .. } => match command {
                Command::EditLeft => self.step(false),
                Command::EditRight => self.step(true),
                _ => false,
            },
            Value::Text(input) => {
                let Some(request) = request(command) else {
                    return false;
                };
                self.pristine = false;
                input.handle(request).is_some_and(|changed| changed.value)
            }
        }
    }

    /// Takes the first municipality that what is written may mean: the key to
    /// the right at the end of the text.
    pub fn complete(&mut self, command: Command) -> bool {
        let Value::Text(input) = &mut self.value else {
            return false;
        };
        let at_end = input.cursor() == input.value().chars().count();
        if self.spec.kind != FieldKind::Municipality || command != Command::EditRight || !at_end {
            return false;
        }
        let Some(first) = towns(input.value()).first().map(|town| town.name()) else {
            return false;
        };
        if input.value() == first {
            return false;
        }
        *input = Input::new(first.to_owned());
        self.pristine = false;
        true
    }

    fn step(&mut self, forward: bool) -> bool {
        let Value::Choice { options, at } = &mut self.value else {
            return false;
        };
        if options.is_empty() {
            return false;
        }
        let step = if forward { 1 } else { options.len() - 1 };
        *at = (*at + step) % options.len();
        self.pristine = false;
        true
    }
}

/// The editor's word for a key's command.
#[must_use]
pub fn request(command: Command) -> Option<InputRequest> {
    Some(match command {
        Command::EditLeft => InputRequest::GoToPrevChar,
        Command::EditRight => InputRequest::GoToNextChar,
        Command::EditStart => InputRequest::GoToStart,
        Command::EditEnd => InputRequest::GoToEnd,
        Command::EditWordLeft => InputRequest::GoToPrevWord,
        Command::EditWordRight => InputRequest::GoToNextWord,
        Command::DeleteBack => InputRequest::DeletePrevChar,
        Command::DeleteForward => InputRequest::DeleteNextChar,
        Command::DeleteWord => InputRequest::DeletePrevWord,
        Command::DeleteLine => InputRequest::DeleteLine,
        _ => return None,
    })
}
