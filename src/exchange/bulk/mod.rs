//! Made-up histories for measurements: many plausible stays, streamed in the
//! order of time, the same ones for the same seed.

mod maker;

use std::{
    cmp::Reverse,
    collections::BinaryHeap,
    io::{self, Write},
};

use chrono::TimeDelta;

use crate::model::{
    event::{self, Event},
    patient::Patient,
    place::RegionCode,
    time::Instant,
};
use maker::Maker;

/// Events of each stay.
pub const EVENTS_A_STAY: u64 = 8;

/// Longest made-up stay.
const LONGEST_DAYS: i64 = 25;

/// What to make up.
#[derive(Debug, Clone, Copy)]
pub struct Bulk {
    /// The region whose municipalities pay.
    pub region: RegionCode,
    /// Stays in all; each has [`EVENTS_A_STAY`] events.
    pub stays: u64,
    /// How many of them are still in care at the end.
    pub open: u64,
    /// Years that the histories go back.
    pub years: i64,
    /// The end; no event is later.
    pub until: Instant,
    /// Another seed makes other histories.
    pub seed: u64,
}

impl Bulk {
    /// The events by time, made as they are asked for.
    #[must_use]
    pub fn events(self) -> Events {
        let open = self.open.min(self.stays);
        Events {
            maker: Maker::new(self),
            closed: Spread {
                from: self.until - TimeDelta::days(365 * self.years),
                to: self.until - TimeDelta::days(LONGEST_DAYS),
                next: 0,
                count: self.stays - open,
            },
            open: Spread {
                from: self.until - TimeDelta::days(LONGEST_DAYS - 1),
                to: self.until - TimeDelta::hours(2),
                next: 0,
                count: open,
            },
            waiting: BinaryHeap::new(),
        }
    }

    /// Writes the events as JSON Lines, by time.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write(self, out: &mut impl Write) -> io::Result<()> {
        for event in self.events() {
            writeln!(out, "{}", event::to_json(&event))?;
        }
        Ok(())
    }
}

/// Admissions, evenly from one moment to another.
struct Spread {
    from: Instant,
    to: Instant,
    next: u64,
    count: u64,
}

impl Spread {
    fn peek(&self) -> Option<Instant> {
        (self.next < self.count).then(|| {
            let span = (self.to - self.from).num_seconds().max(0);
            let share = i128::from(span) * i128::from(self.next) / i128::from(self.count);
            self.from + TimeDelta::seconds(share as i64)
        })
    }
}

/// See [`Bulk::events`].
pub struct Events {
    maker: Maker,
    closed: Spread,
    open: Spread,
    /// Events of the stays that were admitted, which come later.
    waiting: BinaryHeap<Reverse<Waiting>>,
}

impl Events {
    /// The next admission, and whether the stay goes on to the end.
    fn next_admission(&self) -> Option<(Instant, bool)> {
        match (self.closed.peek(), self.open.peek()) {
            (Some(closed), Some(open)) if open < closed => Some((open, true)),
            (Some(closed), _) => Some((closed, false)),
            (None, open) => open.map(|at| (at, true)),
        }
    }
}

impl Iterator for Events {
    type Item = Event<Patient>;

    fn next(&mut self) -> Option<Event<Patient>> {
        while let Some((at, open)) = self.next_admission() {
            if self.waiting.peek().is_some_and(|first| first.0.0.at < at) {
                break;
            }
            let spread = if open {
                &mut self.open
            } else {
                &mut self.closed
            };
            spread.next += 1;
            let stay = self.maker.stay(at, open);
            self.waiting
                .extend(stay.into_iter().map(|event| Reverse(Waiting(event))));
        }
        self.waiting.pop().map(|first| first.0.0)
    }
}

/// An event, ordered as events count and then by stay.
struct Waiting(Event<Patient>);

impl Waiting {
    fn key(&self) -> impl Ord + '_ {
        (self.0.order(), &self.0.episode)
    }
}

impl PartialEq for Waiting {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for Waiting {}

impl PartialOrd for Waiting {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Waiting {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key().cmp(&other.key())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::{
        exchange::jsonl,
        model::{event::Kind, time},
    };

    fn bulk(stays: u64, open: u64) -> Bulk {
        Bulk {
            region: "17".parse().unwrap(),
            stays,
            open,
            years: 2,
            until: time::parse("2019-03-06T12:00:00Z").unwrap(),
            seed: 7,
        }
    }

    #[test]
    fn stays_are_as_many_and_as_open_as_asked() {
        let events: Vec<_> = bulk(500, 40).events().collect();
        assert_eq!(events.len() as u64, 500 * EVENTS_A_STAY);
        assert!(events.is_sorted_by_key(|event| event.at));
        assert!(events.iter().all(|event| event.at <= bulk(1, 0).until));
        let mut stays: HashMap<_, Vec<_>> = HashMap::new();
        for event in &events {
            stays.entry(&event.episode).or_default().push(event.kind());
        }
        let open = stays
            .values()
            .filter(|kinds| !kinds.contains(&Kind::Discharged))
            .count();
        assert_eq!((stays.len(), open), (500, 40));
        assert!(stays.values().all(|kinds| kinds[0] == Kind::Admitted));
        assert!(
            events
                .iter()
                .any(|event| event.kind() == Kind::ReadyRetracted)
        );
        assert!(
            events
                .iter()
                .any(|event| event.kind() == Kind::OpenCareUnavailable)
        );
    }

    #[test]
    fn what_is_written_is_read_again_and_the_same_every_time() {
        let mut first = Vec::new();
        bulk(50, 5).write(&mut first).unwrap();
        let mut again = Vec::new();
        bulk(50, 5).write(&mut again).unwrap();
        assert_eq!(first, again);
        let mut reader = jsonl::Reader::new(&first[..]);
        let mut expected = bulk(50, 5).events();
        while let Some(item) = reader.next().unwrap() {
            let read = item.result.unwrap();
            assert_eq!(read.as_slice(), [expected.next().unwrap()]);
        }
        assert!(expected.next().is_none());
    }
}
