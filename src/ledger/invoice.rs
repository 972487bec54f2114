//! Invoices and credit notes: one for each payer of a lock, numbered without
//! gaps as the lock is made.

use std::collections::BTreeMap;

use super::{figures::MonthFigures, lock::Invoice};
use crate::model::{
    money::Kronor,
    month::Month,
    place::{PayerCode, RegionCode},
};

/// The invoices and credit notes of figures that are being locked.
/// `numbered` are those made before: invoices, credit notes.
#[must_use]
pub fn make(figures: &MonthFigures, region: RegionCode, numbered: (u64, u64)) -> Vec<Invoice> {
    let (mut plain, mut credit) = numbered;
    let mut sums: BTreeMap<PayerCode, Kronor> = BTreeMap::new();
    for entry in &figures.payers {
        *sums.entry(entry.payer).or_default() += entry.amount;
    }
    let mut made = Vec::new();
    for (payer, amount) in sums {
        if amount > Kronor::ZERO {
            plain += 1;
            made.push(Invoice {
                number: format!("{region}-{plain:06}"),
                payer,
                amount,
                credits: None,
            });
        }
        for ((_, invoice), amount) in credited(figures, payer) {
            credit += 1;
            let number = format!("{region}-K{credit:06}");
            made.push(Invoice {
                number,
                payer,
                amount,
                credits: Some(invoice),
            });
        }
    }
    made
}

/// What figures credit a payer, by the month that it is for and the invoice:
/// one credit note each, numbered in this order.
#[must_use]
pub fn credited(figures: &MonthFigures, payer: PayerCode) -> BTreeMap<(Month, String), Kronor> {
    let mut sums = BTreeMap::new();
    for entry in figures.payers.iter().filter(|entry| entry.payer == payer) {
        for credit in &entry.credits {
            let key = (credit.for_month, credit.invoice.clone());
            *sums.entry(key).or_insert(Kronor::ZERO) += credit.amount;
        }
    }
    sums
}
