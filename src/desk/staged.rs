//! What an import keeps in memory of each event that it staged.

use crate::{journal::BatchLoc, model::ids::EpisodeId};

/// A staged event: where it stands, and whose it is.
#[derive(Debug, Clone)]
pub struct StagedEvent {
    /// The stay.
    pub episode: EpisodeId,
    /// Its place in the batch, from 0.
    pub n: u64,
    /// Bytes before it in the batch's file.
    pub offset: u64,
    /// Its bytes.
    pub len: u32,
    /// Where the identity is staged that it names.
    pub identity: Option<BatchLoc>,
}
