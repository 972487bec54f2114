//! One client's talk with the holder.

use std::{
    io::{self, BufReader, Read, Write},
    os::unix::net::UnixStream,
    time::{Duration, Instant},
};

use super::{
    frame::{self, CHUNK, FrameError, REPLY_LIMIT, REQUEST_LIMIT, Tag},
    message::{Answer, Hello, Order, PROTOCOL},
    peer,
};
use crate::desk::{
    actor::Actor,
    error::{DeskError, ErrorKind},
    reply::Reply,
    request::{Ask, Request},
    service::{ImportJob, Service},
};

/// How long a client may take to say hello, to complete a frame that it
/// began, or to take what it is sent.
const PATIENCE: Duration = Duration::from_secs(20);

/// How long the next piece of an import may take to come: a person or a slow
/// pipe may stand behind it.
const IMPORT_PATIENCE: Duration = Duration::from_secs(600);

/// Longest piece in which a wait for changes is served, so that a holder who
/// leaves is not kept by a client who waits.
const WATCH_SLICE: Duration = Duration::from_millis(500);

/// What the talk needs to know about the server around it.
pub(super) trait Shelter {
    /// A request begins or has ended.
    fn busy(&self, busy: bool);
    /// Whether the holder is leaving.
    fn leaving(&self) -> bool;
}

/// A connection, read through a buffer.
pub(super) struct Session<'a> {
    reader: BufReader<UnixStream>,
    writer: UnixStream,
    service: &'a dyn Service,
    shelter: &'a dyn Shelter,
}

/// The talk is over: the client left, or said what cannot be answered.
struct Over;

impl From<io::Error> for Over {
    fn from(_: io::Error) -> Self {
        Self
    }
}

impl<'a> Session<'a> {
    /// Prepares to talk.
    ///
    /// # Errors
    /// Those of the system.
    pub fn new(
        stream: UnixStream,
        service: &'a dyn Service,
        shelter: &'a dyn Shelter,
    ) -> io::Result<Self> {
        stream.set_write_timeout(Some(PATIENCE))?;
        Ok(Self {
            reader: BufReader::new(stream.try_clone()?),
            writer: stream,
            service,
            shelter,
        })
    }

    /// Serves the client until it leaves or the holder does.
    pub fn run(mut self) {
        if self.greet().is_err() {
            return;
        }
        while !self.shelter.leaving() {
            let Ok(order) = self.next_order() else { return };
            self.shelter.busy(true);
            let served = self.serve(order);
            self.shelter.busy(false);
            if served.is_err() {
                return;
            }
        }
    }

    fn greet(&mut self) -> Result<(), Over> {
        if let Err(error) = peer::same_user(&self.writer) {
            let refusal = DeskError::new(ErrorKind::NotAllowed, "wire_not_same_user", error);
            self.say(&Hello::refusing(refusal))?;
            return Err(Over);
        }
        self.writer.set_read_timeout(Some(PATIENCE))?;
        let (tag, body) = self.frame()?;
        let hello = match tag {
            Tag::Message => serde_json::from_slice::<Hello>(&body).ok(),
            Tag::Data | Tag::End => None,
        };
        let Some(hello) = hello else {
            return self.refuse("wire_garbage", "the first message is no hello");
        };
        self.say(&Hello::own())?;
        // The client compares as well, and says so to its user.
        if hello.fristdag == PROTOCOL {
            Ok(())
        } else {
            Err(Over)
        }
    }

    /// Waits for an order, however long that takes.
    fn next_order(&mut self) -> Result<Order, Over> {
        self.writer.set_read_timeout(None)?;
        let (tag, body) = self.frame()?;
        if tag != Tag::Message {
            return self.refuse("wire_garbage", "a piece of a file came without its order");
        }
        match serde_json::from_slice(&body) {
            Ok(order) => Ok(order),
            // serde's text could repeat values: only the place is told.
            Err(error) => self.refuse(
                "wire_garbage",
                format!("the order is not understood (column {})", error.column()),
            ),
        }
    }

    /// The next frame; one that has begun must be complete in time.
    fn frame(&mut self) -> Result<(Tag, Vec<u8>), Over> {
        match read_timed(&mut self.reader, &self.writer) {
            Ok(frame) => Ok(frame),
            Err(FrameError::TooLarge(length)) => {
                self.refuse("wire_too_large", format!("{length} bytes"))
            }
            Err(error @ FrameError::Garbage) => self.refuse("wire_garbage", error),
            Err(FrameError::Gone | FrameError::Io(_)) => Err(Over),
        }
    }

    fn serve(&mut self, order: Order) -> Result<(), Over> {
        match order {
            Order::Ask(request) => {
                let answer = match self.ask(*request) {
                    Ok(reply) => Answer::Reply(Box::new(reply)),
                    Err(error) => Answer::Error(error),
                };
                self.say(&answer)
            }
            Order::Import { actor, job } => self.import(&actor, &job),
            Order::Backup { actor } => self.backup(&actor),
        }
    }

