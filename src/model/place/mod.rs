//! Regions, municipalities and Stockholm's district boards: who pays whom.
//!
//! Codes and names are Statistics Sweden's (SCB) of the present division of
//! the country, with each county's region. The tables are part of the program;
//! each is parsed once, at its first use, and looked up by binary search.

mod code;
mod municipality;
mod payer;
mod region;
#[cfg(test)]
mod tests;

use thiserror::Error;

use super::text;

pub use municipality::MunicipalityCode;
pub use payer::{District, PayerCode};
pub use region::RegionCode;

/// Why a text names no region, municipality or payer. The text is shown made
/// safe for a terminal and cut: it is a code, not a person's data.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PlaceError {
    /// Not two digits.
    #[error("{0:?} is no region code: write the county's two digits, such as 17")]
    RegionForm(String),
    /// Two digits that no county has.
    #[error("no region has the code {0}")]
    RegionUnknown(String),
    /// Not four digits.
    #[error("{0:?} is no municipality code: write SCB's four digits, such as 1715")]
    MunicipalityForm(String),
    /// Four digits that no municipality has.
    #[error("no municipality has the code {0}")]
    MunicipalityUnknown(String),
    /// A name that no district board of Stockholm has had since 1997.
    #[error("Stockholm has no district board named {0:?} (stadsdelsnämnd, written in full)")]
    DistrictUnknown(String),
    /// A district under a municipality that is settled as a whole.
    #[error("only 0180 (Stockholm) is settled per district, {0} is not")]
    DistrictElsewhere(MunicipalityCode),
}

/// The refused text as an error may show it.
fn shown(text: &str) -> String {
    text::fits(&text::plain(text), 40).into_owned()
}

/// The value of exactly `N` ASCII digits.
fn digits<const N: usize>(text: &str) -> Option<u16> {
    let bytes: &[u8; N] = text.as_bytes().try_into().ok()?;
    bytes.iter().try_fold(0u16, |sum, byte| {
        byte.is_ascii_digit()
            .then(|| sum * 10 + u16::from(byte - b'0'))
    })
}

/// The lines of an embedded table, without its heading. The tables hold no
/// quotes, so a plain split at commas reads them.
fn rows<const N: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    table.lines().skip(1).map(|line| {
        let mut fields = line.split(',');
        std::array::from_fn(|_| fields.next().unwrap_or_default())
    })
}
