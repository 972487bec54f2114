//! What comes in, and what goes out.

use std::path::PathBuf;

use super::{action::Action, export::FileState, screen::Screen, seen::Seen};
use crate::{
    desk::{error::DeskError, reply::Reply, request::Ask, service::Connection},
    model::{ids::EpisodeId, month::Month},
    settings::keymap::Key,
};

/// Something that happened.
#[derive(Debug)]
pub enum Event {
    /// A key was pressed.
    Key(Key),
    /// An action was chosen by other means than a key, and how often it counts.
    Run(Action, Option<usize>),
    /// A line was typed: to the plain console alone.
    Line(String),
    /// Text was pasted.
    Paste(String),
    /// The window has another size: columns, rows.
    Resize(u16, u16),
    /// Time went on.
    Tick,
    /// The desk answered.
    Reply(Ticket, Result<Reply, DeskError>),
    /// A file of an export is begun, written, or not, and why.
    Exporting(ExportStep),
    /// Files were written, or not, and why.
    Exported(Result<Vec<PathBuf>, DeskError>),
    /// What was seen of months could not be kept, and why.
    NotRemembered(String),
    /// Where this user's console was left, as a journal position.
    Recalled(Option<u64>),
    /// Something new stands in the journal, up to this position.
    Changed(u64),
    /// The desk cannot be reached.
    Trouble(DeskError),
    /// The desk is reached, and how.
    Contact(Connection),
    /// No further line will come: to the plain console alone.
    NoMoreLines,
    /// The terminal went away, or the process is asked to end.
    Hangup,
}

/// What the loop is to do.
#[derive(Debug, Clone)]
pub enum Effect {
    /// Ask the desk; the answer comes back with the ticket.
    Ask(Ticket, Box<Ask>),
    /// Have files written.
    Export(ExportJob),
    /// Keep what was seen of months for the next time.
    Remember(Box<Seen>),
    /// Draw every cell anew.
    Redraw,
    /// Ask the terminal to copy a text.
    Copy(String),
    /// Sound the terminal's bell.
    Bell,
    /// Look up where this user's console was left on this store, by its id.
    Recall(String),
    /// End.
    Quit,
}

/// What an answer is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ticket {
    /// Grows with each question, so that an older answer is known as such.
    pub serial: u64,
    /// What it is for.
    pub purpose: Purpose,
}

/// What an answer is for.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "named after what is asked")]
pub enum Purpose {
    Board,
    /// What a screen asks for itself: `Keys::answered` takes it.
    Screen(Screen),
    Stay(EpisodeId),
    Reveal(EpisodeId),
    Explanation(EpisodeId),
    Close(Month),
    Invoices(Month),
    Preview,
    Record,
    /// About an agreement or a rate.
    Decision,
    /// A stay that a deed for many is about.
    BulkStay(EpisodeId),
    /// What a form for several stays would do to one of them.
    EachPreview,
    /// What a deed for many did to one of them.
    BulkRecord(EpisodeId),
    /// Prepare, waive or park.
    ChangeClose(Month),
    Lock(Month),
}

/// File format of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum ExportFormat {
    Csv,
    Json,
}

/// An export of a locked month, which the caller of the console writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportJob {
    /// The month.
    pub month: Month,
    /// The formats, a file each.
    pub formats: Vec<ExportFormat>,
    /// Where to.
    pub directory: PathBuf,
}

/// How far a file of an export is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportStep {
    /// Which file.
    pub format: ExportFormat,
    /// How far.
    pub state: FileState,
}
