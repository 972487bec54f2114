//! The board: where every stay stands, most urgent first.

use std::sync::Arc;

use super::{
    Desk,
    actor::Actor,
    error::DeskError,
    in_scope,
    known::Known,
    month::Look,
    reply::{Board, BoardHead, BoardLine, BoardRow, Reply, SourceAge},
    request::BoardAsk,
    state::State,
    views_error,
};
use crate::{
    model::{money::Kronor, month::Month, stay::Stay, time::Instant},
    rules::{
        self,
        outlook::{Outlook, State as Standing},
        payer_of,
    },
    views::{
        ViewsError,
        row::{MonthRow, Standing as StandsAs, StayRow},
        state::read_stay,
    },
};

/// A stay on its way to the board.
struct Placed {
    row: Arc<StayRow>,
    stay: Seen,
    outlook: Outlook,
}

/// A stay as at the moment asked for: the one in memory where that is it.
enum Seen {
    Kept,
    Folded(Box<Stay>),
}

impl Placed {
    fn stay(&self) -> Option<&Stay> {
        match &self.stay {
            Seen::Kept => self.row.stay.as_deref(),
            Seen::Folded(stay) => Some(stay),
        }
    }
}

impl Desk {
    pub(super) fn board(
        &self,
        actor: &Actor,
        ask: &BoardAsk,
        now: Instant,
        known: Option<&Known>,
    ) -> Result<Reply, DeskError> {
        let state = self.read();
        let reckoning = self.reckoning(&state, now, known);
        let payers = self.payers(&reckoning);
        let mut head = self.head(&reckoning.look).map_err(views_error)?;
        let mut placed = Vec::new();
        self.each_open(&reckoning.look, &mut |row, stay, seen| {
            let payer = payer_of(stay).ok();
            if !in_scope(actor, payer) || ask.payer.is_some_and(|only| payer != Some(only)) {
                return;
            }
            let outlook = payers.outlook(stay);
            count(&mut head, &outlook);
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

    /// Calls `f` with every stay that was open at the look's moment.
    fn each_open(
        &self,
        look: &Look<'_>,
        f: &mut dyn FnMut(&Arc<StayRow>, &Stay, Seen),
    ) -> Result<(), ViewsError> {
        let now = look.now;
        for row in live(look)? {
            if row.earliest > now {
                continue;
            }
            match &row.stay {
                Some(stay) if row.latest <= now => f(&row, stay, Seen::Kept),
                _ => self.fold_open(&row, now, f)?,
            }
        }
        // Closed by now, but open at the moment asked for.
        let views = &look.state.views;
        if views.latest().is_none_or(|latest| latest <= now) {
            return Ok(());
        }
        for row in closed_after(look)? {
            self.fold_open(&row, now, f)?;
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

    fn head(&self, look: &Look<'_>) -> Result<BoardHead, ViewsError> {
        let state = look.state;
        let held = live(look)?
            .filter(|row| row.standing == StandsAs::Held)
            .count();
        Ok(BoardHead {
            region: Some(state.region),
            now: Some(look.now),
            seq: look.upto.unwrap_or(state.views.position()),
            held: u32::try_from(held).unwrap_or(u32::MAX),
            // Kept of the newest position alone.
            sources: match look.upto {
                None => sources(state),
                Some(_) => Vec::new(),
            },
            read_only: self.read_only(state),
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
        }))
    }
}

/// Stays that are held or open, as the look knows them.
fn live<'a>(look: &Look<'a>) -> Result<impl Iterator<Item = Arc<StayRow>> + use<'a>, ViewsError> {
    let views = &look.state.views;
    let changed = match look.upto {
        Some(upto) => Some(look.then(upto)?),
        None => None,
    };
    let upto = look.upto.unwrap_or(u64::MAX);
    let unchanged = views.live().filter(move |(_, row)| row.last_seq() <= upto);
    let changed: Vec<Arc<StayRow>> = changed
        .iter()
        .flat_map(|then| &then.changed)
        .filter(|one| one.row.standing.is_live())
        .map(|one| Arc::new(one.row.clone()))
        .collect();
    Ok(unchanged.map(|(_, row)| Arc::clone(row)).chain(changed))
}

/// Closed stays that were admitted by the look's moment and ended after it.
fn closed_after(look: &Look<'_>) -> Result<Vec<Arc<StayRow>>, ViewsError> {
    let (now, month) = (look.now, Month::at(look.now));
    let goes_on =
        |row: &MonthRow| row.admitted <= now && row.ended.is_some_and(|ended| ended > now);
    let views = &look.state.views;
    let mut names = Vec::new();
    views.month_rows(month, |episode, row| {
        if look.knows(row.last_seq) && goes_on(&row) {
            names.push(episode);
        }
    })?;
    let mut found = Vec::new();
    for episode in names {
        found.extend(views.row(&episode)?);
    }
    if let Some(upto) = look.upto {
        for one in &look.then(upto)?.changed {
            if one
                .months
                .iter()
                .any(|(of, row)| *of == month && goes_on(row))
            {
                found.push(Arc::new(one.row.clone()));
            }
        }
    }
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
