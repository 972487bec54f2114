//! What is due next.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    model::{
        ids::{AgreementId, EpisodeId},
        place::PayerCode,
        time::{Instant, serde_instant, serde_instant_option},
    },
    rules::outlook::DutyState,
};

/// What is due, overdue first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DutiesView {
    /// The moment that it answers as at.
    #[serde(with = "serde_instant")]
    pub now: Instant,
    /// What is due later is left out.
    #[serde(with = "serde_instant")]
    pub until: Instant,
    /// The duties.
    pub rows: Vec<DueRow>,
}

/// A duty that is not done, or of which no event tells it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DueRow {
    /// When it is or was due; none where it has no time of its own.
    #[serde(with = "serde_instant_option")]
    pub due: Option<Instant>,
    /// Whether it is overdue.
    pub late: bool,
    /// Open, or a reminder.
    pub state: DutyState,
    /// Its code.
    pub code: String,
    /// Whose duty.
    pub party: String,
    /// Whose patient, or which payer it is about.
    pub payer: Option<PayerCode>,
    /// The stay, if it is about one.
    pub episode: Option<EpisodeId>,
    /// The stay's ward.
    pub ward: Option<String>,
    /// Else the month, quarter, year or source that it is about.
    pub about: Option<String>,
    /// The last date for which what is supplied must last.
    pub lasts_until: Option<NaiveDate>,
    /// The agreement in which it stands.
    pub agreement: Option<AgreementId>,
    /// Its clause there.
    pub clause: String,
}
