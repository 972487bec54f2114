//! The one service: requests in, replies and changes out. One request kind a
//! file; the console and every command speak to the desk alone.

pub mod actor;
mod agreements;
pub mod alone;
mod angle;
mod answer;
mod board;
mod body;
mod close;
mod diff;
mod duties;
pub mod error;
mod events;
mod explain;
mod explain_locked;
mod explain_month;
mod export;
mod figures;
mod forecast;
mod history;
mod identity;
mod import;
mod invoices;
mod keeper;
mod known;
mod locks;
mod log;
mod manual;
mod month;
mod orders;
pub mod other_rules;
mod payer_history;
mod payers;
mod rates;
mod record;
pub mod reply;
pub mod request;
pub mod service;
mod settlements;
mod state;
mod status;
mod stay;
mod stays;
mod store;
mod trial;
mod verify;
mod watch;

use std::{
    io::{Read, Write},
    path::Path,
    sync::{Arc, PoisonError, RwLock, RwLockReadGuard},
};

use actor::{Actor, Scope};
use error::DeskError;
use keeper::{Choose, Keeper, Order, Outcome};
use reply::{Recorded, Reply};
use request::Request;
use service::{BackupReport, Connection, ImportJob, ImportReport, Progress, Service, Step};
use state::State;
use watch::Watch;

use crate::{
    journal::{GroupError, GroupHandle, GroupWriter, JournalError, Reader, StoreLock},
    ledger::decision::Decision,
    model::{clock::Clock, time::Instant},
    views::{ViewsError, row::Standing},
};

pub use store::{before_threads, init, opens_at_once};
pub use verify::verify_damaged;

/// The desk of a store that this process holds.
pub struct Desk {
    reader: Reader,
    state: Arc<RwLock<State>>,
    handle: GroupHandle<Keeper>,
    clock: Arc<dyn Clock>,
    watch: Arc<Watch>,
    identities: identity::Cache,
    months: month::Cache,
    tried: trial::Cache,
    known: known::Cache,
    notices: Vec<String>,
    /// Ends with the desk, before the lock is let go.
    writer: Option<GroupWriter<Keeper>>,
    _lock: StoreLock,
}

