//! Swedish and English: words in one place, numbers and dates in another.

pub mod agreement;
pub mod close;
pub mod console;
pub mod duty;
pub mod errors;
pub mod explain;
pub mod forecast;
pub mod format;
pub mod log;
pub mod phrases;
pub mod settings;
pub mod spoken;
pub mod ticks;
pub mod words;

use std::str::FromStr;

pub use spoken::Spoken;

/// A language of the user.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    /// Swedish.
    #[default]
    Sv,
    /// English.
    En,
    /// A made-up one that tests draw with: see [`spoken`].
    #[cfg(test)]
    Pseudo,
}

/// A text is not a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a language; write sv or en")]
pub struct LangError;

impl FromStr for Lang {
    type Err = LangError;

    fn from_str(text: &str) -> Result<Self, LangError> {
        match text {
            "sv" => Ok(Self::Sv),
            "en" => Ok(Self::En),
            _ => Err(LangError),
        }
    }
}

impl Lang {
    /// The language that a locale name such as `sv_SE.UTF-8` asks for;
    /// Swedish, the field's language, where it asks for none that we have.
    #[must_use]
    pub fn from_locale(locale: Option<&str>) -> Self {
        match locale {
            Some(name) if name.starts_with("en") => Self::En,
            _ => Self::Sv,
        }
    }

    /// One of two texts: so a text in only one language does not build.
    #[must_use]
    pub fn pick<T: Spoken>(self, sv: T, en: T) -> T {
        match self {
            Self::Sv => sv,
            Self::En => en,
            #[cfg(test)]
            Self::Pseudo => sv.made_up(),
        }
    }

    /// One of two words that a user could type, and the program reads.
    #[must_use]
    pub fn typed(self, sv: &'static str, en: &'static str) -> &'static str {
        if self == Self::En { en } else { sv }
    }
}
