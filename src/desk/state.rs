//! What the desk answers from: views, books, and the rules in force.

use std::sync::Arc;

use super::error::DeskError;
use crate::{
    journal::Reader,
    ledger::{
        books::Books,
        decision::Decided,
        rates::{Rate, Rates},
    },
    model::{
        ids::{AgreementId, EpisodeId},
        money::DayRate,
        place::RegionCode,
    },
    rules::{
        Rulebook,
        agreement::{Agreement, AgreementErrors},
    },
    views::{
        Views, ViewsError,
        catch_up::{Folding, Gained, gained},
        decisions::Kept,
        fresh::Fresh,
        recorded::Recorded,
        row,
        tables::{Batch, Table, Tables},
    },
};

/// Key, in the tables' own facts, of the rules that judged the closed stays.
const RULES_KEY: &[u8] = b"rules";

/// Views, books and rules of one store, all true up to the same position.
pub struct State {
    /// Stays.
    pub views: Views,
    /// Decisions, folded.
    pub books: Books,
    /// Decisions, in order.
    pub decided: Vec<Kept>,
    /// The rules in force.
    pub rulebook: Arc<Rulebook>,
    /// The day rates that figures may use.
    pub rates: Rates,
    /// Whose store it is.
    pub region: RegionCode,
    /// `sled` or `memory`.
    pub kind: &'static str,
    /// Why the tables no longer follow the journal, if so.
    pub broken: Option<String>,
    /// Why the adopted agreements are not in force, if so.
    pub unread: Option<AgreementErrors>,
}

/// Told how far catching up is: entries read, stays folded.
pub type CatchUp<'a> = &'a mut dyn FnMut(u64);

impl State {
    /// Loads the tables and takes in what the journal has gained since.
    ///
    /// # Errors
    /// Where tables or journal cannot be read, or the tables not written.
    pub fn catch_up(
        tables: Arc<dyn Tables>,
        reader: &Reader,
        region: RegionCode,
        kind: &'static str,
        progress: CatchUp<'_>,
    ) -> Result<Self, ViewsError> {
        let views = Views::load(tables)?;
        let mut decided = views.decisions(reader)?;
        // Rows are written before the position: what a crash left beyond it
        // is among what is gained, and must not count twice.
        decided.retain(|kept| kept.decided.seq <= views.position());
        let mut state = Self {
            books: Books::default(),
            rulebook: Arc::new(Rulebook::shipped(region)),
            rates: Rates::default(),
            views,
            decided,
            region,
            kind,
            broken: None,
            unread: None,
        };
        let Gained {
            stays,
            decisions,
            position,
        } = gained(reader, state.views.position(), progress)?;
        state.decided.extend(decisions.iter().cloned());
        state.settle_books();
        let mut batch = Batch::new();
        Views::put_decisions(&mut batch, &decisions);
        state.views.tables().apply(batch, state.views.position())?;
        state.absorb(stays.into_iter(), position, reader, progress)?;
        state.judge_again_if_needed(reader, progress)?;
        Ok(state)
    }

    /// Takes in events that were just recorded.
    ///
    /// # Errors
    /// Where the tables cannot be written.
    pub fn absorb<'a>(
        &mut self,
        stays: impl ExactSizeIterator<Item = (EpisodeId, Fresh)>,
        position: u64,
        from: impl Into<Recorded<'a>>,
        progress: CatchUp<'_>,
    ) -> Result<(), ViewsError> {
        let rulebook = Arc::clone(&self.rulebook);
        let locks = self.books.locks.iter();
        let locks: Vec<_> = locks
            .map(|kept| (kept.lock.position, kept.lock.month))
            .collect();
        let folding = Folding {
            events: from.into(),
            rulebook: &rulebook,
            locks: &locks,
        };
        self.views.absorb(stays, position, folding, progress)
    }

    /// Takes in decisions that were just recorded.
    ///
    /// # Errors
    /// Where the tables cannot be written.
    pub fn absorb_decisions(
        &mut self,
        decisions: Vec<Kept>,
        position: u64,
        reader: &Reader,
    ) -> Result<(), ViewsError> {
        let mut batch = Batch::new();
        Views::put_decisions(&mut batch, &decisions);
        self.views.tables().apply(batch, self.views.position())?;
        for kept in decisions {
            self.books.take(&kept.decided);
            self.decided.push(kept);
        }
        self.settle_rules();
        self.absorb(std::iter::empty(), position, reader, &mut |_| {})?;
        self.judge_again_if_needed(reader, &mut |_| {})
    }

    /// The books as known at a position.
    #[must_use]
    pub fn books_at(&self, upto: u64) -> Books {
        Books::fold(self.decided.iter().map(|kept| &kept.decided), Some(upto))
    }

    fn settle_books(&mut self) {
        self.books = Books::fold(self.decided.iter().map(|kept| &kept.decided), None);
        self.settle_rules();
    }

    fn settle_rules(&mut self) {
        self.rates = rates(&self.books);
        match rulebook(self.region, &self.books) {
            Ok(rulebook) => self.rulebook = Arc::new(rulebook),
            Err(errors) => self.unread = Some(errors),
        }
    }

    /// Every adopted file was checked when it was adopted; by a program that
    /// refuses less than this one, it may be. Without it, others' rules would
    /// hold in silence.
    ///
    /// # Errors
    /// `adopted_refused` with what this program refuses.
    pub fn rules_are_read(&self) -> Result<(), DeskError> {
        let unread = self.unread.as_ref();
        unread.map_or(Ok(()), |errors| {
            Err(DeskError::store("adopted_refused", errors))
        })
    }

    /// Closed stays were judged under the rules that were in force then.
    fn judge_again_if_needed(
        &mut self,
        reader: &Reader,
        progress: CatchUp<'_>,
    ) -> Result<(), ViewsError> {
        let wanted = row::encode(&self.rulebook.fingerprint());
        let judged = self.views.tables().get(Table::Meta, RULES_KEY)?;
        if judged.as_ref() == Some(&wanted) {
            return Ok(());
        }
        if judged.is_some() {
            let rulebook = Arc::clone(&self.rulebook);
            let folding = Folding {
                events: reader.into(),
                rulebook: &rulebook,
                locks: &[],
            };
            self.views.judge_again(folding, progress)?;
        }
        let mut batch = Batch::new();
        batch.put(Table::Meta, RULES_KEY, wanted);
        Ok(self.views.tables().apply(batch, self.views.position())?)
    }
}

