//! Other months, for models that look back.

use std::{cell::RefCell, collections::HashMap, sync::Arc};

use super::{
    locks,
    month::{Look, MonthShares},
};
use crate::{
    ledger::{
        books::{Books, KeptLock},
        history::{History, totals},
    },
    model::{
        ids::{AgreementId, EpisodeId},
        month::Month,
        place::PayerCode,
    },
    rules::{Rulebook, model::Totals, share::Share},
    views::ViewsError,
};

/// A month, and the entry up to which it is asked for.
type Asked = (Month, Option<u64>);

/// Other months, for models that look back.
pub(super) struct Past<'a> {
    look: Look<'a>,
    books: &'a Books,
    failed: RefCell<Option<ViewsError>>,
    asked: RefCell<HashMap<Asked, Arc<MonthShares>>>,
    /// By month, agreement and rule: every payer is held against the same.
    frozen: RefCell<HashMap<(Month, AgreementId, String), Option<Totals>>>,
}

impl<'a> Past<'a> {
    /// Months as `look` sees them.
    pub fn new(look: Look<'a>, books: &'a Books) -> Self {
        Self {
            look,
            books,
            failed: RefCell::new(None),
            asked: RefCell::default(),
            frozen: RefCell::default(),
        }
    }

    /// The first error that kept a month from being read.
    pub fn finish(self) -> Result<(), ViewsError> {
        self.failed.into_inner().map_or(Ok(()), Err)
    }
}

impl Past<'_> {
    fn month(&self, look: &Look<'_>, month: Month) -> Option<Arc<MonthShares>> {
        let key = (month, look.upto);
        if let Some(found) = self.asked.borrow().get(&key) {
            return Some(Arc::clone(found));
        }
        let found = self.kept(look.month(month))?;
        self.asked.borrow_mut().insert(key, Arc::clone(&found));
        Some(found)
    }

    /// The rules of a lock; none inside where they are those that one looks by.
    fn rules_of(&self, kept: &KeptLock) -> Option<Option<Rulebook>> {
        if locks::under(&kept.lock, self.look.rulebook) {
            return Some(None);
        }
        let rules = locks::rulebook(&kept.lock, self.look.state);
        self.kept(rules.map_err(|_| ViewsError::Entry(kept.seq)))
            .map(Some)
    }

    /// A threshold that rests on a locked month's average does not move when
    /// that month is corrected, an agreement is adopted anew, or a payer that
    /// was parked is locked afterwards: it is taken from the month's first
    /// lock that had the rule.
    fn frozen_by_a_lock(
        &self,
        month: Month,
        agreement: &AgreementId,
        rule: &str,
    ) -> Option<Totals> {
        let mut locks = self.books.locks_of(month);
        locks.find_map(|kept| self.at_the_lock(kept, agreement, rule))
    }

    /// A month's totals as they were known at a lock of it, under the lock's
    /// own rules; none where these had no such rule.
    fn at_the_lock(&self, kept: &KeptLock, agreement: &AgreementId, rule: &str) -> Option<Totals> {
        let month = kept.lock.month;
        let own = self.rules_of(kept)?;
        let rulebook = own.as_ref().unwrap_or(self.look.rulebook);
        rulebook.get(agreement.as_str())?.rule(rule)?;
        let look = Look {
            rulebook,
            now: kept.lock.as_at,
            upto: Some(kept.lock.position),
            cache: None,
            ..self.look
        };
        let found = self.month(&look, month)?;
        let shares = found.shares.iter().map(|(_, share)| share);
        let of_rule = shares.filter(|s| s.agreement == *agreement && s.rule == rule);
        Some(totals(of_rule))
    }

    /// What was read, or nothing, and the first error is told at the end.
    fn kept<T>(&self, read: Result<T, ViewsError>) -> Option<T> {
        match read {
            Ok(read) => Some(read),
            Err(error) => {
                self.failed.borrow_mut().get_or_insert(error);
                None
            }
        }
    }
}

impl History for Past<'_> {
    fn shares(
        &self,
        month: Month,
        agreement: &AgreementId,
        payer: Option<PayerCode>,
    ) -> Vec<(EpisodeId, Share)> {
        let Some(found) = self.month(&self.look, month) else {
            return Vec::new();
        };
        let all = found.shares.iter();
        all.filter(|(_, share)| share.is_under(agreement, payer))
            .cloned()
            .collect()
    }

    fn frozen_totals(&self, month: Month, agreement: &AgreementId, rule: &str) -> Option<Totals> {
        let key = (month, agreement.clone(), rule.to_owned());
        if let Some(known) = self.frozen.borrow().get(&key) {
            return *known;
        }
        let found = self.frozen_by_a_lock(month, agreement, rule);
        self.frozen.borrow_mut().insert(key, found);
        found
    }
}
