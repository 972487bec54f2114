//! What keys can run, and where.

use crate::model::event::Kind;

macro_rules! named {
    ($(#[$doc:meta])* $type:ident { $($variant:ident = $name:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[allow(missing_docs, reason = "the names that keymap files use say it")]
        pub enum $type { $($variant,)* }

        impl $type {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The name in keymap files.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The one of that name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.name() == name)
            }
        }
    };
}

named! {
    /// Where keys hold: what is on top of the screen.
    Context {
        Board = "board",
        Filter = "filter",
        Stay = "stay",
        Close = "close",
        Menu = "menu",
        Form = "form",
        Help = "help",
        Message = "message",
    }
}

impl Context {
    /// Whether characters are typed here, so that no key may be a plain one.
    #[must_use]
    pub fn types(self) -> bool {
        matches!(self, Self::Filter | Self::Form)
    }
}

named! {
    /// What a key does that records no event.
    Command {
        Quit = "quit",
        Help = "help",
        Language = "language",
        Reload = "reload",
        Redraw = "redraw",
        Back = "back",
        Accept = "accept",
        Down = "down",
        Up = "up",
        PageDown = "page_down",
        PageUp = "page_up",
        First = "first",
        Last = "last",
        Left = "left",
        Right = "right",
        NextPane = "next_pane",
        PreviousPane = "previous_pane",
        Open = "open",
        Filter = "filter",
        Sort = "sort",
        Reverse = "reverse",
        ToggleNotReady = "toggle_not_ready",
        OnePayer = "one_payer",
        MonthClose = "month_close",
        Act = "act",
        Correct = "correct",
        Void = "void",
        Reveal = "reveal",
        Explain = "explain",
        Waive = "waive",
        Park = "park",
        Prepare = "prepare",
        Lock = "lock",
        Export = "export",
        EditLeft = "edit_left",
        EditRight = "edit_right",
        EditStart = "edit_start",
        EditEnd = "edit_end",
        EditWordLeft = "edit_word_left",
        EditWordRight = "edit_word_right",
        DeleteBack = "delete_back",
        DeleteForward = "delete_forward",
        DeleteWord = "delete_word",
        DeleteLine = "delete_line",
    }
}

/// What a key runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Moves, opens, decides.
    Command(Command),
    /// Opens the form of an event: `record.ready_notice` in keymap files.
    Record(Kind),
}

impl Action {
    /// The action of that name in keymap files.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        match name.strip_prefix("record.") {
            Some(kind) => Kind::from_name(kind).map(Self::Record),
            None => Command::from_name(name).map(Self::Command),
        }
    }
}
