//! A stay's events as lines: what was typed and what a source system told
//! alike is one line; two that contradict each other stand together.

use crate::{
    desk::reply::{EventView, StayView},
    model::{ids::EventId, stay::Double},
};

/// One line of the timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// Its event: place in the stay's list.
    pub event: usize,
    /// The source system's event that says the same.
    pub also: Option<usize>,
    /// The event that contradicts it, above or below it.
    pub against: Option<usize>,
}

/// The lines, in the order of the events; of a conflict, the later event
/// stands right below the earlier one.
#[must_use]
pub fn rows(view: &StayView) -> Vec<Row> {
    let pairs = view.stay.as_ref().map_or(&[][..], |stay| &stay.doubles);
    let mut shown = vec![false; view.events.len()];
    let mut rows = Vec::new();
    for (place, event) in view.events.iter().enumerate() {
        if shown[place] {
            continue;
        }
        let pair = pairs.iter().find(|pair| is_in(pair, &event.id));
        let pair = pair.and_then(|pair| {
            let typed = place_of(&view.events, &pair.typed.event)?;
            Some((pair.agree, typed, place_of(&view.events, &pair.fed.event)?))
        });
        let row = |event, also, against| Row {
            event,
            also,
            against,
        };
        match pair {
            None => rows.push(row(place, None, None)),
            Some((true, typed, fed)) => {
                (shown[typed], shown[fed]) = (true, true);
                rows.push(row(typed, Some(fed), None));
            }
            Some((false, typed, fed)) => {
                (shown[typed], shown[fed]) = (true, true);
                let (first, last) = (typed.min(fed), typed.max(fed));
                rows.push(row(first, None, Some(last)));
                rows.push(row(last, None, Some(first)));
            }
        }
    }
    rows
}

/// The line on which an event stands.
#[must_use]
pub fn line_of(view: &StayView, event: &EventId) -> Option<usize> {
    let place = place_of(&view.events, event)?;
    let is_it = |row: &Row| row.event == place || row.also == Some(place);
    rows(view).iter().position(is_it)
}

/// The conflict to settle: that of the event, else the first one.
#[must_use]
pub fn conflict<'a>(view: &'a StayView, event: Option<&EventId>) -> Option<&'a Double> {
    let stay = view.stay.as_ref()?;
    let own = event.and_then(|event| stay.conflicts().find(|pair| is_in(pair, event)));
    own.or_else(|| stay.conflicts().next())
}

fn is_in(pair: &Double, event: &EventId) -> bool {
    pair.typed.event == *event || pair.fed.event == *event
}

fn place_of(events: &[EventView], id: &EventId) -> Option<usize> {
    events.iter().position(|event| event.id == *id)
}
