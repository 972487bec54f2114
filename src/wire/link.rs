//! The way to the store, whoever holds it: this process, or another one that
//! is asked over its socket, until it leaves and this one takes over.

use std::{
    io::{Read, Write},
    path::Path,
    sync::{Arc, Mutex, PoisonError, RwLock},
    thread,
    time::{Duration, Instant},
};

use super::{
    client::{Broken, Client, ConnectError, Tried},
    place::Place,
    server::Server,
};
use crate::desk::{
    actor::Actor,
    error::DeskError,
    reply::Reply,
    request::Request,
    service::{BackupReport, Connection, ImportJob, ImportReport, Progress, Service},
};

/// How long clients' running requests may take when this process leaves.
const FAREWELL: Duration = Duration::from_secs(5);

/// How long one holder may take to start, or to leave: what it gives its
/// clients, and then it has files to close. The next holder begins anew.
const PATIENCE: Duration = FAREWELL.saturating_add(Duration::from_secs(10));

/// Between two looks at whether the holder listens, or has left.
const PAUSE: Duration = Duration::from_millis(10);

/// How often a request is tried with another holder.
const TRIES: usize = 8;

/// Why the store was not opened.
#[derive(Debug)]
pub enum OpenError {
    /// Another process holds it.
    InUse {
        /// Which, as far as known.
        pid: Option<u32>,
    },
    /// It cannot be opened.
    Failed(DeskError),
}

/// Opens the store in this process, which holds it until the desk is dropped.
pub type Opener = Arc<dyn Fn() -> Result<Arc<dyn Service>, OpenError> + Send + Sync>;

/// The desk, wherever it is. Requests are the same ones when sent twice
/// (events and manual lines have ids, approvals a hash), so one that a
/// leaving holder did not answer is sent again.
pub struct Link {
    place: Place,
    opener: Opener,
    way: RwLock<Arc<Way>>,
    /// Held while looking for a new way, so that one thread does.
    search: Mutex<()>,
}

/// How the store is reached.
pub(super) enum Way {
    /// Here.
    Holder {
        /// Dropped before `desk`, so that no client has it when it closes.
        server: Mutex<Option<Server>>,
        /// The store's holder.
        desk: Arc<dyn Service>,
        /// Why nobody else can connect, if so.
        unserved: Option<String>,
    },
    /// There.
    Client(Client),
}

impl Link {
    /// Opens the store in `folder`, or connects to who holds it.
    ///
    /// # Errors
    /// Those of `opener`; `store_in_use` with the holder's process id where
    /// it neither answers nor leaves.
    pub fn open(folder: &Path, opener: Opener) -> Result<Self, DeskError> {
        let place = Place::of_store(folder);
        let way = find(&place, &opener, PATIENCE)?;
        Ok(Self {
            place,
            opener,
            way: RwLock::new(Arc::new(way)),
            search: Mutex::new(()),
        })
    }

    /// Why other processes cannot connect to this one, where it holds the
    /// store and could not listen.
    #[must_use]
    pub fn unserved(&self) -> Option<String> {
        match &*self.way() {
            Way::Holder { unserved, .. } => unserved.clone(),
            Way::Client(_) => None,
        }
    }

    /// Where this store's holder listens.
    #[must_use]
    pub fn place(&self) -> &Place {
        &self.place
    }

