//! A plan of a stay, small enough to shrink, and the events it turns into.

use chrono::{NaiveDate, NaiveTime, TimeDelta};
use fristdag::model::{
    event::{Admission, Body, CareForm, CompulsoryCare, DetailsChange, Event, Party, Recipients},
    ids::{EpisodeId, EventId},
    patient::PatientRef,
    place::MunicipalityCode,
    time::{self, Instant},
};

use super::stay::plus;

/// Seconds of the day at which things happen: few, so that they coincide.
const CLOCKS: [u32; 10] = [
    8 * 3600,
    12 * 3600,
    12 * 3600 + 1,
    12 * 3600 - 1,
    15 * 3600,
    0,
    24 * 3600 - 1,
    2 * 3600 + 1800,
    1800,
    2 * 3600 + 900,
];

/// How many times of the day there are.
pub const CLOCK_COUNT: usize = CLOCKS.len();

/// A day from the span's planned start, and a time of it.
pub type When = (i64, usize);

/// Points of every checklist in use.
const ITEMS: [&str; 6] = [
    "self_care",
    "written_information",
    "information_transfer",
    "aids",
    "medication",
    "unheard_of",
];

/// How old the patient is.
#[derive(Debug, Clone, Copy)]
pub enum Age {
    Adult,
    Unknown,
    /// Comes of age so many days from the planned start.
    Turns(i64),
    /// Nothing about the number: in a correction, of the name alone.
    Unsaid,
}

/// What else may happen, or be said.
#[derive(Debug, Clone)]
pub enum Act {
    Retracted,
    Ready,
    /// Retracted, and ready again so many days later.
    Pause(i64),
    SipCalled,
    SipWithdrawn,
    /// Withdrawn, and called again so many days later.
    Recall(i64),
    SipWaived,
    ContactAssigned,
    ContactWaived,
    Unavailable,
    Available,
    /// Open care is missing for so many days.
    Gap(i64, usize),
    CourtEnded,
    Transferred,
    /// To the municipality, to open care, with a date.
    Notice(bool, bool, bool),
    Expected,
    Item(usize, bool),
    CareForm(bool),
    Municipality(Option<usize>),
    District(Option<usize>),
    Placing(Option<usize>),
    Compulsory(bool),
    Needs(bool),
    Identity(Age),
    /// The event of that place never happened.
    Void(usize),
    Admitted,
    Discharged,
    Aborted,
    Aside(usize),
}

/// How a stay ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Leaving {
    Discharged,
    Aborted,
    Not,
}

/// What `admitted` says.
#[derive(Debug, Clone)]
pub struct Said {
    pub psychiatric: bool,
    pub municipality: usize,
    pub district: Option<usize>,
    pub placing: Option<usize>,
    pub compulsory: bool,
    pub needs: bool,
    pub age: Age,
}

/// One stay.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The date on which the patient is planned to be ready.
    pub ready: NaiveDate,
    pub clock: usize,
    /// Days from the admission to it.
    pub before: i64,
    /// Days from it to the end.
    pub length: i64,
    pub leaving: Leaving,
    pub leaving_clock: usize,
    pub said: Said,
    /// Admission notice with its date, SIP call, care contact.
    pub duties: [Option<When>; 3],
    /// The checklist.
    pub list: Option<When>,
    pub acts: Vec<(When, Act)>,
    /// What makes the ids fall in another order than the events, and leaves
    /// the expected date out of some admission notices.
    pub salt: usize,
}

/// Municipalities and districts that plans name by number.
pub struct Places {
    pub municipalities: &'static [&'static str],
}

const DISTRICTS: [&str; 4] = ["Bromma", "Farsta", "Skarpnäck", "Okänd"];

impl Places {
    fn municipality(&self, index: usize) -> MunicipalityCode {
        self.municipalities[index % self.municipalities.len()]
            .parse()
            .unwrap()
    }
}

fn district(index: usize) -> String {
    DISTRICTS[index % DISTRICTS.len()].to_owned()
}

struct Writer<'a> {
    plan: &'a Plan,
    places: &'a Places,
    name: EpisodeId,
    events: Vec<Event>,
}

