//! The board: where every stay stands, most urgent first.

use std::sync::Arc;

use super::{
    Desk,
    actor::Actor,
    angle::Angle,
    error::DeskError,
    in_scope,
    month::Look,
    reply::{Board, BoardHead, BoardLine, BoardRow, NoonHead, Reply, SourceAge},
    request::BoardAsk,
    state::State,
    stays::Seen,
    views_error,
};
use crate::{
    model::{money::Kronor, stay::Stay, time::Instant},
    rules::{
        self,
        outlook::{Duty, Outlook, State as Standing},
        payer_of,
    },
    views::{
        ViewsError,
        row::{Standing as StandsAs, StayRow},
    },
};

/// A stay on its way to the board.
struct Placed {
    row: Arc<StayRow>,
    stay: Seen,
    outlook: Outlook,
}

impl Placed {
    fn stay(&self) -> Option<&Stay> {
        self.stay.stay(&self.row)
    }
}

impl Desk {
    pub(super) fn board(
        &self,
        actor: &Actor,
        ask: &BoardAsk,
        now: Instant,
        angle: Angle<'_>,
    ) -> Result<Reply, DeskError> {
        let state = self.read();
        let reckoning = self.reckoning(&state, now, angle);
        let payers = self.payers(&reckoning);
        let mut head = self.head(&reckoning.look).map_err(views_error)?;
        let mut noon = NoonHead {
            at: rules::outlook::next_noon(now),
            stays: 0,
            worth: Some(Kronor::ZERO),
        };
        let mut placed = Vec::new();
        let told = &mut |row: &Arc<StayRow>, stay: &Stay, seen| {
            let payer = payer_of(stay).ok();
            if !in_scope(actor, payer) || ask.payer.is_some_and(|only| payer != Some(only)) {
                return;
            }
            let outlook = payers.outlook(stay);
            count(&mut head, &outlook);
            head.conflicts += u32::from(stay.conflicts().next().is_some());
            if outlook.state == Standing::NotReady {
                let lost = payers.lost_at(noon.at, stay);
                lose(&mut noon, lost);
            }
            if ask.all || outlook.state != Standing::NotReady {
                placed.push(Placed {
                    row: Arc::clone(row),
                    stay: seen,
                    outlook,
                });
            }
        };
        reckoning.look.each_open(told).map_err(views_error)?;
        payers.finish().map_err(views_error)?;
        head.noon = Some(noon);
        let key = |one: &Placed| {
            let episode = one.stay().map(|stay| stay.episode.clone());
            (rules::urgency(&one.outlook, now), episode)
        };
        placed.sort_by_cached_key(key);
        placed.truncate(ask.limit.unwrap_or(usize::MAX));
        let rows = placed
            .iter()
            .filter_map(|one| self.row(one, actor, now).transpose());
        let rows = rows.collect::<Result<_, _>>().map_err(views_error)?;
        Ok(Reply::Board(Arc::new(Board { head, rows })))
    }

    fn head(&self, look: &Look<'_>) -> Result<BoardHead, ViewsError> {
        let state = look.state;
        let held = look
            .live_rows()?
            .filter(|row| row.standing == StandsAs::Held)
            .count();
        Ok(BoardHead {
            region: Some(state.region),
            now: Some(look.now),
            seq: look.upto.unwrap_or(state.views.position()),
            held: u32::try_from(held).unwrap_or(u32::MAX),
            sources: sources_of(look),
            read_only: self.read_only(state),
            store: self.reader().format().store.to_string(),
            ..BoardHead::default()
        })
    }

    fn row(
        &self,
        placed: &Placed,
        actor: &Actor,
        now: Instant,
    ) -> Result<Option<BoardRow>, ViewsError> {
        let Some(stay) = placed.stay() else {
            return Ok(None);
        };
        Ok(Some(BoardRow {
            line: line(stay, &placed.outlook, now),
            patient: self
                .identities
                .shown(self.reader(), &placed.row, stay, actor, false)?,
            hospital: stay.details.hospital.clone(),
            admitted_at: stay.admitted.at,
            expected_discharge: stay.expected_discharge.last().map(|planned| planned.date),
            seq: placed.row.last_seq(),
            source: stay.source.clone(),
            heard: stay.last_from_source,
            conflicts: u32::try_from(stay.conflicts().count()).unwrap_or(u32::MAX),
            next_duty: next_duty(&placed.outlook),
        }))
    }
}

/// The duty that is due first of those not done.
fn next_duty(outlook: &Outlook) -> Option<Duty> {
    let open = outlook.duties.iter().filter(|duty| duty.done.is_none());
    open.filter(|duty| duty.due.is_some())
        .min_by_key(|duty| duty.due)
        .cloned()
}

/// When each source was last heard.
pub(super) fn sources(state: &State) -> Vec<SourceAge> {
    let sources = state.views.sources().iter();
    sources
        .map(|(source, last)| SourceAge {
            source: source.to_owned(),
            last,
        })
        .collect()
}

/// The same, as a look knows it: it is kept of the newest position alone.
pub(super) fn sources_of(look: &Look<'_>) -> Vec<SourceAge> {
    match look.upto {
        None => sources(look.state),
        Some(_) => Vec::new(),
    }
}

fn count(head: &mut BoardHead, outlook: &Outlook) {
    match outlook.state {
        Standing::NotReady => {
            head.not_ready += 1;
            return;
        }
        Standing::Liable => head.liable += 1,
        Standing::Blocked => head.blocked += 1,
        Standing::Grace => {}
    }
    head.ready += 1;
    if outlook.state == Standing::Liable {
        head.today += outlook.tomorrow.unwrap_or(Kronor::ZERO);
        head.unpriced += u32::from(outlook.tomorrow.is_none());
    }
}

/// Adds what a stay loses at noon.
fn lose(noon: &mut NoonHead, lost: Option<Option<Kronor>>) {
    if let Some(worth) = lost {
        noon.stays += 1;
        noon.worth = noon.worth.zip(worth).map(|(sum, one)| sum + one);
    }
}

fn line(stay: &Stay, outlook: &Outlook, now: Instant) -> BoardLine {
    BoardLine {
        episode: stay.episode.clone(),
        payer: outlook.payer,
        ward: stay.details.ward.clone(),
        care_form: stay.details.care_form,
        ready_since: outlook.ready_since,
        state: outlook.state,
        agreement: outlook.agreement.clone(),
        liability_start: outlook.liability_start,
        seconds_left: outlook
            .liability_start
            .map(|start| (start - now).num_seconds().max(0)),
        next_boundary: outlook.next_boundary.clone(),
        flags: outlook.flags.clone(),
        start_if_met_now: outlook.start_if_met_now,
        lost_per_day: outlook.lost_per_day,
        last_event: stay.last_event.at,
        accrued: outlook.accrued.clone(),
        tomorrow: outlook.tomorrow,
    }
}
