//! The month close: check, prepare, approve, park, waive.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Desk,
    actor::Actor,
    angle::Angle,
    by,
    error::DeskError,
    figures::Reckoning,
    invoices,
    month::Look,
    reply::{CloseView, LockView, Parked, Reply},
    state::State,
};
use crate::{
    journal::Reader,
    ledger::{
        decision::Decision,
        figures::{Finding, MonthFigures},
        invoice,
        lock::{self, Lock, RateText},
    },
    model::{month::Month, place::PayerCode, time::Instant},
};

impl Desk {
    pub(super) fn close_check(
        &self,
        month: Month,
        now: Instant,
        angle: Angle<'_>,
    ) -> Result<Reply, DeskError> {
        let state = self.read();
        let reckoning = self.reckoning(&state, now, angle);
        Ok(Reply::Close(Box::new(reckoning.shown_close(month)?)))
    }

    pub(super) fn prepare(
        &self,
        actor: &Actor,
        month: Month,
        now: Instant,
    ) -> Result<Reply, DeskError> {
        let reader = self.reader().clone();
        self.decide(
            actor,
            Box::new(move |state| {
                let close = look(state, &reader, now).close(month)?;
                Ok(vec![Decision::MonthPrepared {
                    month,
                    hash: close.hash,
                }])
            }),
        )?;
        self.close_check(month, now, Angle::default())
    }

    pub(super) fn park(
        &self,
        actor: &Actor,
        month: Month,
        payer: PayerCode,
        reason: &str,
        now: Instant,
    ) -> Result<Reply, DeskError> {
        let reason = needed(reason)?;
        self.decide(
            actor,
            Box::new(move |state| {
                if state.books.is_locked(month, payer) {
                    return Err(DeskError::no("already_locked", format!("{month} {payer}")));
                }
                Ok(vec![Decision::PayerParked {
                    month,
                    payer,
                    reason: reason.clone(),
                }])
            }),
        )?;
        self.close_check(month, now, Angle::default())
    }

    pub(super) fn waive(
        &self,
        actor: &Actor,
        month: Month,
        code: &str,
        reason: &str,
        now: Instant,
    ) -> Result<Reply, DeskError> {
        let (code, reason) = (code.to_owned(), needed(reason)?);
        let reader = self.reader().clone();
        self.decide(
            actor,
            Box::new(move |state| {
                let close = look(state, &reader, now).close(month)?;
                let found = close
                    .figures
                    .findings
                    .iter()
                    .find(|finding| finding.code == code);
                match found {
                    None => Err(DeskError::bad_input("finding_unknown", &code)),
                    Some(finding) if !finding.waivable => {
                        Err(DeskError::no("finding_not_waivable", &code))
                    }
                    Some(_) => {
                        let (code, reason) = (code.clone(), reason.clone());
                        Ok(vec![Decision::FindingWaived {
                            month,
                            code,
                            reason,
                        }])
                    }
                }
            }),
        )?;
        self.close_check(month, now, Angle::default())
    }

    /// Locks exactly what was shown: figures with another hash are refused.
    pub(super) fn approve(
        &self,
        actor: &Actor,
        month: Month,
        expect: &str,
        now: Instant,
    ) -> Result<Reply, DeskError> {
        let reader = self.reader().clone();
        let (expect, approved_by) = (expect.trim().to_owned(), by(actor).as_ref().to_owned());
        let wanted = expect.clone();
        let recorded = self.decide(
            actor,
            Box::new(move |state| {
                // Sent again, the same approval changes nothing.
                if state
                    .books
                    .locks_of(month)
                    .any(|kept| kept.lock.hash == expect)
                {
                    return Ok(Vec::new());
                }
                let reckoning = look(state, &reader, now);
                decide_lock(&reckoning, state, month, &expect, &approved_by)
            }),
        )?;
        let state = self.read();
        let made = state
            .books
            .locks_of(month)
            .find(|kept| kept.lock.hash == wanted);
        let Some(kept) = made else {
            return Err(DeskError::store(
                "store_failed",
                format!("no lock at {}", recorded.seq),
            ));
        };
        let whole = super::locks::whole(self.reader(), &state, kept)?;
        let reckoning = self.reckoning(&state, now, Angle::default());
        let not_locked = reckoning.not_locked(month)?;
        Ok(Reply::Locked(Box::new(LockView {
            month,
            hash: kept.lock.hash.clone(),
            amount: whole.figures()?.amount,
            seq: whole.seq,
            invoices: invoices::of_lock(kept),
            not_locked,
        })))
    }
}

