//! When each source system was last heard.

use std::collections::BTreeMap;

use crate::model::{event::Event, time::Instant};

/// The last event of each source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sources(BTreeMap<String, Instant>);

impl Sources {
    /// Takes an event into account.
    pub fn hear(&mut self, event: &Event) {
        if let Some(source) = &event.source {
            self.hear_at(source, event.at);
        }
    }

    /// Takes into account what others heard.
    pub(super) fn hear_all(&mut self, others: &Self) {
        for (source, at) in &others.0 {
            self.hear_at(source, *at);
        }
    }

    fn hear_at(&mut self, source: &str, at: Instant) {
        match self.0.get_mut(source) {
            Some(last) => *last = at.max(*last),
            None => self.put(source.to_owned(), at),
        }
    }

    /// The last event of one source.
    #[must_use]
    pub fn last(&self, source: &str) -> Option<Instant> {
        self.0.get(source).copied()
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
