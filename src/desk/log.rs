//! The log: who recorded what and when, read from the journal's end.

use std::{collections::HashMap, ops::ControlFlow};

use serde::{Deserialize, Serialize};

use super::{
    Desk,
    actor::{Actor, Scope},
    error::DeskError,
    reply::Reply,
    request::LogAsk,
    store::journal_error,
};
use crate::{
    journal::{BATCH_KIND, EntryRef},
    ledger::decision::Decision,
    model::{
        event::{self, Body, Kind},
        ids::{EpisodeId, EventId},
        month::Month,
        place::PayerCode,
        time::{Instant, serde_instant, serde_instant_option},
    },
    views::{decisions::DECISION, state::EVENT},
};

/// Entries of an answer at most.
const MOST: u32 = 1_000;

/// What an entry of the journal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "named after the decisions themselves")]
pub enum LogWhat {
    /// One event of a stay.
    Event,
    /// Events of one import; `count` says how many.
    Import,
    RateSet,
    AgreementKept,
    AgreementAdopted,
    AgreementConfirmed,
    AgreementSuspended,
    AgreementResumed,
    AgreementDateSet,
    SettlementEntered,
    FindingWaived,
    ManualLine,
    MonthPrepared,
    PayerParked,
    MonthLocked,
    LinesRefused,
    IdentityShown,
    BackupMade,
}

/// One entry of the journal, told without any patient's name or number.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LogLine {
    /// Its number in the journal.
    pub seq: u64,
    /// When it was recorded.
    #[serde(with = "serde_instant")]
    pub recorded_at: Instant,
    /// Who recorded it: `user@unit`.
    pub by: String,
    /// What it is.
    pub what: LogWhat,
    /// Which event, of an event.
    pub kind: Option<Kind>,
    /// When that happened.
    #[serde(with = "serde_instant_option")]
    pub at: Option<Instant>,
    /// Whose stay.
    pub episode: Option<EpisodeId>,
    /// The event's id; of a void, the one that it takes back.
    pub event: Option<EventId>,
    /// The month that it is about.
    pub month: Option<Month>,
    /// The payer that it is about.
    pub payer: Option<PayerCode>,
    /// What else it is about: an agreement, a year, a file, a hash, a code.
    pub subject: Option<String>,
    /// Why, or from which source.
    pub reason: Option<String>,
    /// How many: events of an import, lines refused, entries of a backup.
    pub count: Option<u64>,
}

/// Entries, the latest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LogView {
    /// The entries.
    pub lines: Vec<LogLine>,
    /// Ask with this number for the ones before; none where these are all.
    pub before: Option<u64>,
}

/// The part of a batch's line that is told.
#[derive(Deserialize)]
struct ImportBody {
    count: u64,
    note: Option<ImportNote>,
}

#[derive(Deserialize)]
struct ImportNote {
    file: String,
}

impl Desk {
    pub(super) fn log(&self, actor: &Actor, ask: &LogAsk) -> Result<Reply, DeskError> {
        let limit = ask.limit.clamp(1, MOST) as usize;
        let mut scope = InScope::new(self, actor);
        let mut lines = Vec::new();
        let mut before = ask.before;
        let more = self.reader().scan_back(ask.before, |entry| {
            if lines.len() == limit {
                return ControlFlow::Break(Ok(()));
            }
            before = Some(entry.seq);
            match told(entry) {
                None => return ControlFlow::Break(Err(entry.seq)),
                Some(line) if ask.matches(&line) && scope.sees(&line) => lines.push(line),
                Some(_) => {}
            }
            ControlFlow::Continue(())
        });
        let before = match more.map_err(journal_error)? {
            None => None,
            Some(Ok(())) => before,
            Some(Err(seq)) => {
                return Err(DeskError::store("views_failed", format!("entry {seq}")));
            }
        };
        Ok(Reply::Log(Box::new(LogView { lines, before })))
    }
}

impl LogAsk {
    fn matches(&self, line: &LogLine) -> bool {
        let wanted = |episode| line.episode.as_ref() == Some(episode);
        self.episode.as_ref().is_none_or(wanted)
    }
}

/// What of the log an actor may see.
struct InScope<'a> {
    desk: &'a Desk,
    actor: &'a Actor,
    known: HashMap<EpisodeId, bool>,
}

impl<'a> InScope<'a> {
    fn new(desk: &'a Desk, actor: &'a Actor) -> Self {
        Self {
            desk,
            actor,
            known: HashMap::new(),
        }
    }

    fn sees(&mut self, line: &LogLine) -> bool {
        let Scope::Payer(own) = self.actor.scope else {
            return true;
        };
        let Some(episode) = &line.episode else {
            return line.payer == Some(own);
        };
        if let Some(known) = self.known.get(episode) {
            return *known;
        }
        let seen = self.desk.found(self.actor, episode, None).is_ok();
        self.known.insert(episode.clone(), seen);
        seen
    }
}

/// An entry as the log tells it; none where it is not what its kind says.
fn told(entry: &EntryRef<'_>) -> Option<LogLine> {
    let line = LogLine {
        seq: entry.seq,
        recorded_at: entry.recorded_at,
        by: entry.by.to_owned(),
        what: LogWhat::Import,
        kind: None,
        at: None,
        episode: None,
        event: None,
        month: None,
        payer: None,
        subject: None,
        reason: None,
        count: None,
    };
    match entry.kind {
        EVENT => of_event(line, entry.body),
        BATCH_KIND => {
            let body: ImportBody = serde_json::from_str(entry.body).ok()?;
            Some(LogLine {
                subject: body.note.map(|note| note.file),
                count: Some(body.count),
                ..line
            })
        }
        DECISION => Some(of_decision(line, serde_json::from_str(entry.body).ok()?)),
        _ => None,
    }
}

