//! `fixed_share`: a part of a sum each month (Halland 2018).

use rust_decimal::Decimal;

use super::super::agreement::Rounding;
use crate::model::money::half_up;

/// One part of `total` kronor, rounded as `rounding` says (to öre where it
/// says nothing).
#[must_use]
pub fn part(total: Decimal, parts: u16, rounding: Rounding) -> Decimal {
    let exact = total / Decimal::from(parts.max(1));
    match rounding {
        Rounding::None => half_up(exact, 2),
        Rounding::HalfUp(decimals) => half_up(exact, decimals),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table in Halland's annex.
    #[test]
    fn halland_pays_twelfths() {
        let table = [
            (5_042, 420),
            (1_501_612, 125_134),
            (428_570, 35_714),
            (156_302, 13_025),
            (177_061, 14_755),
            (0, 0),
        ];
        for (total, expected) in table {
            let part = part(Decimal::from(total), 12, Rounding::HalfUp(0));
            assert_eq!(part, Decimal::from(expected));
        }
    }
}
