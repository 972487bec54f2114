//! Other months, asked once.

use std::{cell::RefCell, collections::HashMap};

use crate::{
    ledger::history::History,
    model::{
        ids::{AgreementId, EpisodeId},
        month::Month,
        place::PayerCode,
    },
    rules::{model::Totals, share::Share},
};

/// Month, agreement, rule, payer.
type Key = (Month, AgreementId, String, Option<PayerCode>);

/// A history whose sums are kept: each scenario asks for the same ones, and a
/// trigger for those of every month since it began.
pub(super) struct Remembered<'a> {
    history: &'a dyn History,
    totals: RefCell<HashMap<Key, Totals>>,
    frozen: RefCell<HashMap<Key, Option<Totals>>>,
}

impl<'a> Remembered<'a> {
    pub fn new(history: &'a dyn History) -> Self {
        Self {
            history,
            totals: RefCell::default(),
            frozen: RefCell::default(),
        }
    }
}

impl History for Remembered<'_> {
    fn shares(
        &self,
        month: Month,
        agreement: &AgreementId,
        payer: Option<PayerCode>,
    ) -> Vec<(EpisodeId, Share)> {
        self.history.shares(month, agreement, payer)
    }

    fn totals(
        &self,
        month: Month,
        agreement: &AgreementId,
        rule: &str,
        payer: Option<PayerCode>,
    ) -> Totals {
        let key = (month, agreement.clone(), rule.to_owned(), payer);
        let mut kept = self.totals.borrow_mut();
        *kept
            .entry(key)
            .or_insert_with(|| self.history.totals(month, agreement, rule, payer))
    }

    fn frozen_totals(&self, month: Month, agreement: &AgreementId, rule: &str) -> Option<Totals> {
        let key = (month, agreement.clone(), rule.to_owned(), None);
        let mut kept = self.frozen.borrow_mut();
        *kept
            .entry(key)
            .or_insert_with(|| self.history.frozen_totals(month, agreement, rule))
    }
}