impl Plan {
    /// Its events, in no order that means anything.
    pub fn events(&self, number: usize, places: &Places) -> Vec<Event> {
        let mut writer = Writer {
            plan: self,
            places,
            name: EpisodeId::new(&format!("S-{number}")).unwrap(),
            events: Vec::new(),
        };
        writer.usual();
        for (when, act) in &self.acts {
            writer.act(*when, act);
        }
        writer.events
    }

    fn at(&self, (day, clock): When) -> Instant {
        let clock = clock % CLOCK_COUNT;
        let time = NaiveTime::from_num_seconds_from_midnight_opt(CLOCKS[clock], 0).unwrap();
        let at = time::at_clock(plus(self.ready, day), time);
        // The last one is the hour that autumn shows a second time.
        if clock + 1 == CLOCK_COUNT {
            at + TimeDelta::hours(1)
        } else {
            at
        }
    }

    fn person(&self, age: Age) -> PatientRef {
        PatientRef {
            key: Some("key".to_owned()),
            numbered: matches!(age, Age::Adult | Age::Turns(_)),
            turns_18: match age {
                Age::Turns(days) => Some(plus(self.ready, days)),
                _ => None,
            },
            ..PatientRef::default()
        }
    }
}

impl Writer<'_> {
    fn put(&mut self, when: When, body: Body) {
        let number = (self.events.len() * 37 + self.plan.salt) % 101;
        self.events.push(Event {
            id: EventId::new(&format!("{number:03}")).unwrap(),
            episode: self.name.clone(),
            at: self.plan.at(when),
            source: None,
            body,
        });
    }

    /// What happens in every stay, as far as it does.
    fn usual(&mut self) {
        let plan = self.plan;
        self.put((-plan.before, 0), self.admission());
        self.put((0, plan.clock), Body::ReadyNotice { assessed_at: None });
        let [notice, call, contact] = plan.duties;
        if let Some(when) = notice {
            self.act(when, &Act::Notice(true, true, !plan.salt.is_multiple_of(5)));
        }
        if let Some(when) = call {
            self.act(when, &Act::SipCalled);
        }
        if let Some(when) = contact {
            self.act(when, &Act::ContactAssigned);
        }
        if let Some(when) = plan.list {
            for item in 0..5 {
                self.act(when, &Act::Item(item, true));
            }
        }
        let end = (plan.length, plan.leaving_clock);
        match plan.leaving {
            Leaving::Discharged => self.act(end, &Act::Discharged),
            Leaving::Aborted => self.act(end, &Act::Aborted),
            Leaving::Not => {}
        }
    }

    fn admission(&self) -> Body {
        let said = &self.plan.said;
        Body::Admitted(Box::new(Admission {
            patient: self.plan.person(said.age),
            hospital: "H".to_owned(),
            ward: "W".to_owned(),
            care_form: care_form(said.psychiatric),
            municipality: Some(self.places.municipality(said.municipality)),
            district: said.district.map(district),
            placing_municipality: said.placing.map(|index| self.places.municipality(index)),
            compulsory_care: said.compulsory.then_some(CompulsoryCare::Lpt),
            municipal_needs: said.needs,
        }))
    }

    fn act(&mut self, when: When, act: &Act) {
        let later = |days: i64| (when.0 + days, when.1);
        match act {
            Act::Pause(days) => {
                self.put(when, body(self.plan, when, &Act::Retracted));
                self.put(later(*days), body(self.plan, when, &Act::Ready));
            }
            Act::Recall(days) => {
                self.put(when, body(self.plan, when, &Act::SipWithdrawn));
                self.put(later(*days), body(self.plan, when, &Act::SipCalled));
            }
            Act::Gap(days, clock) => {
                self.put(when, body(self.plan, when, &Act::Unavailable));
                self.put((when.0 + days, *clock), Body::OpenCareAvailable);
            }
            Act::Admitted => self.put(when, self.admission()),
            Act::Void(place) => {
                let target = self.events[place % self.events.len()].id.clone();
                let reason = "r".to_owned();
                self.put(
                    when,
                    Body::Void {
                        event: target,
                        reason,
                    },
                );
            }
            Act::Municipality(_)
            | Act::District(_)
            | Act::Placing(_)
            | Act::CareForm(_)
            | Act::Compulsory(_)
            | Act::Needs(_)
            | Act::Identity(_) => {
                let change = Body::DetailsChanged(Box::new(self.change(act)));
                self.put(when, change);
            }
            plain => self.put(when, body(self.plan, when, plain)),
        }
    }

    fn change(&self, act: &Act) -> DetailsChange {
        let mut change = nothing_changed();
        let municipality = |index: &usize| self.places.municipality(*index);
        match act {
            Act::Municipality(to) => change.municipality = Some(to.as_ref().map(municipality)),
            Act::District(to) => change.district = Some(to.map(district)),
            Act::Placing(to) => change.placing_municipality = Some(to.as_ref().map(municipality)),
            Act::CareForm(psychiatric) => change.care_form = Some(care_form(*psychiatric)),
            Act::Compulsory(held) => {
                change.compulsory_care = Some(held.then_some(CompulsoryCare::Lrv));
            }
            Act::Needs(needs) => change.municipal_needs = Some(*needs),
            Act::Identity(age) => change.patient = Some(self.plan.person(*age)),
            _ => {}
        }
        change
    }
}

