//! A store that opens while the console is drawn already.

use std::{
    io::{Read, Write},
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, OnceLock},
    thread,
    time::{Duration, Instant},
};

use crate::{
    desk::{
        actor::Actor,
        error::DeskError,
        reply::Reply,
        request::Request,
        service::{BackupReport, Connection, ImportJob, ImportReport, Progress, Service},
    },
    wire::link::Link,
};

/// How long a leaving console that holds the store waits for its questions to
/// end. What is not closed in order by then is durable all the same, and
/// checked at the next start.
const CLOSING: Duration = Duration::from_secs(10);

/// How long one waits that has nothing to close: another process holds the
/// store, or it is still being opened.
const LEAVING: Duration = Duration::from_secs(2);

/// The store's desk, once it is open: whoever asks before waits.
pub(super) struct Opening(Arc<OnceLock<Result<Link, DeskError>>>);

impl Opening {
    /// Opens with `open` on a thread of its own.
    pub(super) fn begin(
        open: impl FnOnce() -> Result<Link, DeskError> + Send + 'static,
    ) -> std::io::Result<Self> {
        let slot = Arc::new(OnceLock::new());
        let opened = Arc::clone(&slot);
        thread::Builder::new()
            .name("opening".to_owned())
            .spawn(move || {
                let link = catch_unwind(AssertUnwindSafe(open)).unwrap_or_else(|_| {
                    Err(DeskError::store("store_failed", "opening the store failed"))
                });
                // Nobody else sets it.
                let _ = opened.set(link);
            })?;
        Ok(Self(slot))
    }

    fn link(&self) -> Result<&Link, DeskError> {
        self.0.wait().as_ref().map_err(Clone::clone)
    }

    /// Why the store could not be opened, if that is known by now.
    pub(super) fn failure(&self) -> Option<DeskError> {
        self.0.get()?.as_ref().err().cloned()
    }

    /// Ends waiting questions and closes the store in order.
    pub(super) fn close(self: Arc<Self>) {
        let began = Instant::now();
        while Arc::strong_count(&self) > 1 && began.elapsed() < self.patience() {
            // Again and again: the store may open only now.
            self.leave();
            thread::sleep(Duration::from_millis(2));
        }
    }

    fn patience(&self) -> Duration {
        match self.0.get() {
            Some(Ok(link)) if link.connection() == Connection::Holder => CLOSING,
            _ => LEAVING,
        }
    }
}

impl Service for Opening {
    fn ask(&self, request: Request) -> Result<Reply, DeskError> {
        self.link()?.ask(request)
    }

    fn import(
        &self,
        actor: &Actor,
        job: &ImportJob,
        input: &mut dyn Read,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<ImportReport, DeskError> {
        self.link()?.import(actor, job, input, progress)
    }

    fn backup(
        &self,
        actor: &Actor,
        out: &mut dyn Write,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<BackupReport, DeskError> {
        self.link()?.backup(actor, out, progress)
    }

    fn connection(&self) -> Connection {
        match self.0.get() {
            Some(Ok(link)) => link.connection(),
            _ => Connection::Holder,
        }
    }

    fn leave(&self) {
        if let Some(Ok(link)) = self.0.get() {
            link.leave();
        }
    }
}
