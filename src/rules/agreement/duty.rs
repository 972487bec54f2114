//! Duties with due times, as data.

use serde::Deserialize;

use super::value::{ClockTime, Section, choices};

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
    }
}

/// How long after its anchor a duty is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Within {
    /// How many.
    #[serde(default)]
    pub amount: u16,
    /// Of what.
    pub unit: WithinUnit,
}

/// A duty that the console watches; it moves no money.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DutyRule {
    /// Its code, for instance `sip_called`.
    pub code: String,
    /// Whose duty: `ward`, `open_care` or `municipality`.
    pub party: crate::model::event::Party,
    /// What its due time is counted from.
    pub anchor: Anchor,
    /// When it is due.
    pub within: Within,
    /// A message sent after this clock time counts as sent on the next weekday.
    pub sent_by: Option<ClockTime>,
    /// Where it stands.
    pub clause: Section,
    /// Whether that is a reading.
    #[serde(default)]
    pub reading: bool,
    /// Other readings.
    #[serde(default)]
    pub alternatives: Vec<String>,
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
