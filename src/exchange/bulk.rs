//! Made-up histories for measurements: many plausible stays, streamed in the
//! order of time, the same ones for the same seed.

use std::{
    cmp::Reverse,
    collections::BinaryHeap,
    io::{self, Write},
};

use chrono::TimeDelta;

use super::payers;
use crate::model::{
    event::{self, Admission, Body, CareForm, Event, Recipients},
    ids::{EpisodeId, EventId},
    patient::Patient,
    personal_id::PersonalId,
    place::{MunicipalityCode, RegionCode},
    time::{self, Instant},
};

/// Skatteverket's test numbers: nobody has one of them.
const NUMBERS: &str = include_str!("../../fixtures/identity/skatteverket-test-numbers.txt");

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

    /// Writes the events as JSON Lines in an order by chance; holds all of
    /// them in memory.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write_shuffled(self, out: &mut impl Write) -> io::Result<()> {
        let mut events: Vec<_> = self.events().collect();
        let mut chance = Chance(self.seed ^ 1);
        for last in (1..events.len()).rev() {
            events.swap(last, chance.below(last as u64 + 1) as usize);
        }
        for event in &events {
            writeln!(out, "{}", event::to_json(event))?;
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

/// Splitmix64: small, fast, and the same everywhere.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`, which is above zero.
    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    fn one_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }
}

struct Maker {
    bulk: Bulk,
    chance: Chance,
    payers: Vec<MunicipalityCode>,
    numbers: Vec<PersonalId>,
    made: u64,
}

impl Maker {
    fn new(bulk: Bulk) -> Self {
        Self {
            bulk,
            chance: Chance(bulk.seed),
            payers: payers::municipalities(bulk.region),
            numbers: NUMBERS
                .lines()
                .filter_map(|line| PersonalId::parse_full(line).ok())
                .collect(),
            made: 0,
        }
    }

    fn stay(&mut self, admitted: Instant, open: bool) -> Vec<Event<Patient>> {
        let number = self.made;
        self.made += 1;
        let (ready, end) = self.course(admitted, open);
        let episode = EpisodeId::new(&format!("B-{number:07}"))
            .expect("a letter, a hyphen and digits are an id");
        let mut bodies = vec![
            (admitted, self.admission(number, admitted)),
            (admitted + TimeDelta::minutes(90), self.notice(ready)),
        ];
        bodies.extend(self.planning(admitted, ready));
        bodies.extend(self.middle(ready, end));
        bodies.push((ready, Body::ReadyNotice { assessed_at: None }));
        bodies.push((end, last(open)));
        bodies
            .into_iter()
            .enumerate()
            .map(|(index, (at, body))| Event {
                id: EventId::new(&format!("{index}")).expect("a digit is an id"),
                episode: episode.clone(),
                at: at.min(self.bulk.until),
                source: Some("journal".to_owned()),
                body,
            })
            .collect()
    }

    /// When the patient is ready, and when the last event comes.
    fn course(&mut self, admitted: Instant, open: bool) -> (Instant, Instant) {
        let hours = |hours: u64| TimeDelta::hours(hours as i64);
        if open {
            let whole = (self.bulk.until - admitted).num_minutes().max(1) as u64;
            let ready =
                admitted + TimeDelta::minutes((whole * (30 + self.chance.below(60)) / 100) as i64);
            return (ready, self.bulk.until);
        }
        let ready = admitted + hours(30) + TimeDelta::minutes(self.chance.below(9 * 1440) as i64);
        // Most leave within three days; some wait long.
        let days = if self.chance.one_in(6) { 13 } else { 4 };
        (
            ready,
            ready + hours(2) + TimeDelta::minutes(self.chance.below(days * 1440) as i64),
        )
    }

