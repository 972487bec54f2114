//! What the month that runs will come to, payer by payer.

use std::{collections::HashSet, sync::Arc};

use super::{
    Desk,
    actor::{Actor, Scope},
    angle::Angle,
    error::DeskError,
    figures::Reckoning,
    history::Past,
    reply::Reply,
    stays::Seen,
    views_error,
};
use crate::{
    ledger::{
        figures::{MonthFigures, Status},
        forecast::{self, Ahead, Forecast, WhatIf},
        month::MonthContext,
    },
    model::{
        ids::EpisodeId, money::Kronor, month::Month, place::PayerCode, stay::Stay, time::Instant,
    },
    rules::share::Share,
    views::row::StayRow,
};

/// Stays that go on, as at the moment asked about.
type Open = Vec<(Arc<StayRow>, Seen)>;

impl Desk {
    pub(super) fn forecast(
        &self,
        actor: &Actor,
        (month, payer): (Option<Month>, Option<PayerCode>),
        what_if: Option<&WhatIf>,
        now: Instant,
        angle: Angle<'_>,
    ) -> Result<Reply, DeskError> {
        let payer = match actor.scope {
            Scope::Region => payer,
            Scope::Payer(own) => Some(own),
        };
        let (runs, state) = (Month::at(now), self.read());
        let month = month.unwrap_or(runs);
        if month > runs {
            return Err(DeskError::bad_input("month_ahead", month));
        }
        let reckoning = self.reckoning(&state, now, angle);
        let made = if month < runs {
            forecast::ended(&reckoning.view(month)?.figures, payer, now)
        } else {
            reckoning.running(payer, what_if)?
        };
        Ok(Reply::Forecast(Box::new(made)))
    }
}

impl Reckoning<'_> {
    fn running(
        &self,
        payer: Option<PayerCode>,
        what_if: Option<&WhatIf>,
    ) -> Result<Forecast, DeskError> {
        let now = self.look.now;
        let mut open = Open::new();
        let told = &mut |row: &Arc<StayRow>, _: &Stay, seen| open.push((Arc::clone(row), seen));
        self.look.each_open(told).map_err(views_error)?;
        let stays: Vec<&Stay> = open
            .iter()
            .filter_map(|(row, seen)| seen.stay(row))
            .collect();
        let month = Month::at(now);
        let shares = self.look.month(month).map_err(views_error)?;
        let going_on: HashSet<&EpisodeId> = stays.iter().map(|stay| &stay.episode).collect();
        let closed = shares.shares.iter();
        let closed: Vec<(EpisodeId, &Share)> = closed
            .filter(|(episode, _)| !going_on.contains(episode))
            .map(|(episode, share)| (episode.clone(), share))
            .collect();
        let settlements = self.settlements(month)?;
        let history = Past::new(self.look, self.books);
        let context = MonthContext {
            history: &history,
            manual: self.books.manual_in(month),
            settlements: &settlements,
        };
        let mut made = forecast::forecast(&Ahead {
            now,
            payer,
            rulebook: self.look.rulebook,
            rates: self.look.rates,
            context: &context,
            closed: &closed,
            open: &stays,
            what_if,
        });
        history.finish().map_err(views_error)?;
        made.findings.extend(shares.findings());
        self.complete(&mut made, payer)?;
        Ok(made)
    }

    /// Adds what other months and decisions bring, and puts what is locked
    /// already, for a look at the past, in its place.
    fn complete(&self, made: &mut Forecast, payer: Option<PayerCode>) -> Result<(), DeskError> {
        let concerned = |one: PayerCode| payer.is_none_or(|only| only == one);
        let month = made.month;
        let locked = |one: PayerCode| self.books.is_locked(month, one);
        let mut others = MonthFigures {
            region: made.region,
            month: made.month,
            status: Status::Open,
            hash: None,
            payers: Vec::new(),
            amount: Kronor::ZERO,
            findings: std::mem::take(&mut made.findings),
        };
        self.finish(&mut others)?;
        others.findings.retain(|finding| {
            finding
                .payer
                .is_none_or(|one| concerned(one) && !locked(one))
        });
        let posted = others.payers.iter();
        for entry in posted.filter(|entry| concerned(entry.payer) && !locked(entry.payer)) {
            made.adjust(entry.payer, entry.amount);
        }
        made.findings = others.findings;
        if self.books.locks_of(month).next().is_some() {
            let whole = forecast::ended(&self.view(month)?.figures, payer, made.now);
            let is_locked = |one: &forecast::PayerForecast| one.status == Status::Locked;
            made.payers.retain(|one| !locked(one.payer));
            made.payers
                .extend(whole.payers.into_iter().filter(is_locked));
            made.payers.sort_by_key(|one| one.payer);
        }
        made.add_up();
        Ok(())
    }
}
