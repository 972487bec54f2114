//! The screens' states, and what keys and answers do to them.
//!
//! A screen is a file of the same stem here (its state), in `update` (its
//! keys and answers) and in `view` (its drawing), and a line below.

pub mod agreement;
pub mod agreements;
pub mod arrange;
pub mod board;
pub mod close;
pub mod duties;
pub mod line;
pub mod log;
pub mod payer;
pub mod payers;
pub mod search;
pub mod sort;
pub mod stay;
pub mod urgency;
pub mod views;

/// All screens above the board, once: `Name(file::State) = "name", level;`.
/// The name is that of keymap files. A `Top` screen is reached from anywhere
/// (`go.name`), an `Inner` one only from a line of another screen.
macro_rules! each_screen {
    ($with:ident) => {
        $with! {
            Stay(stay::StayPage) = "stay", Inner;
            Close(close::ClosePage) = "close", Top;
            Line(line::LinePage) = "line", Inner;
            Payers(payers::PayersPage) = "payers", Top;
            Payer(payer::PayerPage) = "payer", Inner;
            Agreements(agreements::AgreementsPage) = "agreements", Top;
            Agreement(agreement::AgreementPage) = "agreement", Inner;
            Log(log::LogPage) = "log", Top;
            Duties(duties::DutiesPage) = "duties", Top;
        }
    };
}
pub(super) use each_screen;

use super::action::named;

/// How a screen is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// From anywhere.
    Top,
    /// From a line of another screen.
    Inner,
}

/// A screen's state.
pub trait InPage: Sized {
    /// It, if the page is of this screen.
    fn of(page: &Page) -> Option<&Self>;
    /// It, if the page is of this screen.
    fn of_mut(page: &mut Page) -> Option<&mut Self>;
    /// A page of it.
    fn into_page(self) -> Page;
}

macro_rules! pages {
    ($($name:ident($file:ident::$state:ident) = $text:literal, $level:ident;)*) => {
        named! {
            /// A screen.
            Screen {
                Board = "board",
                $($name = $text,)*
            }
        }

        impl Screen {
            /// How it is reached.
            #[must_use]
            pub fn level(self) -> Level {
                match self {
                    Self::Board => Level::Top,
                    $(Self::$name => Level::$level,)*
                }
            }
        }

        /// A screen above the board.
        #[derive(Debug, Clone)]
        #[allow(missing_docs, reason = "named after the screens")]
        pub enum Page { $($name(Box<$file::$state>),)* }

        impl Page {
            /// Which screen it is.
            #[must_use]
            pub fn screen(&self) -> Screen {
                match self { $(Self::$name(_) => Screen::$name,)* }
            }
        }

        $(impl InPage for $file::$state {
            fn of(page: &Page) -> Option<&Self> {
                #[allow(irrefutable_let_patterns, reason = "where there is one screen")]
                if let Page::$name(state) = page { Some(state) } else { None }
            }

            fn of_mut(page: &mut Page) -> Option<&mut Self> {
                #[allow(irrefutable_let_patterns, reason = "where there is one screen")]
                if let Page::$name(state) = page { Some(state) } else { None }
            }

            fn into_page(self) -> Page {
                Page::$name(Box::new(self))
            }
        })*
    };
}
each_screen!(pages);
