//! One made-up stay.

use chrono::TimeDelta;

use super::Bulk;
use crate::{
    exchange::payers,
    model::{
        event::{Admission, Body, CareForm, Event, Recipients},
        ids::{EpisodeId, EventId},
        patient::Patient,
        personal_id::PersonalId,
        place::MunicipalityCode,
        time::{self, Instant},
    },
};

/// Skatteverket's test numbers: nobody has one of them.
const NUMBERS: &str = include_str!("../../../fixtures/identity/skatteverket-test-numbers.txt");

/// Splitmix64: small, fast, and the same everywhere.
pub(super) struct Chance(pub(super) u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`, which is above zero.
    pub(super) fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    fn one_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }
}

/// Makes one stay after the other.
pub(super) struct Maker {
    bulk: Bulk,
    chance: Chance,
    payers: Vec<MunicipalityCode>,
    numbers: Vec<PersonalId>,
    made: u64,
}

impl Maker {
    pub(super) fn new(bulk: Bulk) -> Self {
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

    /// All events of the next stay.
    pub(super) fn stay(&mut self, admitted: Instant, open: bool) -> Vec<Event<Patient>> {
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
