//! Municipalities, by SCB's code.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{PlaceError, RegionCode, digits, rows, shown};

/// A municipality, by SCB's four digits; the first two are its county.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MunicipalityCode(u16);

static MUNICIPALITIES: LazyLock<Vec<(MunicipalityCode, &'static str)>> = LazyLock::new(|| {
    rows::<2>(include_str!("../data/municipalities.csv"))
        .map(|[code, name]| {
            let code = digits::<4>(code).expect("the tests read every line of the table");
            (MunicipalityCode(code), name)
        })
        .collect()
});

impl MunicipalityCode {
    /// Stockholm, the one municipality that is settled per district board.
    pub const STOCKHOLM: Self = Self(180);

    /// All 290 municipalities, by code.
    pub fn all() -> impl ExactSizeIterator<Item = Self> {
        MUNICIPALITIES.iter().map(|(code, _)| *code)
    }

    /// The municipality's short name, such as "Habo".
    pub fn name(self) -> &'static str {
        let found = MUNICIPALITIES.binary_search_by_key(&self, |(code, _)| *code);
        MUNICIPALITIES[found.expect("a MunicipalityCode is only made of a code in the table")].1
    }

    /// The region of its county.
    pub fn region(self) -> RegionCode {
        RegionCode::from_number(self.0 / 100).expect("every county in the table has a region")
    }

    fn from_number(number: u16) -> Option<Self> {
        let code = Self(number);
        MUNICIPALITIES
            .binary_search_by_key(&code, |(code, _)| *code)
            .ok()
            .map(|_| code)
    }
}

impl fmt::Display for MunicipalityCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.0)
    }
}

impl FromStr for MunicipalityCode {
    type Err = PlaceError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = digits::<4>(text).ok_or_else(|| PlaceError::MunicipalityForm(shown(text)))?;
        Self::from_number(number).ok_or_else(|| PlaceError::MunicipalityUnknown(text.to_owned()))
    }
}

impl Serialize for MunicipalityCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(self)
        } else {
            serializer.serialize_u16(self.0)
        }
    }
}

impl<'de> Deserialize<'de> for MunicipalityCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            String::deserialize(deserializer)?
                .parse()
                .map_err(de::Error::custom)
        } else {
            let number = u16::deserialize(deserializer)?;
            Self::from_number(number).ok_or_else(|| {
                de::Error::custom(PlaceError::MunicipalityUnknown(format!("{number:04}")))
            })
        }
    }
}
