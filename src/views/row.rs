//! The rows: what one stay, and one stay in one month, look like in the
//! tables. Everything here can be folded again from the journal.

use serde::{Deserialize, Serialize};

use crate::{
    journal::{IdentityLoc, Loc},
    model::{
        ids::EpisodeId,
        month::Month,
        stay::Stay,
        time::{Instant, serde_instant, serde_instant_option},
    },
    rules::share::{Share, Unsettled},
};

/// Most events that one stay may have: their places fit one value of the
/// tables.
pub const MOST_EVENTS: usize = 2_000;

/// Most of them that may name the patient anew: the places of the identities
/// stand beside those of the events.
pub const MOST_IDENTITIES: usize = 300;

/// Encoded stays above this size are folded again when they are asked for,
/// so that no value comes near the tables' limit.
const LARGEST_STAY: usize = 16 * 1024;

/// Where one event of a stay stands in the journal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Sequence number.
    pub seq: u64,
    /// The entry.
    pub loc: Loc,
}

/// Where the identity stands that one event of a stay names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct IdentityPlace {
    /// Sequence number of the event.
    pub seq: u64,
    /// The identity's record.
    pub loc: IdentityLoc,
}

/// File, offset and length, so that small numbers take few bytes.
type Compact = (u32, u64, u32);

fn compact(bytes: [u8; 16]) -> Compact {
    let [a, b, c, d, offset @ .., e, f, g, h] = bytes;
    (
        u32::from_be_bytes([a, b, c, d]),
        u64::from_be_bytes(offset),
        u32::from_be_bytes([e, f, g, h]),
    )
}

fn spread((file, offset, len): Compact) -> [u8; 16] {
    let mut bytes = [0; 16];
    bytes[..4].copy_from_slice(&file.to_be_bytes());
    bytes[4..12].copy_from_slice(&offset.to_be_bytes());
    bytes[12..].copy_from_slice(&len.to_be_bytes());
    bytes
}

macro_rules! compactly {
    ($name:ident, $loc:ident) => {
        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                (self.seq, compact(self.loc.encode())).serialize(to)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let (seq, loc) = <(u64, Compact)>::deserialize(from)?;
                Ok(Self {
                    seq,
                    loc: $loc::decode(spread(loc)),
                })
            }
        }
    };
}
compactly!(Place, Loc);
compactly!(IdentityPlace, IdentityLoc);

/// How a stay stands in the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// Its admission has not come (or was voided).
    Held,
    /// It goes on.
    Open,
    /// It has ended.
    Closed,
    /// Every event was voided.
    Nothing,
}

impl Standing {
    /// Whether such stays are all in memory.
    #[must_use]
    pub fn is_live(self) -> bool {
        matches!(self, Self::Held | Self::Open)
    }
}

/// One stay. Those that are held or open are all in memory.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StayRow {
    /// How it stands.
    pub standing: Standing,
    /// Where its events are, by sequence number.
    pub places: Vec<Place>,
    /// Where the identities are that its events name, by sequence number.
    pub identities: Vec<IdentityPlace>,
    /// First month that any of its events ever touched.
    pub first: Month,
    /// Last month that any of its events ever touched.
    pub last: Month,
    /// When its earliest event happened.
    #[serde(with = "serde_instant")]
    pub earliest: Instant,
    /// When its latest event happened, voided ones included.
    #[serde(with = "serde_instant")]
    pub latest: Instant,
    /// The fold of an open stay, unless it is unusually large.
    pub stay: Option<Box<Stay>>,
}

impl StayRow {
    /// Sequence number of its last event.
    #[must_use]
    pub fn last_seq(&self) -> u64 {
        self.places.last().map_or(0, |place| place.seq)
    }

    /// Leaves out a fold that would not fit a value.
    #[must_use]
    pub fn fitting(mut self) -> Self {
        let size = self
            .stay
            .as_ref()
            .map(|stay| postcard::to_stdvec(stay).map_or(0, |b| b.len()));
        if size.is_some_and(|size| size > LARGEST_STAY) {
            self.stay = None;
        }
        self
    }
}

/// What a closed stay gave to one month when it was last folded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthRow {
    /// Which rules folded it.
    pub fingerprint: u64,
    /// When it was admitted.
    #[serde(with = "serde_instant")]
    pub admitted: Instant,
    /// When it ended; none for a stay that is no longer closed.
    #[serde(with = "serde_instant_option")]
    pub ended: Option<Instant>,
    /// When its latest event happened.
    #[serde(with = "serde_instant")]
    pub latest: Instant,
    /// Sequence number of its last event.
    pub last_seq: u64,
    /// What it gives to this month.
    pub shares: Vec<Share>,
    /// Why nobody can be billed in this month, if so.
    pub unsettled: Option<Unsettled>,
}

/// A row cannot be read: the tables are to be rebuilt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a row of the views cannot be read")]
pub struct BadRow;

/// The bytes of a row.
///
/// # Panics
/// Never: rows are plain data.
#[must_use]
pub fn encode<T: Serialize>(row: &T) -> Vec<u8> {
    postcard::to_stdvec(row).expect("rows are plain data")
}

/// The row that bytes are.
///
/// # Errors
/// [`BadRow`] where they are none.
pub fn decode<T: for<'de> Deserialize<'de>>(bytes: &[u8]) -> Result<T, BadRow> {
    postcard::from_bytes(bytes).map_err(|_| BadRow)
}

/// Key of a stay.
#[must_use]
pub fn stay_key(episode: &EpisodeId) -> Vec<u8> {
    episode.as_str().as_bytes().to_vec()
}

/// Key of a stay in a month.
#[must_use]
pub fn month_key(month: Month, episode: &EpisodeId) -> Vec<u8> {
    let mut key = month_prefix(month).to_vec();
    key.extend_from_slice(episode.as_str().as_bytes());
    key
}

/// What the keys of a month's stays begin with.
#[must_use]
pub fn month_prefix(month: Month) -> [u8; 3] {
    let year = u16::try_from(month.year()).unwrap_or(0).to_be_bytes();
    [year[0], year[1], month.number() as u8]
}

/// The stay that a month's key names.
///
/// # Errors
/// [`BadRow`] where it names none.
pub fn month_key_episode(key: &[u8]) -> Result<EpisodeId, BadRow> {
    let text = key
        .get(3..)
        .and_then(|rest| std::str::from_utf8(rest).ok())
        .ok_or(BadRow)?;
    EpisodeId::new(text).map_err(|_| BadRow)
}
