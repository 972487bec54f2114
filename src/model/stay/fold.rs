//! From events to a [`Stay`].

use super::{
    Acknowledgement, AdmissionNotice, CareContact, ChecklistMark, Details, ExpectedDischarge,
    Folded, Message, OpenCareGap, ReadySpan, SipCall, SpanEnd, SpanEnding, Stamp, Stay, StayEnd,
    Timeline, doubles,
};
use crate::model::{
    event::{Admission, Body, DetailsChange, Event, Recipients},
    patient::PatientRef,
    time::Instant,
};

const EVERYBODY: Recipients = Recipients {
    municipality: true,
    open_care: true,
};
const MUNICIPALITY: Recipients = Recipients {
    municipality: true,
    open_care: false,
};

impl Folded {
    /// Folds the events of one stay, in any order. With `now`, as at that
    /// moment: events that happen later are not seen.
    pub fn from_events<'a>(
        events: impl IntoIterator<Item = &'a Event>,
        now: Option<Instant>,
    ) -> Self {
        let timeline = Timeline::new(events, now);
        let counted: Vec<_> = timeline.effective().collect();
        let admission = counted.iter().find_map(|event| match &event.body {
            Body::Admitted(admission) => Some((*event, admission)),
            _ => None,
        });
        let (Some(first), Some(last)) = (counted.first(), counted.last()) else {
            return Self::Nothing;
        };
        let Some((admitted, admission)) = admission else {
            return Self::Held {
                first_at: first.at,
                last_at: last.at,
                events: counted.len(),
            };
        };
        let mut stay = begin(admitted, admission);
        for event in &counted {
            stay.take(event);
        }
        stay.settle();
        // Freshness and the latest change count voids as well.
        if let Some(last) = timeline.all.last() {
            stay.last_event = stamp(last);
        }
        stay.last_from_source = timeline
            .all
            .iter()
            .filter(|event| event.source.is_some())
            .map(|event| event.at)
            .max();
        stay.doubles = doubles(&timeline);
        Self::Stay(Box::new(stay))
    }
}

pub(super) fn stamp(event: &Event) -> Stamp {
    Stamp {
        at: event.at,
        event: event.id.clone(),
    }
}

fn begin(admitted: &Event, admission: &Admission) -> Stay {
    Stay {
        episode: admitted.episode.clone(),
        source: admitted.source.clone(),
        admitted: stamp(admitted),
        details: Details {
            identities: admission.patient.key.iter().cloned().collect(),
            protected: admission.patient.protected.unwrap_or(false),
            turns_18: admission.patient.turns_18,
            hospital: admission.hospital.clone(),
            ward: admission.ward.clone(),
            care_form: admission.care_form,
            municipality: admission.municipality,
            district: admission.district.clone(),
            placing_municipality: admission.placing_municipality,
            compulsory_care: admission.compulsory_care,
            municipal_needs: admission.municipal_needs,
        },
        admission_notices: Vec::new(),
        expected_discharge: Vec::new(),
        care_contacts: Vec::new(),
        care_contact_waived: None,
        sip_calls: Vec::new(),
        sip_waived: None,
        sip_held: None,
        checklist: Vec::new(),
        spans: Vec::new(),
        compulsory_care_ended: None,
        open_care_gaps: Vec::new(),
        discharge_notice: None,
        end: None,
        acknowledgements: Vec::new(),
        messages: Vec::new(),
        followed_up: None,
        last_event: stamp(admitted),
        last_from_source: None,
        doubles: Vec::new(),
    }
}

impl Stay {
    /// Takes the next event in order.
    fn take(&mut self, event: &Event) {
        match &event.body {
            // Corrections reach the whole stay, whenever they come.
            Body::DetailsChanged(change) => self.details.correct(change),
            Body::Acknowledged { message, by } => self.acknowledgements.push(Acknowledgement {
                stamp: stamp(event),
                message: message.clone(),
                by: *by,
            }),
            Body::FollowedUp => set_first(&mut self.followed_up, event),
            // The meeting is best held at home, after the discharge
            // (Jönköping step 5; Värmland 6).
            Body::SipHeld => set_first(&mut self.sip_held, event),
            // Sent on the day of discharge, often just after it.
            Body::DischargeNotice => {
                set_first(&mut self.discharge_notice, event);
                self.message(event, EVERYBODY);
            }
            _ if self.end.is_some() => {}
            _ => self.take_before_end(event),
        }
    }

