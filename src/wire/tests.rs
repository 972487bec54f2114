//! Two sides of a socket, with a desk that answers simply.

use std::{
    io::{self, Read, Write},
    os::unix::net::UnixStream,
    path::Path,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
        mpsc,
    },
    thread,
    time::{Duration, Instant},
};

use super::{
    client::{Client, ConnectError},
    frame::{self, FrameError, REPLY_LIMIT, Tag},
    link::{Link, OpenError, Opener, find},
    message::{Answer, Hello, Order, PROTOCOL},
    place::Place,
    server::{MOST_CLIENTS, Server},
};
use crate::desk::{
    actor::{Actor, Role, Scope},
    error::{DeskError, ErrorKind},
    reply::Reply,
    request::{Ask, Request},
    service::{BackupReport, Connection, Format, ImportJob, ImportReport, Progress, Service, Step},
};

mod leaving;

/// Longest wait for a state.
const LIMIT: Duration = Duration::from_secs(120);

/// What desks share as a folder is shared by processes.
#[derive(Default)]
struct Store {
    held: AtomicBool,
    seq: AtomicU64,
    /// What imports came to.
    imports: Mutex<Vec<Result<usize, io::ErrorKind>>>,
}

/// A desk that holds the store as long as it lives.
struct Fake(Arc<Store>);

impl Drop for Fake {
    fn drop(&mut self) {
        self.0.held.store(false, Ordering::SeqCst);
    }
}

impl Service for Fake {
    fn ask(&self, request: Request) -> Result<Reply, DeskError> {
        match request.ask {
            Ask::Rates => Ok(Reply::Rates(Vec::new())),
            Ask::Watch { since, wait_ms } => {
                let began = Instant::now();
                while self.0.seq.load(Ordering::SeqCst) <= since
                    && began.elapsed() < Duration::from_millis(wait_ms)
                {
                    thread::yield_now();
                }
                let seq = self.0.seq.load(Ordering::SeqCst);
                Ok(Reply::Position { seq })
            }
            _ => Err(DeskError::no("stay_unknown", "D-1")),
        }
    }

