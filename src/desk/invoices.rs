//! Invoices and credit notes of the locks.

use super::{Desk, reply::InvoiceView};
use crate::{ledger::books::KeptLock, model::month::Month};

impl Desk {
    pub(super) fn invoices(&self, month: Option<Month>) -> Vec<InvoiceView> {
        let state = self.read();
        let locks = state.books.locks.iter();
        locks
            .filter(|kept| month.is_none_or(|month| kept.lock.month == month))
            .flat_map(of_lock)
            .collect()
    }
}

/// What a lock made.
pub(super) fn of_lock(kept: &KeptLock) -> Vec<InvoiceView> {
    let view = |invoice: &crate::ledger::lock::Invoice| InvoiceView {
        number: invoice.number.clone(),
        credit: invoice.credits.is_some(),
        credits: invoice.credits.clone(),
        month: kept.lock.month,
        payer: invoice.payer,
        name: invoice.payer.name().to_owned(),
        amount: invoice.amount,
        made_at: kept.made_at,
    };
    kept.lock.invoices.iter().map(view).collect()
}
