//! Free days before a span can be charged, in calendar days or weekdays.

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer};

use super::value::{MOST, Quantity, up_to};
use crate::model::{holiday::add_weekdays, time::plus_days};

/// What free days are counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayUnit {
    /// Every date.
    Days,
    /// Weekdays: not Saturday, Sunday, a public holiday or one of the three
    /// eves (see [`crate::model::holiday`]).
    Weekdays,
}

/// A number of free days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grace {
    /// How many.
    pub count: u16,
    /// Of what.
    pub unit: DayUnit,
}

impl From<u16> for Grace {
    /// Calendar days, until its unit is read.
    fn from(count: u16) -> Self {
        Self {
            count,
            unit: DayUnit::Days,
        }
    }
}

impl<'de> Deserialize<'de> for Grace {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        up_to(from, MOST).map(Self::from)
    }
}

impl Quantity for Grace {
    const UNITS: &'static [&'static str] = &["days", "weekdays"];

    fn counted_in(self, unit: &str) -> Self {
        let unit = match unit {
            "weekdays" => DayUnit::Weekdays,
            _ => DayUnit::Days,
        };
        Self { unit, ..self }
    }
}

impl Grace {
    /// The first date that can be charged for a span that starts on `start`:
    /// so many days later, or the weekday of that number after it. A start on a
    /// day off is counted from like any other, and for none the start's own
    /// date can be charged. Once charging has begun, every date counts.
    #[must_use]
    pub fn after(self, start: NaiveDate) -> NaiveDate {
        match self.unit {
            DayUnit::Days => plus_days(start, self.count.into()),
            DayUnit::Weekdays => add_weekdays(start, self.count.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekdays_pass_over_holidays_and_eves() {
        let first = |start: &str, count| {
            let grace = Grace::from(count).counted_in("weekdays");
            grace.after(start.parse().unwrap()).to_string()
        };
        // Friday 20 December 2019: Monday the 23rd, Friday the 27th, Monday
        // the 30th; the 31st is an eve, so Thursday 2 January is the fourth.
        assert_eq!(first("2019-12-20", 3), "2019-12-30");
        assert_eq!(first("2019-12-20", 4), "2020-01-02");
        // Wednesday before Easter 2019: Thursday, Tuesday, Wednesday.
        assert_eq!(first("2019-04-17", 3), "2019-04-24");
        assert_eq!(first("2019-03-02", 1), "2019-03-04");
        assert_eq!(first("2019-03-02", 0), "2019-03-02");
        assert_eq!(
            Grace::from(3)
                .after("2019-04-17".parse().unwrap())
                .to_string(),
            "2019-04-20"
        );
    }
}