    fn take_before_end(&mut self, event: &Event) {
        match &event.body {
            Body::Transferred { hospital, ward } => {
                if let Some(hospital) = hospital {
                    self.details.hospital.clone_from(hospital);
                }
                self.details.ward.clone_from(ward);
            }
            Body::AdmissionNotice { .. } => self.take_notice(event),
            Body::ExpectedDischarge { date } => self.expected_discharge.push(ExpectedDischarge {
                stamp: stamp(event),
                date: *date,
            }),
            Body::CareContactAssigned { name, unit } => self.care_contacts.push(CareContact {
                stamp: stamp(event),
                name: name.clone(),
                unit: unit.clone(),
            }),
            Body::CareContactWaived { .. } => set_first(&mut self.care_contact_waived, event),
            Body::SipCalled { meeting_at } => self.take_sip_call(event, *meeting_at),
            Body::SipCallWithdrawn { .. } => {
                if let Some(call) = self.sip_calls.last_mut() {
                    call.withdrawn.get_or_insert_with(|| stamp(event));
                }
            }
            Body::SipWaived { .. } => set_first(&mut self.sip_waived, event),
            Body::Checklist { item, done } => self.checklist.push(ChecklistMark {
                stamp: stamp(event),
                item: item.clone(),
                done: *done,
            }),
            Body::ReadyNotice { .. } => self.take_ready_notice(event),
            Body::ReadyRetracted { .. } => self.end_span(event, SpanEnding::Retracted),
            Body::CompulsoryCareEnded => set_first(&mut self.compulsory_care_ended, event),
            Body::OpenCareUnavailable { reason } => self.open_gap(event, reason),
            Body::OpenCareAvailable => {
                if let Some(gap) = self.open_care_gaps.last_mut() {
                    gap.until.get_or_insert_with(|| stamp(event));
                }
            }
            Body::Discharged { .. } => self.finish(event, true),
            Body::PlanningAborted { .. } => self.finish(event, false),
            _ => {}
        }
    }

    fn take_notice(&mut self, event: &Event) {
        let Body::AdmissionNotice {
            to,
            expected_discharge,
            need_seen_at,
        } = &event.body
        else {
            return;
        };
        if let Some(date) = expected_discharge {
            self.expected_discharge.push(ExpectedDischarge {
                stamp: stamp(event),
                date: *date,
            });
        }
        self.admission_notices.push(AdmissionNotice {
            stamp: stamp(event),
            to: *to,
            need_seen_at: *need_seen_at,
        });
        self.message(event, *to);
    }

    /// A second call while one stands changes only the meeting's time.
    fn take_sip_call(&mut self, event: &Event, meeting_at: Option<Instant>) {
        self.message(event, MUNICIPALITY);
        if let Some(standing) = self
            .sip_calls
            .last_mut()
            .filter(|call| call.withdrawn.is_none())
        {
            standing.meeting_at = meeting_at.or(standing.meeting_at);
            return;
        }
        self.sip_calls.push(SipCall {
            called: stamp(event),
            meeting_at,
            withdrawn: None,
        });
    }

    /// A second notice while one stands changes nothing.
    fn take_ready_notice(&mut self, event: &Event) {
        if self.open_span().is_none() {
            self.spans.push(ReadySpan {
                notice: stamp(event),
                start: None,
                end: None,
            });
            self.message(event, EVERYBODY);
        }
    }

    fn open_gap(&mut self, event: &Event, reason: &str) {
        if self
            .open_care_gaps
            .last()
            .is_none_or(|gap| gap.until.is_some())
        {
            self.open_care_gaps.push(OpenCareGap {
                from: stamp(event),
                until: None,
                reason: reason.to_owned(),
            });
        }
    }

    fn end_span(&mut self, event: &Event, how: SpanEnding) {
        if let Some(span) = self.spans.last_mut().filter(|span| span.end.is_none()) {
            span.end = Some(SpanEnd {
                stamp: stamp(event),
                how,
            });
        }
    }

    fn finish(&mut self, event: &Event, discharged: bool) {
        let how = if discharged {
            SpanEnding::Discharged
        } else {
            SpanEnding::Aborted
        };
        self.end_span(event, how);
        self.end = Some(StayEnd {
            stamp: stamp(event),
            discharged,
        });
    }

    fn message(&mut self, event: &Event, to: Recipients) {
        self.messages.push(Message {
            stamp: stamp(event),
            kind: event.kind(),
            to,
        });
    }

    /// What can be said only when all events are seen: corrections decide
    /// whether compulsory care holds the spans.
    fn settle(&mut self) {
        let awaited = self.details.compulsory_care.is_some();
        let ended = self.compulsory_care_ended.clone();
        for span in &mut self.spans {
            span.start = match (&ended, awaited) {
                (_, false) => Some(span.notice.clone()),
                // At the same instant the court's end stands for both: a span
                // that ends then, too, is none.
                (Some(ended), true) if ended.at >= span.notice.at => Some(ended.clone()),
                (Some(_), true) => Some(span.notice.clone()),
                (None, true) => None,
            };
        }
    }
}

fn set_first(fact: &mut Option<Stamp>, event: &Event) {
    fact.get_or_insert_with(|| stamp(event));
}

impl Details {
    fn correct(&mut self, change: &DetailsChange) {
        if let Some(patient) = &change.patient {
            self.correct_patient(patient);
        }
        if let Some(hospital) = &change.hospital {
            self.hospital.clone_from(hospital);
        }
        if let Some(ward) = &change.ward {
            self.ward.clone_from(ward);
        }
        self.care_form = change.care_form.unwrap_or(self.care_form);
        self.municipality = change.municipality.unwrap_or(self.municipality);
        if let Some(district) = &change.district {
            self.district.clone_from(district);
        }
        self.placing_municipality = change
            .placing_municipality
            .unwrap_or(self.placing_municipality);
        self.compulsory_care = change.compulsory_care.unwrap_or(self.compulsory_care);
        self.municipal_needs = change.municipal_needs.unwrap_or(self.municipal_needs);
    }

    fn correct_patient(&mut self, patient: &PatientRef) {
        self.identities.extend(patient.key.iter().cloned());
        self.protected = patient.protected.unwrap_or(self.protected);
        if patient.numbered {
            self.turns_18 = patient.turns_18;
        }
    }
}
