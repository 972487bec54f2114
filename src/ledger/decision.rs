//! Decisions: journal entries that are not a stay's events.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::lock::Lock;
use crate::model::{
    ids::{AgreementId, EpisodeId, EventId},
    money::Kronor,
    month::Month,
    place::PayerCode,
};

/// What somebody decided. Nothing is edited: a later decision counts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "decision", rename_all = "snake_case", deny_unknown_fields)]
pub enum Decision {
    /// A day rate.
    RateSet {
        /// Calendar year.
        year: i32,
        /// Kronor per care day.
        #[serde(with = "rust_decimal::serde::str")]
        amount: Decimal,
        /// Where it stands.
        source: String,
    },
    /// An agreement's file enters the store: by adoption, or because a lock
    /// was made under it.
    AgreementKept {
        /// SHA-256 of the text.
        sha256: String,
        /// The file.
        text: String,
    },
    /// An agreement's file is in force from now on, in place of the one with
    /// the same id.
    AgreementAdopted {
        /// Its id.
        id: AgreementId,
        /// SHA-256 of its text.
        sha256: String,
    },
    /// The region has confirmed an agreement.
    AgreementConfirmed {
        /// Its id.
        id: AgreementId,
        /// Last date.
        until: NaiveDate,
        /// Who says so, where.
        source: String,
    },
    /// An agreement charges nothing for a time.
    AgreementSuspended {
        /// Its id.
        id: AgreementId,
        /// First date.
        from: NaiveDate,
        /// Last date; none until further notice.
        until: Option<NaiveDate>,
        /// Why.
        reason: String,
        /// Who says so, where.
        source: String,
    },
    /// A suspended agreement charges again.
    AgreementResumed {
        /// Its id.
        id: AgreementId,
        /// The first date on which it does; the suspension that holds on it
        /// ends the day before.
        from: NaiveDate,
        /// Who says so, where.
        source: String,
    },
    /// A date that an agreement's file leaves to be set.
    AgreementDateSet {
        /// The agreement's id.
        id: AgreementId,
        /// The date's code.
        code: String,
        /// The date.
        date: NaiveDate,
        /// Who says so, where.
        source: String,
    },
    /// What the period of a year's fixed shares really cost a payer.
    SettlementEntered {
        /// The agreement whose fixed shares are settled.
        agreement: AgreementId,
        /// Their calendar year.
        year: i32,
        /// In which month's figures; a later entry for the same month and
        /// payer takes the place of an earlier one.
        month: Month,
        /// Who pays.
        payer: PayerCode,
        /// The actual cost of the period, in kronor.
        actual: Kronor,
        /// Where it stands.
        source: String,
    },
    /// A finding of a month is accepted.
    FindingWaived {
        /// The month.
        month: Month,
        /// The finding's code.
        code: String,
        /// Why.
        reason: String,
    },
    /// A line entered by hand.
    ManualLine {
        /// Random id that makes sending it twice harmless.
        id: String,
        /// Which month's figures.
        month: Month,
        /// Who pays.
        payer: PayerCode,
        /// Kronor.
        amount: Kronor,
        /// Why.
        reason: String,
    },
    /// These figures were prepared for approval.
    MonthPrepared {
        /// The month.
        month: Month,
        /// Hash of the figures.
        hash: String,
    },
    /// A payer is left out of a month's lock.
    PayerParked {
        /// The month.
        month: Month,
        /// The payer.
        payer: PayerCode,
        /// Why.
        reason: String,
    },
    /// A month is locked for some payers.
    MonthLocked(Box<Lock>),
    /// Lines of an import that were left out.
    LinesRefused {
        /// The file's name.
        file: String,
        /// Which, as far as they could be read.
        lines: Vec<RefusedLine>,
    },
    /// A protected identity was shown.
    IdentityShown {
        /// The stay.
        episode: EpisodeId,
    },
    /// A backup was made.
    BackupMade {
        /// Entries in it.
        entries: u64,
    },
}

/// A line of an import that was left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefusedLine {
    /// 1-based.
    pub line: u64,
    /// The stay, where it could be read.
    pub episode: Option<EpisodeId>,
    /// The event, where it could be read.
    pub event: Option<EventId>,
    /// The month in which it would have happened, where it could be read.
    pub month: Option<Month>,
}

/// A decision with its place in the journal.
#[derive(Debug, Clone, PartialEq)]
pub struct Decided {
    /// Sequence number.
    pub seq: u64,
    /// When it was recorded.
    pub recorded_at: crate::model::time::Instant,
    /// By whom.
    pub by: String,
    /// What.
    pub decision: Decision,
}