    /// Asks the desk; a wait for changes is cut into short ones.
    fn ask(&self, request: Request) -> Result<Reply, DeskError> {
        let Ask::Watch { since, wait_ms } = request.ask else {
            return self.service.ask(request);
        };
        let began = Instant::now();
        let whole = Duration::from_millis(wait_ms);
        loop {
            let left = whole.saturating_sub(began.elapsed());
            let slice = left.min(WATCH_SLICE);
            let reply = self.service.ask(Request {
                ask: Ask::Watch {
                    since,
                    wait_ms: u64::try_from(slice.as_millis()).unwrap_or(u64::MAX),
                },
                ..request.clone()
            })?;
            let news = !matches!(&reply, Reply::Position { seq } if *seq <= since);
            if news || left <= slice || self.shelter.leaving() {
                return Ok(reply);
            }
        }
    }

    fn import(&mut self, actor: &Actor, job: &ImportJob) -> Result<(), Over> {
        self.writer.set_read_timeout(Some(IMPORT_PATIENCE))?;
        let mut upload = Upload {
            reader: &mut self.reader,
            chunk: io::Cursor::new(Vec::new()),
            ended: false,
        };
        let mut writer = &self.writer;
        let done = self.service.import(actor, job, &mut upload, &mut |step| {
            // A client that does not listen to progress is found out by the answer.
            let _unheard = send(&mut writer, &Answer::Progress(step));
        });
        let answer = match done {
            Ok(report) => Answer::Imported(report),
            Err(error) => Answer::Error(error),
        };
        let ended = upload.ended;
        self.say(&answer)?;
        if ended { Ok(()) } else { self.skip_upload() }
    }

    /// Reads on to the end of an upload that was not wanted to its end.
    fn skip_upload(&mut self) -> Result<(), Over> {
        loop {
            match self.frame()? {
                (Tag::Data, _) => {}
                (Tag::End, _) => return Ok(()),
                (Tag::Message, _) => return Err(Over),
            }
        }
    }

    fn backup(&mut self, actor: &Actor) -> Result<(), Over> {
        let mut progress_to = &self.writer;
        let mut download = Download {
            writer: &self.writer,
            buffer: Vec::with_capacity(CHUNK),
        };
        let made = self.service.backup(actor, &mut download, &mut |step| {
            // A client that left is noticed where its data goes.
            let _unheard = send(&mut progress_to, &Answer::Progress(step));
        });
        let answer = match made {
            Ok(report) => {
                download.flush()?;
                Answer::BackedUp(report)
            }
            Err(error) => Answer::Error(error),
        };
        self.say(&answer)
    }

    /// Says why the talk ends here.
    fn refuse<T>(&mut self, code: &str, detail: impl ToString) -> Result<T, Over> {
        self.say(&Answer::Error(DeskError::store(code, detail)))?;
        Err(Over)
    }

    fn say(&mut self, message: &impl serde::Serialize) -> Result<(), Over> {
        send(&mut &self.writer, message).map_err(Over::from)
    }
}

fn read_timed(
    reader: &mut BufReader<UnixStream>,
    stream: &UnixStream,
) -> Result<(Tag, Vec<u8>), FrameError> {
    let tag = frame::read_tag(reader)?;
    let before = stream.read_timeout().map_err(FrameError::Io)?;
    stream
        .set_read_timeout(Some(PATIENCE))
        .map_err(FrameError::Io)?;
    let body = frame::read_body(reader, REQUEST_LIMIT)?;
    stream.set_read_timeout(before).map_err(FrameError::Io)?;
    Ok((tag, body))
}

/// Sends one message; one too long for a frame becomes an error that says so.
fn send(out: &mut impl Write, message: &impl serde::Serialize) -> io::Result<()> {
    let mut body = serde_json::to_vec(message)?;
    if body.len() > REPLY_LIMIT as usize {
        let error = DeskError::store("wire_too_large", format!("{} bytes", body.len()));
        body = serde_json::to_vec(&Answer::Error(error))?;
    }
    frame::write(out, Tag::Message, &body)
}

/// A client's file as it comes in: ends only where the client says so.
struct Upload<'a> {
    reader: &'a mut BufReader<UnixStream>,
    chunk: io::Cursor<Vec<u8>>,
    ended: bool,
}

impl Read for Upload<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.chunk.read(into)?;
            if read > 0 || self.ended || into.is_empty() {
                return Ok(read);
            }
            match frame::read(self.reader, REQUEST_LIMIT) {
                Ok((Tag::Data, bytes)) => self.chunk = io::Cursor::new(bytes),
                Ok((Tag::End, _)) => self.ended = true,
                Ok((Tag::Message, _)) => return Err(cut_off("a message stands in the file")),
                Err(error) => return Err(cut_off(&error.to_string())),
            }
        }
    }
}

/// An upload that did not come to its end: never taken for a short file.
fn cut_off(why: &str) -> io::Error {
    io::Error::new(
        io::ErrorKind::ConnectionAborted,
        format!("the file did not come to its end: {why}"),
    )
}

/// A backup as it goes out, in frames of a fair size.
struct Download<'a> {
    writer: &'a UnixStream,
    buffer: Vec<u8>,
}

impl Write for Download<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let room = CHUNK - self.buffer.len();
        let taken = room.min(bytes.len());
        self.buffer.extend_from_slice(&bytes[..taken]);
        if self.buffer.len() == CHUNK {
            self.flush()?;
        }
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        if !self.buffer.is_empty() {
            frame::write(&mut self.writer, Tag::Data, &self.buffer)?;
            self.buffer.clear();
        }
        Ok(())
    }
}
