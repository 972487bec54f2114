//! A month's figures, in the shape of `figures --json`.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{
    model::{
        event::CareForm,
        ids::{AgreementId, EpisodeId},
        money::Kronor,
        month::Month,
        place::{PayerCode, RegionCode},
    },
    rules::share::Model,
};

/// Whether a month, or a payer's part of it, is locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Status {
    Open,
    Locked,
}

/// What a line is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    /// Days of an average above its threshold, for all stays that it counts.
    AverageExcess,
    /// Days of one stay that is charged by itself.
    Individual,
    /// Days of one stay in an earlier month of the row that starts charges.
    Retroactive,
    /// A month's part of the fixed sum of a year.
    FixedShare,
    /// What a year's fixed shares really cost above what was billed.
    Settlement,
    /// A sum that finance entered by hand.
    Manual,
    /// What a locked month should have been billed above what it was.
    Adjustment,
}

/// One line of a payer's figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// What it is for.
    pub kind: LineKind,
    /// The stay, where it is about one.
    pub episode: Option<EpisodeId>,
    /// The month that it is about, where that is another.
    pub for_month: Option<Month>,
    /// Days, or 1 for a sum.
    #[serde(with = "rust_decimal::serde::str")]
    pub quantity: Decimal,
    /// Kronor for one.
    #[serde(with = "rust_decimal::serde::str")]
    pub rate: Decimal,
    /// Quantity × rate, rounded half up to öre.
    pub amount: Kronor,
}

/// A stay that was left out, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExcludedStay {
    /// The stay.
    pub episode: EpisodeId,
    /// The reason's code.
    pub reason: String,
}

/// A minus for a locked month, posted as a credit note: a correction, or what
/// a settlement pays back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credit {
    /// The locked month that was billed too high.
    pub for_month: Month,
    /// The invoice that it credits.
    pub invoice: String,
    /// Kronor credited, above zero.
    pub amount: Kronor,
    /// Whether a settlement pays it back: then the month itself was billed
    /// right, and is not reckoned against it again.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub settles: bool,
}

/// One payer's figures under one agreement and model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayerFigures {
    /// Who pays.
    pub payer: PayerCode,
    /// The payer's name.
    pub name: String,
    /// The agreement.
    pub agreement: AgreementId,
    /// The model.
    pub model: Model,
    /// Which of the agreement's rules the average belongs to: what tells two
    /// averages of one payer apart. Adjustments stand in the first entry of
    /// their agreement and model, whichever rule they come from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// The care forms that this rule is for in the month.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub care_forms: Vec<CareForm>,
    /// Open or locked.
    pub status: Status,
    /// Discharged stays with a ready span that the agreement reaches.
    pub discharged: u32,
    /// Those in the average (or judged one by one).
    pub counted: u32,
    /// Those left out.
    pub excluded: Vec<ExcludedStay>,
    /// The average in days, where the model has one and somebody was counted.
    pub average: Option<String>,
    /// The threshold in days, where the model has one.
    pub threshold: Option<String>,
    /// Sum of the lines.
    pub amount: Kronor,
    /// The lines, by kind, month and stay.
    pub lines: Vec<Line>,
    /// Minuses for locked months.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub credits: Vec<Credit>,
}

/// Something that the close must waive, or that keeps it from being made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Its code: `missing_rate`, `held_events`, `district_missing`,
    /// `municipality_missing`, `refused_lines`, `unconfirmed_agreement`,
    /// `manual_stay`, `month_not_ended`, `earlier_month_open`, …
    pub code: String,
    /// The payer concerned; none for all.
    pub payer: Option<PayerCode>,
    /// The stay concerned.
    pub episode: Option<EpisodeId>,
    /// Year, agreement id, count: what the text needs.
    pub detail: String,
    /// Whether finance can waive it with a reason.
    pub waivable: bool,
    /// The reason with which it was waived, if it was.
    pub waived: Option<String>,
}

/// A month's figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthFigures {
    /// The region.
    pub region: RegionCode,
    /// The month.
    pub month: Month,
    /// Locked when every payer is.
    pub status: Status,
    /// Hash of the locked figures.
    pub hash: Option<String>,
    /// One entry for each payer, agreement and model, ordered so.
    pub payers: Vec<PayerFigures>,
    /// Sum over the payers.
    pub amount: Kronor,
    /// What is in the way of a close, or must be waived.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
}

impl MonthFigures {
    /// Keeps what is one payer's own: its entries, their sum, and its findings.
    pub fn keep(&mut self, own: PayerCode) {
        self.payers.retain(|entry| entry.payer == own);
        self.findings.retain(|finding| finding.payer == Some(own));
        self.amount = self.payers.iter().map(|entry| entry.amount).sum();
    }
}
