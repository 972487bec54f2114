//! Why: the steps that lead to an answer, as data.
//!
//! A step carries codes and values, never sentences; the room `text` says
//! them in Swedish or English, and JSON is the same in both.

mod change;
pub mod codes;

pub use change::{Change, Doing, Effect};

use serde::{Deserialize, Serialize};

use crate::model::{
    ids::{AgreementId, EpisodeId, EventId},
    place::PayerCode,
    time::{Instant, serde_instant_option},
};

/// Where a rule stands: document and section.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Clause {
    /// The agreement.
    pub agreement: AgreementId,
    /// Its name, in Swedish.
    pub name: String,
    /// The document in which its clauses stand.
    pub document: String,
    /// Section within the document; empty for the agreement as a whole.
    pub section: String,
    /// Whether the sources are silent there and the rule is a reading.
    pub reading: bool,
}

/// A fact that a step used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// Its code, for instance `ready_notice`.
    pub name: String,
    /// Its value as text: RFC 3339, ISO date, decimal or code.
    pub value: String,
    /// The event that it came from, if one did.
    pub event: Option<EventId>,
}

/// How a step went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It holds, or gives a value.
    Holds,
    /// It does not hold: it keeps liability from starting or excludes.
    Fails,
    /// A rule that was looked at and does not apply.
    Lost,
}

/// One step of an explanation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// What is asked, for instance `rule_in_force`, `precondition.sip_called`,
    /// `grace`, `chargeable_dates` (see [`codes::STEPS`]).
    pub code: String,
    /// Where the rule stands.
    pub clause: Option<Clause>,
    /// What went in.
    pub inputs: Vec<Input>,
    /// How it went.
    pub outcome: Outcome,
    /// What came out, as text.
    pub result: String,
}

/// Why liability does or does not start for one ready span.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpanExplanation {
    /// Start of the span, where it counts as one.
    #[serde(with = "serde_instant_option")]
    pub start: Option<Instant>,
    /// The agreement that judges it.
    pub agreement: Option<AgreementId>,
    /// The steps.
    pub steps: Vec<Step>,
    /// Start of liability, if it starts.
    #[serde(with = "serde_instant_option")]
    pub liability_start: Option<Instant>,
    /// What would change it; never empty.
    pub would_change: Vec<Change>,
}

/// Why liability does or does not start, span by span.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    /// The stay.
    pub episode: EpisodeId,
    /// Who pays, where settled.
    pub payer: Option<PayerCode>,
    /// Steps that come before any span: payer, needs.
    pub steps: Vec<Step>,
    /// The spans, in order.
    pub spans: Vec<SpanExplanation>,
    /// What would change it for a stay without an open span.
    pub would_change: Vec<Change>,
    /// What the stay gives to each month's figures, one step a share.
    pub months: Vec<Step>,
}
