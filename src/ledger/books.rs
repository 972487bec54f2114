//! What was decided so far, folded from decisions.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{
    decision::{Decided, Decision, RefusedLine},
    lock::Lock,
    month::ManualLine,
};
use crate::{
    model::{ids::AgreementId, money::Kronor, month::Month, place::PayerCode, time::Instant},
    rules::orders::{Orders, Suspension},
};

/// A day rate that finance entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rate {
    /// Kronor per care day.
    pub amount: Decimal,
    /// Where it stands.
    pub source: String,
}

/// A settlement of fixed shares, as finance entered it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnteredSettlement {
    /// Calendar year of the fixed shares.
    pub year: i32,
    /// The actual cost of the period, in kronor.
    pub actual: Kronor,
    /// Where it stands.
    pub source: String,
    /// Who entered it.
    pub by: String,
}

/// A lock as the books keep it: without the figures' text.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptLock {
    /// Sequence number of its entry.
    pub seq: u64,
    /// When it was made.
    pub made_at: Instant,
    /// The lock; `figures` is empty.
    pub lock: Lock,
}

/// Lines of an import that were left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedFile {
    /// The file's name.
    pub file: String,
    /// The lines.
    pub lines: Vec<RefusedLine>,
}

/// Everything that was decided, as known at a position of the journal.
#[derive(Debug, Clone, Default)]
pub struct Books {
    /// Day rates by year.
    pub rates: BTreeMap<i32, Rate>,
    /// Agreement files by SHA-256.
    pub files: BTreeMap<String, String>,
    /// Adopted agreements: SHA-256 of the file in force.
    pub adopted: BTreeMap<AgreementId, String>,
    /// Confirmed agreements.
    pub confirmed: BTreeMap<AgreementId, (NaiveDate, String)>,
    /// Suspensions of agreements, ascending and apart.
    pub suspended: BTreeMap<AgreementId, Vec<Suspension>>,
    /// Dates that agreements leave to be set, by code, with their source.
    pub dates: BTreeMap<AgreementId, BTreeMap<String, (NaiveDate, String)>>,
    /// Settlements of fixed shares: by the month in whose figures they stand,
    /// payer and agreement.
    pub settlements: BTreeMap<(Month, PayerCode, AgreementId), EnteredSettlement>,
    /// Waived findings of a month: code and reason.
    pub waived: BTreeMap<(Month, String), String>,
    /// Lines by hand, by month.
    pub manual: BTreeMap<Month, Vec<ManualLine>>,
    manual_ids: BTreeSet<String>,
    /// Who last prepared a month, and the figures' hash.
    pub prepared: BTreeMap<Month, (String, String)>,
    /// Parked payers with the reason.
    pub parked: BTreeMap<(Month, PayerCode), String>,
    /// Those parked since the last lock of their month, which its next one
    /// leaves out as well.
    parked_since: BTreeSet<(Month, PayerCode)>,
    /// Locks, in order.
    pub locks: Vec<KeptLock>,
    /// Refused lines, in order.
    pub refused: Vec<RefusedFile>,
    /// When the last backup was made.
    pub last_backup: Option<Instant>,
}