    fn import(
        &self,
        _actor: &Actor,
        job: &ImportJob,
        input: &mut dyn Read,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<ImportReport, DeskError> {
        if job.file == "unwanted" {
            return Err(DeskError::store("disk_full", ""));
        }
        let (mut bytes, mut chunk) = (0, [0; 4096]);
        loop {
            let read = match input.read(&mut chunk) {
                Ok(read) => read,
                Err(error) => {
                    self.0.imports.lock().unwrap().push(Err(error.kind()));
                    return Err(DeskError::bad_input("input", error));
                }
            };
            assert!(job.file != "fatal", "as a process that is killed");
            if read == 0 {
                break;
            }
            bytes += read;
            progress(Progress {
                step: Step::Reading,
                done: bytes as u64,
                total: job.bytes,
            });
        }
        self.0.imports.lock().unwrap().push(Ok(bytes));
        Ok(ImportReport {
            lines: bytes as u64,
            added: 1,
            skipped: 0,
            stays: 1,
            held: 0,
            refused_lines: 0,
            refused: Vec::new(),
            seq: 1,
            recorded: true,
        })
    }

    fn backup(
        &self,
        _actor: &Actor,
        out: &mut dyn Write,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<BackupReport, DeskError> {
        for index in 0..3_000_u64 {
            out.write_all(&[index as u8; 1000])
                .map_err(|error| DeskError::store("io", error))?;
            progress(Progress {
                step: Step::Copying,
                done: index,
                total: Some(3_000),
            });
        }
        Ok(BackupReport {
            entries: 3_000,
            bytes: 3_000_000,
            hash: String::new(),
        })
    }

    fn connection(&self) -> Connection {
        Connection::Holder
    }
}

fn actor() -> Actor {
    Actor {
        user: "eva".to_owned(),
        unit: String::new(),
        role: Role::Planner,
        scope: Scope::Region,
    }
}

fn request(ask: Ask) -> Request {
    Request {
        actor: actor(),
        now: None,
        ask,
    }
}

fn job(file: &str) -> ImportJob {
    ImportJob {
        file: file.to_owned(),
        format: Format::Jsonl,
        dry_run: false,
        keep_good: false,
        bytes: None,
    }
}

fn store() -> Arc<Store> {
    Arc::default()
}

fn serve(folder: &Path, store: &Arc<Store>) -> Server {
    Server::listen(Place::of_store(folder), Arc::new(Fake(Arc::clone(store)))).unwrap()
}

fn opener(store: &Arc<Store>) -> Opener {
    let store = Arc::clone(store);
    Arc::new(move || {
        if store.held.swap(true, Ordering::SeqCst) {
            let pid = Some(std::process::id());
            return Err(OpenError::InUse { pid });
        }
        Ok(Arc::new(Fake(Arc::clone(&store))) as Arc<dyn Service>)
    })
}

fn client(folder: &Path) -> Client {
    Client::connect(Place::of_store(folder)).unwrap()
}

fn rates(service: &dyn Service) -> bool {
    matches!(service.ask(request(Ask::Rates)), Ok(Reply::Rates(rates)) if rates.is_empty())
}

/// A client that keeps to no protocol but the one in the test.
fn raw(folder: &Path) -> UnixStream {
    let stream = Place::of_store(folder).connect().unwrap();
    stream.set_read_timeout(Some(LIMIT)).unwrap();
    stream
}

fn hello(stream: &mut UnixStream, version: u32) -> Hello {
    let own = Hello {
        fristdag: version,
        pid: 1,
        refused: None,
    };
    frame::write(stream, Tag::Message, &serde_json::to_vec(&own).unwrap()).unwrap();
    let (_, body) = frame::read(stream, REPLY_LIMIT).unwrap();
    serde_json::from_slice(&body).unwrap()
}

fn refusal(stream: &mut UnixStream) -> String {
    let (_, body) = frame::read(stream, REPLY_LIMIT).unwrap();
    match serde_json::from_slice(&body).unwrap() {
        Answer::Error(error) => error.code,
        other => panic!("no refusal: {other:?}"),
    }
}

#[test]
fn answers_and_errors_come_through() {
    let folder = tempfile::tempdir().unwrap();
    let _server = serve(folder.path(), &store());
    let client = client(folder.path());
    assert!(rates(&client));
    let error = client.ask(request(Ask::Agreements)).unwrap_err();
    assert_eq!((error.kind, &*error.code), (ErrorKind::No, "stay_unknown"));
    assert_eq!(client.connection(), Connection::Client(std::process::id()));
}

#[test]
fn a_file_streams_in_and_a_backup_streams_out() {
    let folder = tempfile::tempdir().unwrap();
    let _server = serve(folder.path(), &store());
    let client = client(folder.path());
    let file = vec![b'x'; 5_000_000];
    let mut steps = 0;
    let report = client
        .import(&actor(), &job("a"), &mut &file[..], &mut |_| steps += 1)
        .unwrap();
    assert_eq!(report.lines, 5_000_000);
    assert!(steps >= 1_000, "{steps}");

    let mut out = Vec::new();
    let report = client.backup(&actor(), &mut out, &mut |_| {}).unwrap();
    assert_eq!(report.entries, 3_000);
    let expected: Vec<u8> = (0..3_000).flat_map(|index| [index as u8; 1000]).collect();
    assert!(out == expected);
    assert!(rates(&client));
}

#[test]
fn an_import_that_is_refused_early_tells_why() {
    let folder = tempfile::tempdir().unwrap();
    let _server = serve(folder.path(), &store());
    let client = client(folder.path());
    let file = vec![b'x'; 5_000_000];
    let error = client
        .import(&actor(), &job("unwanted"), &mut &file[..], &mut |_| {})
        .unwrap_err();
    assert_eq!(error.code, "disk_full");
    assert!(rates(&client));
}

#[test]
fn a_file_that_is_cut_off_is_never_taken_for_a_whole_one() {
    let folder = tempfile::tempdir().unwrap();
    let store = store();
    let server = serve(folder.path(), &store);
    let mut stream = raw(folder.path());
    hello(&mut stream, PROTOCOL);
    let order = Order::Import {
        actor: actor(),
        job: job("a"),
    };
    frame::write(
        &mut stream,
        Tag::Message,
        &serde_json::to_vec(&order).unwrap(),
    )
    .unwrap();
    frame::write(&mut stream, Tag::Data, b"half a line").unwrap();
    drop(stream);
    let began = Instant::now();
    while store.imports.lock().unwrap().is_empty() {
        assert!(began.elapsed() < LIMIT);
    }
    server.stop(LIMIT);
    let imports = store.imports.lock().unwrap();
    assert_eq!(*imports, [Err(io::ErrorKind::ConnectionAborted)]);
}

#[test]
fn versions_that_differ_say_so() {
    let folder = tempfile::tempdir().unwrap();
    let server = serve(folder.path(), &store());
    let mut stream = raw(folder.path());
    assert_eq!(hello(&mut stream, PROTOCOL + 1).fristdag, PROTOCOL);
    let after = frame::read(&mut stream, REPLY_LIMIT);
    assert!(matches!(after, Err(FrameError::Gone)));
    server.stop(LIMIT);

    let listener = Place::of_store(folder.path()).bind().unwrap();
    let newer = thread::spawn(move || hello(&mut listener.accept().unwrap().0, PROTOCOL + 1));
    let Err(ConnectError::Refused(error)) = Client::connect(Place::of_store(folder.path())) else {
        panic!("another version was accepted");
    };
    assert_eq!(error.code, "protocol_version");
    newer.join().unwrap();
}

#[test]
fn garbage_and_giants_end_only_their_own_talk() {
    let folder = tempfile::tempdir().unwrap();
    let _server = serve(folder.path(), &store());

    let mut browser = raw(folder.path());
    browser.write_all(b"GET / HTTP/1.1\r\n\r\n").unwrap();
    assert_eq!(refusal(&mut browser), "wire_garbage");

    let mut odd = raw(folder.path());
    hello(&mut odd, PROTOCOL);
    frame::write(&mut odd, Tag::Message, b"{\"ask\": 7}").unwrap();
    assert_eq!(refusal(&mut odd), "wire_garbage");

    let mut giant = raw(folder.path());
    hello(&mut giant, PROTOCOL);
    giant.write_all(b"M\xff\xff\xff\xff").unwrap();
    assert_eq!(refusal(&mut giant), "wire_too_large");

    assert!(rates(&client(folder.path())));
}

#[test]
fn clients_who_say_nothing_hold_up_nobody_until_there_is_no_room() {
    let folder = tempfile::tempdir().unwrap();
    let server = serve(folder.path(), &store());
    let mut silent: Vec<_> = (1..MOST_CLIENTS).map(|_| raw(folder.path())).collect();
    silent[0].write_all(b"M\0\0").unwrap();
    let last = client(folder.path());
    assert!(rates(&last));
    let Err(ConnectError::Refused(error)) = Client::connect(Place::of_store(folder.path())) else {
        panic!("one client too many");
    };
    assert_eq!(error.code, "too_many_clients");
    silent.truncate(MOST_CLIENTS - 3);
    let began = Instant::now();
    while Client::connect(Place::of_store(folder.path())).is_err() {
        assert!(began.elapsed() < LIMIT, "room is not given back");
    }
    server.stop(LIMIT);
}

#[test]
fn many_clients_are_served_side_by_side() {
    let folder = tempfile::tempdir().unwrap();
    let _server = serve(folder.path(), &store());
    let client = client(folder.path());
    thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| (0..50).for_each(|_| assert!(rates(&client))));
        }
    });
}

