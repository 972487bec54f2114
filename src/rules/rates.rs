//! The day rate (*vårddygnsbelopp*) of each calendar year, with its source.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::money::DayRate;

/// A year's rate and what it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rate {
    /// Kronor per care day.
    pub amount: DayRate,
    /// Where it stands, or who said so.
    pub source: String,
}

/// The rates that may be used, by year.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rates(BTreeMap<i32, Rate>);

/// Year, kronor, source.
type Known = (i32, i64, &'static str);

/// Stated by the agreements' documents.
const STATED: [Known; 2] = [
    (
        2018,
        7100,
        "Socialstyrelsen; Jämtland Härjedalen, bilaga 9, fotnot 5; Halland, § 46",
    ),
    (
        2019,
        7800,
        "Socialstyrelsen; Stockholm, Betalningsmodell och ersättningsnivå",
    ),
];

/// Found elsewhere: for finance to confirm, never used by themselves.
const SUGGESTED: [Known; 2] = [
    (2020, 8200, "uppgift att bekräfta"),
    (2022, 9300, "uppgift att bekräfta"),
];

impl Rates {
    /// No rates at all.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// Those that the agreements' documents state.
    #[must_use]
    pub fn shipped() -> Self {
        let rates = STATED
            .into_iter()
            .filter_map(|known| Some((known.0, rate(known)?)));
        Self(rates.collect())
    }

    /// Sets a year's rate, over any other.
    pub fn set(&mut self, year: i32, rate: Rate) {
        self.0.insert(year, rate);
    }

    /// The rate of `year`, if there is one that may be used.
    #[must_use]
    pub fn get(&self, year: i32) -> Option<&Rate> {
        self.0.get(&year)
    }

    /// Every rate, by year.
    pub fn all(&self) -> impl Iterator<Item = (i32, &Rate)> {
        self.0.iter().map(|(year, rate)| (*year, rate))
    }

    /// Years for which something was found that must be confirmed before use.
    pub fn suggested_years() -> impl Iterator<Item = i32> {
        SUGGESTED.into_iter().map(|(year, ..)| year)
    }

    /// What was found for `year` but must be confirmed before use.
    #[must_use]
    pub fn suggested(year: i32) -> Option<Rate> {
        SUGGESTED
            .into_iter()
            .find(|known| known.0 == year)
            .and_then(rate)
    }
}

fn rate((_, kronor, source): Known) -> Option<Rate> {
    Some(Rate {
        amount: DayRate::new(kronor.into()).ok()?,
        source: source.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_documents_state_may_be_used() {
        let rates = Rates::shipped();
        let years: Vec<_> = rates
            .all()
            .map(|(year, rate)| (year, rate.amount.to_string()))
            .collect();
        assert_eq!(
            years,
            [(2018, "7100".to_owned()), (2019, "7800".to_owned())]
        );
        assert!(rates.get(2020).is_none());
        assert_eq!(Rates::suggested(2020).unwrap().amount.to_string(), "8200");
        assert_eq!(Rates::suggested(2022).unwrap().amount.to_string(), "9300");
        assert!(Rates::suggested(2021).is_none());
    }

    #[test]
    fn a_rate_that_finance_set_counts() {
        let mut rates = Rates::shipped();
        let rate = Rates::suggested(2020).unwrap();
        rates.set(2020, rate.clone());
        assert_eq!(rates.get(2020), Some(&rate));
    }
}
