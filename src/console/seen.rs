//! What the user saw of each month last, so that the next look can tell what
//! changed since: a file of the user's own beside, never in, the store. It
//! holds amounts by payer and nothing about patients; where it is lost or
//! damaged, each month is seen for the first time again.

use std::{
    collections::BTreeMap,
    fs::{self, DirBuilder, OpenOptions},
    io::{self, Write as _},
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _},
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use serde::{Deserialize, Serialize};

use crate::{
    ledger::figures::MonthFigures,
    model::{
        ids::AgreementId,
        money::Kronor,
        month::Month,
        place::PayerCode,
        time::{Instant, serde_instant},
    },
    rules::share::Model,
};

/// Months that are remembered, the latest ones.
const MOST: usize = 36;

/// What names an entry of figures.
type Key = (PayerCode, AgreementId, Model);

/// What was seen, month by month.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    months: Vec<SeenMonth>,
}

/// What was seen of a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenMonth {
    /// Which.
    pub month: Month,
    /// When.
    #[serde(with = "serde_instant")]
    pub at: Instant,
    entries: Vec<(Key, Kronor)>,
}

/// What an entry became.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// It was not there.
    New,
    /// It is so much more, or below zero less.
    By(Kronor),
}

/// What changed in a month since it was seen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    /// In all.
    pub total: Kronor,
    /// By entry, in the order of the figures; none where nothing changed.
    pub entries: Vec<Option<Change>>,
    /// Payers whose entry is gone, and what it was.
    pub gone: Vec<(PayerCode, Kronor)>,
}

impl Changes {
    /// How many entries changed, came or went.
    #[must_use]
    pub fn count(&self) -> usize {
        self.entries.iter().flatten().count() + self.gone.len()
    }
}

impl SeenMonth {
    fn of(figures: &MonthFigures, at: Instant) -> Self {
        Self {
            month: figures.month,
            at,
            entries: sums(figures).into_iter().collect(),
        }
    }

    /// What is otherwise in `figures`, which lack the payers that are `locked`:
    /// those are settled and not gone.
    #[must_use]
    pub fn changes(&self, figures: &MonthFigures, locked: &[PayerCode]) -> Changes {
        let now = sums(figures);
        let open = self
            .entries
            .iter()
            .filter(|(key, _)| now.contains_key(key) || !locked.contains(&key.0));
        let then: BTreeMap<&Key, Kronor> = open.map(|(key, it)| (key, *it)).collect();
        let total: Kronor = now.values().sum();
        let before: Kronor = then.values().sum();
        let mut told = Vec::new();
        let entries = figures.payers.iter().map(|entry| {
            let key = (entry.payer, entry.agreement.clone(), entry.model);
            // Entries of one key are one sum, told at the first of them.
            if told.contains(&key) {
                return None;
            }
            let change = match (then.get(&key), now.get(&key)) {
                (Some(then), Some(now)) => Some(Change::By(*now - *then)),
                _ => Some(Change::New),
            };
            told.push(key);
            change.filter(|change| *change != Change::By(Kronor::ZERO))
        });
        let entries = entries.collect();
        let gone = then.iter().filter(|(key, _)| !now.contains_key(*key));
        Changes {
            total: total - before,
            entries,
            gone: gone.map(|(key, amount)| (key.0, *amount)).collect(),
        }
    }
}

fn sums(figures: &MonthFigures) -> BTreeMap<Key, Kronor> {
    let mut sums = BTreeMap::new();
    for entry in &figures.payers {
        let key = (entry.payer, entry.agreement.clone(), entry.model);
        *sums.entry(key).or_insert(Kronor::ZERO) += entry.amount;
    }
    sums
}

impl Seen {
    /// What was seen of a month last.
    #[must_use]
    pub fn month(&self, month: Month) -> Option<&SeenMonth> {
        self.months.iter().find(|seen| seen.month == month)
    }

    /// Keeps what is seen now; whether that is anything new.
    pub fn keep(&mut self, figures: &MonthFigures, at: Instant) -> bool {
        let now = SeenMonth::of(figures, at);
        let before = self.month(figures.month);
        if before.is_some_and(|before| before.entries == now.entries && before.at == at) {
            return false;
        }
        self.months.retain(|seen| seen.month != now.month);
        self.months.push(now);
        self.months.sort_by_key(|seen| seen.month);
        let over = self.months.len().saturating_sub(MOST);
        self.months.drain(..over);
        true
    }

