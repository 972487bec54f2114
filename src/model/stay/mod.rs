//! A stay as its events tell it: the facts that rules ask for.

mod doubles;
mod fold;
mod origin;
mod timeline;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use doubles::{Double, doubles};
pub use origin::Origins;
pub use timeline::{Timeline, visible};

use super::{
    event::{CareForm, CompulsoryCare, Kind, Party, Recipients},
    ids::{EpisodeId, EventId},
    place::MunicipalityCode,
    time::{Instant, serde_instant, serde_instant_option},
};

/// The moment and the event that a fact comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// When it happened.
    #[serde(with = "serde_instant")]
    pub at: Instant,
    /// The event that says so.
    pub event: EventId,
}

/// What events make of one stay.
#[derive(Debug, Clone, PartialEq)]
pub enum Folded {
    /// No `admitted` has come yet (or it was voided): the events are held.
    Held {
        /// When the earliest held event happened.
        first_at: Instant,
        /// When the latest one happened.
        last_at: Instant,
        /// How many are held.
        events: usize,
    },
    /// Every event was voided: there never was a stay.
    Nothing,
    /// A stay.
    Stay(Box<Stay>),
}

/// Episode (*vårdtillfälle*): one stay in inpatient care, folded from its
/// events. Facts after the end that cannot change days or amounts are left
/// out; the timeline still shows them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Stay {
    /// The source system's name of the stay.
    pub episode: EpisodeId,
    /// The system that sent the admission.
    pub source: Option<String>,
    /// The first admission.
    pub admitted: Stamp,
    /// Admission facts as corrected.
    pub details: Details,
    /// Admission notices, in order.
    pub admission_notices: Vec<AdmissionNotice>,
    /// Dates planned for the discharge, in order; the last one is in force.
    pub expected_discharge: Vec<ExpectedDischarge>,
    /// Fast vårdkontakt, in order.
    pub care_contacts: Vec<CareContact>,
    /// That no fast vårdkontakt was needed.
    pub care_contact_waived: Option<Stamp>,
    /// Calls to a SIP meeting; at most the last one stands.
    pub sip_calls: Vec<SipCall>,
    /// That no SIP was needed.
    pub sip_waived: Option<Stamp>,
    /// The SIP meeting.
    pub sip_held: Option<Stamp>,
    /// Points of the checklist as they were ticked and unticked, in order.
    pub checklist: Vec<ChecklistMark>,
    /// Spans from a ready notice on, in order; at most the last one is open.
    pub spans: Vec<ReadySpan>,
    /// Court's end of compulsory care.
    pub compulsory_care_ended: Option<Stamp>,
    /// Times in which care that the region owes was missing.
    pub open_care_gaps: Vec<OpenCareGap>,
    /// The discharge notice.
    pub discharge_notice: Option<Stamp>,
    /// How and when it ended.
    pub end: Option<StayEnd>,
    /// Confirmations of messages.
    pub acknowledgements: Vec<Acknowledgement>,
    /// Messages that somebody should confirm, in order.
    pub messages: Vec<Message>,
    /// The follow-up.
    pub followed_up: Option<Stamp>,
    /// The latest event, whatever it said.
    pub last_event: Stamp,
    /// When something was last heard from a source system, if ever.
    #[serde(with = "serde_instant_option")]
    pub last_from_source: Option<Instant>,
    /// Facts that were typed and that a source system told as well.
    pub doubles: Vec<Double>,
}

/// Admission facts, as corrected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// Keys of the identity records that together say who it is; a later one
    /// replaces what it names.
    pub identities: Vec<String>,
    /// Skyddade personuppgifter.
    pub protected: bool,
    /// Date of the eighteenth birthday; known for the young only.
    pub turns_18: Option<NaiveDate>,
    /// Current hospital.
    pub hospital: String,
    /// Current ward.
    pub ward: String,
    /// Somatic or psychiatric.
    pub care_form: CareForm,
    /// Municipality of registration, where known.
    pub municipality: Option<MunicipalityCode>,
    /// Stadsdelsnämnd.
    pub district: Option<String>,
    /// The placing municipality.
    pub placing_municipality: Option<MunicipalityCode>,
    /// Compulsory care that a court must end first.
    pub compulsory_care: Option<CompulsoryCare>,
    /// Whether the municipality is needed afterwards.
    pub municipal_needs: bool,
}

impl Details {
    /// The municipality whose duty it is: the placing one, else the one of
    /// registration (Jönköping, *Ersättningsmodell*; the statute 5:2).
    #[must_use]
    pub fn paying_municipality(&self) -> Option<MunicipalityCode> {
        self.placing_municipality.or(self.municipality)
    }
}

