//! Who pays in made-up histories.

use chrono::NaiveDate;

use crate::model::place::{District, MunicipalityCode, RegionCode};

/// The municipalities of a region, the largest first: the county's seat has
/// the number 80 nearly everywhere, and made-up loads fall from the front.
pub(super) fn municipalities(region: RegionCode) -> Vec<MunicipalityCode> {
    let mut codes: Vec<_> = region.municipalities().collect();
    codes.sort_by_key(|code| !code.to_string().ends_with("80"));
    codes
}

/// The district board that pays, where the municipality is settled so.
pub(super) fn district(code: MunicipalityCode, nth: usize, on: NaiveDate) -> Option<String> {
    if code != MunicipalityCode::STOCKHOLM {
        return None;
    }
    let boards: Vec<_> = District::all().filter(|board| board.valid_on(on)).collect();
    let board = boards.get(nth.checked_rem(boards.len())?)?;
    Some(board.name().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_region_has_payers_and_the_seat_leads() {
        for region in RegionCode::all() {
            assert!(!municipalities(region).is_empty());
        }
        let seat = |code: &str| municipalities(code.parse().unwrap())[0].name();
        assert_eq!((seat("17"), seat("01")), ("Karlstad", "Stockholm"));
    }

    #[test]
    fn only_stockholm_has_districts() {
        let on = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        assert_eq!(
            district(MunicipalityCode::STOCKHOLM, 0, on).as_deref(),
            Some("Bromma")
        );
        assert_eq!(district("1780".parse().unwrap(), 0, on), None);
    }
}
