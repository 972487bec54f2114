//! What can be asked of the desk.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::actor::Actor;
use crate::{
    ledger::forecast::WhatIf,
    model::{
        ids::EpisodeId,
        money::Kronor,
        month::Month,
        place::PayerCode,
        time::{Instant, serde_instant, serde_instant_option},
    },
};

/// The most months that `Ask::PayerHistory` answers.
pub const MOST_MONTHS: u16 = 36;

/// One question or order, and who gives it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Request {
    /// Who asks.
    pub actor: Actor,
    /// The moment to answer as at (`--now`); the desk's clock where absent.
    #[serde(
        serialize_with = "serde_instant_option::serialize",
        deserialize_with = "serde_instant_option::asked"
    )]
    pub now: Option<Instant>,
    /// What.
    pub ask: Ask,
}

/// The kinds of request.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ask {
    /// The board. Answered by [`super::reply::Reply::Board`].
    Board(BoardAsk),
    /// Who recorded what and when. `Reply::Log`.
    Log(LogAsk),
    /// One stay: facts, events, checklist, deadlines. `Reply::Stay`.
    Stay {
        /// Which.
        episode: EpisodeId,
        /// Show a protected identity; recorded in the journal.
        reveal: bool,
    },
    /// What is due next, for whom, by when. `Reply::Duties`.
    Duties(DutiesAsk),
    /// Why liability does or does not start. `Reply::Explanation`.
    Explain {
        /// Which stay.
        episode: EpisodeId,
    },
    /// What of a month is locked, to be written as files. `Reply::Export`;
    /// `not_locked` where nothing is.
    Export {
        /// Which month.
        month: Month,
    },
    /// A month's figures. `Reply::Figures`.
    Figures {
        /// Which month.
        month: Month,
    },
    /// The steps behind a month's figures. `Reply::MonthTrace`.
    ExplainMonth {
        /// Which month.
        month: Month,
        /// Only this payer's.
        payer: Option<PayerCode>,
    },
    /// What the month that runs will come to, and what is lost at noon; of an
    /// earlier month what it came to. `Reply::Forecast`.
    Forecast {
        /// Which month; the one that runs where absent.
        month: Option<Month>,
        /// Only this payer's.
        payer: Option<PayerCode>,
        /// Who is supposed to leave now.
        what_if: Option<WhatIf>,
    },
    /// What each payer's last months came to, the one that runs left out.
    /// `Reply::PayerHistory`.
    PayerHistory {
        /// How many, at most [`MOST_MONTHS`].
        months: u16,
    },
    /// A month's figures under other agreements beside its own; nothing is
    /// changed. `Reply::OtherRules`.
    OtherRules {
        /// Which month.
        month: Month,
        /// Agreement files.
        files: Vec<AgreementFile>,
    },
    /// The answer to a board, stay or explanation, duties, figures, their steps,
    /// forecast, or figures under other rules, from what was recorded up to then. `Reply::AsOf`.
    AsOf {
        /// Up to when.
        as_of: AsOf,
        /// The question.
        ask: Box<Ask>,
    },
    /// Findings, hash, parked payers of a month. `Reply::Close`.
    CloseCheck {
        /// Which month.
        month: Month,
    },
    /// Record that these figures were prepared for approval. `Reply::Close`.
    Prepare {
        /// Which month.
        month: Month,
    },
    /// Lock exactly the figures with this hash. `Reply::Locked`.
    Approve {
        /// Which month.
        month: Month,
        /// Hash of the figures that were shown.
        expect: String,
    },
    /// Leave a payer out of this month's lock. `Reply::Close`.
    Park {
        /// Which month.
        month: Month,
        /// Which payer.
        payer: PayerCode,
        /// Why.
        reason: String,
    },
    /// Accept a finding with a reason. `Reply::Close`.
    Waive {
        /// Which month.
        month: Month,
        /// The finding's code.
        code: String,
        /// Why.
        reason: String,
    },
    /// The agreements of this store. `Reply::Agreements`.
    Agreements,
    /// One agreement's file. `Reply::Agreement`.
    Agreement {
        /// Its id.
        id: String,
    },
    /// Check, and unless `check_only` adopt, an agreement file. `Reply::Agreement`.
    Adopt {
        /// The file's name, for errors.
        file: String,
        /// Its text.
        text: String,
        /// Only check it.
        check_only: bool,
    },
    /// The region has confirmed an agreement until a date. `Reply::Agreement`.
    Confirm {
        /// Its id.
        id: String,
        /// Last date.
        until: NaiveDate,
        /// Who says so, where.
        source: String,
    },
    /// An agreement charges nothing for a time. `Reply::Agreement`.
    Suspend {
        /// Its id.
        id: String,
        /// First date.
        from: NaiveDate,
        /// Last date; none until further notice.
        until: Option<NaiveDate>,
        /// Why.
        reason: String,
        /// Who says so, where.
        source: String,
    },
    /// A suspended agreement charges again. `Reply::Agreement`.
    Resume {
        /// Its id.
        id: String,
        /// The first date on which it does.
        from: NaiveDate,
        /// Who says so, where.
        source: String,
    },
    /// Set a date that an agreement's file leaves open. `Reply::Agreement`.
    SetDate {
        /// The agreement's id.
        id: String,
        /// The date's code.
        code: String,
        /// The date.
        date: NaiveDate,
        /// Who says so, where.
        source: String,
    },
    /// Compare two agreements. `Reply::Difference`.
    Diff {
        /// The first; left out, a file is compared with the agreement in force
        /// of the same id, and one in force with the program's own.
        old: Option<AgreementSide>,
        /// The second.
        new: AgreementSide,
    },
    /// Settlements of fixed shares. `Reply::Settlements`.
    Settlements,
    /// Enter what a year's fixed shares really cost. `Reply::Settlements`.
    Settle(SettleAsk),
    /// Answer a question as if these agreement files were in force too, each
    /// in the place of one with the same id. Changes nothing; a decision asked
    /// for so is refused unless the files are in force already.
    Under {
        /// The files.
        files: Vec<AgreementFile>,
        /// The question.
        ask: Box<Ask>,
    },
    /// A line entered by hand. `Reply::Recorded`.
    Manual(ManualAsk),
    /// The store's health. `Reply::Status`.
    Status,
    /// Invoices and credit notes. `Reply::Invoices`.
    Invoices {
        /// Only of this month's locks.
        month: Option<Month>,
    },
    /// The day rates. `Reply::Rates`.
    Rates,
    /// Enter a day rate. `Reply::Rates`.
    SetRate {
        /// Calendar year.
        year: i32,
        /// Kronor per care day.
        #[serde(with = "rust_decimal::serde::str")]
        amount: Decimal,
        /// Where it stands.
        source: String,
    },
    /// Record events made here; each is the JSON of an import's line. All or
    /// none. `Reply::Recorded`.
    Record {
        /// Events as JSON lines.
        events: Vec<String>,
    },
    /// What recording these events would do to their stay. `Reply::Preview`.
    Preview {
        /// Events as JSON lines, all of one stay.
        events: Vec<String>,
    },
    /// Wait until something newer than `since` is recorded, or for some
    /// time. `Reply::Position`.
    Watch {
        /// Sequence number already seen.
        since: u64,
        /// Longest wait in milliseconds.
        wait_ms: u64,
    },
    /// Recompute every hash and every locked figure. `Reply::Verified`.
    Verify {
        /// Last hash and count that were kept elsewhere.
        anchor: Option<Anchor>,
    },
}