    /// Reads the file; nothing was seen where there is none, or none that
    /// can be read.
    #[must_use]
    pub fn read(file: Option<&Path>) -> Self {
        let text = file.and_then(|file| fs::read(file).ok());
        text.and_then(|text| serde_json::from_slice(&text).ok())
            .unwrap_or_default()
    }

    /// Writes the file, whole or not at all, for this user alone.
    ///
    /// # Errors
    /// Those of the file system.
    pub fn write(&self, file: &Path) -> io::Result<()> {
        if let Some(folder) = file.parent() {
            DirBuilder::new()
                .recursive(true)
                .mode(0o700)
                .create(folder)?;
        }
        let text = serde_json::to_vec(self)?;
        // Two consoles of one user must not write into each other's.
        let beside = file.with_extension(format!("{}.new", std::process::id()));
        let mut out = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&beside)?;
        out.write_all(&text)?;
        fs::rename(&beside, file)
    }
}

/// The file, for several threads: one writes at a time, and what was handed
/// over later is never overwritten by what was before.
#[derive(Debug)]
pub(super) struct SeenFile {
    /// None where nothing is remembered.
    path: Option<PathBuf>,
    newest: Mutex<Option<Box<Seen>>>,
    writing: Mutex<()>,
}

impl SeenFile {
    pub(super) fn at(path: Option<PathBuf>) -> Self {
        Self {
            path,
            newest: Mutex::default(),
            writing: Mutex::default(),
        }
    }

    /// Hands over what is to be written, without waiting for the disk.
    pub(super) fn put(&self, seen: Box<Seen>) {
        *locked(&self.newest) = Some(seen);
    }

    /// Writes what was handed over last, where no other thread has.
    ///
    /// # Errors
    /// Those of the file system.
    pub(super) fn write(&self) -> io::Result<()> {
        let _one_at_a_time = locked(&self.writing);
        let newest = locked(&self.newest).take();
        match (newest, &self.path) {
            (Some(seen), Some(path)) => seen.write(path),
            _ => Ok(()),
        }
    }
}

fn locked<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::console::tests::{close, now};

    #[test]
    fn a_month_is_compared_with_what_was_seen_of_it() {
        let before = close(false).figures;
        let mut seen = Seen::default();
        assert!(seen.keep(&before, now()));
        let of = |figures: &MonthFigures| seen.month(figures.month).unwrap().changes(figures, &[]);
        assert_eq!(of(&before).count(), 0);
        let mut after = before.clone();
        after.payers[0].amount += "100".parse::<Kronor>().unwrap();
        let went = after.payers.pop().unwrap();
        let changes = of(&after);
        assert_eq!(changes.entries, [Some(Change::By("100".parse().unwrap()))]);
        assert_eq!(changes.gone, [(went.payer, went.amount)]);
        assert_eq!(changes.total, "-31100".parse::<Kronor>().unwrap());
        let seen = seen.month(after.month).unwrap();
        let changes = seen.changes(&after, &[went.payer]);
        assert_eq!((changes.count(), changes.gone.len()), (1, 0));
        assert_eq!(changes.total, "100".parse::<Kronor>().unwrap());
    }

    #[test]
    fn what_was_seen_is_kept_in_a_file_and_a_damaged_one_is_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a/seen.json");
        assert_eq!(Seen::read(Some(&file)), Seen::default());
        let mut seen = Seen::default();
        seen.keep(&close(false).figures, now());
        seen.write(&file).unwrap();
        assert_eq!(Seen::read(Some(&file)), seen);
        fs::write(&file, "{\"months\": 3").unwrap();
        assert_eq!(Seen::read(Some(&file)), Seen::default());
    }

    /// Two answers about months come close together, and two threads are at
    /// the file at once.
    #[test]
    fn the_newest_is_kept_whoever_writes_it() {
        const LOOKS: i64 = 200;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("seen.json");
        let file = SeenFile::at(Some(path.clone()));
        let look = |minutes: i64| {
            let mut seen = Seen::default();
            let at = now() + chrono::TimeDelta::minutes(minutes);
            seen.keep(&close(false).figures, at);
            seen
        };
        std::thread::scope(|scope| {
            for minutes in 1..=LOOKS {
                file.put(Box::new(look(minutes)));
                scope.spawn(|| file.write().unwrap());
            }
        });
        assert_eq!(Seen::read(Some(&path)), look(LOOKS));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
