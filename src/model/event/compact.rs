//! A compact form of events, for those who set many of them aside for a
//! moment. Nothing lasting is kept in it: that is JSON.

use serde::{Deserialize, Serialize};

use super::{Body, Event};
use crate::model::{
    ids::{EpisodeId, EventId},
    time::{Instant, serde_instant},
};

/// An event without the stay, which those who read it back know.
#[derive(Serialize, Deserialize)]
struct Compact<I, S, B> {
    id: I,
    #[serde(with = "serde_instant")]
    at: Instant,
    source: S,
    body: B,
}

/// The compact form of an event.
///
/// # Panics
/// Never: every part serializes.
#[must_use]
pub fn encode(event: &Event) -> Vec<u8> {
    let compact = Compact {
        id: &event.id,
        at: event.at,
        source: &event.source,
        body: &event.body,
    };
    postcard::to_stdvec(&compact).expect("an event is plain data")
}

/// Reads what [`encode`] made of an event of `episode`; none where the bytes
/// are not that.
#[must_use]
pub fn decode(bytes: &[u8], episode: &EpisodeId) -> Option<Event> {
    let compact: Compact<EventId, Option<String>, Body> = postcard::from_bytes(bytes).ok()?;
    Some(Event {
        id: compact.id,
        episode: episode.clone(),
        at: compact.at,
        source: compact.source,
        body: compact.body,
    })
}
