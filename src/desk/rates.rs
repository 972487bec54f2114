//! The day rates.

use rust_decimal::Decimal;

use super::{
    Desk,
    actor::Actor,
    close::needed,
    error::DeskError,
    reply::{RateView, Reply},
};
use crate::{
    ledger::{decision::Decision, rates::Rates},
    model::money::DayRate,
};

impl Desk {
    /// Rates that may be used, and those that wait for finance.
    pub(super) fn rates(&self) -> Vec<RateView> {
        let state = self.read();
        let view = |year, rate: &crate::ledger::rates::Rate, confirmed| RateView {
            year,
            amount: rate.amount.decimal(),
            source: rate.source.clone(),
            confirmed,
        };
        let mut views: Vec<RateView> = state
            .rates
            .all()
            .map(|(year, rate)| view(year, rate, true))
            .collect();
        let waiting = Rates::suggested_years().filter(|year| state.rates.get(*year).is_none());
        views.extend(waiting.filter_map(|year| Some(view(year, &Rates::suggested(year)?, false))));
        views.sort_by_key(|view| view.year);
        views
    }

    pub(super) fn set_rate(
        &self,
        actor: &Actor,
        year: i32,
        amount: Decimal,
        source: &str,
    ) -> Result<Reply, DeskError> {
        let source = needed(source)?;
        if !(2018..=2200).contains(&year) {
            return Err(DeskError::bad_input("year_out_of_range", year));
        }
        DayRate::new(amount).map_err(|error| DeskError::bad_input("rate_wrong", error))?;
        self.decide(
            actor,
            Box::new(move |_| {
                Ok(vec![Decision::RateSet {
                    year,
                    amount,
                    source: source.clone(),
                }])
            }),
        )?;
        Ok(Reply::Rates(self.rates()))
    }
}
