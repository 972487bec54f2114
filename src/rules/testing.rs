//! Stays for tests, told as short scripts.

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::{
    Rulebook,
    share::{Shares, Standing},
    shares,
};
use crate::model::{
    event::{self, Event},
    patient::PatientRef,
    stay::{Folded, Origins, Stay},
    time::{self, Instant},
};

/// A date.
pub fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The shipped agreements of a region.
pub fn shipped(region: &str) -> Rulebook {
    Rulebook::shipped(region.parse().unwrap())
}

/// Every date by `today` that figures charge a stay for by itself.
pub fn charged(stay: &Stay, rulebook: &Rulebook, today: NaiveDate) -> Vec<NaiveDate> {
    let given = shares(stay, rulebook, today).shares.into_iter();
    let mut dates: Vec<_> = given
        .flat_map(|share| match share.standing {
            Standing::Individual { dates } => dates,
            _ => Vec::new(),
        })
        .collect();
    dates.sort();
    dates
}

/// A stay that is being told.
pub struct Script {
    events: Vec<Event>,
}

impl Script {
    /// A patient of `municipality`, admitted in `care_form` care at `at`
    /// (local time) with the usual preconditions met an hour later: admission
    /// notice with a planned date, care contact, SIP called.
    pub fn ready(municipality: &str, care_form: &str, at: &str) -> Self {
        Self::bare(municipality, care_form, at, json!({}))
            .and(
                at,
                "admission_notice",
                json!({"expected_discharge": &at[..10]}),
            )
            .and(
                at,
                "care_contact_assigned",
                json!({"name": "Vårdsamordnare", "unit": "Centralen"}),
            )
            .and(at, "sip_called", json!({}))
    }

    /// The admission alone, with further fields.
    pub fn bare(municipality: &str, care_form: &str, at: &str, more: Value) -> Self {
        let mut fields = json!({
            "patient": {"pnr": "19500307-2260", "name": "Exempel"},
            "hospital": "Exempelsjukhuset", "ward": "Avd 1",
            "care_form": care_form, "municipality": municipality,
        });
        for (field, value) in more.as_object().unwrap() {
            fields[field] = value.clone();
        }
        Self { events: Vec::new() }.and(at, "admitted", fields)
    }

    /// One more event of a kind at a moment, with whatever fields it needs; a
    /// point of the checklist by its own name, `undo aids` for its opposite.
    pub fn happens(self, at: Instant, kind: &str) -> Self {
        let at = time::rfc3339(at);
        match kind {
            "expected_discharge" => self.and(&at, kind, json!({"date": "2020-01-01"})),
            "care_contact_assigned" => self.and(&at, kind, json!({"name": "N", "unit": "U"})),
            "sip_waived" | "care_contact_waived" | "ready_retracted" | "open_care_unavailable" => {
                self.and(&at, kind, json!({"reason": "so"}))
            }
            "self_care"
            | "written_information"
            | "information_transfer"
            | "aids"
            | "medication" => self.and(&at, "checklist", json!({"item": kind, "done": true})),
            "undo aids" => self.and(&at, "checklist", json!({"item": "aids", "done": false})),
            _ => self.and(&at, kind, json!({})),
        }
    }

    /// One more event.
    pub fn and(mut self, at: &str, kind: &str, fields: Value) -> Self {
        let mut event = json!({
            "id": format!("{}", self.events.len()), "episode": "E", "at": at, "kind": kind,
        });
        for (field, value) in fields.as_object().unwrap() {
            event[field] = value.clone();
        }
        let event = event::parse(event.to_string().as_bytes()).unwrap();
        let event = event.try_map(|patient| {
            Ok::<_, std::convert::Infallible>(PatientRef {
                numbered: patient.pnr.is_some(),
                turns_18: patient.turns_18_if_young(date("2018-01-01")),
                ..PatientRef::default()
            })
        });
        self.events.push(event.unwrap());
        self
    }

    /// Events without fields: `at kind`.
    pub fn then(self, events: &[(&str, &str)]) -> Self {
        events.iter().fold(self, |script, (at, kind)| {
            let fields = match *kind {
                "ready_retracted"
                | "planning_aborted"
                | "sip_waived"
                | "care_contact_waived"
                | "open_care_unavailable" => json!({"reason": "so"}),
                _ => json!({}),
            };
            script.and(at, kind, fields)
        })
    }

    /// Leaves out the events of a kind.
    pub fn without(mut self, kind: &str) -> Self {
        self.events.retain(|event| event.kind().name() != kind);
        self
    }

    /// The script up to a moment.
    pub fn until(mut self, now: Instant) -> Self {
        self.events.retain(|event| event.at <= now);
        self
    }

    /// The stay.
    pub fn stay(&self) -> Stay {
        self.folded(None)
    }

    /// The stay as at a moment: without what happens later.
    pub fn stay_at(&self, now: Instant) -> Stay {
        self.folded(Some(now))
    }

    /// Which events its admission facts come from, as at a moment.
    pub fn origins_at(&self, now: Instant) -> Origins {
        Origins::of(&self.events, Some(now)).unwrap()
    }

    fn folded(&self, now: Option<Instant>) -> Stay {
        match Folded::from_events(&self.events, now) {
            Folded::Stay(stay) => *stay,
            other => panic!("not a stay: {other:?}"),
        }
    }

    /// What it gives under the shipped agreements of a region.
    pub fn shares(&self, region: &str, today: &str) -> Shares {
        shares(&self.stay(), &shipped(region), date(today))
    }

    /// The same as text: month, agreement/rule and standing.
    pub fn told(&self, region: &str, today: &str) -> Vec<String> {
        let given = self.shares(region, today);
        assert_eq!(given.unsettled, None);
        given
            .shares
            .iter()
            .map(|share| {
                use super::share::Standing as S;
                let standing = match &share.standing {
                    S::Individual { dates } => match (dates.first(), dates.last()) {
                        (Some(first), Some(last)) => {
                            format!("{} days {first}..{last}", dates.len())
                        }
                        _ => "0 days".to_owned(),
                    },
                    S::Averaged { days } => format!("averaged {days}"),
                    S::LongStay { days, charged } => format!("long {days} charged {charged}"),
                    S::Triggering { days, psychiatric } => {
                        format!(
                            "triggering {days}{}",
                            if *psychiatric { " psychiatric" } else { "" }
                        )
                    }
                    S::Excluded { reason } => format!("excluded {}", reason.code()),
                };
                format!(
                    "{} {}/{} {standing}",
                    share.month, share.agreement, share.rule
                )
            })
            .collect()
    }
}

/// Everything met at 08:00 on `day`, and ready at 11:00.
pub fn ready(municipality: &str, care_form: &str, day: &str) -> Script {
    Script::ready(municipality, care_form, &format!("{day}T08:00"))
        .then(&[(&format!("{day}T11:00"), "ready_notice")])
}
