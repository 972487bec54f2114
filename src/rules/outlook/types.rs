//! Where a stay stands now, and what comes next.

use serde::{Deserialize, Serialize};

use crate::model::{
    ids::{AgreementId, EventId},
    money::Kronor,
    place::PayerCode,
    time::{Instant, serde_instant, serde_instant_option},
};

/// Where a stay stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Liability runs.
    Liable,
    /// Ready; the free days run.
    Grace,
    /// Ready, but something missing keeps liability from starting.
    Blocked,
    /// No ready span is open.
    NotReady,
}

/// What happens next if the patient stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Boundary {
    /// Liability starts.
    Liability,
    /// The stay lifts its payer's average above the threshold.
    AboveThreshold,
    /// The stay leaves the average and is charged by itself.
    Individual,
    /// One more day is counted.
    Day,
}

/// A boundary and its moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextBoundary {
    /// When.
    #[serde(with = "serde_instant")]
    pub at: Instant,
    /// What.
    pub what: Boundary,
}

/// How much a flag matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FlagClass {
    /// The statute keeps liability from starting.
    BlocksByLaw,
    /// The agreement keeps it from starting.
    BlocksByAgreement,
    /// A duty is missed; money is not affected.
    Quality,
}

/// What is missing or late.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FlagCode {
    /// No admission notice to the municipality.
    AdmissionNoticeMissing,
    /// The admission notice came after its due time.
    AdmissionNoticeLate,
    /// No planned date of discharge.
    ExpectedDischargeMissing,
    /// No care contact in open care, and none waived.
    CareContactMissing,
    /// No call to SIP that stands, and none waived.
    SipCallMissing,
    /// The call to SIP came after its due time.
    SipCallLate,
    /// Not home-ready: a point of the checklist is not done.
    HomeReadyIncomplete,
    /// Care that the region owes is missing or unconfirmed.
    OpenCareUnavailable,
    /// Compulsory psychiatric care that a court must end first.
    CompulsoryCare,
    /// A message that was not acknowledged in time.
    AcknowledgementOverdue,
    /// Still in the ward after the discharge was due.
    DischargeOverdue,
    /// Discharged outside the agreement's hours.
    DischargeOutsideHours,
    /// The agreement is suspended and charges nothing.
    AgreementSuspended,
}

/// A flag on a stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Flag {
    /// What.
    #[serde(rename = "flag")]
    pub code: FlagCode,
    /// How much it matters here.
    pub class: FlagClass,
}

/// What a stay has cost its payer so far, all its spans together.
///
/// Individual rules: the chargeable dates before today. Averages: as if the
/// patient left now; an average member has no days of its own, and its amount
/// is what it adds to the payer's months (with those that its discharge starts
/// charges for), never less than zero. One that has
/// left with an average member's days adds nothing here: the payer's month
/// shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accrued {
    /// Days charged for the stay by itself.
    pub days: u32,
    /// Kronor; `None` where a rate or a threshold is missing, or where the
    /// sources give no rule.
    pub amount: Option<Kronor>,
}

/// Whether a duty is done, as far as events tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DutyState {
    /// Not done yet.
    Open,
    /// Done.
    Done,
    /// No event tells whether it is done: somebody should think of it.
    Reminder,
}

/// A duty of somebody, with its due time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duty {
    /// Its code, for instance `sip_called`.
    pub code: String,
    /// Whose duty.
    pub party: String,
    /// When it is or was due.
    #[serde(with = "serde_instant_option")]
    pub due: Option<Instant>,
    /// When it was done, and by which event.
    pub done: Option<crate::model::stay::Stamp>,
    /// Done late, or not done and due; never told of a reminder.
    pub late: bool,
    /// Whether it is done.
    pub state: DutyState,
    /// The last date for which what is supplied must last, counted from the
    /// discharge or the date planned for it.
    pub lasts_until: Option<chrono::NaiveDate>,
    /// Where the duty stands.
    pub clause: String,
}

/// Where one stay stands at a moment, for its payer and for the ward.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outlook {
    /// Who pays, where that is settled.
    pub payer: Option<PayerCode>,
    /// The agreement that judges the open (else the last) span.
    pub agreement: Option<AgreementId>,
    /// Where it stands.
    pub state: State,
    /// Start of the open span.
    #[serde(with = "serde_instant_option")]
    pub ready_since: Option<Instant>,
    /// First instant of the first chargeable date, if nothing more happens;
    /// `None` where the agreement has none per patient or something is missing.
    #[serde(with = "serde_instant_option")]
    pub liability_start: Option<Instant>,
    /// What happens next if the patient stays.
    pub next_boundary: Option<NextBoundary>,
    /// Flags, gravest first.
    pub flags: Vec<Flag>,
    /// When liability would start if what is missing were done now.
    #[serde(with = "serde_instant_option")]
    pub start_if_met_now: Option<Instant>,
    /// What each day of waiting for what is missing costs the region; zero
    /// while waiting does not move the start.
    pub lost_per_day: Option<Kronor>,
    /// Cost so far.
    pub accrued: Accrued,
    /// What one more day adds for the payer: its amounts over all months if the
    /// patient leaves at this clock time tomorrow, less those if the patient
    /// leaves now, all other stays unmoved, charges that one discharge starts
    /// for earlier months among them; less than zero where a day moves the discharge out
    /// of an average that it lifts. `None` as in [`Accrued`].
    pub tomorrow: Option<Kronor>,
    /// Duties with due times.
    pub duties: Vec<Duty>,
    /// Messages nobody confirmed in time.
    pub unconfirmed: Vec<EventId>,
}
