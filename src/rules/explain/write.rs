//! Values of steps as text.

use std::fmt::Display;

use chrono::NaiveDate;

use crate::{
    model::{
        ids::EventId,
        stay::Stamp,
        time::{self, Instant, plus_days},
    },
    rules::{
        judge::Window,
        trace::{Input, Outcome},
    },
};

/// Inputs as they are gathered.
#[derive(Default)]
pub(crate) struct Inputs(Vec<Input>);

impl Inputs {
    /// A value that no single event gave.
    pub fn value(&mut self, name: &str, value: impl Display) {
        self.push(name, value.to_string(), None);
    }

    /// A moment that no event gave.
    pub fn moment(&mut self, name: &str, at: Instant) {
        self.push(name, time::rfc3339(at), None);
    }

    /// A value that an event gave.
    pub fn fact(&mut self, name: &str, value: impl Display, from: &Stamp) {
        self.push(name, value.to_string(), Some(from.event.clone()));
    }

    /// An event that says something, which is not shown.
    pub fn event(&mut self, name: &str, value: impl Display, event: &EventId) {
        self.push(name, value.to_string(), Some(event.clone()));
    }

    /// The moment of an event.
    pub fn stamp(&mut self, name: &str, stamp: &Stamp) {
        let at = time::rfc3339(stamp.at);
        self.push(name, at, Some(stamp.event.clone()));
    }

    pub fn end(self) -> Vec<Input> {
        self.0
    }

    fn push(&mut self, name: &str, value: String, event: Option<EventId>) {
        self.0.push(Input {
            name: name.to_owned(),
            value,
            event,
        });
    }
}

pub(crate) fn holds(it_does: bool) -> Outcome {
    if it_does {
        Outcome::Holds
    } else {
        Outcome::Fails
    }
}

/// Ranges of dates; one without an end goes on.
pub(super) fn windows<'a>(windows: impl IntoIterator<Item = &'a Window>) -> String {
    let ranges = windows.into_iter().map(|window| {
        let text = |date: NaiveDate| match date {
            NaiveDate::MIN | NaiveDate::MAX => String::new(),
            date => date.to_string(),
        };
        format!("{}..{}", text(window.from), text(window.to))
    });
    ranges.collect::<Vec<_>>().join(", ")
}

/// Ascending dates as ranges.
pub(super) fn ranges(dates: impl Iterator<Item = NaiveDate>) -> String {
    let mut found: Vec<Window> = Vec::new();
    for date in dates {
        match found.last_mut() {
            Some(last) if plus_days(last.to, 1) == date => last.to = date,
            _ => found.push(Window {
                from: date,
                to: date,
            }),
        }
    }
    windows(&found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_ranges() {
        let day = |d| NaiveDate::from_ymd_opt(2019, 3, d).unwrap();
        let dates = [7, 8, 9, 12].map(day).into_iter();
        assert_eq!(
            ranges(dates),
            "2019-03-07..2019-03-09, 2019-03-12..2019-03-12"
        );
        assert_eq!(ranges(std::iter::empty()), "");
        let open = Window {
            from: day(7),
            to: NaiveDate::MAX,
        };
        assert_eq!(windows(&[open]), "2019-03-07..");
    }
}
