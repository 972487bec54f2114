//! What the desk answers.

mod agreement;
mod duties;

use std::sync::Arc;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

mod board;

pub use board::{Board, BoardHead, BoardLine, BoardRow, NoonHead, SourceAge};

pub use super::log::{LogLine, LogView, LogWhat};
pub use agreement::{AgreementText, AgreementView, DateView, SettlementView};
pub use duties::{DueRow, DutiesView};

use super::{other_rules::OtherRulesView, request::Anchor};
use crate::{
    ledger::{
        explain::MonthTrace,
        figures::{Finding, MonthFigures},
        forecast::Forecast,
    },
    model::{
        event::Kind,
        ids::{EpisodeId, EventId},
        money::Kronor,
        month::Month,
        place::{PayerCode, RegionCode},
        stay::Stay,
        time::{Instant, serde_instant, serde_instant_option},
    },
    rules::{
        agreement::AgreementDiff,
        outlook::{Costs, Outlook},
        trace::Explanation,
    },
};

/// An answer.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(
    missing_docs,
    reason = "each variant is named after the request it answers"
)]
pub enum Reply {
    Board(Arc<Board>),
    Stay(Box<StayView>),
    Duties(Box<DutiesView>),
    Explanation(Box<Explanation>),
    Figures(Box<FiguresView>),
    Export(Box<ExportView>),
    MonthTrace(Box<MonthTrace>),
    Forecast(Box<Forecast>),
    OtherRules(Box<OtherRulesView>),
    AsOf(Box<AsOfReply>),
    PayerHistory(Box<PayerHistory>),
    Close(Box<CloseView>),
    Locked(Box<LockView>),
    Agreements(Vec<AgreementView>),
    Agreement(Box<AgreementText>),
    Status(Box<StatusView>),
    Invoices(Vec<InvoiceView>),
    Rates(Vec<RateView>),
    Log(Box<LogView>),
    Settlements(Vec<SettlementView>),
    Difference(Box<AgreementDiff>),
    Recorded(Recorded),
    Preview(Box<PreviewView>),
    Position { seq: u64 },
    Verified(Box<Verified>),
}

/// What payers' last months came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayerHistory {
    /// The months, the earliest first.
    pub months: Vec<Month>,
    /// Payers with an amount in one of them, by code.
    pub payers: Vec<PayerMonths>,
}

/// One payer's last months.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayerMonths {
    /// Who pays.
    pub payer: PayerCode,
    /// Kronor, one for each month; none where it cannot be computed.
    pub amounts: Vec<Option<Kronor>>,
}

/// A patient as this actor may see one. Its `Debug` shows neither.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ShownIdentity {
    /// Name; none where masked or erased.
    pub name: Option<String>,
    /// Personal number; none where masked or erased.
    pub pnr: Option<String>,
    /// Skyddade personuppgifter.
    pub protected: bool,
}

impl std::fmt::Debug for ShownIdentity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ShownIdentity(…)")
    }
}

/// One stay.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StayView {
    /// Its id.
    pub episode: EpisodeId,
    /// Who, as far as the actor may see.
    pub patient: ShownIdentity,
    /// The facts; none while the admission is awaited.
    pub stay: Option<Stay>,
    /// Where it stands; none while the admission is awaited.
    pub outlook: Option<Outlook>,
    /// Its events, in the order in which they count, voided ones included.
    pub events: Vec<EventView>,
    /// The home-ready checklist of its agreement.
    pub checklist: Vec<ChecklistRow>,
    /// What it costs, date by date.
    pub costs: Costs,
}

/// One event in a stay's timeline.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct EventView {
    /// Its id.
    pub id: EventId,
    /// When it happened.
    #[serde(with = "serde_instant")]
    pub at: Instant,
    /// Its kind.
    pub kind: Kind,
    /// The system that sent it.
    pub source: Option<String>,
    /// The event as JSON of an import's line, identity masked.
    pub json: serde_json::Value,
    /// Sequence number in the journal.
    pub seq: u64,
    /// When it was recorded.
    #[serde(with = "serde_instant")]
    pub recorded_at: Instant,
    /// By whom.
    pub by: String,
    /// The void that took it back, and why.
    pub voided: Option<Voided>,
}

/// How an event was taken back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Voided {
    /// The void.
    pub event: EventId,
    /// Why.
    pub reason: String,
}

/// One item of a home-ready checklist. A point that takes several ticks has a
/// row for each, of the same name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ChecklistRow {
    /// The item's code.
    pub item: String,
    /// In Swedish.
    pub sv: String,
    /// In English.
    pub en: String,
    /// Since when it stands as done.
    #[serde(with = "serde_instant_option")]
    pub done: Option<Instant>,
}

/// A month's figures and, where wholly locked, their exact bytes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FiguresView {
    /// The figures.
    pub figures: MonthFigures,
    /// The JSON as it was locked.
    pub locked_json: Option<String>,
}

/// What of a month is locked, to be written as files.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExportView {
    /// The figures of the locked payers; locked as a whole when every payer is.
    pub figures: MonthFigures,
    /// The JSON as it was locked, where the month is locked as a whole.
    pub locked_json: Option<String>,
    /// Locks of the month so far.
    pub locks: usize,
    /// The invoices and credit notes that they made.
    pub invoices: Vec<InvoiceView>,
    /// Payers with figures in the month that no lock holds yet, with the
    /// reason for which they were left out.
    pub not_locked: Vec<Parked>,
}

