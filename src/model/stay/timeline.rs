//! Which of a stay's events count, and in which order.

use std::collections::HashMap;

use crate::model::{
    event::{Body, Event},
    ids::EventId,
    time::Instant,
};

/// A stay's events in the order in which they count, with what was voided.
#[derive(Debug)]
pub struct Timeline<'a, P> {
    /// Every event that can be seen, voided ones included, in order.
    pub all: Vec<&'a Event<P>>,
    voided: HashMap<&'a EventId, &'a Event<P>>,
}

/// Whether an event can be seen at `now`: none whose `at` lies after it.
pub fn visible<P>(event: &Event<P>, now: Option<Instant>) -> bool {
    now.is_none_or(|now| event.at <= now)
}

impl<'a, P> Timeline<'a, P> {
    /// Orders `events` of one stay and finds the voided ones. With `now`,
    /// events that happen later are not seen, nor are voids that do.
    pub fn new(events: impl IntoIterator<Item = &'a Event<P>>, now: Option<Instant>) -> Self {
        let mut all: Vec<_> = events
            .into_iter()
            .filter(|event| visible(event, now))
            .collect();
        all.sort_by(|a, b| a.order().cmp(&b.order()));
        let voids: Vec<_> = all
            .iter()
            .filter_map(|event| match &event.body {
                Body::Void { event: target, .. } => Some((target, *event)),
                _ => None,
            })
            .collect();
        let is_void: std::collections::HashSet<_> = voids.iter().map(|(_, by)| &by.id).collect();
        // The first void of an event is the one that tells why; a void
        // itself cannot be voided.
        let mut voided = HashMap::new();
        for (target, by) in voids {
            if !is_void.contains(target) {
                voided.entry(target).or_insert(by);
            }
        }
        Self { all, voided }
    }

    /// The void that took `event` back, if any.
    #[must_use]
    pub fn voided_by(&self, event: &EventId) -> Option<&'a Event<P>> {
        self.voided.get(event).copied()
    }

    /// The events that count, in order; voids and voided ones left out.
    pub fn effective(&self) -> impl Iterator<Item = &'a Event<P>> + '_ {
        self.all.iter().copied().filter(|event| {
            !matches!(event.body, Body::Void { .. }) && !self.voided.contains_key(&event.id)
        })
    }
}