#[test]
fn the_second_connects_and_takes_over_when_the_first_leaves() {
    let folder = tempfile::tempdir().unwrap();
    let store = store();
    let first = Link::open(folder.path(), opener(&store)).unwrap();
    let second = Arc::new(Link::open(folder.path(), opener(&store)).unwrap());
    let third = Link::open(folder.path(), opener(&store)).unwrap();
    assert_eq!(first.connection(), Connection::Holder);
    assert!(matches!(second.connection(), Connection::Client(_)));
    assert!(rates(&first) && rates(&*second) && rates(&third));

    let (tell, heard) = mpsc::channel();
    let waiting = Arc::clone(&second);
    let watcher = thread::spawn(move || {
        tell.send(()).unwrap();
        waiting.ask(request(Ask::Watch {
            since: 0,
            wait_ms: 20_000,
        }))
    });
    heard.recv().unwrap();
    drop(first);
    assert!(rates(&*second) && rates(&third));
    let holders = [&*second, &third]
        .iter()
        .filter(|link| link.connection() == Connection::Holder)
        .count();
    assert_eq!(holders, 1);
    store.seq.store(9, Ordering::SeqCst);
    let news = watcher.join().unwrap();
    // The leaving holder may have answered the wait with what it had.
    assert!(matches!(news, Ok(Reply::Position { seq: 0 | 9 })));
}

