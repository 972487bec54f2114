//! The board: where every stay stands, most urgent first.

use std::sync::Arc;

use super::{
    Desk,
    actor::Actor,
    error::DeskError,
    in_scope,
    reply::{Board, BoardHead, BoardLine, BoardRow, NoonHead, Reply, SourceAge},
    request::BoardAsk,
    state::State,
    trial::Trial,
    views_error,
};
use crate::{
    model::{ids::EpisodeId, money::Kronor, month::Month, stay::Stay, time::Instant},
    rules::{
        self,
        outlook::{Duty, Outlook, State as Standing},
        payer_of,
    },
    views::{ViewsError, row::StayRow, state::read_stay},
};

/// A stay on its way to the board.
struct Placed {
    row: Arc<StayRow>,
    stay: Seen,
    outlook: Outlook,
}

/// A stay as at the moment asked for: the one in memory where that is it.
pub(super) enum Seen {
    Kept,
    Folded(Box<Stay>),
}

impl Seen {
    /// The stay that was seen in `row`.
    pub fn stay<'a>(&'a self, row: &'a StayRow) -> Option<&'a Stay> {
        match self {
            Self::Kept => row.stay.as_deref(),
            Self::Folded(stay) => Some(stay),
        }
    }
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
        trial: Trial<'_>,
    ) -> Result<Reply, DeskError> {
        let state = self.read();
        let payers = self.payers(&state, trial, now);
        let mut head = self.head(&state, now);
        let mut noon = NoonHead {
            at: rules::outlook::next_noon(now),
            stays: 0,
            worth: Some(Kronor::ZERO),
        };
        let mut placed = Vec::new();
        self.each_open(&state, now, &mut |row, stay, seen| {
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
        })
        .map_err(views_error)?;
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

    /// Calls `f` with every stay that was open at `now`.
    pub(super) fn each_open(
        &self,
        state: &State,
        now: Instant,
        f: &mut dyn FnMut(&Arc<StayRow>, &Stay, Seen),
    ) -> Result<(), ViewsError> {
        for (_, row) in state.views.live() {
            if row.earliest > now {
                continue;
            }
            match &row.stay {
                Some(stay) if row.latest <= now => f(row, stay, Seen::Kept),
                _ => self.fold_open(row, now, f)?,
            }
        }
        // Closed by now, but open at the moment asked for.
        if state.views.latest().is_none_or(|latest| latest <= now) {
            return Ok(());
        }
        for episode in closed_after(state, now)? {
            if let Some(row) = state.views.row(&episode)? {
                self.fold_open(&row, now, f)?;
            }
        }
        Ok(())
    }

    fn fold_open(
        &self,
        row: &Arc<StayRow>,
        now: Instant,
        f: &mut dyn FnMut(&Arc<StayRow>, &Stay, Seen),
    ) -> Result<(), ViewsError> {
        if let Some(stay) = read_stay(self.reader(), row, Some(now), None)?
            && stay.is_open()
        {
            let stay = Box::new(stay);
            f(row, &stay.clone(), Seen::Folded(stay));
        }
        Ok(())
    }

    fn head(&self, state: &State, now: Instant) -> BoardHead {
        BoardHead {
            region: Some(state.region),
            now: Some(now),
            seq: state.views.position(),
            held: u32::try_from(super::held_count(state)).unwrap_or(u32::MAX),
            sources: sources(state),
            read_only: self.read_only(state),
            store: self.reader().format().store.to_string(),
            ..BoardHead::default()
        }
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

/// Stays that were admitted by `now` and ended after it.
fn closed_after(state: &State, now: Instant) -> Result<Vec<EpisodeId>, ViewsError> {
    let mut found = Vec::new();
    state.views.month_rows(Month::at(now), |episode, row| {
        if row.admitted <= now && row.ended.is_some_and(|ended| ended > now) {
            found.push(episode);
        }
    })?;
    Ok(found)
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