impl Desk {
    /// Opens the store in `folder`: checks what changed in its journal, and
    /// folds anew what cannot be trusted, telling how far it is.
    ///
    /// # Errors
    /// `store_in_use` with the holder's process id, `not_a_store`,
    /// `store_damaged` with file and line, `adopted_refused`, `store_newer`,
    /// `store_failed`.
    pub fn open(
        folder: &Path,
        clock: Arc<dyn Clock>,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Self, DeskError> {
        let opening = store::open(folder, progress)?;
        let reader = opening.journal.reader();
        let watch = Arc::new(Watch::at(opening.state.views.position()));
        let state = Arc::new(RwLock::new(opening.state));
        let keeper = Keeper {
            state: Arc::clone(&state),
            reader: reader.clone(),
            clock: Arc::clone(&clock),
            watch: Arc::clone(&watch),
            busy: std::collections::HashSet::new(),
            waiting: 0,
        };
        let writer = GroupWriter::start(opening.journal, keeper)
            .map_err(|error| DeskError::store("store_failed", error))?;
        Ok(Self {
            reader,
            state,
            handle: writer.handle(),
            clock,
            watch,
            identities: identity::Cache::default(),
            months: month::Cache::default(),
            tried: trial::Cache::default(),
            known: known::Cache::default(),
            notices: opening.notices,
            writer: Some(writer),
            _lock: opening.lock,
        })
    }

    /// Makes a new store in `folder` from a backup.
    ///
    /// # Errors
    /// `backup_damaged`, `folder_not_empty`, or what the disk says.
    pub fn restore(
        file: &Path,
        folder: &Path,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<BackupReport, DeskError> {
        progress(Progress {
            step: Step::Copying,
            done: 0,
            total: None,
        });
        let anchor = crate::journal::restore(file, folder).map_err(store::journal_error)?;
        let bytes = std::fs::metadata(file).map_or(0, |meta| meta.len());
        Ok(BackupReport {
            entries: anchor.count,
            bytes,
            hash: anchor.hash.to_string(),
        })
    }

    pub(crate) fn reader(&self) -> &Reader {
        &self.reader
    }

    fn state(&self) -> &RwLock<State> {
        &self.state
    }

    fn read(&self) -> RwLockReadGuard<'_, State> {
        self.state.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn writer(&self) -> &GroupHandle<Keeper> {
        &self.handle
    }

    /// The moment that a request is answered as at.
    fn moment(&self, request: &Request) -> Instant {
        request.now.unwrap_or_else(|| self.clock.now())
    }

    /// Records what `choose` decides on the state, with nothing in between.
    fn decide(&self, actor: &Actor, choose: ChooseAgain) -> Result<Recorded, DeskError> {
        let choose = Arc::new(choose);
        loop {
            let again = Arc::clone(&choose);
            let once: Choose = Box::new(move |state| again(state));
            let order = Order::Decide {
                by: by(actor),
                choose: once,
            };
            match self.handle.call(order).map_err(group_error)?? {
                Outcome::Done(recorded) => return Ok(recorded),
                Outcome::Again | Outcome::Later(_) | Outcome::Overtaken(_) => {}
            }
        }
    }
}

/// Like [`Choose`], but may be asked again when something came between.
type ChooseAgain = Box<dyn Fn(&State) -> Result<Vec<Decision>, DeskError> + Send + Sync>;

impl Service for Desk {
    fn ask(&self, request: Request) -> Result<Reply, DeskError> {
        self.answer(&request)
    }

    fn import(
        &self,
        actor: &Actor,
        job: &ImportJob,
        input: &mut dyn Read,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<ImportReport, DeskError> {
        import::run(self, actor, job, input, progress)
    }

    fn backup(
        &self,
        actor: &Actor,
        out: &mut dyn Write,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<BackupReport, DeskError> {
        progress(Progress {
            step: Step::Copying,
            done: 0,
            total: None,
        });
        let report = self.reader.backup_to(out).map_err(store::journal_error)?;
        let entries = report.anchor.count;
        // A copy that was made is one, even if it cannot be noted.
        let noted = Decision::BackupMade { entries };
        let _ = self.decide(actor, Box::new(move |_| Ok(vec![noted.clone()])));
        Ok(BackupReport {
            entries,
            bytes: report.bytes,
            hash: report.anchor.hash.to_string(),
        })
    }

    fn connection(&self) -> Connection {
        Connection::Holder
    }

    fn leave(&self) {
        self.watch.leave();
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        if let Some(writer) = self.writer.take() {
            // Ends after what was sent before.
            drop(writer.stop());
        }
        self.read().views.flush();
        store::write_checked(&self.reader);
    }
}

/// How the journal names an actor.
fn by(actor: &Actor) -> Arc<str> {
    if actor.unit.is_empty() {
        actor.user.as_str().into()
    } else {
        format!("{}@{}", actor.user, actor.unit).into()
    }
}

/// How many stays wait for their admission.
fn held_count(state: &State) -> u64 {
    state
        .views
        .live()
        .filter(|(_, row)| row.standing == Standing::Held)
        .count() as u64
}

/// Whether an actor may see a stay of this payer.
fn in_scope(actor: &Actor, payer: Option<crate::model::place::PayerCode>) -> bool {
    match actor.scope {
        Scope::Region => true,
        Scope::Payer(own) => payer == Some(own),
    }
}

#[allow(clippy::needless_pass_by_value, reason = "for map_err")]
fn views_error(error: ViewsError) -> DeskError {
    DeskError::store("views_failed", error)
}

fn group_error(error: GroupError) -> DeskError {
    match &error {
        // Told apart: this one ends by itself once there is space.
        GroupError::Journal(inner) if matches!(**inner, JournalError::LowSpace { .. }) => {
            DeskError::store("disk_full", error)
        }
        GroupError::Journal(inner) if inner.is_read_only() => DeskError::store("read_only", error),
        _ => DeskError::store("store_failed", error),
    }
}
