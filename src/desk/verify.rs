//! Recomputes every hash, every row and every locked figure from the journal.

use std::{collections::BTreeMap, ops::ControlFlow, path::Path, sync::Arc};

use super::{
    Desk,
    error::DeskError,
    figures::Reckoning,
    locks,
    month::{Cache, Look},
    reply::{Difference, Reply, Verified},
    request::Anchor,
    state::State,
    store::journal_error,
    views_error,
};
use crate::{
    journal::{self, EntryRef, Finding, HexHash, RealDisk},
    ledger::lock,
    model::month::Month,
    views::tables::{MemoryTables, Table, Tables},
};

impl Desk {
    pub(super) fn verify(&self, anchor: Option<&Anchor>) -> Result<Reply, DeskError> {
        let anchor = anchor.map(known).transpose()?;
        let state = self.read();
        let report = self
            .reader()
            .verify(anchor, &committed)
            .map_err(journal_error)?;
        let now = self.reader().anchor();
        let mut verified = Verified {
            ok: true,
            entries: report.entries,
            identities: report.commitments,
            stays: 0,
            locks: 0,
            anchor: Anchor {
                count: now.count,
                hash: now.hash.to_string(),
            },
            differences: Vec::new(),
        };
        let found = report.findings.into_iter().map(in_chain);
        verified.differences.extend(found);
        // With a broken chain there is nothing to fold from.
        if verified.differences.is_empty() {
            self.verify_folds(&state, &mut verified)?;
        }
        verified.ok = verified.differences.is_empty();
        Ok(Reply::Verified(Box::new(verified)))
    }

    /// Folds the journal anew in memory and compares; needs no trust in the
    /// tables on disk.
    fn verify_folds(&self, state: &State, verified: &mut Verified) -> Result<(), DeskError> {
        let tables: Arc<dyn Tables> = Arc::new(MemoryTables::new());
        let reader = self.reader();
        let fresh = State::catch_up(tables, reader, state.region, "memory", &mut |_| {})
            .map_err(views_error)?;
        for table in [
            Table::Open,
            Table::Closed,
            Table::Month,
            Table::Stretch,
            Table::Decision,
        ] {
            let rows = compare(state, &fresh, table, &mut verified.differences)?;
            if matches!(table, Table::Open | Table::Closed) {
                verified.stays += rows;
            }
        }
        for kept in &fresh.books.locks {
            verified.locks += 1;
            let place = format!("{} ({})", kept.lock.month, kept.seq);
            if let Some(problem) = self.verify_lock(&fresh, kept)? {
                let part = "figures".to_owned();
                verified.differences.push(Difference {
                    part,
                    place,
                    problem,
                });
            }
        }
        verify_chain(&fresh, &mut verified.differences);
        Ok(())
    }

    /// What is wrong with a lock, computed again from what was known then.
    fn verify_lock(
        &self,
        fresh: &State,
        kept: &crate::ledger::books::KeptLock,
    ) -> Result<Option<String>, DeskError> {
        let whole = locks::whole(self.reader(), fresh, kept)?;
        let lock = &whole.lock;
        let rulebook = locks::rulebook(lock, fresh)?;
        let rates = locks::rates(lock);
        let books = fresh.books_at(kept.seq - 1);
        let months = Cache::default();
        let look = Look {
            state: fresh,
            reader: self.reader(),
            rulebook: &rulebook,
            rates: &rates,
            now: lock.as_at,
            upto: Some(lock.position),
            cache: Some(&months),
        };
        let reckoning = Reckoning {
            look,
            books: &books,
        };
        let mut close = reckoning.close(lock.month)?;
        if !whole.tells_rules()? {
            lock::without_rules(&mut close.figures);
            close.hash = lock::figures_hash(&close.figures);
        }
        let figures = lock::figures_json(&lock::locked(close.figures, &close.hash));
        if close.hash != lock.hash {
            return Ok(Some("the figures' hash is another one".to_owned()));
        }
        if figures != lock.figures {
            return Ok(Some("the figures come out differently".to_owned()));
        }
        Ok(None)
    }
}

