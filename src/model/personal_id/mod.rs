//! A person's number: personnummer, samordningsnummer or a reserve number.
//!
//! The crate `personnummer` was weighed and left aside: it ignores the `+`
//! that marks a person of a hundred, takes a number without century for one
//! of the 1900s, takes any century, knows no reserve numbers, reads the wall
//! clock for ages, and runs a regular expression for each parse.

mod error;
mod reserve;
#[cfg(test)]
mod tests;

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};

pub use error::PersonalIdError;

/// Which numbering a [`PersonalId`] belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PersonalIdKind {
    /// Personnummer (folkbokföringslagen 1991:481, section 18).
    Personnummer,
    /// Samordningsnummer: the day is raised by 60 (folkbokföringslagen,
    /// section 18 a; Skatteverket SKV M 2010:3, section 2).
    Samordningsnummer,
    /// National reserve identity, NRID (Inera, specification 1.0).
    NationalReserve,
    /// Interim number with a letter where the serial starts ("T-nummer").
    Interim,
    /// Region Stockholm's reserve number (Inera, local reserve identities 1.2).
    StockholmReserve,
    /// Västra Götalandsregionen's reserve number (the same list).
    VastraGotalandReserve,
    /// Region Värmland's reserve number (the same list).
    VarmlandReserve,
    /// Region Örebro län's reserve number; it has no check digit.
    OrebroReserve,
    /// Inera's reserve number, a day of 32 to 59 (the same list).
    IneraReserve,
}

/// A checked personal number. Neither `Debug` nor `Display` shows it: the one
/// way to its text is [`PersonalId::reveal`]. Serialization writes the
/// canonical form, so it belongs in identity files and requests alone.
///
/// Two numbers are equal when their canonical forms are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PersonalId {
    /// Twelve ASCII characters, century first, without separator.
    chars: [u8; LENGTH],
    kind: PersonalIdKind,
}

const LENGTH: usize = 12;

/// How the last four characters were set off from the date.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Separator {
    None,
    Hyphen,
    Plus,
}

impl PersonalId {
    /// Parses any written form: `yyyymmddnnnn`, `yyyymmdd-nnnn`, `yymmddnnnn`,
    /// `yymmdd-nnnn`, `yymmdd+nnnn`, and reserve numbers of twelve characters
    /// with or without hyphen. Letters are capitals; spaces are refused.
    ///
    /// Where the century is not written, `today` decides: a `+` means a person
    /// who turns at least 100 in that year, anything else the latest birth
    /// date that is not after `today`. A `+` beside a written century must
    /// agree with it.
    ///
    /// # Errors
    /// Says what is wrong, never with the value.
    pub fn parse(text: &str, today: NaiveDate) -> Result<Self, PersonalIdError> {
        Self::read(text.as_bytes(), Some(today))
    }

    /// Parses forms that need no reference date: all of [`PersonalId::parse`]
    /// but those without century and those with `+`.
    ///
    /// # Errors
    /// Says what is wrong, never with the value.
    pub fn parse_full(text: &str) -> Result<Self, PersonalIdError> {
        Self::read(text.as_bytes(), None)
    }

    fn read(text: &[u8], today: Option<NaiveDate>) -> Result<Self, PersonalIdError> {
        check_characters(text)?;
        let (head, separator, tail) = split(text)?;
        let mut chars = [b'0'; LENGTH];
        chars[8..].copy_from_slice(tail);
        if head.len() == 8 {
            chars[..8].copy_from_slice(head);
            let id = classify(chars)?;
            if separator == Separator::Plus {
                id.check_plus(today)?;
            }
            return Ok(id);
        }
        if !tail.iter().all(u8::is_ascii_digit) {
            return Err(PersonalIdError::ReserveForm);
        }
        chars[2..8].copy_from_slice(head);
        let today = today.ok_or(PersonalIdError::CenturyMissing)?;
        with_century(chars, separator, today)
    }

