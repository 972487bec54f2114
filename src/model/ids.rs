//! Names that other systems gave, and names that we give.

use std::{fmt, sync::Arc};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{self, Visitor},
};
use thiserror::Error;

/// Longest accepted id, in bytes.
const LONGEST: usize = 128;

/// Why a text cannot be an id. The text itself is not repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum IdError {
    /// The text is empty or only blanks.
    #[error("is empty")]
    Empty,
    /// The text is longer than ids may be.
    #[error("is longer than 128 bytes")]
    Long,
    /// The text holds a control or line-breaking character.
    #[error("holds a control character")]
    Control,
}

/// Whether a text can name something in lists and files.
///
/// # Errors
/// [`IdError`] where it is empty, over 128 bytes, or has control characters.
pub(crate) fn check(text: &str) -> Result<(), IdError> {
    if text.trim().is_empty() {
        Err(IdError::Empty)
    } else if text.len() > LONGEST {
        Err(IdError::Long)
    } else if text
        .chars()
        .any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'))
    {
        Err(IdError::Control)
    } else {
        Ok(())
    }
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Checks and takes `text`.
            ///
            /// # Errors
            /// [`IdError`] where it is empty, over 128 bytes, or has control characters.
            pub fn new(text: &str) -> Result<Self, IdError> {
                check(text)?;
                Ok(Self(text.into()))
            }

            /// The id as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdError;

            fn try_from(text: String) -> Result<Self, IdError> {
                Self::new(&text)
            }
        }

        // By hand: there are many ids, and a text that is borrowed on its way
        // is one allocation the fewer.
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                struct Id;

                impl Visitor<'_> for Id {
                    type Value = $name;

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str("a string")
                    }

                    fn visit_str<E: de::Error>(self, text: &str) -> Result<$name, E> {
                        $name::new(text).map_err(E::custom)
                    }
                }

                from.deserialize_str(Id)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0.as_ref().to_owned()
            }
        }

        impl std::str::FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                Self::new(text)
            }
        }
    };
}

id! {
    /// The source system's name of a stay (*vårdtillfälle*).
    EpisodeId
}
id! {
    /// The source system's message id, unique within its stay.
    EventId
}
id! {
    /// The id of an agreement, for instance `varmland-2019`.
    AgreementId
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_that_would_harm_a_line_or_a_screen_are_refused() {
        assert_eq!(EpisodeId::new(" "), Err(IdError::Empty));
        assert_eq!(EventId::new("a\nb"), Err(IdError::Control));
        assert_eq!(EventId::new(&"x".repeat(129)), Err(IdError::Long));
        assert_eq!(EventId::new("M1-19/0").unwrap().as_str(), "M1-19/0");
    }
}
