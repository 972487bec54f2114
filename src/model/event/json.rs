//! The JSON form of an event: one flat object, read strictly.
//!
//! Reading goes through one flat struct with every field that any kind has;
//! the kind then takes its own and whatever is left over is an error. That
//! reads a line in one pass and still names the field that does not belong.

use std::borrow::Cow;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize};
use thiserror::Error;

use super::{
    Admission, Body, CareForm, CompulsoryCare, DelayReason, DetailsChange, Event, Kind, Party,
    Recipients,
};
use crate::model::{
    ids::{EpisodeId, EventId},
    patient::{Patient, PatientRef},
    personal_id::PersonalId,
    place::MunicipalityCode,
    time::{self, Instant},
};

/// Longest free text, in bytes; names and units are far shorter.
const LONGEST_TEXT: usize = 16 * 1024;

/// Why a line is not an event. Values are never repeated: they may be a
/// patient's.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}{problem}", field.as_ref().map(|name| format!("field \"{name}\": ")).unwrap_or_default())]
pub struct EventError {
    /// The field, where one can be named.
    pub field: Option<Cow<'static, str>>,
    /// What is wrong, and what to do.
    pub problem: String,
}

impl EventError {
    /// An error about one field.
    pub fn at(field: impl Into<Cow<'static, str>>, problem: impl ToString) -> Self {
        Self {
            field: Some(field.into()),
            problem: problem.to_string(),
        }
    }

    /// An error about the whole line.
    pub fn line(problem: impl ToString) -> Self {
        Self {
            field: None,
            problem: problem.to_string(),
        }
    }
}

/// A field that may be absent, null, or set.
fn nullable<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    from: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(from).map(Some)
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "P: Deserialize<'de>"))]
struct Flat<P> {
    id: Option<String>,
    episode: Option<String>,
    at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    kind: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    patient: Option<P>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hospital: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ward: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    care_form: Option<String>,
    #[serde(
        default,
        deserialize_with = "nullable",
        skip_serializing_if = "Option::is_none"
    )]
    municipality: Option<Option<String>>,
    #[serde(
        default,
        deserialize_with = "nullable",
        skip_serializing_if = "Option::is_none"
    )]
    district: Option<Option<String>>,
    #[serde(
        default,
        deserialize_with = "nullable",
        skip_serializing_if = "Option::is_none"
    )]
    placing_municipality: Option<Option<String>>,
    #[serde(
        default,
        deserialize_with = "nullable",
        skip_serializing_if = "Option::is_none"
    )]
    compulsory_care: Option<Option<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    municipal_needs: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<To>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expected_discharge: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    need_seen_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    meeting_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    item: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    done: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    assessed_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    delay_reason: Option<FlatDelay>,
    #[serde(skip_serializing_if = "Option::is_none")]
    event: Option<String>,
}

