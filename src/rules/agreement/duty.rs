//! Duties with due times, as data.

use serde::Deserialize;

use super::value::{ClockTime, MOST, Section, choices, coded, limited};

choices! {
    /// What somebody has to do.
    DutyCode {
        /// Inskrivningsmeddelande to the municipality.
        AdmissionNotice = "admission_notice",
        /// A date planned for the discharge.
        ExpectedDischarge = "expected_discharge",
        /// An admission notice taken in while the recipients are at work.
        Reception = "reception",
        /// Fast vårdkontakt named, or none needed.
        CareContact = "care_contact",
        /// Fast läkarkontakt for a patient in home care; no event tells it.
        DoctorContact = "doctor_contact",
        /// The SIP offered to the patient; no event tells it.
        SipOffered = "sip_offered",
        /// SIP called, or none needed.
        SipCalled = "sip_called",
        /// A coordinated care plan in place of a SIP, in open compulsory care;
        /// no event tells it.
        CarePlan = "care_plan",
        /// The joint planning meeting held.
        SvplMeeting = "svpl_meeting",
        /// Messages confirmed by the municipality.
        Acknowledgement = "acknowledgement",
        /// Medication supplied, as ticked on the checklist.
        Medication = "medication",
        /// The patient gone home.
        Discharge = "discharge",
        /// Utskrivningsmeddelande.
        DischargeNotice = "discharge_notice",
        /// The follow-up.
        FollowUp = "follow_up",
    }
}

choices! {
    /// What a due time is counted from.
    Anchor {
        /// The admission, or when the need was seen if that came later.
        Admission = "admission",
        /// The admission notice.
        AdmissionNotice = "admission_notice",
        /// The ready notice.
        ReadyNotice = "ready_notice",
        /// Start of the span.
        SpanStart = "span_start",
        /// The later of ready and home-ready.
        HomeReady = "home_ready",
        /// The discharge.
        Discharge = "discharge",
        /// The message that is to be confirmed.
        Message = "message",
        /// The call to a SIP meeting.
        SipCalled = "sip_called",
        /// The SIP meeting.
        SipMeeting = "sip_meeting",
    }
}

choices! {
    /// What a due time is counted in.
    WithinUnit {
        /// Hours from the anchor's instant.
        Hours = "hours",
        /// Calendar days; due when the last of them ends.
        Days = "days",
        /// Weekdays; due when the last of them ends.
        Weekdays = "weekdays",
        /// Calendar months; due when the last day ends.
        Months = "months",
        /// Before the anchor itself.
        Before = "before",
        /// Without delay: it has no due time.
        WithoutDelay = "without_delay",
        /// While the recipients are at work next; needs the file's `[reception]`.
        Reception = "reception",
    }
}

choices! {
    /// Whom a duty concerns.
    Concerns {
        /// Every patient.
        All = "all",
        /// Patients in compulsory care.
        CompulsoryCare = "compulsory_care",
    }
}

/// How long after its anchor a duty is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "WrittenWithin")]
pub struct Within {
    /// How many; 0 where the unit needs no number.
    pub amount: u16,
    /// Of what.
    pub unit: WithinUnit,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenWithin {
    amount: Option<i64>,
    unit: WithinUnit,
}

impl TryFrom<WrittenWithin> for Within {
    type Error = String;

    fn try_from(written: WrittenWithin) -> Result<Self, Self::Error> {
        use WithinUnit::{Before, Days, Hours, Months, Reception, Weekdays, WithoutDelay};
        let unit = written.unit;
        match (unit, written.amount) {
            (Hours | Days | Weekdays | Months, Some(amount)) => {
                let most = if unit == Hours { MOST * 24 } else { MOST };
                limited(amount, most).map(|amount| Self { amount, unit })
            }
            (Before | WithoutDelay | Reception, None) => Ok(Self { amount: 0, unit }),
            (Hours | Days | Weekdays | Months, None) => {
                let problem = "hours, days, weekdays and months need an `amount`; add it";
                Err(coded("missing_field", problem))
            }
            (Before | WithoutDelay | Reception, Some(_)) => {
                let problem =
                    "`before`, `without_delay` and `reception` have no `amount`; remove it";
                Err(coded("unknown_field", problem))
            }
        }
    }
}

/// A duty that the console watches; it moves no money.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DutyRule {
    /// What is to be done.
    pub code: DutyCode,
    /// Whose duty: `ward`, `open_care` or `municipality`.
    pub party: crate::model::event::Party,
    /// What its due time is counted from.
    pub anchor: Anchor,
    /// When it is due.
    pub within: Within,
    /// A call to a SIP meeting sent after this clock time counts as sent on
    /// the next weekday.
    pub sent_by: Option<ClockTime>,
    /// How long what is supplied must last from the discharge on: calendar
    /// days or weekdays.
    pub lasts: Option<Within>,
    /// Where the last of those days is no weekday, it lasts through the next.
    #[serde(default)]
    pub lasts_to_weekday: bool,
    /// Whom it concerns; every patient, if left out.
    pub concerns: Option<Concerns>,
    /// Where it stands.
    pub clause: Section,
    /// Whether that is a reading.
    #[serde(default)]
    pub reading: bool,
    /// Other readings.
    #[serde(default)]
    pub alternatives: Vec<String>,
}

/// When recipients take in admission notices: weekdays, and of free days in a
/// row the third, if there are so many.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reception {
    /// From this clock time.
    pub from: ClockTime,
    /// Up to this one.
    pub until: ClockTime,
    /// Where it stands.
    pub clause: Section,
}

/// The hours within which a discharge is planned, any day.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DischargeHours {
    /// From this clock time.
    pub from: ClockTime,
    /// Up to this one.
    pub until: ClockTime,
    /// Where it stands.
    pub clause: Section,
}
