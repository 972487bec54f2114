//! What the desk answers about agreements, and about what settles their
//! fixed shares.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    model::{ids::AgreementId, money::Kronor, month::Month, place::PayerCode},
    rules::orders::Suspension,
};

/// An agreement in short.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AgreementView {
    /// Its id.
    pub id: AgreementId,
    /// Its name.
    pub name: String,
    /// First date.
    pub from: NaiveDate,
    /// Last date, if set.
    pub until: Option<NaiveDate>,
    /// Date until which the region has confirmed it.
    pub confirmed_until: Option<NaiveDate>,
    /// SHA-256 of its file.
    pub hash: String,
    /// Whether it came with the program or was adopted.
    pub adopted: bool,
    /// Times in which it charges nothing, in order.
    pub suspended: Vec<Suspension>,
    /// Dates that its file leaves to be set.
    pub dates: Vec<DateView>,
    /// The payers that it binds; empty for all.
    pub parties: Vec<PayerCode>,
}

/// A date that an agreement's file leaves for finance to set.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DateView {
    /// Its code.
    pub code: String,
    /// Swedish name.
    pub sv: String,
    /// English name.
    pub en: String,
    /// The date in force.
    pub date: NaiveDate,
    /// Where it was set; none for the file's own date.
    pub source: Option<String>,
}

/// An agreement's file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AgreementText {
    /// In short.
    pub view: AgreementView,
    /// The file.
    pub text: String,
}

/// A settlement of fixed shares.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SettlementView {
    /// Calendar year of the fixed shares.
    pub year: i32,
    /// Who pays.
    pub payer: PayerCode,
    /// The payer's name.
    pub name: String,
    /// The agreement that is settled.
    pub agreement: AgreementId,
    /// In which month's figures it stands.
    pub month: Month,
    /// The actual cost of the period, in kronor.
    pub actual: Kronor,
    /// What was billed for it before that month, less what was credited.
    pub paid: Kronor,
    /// Actual less paid: a line, or below zero a credit note.
    pub difference: Kronor,
    /// Months of the period that are not locked for the payer yet.
    pub open_months: Vec<Month>,
    /// Whether its month is locked for the payer.
    pub locked: bool,
    /// Where the cost stands.
    pub source: String,
    /// Who entered it.
    pub by: String,
}
