//! Why a text is no personal number. No message repeats the text.

use thiserror::Error;

/// What is wrong with a personal number, without the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum PersonalIdError {
    /// Nothing was written.
    #[error("the personal number is empty")]
    Empty,
    /// Not 10 or 12 characters, separator apart.
    #[error("a personal number has 12 characters (or 10 digits), separator apart")]
    Length,
    /// A character that no personal number has; spaces among them.
    #[error("character {position} cannot stand in a personal number")]
    Character {
        /// Which byte, counted from 1.
        position: usize,
    },
    /// Reserve numbers are written in capitals.
    #[error("letters in a personal number must be capitals")]
    SmallLetter,
    /// A separator in the wrong place, or something else in its place.
    #[error("a hyphen or plus may stand only before the last four characters")]
    Separator,
    /// Letters in the date part.
    #[error("all but the last four characters of a personal number must be digits")]
    DatePart,
    /// Ten digits where nothing tells the century.
    #[error("the century is missing: write the year with four digits")]
    CenturyMissing,
    /// A century in which no personnummer exists.
    #[error("the century must be 18, 19 or 20")]
    Century,
    /// No such day, or none that fits the separator.
    #[error("the birth date does not exist")]
    Date,
    /// Serial 000 is never given out.
    #[error("the serial number 000 is never given out")]
    Serial,
    /// The check digit does not fit the rest.
    #[error("the check digit is wrong: look for a mistyped character")]
    CheckDigit,
    /// A plus marks a person who turns at least 100 in the year.
    #[error("a plus is only for one who turns at least 100 this year: write a hyphen")]
    Plus,
    /// Letters, but none of the known forms of reserve numbers.
    #[error("the last four characters fit no known form of reserve number")]
    ReserveForm,
}