/// `to` is a list of recipients in a notice and a place in a discharge.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum To {
    Units(Vec<String>),
    Place(String),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct FlatDelay {
    #[serde(alias = "reason")]
    code: String,
    from: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FlatPatient {
    pnr: Option<String>,
    name: Option<String>,
    protected: Option<bool>,
}

/// Reads an event as a source system sends it.
///
/// # Errors
/// [`EventError`] names the field and what to do; it never repeats a value.
pub fn parse(line: &[u8]) -> Result<Event<Patient>, EventError> {
    let flat: Flat<FlatPatient> = read(line)?;
    flat.into_event(|patient, at, whole| {
        let Some(patient) = patient else {
            return Err(missing("patient"));
        };
        let pnr = patient
            .pnr
            .map(|text| {
                PersonalId::parse(&text, time::local_date(at))
                    .map_err(|why| EventError::at("patient.pnr", why))
            })
            .transpose()?;
        let name = patient
            .name
            .map(|name| text("patient.name", name))
            .transpose()?;
        if whole && pnr.is_none() {
            return Err(missing("patient.pnr"));
        }
        if whole && name.is_none() {
            return Err(missing("patient.name"));
        }
        Ok(Patient {
            pnr,
            name,
            protected: patient.protected,
        })
    })
}

/// Reads an event as the journal has it.
///
/// # Errors
/// As [`parse`]; for a line that this program wrote, that means damage.
pub fn parse_recorded(line: &[u8]) -> Result<Event, EventError> {
    let flat: Flat<PatientRef> = read(line)?;
    flat.into_event(|patient, _, _| patient.ok_or_else(|| missing("patient")))
}

fn read<'a, P: Deserialize<'a>>(line: &'a [u8]) -> Result<Flat<P>, EventError> {
    serde_json::from_slice(line).map_err(|first| explain::<P>(line, &first))
}

/// Reads the line once more with the path tracked: slower, so only for a
/// line that is wrong already.
fn explain<'a, P: Deserialize<'a>>(line: &'a [u8], first: &serde_json::Error) -> EventError {
    let mut reader = serde_json::Deserializer::from_slice(line);
    let Err(error) = serde_path_to_error::deserialize::<_, Flat<P>>(&mut reader) else {
        return EventError::line("more text after the event; write one event a line");
    };
    let path = error.path().to_string();
    let inner = error.into_inner();
    if inner.is_data() {
        let problem = data_problem(&inner.to_string());
        return if path == "." {
            EventError::line(problem)
        } else {
            EventError::at(path, problem)
        };
    }
    EventError::line(format!(
        "not valid JSON at column {}; check the line",
        first.column()
    ))
}

/// serde's message without the value it quotes.
fn data_problem(message: &str) -> String {
    if message.starts_with("unknown field") {
        return "is not a field of events; remove it or correct its name".to_owned();
    }
    if message.starts_with("duplicate field") {
        return "stands twice; keep one".to_owned();
    }
    if message.starts_with("missing field") {
        let name = message.split('`').nth(1).unwrap_or("?");
        return format!("\"{name}\" is missing; add it");
    }
    let expected = message.rsplit_once(", expected ").map(|(_, rest)| rest);
    let expected = expected.and_then(|rest| rest.split(" at line ").next());
    match expected {
        Some(expected) if !expected.contains("Flat") => {
            format!("has the wrong type; expected {expected}")
        }
        _ => "has the wrong type; see the table of events".to_owned(),
    }
}

fn missing(field: &'static str) -> EventError {
    EventError::at(field, "is missing; add it")
}

fn text(field: &'static str, value: String) -> Result<String, EventError> {
    if value.trim().is_empty() {
        return Err(EventError::at(field, "is empty; write a text"));
    }
    if value.len() > LONGEST_TEXT {
        return Err(EventError::at(field, "is longer than 16 KiB; shorten it"));
    }
    Ok(value)
}

fn instant(field: &'static str, value: &str) -> Result<Instant, EventError> {
    time::parse(value).map_err(|why| EventError::at(field, why))
}

fn date(field: &'static str, value: &str) -> Result<NaiveDate, EventError> {
    time::parse_date(value).map_err(|why| EventError::at(field, why))
}

fn municipality(field: &'static str, value: &str) -> Result<MunicipalityCode, EventError> {
    value.parse().map_err(|why| EventError::at(field, why))
}

fn care_form(value: &str) -> Result<CareForm, EventError> {
    match value {
        "somatic" => Ok(CareForm::Somatic),
        "psychiatric" => Ok(CareForm::Psychiatric),
        _ => Err(EventError::at(
            "care_form",
            "is neither somatic nor psychiatric",
        )),
    }
}

fn compulsory_care(value: &str) -> Result<CompulsoryCare, EventError> {
    match value {
        "LPT" => Ok(CompulsoryCare::Lpt),
        "LRV" => Ok(CompulsoryCare::Lrv),
        _ => Err(EventError::at("compulsory_care", "is neither LPT nor LRV")),
    }
}

fn party(value: &str) -> Result<Party, EventError> {
    match value {
        "municipality" => Ok(Party::Municipality),
        "open_care" => Ok(Party::OpenCare),
        "ward" => Ok(Party::Ward),
        _ => Err(EventError::at(
            "by",
            "is none of municipality, open_care, ward",
        )),
    }
}

fn recipients(to: Option<To>) -> Result<Recipients, EventError> {
    let units = match to {
        None => {
            return Ok(Recipients {
                municipality: true,
                open_care: true,
            });
        }
        Some(To::Units(units)) => units,
        Some(To::Place(_)) => return Err(EventError::at("to", "has to be a list of units")),
    };
    let mut found = Recipients {
        municipality: false,
        open_care: false,
    };
    for unit in &units {
        match unit.as_str() {
            "municipality" => found.municipality = true,
            "open_care" => found.open_care = true,
            _ => {
                return Err(EventError::at(
                    "to",
                    "names a unit that is neither municipality nor open_care",
                ));
            }
        }
    }
    if units.is_empty() {
        return Err(EventError::at(
            "to",
            "is an empty list; leave it out or name a unit",
        ));
    }
    Ok(found)
}

/// Takes a field of the flat struct that the kind requires.
macro_rules! need {
    ($flat:ident . $field:ident) => {
        $flat
            .$field
            .take()
            .ok_or_else(|| missing(stringify!($field)))
    };
}

impl<P> Flat<P> {
    fn into_event<Q>(
        mut self,
        identify: impl Fn(Option<P>, Instant, bool) -> Result<Q, EventError>,
    ) -> Result<Event<Q>, EventError> {
        let this = &mut self;
        let id = EventId::new(&need!(this.id)?).map_err(|why| EventError::at("id", why))?;
        let episode =
            EpisodeId::new(&need!(this.episode)?).map_err(|why| EventError::at("episode", why))?;
        let at = instant("at", &need!(this.at)?)?;
        let source = this
            .source
            .take()
            .map(|source| text("source", source))
            .transpose()?;
        let kind = need!(this.kind)?;
        let kind = Kind::from_name(&kind)
            .ok_or_else(|| EventError::at("kind", "is not a kind of event; check its name"))?;
        let body = match kind {
            Kind::Admitted => Body::Admitted(Box::new(this.admission(at, identify)?)),
            Kind::DetailsChanged => Body::DetailsChanged(Box::new(this.change(at, identify)?)),
            other => this.plain_body(other)?,
        };
        match this.left_over() {
            Some(field) => Err(EventError::at(
                field,
                format!("does not belong to {}; remove it", kind.name()),
            )),
            None => Ok(Event {
                id,
                episode,
                at,
                source,
                body,
            }),
        }
    }

    fn admission<Q>(
        &mut self,
        at: Instant,
        identify: impl Fn(Option<P>, Instant, bool) -> Result<Q, EventError>,
    ) -> Result<Admission<Q>, EventError> {
        let municipality_code = match self.municipality.take() {
            None => return Err(missing("municipality")),
            Some(code) => code
                .map(|code| municipality("municipality", &code))
                .transpose()?,
        };
        Ok(Admission {
            patient: identify(self.patient.take(), at, true)?,
            hospital: text("hospital", need!(self.hospital)?)?,
            ward: text("ward", need!(self.ward)?)?,
            care_form: care_form(&need!(self.care_form)?)?,
            municipality: municipality_code,
            district: self.take_district()?.flatten(),
            placing_municipality: self.take_placing()?.flatten(),
            compulsory_care: self.take_compulsory()?.flatten(),
            municipal_needs: self.municipal_needs.take().unwrap_or(true),
        })
    }

    fn change<Q>(
        &mut self,
        at: Instant,
        identify: impl Fn(Option<P>, Instant, bool) -> Result<Q, EventError>,
    ) -> Result<DetailsChange<Q>, EventError> {
        let change = DetailsChange {
            patient: match self.patient.take() {
                Some(patient) => Some(identify(Some(patient), at, false)?),
                None => None,
            },
            hospital: self
                .hospital
                .take()
                .map(|value| text("hospital", value))
                .transpose()?,
            ward: self
                .ward
                .take()
                .map(|value| text("ward", value))
                .transpose()?,
            care_form: self
                .care_form
                .take()
                .map(|value| care_form(&value))
                .transpose()?,
            municipality: self
                .municipality
                .take()
                .map(|code| {
                    code.map(|code| municipality("municipality", &code))
                        .transpose()
                })
                .transpose()?,
            district: self.take_district()?,
            placing_municipality: self.take_placing()?,
            compulsory_care: self.take_compulsory()?,
            municipal_needs: self.municipal_needs.take(),
        };
        let nothing = change.patient.is_none()
            && change.hospital.is_none()
            && change.ward.is_none()
            && change.care_form.is_none()
            && change.municipality.is_none()
            && change.district.is_none()
            && change.placing_municipality.is_none()
            && change.compulsory_care.is_none()
            && change.municipal_needs.is_none();
        if nothing {
            return Err(EventError::line(
                "details_changed changes nothing; name what it corrects",
            ));
        }
        Ok(change)
    }

    fn take_district(&mut self) -> Result<Option<Option<String>>, EventError> {
        self.district
            .take()
            .map(|value| value.map(|name| text("district", name)).transpose())
            .transpose()
    }

    fn take_placing(&mut self) -> Result<Option<Option<MunicipalityCode>>, EventError> {
        self.placing_municipality
            .take()
            .map(|code| {
                code.map(|code| municipality("placing_municipality", &code))
                    .transpose()
            })
            .transpose()
    }

    fn take_compulsory(&mut self) -> Result<Option<Option<CompulsoryCare>>, EventError> {
        self.compulsory_care
            .take()
            .map(|value| value.map(|act| compulsory_care(&act)).transpose())
            .transpose()
    }

    fn reason(&mut self) -> Result<String, EventError> {
        text("reason", need!(self.reason)?)
    }

    fn optional_instant(
        field: &'static str,
        value: &mut Option<String>,
    ) -> Result<Option<Instant>, EventError> {
        value.take().map(|value| instant(field, &value)).transpose()
    }

    fn plain_body<Q>(&mut self, kind: Kind) -> Result<Body<Q>, EventError> {
        Ok(match kind {
            Kind::Transferred => Body::Transferred {
                hospital: self
                    .hospital
                    .take()
                    .map(|value| text("hospital", value))
                    .transpose()?,
                ward: text("ward", need!(self.ward)?)?,
            },
            Kind::AdmissionNotice => Body::AdmissionNotice {
                to: recipients(self.to.take())?,
                expected_discharge: self
                    .expected_discharge
                    .take()
                    .map(|value| date("expected_discharge", &value))
                    .transpose()?,
                need_seen_at: Self::optional_instant("need_seen_at", &mut self.need_seen_at)?,
            },
            Kind::ExpectedDischarge => Body::ExpectedDischarge {
                date: date("date", &need!(self.date)?)?,
            },
            Kind::CareContactAssigned => Body::CareContactAssigned {
                name: text("name", need!(self.name)?)?,
                unit: text("unit", need!(self.unit)?)?,
            },
            Kind::CareContactWaived => Body::CareContactWaived {
                reason: self.reason()?,
            },
            Kind::SipCalled => Body::SipCalled {
                meeting_at: Self::optional_instant("meeting_at", &mut self.meeting_at)?,
            },
            Kind::SipCallWithdrawn => Body::SipCallWithdrawn {
                reason: self
                    .reason
                    .take()
                    .map(|value| text("reason", value))
                    .transpose()?,
            },
            Kind::SipWaived => Body::SipWaived {
                reason: self.reason()?,
            },
            Kind::SipHeld => Body::SipHeld,
            Kind::Checklist => Body::Checklist {
                item: text("item", need!(self.item)?)?,
                done: need!(self.done)?,
            },
            Kind::ReadyNotice => Body::ReadyNotice {
                assessed_at: Self::optional_instant("assessed_at", &mut self.assessed_at)?,
            },
            other => return self.later_body(other),
        })
    }

    /// The kinds from the retraction on.
    fn later_body<Q>(&mut self, kind: Kind) -> Result<Body<Q>, EventError> {
        Ok(match kind {
            Kind::ReadyRetracted => Body::ReadyRetracted {
                reason: self.reason()?,
            },
            Kind::CompulsoryCareEnded => Body::CompulsoryCareEnded,
            Kind::OpenCareUnavailable => Body::OpenCareUnavailable {
                reason: self.reason()?,
            },
            Kind::OpenCareAvailable => Body::OpenCareAvailable,
            Kind::DischargeNotice => Body::DischargeNotice,
            Kind::Discharged => Body::Discharged {
                to: match self.to.take() {
                    None => None,
                    Some(To::Place(place)) => Some(text("to", place)?),
                    Some(To::Units(_)) => return Err(EventError::at("to", "has to be a text")),
                },
            },
            Kind::PlanningAborted => Body::PlanningAborted {
                reason: self.reason()?,
            },
            Kind::Acknowledged => Body::Acknowledged {
                message: EventId::new(&need!(self.message)?)
                    .map_err(|why| EventError::at("message", why))?,
                by: party(&need!(self.by)?)?,
            },
            Kind::FollowedUp => Body::FollowedUp,
            Kind::Note => Body::Note {
                text: text("text", need!(self.text)?)?,
                delay_reason: self.delay_reason.take().map(delay_reason).transpose()?,
            },
            _ => Body::Void {
                event: EventId::new(&need!(self.event)?)
                    .map_err(|why| EventError::at("event", why))?,
                reason: self.reason()?,
            },
        })
    }

    /// A field that the kind did not take.
    fn left_over(&self) -> Option<&'static str> {
        macro_rules! first_set {
            ($($field:ident),*) => {
                $(if self.$field.is_some() { return Some(stringify!($field)); })*
            };
        }
        first_set!(
            patient,
            hospital,
            ward,
            care_form,
            municipality,
            district,
            placing_municipality,
            compulsory_care,
            municipal_needs,
            to,
            expected_discharge,
            need_seen_at,
            date,
            name,
            unit,
            reason,
            meeting_at,
            item,
            done,
            assessed_at,
            message,
            by,
            text,
            delay_reason,
            event
        );
        None
    }

    fn empty() -> Self {
        Self {
            id: None,
            episode: None,
            at: None,
            source: None,
            kind: None,
            patient: None,
            hospital: None,
            ward: None,
            care_form: None,
            municipality: None,
            district: None,
            placing_municipality: None,
            compulsory_care: None,
            municipal_needs: None,
            to: None,
            expected_discharge: None,
            need_seen_at: None,
            date: None,
            name: None,
            unit: None,
            reason: None,
            meeting_at: None,
            item: None,
            done: None,
            assessed_at: None,
            message: None,
            by: None,
            text: None,
            delay_reason: None,
            event: None,
        }
    }
}