    fn way(&self) -> Arc<Way> {
        Arc::clone(&self.way.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Looks for a new way after `old` broke, unless another thread did.
    fn renew(&self, old: &Arc<Way>) -> Result<(), DeskError> {
        let _one_at_a_time = self.search.lock().unwrap_or_else(PoisonError::into_inner);
        if !Arc::ptr_eq(old, &self.way()) {
            return Ok(());
        }
        let found = Arc::new(find(&self.place, &self.opener, PATIENCE)?);
        *self.way.write().unwrap_or_else(PoisonError::into_inner) = found;
        Ok(())
    }

    /// Does one piece of work, here or there, over as many holders as it
    /// takes, unless its stream is used up.
    fn work<T>(&self, mut act: impl FnMut(&Way) -> Tried<T>) -> Result<T, DeskError> {
        let mut broken = String::new();
        for _ in 0..TRIES {
            let way = self.way();
            match act(&way) {
                Ok(answer) => return answer,
                Err(Broken {
                    streamed: true,
                    why,
                }) => {
                    return Err(DeskError::store("holder_left", why));
                }
                Err(Broken { why, .. }) => broken = why,
            }
            self.renew(&way)?;
        }
        Err(DeskError::store("wire_broken", broken))
    }
}

/// Opens, or connects, or waits for either to work as long as `patience` with
/// one holder allows.
pub(super) fn find(place: &Place, opener: &Opener, patience: Duration) -> Result<Way, DeskError> {
    let mut holder = None;
    let mut since = Instant::now();
    loop {
        let pid = match opener() {
            Ok(desk) => return Ok(hold(place, desk)),
            Err(OpenError::Failed(error)) => return Err(error),
            Err(OpenError::InUse { pid }) => pid,
        };
        // Where many come at once, each holds the store for a moment.
        if holder != pid {
            (holder, since) = (pid, Instant::now());
        }
        let silent = match Client::connect(place.clone()) {
            Ok(client) => return Ok(Way::Client(client)),
            Err(ConnectError::Refused(error)) => return Err(error),
            Err(ConnectError::Silent) => true,
            Err(ConnectError::Absent) => false,
        };
        if silent || since.elapsed() >= patience {
            let pid = pid.map_or_else(|| "?".to_owned(), |pid| pid.to_string());
            return Err(DeskError::store("store_in_use", pid));
        }
        thread::sleep(PAUSE);
    }
}

fn hold(place: &Place, desk: Arc<dyn Service>) -> Way {
    let (server, unserved) = match Server::listen(place.clone(), Arc::clone(&desk)) {
        Ok(server) => (Some(server), None),
        // The store still works for this process; a second one is told who
        // holds it.
        Err(error) => {
            tracing::warn!(%error, "nobody else can use the store meanwhile");
            (None, Some(error.to_string()))
        }
    };
    Way::Holder {
        server: Mutex::new(server),
        desk,
        unserved,
    }
}

impl Drop for Way {
    fn drop(&mut self) {
        if let Self::Holder { server, .. } = self {
            let server = server.get_mut().unwrap_or_else(PoisonError::into_inner);
            if let Some(server) = server.take() {
                server.stop(FAREWELL);
            }
        }
    }
}

impl Service for Link {
    fn ask(&self, request: Request) -> Result<Reply, DeskError> {
        self.work(|way| match way {
            Way::Holder { desk, .. } => Ok(desk.ask(request.clone())),
            Way::Client(client) => client.try_ask(&request),
        })
    }

    fn import(
        &self,
        actor: &Actor,
        job: &ImportJob,
        input: &mut dyn Read,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<ImportReport, DeskError> {
        self.work(|way| match way {
            Way::Holder { desk, .. } => Ok(desk.import(actor, job, input, progress)),
            Way::Client(client) => client.try_import(actor, job, input, progress),
        })
    }

    fn backup(
        &self,
        actor: &Actor,
        out: &mut dyn Write,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<BackupReport, DeskError> {
        self.work(|way| match way {
            Way::Holder { desk, .. } => Ok(desk.backup(actor, out, progress)),
            Way::Client(client) => client.try_backup(actor, out, progress),
        })
    }

    fn connection(&self) -> Connection {
        match &*self.way() {
            Way::Holder { .. } => Connection::Holder,
            Way::Client(client) => client.connection(),
        }
    }

    fn leave(&self) {
        match &*self.way() {
            Way::Holder { desk, .. } => desk.leave(),
            Way::Client(client) => client.leave(),
        }
    }
}
