//! Another value that a reading could have had, as the file spells it.
//!
//! `VALUE`, or `VALUE with NAME = VALUE, NAME = VALUE` where other values of
//! the same rule change along, each followed by `: what it means` or nothing.
//! A number keeps the unit of the value that it stands beside.

use serde::{
    Deserialize,
    de::{
        IntoDeserializer,
        value::{BoolDeserializer, Error, I64Deserializer, StrDeserializer},
    },
};

use super::value::Quantity;

/// An alternative of a value, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternative<'a> {
    /// The value, as text.
    pub value: &'a str,
    /// Other values of the same rule that change with it: name and value.
    pub with: Vec<(&'a str, &'a str)>,
    /// What it means.
    pub note: Option<&'a str>,
}

impl<'a> Alternative<'a> {
    /// Reads an alternative's parts; whether the values can be had is not
    /// asked here. None where it is not written as the module says.
    #[must_use]
    pub fn read(text: &'a str) -> Option<Self> {
        let (said, note) = match text.split_once(": ") {
            Some((said, note)) => (said, Some(note.trim())),
            None => (text, None),
        };
        let (value, others) = match said.split_once(" with ") {
            Some((value, others)) => (value, others),
            None => (said, ""),
        };
        let others = others.split(", ").filter(|other| !other.is_empty());
        let with = others.map(|other| {
            let (name, value) = other.split_once(" = ")?;
            Some((name.trim(), value.trim()))
        });
        Some(Self {
            value: value.trim(),
            with: with.collect::<Option<_>>()?,
            note,
        })
    }

    /// Reads an alternative of a value of type `T`.
    ///
    /// # Errors
    /// Where `T` has no such value, so that nobody could choose it.
    pub(super) fn of<T: Quantity>(text: &'a str) -> Result<Self, String> {
        let wrong = || {
            format!(
                "the alternative {text:?} is none that can be computed; write another value of this kind, then `: ` and what it means"
            )
        };
        let read = Self::read(text).ok_or_else(wrong)?;
        if value::<T>(read.value).is_some() {
            Ok(read)
        } else {
            Err(wrong())
        }
    }
}

/// The value that `text` spells, as a boolean, a number or a text.
fn value<T: for<'de> Deserialize<'de>>(text: &str) -> Option<T> {
    let truth: Option<BoolDeserializer<Error>> = text.parse().ok().map(bool::into_deserializer);
    let number: Option<I64Deserializer<Error>> = text.parse().ok().map(i64::into_deserializer);
    let word: StrDeserializer<'_, Error> = text.into_deserializer();
    truth
        .and_then(|it| T::deserialize(it).ok())
        .or_else(|| number.and_then(|it| T::deserialize(it).ok()))
        .or_else(|| T::deserialize(word).ok())
}

#[cfg(test)]
mod tests {
    use super::{
        super::value::{DayCounting, Days, Rounding, Threshold, YesNo},
        *,
    };

    #[test]
    fn an_alternative_is_a_value_that_can_be_had() {
        let read = Alternative::of::<DayCounting>("dates with open_care = dates_skipped: by date");
        let expected = Alternative {
            value: "dates",
            with: vec![("open_care", "dates_skipped")],
            note: Some("by date"),
        };
        assert_eq!(read.unwrap(), expected);
        assert_eq!(Alternative::of::<Days>("31").unwrap().value, "31");
        assert!(Alternative::of::<YesNo>("true: charged too").is_ok());
        assert!(Alternative::of::<Rounding>("half_up_2").is_ok());
        assert!(Alternative::of::<Threshold>("1.3").is_ok());
        assert!(Alternative::of::<Threshold>("2").is_ok());
        for wrong in ["-1", "many", "31 with free_days", "70000", ""] {
            assert!(Alternative::of::<Days>(wrong).is_err(), "{wrong}");
        }
        assert!(Alternative::of::<YesNo>("perhaps: so").is_err());
    }
}
