//! Reserve numbers: twelve characters for one who has no personnummer.
//!
//! Formats: Inera, *Lokala reservidn* (version 1.2 and later, which corrected
//! the check digits of Stockholm, Västra Götaland and Inera) and the national
//! format 1.0. Three readings of ours:
//! - Forms overlap, and the first whose shape fits judges alone: a wrong check
//!   digit of Västra Götaland's `K` is often a right interim one, and must not
//!   pass as that. So an interim number in the shape of Västra Götaland's, such
//!   as `K` with an even serial from 06 to 79, is refused.
//! - Örebro's form has no check digit and takes any eight digits, so it is the
//!   exception: a number in its shape that another form refuses is Örebro's,
//!   and a mistyped `T` number of another form cannot be told from it.
//! - Stockholm's list gives years from 1980, yet its own examples hold 1945;
//!   any year is taken.

use chrono::NaiveDate;

use super::{LENGTH, PersonalIdError, PersonalIdKind, date, digit, luhn, number};

/// Finds the reserve form of `chars`, whose first eight are digits and whose
/// last four are digits or capitals.
///
/// # Errors
/// The wrong date or check digit of the form whose shape fits, otherwise that
/// no form fits.
pub(super) fn classify(chars: &[u8; LENGTH]) -> Result<PersonalIdKind, PersonalIdError> {
    let mut refused = PersonalIdError::ReserveForm;
    for (judge, kind) in FORMS {
        match judge(chars) {
            Ok(()) => return Ok(kind),
            Err(PersonalIdError::ReserveForm) => {}
            Err(error) => {
                refused = error;
                break;
            }
        }
    }
    if orebro(chars) {
        Ok(PersonalIdKind::OrebroReserve)
    } else {
        Err(refused)
    }
}

/// Says `ReserveForm` where the shape does not fit.
type Form = fn(&[u8; LENGTH]) -> Result<(), PersonalIdError>;

/// All but Örebro's, in the order in which they claim a shape.
const FORMS: [(Form, PersonalIdKind); 6] = [
    (stockholm, PersonalIdKind::StockholmReserve),
    (inera, PersonalIdKind::IneraReserve),
    (vastra_gotaland, PersonalIdKind::VastraGotalandReserve),
    (interim, PersonalIdKind::Interim),
    (varmland, PersonalIdKind::VarmlandReserve),
    (national, PersonalIdKind::NationalReserve),
];

/// The birth date that a reserve number tells. Värmland's tells it only in
/// type F; Stockholm's, Örebro's and Inera's never do.
pub(super) fn birth_date(chars: &[u8; LENGTH], kind: PersonalIdKind) -> Option<NaiveDate> {
    match kind {
        PersonalIdKind::VastraGotalandReserve | PersonalIdKind::Interim => date(chars, 0),
        PersonalIdKind::VarmlandReserve if chars[9] == b'F' => date(chars, 0),
        PersonalIdKind::NationalReserve => national_date(chars),
        _ => None,
    }
}

/// `99yyyyNNNNNC`: Luhn over positions 5 to 12.
fn stockholm(chars: &[u8; LENGTH]) -> Result<(), PersonalIdError> {
    need(chars.starts_with(b"99") && all_digits(&chars[8..]))?;
    check(&chars[4..], digit)
}

/// `yyyymmxxNNNC` with xx from 32 to 59: Luhn over the last ten.
fn inera(chars: &[u8; LENGTH]) -> Result<(), PersonalIdError> {
    need(all_digits(&chars[8..]) && (32..=59).contains(&number(&chars[6..8])))?;
    let month = (1..=12).contains(&number(&chars[4..6]));
    let century = (18..=20).contains(&number(&chars[..2]));
    if !month || !century {
        return Err(PersonalIdError::Date);
    }
    check(&chars[2..], digit)
}

/// `yyyymmddGggC`: sex K, M or X; gg 06–79, even for K and odd for M, 80–89
/// for X; Luhn over the last ten with K = 5, M = 7, X = 8.
fn vastra_gotaland(chars: &[u8; LENGTH]) -> Result<(), PersonalIdError> {
    need(matches!(chars[8], b'K' | b'M' | b'X') && all_digits(&chars[9..]))?;
    let serial = number(&chars[9..11]);
    need(match chars[8] {
        b'K' => (6..=79).contains(&serial) && serial.is_multiple_of(2),
        b'M' => (6..=79).contains(&serial) && !serial.is_multiple_of(2),
        _ => (80..=89).contains(&serial),
    })?;
    need_date(chars)?;
    check(&chars[2..], |byte| match byte {
        b'K' => 5,
        b'M' => 7,
        b'X' => 8,
        other => digit(other),
    })
}