#[test]
fn a_dead_holders_socket_is_no_obstacle() {
    let folder = tempfile::tempdir().unwrap();
    drop(Place::of_store(folder.path()).bind().unwrap());
    assert!(Place::of_store(folder.path()).path().exists());
    let store = store();
    let link = Link::open(folder.path(), opener(&store)).unwrap();
    assert_eq!(link.unserved(), None);
    assert!(rates(&Link::open(folder.path(), opener(&store)).unwrap()));
    drop(link);
    assert!(!Place::of_store(folder.path()).path().exists());
}

#[test]
fn a_holder_that_neither_serves_nor_leaves_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let busy: Opener = Arc::new(|| Err(OpenError::InUse { pid: Some(4711) }));
    let place = Place::of_store(folder.path());
    let error = find(&place, &busy, Duration::ZERO).err().unwrap();
    assert_eq!((&*error.code, &*error.detail), ("store_in_use", "4711"));
}

#[test]
fn each_holder_in_turn_is_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    // So long that no pause of a busy machine comes near it.
    let patience = Duration::from_secs(3);
    let (store, turns, began) = (store(), AtomicU64::new(0), Instant::now());
    let free = opener(&store);
    // Never the same process twice: together they take longer than one may.
    let queue: Opener = Arc::new(move || {
        if began.elapsed() > patience + patience / 4 {
            return free();
        }
        let pid = u32::try_from(turns.fetch_add(1, Ordering::SeqCst)).ok();
        Err(OpenError::InUse { pid })
    });
    let place = Place::of_store(folder.path());
    assert!(find(&place, &queue, patience).is_ok());
}

#[test]
fn a_holder_that_listens_and_is_silent_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::of_store(folder.path());
    let _silent = place.bind().unwrap();
    let busy: Opener = Arc::new(|| Err(OpenError::InUse { pid: Some(4711) }));
    let error = find(&place, &busy, LIMIT).err().unwrap();
    assert_eq!((&*error.code, &*error.detail), ("store_in_use", "4711"));
}

#[test]
fn an_import_whose_holder_dies_is_not_silently_sent_again() {
    let folder = tempfile::tempdir().unwrap();
    let store = store();
    let _first = Link::open(folder.path(), opener(&store)).unwrap();
    let second = Link::open(folder.path(), opener(&store)).unwrap();
    let file = vec![b'x'; 5_000_000];
    let error = second
        .import(&actor(), &job("fatal"), &mut &file[..], &mut |_| {})
        .unwrap_err();
    assert_eq!(error.code, "holder_left");
    assert!(store.imports.lock().unwrap().is_empty());
    assert!(rates(&second));
}

#[test]
fn a_running_request_ends_before_the_holder_leaves() {
    let folder = tempfile::tempdir().unwrap();
    let store = store();
    let server = serve(folder.path(), &store);
    let client = client(folder.path());
    let (mut pipe_in, pipe_out) = UnixStream::pair().unwrap();
    let importing = thread::spawn(move || {
        let mut input = pipe_out;
        client.import(&actor(), &job("a"), &mut input, &mut |_| {})
    });
    pipe_in.write_all(b"first half, ").unwrap();
    // The import is under way once its order is being read.
    let began = Instant::now();
    while !server.is_busy() {
        assert!(began.elapsed() < LIMIT);
    }
    let stopping = thread::spawn(move || server.stop(LIMIT));
    pipe_in.write_all(b"second half").unwrap();
    drop(pipe_in);
    assert_eq!(importing.join().unwrap().unwrap().lines, 23);
    stopping.join().unwrap();
}
