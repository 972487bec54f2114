//! What keys can run, and where.

use super::screen::{Level, Screen};
use crate::model::event::Kind;

macro_rules! named {
    ($(#[$doc:meta])* $type:ident { $($(#[$more:meta])* $variant:ident = $name:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[allow(missing_docs, reason = "the names that files use say it")]
        pub enum $type { $($(#[$more])* $variant,)* }

        impl $type {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The name in the user's files.
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
pub(super) use named;

named! {
    /// What lies over a screen and takes the keys.
    Layer {
        Filter = "filter",
        Palette = "palette",
        Menu = "menu",
        Form = "form",
        Help = "help",
        Message = "message",
        Locked = "locked",
    }
}

/// Where keys hold: what is in front.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Context {
    /// A screen.
    On(Screen),
    /// Something over it.
    Over(Layer),
}

/// In keymap files: every screen.
const SCREENS: &str = "screens";

impl Context {
    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        let screens = Screen::ALL.iter().copied().map(Self::On);
        screens.chain(Layer::ALL.iter().copied().map(Self::Over))
    }

    /// The name in keymap files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::On(screen) => screen.name(),
            Self::Over(layer) => layer.name(),
        }
    }

    /// The ones that a name in a keymap file means: one, or every screen.
    #[must_use]
    pub fn from_name(name: &str) -> Vec<Self> {
        Self::all()
            .filter(|context| match context {
                Self::On(_) => name == SCREENS || context.name() == name,
                Self::Over(_) => context.name() == name,
            })
            .collect()
    }

    /// Every name that a keymap file can use.
    #[must_use]
    pub fn names() -> Vec<&'static str> {
        let all = Self::all().map(Self::name);
        std::iter::once(SCREENS).chain(all).collect()
    }

    /// Whether characters are typed here, so that no key may be a plain one.
    #[must_use]
    pub fn types(self) -> bool {
        matches!(
            self,
            Self::Over(Layer::Filter | Layer::Form | Layer::Palette)
        )
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
        Palette = "palette",
        Theme = "theme",
        Ascii = "ascii",
        Copy = "copy",
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
        Views = "views",
        Group = "group",
        Freeze = "freeze",
        Follow = "follow",
        Names = "names",
        Mark = "mark",
        MarkAll = "mark_all",
        MarkSet = "mark_set",
        Others = "others",
        Bulk = "bulk",
        Act = "act",
        Correct = "correct",
        Void = "void",
        Reveal = "reveal",
        Explain = "explain",
        Own = "own",
        Confirm = "confirm",
        Suspend = "suspend",
        Resume = "resume",
        SetDate = "set_date",
        SetRate = "set_rate",
        Costs = "costs",
        Settle = "settle",
        Undo = "undo",
        UnfoldAll = "unfold_all",
        FoldAll = "fold_all",
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
    /// Goes to a screen: `go.close` in keymap files.
    Go(Screen),
}

impl Action {
    /// The action of that name in keymap files.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        if let Some(kind) = name.strip_prefix("record.") {
            return Kind::from_name(kind).map(Self::Record);
        }
        if let Some(screen) = name.strip_prefix("go.") {
            let screen = Screen::from_name(screen);
            return screen
                .filter(|screen| screen.level() == Level::Top)
                .map(Self::Go);
        }
        Command::from_name(name).map(Self::Command)
    }

    /// The name in keymap files.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Self::Command(command) => command.name().to_owned(),
            Self::Record(kind) => format!("record.{}", kind.name()),
            Self::Go(screen) => format!("go.{}", screen.name()),
        }
    }
}
