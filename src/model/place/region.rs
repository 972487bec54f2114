//! Regions, by their county's code.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{MunicipalityCode, PlaceError, digits, rows, shown};

/// A region, by the two digits of its county (SCB). Gotland's is 09; its one
/// municipality, 0980, is the same legal person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RegionCode(u8);

static REGIONS: LazyLock<Vec<(RegionCode, &'static str)>> = LazyLock::new(|| {
    rows::<2>(include_str!("../data/regions.csv"))
        .map(|[code, name]| {
            let code = digits::<2>(code).expect("the tests read every line of the table");
            (RegionCode(code as u8), name)
        })
        .collect()
});

impl RegionCode {
    /// All 21 regions, by code.
    pub fn all() -> impl ExactSizeIterator<Item = Self> {
        REGIONS.iter().map(|(code, _)| *code)
    }

    /// The region's name, such as "Region Värmland".
    pub fn name(self) -> &'static str {
        let found = REGIONS.binary_search_by_key(&self, |(code, _)| *code);
        REGIONS[found.expect("a RegionCode is only made of a code in the table")].1
    }

    /// The municipalities of the county, by code.
    pub fn municipalities(self) -> impl Iterator<Item = MunicipalityCode> {
        MunicipalityCode::all().filter(move |code| code.region() == self)
    }

    pub(super) fn from_number(number: u16) -> Option<Self> {
        let code = Self(u8::try_from(number).ok()?);
        REGIONS
            .binary_search_by_key(&code, |(code, _)| *code)
            .ok()
            .map(|_| code)
    }
}

impl fmt::Display for RegionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}", self.0)
    }
}

impl FromStr for RegionCode {
    type Err = PlaceError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = digits::<2>(text).ok_or_else(|| PlaceError::RegionForm(shown(text)))?;
        Self::from_number(number).ok_or_else(|| PlaceError::RegionUnknown(text.to_owned()))
    }
}

impl Serialize for RegionCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(self)
        } else {
            serializer.serialize_u8(self.0)
        }
    }
}

impl<'de> Deserialize<'de> for RegionCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            String::deserialize(deserializer)?
                .parse()
                .map_err(de::Error::custom)
        } else {
            let number = u8::deserialize(deserializer)?;
            Self::from_number(number.into())
                .ok_or_else(|| de::Error::custom(PlaceError::RegionUnknown(format!("{number:02}"))))
        }
    }
}
