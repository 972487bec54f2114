//! Halland: twelfths of 2017's sums to October 2018, the statute after it.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{
    figures::{Figures, entry, half_up},
    individual, manual,
    stay::{Stay, YearMonth, discharged_in, ymd},
};

/// Invoiced for 2017.
const TABLE: [(&str, i64); 6] = [
    ("1382", 5_042),
    ("1384", 1_501_612),
    ("1383", 428_570),
    ("1380", 156_302),
    ("1381", 177_061),
    ("1315", 0),
];

pub fn month(stays: &[&Stay], month: YearMonth, today: NaiveDate) -> Figures {
    let mut figures = individual::month(stays, month, today, |stay, span| {
        let start = span.start_date();
        (start >= ymd(2018, 11, 1)).then(|| individual::statute(stay, start))
    });
    if ((2018, 1)..=(2018, 10)).contains(&month) {
        for (payer, year) in TABLE {
            let twelfth = half_up(Decimal::from(year) / Decimal::from(12), 0);
            let entry = entry(&mut figures, payer, "halland-2018");
            entry.line(
                "fixed_share",
                "-",
                "-",
                Decimal::from(i64::from(twelfth > Decimal::ZERO)),
                twelfth,
            );
        }
    }
    let old = discharged_in(stays, month);
    manual::list(&mut figures, &old, |_, span, _| {
        span.start_date() < ymd(2018, 1, 1)
    });
    figures
}
