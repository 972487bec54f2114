//! The desk of another process.

use std::{
    io::{self, BufReader, Read, Write},
    net::Shutdown,
    os::unix::net::UnixStream,
    sync::{
        Mutex, PoisonError,
        mpsc::{self, Receiver},
    },
    thread,
    time::Duration,
};

use super::{
    frame::{self, CHUNK, FrameError, REPLY_LIMIT, Tag},
    message::{Answer, Hello, Order, PROTOCOL},
    peer,
    place::Place,
    watches::Watches,
};
use crate::desk::{
    actor::Actor,
    error::{DeskError, ErrorKind},
    reply::Reply,
    request::{Ask, Request},
    service::{BackupReport, Connection, ImportJob, ImportReport, Progress, Service},
};

/// How long the holder may take to say hello.
const HELLO: Duration = Duration::from_secs(5);

/// Connections kept for the next request.
const KEPT: usize = 4;

/// The desk of the process that holds the store. Requests of several threads
/// run side by side, each over a connection of its own.
#[derive(Debug)]
pub struct Client {
    place: Place,
    pid: u32,
    idle: Mutex<Vec<Talk>>,
    watches: Watches,
}

/// One connection after the hellos.
#[derive(Debug)]
struct Talk {
    reader: BufReader<UnixStream>,
    writer: UnixStream,
}

/// Why there is no connection.
#[derive(Debug)]
pub enum ConnectError {
    /// Nobody listens there, or it left before it said hello.
    Absent,
    /// Somebody listens, and said nothing in time: it is stopped, or stuck.
    Silent,
    /// Somebody does, and will not or cannot serve.
    Refused(DeskError),
}

/// The holder left, or does not keep to the protocol.
#[derive(Debug)]
pub struct Broken {
    /// Whether anything of the caller's input or output stream was used up.
    pub streamed: bool,
    /// What was seen, technical.
    pub why: String,
}

impl Broken {
    fn new(streamed: bool, why: impl ToString) -> Self {
        Self {
            streamed,
            why: why.to_string(),
        }
    }

    fn into_error(self) -> DeskError {
        DeskError::store("wire_broken", self.why)
    }
}

/// What came of a request that may not have reached anybody.
pub type Tried<T> = Result<Result<T, DeskError>, Broken>;

impl Client {
    /// Connects to the holder.
    ///
    /// # Errors
    /// See [`ConnectError`].
    pub fn connect(place: Place) -> Result<Self, ConnectError> {
        let (talk, pid) = Talk::open(&place)?;
        Ok(Self {
            place,
            pid,
            idle: Mutex::new(vec![talk]),
            watches: Watches::default(),
        })
    }

    /// The holder's process id.
    #[must_use]
    pub fn pid(&self) -> u32 {
        self.pid
    }

    /// Asks, telling a holder that left from one that says no.
    ///
    /// # Errors
    /// [`Broken`] where no answer came.
    pub fn try_ask(&self, request: &Request) -> Tried<Reply> {
        match request.ask {
            Ask::Watch { since, .. } => self.watch(request, since),
            _ => self.over(self.talk()?, request),
        }
    }

    /// Ends watches that wait at the holder, and any that come: this process
    /// leaves, and nobody wants their news.
    pub fn leave(&self) {
        self.watches.leave();
    }

    fn watch(&self, request: &Request, since: u64) -> Tried<Reply> {
        let nothing_new = Ok(Ok(Reply::Position { seq: since }));
        let talk = self.talk()?;
        let begun = self.watches.begin(&talk.writer);
        let Some(turn) = begun.map_err(|error| Broken::new(false, error))? else {
            return nothing_new;
        };
        let answer = self.over(talk, request);
        // What was cut off here is no holder that left.
        if turn.end() { nothing_new } else { answer }
    }

    fn over(&self, mut talk: Talk, request: &Request) -> Tried<Reply> {
        let order = Order::Ask(Box::new(request.clone()));
        talk.send(&order)
            .map_err(|error| Broken::new(false, error))?;
        let answer = talk.answer().map_err(|error| Broken::new(false, error))?;
        let result = match answer {
            Answer::Reply(reply) => Ok(*reply),
            Answer::Error(error) => Err(error),
            _ => return Err(Broken::new(false, "an answer of another kind")),
        };
        self.keep(talk);
        Ok(result)
    }

