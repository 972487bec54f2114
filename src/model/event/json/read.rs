//! From a line of JSON to an event.

use serde::Deserialize;

use super::{
    EventError, error,
    field::{self, missing},
    flat::{Flat, FlatDelay, FlatPatient, Nullable, Object, Text, To},
};
use crate::model::{
    event::{Admission, Body, CompulsoryCare, DelayReason, DetailsChange, Event, Kind, Recipients},
    patient::{Patient, PatientRef},
    place::MunicipalityCode,
    time::{self, Instant},
};

/// Reads an event as a source system sends it.
///
/// # Errors
/// [`EventError`] names the field and what to do; it never repeats a value.
pub fn parse(line: &[u8]) -> Result<Event<Patient>, EventError> {
    let event = read::<FlatPatient<'_>>(line)?.into_event(patient)?;
    // Not where it is read back: what was recorded once is read for ever.
    event.source.as_deref().map_or(Ok(()), field::source)?;
    Ok(event)
}

/// Reads an event as the journal has it.
///
/// # Errors
/// As [`parse`]; for a line that this program wrote, that means damage.
pub fn parse_recorded(line: &[u8]) -> Result<Event, EventError> {
    read::<PatientRef>(line)?.into_event(|patient, _, _| Ok(patient))
}

fn read<'a, P: Deserialize<'a>>(line: &'a [u8]) -> Result<Flat<'a, P>, EventError> {
    serde_json::from_slice::<Object<_>>(line)
        .map(|object| object.0)
        .map_err(|first| error::explain::<P>(line, &first))
}

/// `whole` asks for both number and name, as an admission has them.
fn patient(flat: FlatPatient<'_>, at: Instant, whole: bool) -> Result<Patient, EventError> {
    let pnr = flat
        .pnr
        .map(|pnr| field::personal_id("patient.pnr", pnr.as_str(), at))
        .transpose()?;
    let name = text("patient.name", flat.name)?;
    if whole && pnr.is_none() {
        return Err(missing("patient.pnr"));
    }
    if whole && name.is_none() {
        return Err(missing("patient.name"));
    }
    Ok(Patient {
        pnr,
        name,
        protected: flat.protected,
    })
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

/// Takes a text that the kind requires.
macro_rules! need_text {
    ($flat:ident . $field:ident) => {
        need!($flat.$field).and_then(|value| field::text(stringify!($field), value.as_str()))
    };
}

/// Takes a text that the kind may have.
macro_rules! may_text {
    ($flat:ident . $field:ident) => {
        text(stringify!($field), $flat.$field.take())
    };
}

/// Takes a moment that the kind may have.
macro_rules! may_instant {
    ($flat:ident . $field:ident) => {
        $flat
            .$field
            .take()
            .map(|value| field::instant(stringify!($field), value.as_str()))
            .transpose()
    };
}

fn text(name: &'static str, value: Option<Text<'_>>) -> Result<Option<String>, EventError> {
    value
        .map(|value| field::text(name, value.as_str()))
        .transpose()
}

/// Reads the value of a fact that null can set to nothing.
fn fact<T>(
    value: Nullable<'_>,
    read: impl FnOnce(&str) -> Result<T, EventError>,
) -> Result<Option<Option<T>>, EventError> {
    match value {
        None => Ok(None),
        Some(None) => Ok(Some(None)),
        Some(Some(text)) => read(text.as_str()).map(|value| Some(Some(value))),
    }
}

impl<P> Flat<'_, P> {
    /// `identify` reads the patient, given the moment and whether all of it
    /// has to be there.
    fn into_event<Q>(
        mut self,
        identify: impl Fn(P, Instant, bool) -> Result<Q, EventError>,
    ) -> Result<Event<Q>, EventError> {
        let this = &mut self;
        let id = field::event_id("id", need!(this.id)?.as_str())?;
        let episode = field::episode(need!(this.episode)?.as_str())?;
        let at = field::instant("at", need!(this.at)?.as_str())?;
        let source = may_text!(this.source)?;
        let kind = Kind::from_name(need!(this.kind)?.as_str())
            .ok_or_else(|| EventError::at("kind", "is not a kind of event; check its name"))?;
        let body = match kind {
            Kind::Admitted => {
                Body::Admitted(Box::new(this.admission(|who| identify(who, at, true))?))
            }
            Kind::DetailsChanged => {
                Body::DetailsChanged(Box::new(this.change(|who| identify(who, at, false))?))
            }
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
        identify: impl FnOnce(P) -> Result<Q, EventError>,
    ) -> Result<Admission<Q>, EventError> {
        Ok(Admission {
            municipality: self
                .take_municipality()?
                .ok_or_else(|| missing("municipality"))?,
            patient: identify(need!(self.patient)?.0)?,
            hospital: need_text!(self.hospital)?,
            ward: need_text!(self.ward)?,
            care_form: field::care_form(need!(self.care_form)?.as_str())?,
            district: self.take_district()?.flatten(),
            placing_municipality: self.take_placing()?.flatten(),
            compulsory_care: self.take_compulsory()?.flatten(),
            municipal_needs: self.municipal_needs.take().unwrap_or(true),
        })
    }

    fn change<Q>(
        &mut self,
        identify: impl FnOnce(P) -> Result<Q, EventError>,
    ) -> Result<DetailsChange<Q>, EventError> {
        let change = DetailsChange {
            patient: self.patient.take().map(|who| identify(who.0)).transpose()?,
            hospital: may_text!(self.hospital)?,
            ward: may_text!(self.ward)?,
            care_form: self
                .care_form
                .take()
                .map(|value| field::care_form(value.as_str()))
                .transpose()?,
            municipality: self.take_municipality()?,
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

    fn take_municipality(&mut self) -> Result<Option<Option<MunicipalityCode>>, EventError> {
        fact(self.municipality.take(), |code| {
            field::municipality("municipality", code)
        })
    }

    fn take_district(&mut self) -> Result<Option<Option<String>>, EventError> {
        fact(self.district.take(), |name| field::text("district", name))
    }

    fn take_placing(&mut self) -> Result<Option<Option<MunicipalityCode>>, EventError> {
        fact(self.placing_municipality.take(), |code| {
            field::municipality("placing_municipality", code)
        })
    }

    fn take_compulsory(&mut self) -> Result<Option<Option<CompulsoryCare>>, EventError> {
        fact(self.compulsory_care.take(), field::compulsory_care)
    }

    fn plain_body<Q>(&mut self, kind: Kind) -> Result<Body<Q>, EventError> {
        Ok(match kind {
            Kind::Transferred => Body::Transferred {
                hospital: may_text!(self.hospital)?,
                ward: need_text!(self.ward)?,
            },
            Kind::AdmissionNotice => Body::AdmissionNotice {
                to: recipients(self.to.take())?,
                expected_discharge: self
                    .expected_discharge
                    .take()
                    .map(|value| field::date("expected_discharge", value.as_str()))
                    .transpose()?,
                need_seen_at: may_instant!(self.need_seen_at)?,
            },
            Kind::ExpectedDischarge => Body::ExpectedDischarge {
                date: field::date("date", need!(self.date)?.as_str())?,
            },
            Kind::CareContactAssigned => Body::CareContactAssigned {
                name: need_text!(self.name)?,
                unit: need_text!(self.unit)?,
            },
            Kind::CareContactWaived => Body::CareContactWaived {
                reason: need_text!(self.reason)?,
            },
            Kind::SipCalled => Body::SipCalled {
                meeting_at: may_instant!(self.meeting_at)?,
            },
            Kind::SipCallWithdrawn => Body::SipCallWithdrawn {
                reason: may_text!(self.reason)?,
            },
            Kind::SipWaived => Body::SipWaived {
                reason: need_text!(self.reason)?,
            },
            Kind::SipHeld => Body::SipHeld,
            Kind::Checklist => Body::Checklist {
                item: need_text!(self.item)?,
                done: need!(self.done)?,
            },
            Kind::ReadyNotice => Body::ReadyNotice {
                assessed_at: may_instant!(self.assessed_at)?,
            },
            other => return self.later_body(other),
        })
    }

    /// The kinds from the retraction on.
    fn later_body<Q>(&mut self, kind: Kind) -> Result<Body<Q>, EventError> {
        Ok(match kind {
            Kind::ReadyRetracted => Body::ReadyRetracted {
                reason: need_text!(self.reason)?,
            },
            Kind::CompulsoryCareEnded => Body::CompulsoryCareEnded,
            Kind::OpenCareUnavailable => Body::OpenCareUnavailable {
                reason: need_text!(self.reason)?,
            },
            Kind::OpenCareAvailable => Body::OpenCareAvailable,
            Kind::DischargeNotice => Body::DischargeNotice,
            Kind::Discharged => Body::Discharged {
                to: place(self.to.take())?,
            },
            Kind::PlanningAborted => Body::PlanningAborted {
                reason: need_text!(self.reason)?,
            },
            Kind::Acknowledged => Body::Acknowledged {
                message: field::event_id("message", need!(self.message)?.as_str())?,
                by: field::party(need!(self.by)?.as_str())?,
            },
            Kind::FollowedUp => Body::FollowedUp,
            Kind::Note => Body::Note {
                text: need_text!(self.text)?,
                delay_reason: self.delay_reason.take().map(delay_reason).transpose()?,
            },
            _ => Body::Void {
                event: field::event_id("event", need!(self.event)?.as_str())?,
                reason: need_text!(self.reason)?,
            },
        })
    }
}

fn recipients(to: Option<To<'_>>) -> Result<Recipients, EventError> {
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

fn place(to: Option<To<'_>>) -> Result<Option<String>, EventError> {
    match to {
        None => Ok(None),
        Some(To::Place(place)) => field::text("to", place.as_str()).map(Some),
        Some(To::Units(_)) => Err(EventError::at("to", "has to be a text")),
    }
}

fn delay_reason(Object(flat): Object<FlatDelay<'_>>) -> Result<DelayReason, EventError> {
    // A date stands for its first instant.
    let moment = |name, value: &str| {
        time::parse_date(value)
            .map(time::start_of)
            .or_else(|_| field::instant(name, value))
    };
    Ok(DelayReason {
        code: field::text("delay_reason.code", flat.code.as_str())?,
        from: moment("delay_reason.from", flat.from.as_str())?,
        to: flat
            .to
            .map(|to| moment("delay_reason.to", to.as_str()))
            .transpose()?,
    })
}
