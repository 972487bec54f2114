//! What would change an answer: the deed, and what it would lead to.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::Clause;
use crate::model::{
    money::Kronor,
    month::Month,
    time::{Instant, serde_instant_option},
};

/// One thing that could be done, or that nothing can be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// What to do (see [`codes::ACTIONS`](super::codes::ACTIONS)).
    pub action: String,
    /// The events that record it, all at the moment `at`.
    pub events: Vec<Doing>,
    /// The moment at which the effect supposes it done; none for `nothing`.
    #[serde(with = "serde_instant_option")]
    pub at: Option<Instant>,
    /// The last date on which it can be done, where there is one.
    pub by: Option<NaiveDate>,
    /// What it leads to.
    pub effect: Effect,
    /// Why there is no effect: `others_missing` (the action `all` tells), or
    /// the reason of the action `nothing`; for `ends`, why the average does
    /// not count the stay; for `payer_settled`, why nobody can be billed.
    pub reason: Option<String>,
    /// For `liability_start`: the first instant of the first date that would
    /// be charged.
    #[serde(with = "serde_instant_option")]
    pub liability_start: Option<Instant>,
    /// Days that the average would count if the patient left right after `at`,
    /// or days charged for the stay by itself; for `line_goes` how many fewer.
    pub days: Option<u32>,
    /// For `fewer_days`: the month whose average it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub month: Option<Month>,
    /// Kronor: what the stay would have cost its payer, where a rate and a
    /// threshold are known.
    pub amount: Option<Kronor>,
    /// Where the rule stands.
    pub clause: Option<Clause>,
}

impl Change {
    /// That nothing helps, and why.
    #[must_use]
    pub fn nothing(reason: &str, clause: Option<Clause>) -> Self {
        Self {
            action: super::codes::NOTHING.to_owned(),
            events: Vec::new(),
            at: None,
            by: None,
            effect: Effect::None,
            reason: Some(reason.to_owned()),
            liability_start: None,
            days: None,
            month: None,
            amount: None,
            clause,
        }
    }
}

/// An event that records a deed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Doing {
    /// The event's kind.
    pub kind: String,
    /// The checklist's item, or the field to correct.
    pub item: Option<String>,
}

/// What a deed leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Liability starts, or goes on after an interruption.
    LiabilityStart,
    /// The stay enters its payer's average.
    InAverage,
    /// Days count again for the average.
    DaysCount,
    /// It becomes known who pays.
    PayerSettled,
    /// The span ends, with `days` and `amount` charged for it.
    Ends,
    /// The line of the figures would not be there.
    LineGoes,
    /// Nothing, by itself.
    None,
}
