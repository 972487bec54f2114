//! What is due next: for whom, by when; overdue first.

use std::{cmp::Reverse, collections::BTreeMap};

use chrono::TimeDelta;

use super::{
    Desk,
    actor::{Actor, Scope},
    angle::Angle,
    board,
    error::DeskError,
    figures::Reckoning,
    in_scope,
    month::Look,
    reply::{DueRow, DutiesView, Reply},
    request::DutiesAsk,
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
    views::{ViewsError, row::MonthRow, state::read_stay},
};

/// Duties that come after the end of a stay.
const AFTER_THE_END: [DutyCode; 2] = [DutyCode::DischargeNotice, DutyCode::FollowUp];

/// Days for which a stay that has ended is still looked at: a follow-up is due
/// a month after a meeting, which may be held at home some days later, and is
/// then shown as overdue for a while.
const KEPT_DAYS: i64 = 62;

impl Desk {
    pub(super) fn duties(
        &self,
        actor: &Actor,
        ask: &DutiesAsk,
        now: Instant,
        angle: Angle<'_>,
    ) -> Result<Reply, DeskError> {
        let state = self.read();
        let until = now + TimeDelta::days(ask.days.into());
        let wanted = |payer: Option<PayerCode>| {
            in_scope(actor, payer) && ask.payer.is_none_or(|only| payer == Some(only))
        };
        let mut rows = Vec::new();
        let reckoning = self.reckoning(&state, now, angle);
        let payers = self.payers(&reckoning);
        let open = &mut |_: &_, stay: &Stay, _| {
            if wanted(payer_of(stay).ok()) {
                of_stay(stay, &payers.outlook(stay), &mut rows);
            }
        };
        reckoning.look.each_open(open).map_err(views_error)?;
        each_just_ended(&reckoning.look, &mut |stay, ended| {
            if wanted(payer_of(stay).ok()) {
                let mut own = Vec::new();
                of_stay(stay, &payers.outlook(stay), &mut own);
                rows.extend(own.into_iter().filter(|row| row.due > Some(ended)));
            }
        })
        .map_err(views_error)?;
        payers.finish().map_err(views_error)?;
        let whole = actor.scope == Scope::Region && ask.payer.is_none();
        let of_region = of_region(&reckoning).map_err(views_error)?;
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
}

/// Calls `f` with every stay that ended not long before the look's moment,
/// where an agreement asks for something after that.
fn each_just_ended(look: &Look<'_>, f: &mut dyn FnMut(&Stay, Instant)) -> Result<(), ViewsError> {
    let mut duties = look.rulebook.binding().flat_map(|it| &it.duties);
    if !duties.any(|duty| AFTER_THE_END.contains(&duty.code)) {
        return Ok(());
    }
    let now = look.now;
    let since = now - TimeDelta::days(KEPT_DAYS);
    let just_ended = |row: &MonthRow| row.ended.is_some_and(|ended| since < ended && ended <= now);
    for row in look.closed(Month::at(since)..=Month::at(now), &just_ended)? {
        if let Some(stay) = read_stay(look.reader, &row, Some(now), None)?
            && let Some(end) = &stay.end
        {
            f(&stay, end.stamp.at);
        }
    }
    Ok(())
}

fn of_region(reckoning: &Reckoning<'_>) -> Result<Vec<RegionDuty>, ViewsError> {
    let look = &reckoning.look;
    let month = look.month(Month::at(look.now))?;
    let so_far = so_far(month.shares.iter().map(|(_, share)| share));
    let locked_through = reckoning.books.locked_through();
    let sources: Vec<_> = board::sources_of(look)
        .into_iter()
        .map(|source| (source.source, source.last))
        .collect();
    let facts = RegionFacts {
        now: look.now,
        so_far: &so_far,
        locked: &|month| locked_through.is_some_and(|last| month <= last),
        rate_entered: &|year| look.rates.get(year).is_some(),
        sources: &sources,
    };
    Ok(region_duties(look.rulebook, &facts))
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