/// A look at the newest state, from the writer's thread.
fn look<'a>(state: &'a State, reader: &'a Reader, now: Instant) -> Reckoning<'a> {
    let look = Look {
        state,
        reader,
        rulebook: &state.rulebook,
        rates: &state.rates,
        now,
        upto: None,
        cache: None,
    };
    Reckoning {
        look,
        books: &state.books,
    }
}

/// A reason that is one.
pub(super) fn needed(reason: &str) -> Result<String, DeskError> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(DeskError::bad_input("reason_missing", ""));
    }
    Ok(reason.to_owned())
}

impl Reckoning<'_> {
    /// The month on its way to the lock.
    pub fn close(&self, month: Month) -> Result<CloseView, DeskError> {
        let earliest_open = self.earliest_open(Month::at(self.look.now))?;
        let mut figures = self.open(month)?;
        let parked = self.leave_out(&mut figures)?;
        let mut blockers: Vec<Finding> = figures
            .findings
            .iter()
            .filter(|finding| finding.waived.is_none())
            .cloned()
            .collect();
        if !month.ended_by(self.look.now) {
            blockers.insert(0, blocker("month_not_ended", month));
        }
        if let Some(earlier) = earliest_open.filter(|earlier| *earlier < month) {
            blockers.insert(0, blocker("earlier_month_open", earlier));
        }
        let locked: BTreeSet<PayerCode> = self
            .books
            .locks_of(month)
            .flat_map(|kept| kept.lock.payers.clone())
            .collect();
        let hash = lock::figures_hash(&figures);
        let prepared = self
            .books
            .prepared
            .get(&month)
            .filter(|(of, _)| *of == hash);
        Ok(CloseView {
            hash,
            blockers,
            earliest_open,
            parked,
            locked: locked.into_iter().collect(),
            prepared_by: prepared.map(|(_, who)| who.clone()),
            figures,
        })
    }

    /// The month on its way to the lock; where nothing of it is left to lock,
    /// what was locked.
    fn shown_close(&self, month: Month) -> Result<CloseView, DeskError> {
        let mut close = self.close(month)?;
        let last = self.books.locks_of(month).last();
        let left = !close.figures.payers.is_empty() || !close.parked.is_empty();
        let Some(last) = last.filter(|_| !left) else {
            return Ok(close);
        };
        close.figures = self.view(month)?.figures;
        close.hash.clone_from(&last.lock.hash);
        close.prepared_by.clone_from(&last.lock.prepared_by);
        close.blockers.clear();
        Ok(close)
    }

    /// Takes out parked payers, and payers for whom an earlier month is open.
    /// Once a month is locked for the others, its next lock is for the parked,
    /// but for those that are parked anew while others are left.
    fn leave_out(&self, figures: &mut MonthFigures) -> Result<Vec<Parked>, DeskError> {
        let month = figures.month;
        let earlier = self.open_before(month)?.into_iter();
        let mut parked: BTreeMap<PayerCode, String> = earlier
            .map(|payer| (payer, Parked::EARLIER_OPEN.to_owned()))
            .collect();
        let own: BTreeMap<PayerCode, &str> = self.books.left_out_next(month).collect();
        let goes = |payer| !own.contains_key(&payer) && !parked.contains_key(&payer);
        let others = figures.payers.iter().any(|entry| goes(entry.payer));
        if others || self.books.locks_of(month).next().is_none() {
            parked.extend(own.into_iter().map(|(payer, why)| (payer, why.to_owned())));
        }
        figures
            .payers
            .retain(|entry| !parked.contains_key(&entry.payer));
        let left_out =
            |payer: Option<PayerCode>| payer.is_some_and(|payer| parked.contains_key(&payer));
        figures.findings.retain(|finding| !left_out(finding.payer));
        figures.amount = figures.payers.iter().map(|entry| entry.amount).sum();
        Ok(parked
            .into_iter()
            .map(|(payer, reason)| Parked { payer, reason })
            .collect())
    }

    /// Payers that were parked in a month before `month` and have something to
    /// lock in it. One whose stays were all voided since has nothing to wait
    /// for.
    fn open_before(&self, month: Month) -> Result<BTreeSet<PayerCode>, DeskError> {
        let mut open = BTreeSet::new();
        let parked = self.books.parked.keys();
        let earlier: BTreeSet<Month> = parked
            .map(|(earlier, _)| *earlier)
            .filter(|earlier| *earlier < month)
            .collect();
        for earlier in earlier {
            let entries = self.base(earlier)?.payers.into_iter();
            let payers = entries.map(|entry| entry.payer);
            open.extend(payers.filter(|payer| self.books.is_parked(earlier, *payer)));
        }
        Ok(open)
    }
}

