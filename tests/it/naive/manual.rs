//! Stays for which no source has a rule: finance decides by hand.

use chrono::NaiveDate;

use super::{
    figures::{Figures, entry},
    stay::{Span, Stay},
};

/// Lists discharged stays of which `this` is true.
pub fn list(
    figures: &mut Figures,
    stays: &[(&Stay, Span, NaiveDate)],
    this: impl Fn(&Stay, &Span, NaiveDate) -> bool,
) {
    for (stay, span, date) in stays {
        if let (true, Some(payer)) = (this(stay, span, *date), stay.payer()) {
            let entry = entry(figures, &payer.to_string(), "manual");
            entry.discharged += 1;
            entry.exclude(&stay.id, "manual");
        }
    }
}