    fn admission(&mut self, number: u64, at: Instant) -> Body<Patient> {
        // The lesser of two, so that the load falls from the first payer on.
        let count = self.payers.len() as u64;
        let place = self.chance.below(count).min(self.chance.below(count));
        let municipality = self.payers.get(place as usize).copied();
        let on = time::local_date(at);
        let person = number as usize % self.numbers.len().max(1);
        Body::Admitted(Box::new(Admission {
            patient: Patient {
                pnr: self.numbers.get(person).copied(),
                name: Some(format!("Exempel {number}")),
                protected: self.chance.one_in(200).then_some(true),
            },
            hospital: "Exempelsjukhuset".to_owned(),
            ward: format!("Avdelning {}", 1 + self.chance.below(30)),
            care_form: if self.chance.one_in(12) {
                CareForm::Psychiatric
            } else {
                CareForm::Somatic
            },
            municipality,
            district: municipality.and_then(|code| payers::district(code, number as usize, on)),
            placing_municipality: None,
            compulsory_care: None,
            municipal_needs: !self.chance.one_in(50),
        }))
    }

    fn notice(&mut self, ready: Instant) -> Body<Patient> {
        Body::AdmissionNotice {
            to: Recipients {
                municipality: true,
                open_care: true,
            },
            expected_discharge: (!self.chance.one_in(25)).then(|| time::local_date(ready)),
            need_seen_at: None,
        }
    }

    /// Care contact, and a call that comes before the notice or, for some,
    /// days after it.
    fn planning(&mut self, admitted: Instant, ready: Instant) -> [(Instant, Body<Patient>); 2] {
        let contact = Body::CareContactAssigned {
            name: "Vårdsamordnare Exempel".to_owned(),
            unit: "Vårdcentralen Exemplet".to_owned(),
        };
        let between = admitted + (ready - admitted) / 2;
        let sip = if self.chance.one_in(15) {
            let reason = "Patienten avböjer".to_owned();
            (between, Body::SipWaived { reason })
        } else if self.chance.one_in(10) {
            let late = TimeDelta::hours(self.chance.below(120) as i64);
            (ready + late, Body::SipCalled { meeting_at: None })
        } else {
            (between, Body::SipCalled { meeting_at: None })
        };
        [(between, contact), sip]
    }

    /// Two more events: mostly the checklist, at times a retraction before the
    /// notice that stands, or open care that is missing for a while.
    fn middle(&mut self, ready: Instant, end: Instant) -> [(Instant, Body<Patient>); 2] {
        let hour = TimeDelta::hours(1);
        if self.chance.one_in(20) {
            let reason = "Försämrad".to_owned();
            return [
                (ready - hour * 3, Body::ReadyNotice { assessed_at: None }),
                (ready - hour * 2, Body::ReadyRetracted { reason }),
            ];
        }
        if self.chance.one_in(40) {
            let reason = "Läkemedel saknas".to_owned();
            return [
                (ready, Body::OpenCareUnavailable { reason }),
                (ready + (end - ready) / 2, Body::OpenCareAvailable),
            ];
        }
        let mark = |item: &str| Body::Checklist {
            item: item.to_owned(),
            done: true,
        };
        [
            (ready - hour, mark("self_care")),
            (ready - hour / 2, mark("medication")),
        ]
    }
}

fn last(open: bool) -> Body<Patient> {
    if open {
        let text = "Väntar på besked".to_owned();
        Body::Note {
            text,
            delay_reason: None,
        }
    } else {
        Body::Discharged {
            to: Some("hemmet".to_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;
    use crate::{exchange::jsonl, model::event::Kind};

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
        let mut shuffled = Vec::new();
        bulk(50, 5).write_shuffled(&mut shuffled).unwrap();
        assert_ne!(first, shuffled);
        let sorted = |bytes: Vec<u8>| {
            let text = String::from_utf8(bytes).unwrap();
            let mut lines: Vec<_> = text.lines().map(str::to_owned).collect();
            lines.sort();
            lines
        };
        assert_eq!(sorted(first), sorted(shuffled));
    }
}
