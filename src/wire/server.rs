//! The holder's side: accepts clients of the same user and gives each a
//! thread of its own, so that none can hold up another.

use std::{
    collections::HashMap,
    io,
    net::Shutdown,
    os::unix::net::{UnixListener, UnixStream},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread::{self, JoinHandle},
    time::Duration,
};

use super::{
    frame::{self, Tag},
    message::Hello,
    place::Place,
    session::{Session, Shelter},
};
use crate::desk::{error::DeskError, service::Service};

/// Most clients at once.
pub const MOST_CLIENTS: usize = 128;

/// A socket that is served until it is stopped or dropped.
#[derive(Debug)]
pub struct Server {
    place: Place,
    listener: Arc<UnixListener>,
    clients: Arc<Clients>,
    accepting: Option<JoinHandle<()>>,
}

/// The clients of the moment.
#[derive(Debug, Default)]
struct Clients {
    state: Mutex<State>,
    left: Condvar,
}

/// What becomes of a client that connects.
enum Entered {
    As(u64),
    Full,
    Leaving,
}

#[derive(Debug, Default)]
struct State {
    leaving: bool,
    next: u64,
    here: HashMap<u64, Client>,
}

#[derive(Debug)]
struct Client {
    stream: UnixStream,
    busy: bool,
}

impl Clients {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Enters a client, where there is room and a future.
    fn enter(&self, stream: &UnixStream) -> io::Result<Entered> {
        let mut state = self.state();
        if state.leaving {
            return Ok(Entered::Leaving);
        }
        if state.here.len() >= MOST_CLIENTS {
            return Ok(Entered::Full);
        }
        let id = state.next;
        state.next += 1;
        let client = Client {
            stream: stream.try_clone()?,
            busy: false,
        };
        state.here.insert(id, client);
        Ok(Entered::As(id))
    }

    fn leave(&self, id: u64) {
        self.state().here.remove(&id);
        self.left.notify_all();
    }

    /// Takes no further requests: who is idle is let go.
    fn start_leaving(&self) {
        let mut state = self.state();
        state.leaving = true;
        for client in state.here.values().filter(|client| !client.busy) {
            // One that has left already needs no farewell.
            let _gone = client.stream.shutdown(Shutdown::Read);
        }
    }

    /// Waits until all have left, at most `limit`; then cuts them off.
    fn wait_and_cut(&self, limit: Duration) {
        let state = self.state();
        let (state, _) = self
            .left
            .wait_timeout_while(state, limit, |state| !state.here.is_empty())
            .unwrap_or_else(PoisonError::into_inner);
        for client in state.here.values() {
            let _gone = client.stream.shutdown(Shutdown::Both);
        }
    }
}

/// A client's place among the others; given back when its thread ends,
/// also by a panic.
struct Seat {
    clients: Arc<Clients>,
    id: u64,
}

impl Shelter for Seat {
    fn busy(&self, busy: bool) {
        let mut state = self.clients.state();
        let leaving = state.leaving;
        if let Some(client) = state.here.get_mut(&self.id) {
            client.busy = busy;
            if leaving && !busy {
                let _gone = client.stream.shutdown(Shutdown::Read);
            }
        }
    }

    fn leaving(&self) -> bool {
        self.clients.state().leaving
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.clients.leave(self.id);
    }
}

impl Server {
    /// Serves `service` at `place`. The caller holds the store's lock, so a
    /// socket file found there is certainly a dead process's, and is removed.
    ///
    /// # Errors
    /// Those of the system.
    pub fn listen(place: Place, service: Arc<dyn Service>) -> io::Result<Self> {
        place.clear()?;
        Self::start(place, service)
    }

    /// Serves `service` at a path that no lock guards: a socket there is
    /// removed only if nobody answers it.
    ///
    /// # Errors
    /// `AddrInUse` where another process answers there; those of the system.
    pub fn listen_unguarded(place: Place, service: Arc<dyn Service>) -> io::Result<Self> {
        match place.connect() {
            Ok(_) => {
                let path = place.path();
                let text = format!("another process answers at {}", path.display());
                return Err(io::Error::new(io::ErrorKind::AddrInUse, text));
            }
            Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => place.clear()?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        Self::start(place, service)
    }

    fn start(place: Place, service: Arc<dyn Service>) -> io::Result<Self> {
        let listener = Arc::new(place.bind()?);
        let clients = Arc::new(Clients::default());
        let accepting = {
            let (listener, clients) = (Arc::clone(&listener), Arc::clone(&clients));
            thread::Builder::new()
                .name("desk-accept".to_owned())
                .spawn(move || accept(&listener, &clients, &service))?
        };
        Ok(Self {
            place,
            listener,
            clients,
            accepting: Some(accepting),
        })
    }

    /// Stops accepting, lets running requests end within `limit`, and closes.
    pub fn stop(mut self, limit: Duration) {
        self.end(limit);
    }

    /// Whether some client's request runs.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.clients.state().here.values().any(|client| client.busy)
    }

    fn end(&mut self, limit: Duration) {
        let Some(accepting) = self.accepting.take() else {
            return;
        };
        // First the file: who comes now sees that nobody is here.
        if let Err(error) = self.place.clear() {
            tracing::warn!(%error, "the socket file could not be removed");
        }
        self.clients.start_leaving();
        // Wakes the accepting thread.
        if rustix::net::shutdown(&*self.listener, rustix::net::Shutdown::Both).is_ok() {
            // A panic there was reported when it happened.
            let _ended = accepting.join();
        }
        self.clients.wait_and_cut(limit);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.end(Duration::ZERO);
    }
}

fn accept(listener: &UnixListener, clients: &Arc<Clients>, service: &Arc<dyn Service>) {
    loop {
        match listener.accept() {
            Ok((stream, _)) => admit(stream, clients, service),
            Err(_) if clients.state().leaving => return,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => {
                // Out of file descriptors, mostly: some will be given back.
                tracing::warn!(%error, "a client could not be accepted");
                thread::sleep(Duration::from_millis(50));
            }
        }
    }
}

fn admit(stream: UnixStream, clients: &Arc<Clients>, service: &Arc<dyn Service>) {
    let id = match clients.enter(&stream) {
        Ok(Entered::As(id)) => id,
        Ok(Entered::Full) => return turn_away(&stream),
        // A closed connection tells the client to look for the next holder.
        Ok(Entered::Leaving) => return,
        Err(error) => return tracing::warn!(%error, "a client could not be entered"),
    };
    let seat = Seat {
        clients: Arc::clone(clients),
        id,
    };
    let service = Arc::clone(service);
    let started = thread::Builder::new()
        .name(format!("desk-client-{id}"))
        .spawn(move || {
            match Session::new(stream, &*service, &seat) {
                Ok(session) => session.run(),
                Err(error) => tracing::warn!(%error, "a client could not be served"),
            }
            // The desk first: who waits for the seat may rely on its being free.
            drop(service);
            drop(seat);
        });
    if let Err(error) = started {
        tracing::warn!(%error, "no thread for a client");
    }
}

/// Tells a client that there is no room, without waiting for it.
fn turn_away(mut stream: &UnixStream) {
    let hello = Hello::refusing(DeskError::store("too_many_clients", MOST_CLIENTS));
    let told = stream
        .set_nonblocking(true)
        .and_then(|()| Ok(serde_json::to_vec(&hello)?))
        .and_then(|body| frame::write(&mut stream, Tag::Message, &body));
    if let Err(error) = told {
        tracing::debug!(%error, "a client that was turned away had left");
    }
}
