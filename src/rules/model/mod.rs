//! The models' formulas: numbers in, numbers out.

pub mod average_excess;
pub mod average_trigger;
pub mod fixed_share;

use rust_decimal::Decimal;

use super::agreement::Rounding;
use crate::model::money::half_up;

/// What a payer's, or a county's, counted stays add up to in a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// Counted stays.
    pub patients: u32,
    /// Their days.
    pub days: u64,
}

impl Totals {
    /// Adds a stay.
    pub fn add(&mut self, days: u32) {
        self.patients += 1;
        self.days += u64::from(days);
    }

    /// Days a patient, rounded as `rounding` says (exact to 28 digits
    /// otherwise); none without patients.
    #[must_use]
    pub fn average(&self, rounding: Rounding) -> Option<Decimal> {
        if self.patients == 0 {
            return None;
        }
        let exact = Decimal::from(self.days) / Decimal::from(self.patients);
        Some(match rounding {
            Rounding::None => exact,
            // The quotient may be cut at the 28th digit, which cannot move a
            // half: a half in so few decimals is exact.
            Rounding::HalfUp(decimals) => half_up(exact, decimals),
        })
    }

    /// Whether the exact average lies above `threshold`; without patients it
    /// does not.
    #[must_use]
    pub fn above(&self, threshold: Decimal) -> bool {
        self.patients > 0 && Decimal::from(self.days) > threshold * Decimal::from(self.patients)
    }
}
