//! Who a stay is about, as it comes in and as the journal names it.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::personal_id::PersonalId;

/// Identity as a source system sends it. A correction may carry only some
/// of its parts.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
pub struct Patient {
    /// Personnummer, samordningsnummer or reserve number.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub pnr: Option<PersonalId>,
    /// The name.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub name: Option<String>,
    /// Skyddade personuppgifter.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub protected: Option<bool>,
}

impl std::fmt::Debug for Patient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Patient(…)")
    }
}

/// Years after which a journal line needs no date of coming of age: only
/// rules for minors ask for it, and corrections come within a few years.
const YEARS_THAT_MATTER: i32 = 25;

impl Patient {
    /// The date of the eighteenth birthday, where the patient is so young at
    /// `on` that a rule for minors could ever ask.
    #[must_use]
    pub fn turns_18_if_young(&self, on: NaiveDate) -> Option<NaiveDate> {
        let birthday = self.pnr.as_ref()?.turns_18()?;
        (birthday.year() + YEARS_THAT_MATTER - 18 > on.year()).then_some(birthday)
    }
}

/// A patient as a journal line names one: by a random key and a salted
/// commitment; name and number stand in the identity file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PatientRef {
    /// Names the record in the identity file; absent where the event
    /// carried neither number nor name.
    pub key: Option<String>,
    /// SHA-256 over salt and identity, hexadecimal.
    pub commitment: Option<String>,
    /// Skyddade personuppgifter, where the event said so or not.
    pub protected: Option<bool>,
    /// Whether the identity record holds a personal number.
    pub numbered: bool,
    /// Date of the eighteenth birthday, for the young only.
    pub turns_18: Option<NaiveDate>,
}