/// Inskrivningsmeddelande.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdmissionNotice {
    /// When and which event.
    pub stamp: Stamp,
    /// To whom.
    pub to: Recipients,
    /// When the need was seen, if later than the admission.
    #[serde(with = "serde_instant_option")]
    pub need_seen_at: Option<Instant>,
}

/// A planned date of discharge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExpectedDischarge {
    /// When it was planned, and in which event.
    pub stamp: Stamp,
    /// The date.
    pub date: NaiveDate,
}

/// Fast vårdkontakt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CareContact {
    /// When and which event.
    pub stamp: Stamp,
    /// Who.
    pub name: String,
    /// Where.
    pub unit: String,
}

/// Kallelse till SIP.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SipCall {
    /// When it was sent, and which event.
    pub called: Stamp,
    /// When the meeting is to be.
    #[serde(with = "serde_instant_option")]
    pub meeting_at: Option<Instant>,
    /// When it was taken back.
    pub withdrawn: Option<Stamp>,
}

/// A mark on the checklist.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChecklistMark {
    /// When and which event.
    pub stamp: Stamp,
    /// The item's code.
    pub item: String,
    /// Done or undone.
    pub done: bool,
}

/// A time in which the patient was ready to leave: from a ready notice to its
/// retraction, the discharge or the aborted planning.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadySpan {
    /// The ready notice.
    pub notice: Stamp,
    /// Where rules count from: the notice, or the court's end of compulsory
    /// care if that came later; `None` while that end is awaited.
    pub start: Option<Stamp>,
    /// What ended it.
    pub end: Option<SpanEnd>,
}

impl ReadySpan {
    /// Its start, if it counts as a span at all: compulsory care that ends
    /// at or after the span's own end leaves none.
    #[must_use]
    pub fn counted_from(&self) -> Option<&Stamp> {
        let start = self.start.as_ref()?;
        match &self.end {
            Some(end) if start.event != self.notice.event && start.at >= end.stamp.at => None,
            _ => Some(start),
        }
    }
}

/// What ended a ready span.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpanEnd {
    /// When and which event.
    pub stamp: Stamp,
    /// How.
    pub how: SpanEnding,
}

/// How a ready span ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SpanEnding {
    /// Återtag.
    Retracted,
    /// The patient left.
    Discharged,
    /// Avbruten vårdplanering.
    Aborted,
}

/// How and when a stay ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StayEnd {
    /// When and which event.
    pub stamp: Stamp,
    /// `true` for a discharge, `false` for aborted planning.
    pub discharged: bool,
}

/// Care that the region owes was missing from `from` until `until`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenCareGap {
    /// Since when.
    pub from: Stamp,
    /// Until when; `None` while it lasts.
    pub until: Option<Stamp>,
    /// Why.
    pub reason: String,
}

/// Somebody confirmed a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acknowledgement {
    /// When and which event.
    pub stamp: Stamp,
    /// The confirmed message.
    pub message: EventId,
    /// Who confirmed.
    pub by: Party,
}

/// A message that somebody should confirm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// When and which event.
    pub stamp: Stamp,
    /// Its kind.
    pub kind: Kind,
    /// The recipients.
    pub to: Recipients,
}

impl Stay {
    /// Facts on which what was typed and what a source told differ.
    pub fn conflicts(&self) -> impl Iterator<Item = &Double> {
        self.doubles.iter().filter(|double| !double.agree)
    }

    /// Whether the stay is still going on.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.end.is_none()
    }

    /// The ready span that is open now, if any.
    #[must_use]
    pub fn open_span(&self) -> Option<&ReadySpan> {
        self.spans.last().filter(|span| span.end.is_none())
    }

    /// The first admission notice that reached the municipality.
    #[must_use]
    pub fn admission_notice(&self) -> Option<&AdmissionNotice> {
        self.admission_notices
            .iter()
            .find(|notice| notice.to.municipality)
    }

    /// Whether `item` of the checklist stands as done, and since when.
    #[must_use]
    pub fn done(&self, item: &str) -> Option<&Stamp> {
        let last = self.checklist.iter().rev().find(|mark| mark.item == item)?;
        if !last.done {
            return None;
        }
        // Since the first tick after the last time it was undone.
        let marks = self.checklist.iter().rev().filter(|mark| mark.item == item);
        marks
            .take_while(|mark| mark.done)
            .last()
            .map(|mark| &mark.stamp)
    }

    /// The SIP call that stands now.
    #[must_use]
    pub fn standing_sip_call(&self) -> Option<&SipCall> {
        self.sip_calls
            .last()
            .filter(|call| call.withdrawn.is_none())
    }
}
