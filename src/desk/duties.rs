//! What is due next: for whom, by when; overdue first.

use std::{cmp::Reverse, collections::BTreeMap};

use chrono::TimeDelta;

use super::{
    Desk,
    actor::{Actor, Scope},
    board,
    error::DeskError,
    in_scope,
    reply::{DueRow, DutiesView, Reply},
    request::DutiesAsk,
    state::State,
    views_error,
};
use crate::{
    model::{month::Month, place::PayerCode, stay::Stay, time::Instant},
    rules::{
        model::Totals,
        outlook::{DutyState, Outlook, RegionDuty, RegionFacts, SoFar, region_duties},
        payer_of,
        share::{Share, Standing},
    },
    views::ViewsError,
};

impl Desk {
    pub(super) fn duties(
        &self,
        actor: &Actor,
        ask: &DutiesAsk,
        now: Instant,
    ) -> Result<Reply, DeskError> {
        let state = self.read();
        let until = now + TimeDelta::days(ask.days.into());
        let wanted = |payer: Option<PayerCode>| {
            in_scope(actor, payer) && ask.payer.is_none_or(|only| payer == Some(only))
        };
        let mut rows = Vec::new();
        let payers = self.payers(&state, now);
        self.each_open_stay(&state, now, &mut |stay| {
            if wanted(payer_of(stay).ok()) {
                of_stay(stay, &payers.outlook(stay), &mut rows);
            }
        })
        .map_err(views_error)?;
        payers.finish().map_err(views_error)?;
        let whole = actor.scope == Scope::Region && ask.payer.is_none();
        let of_region = self.of_region(&state, now).map_err(views_error)?;
        // A duty of no payer is everybody's who sees the whole region.
        let of_region = of_region.into_iter().filter(|duty| {
            if duty.payer.is_none() {
                whole
            } else {
                wanted(duty.payer)
            }
        });
        rows.extend(of_region.map(from_region));
        rows.retain(|row| row.due.is_none_or(|due| due < until) && still_told(row, now));
        rows.sort_by(|a, b| order(a).cmp(&order(b)));
        Ok(Reply::Duties(Box::new(DutiesView { now, until, rows })))
    }

    fn of_region(&self, state: &State, now: Instant) -> Result<Vec<RegionDuty>, ViewsError> {
        let month = self.reckoning(state, now).look.month(Month::at(now))?;
        let so_far = so_far(month.shares.iter().map(|(_, share)| share));
        let locked_through = state.books.locked_through();
        let sources: Vec<_> = board::sources(state)
            .into_iter()
            .map(|source| (source.source, source.last))
            .collect();
        let facts = RegionFacts {
            now,
            so_far: &so_far,
            locked: &|month| locked_through.is_some_and(|last| month <= last),
            rate_entered: &|year| state.rates.get(year).is_some(),
            sources: &sources,
        };
        Ok(region_duties(&state.rulebook, &facts))
    }
}

/// Every payer's counted stays, rule by rule.
fn so_far<'a>(shares: impl Iterator<Item = &'a Share>) -> Vec<SoFar> {
    let mut sums: BTreeMap<_, Totals> = BTreeMap::new();
    for share in shares {
        if let Standing::Averaged { days } | Standing::Triggering { days, .. } = share.standing {
            let key = (&share.agreement, &share.rule, share.payer);
            sums.entry(key).or_default().add(days);
        }
    }
    let made = sums
        .into_iter()
        .map(|((agreement, rule, payer), totals)| SoFar {
            agreement: agreement.clone(),
            rule: rule.clone(),
            payer,
            totals,
        });
    made.collect()
}

fn of_stay(stay: &Stay, outlook: &Outlook, rows: &mut Vec<DueRow>) {
    let open = outlook
        .duties
        .iter()
        .filter(|duty| duty.state != DutyState::Done);
    rows.extend(open.map(|duty| DueRow {
        due: duty.due,
        late: duty.late,
        state: duty.state,
        code: duty.code.clone(),
        party: duty.party.clone(),
        payer: outlook.payer,
        episode: Some(stay.episode.clone()),
        ward: Some(stay.details.ward.clone()),
        about: None,
        lasts_until: duty.lasts_until,
        agreement: outlook.agreement.clone(),
        clause: duty.clause.clone(),
    }));
}

fn from_region(duty: RegionDuty) -> DueRow {
    DueRow {
        due: Some(duty.due),
        late: duty.late,
        state: duty.state,
        code: duty.code,
        party: duty.party,
        payer: duty.payer,
        episode: None,
        ward: None,
        about: Some(duty.about),
        lasts_until: None,
        agreement: Some(duty.agreement),
        clause: duty.clause,
    }
}

/// A reminder of a stay whose time is over reminds nobody any more; a
/// region's stands until its next time comes.
fn still_told(row: &DueRow, now: Instant) -> bool {
    let over = row.due.is_some_and(|due| due <= now);
    row.state == DutyState::Open || row.episode.is_none() || !over
}

/// Overdue first, then by time; without a time last.
fn order(row: &DueRow) -> impl Ord + '_ {
    (
        Reverse(row.late),
        row.due.is_none(),
        row.due,
        &row.episode,
        &row.code,
        row.payer,
        &row.about,
    )
}