    fn check_plus(self, today: Option<NaiveDate>) -> Result<(), PersonalIdError> {
        let born = match self.kind {
            PersonalIdKind::Personnummer | PersonalIdKind::Samordningsnummer => self.birth_date(),
            _ => None,
        };
        let born = born.ok_or(PersonalIdError::Plus)?;
        let today = today.ok_or(PersonalIdError::Plus)?;
        if today.year() - born.year() < 100 {
            return Err(PersonalIdError::Plus);
        }
        Ok(())
    }

    /// The numbering it belongs to.
    pub fn kind(&self) -> PersonalIdKind {
        self.kind
    }

    /// The full number in its canonical form: `yyyymmdd-nnnn` for personnummer
    /// and samordningsnummer, twelve characters without separator for reserve
    /// numbers. Call it only where the reader may see the person's identity.
    pub fn reveal(&self) -> String {
        let mut text = String::with_capacity(LENGTH + 1);
        for (position, &char) in self.chars.iter().enumerate() {
            if position == 8 && self.has_hyphen() {
                text.push('-');
            }
            text.push(char::from(char));
        }
        text
    }

    /// What stands in the number's place for those who may not see it. It
    /// tells nothing but the kind's written form.
    pub fn masked(&self) -> &'static str {
        if self.has_hyphen() {
            "********-****"
        } else {
            "************"
        }
    }

    fn has_hyphen(&self) -> bool {
        matches!(
            self.kind,
            PersonalIdKind::Personnummer | PersonalIdKind::Samordningsnummer
        )
    }

    /// The birth date, where the number tells it; reserve numbers often do not.
    pub fn birth_date(&self) -> Option<NaiveDate> {
        match self.kind {
            PersonalIdKind::Personnummer => date(&self.chars, 0),
            PersonalIdKind::Samordningsnummer => date(&self.chars, COORDINATION),
            _ => reserve::birth_date(&self.chars, self.kind),
        }
    }

    /// The 18th birthday, where the birth date is known; one born on
    /// 29 February reaches the age on 28 February of a year without that day.
    pub fn turns_18(&self) -> Option<NaiveDate> {
        self.birth_date()?.checked_add_months(Months::new(18 * 12))
    }
}

/// Added to the day in a samordningsnummer.
const COORDINATION: u32 = 60;

fn check_characters(text: &[u8]) -> Result<(), PersonalIdError> {
    if text.is_empty() {
        return Err(PersonalIdError::Empty);
    }
    // The length first: a long text is not searched for its worst character.
    if text.len() > LENGTH + 1 {
        return Err(PersonalIdError::Length);
    }
    for (index, byte) in text.iter().enumerate() {
        match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'-' | b'+' => {}
            b'a'..=b'z' => return Err(PersonalIdError::SmallLetter),
            _ => {
                return Err(PersonalIdError::Character {
                    position: index + 1,
                });
            }
        }
    }
    Ok(())
}

/// Splits into the date part (6 or 8 digits), the separator and the last four.
fn split(text: &[u8]) -> Result<(&[u8], Separator, &[u8]), PersonalIdError> {
    let (head, separator, tail) = match text.len() {
        10 | 12 => {
            let (head, tail) = text.split_at(text.len() - 4);
            (head, Separator::None, tail)
        }
        11 | 13 => {
            let (head, rest) = text.split_at(text.len() - 5);
            let separator = match rest[0] {
                b'-' => Separator::Hyphen,
                b'+' => Separator::Plus,
                _ => return Err(PersonalIdError::Separator),
            };
            (head, separator, &rest[1..])
        }
        _ => return Err(PersonalIdError::Length),
    };
    if tail.iter().any(|byte| !byte.is_ascii_alphanumeric()) {
        return Err(PersonalIdError::Separator);
    }
    if !head.iter().all(u8::is_ascii_digit) {
        return Err(PersonalIdError::DatePart);
    }
    Ok((head, separator, tail))
}