fn care_form(psychiatric: bool) -> CareForm {
    if psychiatric {
        CareForm::Psychiatric
    } else {
        CareForm::Somatic
    }
}

fn nothing_changed() -> DetailsChange {
    DetailsChange {
        patient: None,
        hospital: None,
        ward: None,
        care_form: None,
        municipality: None,
        district: None,
        placing_municipality: None,
        compulsory_care: None,
        municipal_needs: None,
    }
}

/// What an act that is one event says.
fn body(plan: &Plan, when: When, act: &Act) -> Body {
    let reason = || "r".to_owned();
    match act {
        Act::Retracted => Body::ReadyRetracted { reason: reason() },
        Act::SipCalled => Body::SipCalled { meeting_at: None },
        Act::SipWithdrawn => Body::SipCallWithdrawn { reason: None },
        Act::SipWaived => Body::SipWaived { reason: reason() },
        Act::ContactAssigned => Body::CareContactAssigned {
            name: "N".to_owned(),
            unit: "U".to_owned(),
        },
        Act::ContactWaived => Body::CareContactWaived { reason: reason() },
        Act::Unavailable => Body::OpenCareUnavailable { reason: reason() },
        Act::Available => Body::OpenCareAvailable,
        Act::CourtEnded => Body::CompulsoryCareEnded,
        Act::Transferred => Body::Transferred {
            hospital: None,
            ward: "W2".to_owned(),
        },
        Act::Notice(municipality, open_care, date) => Body::AdmissionNotice {
            to: Recipients {
                municipality: *municipality,
                // A notice goes to somebody.
                open_care: *open_care || !*municipality,
            },
            expected_discharge: date.then(|| plus(plan.ready, 1)),
            need_seen_at: None,
        },
        Act::Expected => Body::ExpectedDischarge {
            date: plus(plan.ready, when.0),
        },
        Act::Item(item, done) => Body::Checklist {
            item: ITEMS[item % ITEMS.len()].to_owned(),
            done: *done,
        },
        Act::Discharged => Body::Discharged { to: None },
        Act::Aborted => Body::PlanningAborted { reason: reason() },
        Act::Aside(which) => aside(*which),
        _ => Body::ReadyNotice { assessed_at: None },
    }
}

/// What may happen at any time and changes no figure.
fn aside(which: usize) -> Body {
    match which % 5 {
        0 => Body::DischargeNotice,
        1 => Body::FollowedUp,
        2 => Body::SipHeld,
        3 => Body::Acknowledged {
            message: EventId::new("000").unwrap(),
            by: Party::Municipality,
        },
        _ => Body::Note {
            text: "t".to_owned(),
            delay_reason: None,
        },
    }
}