impl Books {
    /// Folds decisions, in order, up to position `upto` where given.
    #[must_use]
    pub fn fold<'a>(decided: impl IntoIterator<Item = &'a Decided>, upto: Option<u64>) -> Self {
        let mut books = Self::default();
        for one in decided {
            if upto.is_none_or(|upto| one.seq <= upto) {
                books.take(one);
            }
        }
        books
    }

    /// Takes the next decision.
    pub fn take(&mut self, one: &Decided) {
        match &one.decision {
            Decision::RateSet { .. }
            | Decision::AgreementKept { .. }
            | Decision::AgreementAdopted { .. }
            | Decision::AgreementConfirmed { .. } => self.take_rules(&one.decision),
            Decision::AgreementSuspended { .. }
            | Decision::AgreementResumed { .. }
            | Decision::AgreementDateSet { .. } => self.take_order(&one.decision),
            Decision::SettlementEntered { .. } | Decision::ManualLine { .. } => {
                self.take_entered(&one.decision, &one.by);
            }
            Decision::FindingWaived {
                month,
                code,
                reason,
            } => {
                self.waived.insert((*month, code.clone()), reason.clone());
            }
            Decision::MonthPrepared { month, hash } => {
                self.prepared.insert(*month, (hash.clone(), one.by.clone()));
            }
            Decision::PayerParked {
                month,
                payer,
                reason,
            } => {
                self.parked.insert((*month, *payer), reason.clone());
                self.parked_since.insert((*month, *payer));
            }
            Decision::MonthLocked(lock) => self.take_lock(one, lock),
            Decision::LinesRefused { file, lines } => {
                let (file, lines) = (file.clone(), lines.clone());
                self.refused.push(RefusedFile { file, lines });
            }
            Decision::IdentityShown { .. } => {}
            Decision::BackupMade { .. } => self.last_backup = Some(one.recorded_at),
        }
    }

    /// Day rates and agreements' files.
    fn take_rules(&mut self, decision: &Decision) {
        match decision {
            Decision::RateSet {
                year,
                amount,
                source,
            } => {
                let (amount, source) = (*amount, source.clone());
                self.rates.insert(*year, Rate { amount, source });
            }
            Decision::AgreementKept { sha256, text } => {
                self.files.insert(sha256.clone(), text.clone());
            }
            Decision::AgreementAdopted { id, sha256 } => {
                self.adopted.insert(id.clone(), sha256.clone());
            }
            Decision::AgreementConfirmed { id, until, source } => {
                self.confirmed.insert(id.clone(), (*until, source.clone()));
            }
            _ => {}
        }
    }

    /// What is decided beside the agreements' files.
    fn take_order(&mut self, decision: &Decision) {
        match decision {
            Decision::AgreementSuspended {
                id,
                from,
                until,
                reason,
                source,
            } => {
                let all = self.suspended.entry(id.clone()).or_default();
                all.push(Suspension {
                    from: *from,
                    until: *until,
                    reason: reason.clone(),
                    source: source.clone(),
                    ended_by: None,
                });
                all.sort_by_key(|one| one.from);
            }
            Decision::AgreementResumed { id, from, source } => {
                let all = self.suspended.entry(id.clone()).or_default();
                let left = std::mem::take(all).into_iter().filter_map(|one| {
                    if one.covers(*from) {
                        one.ended(*from, source)
                    } else {
                        Some(one)
                    }
                });
                *all = left.collect();
            }
            Decision::AgreementDateSet {
                id,
                code,
                date,
                source,
            } => {
                let set = self.dates.entry(id.clone()).or_default();
                set.insert(code.clone(), (*date, source.clone()));
            }
            _ => {}
        }
    }

    /// Amounts that finance enters.
    fn take_entered(&mut self, decision: &Decision, by: &str) {
        match decision {
            Decision::SettlementEntered {
                agreement,
                year,
                month,
                payer,
                actual,
                source,
            } => {
                let entered = EnteredSettlement {
                    year: *year,
                    actual: *actual,
                    source: source.clone(),
                    by: by.to_owned(),
                };
                let key = (*month, *payer, agreement.clone());
                self.settlements.insert(key, entered);
            }
            Decision::ManualLine {
                id,
                month,
                payer,
                amount,
                reason,
            } => {
                let line = ManualLine {
                    payer: *payer,
                    amount: *amount,
                    reason: reason.clone(),
                    by: by.to_owned(),
                };
                // Sent twice is once.
                if self.manual_ids.insert(id.clone()) {
                    self.manual.entry(*month).or_default().push(line);
                }
            }
            _ => {}
        }
    }

    /// What was decided beside the agreements' files, as rules take it.
    #[must_use]
    pub fn orders(&self) -> Orders {
        let dates = self.dates.iter().map(|(id, set)| {
            let set = set.iter().map(|(code, (date, _))| (code.clone(), *date));
            (id.clone(), set.collect())
        });
        Orders {
            suspended: self.suspended.clone(),
            dates: dates.collect(),
        }
    }

    /// A payer that was parked and is then locked is parked no longer, nor in
    /// an earlier month: had anything stood there, it had been left out here.
    fn take_lock(&mut self, one: &Decided, lock: &Lock) {
        self.parked
            .retain(|(month, payer), _| *month > lock.month || !lock.payers.contains(payer));
        self.parked_since.retain(|(month, _)| *month != lock.month);
        let lock = Lock {
            figures: String::new(),
            ..lock.clone()
        };
        self.locks.push(KeptLock {
            seq: one.seq,
            made_at: one.recorded_at,
            lock,
        });
    }

    /// The lines that finance entered for a month, in order.
    #[must_use]
    pub fn manual_in(&self, month: Month) -> &[ManualLine] {
        self.manual.get(&month).map_or(&[], Vec::as_slice)
    }

    /// Whether a line by hand with this id is there already.
    #[must_use]
    pub fn has_manual(&self, id: &str) -> bool {
        self.manual_ids.contains(id)
    }

    /// The locks of a month, in order.
    pub fn locks_of(&self, month: Month) -> impl Iterator<Item = &KeptLock> {
        self.locks
            .iter()
            .filter(move |kept| kept.lock.month == month)
    }

    /// Whether a month is locked for a payer: by a lock that names it, or by
    /// one of that month or a later one that found nothing for it. Where a
    /// payer is parked, the month stays open for it.
    #[must_use]
    pub fn is_locked(&self, month: Month, payer: PayerCode) -> bool {
        let named = self
            .locks_of(month)
            .any(|kept| kept.lock.payers.contains(&payer));
        named
            || (!self.is_parked(month, payer)
                && self.locks.iter().any(|kept| {
                    kept.lock.month >= month && !self.is_parked(kept.lock.month, payer)
                }))
    }

    /// The lock under whose rules a locked month is computed again: its own,
    /// or for a month that was empty then, the first later one.
    #[must_use]
    pub fn covering(&self, month: Month) -> Option<&KeptLock> {
        let later = self.locks.iter().filter(|kept| kept.lock.month >= month);
        later.min_by_key(|kept| (kept.lock.month, kept.seq))
    }

    /// The latest lock that is the first of its month, of the months from
    /// `month` on.
    #[must_use]
    pub fn last_first(&self, month: Month) -> Option<&KeptLock> {
        let last = self.locks.iter().map(|kept| kept.lock.month).max()?;
        self.covering(last).filter(|_| last >= month)
    }

    /// Whether a payer stands parked in a month.
    #[must_use]
    pub fn is_parked(&self, month: Month, payer: PayerCode) -> bool {
        self.parked.contains_key(&(month, payer))
    }

    /// Payers that the next lock of a month leaves out, with the reason: those
    /// parked since its last one, which settles the others.
    pub fn left_out_next(&self, month: Month) -> impl Iterator<Item = (PayerCode, &str)> {
        let parked = self.parked_in(month);
        parked.filter(move |(payer, _)| self.parked_since.contains(&(month, *payer)))
    }

    /// Payers parked in a month.
    pub fn parked_in(&self, month: Month) -> impl Iterator<Item = (PayerCode, &str)> {
        self.parked
            .iter()
            .filter(move |((parked_month, _), _)| *parked_month == month)
            .map(|((_, payer), reason)| (*payer, reason.as_str()))
    }

    /// The last month that any lock covers.
    #[must_use]
    pub fn locked_through(&self) -> Option<Month> {
        self.locks.iter().map(|kept| kept.lock.month).max()
    }

    /// The chain value of the last lock.
    #[must_use]
    pub fn last_chain(&self) -> Option<&str> {
        self.locks.last().map(|kept| kept.lock.chain.as_str())
    }

    /// How many invoices and how many credit notes have been numbered.
    #[must_use]
    pub fn numbered(&self) -> (u64, u64) {
        let invoices = self.locks.iter().flat_map(|kept| &kept.lock.invoices);
        invoices.fold((0, 0), |(plain, credit), invoice| {
            if invoice.credits.is_none() {
                (plain + 1, credit)
            } else {
                (plain, credit + 1)
            }
        })
    }
}