fn of_event(line: LogLine, body: &str) -> Option<LogLine> {
    let event = event::parse_recorded(body.as_bytes()).ok()?;
    let (kind, at) = (event.kind(), event.at);
    let (target, reason) = match event.body {
        Body::Void { event, reason } => (event, Some(reason)),
        _ => (event.id, None),
    };
    Some(LogLine {
        what: LogWhat::Event,
        kind: Some(kind),
        at: Some(at),
        episode: Some(event.episode),
        event: Some(target),
        reason,
        ..line
    })
}

fn of_decision(line: LogLine, decision: Decision) -> LogLine {
    let line = LogLine {
        what: what(&decision),
        ..line
    };
    match decision {
        Decision::FindingWaived { .. }
        | Decision::ManualLine { .. }
        | Decision::SettlementEntered { .. }
        | Decision::MonthPrepared { .. }
        | Decision::PayerParked { .. }
        | Decision::MonthLocked(_) => of_month(line, decision),
        Decision::LinesRefused { file, lines } => LogLine {
            subject: Some(file),
            count: Some(lines.len() as u64),
            ..line
        },
        Decision::IdentityShown { episode } => LogLine {
            episode: Some(episode),
            ..line
        },
        Decision::BackupMade { entries } => LogLine {
            count: Some(entries),
            ..line
        },
        Decision::RateSet { .. }
        | Decision::AgreementKept { .. }
        | Decision::AgreementAdopted { .. }
        | Decision::AgreementConfirmed { .. }
        | Decision::AgreementSuspended { .. }
        | Decision::AgreementResumed { .. }
        | Decision::AgreementDateSet { .. } => of_rules(line, decision),
    }
}

/// What a decision about a month is about.
fn of_month(line: LogLine, decision: Decision) -> LogLine {
    let (month, payer, subject, reason) = match decision {
        Decision::SettlementEntered {
            month,
            payer,
            year,
            actual,
            source,
            ..
        } => {
            let cost = format!("{year}: {actual}");
            (month, Some(payer), Some(cost), Some(source))
        }
        Decision::FindingWaived {
            month,
            code,
            reason,
        } => (month, None, Some(code), Some(reason)),
        Decision::ManualLine {
            month,
            payer,
            amount,
            reason,
            ..
        } => (month, Some(payer), Some(amount.to_string()), Some(reason)),
        Decision::MonthPrepared { month, hash } => (month, None, Some(hash), None),
        Decision::PayerParked {
            month,
            payer,
            reason,
        } => (month, Some(payer), None, Some(reason)),
        Decision::MonthLocked(lock) => (lock.month, None, Some(lock.hash), None),
        _ => return line,
    };
    LogLine {
        month: Some(month),
        payer,
        subject,
        reason,
        ..line
    }
}

/// What a decision about rates or agreements is about.
fn of_rules(line: LogLine, decision: Decision) -> LogLine {
    let (subject, reason) = match decision {
        Decision::RateSet {
            year,
            amount,
            source,
        } => (format!("{year}: {amount}"), Some(source)),
        Decision::AgreementKept { sha256, .. } => (sha256, None),
        Decision::AgreementAdopted { id, .. } => (id.to_string(), None),
        Decision::AgreementConfirmed { id, until, source } => {
            (format!("{id} {until}"), Some(source))
        }
        Decision::AgreementSuspended {
            id, from, reason, ..
        } => (format!("{id} {from}"), Some(reason)),
        Decision::AgreementResumed { id, from, source } => (format!("{id} {from}"), Some(source)),
        Decision::AgreementDateSet {
            id,
            code,
            date,
            source,
        } => (format!("{id} {code} {date}"), Some(source)),
        _ => return line,
    };
    LogLine {
        subject: Some(subject),
        reason,
        ..line
    }
}

fn what(decision: &Decision) -> LogWhat {
    match decision {
        Decision::RateSet { .. } => LogWhat::RateSet,
        Decision::AgreementKept { .. } => LogWhat::AgreementKept,
        Decision::AgreementAdopted { .. } => LogWhat::AgreementAdopted,
        Decision::AgreementConfirmed { .. } => LogWhat::AgreementConfirmed,
        Decision::AgreementSuspended { .. } => LogWhat::AgreementSuspended,
        Decision::AgreementResumed { .. } => LogWhat::AgreementResumed,
        Decision::AgreementDateSet { .. } => LogWhat::AgreementDateSet,
        Decision::SettlementEntered { .. } => LogWhat::SettlementEntered,
        Decision::FindingWaived { .. } => LogWhat::FindingWaived,
        Decision::ManualLine { .. } => LogWhat::ManualLine,
        Decision::MonthPrepared { .. } => LogWhat::MonthPrepared,
        Decision::PayerParked { .. } => LogWhat::PayerParked,
        Decision::MonthLocked(_) => LogWhat::MonthLocked,
        Decision::LinesRefused { .. } => LogWhat::LinesRefused,
        Decision::IdentityShown { .. } => LogWhat::IdentityShown,
        Decision::BackupMade { .. } => LogWhat::BackupMade,
    }
}