/// An answer from what was recorded up to an entry.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct AsOfReply {
    /// The last entry that was known.
    pub seq: u64,
    /// When it was recorded.
    #[serde(with = "serde_instant")]
    pub recorded_at: Instant,
    /// The answer.
    pub reply: Reply,
}

/// A month on its way to the lock.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CloseView {
    /// The figures as a lock would hold them, findings included.
    pub figures: MonthFigures,
    /// Their hash, to give with the approval.
    pub hash: String,
    /// What keeps the lock from being made: findings neither waivable nor waived.
    pub blockers: Vec<Finding>,
    /// The earliest month still open for some payer, if any.
    pub earliest_open: Option<Month>,
    /// Payers left out of this lock, with the reason.
    pub parked: Vec<Parked>,
    /// Payers already locked for the month.
    pub locked: Vec<PayerCode>,
    /// Who prepared these very figures, if anybody did.
    pub prepared_by: Option<String>,
}

/// A payer left out of a lock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parked {
    /// Who.
    pub payer: PayerCode,
    /// Why: as it was written, or [`Parked::EARLIER_OPEN`].
    pub reason: String,
}

impl Parked {
    /// The reason of a payer that nobody parked in this month.
    pub const EARLIER_OPEN: &'static str = "an earlier month is open for this payer";
}

/// A lock that was made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LockView {
    /// The month.
    pub month: Month,
    /// Hash of the locked figures.
    pub hash: String,
    /// Kronor locked.
    pub amount: Kronor,
    /// Journal position of the lock.
    pub seq: u64,
    /// Invoices and credit notes that it made.
    pub invoices: Vec<InvoiceView>,
    /// Payers of the month that are still to be locked, with the reason.
    #[serde(default)]
    pub not_locked: Vec<Parked>,
}

/// The store's health.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StatusView {
    /// The region.
    pub region: RegionCode,
    /// The store's random id.
    pub store_id: String,
    /// Last sequence number.
    pub seq: u64,
    /// Last hash and count, to be kept elsewhere.
    pub anchor: Anchor,
    /// Position up to which the tables are true.
    pub views_seq: u64,
    /// `sled` or `memory`.
    pub views: String,
    /// Bytes in the journal.
    pub journal_bytes: u64,
    /// Stays going on.
    pub open_stays: u64,
    /// Stays whose admission has not come.
    pub held_stays: u64,
    /// Last event of each source.
    pub sources: Vec<SourceAge>,
    /// When the last backup was made.
    #[serde(with = "serde_instant_option")]
    pub last_backup: Option<Instant>,
    /// Seconds since then.
    pub backup_age: Option<i64>,
    /// The desk's clock.
    #[serde(with = "serde_instant")]
    pub clock: Instant,
    /// Free bytes on the disk.
    pub free_bytes: u64,
    /// Why nothing can be written, if so.
    pub read_only: Option<String>,
    /// Process that holds the store.
    pub holder_pid: u32,
    /// What was noticed when the store was opened.
    pub notices: Vec<String>,
}

/// An invoice or a credit note.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct InvoiceView {
    /// Its number, without gaps.
    pub number: String,
    /// Whether it is a credit note.
    pub credit: bool,
    /// The invoice that it credits.
    pub credits: Option<String>,
    /// The month whose lock made it.
    pub month: Month,
    /// Who pays.
    pub payer: PayerCode,
    /// The payer's name.
    pub name: String,
    /// Kronor, above zero.
    pub amount: Kronor,
    /// When the lock was made.
    #[serde(with = "serde_instant")]
    pub made_at: Instant,
}

/// A day rate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RateView {
    /// Calendar year.
    pub year: i32,
    /// Kronor per care day.
    #[serde(with = "rust_decimal::serde::str")]
    pub amount: Decimal,
    /// Where it stands.
    pub source: String,
    /// Whether figures may use it; `false` for one that waits for finance.
    pub confirmed: bool,
}

/// What was recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// Journal position afterwards.
    pub seq: u64,
    /// New entries.
    pub added: u64,
    /// Entries that were there already.
    pub skipped: u64,
}

/// A stay before and after events that are not recorded.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PreviewView {
    /// As it stands; none where there is no stay yet.
    pub before: Option<Outlook>,
    /// As it would stand.
    pub after: Option<Outlook>,
    /// [`Costs::in_a_week`], before and after.
    pub in_a_week: [Option<Kronor>; 2],
}

/// What `verify` found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Verified {
    /// Whether everything holds.
    pub ok: bool,
    /// Entries checked.
    pub entries: u64,
    /// Identity records checked.
    pub identities: u64,
    /// Stays folded anew and compared.
    pub stays: u64,
    /// Locked months computed anew.
    pub locks: u64,
    /// Last hash and count.
    pub anchor: Anchor,
    /// What does not hold.
    pub differences: Vec<Difference>,
}

/// Something that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// `chain`, `identity`, `views`, `figures` or `anchor`.
    pub part: String,
    /// File and line, stay, or month.
    pub place: String,
    /// What is wrong.
    pub problem: String,
}
