//! What is due next: for whom, by when; overdue first.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

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
    trial::Trial,
    views_error,
};
use crate::{
    model::{month::Month, place::PayerCode, stay::Stay, time::Instant},
    rules::{
        agreement::DutyCode,
        model::Totals,
        outlook::{DutyState, Outlook, RegionDuty, RegionFacts, SoFar, region_duties},
        payer_of,
        share::{Share, Standing},
    },
    views::{ViewsError, state::read_stay},
};

/// Duties that come after the end of a stay.
const AFTER_THE_END: [DutyCode; 2] = [DutyCode::DischargeNotice, DutyCode::FollowUp];

/// Days for which a stay that has ended is still looked at: a follow-up is due
/// a month after a meeting, and then shown as overdue for a fortnight.
const KEPT_DAYS: i64 = 45;

impl Desk {
    pub(super) fn duties(
        &self,
        actor: &Actor,
        ask: &DutiesAsk,
        now: Instant,
        trial: Trial<'_>,
    ) -> Result<Reply, DeskError> {
        let state = self.read();
        let until = now + TimeDelta::days(ask.days.into());
        let wanted = |payer: Option<PayerCode>| {
            in_scope(actor, payer) && ask.payer.is_none_or(|only| payer == Some(only))
        };
        let mut rows = Vec::new();
        let payers = self.payers(&state, trial, now);
        self.each_open_stay(&state, now, &mut |stay| {
            if wanted(payer_of(stay).ok()) {
                of_stay(stay, &payers.outlook(stay), &mut rows);
            }
        })
        .map_err(views_error)?;
        self.each_just_ended(&state, trial, now, &mut |stay, ended| {
            if wanted(payer_of(stay).ok()) {
                let mut own = Vec::new();
                of_stay(stay, &payers.outlook(stay), &mut own);
                rows.extend(own.into_iter().filter(|row| row.due > Some(ended)));
            }
        })
        .map_err(views_error)?;
        payers.finish().map_err(views_error)?;
        let whole = actor.scope == Scope::Region && ask.payer.is_none();
        let of_region = self.of_region(&state, now, trial).map_err(views_error)?;
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

    /// Calls `f` with every stay that ended not long before `now`, where an
    /// agreement asks for something after that.
    fn each_just_ended(
        &self,
        state: &State,
        trial: Trial<'_>,
        now: Instant,
        f: &mut dyn FnMut(&Stay, Instant),
    ) -> Result<(), ViewsError> {
        let rulebook = trial.unwrap_or(&state.rulebook);
        let mut duties = rulebook.binding().flat_map(|it| &it.duties);
        if !duties.any(|duty| AFTER_THE_END.contains(&duty.code)) {
            return Ok(());
        }
        let since = now - TimeDelta::days(KEPT_DAYS);
        let mut ended = BTreeSet::new();
        for month in Month::at(since).through(Month::at(now)) {
            state.views.month_rows(month, |episode, row| {
                if row.ended.is_some_and(|ended| since < ended && ended <= now) {
                    ended.insert(episode);
                }
            })?;
        }
        for episode in ended {
            let Some(row) = state.views.row(&episode)? else {
                continue;
            };
            if let Some(stay) = read_stay(self.reader(), &row, Some(now), None)?
                && let Some(end) = &stay.end
            {
                f(&stay, end.stamp.at);
            }
        }
        Ok(())
    }

    fn of_region(
        &self,
        state: &State,
        now: Instant,
        trial: Trial<'_>,
    ) -> Result<Vec<RegionDuty>, ViewsError> {
        let look = self.reckoning(state, trial, now).look;
        let month = look.month(Month::at(now))?;
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
        Ok(region_duties(look.rulebook, &facts))
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
