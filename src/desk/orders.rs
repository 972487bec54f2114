//! Decisions about agreements beside their files: suspensions, and dates that
//! a file leaves to be set.

use chrono::NaiveDate;

use super::{
    Desk,
    actor::Actor,
    close::needed,
    error::DeskError,
    reply::Reply,
    state::{self, State},
};
use crate::{
    ledger::decision::Decision,
    model::ids::AgreementId,
    rules::{agreement::Agreement, rulebook::STATUTE},
};

/// Dates from the first to the last, which may be open.
pub(super) type Dates = (NaiveDate, Option<NaiveDate>);

impl Desk {
    /// Suspends an agreement of this region.
    ///
    /// # Errors
    /// `statute_binds`, `dates_reversed`, `already_suspended`.
    pub(super) fn suspend(
        &self,
        actor: &Actor,
        id: &str,
        (from, until): Dates,
        reason: &str,
        source: &str,
    ) -> Result<Reply, DeskError> {
        let (reason, source) = (needed(reason)?, needed(source)?);
        if until.is_some_and(|until| until < from) {
            return Err(DeskError::bad_input("dates_reversed", from));
        }
        let asked = id.to_owned();
        self.decide(
            actor,
            Box::new(move |state| {
                let id = own(state, &asked)?.id.clone();
                let (reason, source) = (reason.clone(), source.clone());
                let before = state.books.suspended.get(&id).into_iter().flatten();
                if let Some(other) = before.clone().find(|one| one.overlaps(from, until)) {
                    let since = format!("{id} {}", other.from);
                    return Err(DeskError::bad_input("already_suspended", since));
                }
                Ok(vec![Decision::AgreementSuspended {
                    id,
                    from,
                    until,
                    reason,
                    source,
                }])
            }),
        )?;
        self.agreement(id, None)
    }

    /// Ends the suspension that holds on `from`.
    ///
    /// # Errors
    /// `not_suspended`.
    pub(super) fn resume(
        &self,
        actor: &Actor,
        id: &str,
        from: NaiveDate,
        source: &str,
    ) -> Result<Reply, DeskError> {
        let source = needed(source)?;
        let asked = id.to_owned();
        self.decide(
            actor,
            Box::new(move |state| {
                let id = own(state, &asked)?.id.clone();
                if state.rulebook.suspension(&id, from).is_none() {
                    return Err(DeskError::bad_input("not_suspended", from));
                }
                let source = source.clone();
                Ok(vec![Decision::AgreementResumed { id, from, source }])
            }),
        )?;
        self.agreement(id, None)
    }

    /// Sets a date that the agreement's file leaves open; the last one set
    /// counts.
    ///
    /// # Errors
    /// `date_unknown`, `no_open_date`; `date_refused` where the file cannot have it, with
    /// what would be wrong in the file.
    pub(super) fn set_date(
        &self,
        actor: &Actor,
        id: &str,
        (code, date): (&str, NaiveDate),
        source: &str,
    ) -> Result<Reply, DeskError> {
        let source = needed(source)?;
        let (asked, code) = (id.to_owned(), code.to_owned());
        self.decide(
            actor,
            Box::new(move |state| {
                let id = dated(state, &asked, &code)?;
                let mut orders = state.books.orders();
                let set = orders.dates.entry(id.clone()).or_default();
                set.insert(code.clone(), date);
                let mut tried = (*state.rulebook).clone();
                let refused = |errors| DeskError::bad_input("date_refused", errors);
                tried.order(orders).map_err(refused)?;
                let (code, source) = (code.clone(), source.clone());
                Ok(vec![Decision::AgreementDateSet {
                    id,
                    code,
                    date,
                    source,
                }])
            }),
        )?;
        self.agreement(id, None)
    }
}

/// An agreement that the region can decide about.
fn own<'a>(state: &'a State, id: &str) -> Result<&'a Agreement, DeskError> {
    if id == STATUTE {
        return Err(DeskError::bad_input("statute_binds", STATUTE));
    }
    Ok(state::agreement(&state.rulebook, id)?)
}

fn dated(state: &State, id: &str, code: &str) -> Result<AgreementId, DeskError> {
    let agreement = state::agreement(&state.rulebook, id)?;
    let codes: Vec<&str> = agreement
        .dates
        .iter()
        .map(|date| date.code.as_str())
        .collect();
    if codes.contains(&code) {
        return Ok(agreement.id.clone());
    }
    Err(match codes.as_slice() {
        [] => DeskError::bad_input("no_open_date", &agreement.id),
        others => DeskError::bad_input("date_unknown", others.join(", ")),
    })
}
