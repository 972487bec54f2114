//! What the two sides say to each other.

use serde::{Deserialize, Serialize};

use crate::desk::{
    actor::Actor,
    error::DeskError,
    reply::Reply,
    request::Request,
    service::{BackupReport, ImportJob, ImportReport, Progress},
};

/// Version of what follows the hello. Any change of a request's or a
/// reply's shape raises it.
pub(super) const PROTOCOL: u32 = 5;

/// The first message of each side. Its own shape never changes, so that two
/// versions can at least say that they are two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Hello {
    /// Protocol version.
    pub fristdag: u32,
    /// Process id.
    pub pid: u32,
    /// Why the talk ends here already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refused: Option<DeskError>,
}

impl Hello {
    /// This process's.
    pub fn own() -> Self {
        Self {
            fristdag: PROTOCOL,
            pid: std::process::id(),
            refused: None,
        }
    }

    /// This process's, to somebody whom it does not serve.
    pub fn refusing(error: DeskError) -> Self {
        Self {
            refused: Some(error),
            ..Self::own()
        }
    }
}

/// From a client to the holder.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Order {
    /// Answered by [`Answer::Reply`] or [`Answer::Error`].
    Ask(Box<Request>),
    /// Followed by data frames and an end; answered by progress and
    /// [`Answer::Imported`] or [`Answer::Error`].
    Import {
        /// Who imports.
        actor: Actor,
        /// What.
        job: ImportJob,
    },
    /// Answered by progress and data frames, and [`Answer::BackedUp`] or
    /// [`Answer::Error`].
    Backup {
        /// Who makes it.
        actor: Actor,
    },
}

/// From the holder to a client.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "see the orders that they answer")]
pub(super) enum Answer {
    Reply(Box<Reply>),
    Error(DeskError),
    Progress(Progress),
    Imported(ImportReport),
    BackedUp(BackupReport),
}