/// `yyyymmddTnnC`: a letter as the serial's first; it counts as 1 in the Luhn
/// sum over the last ten.
fn interim(chars: &[u8; LENGTH]) -> Result<(), PersonalIdError> {
    need(b"TRSUWXJKLMN".contains(&chars[8]) && all_digits(&chars[9..]))?;
    need_date(chars)?;
    check(&chars[2..], |byte| {
        if byte.is_ascii_digit() {
            digit(byte)
        } else {
            1
        }
    })
}

/// `yyyymmddSBnC`: B the type, n tells the sex, C a letter but V (a digit from
/// 1 in test systems). No check digit.
fn varmland(chars: &[u8; LENGTH]) -> Result<(), PersonalIdError> {
    let [letter, kind, sex, order] = [chars[8], chars[9], chars[10], chars[11]];
    need(letter == b'S' && b"FUXPL".contains(&kind) && sex.is_ascii_digit())?;
    need(order != b'V' && order != b'0')?;
    // A century from 22 on is the national form's, which may read the same.
    if !(18..=20).contains(&number(&chars[..2])) {
        return Err(PersonalIdError::ReserveForm);
    }
    need_date(chars)
}

/// `XXYYMMDDNNGC`: two letters, a digit or letter for the sex, and a Luhn
/// check digit over all twelve in which a letter counts by its ASCII code.
fn national(chars: &[u8; LENGTH]) -> Result<(), PersonalIdError> {
    let letter = |byte: u8| byte.is_ascii_uppercase() && !b"IOQVW".contains(&byte);
    let sex = chars[10];
    need(letter(chars[8]) && letter(chars[9]) && (sex.is_ascii_digit() || letter(sex)))?;
    need(chars[11].is_ascii_digit())?;
    match number(&chars[..2]) {
        0 => {
            let month = (20..=99).contains(&number(&chars[4..6]));
            need(month && (40..=59).contains(&number(&chars[6..8])))?;
        }
        22..=99 => {
            national_date(chars).ok_or(PersonalIdError::Date)?;
        }
        _ => return Err(PersonalIdError::ReserveForm),
    }
    check(chars, |byte| {
        if byte.is_ascii_digit() {
            digit(byte)
        } else {
            u32::from(byte)
        }
    })
}

/// The first two digits are the birth's century raised by a multiple of
/// three, up to 78: 22, 25 … 97 are the 1900s, 23 … 98 the 2000s.
fn national_date(chars: &[u8; LENGTH]) -> Option<NaiveDate> {
    let mark = number(&chars[..2]).checked_sub(22)?;
    let year = (19 + mark % 3) * 100 + number(&chars[2..4]);
    let year = i32::try_from(year).ok()?;
    NaiveDate::from_ymd_opt(year, number(&chars[4..6]), number(&chars[6..8]))
}

/// `aaaaaaaaTcde`: c a capital or digit, d a digit, e a capital or digit.
fn orebro(chars: &[u8; LENGTH]) -> bool {
    chars[8] == b'T' && chars[10].is_ascii_digit()
}

fn all_digits(chars: &[u8]) -> bool {
    chars.iter().all(u8::is_ascii_digit)
}

fn need(fits: bool) -> Result<(), PersonalIdError> {
    if fits {
        Ok(())
    } else {
        Err(PersonalIdError::ReserveForm)
    }
}

fn need_date(chars: &[u8; LENGTH]) -> Result<(), PersonalIdError> {
    if !(18..=20).contains(&number(&chars[..2])) {
        return Err(PersonalIdError::Century);
    }
    date(chars, 0).map(drop).ok_or(PersonalIdError::Date)
}

fn check(chars: &[u8], value: impl Fn(u8) -> u32) -> Result<(), PersonalIdError> {
    if luhn(chars, value) == 0 {
        Ok(())
    } else {
        Err(PersonalIdError::CheckDigit)
    }
}
