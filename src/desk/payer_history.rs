//! What payers' last months came to: locked ones as they were locked, open
//! ones as known now.

use std::collections::BTreeMap;

use super::{
    Desk,
    actor::{Actor, Scope},
    angle::Angle,
    error::DeskError,
    reply::{PayerHistory, PayerMonths, Reply},
    request::MOST_MONTHS,
};
use crate::{
    ledger::forecast,
    model::{money::Kronor, month::Month, place::PayerCode, time::Instant},
};

impl Desk {
    /// A month's stays are kept from one question to the next for as long as
    /// nothing is recorded ([`super::month::Look::month`]), and a locked month
    /// is read from its lock: asking again costs adding up.
    pub(super) fn payer_history(
        &self,
        actor: &Actor,
        months: u16,
        now: Instant,
        angle: Angle<'_>,
    ) -> Result<Reply, DeskError> {
        if months == 0 || months > MOST_MONTHS {
            let detail = format!("1–{MOST_MONTHS}");
            return Err(DeskError::bad_input("months_range", detail));
        }
        let only = match actor.scope {
            Scope::Region => None,
            Scope::Payer(own) => Some(own),
        };
        let state = self.read();
        let reckoning = self.reckoning(&state, now, angle);
        let runs = Month::at(now);
        let months: Vec<Month> = runs
            .plus(-i32::from(months))
            .through(runs.previous())
            .collect();
        let mut payers: BTreeMap<PayerCode, Vec<Option<Kronor>>> = BTreeMap::new();
        for (at, month) in months.iter().enumerate() {
            let figures = reckoning.view(*month)?.figures;
            for one in forecast::ended(&figures, only, now).payers {
                let nothing = || vec![Some(Kronor::ZERO); months.len()];
                payers.entry(one.payer).or_insert_with(nothing)[at] = one.amounts.so_far;
            }
        }
        let payers = payers.into_iter();
        let payers = payers.map(|(payer, amounts)| PayerMonths { payer, amounts });
        Ok(Reply::PayerHistory(Box::new(PayerHistory {
            payers: payers.collect(),
            months,
        })))
    }
}
