//! The same questions put to SQLite: events in a table, indices by stay and by
//! month, durable at each commit; parsed, folded and judged by the very same
//! code. It keeps names with the events and chains nothing, which is less work
//! than the store does.

use std::{collections::HashMap, io::Read, ops::ControlFlow, path::Path};

use fristdag::{
    exchange::{Item, jsonl},
    ledger::{
        figures::MonthFigures,
        month::{MonthContext, compute},
    },
    model::{
        event::{self, Event, Kind},
        ids::EpisodeId,
        month::Month,
        patient::{Patient, PatientRef},
        stay::{Folded, Stay},
        time::{self, Instant},
    },
    rules::{
        self, PayerMonth, Rates, Rulebook,
        outlook::{Outlook, State},
        share::Share,
    },
};
use rusqlite::{Connection, Transaction, params};

use super::history;

const SCHEMA: &str = "
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA cache_size = -65536;
    CREATE TABLE stays (
        episode TEXT PRIMARY KEY,
        first INTEGER NOT NULL, last INTEGER NOT NULL, open INTEGER NOT NULL,
        first_seq INTEGER NOT NULL, last_seq INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX stays_open ON stays (episode) WHERE open;
    CREATE INDEX stays_month ON stays (first, last);
    CREATE INDEX stays_seq ON stays (first_seq, last_seq);
    CREATE TABLE events (
        episode TEXT NOT NULL, id TEXT NOT NULL,
        at INTEGER NOT NULL, month INTEGER NOT NULL, json TEXT NOT NULL,
        seq INTEGER NOT NULL,
        PRIMARY KEY (episode, id)
    ) WITHOUT ROWID;
";

const ADD_EVENT: &str = "INSERT INTO events VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
const ADD_STAY: &str = "INSERT INTO stays VALUES (?1, ?2, ?2, ?3, ?4, ?4)
    ON CONFLICT DO UPDATE SET
        first = min(first, excluded.first), last = max(last, excluded.last),
        open = open AND excluded.open, last_seq = excluded.last_seq";

pub struct Sql {
    connection: Connection,
    rulebook: Rulebook,
    rates: Rates,
}

/// First and last month, whether no discharge came, first and last number.
type Span = (i64, i64, bool, i64, i64);

impl Sql {
    pub fn create(folder: &Path) -> Self {
        let sql = Self::open(folder);
        sql.connection.execute_batch(SCHEMA).unwrap();
        sql
    }

    pub fn open(folder: &Path) -> Self {
        let connection = Connection::open(folder.join("events.db")).unwrap();
        let settings = "PRAGMA synchronous = FULL; PRAGMA cache_size = -65536";
        connection.execute_batch(settings).unwrap();
        Self {
            connection,
            rulebook: Rulebook::shipped(history::region()),
            rates: Rates::shipped(),
        }
    }

    /// All in one transaction, parsed on a second thread. A stay is counted
    /// up in memory and stored once, which is quicker for SQLite than an
    /// update with each event.
    pub fn import(&mut self, input: impl Read) -> u64 {
        let transaction = self.connection.transaction().unwrap();
        let mut stays: HashMap<EpisodeId, Span> = HashMap::new();
        let mut count = 0_i64;
        let mut add = transaction.prepare(ADD_EVENT).unwrap();
        jsonl::read_parallel(input, 1, |item: Item<'_>| {
            let text = std::str::from_utf8(item.text).unwrap();
            for event in item.result.unwrap() {
                let (at, month) = (event.at.timestamp_micros(), number(Month::at(event.at)));
                add.execute(params![
                    event.episode.as_str(),
                    event.id.as_str(),
                    at,
                    month,
                    text,
                    count + 1
                ])
                .unwrap();
                let goes_on = event.kind() != Kind::Discharged;
                stays
                    .entry(event.episode)
                    .and_modify(|span| {
                        *span = (
                            span.0.min(month),
                            span.1.max(month),
                            span.2 && goes_on,
                            span.3,
                            count + 1,
                        );
                    })
                    .or_insert((month, month, goes_on, count + 1, count + 1));
                count += 1;
            }
            ControlFlow::Continue(())
        })
        .unwrap();
        drop(add);
        add_stays(&transaction, stays);
        transaction.commit().unwrap();
        count as u64
    }

    /// Records one event, durably.
    pub fn record(&mut self, line: &str) {
        let event = event::parse(line.as_bytes()).unwrap();
        let (at, month) = (event.at.timestamp_micros(), number(Month::at(event.at)));
        let transaction = self.connection.transaction().unwrap();
        let (episode, id) = (event.episode.as_str(), event.id.as_str());
        transaction
            .execute(ADD_EVENT, params![episode, id, at, month, line, i64::MAX])
            .unwrap();
        let goes_on = event.kind() != Kind::Discharged;
        transaction
            .execute(ADD_STAY, params![episode, month, goes_on, i64::MAX])
            .unwrap();
        transaction.commit().unwrap();
    }

    pub fn figures(&self, month: Month) -> MonthFigures {
        let wanted = "SELECT events.json FROM stays JOIN events USING (episode)
            WHERE first <= ?1 AND (last >= ?1 OR open) ORDER BY episode";
        self.figures_of(month, wanted, &[&number(month)])
    }

    /// From the first `upto` events alone: stays of the month, and those that
    /// may have been open then.
    pub fn figures_as_of(&self, month: Month, upto: u64) -> MonthFigures {
        let wanted = "SELECT events.json FROM stays JOIN events USING (episode)
            WHERE seq <= ?2 AND first <= ?1 AND first_seq <= ?2
                AND (last >= ?1 OR open OR last_seq > ?2) ORDER BY episode";
        self.figures_of(month, wanted, &[&number(month), &(upto as i64)])
    }

    fn figures_of(
        &self,
        month: Month,
        wanted: &str,
        with: &[&dyn rusqlite::ToSql],
    ) -> MonthFigures {
        let mut shares: Vec<(EpisodeId, Share)> = Vec::new();
        self.each_stay(wanted, with, |stay| {
            let given = rules::shares(&stay, &self.rulebook, time::local_date(history::until()));
            let of_month = given
                .shares
                .into_iter()
                .filter(|share| share.month == month);
            shares.extend(of_month.map(|share| (stay.episode.clone(), share)));
        });
        let given = shares
            .iter()
            .map(|(episode, share)| (episode.clone(), share));
        compute(
            month,
            given,
            &self.rulebook,
            &self.rates,
            &MonthContext::default(),
        )
    }

    /// The most urgent open stays.
    pub fn board(&self, now: Instant, limit: usize) -> Vec<(Stay, Outlook)> {
        let wanted = "SELECT events.json FROM stays JOIN events USING (episode)
            WHERE open ORDER BY episode";
        let empty = PayerMonth::empty(Month::at(now));
        let mut placed = Vec::new();
        self.each_stay(wanted, &[], |stay| {
            let outlook = rules::outlook(&stay, now, &self.rulebook, &self.rates, &empty);
            if outlook.state != State::NotReady {
                placed.push((stay, outlook));
            }
        });
        placed.sort_by_cached_key(|(stay, outlook)| {
            (rules::urgency(outlook, now), stay.episode.clone())
        });
        placed.truncate(limit);
        placed
    }

    /// Calls `f` with each stay of a query that yields events by stay.
    fn each_stay(&self, wanted: &str, with: &[&dyn rusqlite::ToSql], mut f: impl FnMut(Stay)) {
        let mut query = self.connection.prepare_cached(wanted).unwrap();
        let mut rows = query.query(with).unwrap();
        let mut events: Vec<Event> = Vec::new();
        let mut fold = |events: &[Event]| {
            if let Folded::Stay(stay) = Folded::from_events(events, None) {
                f(*stay);
            }
        };
        while let Some(row) = rows.next().unwrap() {
            let text = row.get_ref(0).unwrap().as_str().unwrap();
            let event = nameless(event::parse(text.as_bytes()).unwrap());
            if events
                .first()
                .is_some_and(|first| first.episode != event.episode)
            {
                fold(&events);
                events.clear();
            }
            events.push(event);
        }
        fold(&events);
    }
}

fn add_stays(transaction: &Transaction<'_>, stays: HashMap<EpisodeId, Span>) {
    let mut stays: Vec<_> = stays.into_iter().collect();
    stays.sort_unstable();
    let mut add = transaction
        .prepare("INSERT INTO stays VALUES (?1, ?2, ?3, ?4, ?5, ?6)")
        .unwrap();
    for (episode, (first, last, open, first_seq, last_seq)) in stays {
        add.execute(params![
            episode.as_str(),
            first,
            last,
            open,
            first_seq,
            last_seq
        ])
        .unwrap();
    }
}

fn number(month: Month) -> i64 {
    i64::from(month.year()) * 12 + i64::from(month.number())
}

fn nameless(event: Event<Patient>) -> Event {
    let on = time::local_date(event.at);
    let named = event.try_map(|patient| {
        Ok::<_, std::convert::Infallible>(PatientRef {
            protected: patient.protected,
            numbered: patient.pnr.is_some(),
            turns_18: patient.turns_18_if_young(on),
            ..PatientRef::default()
        })
    });
    named.unwrap_or_else(|never| match never {})
}
