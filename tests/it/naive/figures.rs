//! What the naive model answers: a month's figures as plain text and numbers.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::stay::YearMonth;

/// A payer's figures under one agreement.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Entry {
    pub discharged: usize,
    pub counted: usize,
    /// Stay and reason.
    pub excluded: BTreeSet<(String, String)>,
    /// Exact averages, as total days and patients, or the rounded one.
    pub averages: BTreeSet<String>,
    pub thresholds: BTreeSet<String>,
    /// `kind stay month quantity × rate = amount`.
    pub lines: BTreeSet<String>,
}

impl Entry {
    pub fn line(&mut self, kind: &str, stay: &str, month: &str, quantity: Decimal, rate: Decimal) {
        if quantity <= Decimal::ZERO {
            return;
        }
        let amount = half_up(quantity * rate, 2).normalize();
        let (quantity, rate) = (quantity.normalize(), rate.normalize());
        let line = format!("{kind} {stay} {month} {quantity} × {rate} = {amount}");
        assert!(self.lines.insert(line), "the same line twice");
    }

    pub fn exclude(&mut self, stay: &str, reason: &str) {
        self.excluded.insert((stay.to_owned(), reason.to_owned()));
    }

    pub fn average(&mut self, average: Decimal, threshold: Option<Decimal>) {
        self.averages.insert(shown(average));
        self.thresholds.extend(threshold.map(shown));
    }
}

/// Payer and agreement, and their figures.
pub type Figures = BTreeMap<(String, String), Entry>;

/// The entry of a payer under an agreement.
pub fn entry<'a>(figures: &'a mut Figures, payer: &str, agreement: &str) -> &'a mut Entry {
    figures
        .entry((payer.to_owned(), agreement.to_owned()))
        .or_default()
}

/// Half away from zero, on the decimals as text would have them.
pub fn half_up(value: Decimal, decimals: u32) -> Decimal {
    let scale = Decimal::from(10_i64.pow(decimals));
    (value * scale + Decimal::new(5, 1)).floor() / scale
}

/// An average as it is compared: figures show four decimals.
pub fn shown(value: Decimal) -> String {
    half_up(value, 4).normalize().to_string()
}

/// The rate of a year, of our own: öre in some, so that amounts must be rounded.
pub fn rate(year: i32) -> Decimal {
    match year {
        2018 => Decimal::from(7100),
        2019 => Decimal::from(7800),
        2020 => Decimal::new(820_005, 2),
        2021 => Decimal::new(875_015, 2),
        _ => Decimal::from(9300),
    }
}

pub fn named((year, month): YearMonth) -> String {
    format!("{year:04}-{month:02}")
}

/// The month `by` months later.
pub fn moved((year, month): YearMonth, by: i32) -> YearMonth {
    let index = year * 12 + month as i32 - 1 + by;
    (index.div_euclid(12), index.rem_euclid(12) as u32 + 1)
}
