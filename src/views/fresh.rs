//! What has come for a stay and is not yet in its rows.

use std::collections::BTreeMap;

use super::row::{IdentityPlace, Place};
use crate::model::ids::EpisodeId;

/// Places of a stay's events and of the identities they name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fresh {
    /// By sequence number.
    pub places: Vec<Place>,
    /// By sequence number.
    pub identities: Vec<IdentityPlace>,
}

/// What has come, by stay; in order of their keys, which the tables like.
pub type FreshStays = BTreeMap<EpisodeId, Fresh>;

impl Fresh {
    /// Adds what stands in a row already. Taking in the same places again
    /// changes nothing.
    pub fn join(&mut self, places: &[Place], identities: &[IdentityPlace]) {
        self.places.extend_from_slice(places);
        self.places.sort_unstable();
        self.places.dedup();
        self.identities.extend_from_slice(identities);
        self.identities.sort_unstable();
        self.identities.dedup();
    }
}
