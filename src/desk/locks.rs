//! Locks as they stand in the journal, and what it takes to compute them again.

use crate::{
    journal::Reader,
    ledger::{
        adjust,
        books::{Books, KeptLock},
        decision::Decision,
        figures::{MonthFigures, Status},
        lock::{self, Lock},
        rates::{Rate, Rates},
    },
    model::{money::DayRate, month::Month, place::PayerCode},
    rules::{Rulebook, orders::Orders},
    views::decisions::read_whole,
};

use super::{error::DeskError, reply::FiguresView, state::State, views_error};

/// A lock with its figures' text.
pub(super) struct WholeLock {
    /// Sequence number of its entry.
    pub seq: u64,
    pub lock: Lock,
}

impl WholeLock {
    /// Whether its entries tell the rules of their averages; those of early
    /// locks do not.
    pub fn tells_rules(&self) -> Result<bool, DeskError> {
        let figures = self.figures()?;
        Ok(figures.payers.iter().any(|entry| entry.rule.is_some()))
    }

    /// The figures that it locked.
    pub fn figures(&self) -> Result<MonthFigures, DeskError> {
        serde_json::from_str(&self.lock.figures).map_err(|error| {
            DeskError::store(
                "store_damaged",
                format!("locked figures of {}: {error}", self.lock.month),
            )
        })
    }
}

/// The locks of a month, with their figures.
pub(super) fn whole_locks(
    reader: &Reader,
    state: &State,
    books: &Books,
    month: Month,
) -> Result<Vec<WholeLock>, DeskError> {
    books
        .locks_of(month)
        .map(|kept| whole(reader, state, kept))
        .collect()
}

/// A lock with its figures, from the journal.
pub(super) fn whole(
    reader: &Reader,
    state: &State,
    kept: &KeptLock,
) -> Result<WholeLock, DeskError> {
    let found = state
        .decided
        .binary_search_by_key(&kept.seq, |one| one.decided.seq);
    let missing = || DeskError::store("views_failed", format!("lock {} has no entry", kept.seq));
    let loc = state
        .decided
        .get(found.map_err(|_| missing())?)
        .ok_or_else(missing)?
        .loc;
    match read_whole(reader, loc).map_err(views_error)? {
        Decision::MonthLocked(lock) => Ok(WholeLock {
            seq: kept.seq,
            lock: *lock,
        }),
        _ => Err(missing()),
    }
}

/// Whether the lock at `at` of a month's `locks` holds a payer's part: the one
/// that names it, or the last where none does.
pub(super) fn holds(locks: &[WholeLock], at: usize, payer: PayerCode) -> bool {
    let names = |lock: &WholeLock| lock.lock.payers.contains(&payer);
    names(&locks[at]) || (at + 1 == locks.len() && !locks.iter().any(names))
}

/// What the locks of a month hold together; one alone as it stands.
pub(super) fn merged(locks: &[WholeLock]) -> Result<FiguresView, DeskError> {
    if let [only] = locks {
        return Ok(FiguresView {
            figures: only.figures()?,
            locked_json: Some(only.lock.figures.clone()),
        });
    }
    let mut parts = locks.iter().map(WholeLock::figures);
    let Some(mut figures) = parts.next().transpose()? else {
        return Err(DeskError::no("not_locked", ""));
    };
    for part in parts {
        let part = part?;
        figures.amount += part.amount;
        figures.payers.extend(part.payers);
        figures.findings.extend(part.findings);
    }
    figures.payers.sort_by_key(adjust::key);
    figures.status = Status::Locked;
    // Over all parts: each lock's own hash stands in the journal.
    figures.hash = Some(lock::figures_hash(&figures));
    let locked_json = Some(lock::figures_json(&figures));
    Ok(FiguresView {
        figures,
        locked_json,
    })
}

/// Whether `rulebook` judges as a lock's own rules do.
pub(super) fn under(lock: &Lock, rulebook: &Rulebook) -> bool {
    let of_lock = |id| lock.agreements.get(id).map(String::as_str);
    let mut files = rulebook.all();
    let orders = rulebook.orders();
    rulebook.all().count() == lock.agreements.len()
        && files.all(|it| of_lock(&it.id) == Some(it.address()))
        && orders.suspended == lock.suspended
        && orders.dates == lock.dates
}

/// The rules of a lock.
pub(super) fn rulebook(lock: &Lock, state: &State) -> Result<Rulebook, DeskError> {
    let damaged = |detail: String| DeskError::store("store_damaged", detail);
    let mut files = Vec::new();
    for (id, sha256) in &lock.agreements {
        let text = state.books.files.get(sha256);
        let text = text.ok_or_else(|| damaged(format!("the journal lacks the file of {id}")))?;
        files.push((format!("{id}.toml"), text.clone()));
    }
    let mut rulebook =
        Rulebook::only(state.region, &files).map_err(|errors| damaged(errors.to_string()))?;
    for (id, until) in &lock.confirmed {
        rulebook.confirm(id.clone(), *until);
    }
    let orders = Orders {
        suspended: lock.suspended.clone(),
        dates: lock.dates.clone(),
    };
    rulebook
        .order(orders)
        .map_err(|errors| damaged(errors.to_string()))?;
    Ok(rulebook)
}

/// The day rates of a lock.
pub(super) fn rates(lock: &Lock) -> Rates {
    let mut rates = Rates::none();
    for rate in &lock.rates {
        if let Ok(amount) = DayRate::new(rate.amount) {
            rates.set(
                rate.year,
                Rate {
                    amount,
                    source: rate.source.clone(),
                },
            );
        }
    }
    rates
}
