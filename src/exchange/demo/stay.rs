//! One stay of the demo's files, and the events that it stands for.

use chrono::TimeDelta;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::when;
use crate::{
    exchange::payers,
    model::{
        event::{self, Event, Kind},
        patient::Patient,
        place::{MunicipalityCode, RegionCode},
        time::{self, Instant},
    },
};

/// The two systems that the demo's events come from.
const JOURNAL: &str = "journal";
const COORDINATION: &str = "samordning";

/// After how long a message is confirmed.
const CONFIRMED_AFTER: TimeDelta = TimeDelta::minutes(40);

/// A stay as the files tell it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Stay {
    id: String,
    pnr: String,
    name: String,
    #[serde(default)]
    protected: bool,
    hospital: String,
    ward: String,
    #[serde(default = "somatic")]
    care_form: String,
    payer: Place,
    /// Whether its messages are confirmed.
    #[serde(default = "yes")]
    acknowledged: bool,
    event: Vec<toml::Table>,
}

fn somatic() -> String {
    "somatic".to_owned()
}

fn yes() -> bool {
    true
}

/// A municipality that every region has.
#[derive(Deserialize, Clone, Copy)]
#[serde(untagged)]
enum Place {
    /// The region's own, counted from the largest; round again where a
    /// region has fewer.
    Own(usize),
    /// Another county's.
    Elsewhere(Elsewhere),
}

#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "snake_case")]
enum Elsewhere {
    Elsewhere,
}

impl Place {
    fn code(self, region: RegionCode) -> Option<MunicipalityCode> {
        let of = |region, nth: usize| {
            let codes = payers::municipalities(region);
            codes.get(nth.checked_rem(codes.len())?).copied()
        };
        match self {
            Self::Own(nth) => of(region, nth),
            Self::Elsewhere(_) => {
                // Not Stockholm: its payers are boards.
                let other = if region.to_string() == "03" {
                    "04"
                } else {
                    "03"
                };
                of(other.parse().ok()?, 0)
            }
        }
    }
}

impl Stay {
    /// The events up to `now`.
    pub(super) fn events(&self, region: RegionCode, now: Instant) -> Vec<Event<Patient>> {
        let mut events = Vec::new();
        for (index, table) in self.event.iter().enumerate() {
            let json = self
                .event_json(index, table, region, now)
                .expect("the tests read every event of the demo");
            let line = json.to_string();
            let event =
                event::parse(line.as_bytes()).expect("the tests read every event of the demo");
            if self.acknowledged {
                events.extend(self.confirmations(&event, now));
            }
            events.push(event);
        }
        events
    }

    /// The event as an import would have it.
    fn event_json(
        &self,
        index: usize,
        table: &toml::Table,
        region: RegionCode,
        now: Instant,
    ) -> Option<Value> {
        let mut fields = Map::new();
        fields.insert("id".to_owned(), json!((index + 1).to_string()));
        fields.insert("episode".to_owned(), json!(self.id));
        for (name, value) in table {
            fields.insert(name.clone(), resolve(name, value, region, now)?);
        }
        let kind = Kind::from_name(fields.get("kind")?.as_str()?)?;
        if let Some(source) = source(kind) {
            fields.entry("source").or_insert(json!(source));
        }
        // No name: typed in the console.
        if fields.get("source") == Some(&json!("")) {
            fields.remove("source");
        }
        if kind == Kind::Admitted {
            self.add_details(&mut fields, region, now)?;
        }
        Some(Value::Object(fields))
    }

    fn add_details(
        &self,
        fields: &mut Map<String, Value>,
        region: RegionCode,
        now: Instant,
    ) -> Option<()> {
        let mut patient = json!({ "pnr": self.pnr, "name": self.name });
        if self.protected {
            patient["protected"] = json!(true);
        }
        let code = self.payer.code(region)?;
        let details = json!({
            "patient": patient,
            "hospital": self.hospital,
            "ward": self.ward,
            "care_form": self.care_form,
            "municipality": code.to_string(),
        });
        for (name, value) in details.as_object()? {
            fields.entry(name).or_insert_with(|| value.clone());
        }
        // The board that pays, whichever of the two the municipality is.
        let placing = fields.get("placing_municipality").and_then(Value::as_str);
        let payer = placing.map_or(Some(code), |placing| placing.parse().ok())?;
        let nth = self.id.bytes().map(usize::from).sum();
        if let Some(district) = payers::district(payer, nth, time::local_date(now)) {
            fields.insert("district".to_owned(), json!(district));
        }
        Some(())
    }

    /// Municipality and open care confirm what was sent to them.
    fn confirmations(&self, message: &Event<Patient>, now: Instant) -> Vec<Event<Patient>> {
        let parties: &[&str] = match message.kind() {
            Kind::AdmissionNotice | Kind::ReadyNotice | Kind::DischargeNotice => {
                &["municipality", "open_care"]
            }
            Kind::SipCalled => &["municipality"],
            _ => &[],
        };
        let at = message.at + CONFIRMED_AFTER;
        if at > now {
            return Vec::new();
        }
        let confirm = |party: &&str| {
            let line = json!({
                "id": format!("{}-{party}", message.id),
                "episode": self.id,
                "at": time::rfc3339(at),
                "kind": Kind::Acknowledged.name(),
                "source": COORDINATION,
                "message": message.id.as_str(),
                "by": party,
            });
            event::parse(line.to_string().as_bytes()).expect("the line is made right here")
        };
        parties.iter().map(confirm).collect()
    }
}

/// Which system an event comes from; notes are written in the console.
fn source(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Note | Kind::Void => None,
        Kind::Admitted
        | Kind::DetailsChanged
        | Kind::Transferred
        | Kind::Checklist
        | Kind::ReadyNotice
        | Kind::ReadyRetracted
        | Kind::CompulsoryCareEnded
        | Kind::Discharged
        | Kind::PlanningAborted => Some(JOURNAL),
        _ => Some(COORDINATION),
    }
}

/// A value of the file as JSON: times and places made absolute.
fn resolve(name: &str, value: &toml::Value, region: RegionCode, now: Instant) -> Option<Value> {
    Some(match (name, value) {
        ("at" | "need_seen_at" | "meeting_at" | "assessed_at" | "from", _) => {
            json!(time::rfc3339(when::instant(value.as_str()?, now)?))
        }
        ("date" | "expected_discharge", _) => {
            json!(when::date(value.as_str()?, now)?.to_string())
        }
        ("municipality" | "placing_municipality", _) => {
            let place: Place = value.clone().try_into().ok()?;
            json!(place.code(region)?.to_string())
        }
        (_, toml::Value::Table(table)) => {
            let mut fields = Map::new();
            for (name, value) in table {
                fields.insert(name.clone(), resolve(name, value, region, now)?);
            }
            Value::Object(fields)
        }
        _ => serde_json::to_value(value).ok()?,
    })
}