/// The rules that books put in force.
///
/// # Errors
/// Where a file of the books is no agreement.
pub fn rulebook(region: RegionCode, books: &Books) -> Result<Rulebook, AgreementErrors> {
    let files: Vec<(String, String)> = books
        .adopted
        .iter()
        .filter_map(|(id, sha256)| Some((format!("{id}.toml"), books.files.get(sha256)?.clone())))
        .collect();
    let mut rulebook = Rulebook::with_files(region, &files)?;
    for (id, (until, _)) in &books.confirmed {
        rulebook.confirm(id.clone(), *until);
    }
    rulebook.order(books.orders())?;
    Ok(rulebook)
}

/// The shipped day rates and those that finance entered.
#[must_use]
pub fn rates(books: &Books) -> Rates {
    let mut rates = Rates::shipped();
    for (year, rate) in &books.rates {
        // Checked when it was set.
        if let Ok(amount) = DayRate::new(rate.amount) {
            rates.set(
                *year,
                Rate {
                    amount,
                    source: rate.source.clone(),
                },
            );
        }
    }
    rates
}

/// The decision with its place, as the tables keep it.
#[must_use]
pub fn kept(decided: Decided, loc: crate::journal::Loc) -> Kept {
    let decision = crate::views::decisions::without_figures(decided.decision);
    Kept {
        decided: Decided {
            decision,
            ..decided
        },
        loc,
    }
}

/// The agreement of that id.
///
/// # Errors
/// `agreement_unknown`.
pub fn agreement<'a>(rulebook: &'a Rulebook, id: &str) -> Result<&'a Arc<Agreement>, DeskError> {
    let known = AgreementId::new(id)
        .ok()
        .and_then(|id| rulebook.get(id.as_str()));
    known.ok_or_else(|| DeskError::bad_input("agreement_unknown", id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        desk::{
            Desk,
            actor::{Actor, Role, Scope},
            init,
            request::{Ask, ManualAsk, Request},
            service::Service,
        },
        ledger::decision::Decision,
        model::{clock::FixedClock, time},
        views::tables::MemoryTables,
    };

    fn actor() -> Actor {
        Actor {
            user: "test".to_owned(),
            unit: String::new(),
            role: Role::Planner,
            scope: Scope::Region,
        }
    }

    #[test]
    fn a_crash_between_a_decision_and_its_position_does_not_count_it_twice() {
        let folder = tempfile::tempdir().unwrap();
        let clock = FixedClock::at(time::parse("2019-06-03T09:00:00+02:00").unwrap());
        init(folder.path(), "17".parse().unwrap(), &clock).unwrap();
        let desk = Desk::open(folder.path(), Arc::new(clock), &mut |_| {}).unwrap();
        let actor = actor();
        let ask = Ask::Manual(ManualAsk {
            id: "m1".to_owned(),
            month: "2019-03".parse().unwrap(),
            payer: "1780".parse().unwrap(),
            amount: "100".parse().unwrap(),
            reason: "avtal".to_owned(),
        });
        desk.ask(Request {
            actor,
            now: None,
            ask,
        })
        .unwrap();
        let state = desk.read();
        assert_eq!(state.decided.len(), 1);
        // Tables as they stand between their two writes.
        let tables = Arc::new(MemoryTables::new());
        let mut batch = Batch::new();
        Views::put_decisions(&mut batch, &state.decided);
        tables.apply(batch, 0).unwrap();
        let caught =
            State::catch_up(tables, desk.reader(), state.region, "memory", &mut |_| {}).unwrap();
        assert_eq!((caught.decided.len(), caught.views.position()), (1, 1));
        assert_eq!(caught.books.manual.values().flatten().count(), 1);
    }

    #[test]
    fn a_store_whose_adopted_rules_cannot_be_read_is_not_opened_without_them() {
        let folder = tempfile::tempdir().unwrap();
        let now = time::parse("2019-06-03T09:00:00+02:00").unwrap();
        let clock = || FixedClock::at(now);
        init(folder.path(), "17".parse().unwrap(), &clock()).unwrap();
        let open = || Desk::open(folder.path(), Arc::new(clock()), &mut |_| {});
        let desk = open().unwrap();
        let adopted = |_: &State| {
            let (sha256, text) = ("0".repeat(64), "id = 17".to_owned());
            let id = "varmland-2019".parse().unwrap();
            Ok(vec![
                Decision::AgreementKept {
                    sha256: sha256.clone(),
                    text,
                },
                Decision::AgreementAdopted { id, sha256 },
            ])
        };
        desk.decide(&actor(), Box::new(adopted)).unwrap();
        drop(desk);
        let refused = open().err().unwrap();
        assert_eq!(refused.code, "adopted_refused");
        assert!(
            refused.detail.contains("varmland-2019.toml:1"),
            "{refused:?}"
        );
    }
}
