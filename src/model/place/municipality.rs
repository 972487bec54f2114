//! Municipalities, by SCB's code.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{PlaceError, RegionCode, code::codes, digits, rows, shown};

/// A municipality, by SCB's four digits; the first two are its county.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MunicipalityCode(u16);

codes!(
    MunicipalityCode(u16),
    4,
    "../data/municipalities.csv",
    MunicipalityForm,
    MunicipalityUnknown
);

impl MunicipalityCode {
    /// Stockholm, the one municipality that is settled per district board.
    pub const STOCKHOLM: Self = Self(180);

    /// The region of its county.
    pub fn region(self) -> RegionCode {
        RegionCode::from_number(self.0 / 100).expect("every county in the table has a region")
    }
}