/// A position of the journal (`--as-of`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AsOf {
    /// When this entry was the newest; an import counts by its batch line.
    Seq(u64),
    /// With everything recorded at or before this moment.
    Time(#[serde(with = "serde_instant")] Instant),
}

/// Which entries of the log, the latest first.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogAsk {
    /// Only entries before this number.
    pub before: Option<u64>,
    /// How many at most; the desk gives a thousand at once.
    pub limit: u32,
    /// Only those of this stay.
    pub episode: Option<EpisodeId>,
}

/// What a year's fixed shares really cost one payer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettleAsk {
    /// Calendar year of the fixed shares.
    pub year: i32,
    /// In which month's figures it stands.
    pub month: Month,
    /// Who pays.
    pub payer: PayerCode,
    /// The actual cost of the period, in kronor.
    pub actual: Kronor,
    /// Where it stands.
    pub source: String,
}

/// A line entered by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManualAsk {
    /// Random id that makes sending it twice harmless.
    pub id: String,
    /// Which month's figures.
    pub month: Month,
    /// Who pays.
    pub payer: PayerCode,
    /// Kronor, above zero; a minus is posted by the next close by itself.
    pub amount: Kronor,
    /// Why.
    pub reason: String,
}

/// An agreement's file as a user has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgreementFile {
    /// Its name, for errors.
    pub file: String,
    /// Its text.
    pub text: String,
}

/// An agreement to compare.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgreementSide {
    /// One of the store's, by id.
    Id(String),
    /// A file.
    File(AgreementFile),
}

/// Which rows of the board.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardAsk {
    /// Only this payer's.
    pub payer: Option<PayerCode>,
    /// Also stays that are not ready.
    pub all: bool,
    /// Only the most urgent so many; the head counts all.
    pub limit: Option<usize>,
}

/// Which duties.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutiesAsk {
    /// Only this payer's.
    pub payer: Option<PayerCode>,
    /// Due within so many days, or overdue.
    pub days: u16,
}

/// Last hash and number of entries of a journal, kept outside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// How many entries there were.
    pub count: u64,
    /// The last entry's hash.
    pub hash: String,
}
