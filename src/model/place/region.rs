//! Regions, by their county's code.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{MunicipalityCode, PlaceError, code::codes, digits, rows, shown};

/// A region, by the two digits of its county (SCB). Gotland's is 09; its one
/// municipality, 0980, is the same legal person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RegionCode(u8);

codes!(
    RegionCode(u8),
    2,
    "../data/regions.csv",
    RegionForm,
    RegionUnknown
);

impl RegionCode {
    /// The municipalities of the county, by code.
    pub fn municipalities(self) -> impl Iterator<Item = MunicipalityCode> {
        MunicipalityCode::all().filter(move |code| code.region() == self)
    }
}