/// Everything that is wrong with a store that cannot be opened because of
/// it; `refused` is what opening it said. Only its files are read.
///
/// # Errors
/// `anchor_wrong`; `not_a_store`, `store_newer`, `store_failed` where its files
/// cannot be read at all.
pub fn verify_damaged(
    folder: &Path,
    anchor: Option<&Anchor>,
    refused: &DeskError,
) -> Result<Verified, DeskError> {
    let anchor = anchor.map(known).transpose()?;
    let report = journal::verify(&RealDisk, folder, anchor, &committed).map_err(journal_error)?;
    let mut differences: Vec<_> = report.findings.into_iter().map(in_chain).collect();
    if differences.is_empty() {
        // A missing end is only seen by who knows how long the journal was.
        differences.push(Difference {
            part: "chain".to_owned(),
            place: "journal".to_owned(),
            problem: refused.detail.clone(),
        });
    }
    let (count, hash) = report.anchor.map_or_else(
        || (0, String::new()),
        |end| (end.count, end.hash.to_string()),
    );
    Ok(Verified {
        ok: false,
        entries: report.entries,
        identities: report.commitments,
        stays: 0,
        locks: 0,
        anchor: Anchor { count, hash },
        differences,
    })
}

fn in_chain(finding: Finding) -> Difference {
    Difference {
        part: "chain".to_owned(),
        place: format!("{}:{}", finding.file, finding.line),
        problem: finding.problem,
    }
}

fn known(anchor: &Anchor) -> Result<journal::Anchor, DeskError> {
    let hash = HexHash::parse(anchor.hash.trim().as_bytes());
    let hash =
        hash.ok_or_else(|| DeskError::bad_input("anchor_wrong", "the hash has 64 digits"))?;
    Ok(journal::Anchor {
        count: anchor.count,
        hash,
    })
}

/// Key and commitment of the identity that an event names.
fn committed(entry: &EntryRef<'_>) -> Option<(String, String)> {
    #[derive(serde::Deserialize)]
    struct Body {
        patient: Option<Named>,
    }
    #[derive(serde::Deserialize)]
    struct Named {
        key: Option<String>,
        commitment: Option<String>,
    }
    if entry.kind != crate::views::state::EVENT {
        return None;
    }
    let named = serde_json::from_str::<Body>(entry.body).ok()?.patient?;
    Some((named.key?, named.commitment?))
}

/// Compares a table row by row; answers how many rows the fresh one has.
fn compare(
    state: &State,
    fresh: &State,
    table: Table,
    differences: &mut Vec<Difference>,
) -> Result<u64, DeskError> {
    let mut wanted: BTreeMap<Vec<u8>, Vec<u8>> = BTreeMap::new();
    let scan = |tables: &Arc<dyn Tables>, f: &mut dyn FnMut(&[u8], &[u8])| {
        tables.scan(table, &[], None, &mut |key, value| {
            f(key, value);
            ControlFlow::Continue(())
        })
    };
    scan(fresh.views.tables(), &mut |key, value| {
        wanted.insert(key.to_vec(), value.to_vec());
    })
    .map_err(super::store::tables_error)?;
    let rows = wanted.len() as u64;
    let mut wrong = 0_usize;
    scan(state.views.tables(), &mut |key, value| {
        if wanted.remove(key).as_deref() != Some(value) {
            wrong += 1;
        }
    })
    .map_err(super::store::tables_error)?;
    wrong += wanted.len();
    if wrong > 0 {
        differences.push(Difference {
            part: "views".to_owned(),
            place: format!("{table:?}"),
            problem: format!("{wrong} rows differ from the journal"),
        });
    }
    Ok(rows)
}

/// The chain over locks, and their order by payer.
fn verify_chain(fresh: &State, differences: &mut Vec<Difference>) {
    let mut previous: Option<&str> = None;
    let mut months: BTreeMap<crate::model::place::PayerCode, Month> = BTreeMap::new();
    for kept in &fresh.books.locks {
        let lock = &kept.lock;
        let mut problem = None;
        if lock.chain != lock::chain(previous, &lock.hash) {
            problem = Some("does not follow the lock before it");
        }
        for payer in &lock.payers {
            if months
                .insert(*payer, lock.month)
                .is_some_and(|before| before >= lock.month)
            {
                problem = Some("locks a payer's months out of order");
            }
        }
        if let Some(problem) = problem {
            differences.push(Difference {
                part: "figures".to_owned(),
                place: format!("{} ({})", lock.month, kept.seq),
                problem: problem.to_owned(),
            });
        }
        previous = Some(&lock.chain);
    }
}
