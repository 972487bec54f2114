//! When each source system was last heard.

use std::collections::BTreeMap;

use crate::model::{event::Event, time::Instant};

/// The last event of each source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sources(BTreeMap<String, Instant>);

impl Sources {
    /// Takes an event into account.
    pub fn hear(&mut self, event: &Event) {
        let Some(source) = &event.source else { return };
        match self.0.get_mut(source) {
            Some(last) => *last = event.at.max(*last),
            None => {
                self.0.insert(source.clone(), event.at);
            }
        }
    }

    /// Sources by name, with the time of their last event.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Instant)> {
        self.0.iter().map(|(name, at)| (name.as_str(), *at))
    }

    /// Takes over what was stored.
    pub(super) fn put(&mut self, name: String, at: Instant) {
        self.0.insert(name, at);
    }
}
