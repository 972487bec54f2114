//! Lines entered by hand.

use super::{
    Desk, actor::Actor, close::needed, error::DeskError, reply::Reply, request::ManualAsk,
};
use crate::{
    ledger::decision::Decision,
    model::{money::Kronor, month::Month, time::Instant},
};

/// Longest id of a line.
const LONGEST_ID: usize = 64;

impl Desk {
    /// Enters a line; the same id again changes nothing.
    ///
    /// # Errors
    /// `reason_missing`, `amount_wrong`, `amount_not_positive`, `month_ahead`,
    /// `already_locked`.
    pub(super) fn manual(
        &self,
        actor: &Actor,
        ask: &ManualAsk,
        now: Instant,
    ) -> Result<Reply, DeskError> {
        let ManualAsk {
            id,
            month,
            payer,
            amount,
            reason,
        } = ask.clone();
        let reason = needed(&reason)?;
        if id.is_empty() || id.len() > LONGEST_ID {
            return Err(DeskError::bad_input(
                "wrong_request",
                "the line's id has 1 to 64 bytes",
            ));
        }
        Kronor::exact(amount.decimal())
            .map_err(|error| DeskError::bad_input("amount_wrong", error))?;
        if amount <= Kronor::ZERO {
            return Err(DeskError::bad_input("amount_not_positive", amount));
        }
        if month > Month::at(now) {
            return Err(DeskError::bad_input("month_ahead", month));
        }
        let recorded = self.decide(
            actor,
            Box::new(move |state| {
                if state.books.has_manual(&id) {
                    return Ok(Vec::new());
                }
                if state.books.is_locked(month, payer) {
                    return Err(DeskError::no("already_locked", format!("{month} {payer}")));
                }
                let (id, reason) = (id.clone(), reason.clone());
                Ok(vec![Decision::ManualLine {
                    id,
                    month,
                    payer,
                    amount,
                    reason,
                }])
            }),
        )?;
        Ok(Reply::Recorded(recorded))
    }
}
