//! Payers: a municipality, or one of Stockholm's district boards.

use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{MunicipalityCode, PlaceError, rows, shown};

/// A district board of Stockholm (stadsdelsnämnd), by its name; it may have
/// been merged since. Ordered by the name's bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct District(u8);

struct Row {
    name: &'static str,
    from: NaiveDate,
    /// The last day it existed.
    until: Option<NaiveDate>,
    successor: &'static str,
}

/// Sorted by name, so that a [`District`] is ordered by its place here.
static DISTRICTS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    rows::<4>(include_str!("../data/stockholm-districts.csv"))
        .map(|[name, from, until, successor]| Row {
            name,
            from: from
                .parse()
                .expect("the tests read every line of the table"),
            until: until.parse().ok(),
            successor,
        })
        .collect()
});

impl District {
    /// Every board since 1997, by name, those that were merged included.
    pub fn all() -> impl ExactSizeIterator<Item = Self> {
        (0..DISTRICTS.len()).map(|index| Self(index as u8))
    }

    /// The canonical name, such as "Hägersten-Älvsjö".
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// Whether the board existed on that day.
    pub fn valid_on(self, date: NaiveDate) -> bool {
        let row = self.row();
        row.from <= date && row.until.is_none_or(|until| date <= until)
    }

    /// The board that took its place, where it was merged into another.
    pub fn successor(self) -> Option<Self> {
        self.row().successor.parse().ok()
    }

    fn row(self) -> &'static Row {
        &DISTRICTS[usize::from(self.0)]
    }
}

impl FromStr for District {
    type Err = PlaceError;

    /// Takes the canonical name alone, capitals and å, ä, ö included.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        DISTRICTS
            .binary_search_by_key(&text, |row| row.name)
            .map(|index| Self(index as u8))
            .map_err(|_| PlaceError::DistrictUnknown(shown(text)))
    }
}

impl fmt::Display for District {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl fmt::Debug for District {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "District({})", self.name())
    }
}

impl TryFrom<String> for District {
    type Error = PlaceError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<District> for String {
    fn from(district: District) -> Self {
        district.name().to_owned()
    }
}

/// Who pays: a municipality (`0643`), or a district board of Stockholm
/// (`0180/Bromma`). Ordered as its text is. `0180` alone is a payer too; that
/// Stockholm's stays need a district is a rule, not a form.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PayerCode {
    municipality: MunicipalityCode,
    district: Option<District>,
}

impl PayerCode {
    /// Joins a municipality and, for Stockholm, a district board.
    ///
    /// # Errors
    /// If a district is given with another municipality than Stockholm.
    pub fn new(
        municipality: MunicipalityCode,
        district: Option<District>,
    ) -> Result<Self, PlaceError> {
        if district.is_some() && municipality != MunicipalityCode::STOCKHOLM {
            return Err(PlaceError::DistrictElsewhere(municipality));
        }
        Ok(Self {
            municipality,
            district,
        })
    }

    /// The municipality, also where one of its boards pays.
    pub fn municipality(&self) -> MunicipalityCode {
        self.municipality
    }

    /// The district board, if one pays.
    pub fn district(&self) -> Option<District> {
        self.district
    }

    /// The name to show: "Habo", "Bromma".
    pub fn name(&self) -> &'static str {
        match self.district {
            Some(district) => district.name(),
            None => self.municipality.name(),
        }
    }

    /// Whether the payer existed on that day. Municipalities are those of the
    /// present division, so the answer differs for districts alone.
    pub fn valid_on(&self, date: NaiveDate) -> bool {
        self.district.is_none_or(|district| district.valid_on(date))
    }
}

impl From<MunicipalityCode> for PayerCode {
    fn from(municipality: MunicipalityCode) -> Self {
        Self {
            municipality,
            district: None,
        }
    }
}

impl From<District> for PayerCode {
    fn from(district: District) -> Self {
        Self {
            municipality: MunicipalityCode::STOCKHOLM,
            district: Some(district),
        }
    }
}

impl FromStr for PayerCode {
    type Err = PlaceError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text.split_once('/') {
            None => text.parse().map(|code: MunicipalityCode| code.into()),
            Some((municipality, district)) => {
                let municipality: MunicipalityCode = municipality.parse()?;
                // The municipality first: under another one no name helps.
                if municipality != MunicipalityCode::STOCKHOLM {
                    return Err(PlaceError::DistrictElsewhere(municipality));
                }
                Self::new(municipality, Some(district.parse()?))
            }
        }
    }
}

impl fmt::Display for PayerCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.district {
            Some(district) => write!(f, "{}/{}", self.municipality, district.name()),
            None => write!(f, "{}", self.municipality),
        }
    }
}

impl fmt::Debug for PayerCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PayerCode({self})")
    }
}

impl TryFrom<String> for PayerCode {
    type Error = PlaceError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<PayerCode> for String {
    fn from(payer: PayerCode) -> Self {
        payer.to_string()
    }
}