/// Finds the kind of twelve characters whose first eight are digits.
fn classify(chars: [u8; LENGTH]) -> Result<PersonalId, PersonalIdError> {
    let day = number(&chars[6..8]);
    let century = number(&chars[..2]);
    let digits = chars[8..].iter().all(u8::is_ascii_digit);
    // 99 is Stockholm's mark and 32–59 as a day is Inera's, so digits alone
    // never leave a choice between kinds.
    if !digits || century == 99 || (32..=59).contains(&day) {
        let kind = reserve::classify(&chars)?;
        return Ok(PersonalId { chars, kind });
    }
    if !(18..=20).contains(&century) {
        return Err(PersonalIdError::Century);
    }
    registered(chars)
}

/// Checks a personnummer or samordningsnummer of twelve digits.
fn registered(chars: [u8; LENGTH]) -> Result<PersonalId, PersonalIdError> {
    let (kind, offset) = if number(&chars[6..8]) > COORDINATION {
        (PersonalIdKind::Samordningsnummer, COORDINATION)
    } else {
        (PersonalIdKind::Personnummer, 0)
    };
    date(&chars, offset).ok_or(PersonalIdError::Date)?;
    if &chars[8..11] == b"000" {
        return Err(PersonalIdError::Serial);
    }
    if luhn(&chars[2..], digit) != 0 {
        return Err(PersonalIdError::CheckDigit);
    }
    Ok(PersonalId { chars, kind })
}

/// Sets the century that a ten-digit number leaves open.
fn with_century(
    mut chars: [u8; LENGTH],
    separator: Separator,
    today: NaiveDate,
) -> Result<PersonalId, PersonalIdError> {
    let offset = if number(&chars[6..8]) > COORDINATION {
        COORDINATION
    } else {
        0
    };
    for century in [b"20", b"19", b"18"] {
        chars[..2].copy_from_slice(century);
        let Some(born) = date(&chars, offset) else {
            continue;
        };
        let fits = match separator {
            Separator::Plus => today.year() - born.year() >= 100,
            Separator::None | Separator::Hyphen => born <= today,
        };
        if fits {
            return registered(chars);
        }
    }
    Err(PersonalIdError::Date)
}

/// The date in the first eight digits, its day lowered by `offset`.
fn date(chars: &[u8; LENGTH], offset: u32) -> Option<NaiveDate> {
    let year = i32::try_from(number(&chars[..4])).ok()?;
    let day = number(&chars[6..8]).checked_sub(offset)?;
    NaiveDate::from_ymd_opt(year, number(&chars[4..6]), day)
}

/// The value of at most nine ASCII digits.
fn number(digits: &[u8]) -> u32 {
    digits.iter().fold(0, |sum, byte| sum * 10 + digit(*byte))
}

/// The value of one ASCII digit.
fn digit(byte: u8) -> u32 {
    u32::from(byte) - u32::from(b'0')
}

/// The Luhn sum modulo 10: every other character from the first is doubled,
/// and each product counts by the sum of its digits. 0 means that the last
/// one, the check digit, is right.
fn luhn(chars: &[u8], value: impl Fn(u8) -> u32) -> u32 {
    let mut sum = 0;
    for (index, &char) in chars.iter().enumerate() {
        let product = value(char) * if index.is_multiple_of(2) { 2 } else { 1 };
        sum += product % 10 + product / 10 % 10 + product / 100;
    }
    sum % 10
}

impl FromStr for PersonalId {
    type Err = PersonalIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse_full(text)
    }
}

impl TryFrom<String> for PersonalId {
    type Error = PersonalIdError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse_full(&text)
    }
}

impl From<PersonalId> for String {
    fn from(id: PersonalId) -> Self {
        id.reveal()
    }
}

impl fmt::Debug for PersonalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PersonalId({:?}, {})", self.kind, self.masked())
    }
}

impl fmt::Display for PersonalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.masked())
    }
}
