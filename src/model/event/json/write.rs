//! An event as a line of JSON.

use serde::Serialize;
use serde_json::value::RawValue;

use super::flat::{Flat, FlatDelay, Object, Text, To};
use crate::model::{
    event::{Admission, Body, CareForm, CompulsoryCare, DetailsChange, Event, Party, Recipients},
    place::MunicipalityCode,
    time::{self, Instant},
};

/// The JSON of an event, one line without its end, in canonical order.
///
/// # Panics
/// Never: every part serializes.
#[must_use]
pub fn to_json<P: Serialize>(event: &Event<P>) -> String {
    serde_json::to_string(&flatten(event)).expect("an event is plain data")
}

/// [`to_json`] as a part of other JSON.
///
/// # Panics
/// Never: every part serializes.
#[must_use]
pub fn to_raw_json<P: Serialize>(event: &Event<P>) -> Box<RawValue> {
    serde_json::value::to_raw_value(&flatten(event)).expect("an event is plain data")
}

fn flatten<P>(event: &Event<P>) -> Flat<'_, &P> {
    let mut flat = Flat::empty();
    flat.id = Some(Text::borrowed(event.id.as_str()));
    flat.episode = Some(Text::borrowed(event.episode.as_str()));
    flat.at = moment(Some(event.at));
    flat.source = event.source.as_deref().map(Text::borrowed);
    flat.kind = Some(Text::borrowed(event.kind().name()));
    match &event.body {
        Body::Admitted(admission) => flat.fill_admission(admission),
        Body::DetailsChanged(change) => flat.fill_change(change),
        Body::Acknowledged { message, by } => {
            flat.message = Some(Text::borrowed(message.as_str()));
            flat.by = Some(Text::borrowed(party_name(*by)));
        }
        Body::Note { text, delay_reason } => {
            flat.text = Some(Text::borrowed(text));
            flat.delay_reason = delay_reason.as_ref().map(|delay| {
                Object(FlatDelay {
                    code: Text::borrowed(&delay.code),
                    from: Text::owned(time::rfc3339(delay.from)),
                    to: moment(delay.to),
                })
            });
        }
        Body::Void { event, reason } => {
            flat.event = Some(Text::borrowed(event.as_str()));
            flat.reason = Some(Text::borrowed(reason));
        }
        body => flat.fill(body),
    }
    flat
}

fn moment(at: Option<Instant>) -> Option<Text<'static>> {
    at.map(|at| Text::owned(time::rfc3339(at)))
}

fn code(code: MunicipalityCode) -> Text<'static> {
    Text::owned(code)
}

impl<'a, P> Flat<'a, &'a P> {
    fn fill(&mut self, body: &'a Body<P>) {
        match body {
            Body::Transferred { hospital, ward } => {
                self.hospital = hospital.as_deref().map(Text::borrowed);
                self.ward = Some(Text::borrowed(ward));
            }
            Body::AdmissionNotice {
                to,
                expected_discharge,
                need_seen_at,
            } => {
                self.to = units(*to);
                self.expected_discharge = expected_discharge.map(Text::owned);
                self.need_seen_at = moment(*need_seen_at);
            }
            Body::ExpectedDischarge { date } => self.date = Some(Text::owned(date)),
            Body::CareContactAssigned { name, unit } => {
                self.name = Some(Text::borrowed(name));
                self.unit = Some(Text::borrowed(unit));
            }
            Body::SipCalled { meeting_at } => self.meeting_at = moment(*meeting_at),
            Body::SipCallWithdrawn { reason } => {
                self.reason = reason.as_deref().map(Text::borrowed);
            }
            Body::CareContactWaived { reason }
            | Body::SipWaived { reason }
            | Body::ReadyRetracted { reason }
            | Body::OpenCareUnavailable { reason }
            | Body::PlanningAborted { reason } => self.reason = Some(Text::borrowed(reason)),
            Body::Checklist { item, done } => {
                self.item = Some(Text::borrowed(item));
                self.done = Some(*done);
            }
            Body::ReadyNotice { assessed_at } => self.assessed_at = moment(*assessed_at),
            Body::Discharged { to } => {
                self.to = to.as_deref().map(|place| To::Place(Text::borrowed(place)));
            }
            // The first five were filled by the caller, the rest have no fields.
            Body::Admitted(_)
            | Body::DetailsChanged(_)
            | Body::Acknowledged { .. }
            | Body::Note { .. }
            | Body::Void { .. }
            | Body::SipHeld
            | Body::CompulsoryCareEnded
            | Body::OpenCareAvailable
            | Body::DischargeNotice
            | Body::FollowedUp => {}
        }
    }

    fn fill_admission(&mut self, admission: &'a Admission<P>) {
        self.patient = Some(Object(&admission.patient));
        self.hospital = Some(Text::borrowed(&admission.hospital));
        self.ward = Some(Text::borrowed(&admission.ward));
        self.care_form = Some(Text::borrowed(care_form_name(admission.care_form)));
        self.municipality = Some(admission.municipality.map(code));
        self.district = admission
            .district
            .as_deref()
            .map(|d| Some(Text::borrowed(d)));
        self.placing_municipality = admission.placing_municipality.map(|c| Some(code(c)));
        self.compulsory_care = admission
            .compulsory_care
            .map(|act| Some(Text::borrowed(act_name(act))));
        self.municipal_needs = (!admission.municipal_needs).then_some(false);
    }

    fn fill_change(&mut self, change: &'a DetailsChange<P>) {
        self.patient = change.patient.as_ref().map(Object);
        self.hospital = change.hospital.as_deref().map(Text::borrowed);
        self.ward = change.ward.as_deref().map(Text::borrowed);
        self.care_form = change
            .care_form
            .map(|form| Text::borrowed(care_form_name(form)));
        self.municipality = change.municipality.map(|new| new.map(code));
        self.district = change
            .district
            .as_ref()
            .map(|new| new.as_deref().map(Text::borrowed));
        self.placing_municipality = change.placing_municipality.map(|new| new.map(code));
        self.compulsory_care = change
            .compulsory_care
            .map(|new| new.map(|act| Text::borrowed(act_name(act))));
        self.municipal_needs = change.municipal_needs;
    }
}

/// Both, which is what a notice without `to` means, are left out.
fn units(to: Recipients) -> Option<To<'static>> {
    if to.municipality && to.open_care {
        return None;
    }
    let mut units = Vec::new();
    if to.municipality {
        units.push(Text::borrowed("municipality"));
    }
    if to.open_care {
        units.push(Text::borrowed("open_care"));
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
