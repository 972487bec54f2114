//! A lock: a month's exact figures for a set of payers.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::figures::{MonthFigures, Status};
use crate::{
    model::{
        ids::AgreementId,
        money::Kronor,
        month::Month,
        place::PayerCode,
        time::{Instant, serde_instant},
    },
    rules::orders::Suspension,
};

/// What was locked, and everything it takes to compute it again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lock {
    /// The month.
    pub month: Month,
    /// The payers that it covers, ascending.
    pub payers: Vec<PayerCode>,
    /// The figures' JSON, byte for byte as it is answered ever after.
    pub figures: String,
    /// SHA-256 of the figures as they were shown for approval.
    pub hash: String,
    /// SHA-256 over this lock's hash and the previous lock's chain value.
    pub chain: String,
    /// The agreements in force, by id: SHA-256 of each file. The files stand
    /// in the journal before the lock.
    pub agreements: BTreeMap<AgreementId, String>,
    /// Until when each was confirmed.
    pub confirmed: BTreeMap<AgreementId, chrono::NaiveDate>,
    /// Suspensions of agreements, as known then.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub suspended: BTreeMap<AgreementId, Vec<Suspension>>,
    /// Dates that agreements leave to be set, by code, as known then.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub dates: BTreeMap<AgreementId, BTreeMap<String, chrono::NaiveDate>>,
    /// The day rates that figures could use, ascending by year.
    pub rates: Vec<RateText>,
    /// The program's version.
    pub engine: String,
    /// Journal position that the figures were computed from.
    pub position: u64,
    /// The moment that they were computed as at.
    #[serde(with = "serde_instant")]
    pub as_at: Instant,
    /// Who prepared these figures, if somebody else did.
    pub prepared_by: Option<String>,
    /// Who approved them.
    pub approved_by: String,
    /// Invoices and credit notes, numbered without gaps.
    pub invoices: Vec<Invoice>,
}

/// A rate as a lock holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RateText {
    /// Calendar year.
    pub year: i32,
    /// Kronor per care day.
    #[serde(with = "rust_decimal::serde::str")]
    pub amount: Decimal,
    /// Where it stands.
    pub source: String,
}

/// An invoice or a credit note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Invoice {
    /// Its number.
    pub number: String,
    /// Who pays.
    pub payer: PayerCode,
    /// Kronor, above zero.
    pub amount: Kronor,
    /// For a credit note, the invoice that it credits.
    pub credits: Option<String>,
}

/// The figures as they stand in a lock: locked, and with the hash of what
/// was shown.
#[must_use]
pub fn locked(mut figures: MonthFigures, hash: &str) -> MonthFigures {
    figures.hash = Some(hash.to_owned());
    figures.status = Status::Locked;
    for payer in &mut figures.payers {
        payer.status = Status::Locked;
    }
    figures
}

/// Takes from figures what locks did not hold at first: the rules of their
/// averages.
pub fn without_rules(figures: &mut MonthFigures) {
    for entry in &mut figures.payers {
        entry.rule = None;
        entry.care_forms.clear();
    }
}

/// The hash of figures as they are shown for approval: over the JSON that a
/// lock would hold, with the hash itself left out.
#[must_use]
pub fn figures_hash(figures: &MonthFigures) -> String {
    let mut shown = locked(figures.clone(), "");
    shown.hash = None;
    hex::encode(Sha256::digest(figures_json(&shown).as_bytes()))
}

/// The JSON of figures, byte for byte reproducible.
#[must_use]
pub fn figures_json(figures: &MonthFigures) -> String {
    serde_json::to_string(figures).expect("figures are plain data")
}

/// The chain value of a lock over the one before it.
#[must_use]
pub fn chain(previous: Option<&str>, hash: &str) -> String {
    let mut digest = Sha256::new();
    digest.update(previous.unwrap_or_default());
    digest.update(hash);
    hex::encode(digest.finalize())
}