fn blocker(code: &str, month: Month) -> Finding {
    Finding {
        code: code.to_owned(),
        payer: None,
        episode: None,
        detail: month.to_string(),
        waivable: false,
        waived: None,
    }
}

/// What locking records, if nothing is in the way.
fn decide_lock(
    reckoning: &Reckoning<'_>,
    state: &State,
    month: Month,
    expect: &str,
    approved_by: &str,
) -> Result<Vec<Decision>, DeskError> {
    let close = reckoning.close(month)?;
    if let Some(blocker) = close.blockers.first() {
        let codes: BTreeSet<&str> = close.blockers.iter().map(|one| one.code.as_str()).collect();
        let codes: Vec<&str> = codes.into_iter().collect();
        let code = match blocker.code.as_str() {
            code @ ("month_not_ended" | "earlier_month_open") => code,
            _ => "blocked",
        };
        return Err(DeskError::no(code, codes.join(", ")));
    }
    if close.figures.payers.is_empty() {
        return Err(DeskError::no("nothing_to_lock", month));
    }
    if close.hash != expect {
        return Err(DeskError::no("hash_changed", &close.hash));
    }
    let mut decisions = kept_files(state);
    // Those left out because of an earlier month stay out of this one.
    for parked in &close.parked {
        if !state.books.is_parked(month, parked.payer) {
            let (payer, reason) = (parked.payer, parked.reason.clone());
            decisions.push(Decision::PayerParked {
                month,
                payer,
                reason,
            });
        }
    }
    decisions.push(Decision::MonthLocked(Box::new(lock_of(
        reckoning,
        state,
        close,
        approved_by,
    ))));
    Ok(decisions)
}

/// The files of the agreements in force that the journal does not have yet.
fn kept_files(state: &State) -> Vec<Decision> {
    let missing = state
        .rulebook
        .all()
        .filter(|agreement| !state.books.files.contains_key(agreement.address()));
    missing
        .map(|agreement| Decision::AgreementKept {
            sha256: agreement.address().to_owned(),
            text: agreement.text().to_owned(),
        })
        .collect()
}

fn lock_of(reckoning: &Reckoning<'_>, state: &State, close: CloseView, approved_by: &str) -> Lock {
    let figures = lock::locked(close.figures, &close.hash);
    let payers: BTreeSet<PayerCode> = figures.payers.iter().map(|entry| entry.payer).collect();
    let rulebook = &state.rulebook;
    let confirmed = rulebook
        .all()
        .filter_map(|agreement| Some((agreement.id.clone(), rulebook.confirmed_until(agreement)?)));
    let rates = state.rates.all().map(|(year, rate)| RateText {
        year,
        amount: rate.amount.decimal(),
        source: rate.source.clone(),
    });
    Lock {
        month: figures.month,
        payers: payers.into_iter().collect(),
        chain: lock::chain(state.books.last_chain(), &close.hash),
        agreements: rulebook
            .all()
            .map(|agreement| (agreement.id.clone(), agreement.address().to_owned()))
            .collect(),
        confirmed: confirmed.collect(),
        suspended: rulebook.orders().suspended.clone(),
        dates: rulebook.orders().dates.clone(),
        rates: rates.collect(),
        engine: env!("CARGO_PKG_VERSION").to_owned(),
        position: state.views.position(),
        as_at: reckoning.look.now,
        prepared_by: close.prepared_by,
        approved_by: approved_by.to_owned(),
        invoices: invoice::make(&figures, state.region, state.books.numbered()),
        figures: lock::figures_json(&figures),
        hash: close.hash,
    }
}