    /// Imports. Sends the file while a second thread listens: progress must
    /// not fill the socket while we fill it from the other side.
    ///
    /// # Errors
    /// [`Broken`] where no answer came.
    pub fn try_import(
        &self,
        actor: &Actor,
        job: &ImportJob,
        input: &mut dyn Read,
        progress: &mut dyn FnMut(Progress),
    ) -> Tried<ImportReport> {
        let mut talk = self.talk()?;
        let order = Order::Import {
            actor: actor.clone(),
            job: job.clone(),
        };
        talk.send(&order)
            .map_err(|error| Broken::new(false, error))?;
        let Talk { reader, writer } = &mut talk;
        let (tell, heard) = mpsc::channel();
        let tried = thread::scope(|scope| {
            scope.spawn(move || {
                loop {
                    let answer = read_answer(reader);
                    let last = !matches!(answer, Ok(Answer::Progress(_)));
                    if tell.send(answer).is_err() || last {
                        return;
                    }
                }
            });
            let tried = upload(writer, input, &heard, progress);
            if !matches!(tried, Ok(Ok(_))) {
                // Ends the listening thread; such a connection is not kept.
                let _gone = writer.shutdown(Shutdown::Both);
            }
            tried
        });
        if matches!(&tried, Ok(Ok(_))) {
            self.keep(talk);
        }
        tried
    }

    /// Takes a backup.
    ///
    /// # Errors
    /// [`Broken`] where it did not come to its end.
    pub fn try_backup(
        &self,
        actor: &Actor,
        out: &mut dyn Write,
        progress: &mut dyn FnMut(Progress),
    ) -> Tried<BackupReport> {
        let mut talk = self.talk()?;
        let order = Order::Backup {
            actor: actor.clone(),
        };
        talk.send(&order)
            .map_err(|error| Broken::new(false, error))?;
        let mut streamed = false;
        loop {
            let (tag, body) = frame::read(&mut talk.reader, REPLY_LIMIT)
                .map_err(|error| Broken::new(streamed, error))?;
            if tag == Tag::Data {
                streamed = true;
                if let Err(error) = out.write_all(&body) {
                    return Ok(Err(DeskError::bad_input("io", error)));
                }
                continue;
            }
            match parse(tag, &body).map_err(|error| Broken::new(streamed, error))? {
                Answer::Progress(step) => progress(step),
                Answer::BackedUp(report) => {
                    self.keep(talk);
                    return Ok(Ok(report));
                }
                Answer::Error(error) => {
                    self.keep(talk);
                    return Ok(Err(error));
                }
                _ => return Err(Broken::new(streamed, "an answer of another kind")),
            }
        }
    }

    /// A connection: a kept one, or a new one.
    fn talk(&self) -> Result<Talk, Broken> {
        let kept = self
            .idle
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        if let Some(talk) = kept {
            return Ok(talk);
        }
        match Talk::open(&self.place) {
            Ok((talk, pid)) if pid == self.pid => Ok(talk),
            Ok(_) => Err(Broken::new(false, "another process holds the store now")),
            Err(ConnectError::Absent) => Err(Broken::new(false, "nobody listens")),
            Err(ConnectError::Silent) => Err(Broken::new(false, "the holder does not answer")),
            Err(ConnectError::Refused(error)) => Err(Broken::new(false, error)),
        }
    }

    fn keep(&self, talk: Talk) {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < KEPT {
            idle.push(talk);
        }
    }
}

impl Service for Client {
    fn ask(&self, request: Request) -> Result<Reply, DeskError> {
        self.try_ask(&request)
            .unwrap_or_else(|broken| Err(broken.into_error()))
    }

