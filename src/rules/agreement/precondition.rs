//! What must hold before a span can cost anything.

use serde::Deserialize;

use super::value::{Dated, Days, Section, Source, WhenLate, choices};
use crate::rules::outlook::FlagClass;

choices! {
    /// A fact of a stay that a rule asks for.
    Fact {
        /// An admission notice reached the municipality.
        AdmissionNotice = "admission_notice",
        /// A ready notice was sent; every span has one.
        ReadyNotice = "ready_notice",
        /// A date of discharge was planned.
        ExpectedDischarge = "expected_discharge",
        /// A SIP was called.
        SipCalled = "sip_called",
        /// A fast vårdkontakt was named.
        CareContact = "care_contact",
        /// Every point of the checklist is done.
        Checklist = "checklist",
    }
}

choices! {
    /// What records that a fact was not needed.
    Waiver {
        /// No SIP was needed.
        SipWaived = "sip_waived",
        /// No fast vårdkontakt was needed.
        CareContactWaived = "care_contact_waived",
    }
}

/// Something that must hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Precondition {
    /// What.
    pub fact: Fact,
    /// Whether the statute or the agreement asks for it.
    pub class: FlagClass,
    /// What stands in its place, if anything does.
    pub waived_by: Option<Waiver>,
    /// The last day on which it can be met, counted from the start's date.
    pub within_days: Option<u16>,
    /// What it does when it is met later than that; it does not count where
    /// nothing is said.
    pub when_late: Option<Dated<WhenLate>>,
    /// Where it stands.
    pub source: Source,
}

/// A precondition as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenPrecondition {
    pub fact: toml::Spanned<Fact>,
    pub class: FlagClass,
    pub waived_by: Option<toml::Spanned<Waiver>>,
    pub within_days: Option<Days>,
    pub when_late: Option<Dated<WhenLate>>,
    pub clause: Section,
    #[serde(default)]
    pub reading: bool,
    #[serde(default)]
    pub alternatives: Vec<String>,
}

/// One point of a region's home-ready checklist.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChecklistPoint {
    /// Its code.
    pub code: String,
    /// Swedish name.
    pub sv: String,
    /// English name.
    pub en: String,
    /// The checklist items that must be ticked for it; empty where `fact` tells.
    #[serde(default)]
    pub ticks: Vec<String>,
    /// The fact that tells, where no tick is needed.
    pub fact: Option<Fact>,
    /// Where it stands.
    pub clause: Section,
}
