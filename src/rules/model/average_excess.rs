//! `average_excess`: what lies above the threshold, times the patients
//! (Jönköping, bilaga 2; Stockholm).

use rust_decimal::Decimal;

use super::Totals;
use crate::rules::agreement::Rounding;

/// Days to charge; none where the average does not exceed the threshold.
///
/// A rounded average is taken as it is written: (average − threshold) ×
/// patients. An exact one is multiplied out first, so that nothing is lost:
/// days − threshold × patients.
#[must_use]
pub fn quantity(totals: &Totals, threshold: Decimal, rounding: Rounding) -> Option<Decimal> {
    let patients = Decimal::from(totals.patients);
    let quantity = match rounding {
        Rounding::None => Decimal::from(totals.days) - threshold * patients,
        Rounding::HalfUp(_) => (totals.average(rounding)? - threshold) * patients,
    };
    (quantity > Decimal::ZERO).then_some(quantity)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dec(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    /// The examples of Jönköping's bilaga 2, and the edges of rounding.
    #[test]
    fn jonkoping_rounds_the_average_to_one_decimal() {
        let cases = [
            (10, 27, Some("7.0")),  // B: 2.7
            (24, 81, Some("33.6")), // D: 3.375 → 3.4
            (14, 24, None),         // A: 1.71
            (20, 41, Some("2.0")),  // 2.05 → 2.1, half up and not to even
            (20, 40, None),         // 2.0 is not above 2.0
            (100, 204, None),       // 2.04 → 2.0
        ];
        for (patients, days, expected) in cases {
            let totals = Totals { patients, days };
            let found = quantity(&totals, dec("2.0"), Rounding::HalfUp(1));
            assert_eq!(found, expected.map(dec), "{days}/{patients}");
        }
    }

    #[test]
    fn an_exact_average_loses_nothing() {
        let totals = Totals {
            patients: 3,
            days: 7,
        };
        assert_eq!(
            quantity(&totals, dec("2.0"), Rounding::None),
            Some(dec("1"))
        );
        assert_eq!(
            quantity(&totals, dec("1.3"), Rounding::None),
            Some(dec("3.1"))
        );
        let none = Totals::default();
        assert_eq!(quantity(&none, dec("2.0"), Rounding::None), None);
        assert_eq!(quantity(&none, dec("2.0"), Rounding::HalfUp(1)), None);
    }
}