    fn import(
        &self,
        actor: &Actor,
        job: &ImportJob,
        input: &mut dyn Read,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<ImportReport, DeskError> {
        self.try_import(actor, job, input, progress)
            .unwrap_or_else(|broken| Err(broken.into_error()))
    }

    fn backup(
        &self,
        actor: &Actor,
        out: &mut dyn Write,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<BackupReport, DeskError> {
        self.try_backup(actor, out, progress)
            .unwrap_or_else(|broken| Err(broken.into_error()))
    }

    fn connection(&self) -> Connection {
        Connection::Client(self.pid)
    }
}

/// What is heard while a file is sent.
type Heard = Receiver<Result<Answer, FrameError>>;

/// Sends the input to its end, or until the answer comes, and waits for it.
fn upload(
    writer: &mut UnixStream,
    input: &mut dyn Read,
    heard: &Heard,
    progress: &mut dyn FnMut(Progress),
) -> Tried<ImportReport> {
    let mut chunk = vec![0; CHUNK];
    let mut streamed = false;
    loop {
        while let Ok(answer) = heard.try_recv() {
            if let Some(done) = judge(answer, streamed, progress)? {
                // An early answer: the holder reads on to the end mark.
                let told = frame::write(writer, Tag::End, b"");
                return told
                    .map(|()| done)
                    .map_err(|error| Broken::new(streamed, error));
            }
        }
        let read = match input.read(&mut chunk) {
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Ok(Err(DeskError::bad_input("input", error))),
        };
        let (tag, body) = match read {
            0 => (Tag::End, &[][..]),
            _ => (Tag::Data, &chunk[..read]),
        };
        streamed |= read > 0;
        if frame::write(writer, tag, body).is_err() || read == 0 {
            break;
        }
    }
    // Also after a failed write: the answer may tell why.
    loop {
        match heard.recv() {
            Ok(answer) => {
                if let Some(done) = judge(answer, streamed, progress)? {
                    return Ok(done);
                }
            }
            Err(_) => return Err(Broken::new(streamed, "no answer came")),
        }
    }
}

/// What an answer means to an import: `None` for progress.
fn judge(
    answer: Result<Answer, FrameError>,
    streamed: bool,
    progress: &mut dyn FnMut(Progress),
) -> Result<Option<Result<ImportReport, DeskError>>, Broken> {
    match answer {
        Ok(Answer::Progress(step)) => {
            progress(step);
            Ok(None)
        }
        Ok(Answer::Imported(report)) => Ok(Some(Ok(report))),
        Ok(Answer::Error(error)) => Ok(Some(Err(error))),
        Ok(_) => Err(Broken::new(streamed, "an answer of another kind")),
        Err(error) => Err(Broken::new(streamed, error)),
    }
}

impl Talk {
    /// Connects and says hello; gives the holder's process id too.
    fn open(place: &Place) -> Result<(Self, u32), ConnectError> {
        let writer = place.connect().map_err(|error| match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused => ConnectError::Absent,
            _ => ConnectError::Refused(DeskError::store("io", error)),
        })?;
        peer::same_user(&writer).map_err(|error| {
            let refusal = DeskError::new(ErrorKind::NotAllowed, "wire_not_same_user", error);
            ConnectError::Refused(refusal)
        })?;
        let mut talk = Self::around(writer).map_err(|_| ConnectError::Absent)?;
        let hello = talk.greet().map_err(|error| match error {
            FrameError::Io(late) if late.kind() == io::ErrorKind::WouldBlock => {
                ConnectError::Silent
            }
            _ => ConnectError::Absent,
        })?;
        if hello.fristdag == PROTOCOL {
            return match hello.refused {
                Some(error) => Err(ConnectError::Refused(error)),
                None => Ok((talk, hello.pid)),
            };
        }
        Err(ConnectError::Refused(DeskError::store(
            "protocol_version",
            format!(
                "process {} speaks version {}, this one version {PROTOCOL}",
                hello.pid, hello.fristdag
            ),
        )))
    }

    fn around(writer: UnixStream) -> io::Result<Self> {
        Ok(Self {
            reader: BufReader::new(writer.try_clone()?),
            writer,
        })
    }

    fn greet(&mut self) -> Result<Hello, FrameError> {
        self.writer.set_read_timeout(Some(HELLO))?;
        // A holder with no room may have left again; what it said still comes.
        let sent = self.send(&Hello::own());
        let (_, body) = match frame::read(&mut self.reader, REPLY_LIMIT) {
            Ok(hello) => hello,
            Err(error) => return Err(sent.err().map_or(error, FrameError::from)),
        };
        let hello = serde_json::from_slice(&body).map_err(|_| FrameError::Garbage)?;
        self.writer.set_read_timeout(None)?;
        Ok(hello)
    }

    fn send(&mut self, message: &impl serde::Serialize) -> io::Result<()> {
        frame::write(
            &mut self.writer,
            Tag::Message,
            &serde_json::to_vec(message)?,
        )
    }

    fn answer(&mut self) -> Result<Answer, FrameError> {
        read_answer(&mut self.reader)
    }
}

fn read_answer(reader: &mut BufReader<UnixStream>) -> Result<Answer, FrameError> {
    match frame::read_tag(reader)? {
        Tag::Message => frame::read_json(reader, REPLY_LIMIT),
        Tag::Data | Tag::End => Err(FrameError::Garbage),
    }
}

fn parse(tag: Tag, body: &[u8]) -> Result<Answer, FrameError> {
    match tag {
        Tag::Message => serde_json::from_slice(body).map_err(|_| FrameError::Garbage),
        Tag::Data | Tag::End => Err(FrameError::Garbage),
    }
}