fn delay_reason(flat: FlatDelay) -> Result<DelayReason, EventError> {
    // A date stands for its first instant.
    let moment = |field, value: &str| {
        time::parse_date(value)
            .map(time::start_of)
            .or_else(|_| instant(field, value))
    };
    Ok(DelayReason {
        code: text("delay_reason.code", flat.code)?,
        from: moment("delay_reason.from", &flat.from)?,
        to: flat
            .to
            .as_deref()
            .map(|to| moment("delay_reason.to", to))
            .transpose()?,
    })
}

/// The JSON of an event, one line without its end, in canonical order.
///
/// # Panics
/// Never: every part serializes.
#[must_use]
pub fn to_json<P: Serialize + Clone>(event: &Event<P>) -> String {
    serde_json::to_string(&flatten(event)).expect("an event is plain data")
}

fn flatten<P: Clone>(event: &Event<P>) -> Flat<P> {
    let mut flat = Flat::empty();
    flat.id = Some(event.id.to_string());
    flat.episode = Some(event.episode.to_string());
    flat.at = Some(time::rfc3339(event.at));
    flat.source.clone_from(&event.source);
    flat.kind = Some(event.kind().name().to_owned());
    flat.fill(&event.body);
    flat
}

impl<P: Clone> Flat<P> {
    fn fill(&mut self, body: &Body<P>) {
        match body {
            Body::Admitted(admission) => self.fill_admission(admission),
            Body::DetailsChanged(change) => self.fill_change(change),
            Body::Transferred { hospital, ward } => {
                self.hospital.clone_from(hospital);
                self.ward = Some(ward.clone());
            }
            Body::AdmissionNotice {
                to,
                expected_discharge,
                need_seen_at,
            } => {
                self.to = units(*to);
                self.expected_discharge = expected_discharge.map(|date| date.to_string());
                self.need_seen_at = need_seen_at.map(time::rfc3339);
            }
            Body::ExpectedDischarge { date } => self.date = Some(date.to_string()),
            Body::CareContactAssigned { name, unit } => {
                self.name = Some(name.clone());
                self.unit = Some(unit.clone());
            }
            Body::SipCalled { meeting_at } => self.meeting_at = meeting_at.map(time::rfc3339),
            Body::SipCallWithdrawn { reason } => self.reason.clone_from(reason),
            Body::CareContactWaived { reason }
            | Body::SipWaived { reason }
            | Body::ReadyRetracted { reason }
            | Body::OpenCareUnavailable { reason }
            | Body::PlanningAborted { reason } => self.reason = Some(reason.clone()),
            Body::Checklist { item, done } => {
                self.item = Some(item.clone());
                self.done = Some(*done);
            }
            Body::ReadyNotice { assessed_at } => self.assessed_at = assessed_at.map(time::rfc3339),
            Body::Discharged { to } => self.to = to.clone().map(To::Place),
            Body::Acknowledged { message, by } => {
                self.message = Some(message.to_string());
                self.by = Some(party_name(*by).to_owned());
            }
            Body::Note { text, delay_reason } => {
                self.text = Some(text.clone());
                self.delay_reason = delay_reason.as_ref().map(|delay| FlatDelay {
                    code: delay.code.clone(),
                    from: time::rfc3339(delay.from),
                    to: delay.to.map(time::rfc3339),
                });
            }
            Body::Void { event, reason } => {
                self.event = Some(event.to_string());
                self.reason = Some(reason.clone());
            }
            Body::SipHeld
            | Body::CompulsoryCareEnded
            | Body::OpenCareAvailable
            | Body::DischargeNotice
            | Body::FollowedUp => {}
        }
    }

    fn fill_admission(&mut self, admission: &Admission<P>) {
        self.patient = Some(admission.patient.clone());
        self.hospital = Some(admission.hospital.clone());
        self.ward = Some(admission.ward.clone());
        self.care_form = Some(care_form_name(admission.care_form).to_owned());
        self.municipality = Some(admission.municipality.map(|code| code.to_string()));
        self.district = admission.district.clone().map(Some);
        self.placing_municipality = admission.placing_municipality.map(|c| Some(c.to_string()));
        self.compulsory_care = admission
            .compulsory_care
            .map(|a| Some(act_name(a).to_owned()));
        self.municipal_needs = (!admission.municipal_needs).then_some(false);
    }

    fn fill_change(&mut self, change: &DetailsChange<P>) {
        self.patient.clone_from(&change.patient);
        self.hospital.clone_from(&change.hospital);
        self.ward.clone_from(&change.ward);
        self.care_form = change.care_form.map(|form| care_form_name(form).to_owned());
        self.municipality = change
            .municipality
            .map(|code| code.map(|code| code.to_string()));
        self.district.clone_from(&change.district);
        self.placing_municipality = change
            .placing_municipality
            .map(|code| code.map(|code| code.to_string()));
        self.compulsory_care = change
            .compulsory_care
            .map(|act| act.map(|act| act_name(act).to_owned()));
        self.municipal_needs = change.municipal_needs;
    }
}

fn units(to: Recipients) -> Option<To> {
    if to.municipality && to.open_care {
        return None;
    }
    let mut units = Vec::new();
    if to.municipality {
        units.push("municipality".to_owned());
    }
    if to.open_care {
        units.push("open_care".to_owned());
    }
    Some(To::Units(units))
}

fn care_form_name(form: CareForm) -> &'static str {
    match form {
        CareForm::Somatic => "somatic",
        CareForm::Psychiatric => "psychiatric",
    }
}

fn act_name(act: CompulsoryCare) -> &'static str {
    match act {
        CompulsoryCare::Lpt => "LPT",
        CompulsoryCare::Lrv => "LRV",
    }
}

fn party_name(party: Party) -> &'static str {
    match party {
        Party::Municipality => "municipality",
        Party::OpenCare => "open_care",
        Party::Ward => "ward",
    }
}
