//! Times in the demo's files, told relative to now.
//!
//! `now -25h`, `now -4m`, `now -7h30m`; `day -3 at 11:00` counts dates from
//! today's; `last month 12 at 11:00` is a date in the month before. Without
//! `at` the last two are dates.

use chrono::{Datelike, NaiveDate, NaiveTime, TimeDelta};

use crate::model::{
    month::Month,
    time::{self, Instant},
};

/// The moment of an expression; `None` where it is none.
///
/// A clock time that the change of the clock skips or repeats is the earliest
/// moment that is not before it.
pub(super) fn instant(text: &str, now: Instant) -> Option<Instant> {
    if let Some(offset) = text.strip_prefix("now") {
        return Some(now - back(offset.trim())?);
    }
    let (day, clock) = text.split_once(" at ")?;
    let clock = NaiveTime::parse_from_str(clock, "%H:%M").ok()?;
    Some(time::at_clock(date(day, now)?, clock))
}

/// The date of an expression; `None` where it is none.
pub(super) fn date(text: &str, now: Instant) -> Option<NaiveDate> {
    let today = time::local_date(now);
    if let Some(days) = text.strip_prefix("day ") {
        return Some(time::plus_days(today, days.parse().ok()?));
    }
    let day = text.strip_prefix("last month ")?.parse().ok()?;
    Month::of(today).previous().first().with_day(day)
}

/// How far back `-7h30m` goes; nothing is no way.
fn back(text: &str) -> Option<TimeDelta> {
    let Some(text) = text.strip_prefix('-') else {
        return text.is_empty().then(TimeDelta::zero);
    };
    let (hours, minutes) = match text.split_once('h') {
        Some((hours, rest)) => (hours.parse().ok()?, rest),
        None => (0, text),
    };
    let minutes = match minutes.strip_suffix('m') {
        Some(minutes) => minutes.parse().ok()?,
        None if minutes.is_empty() => 0,
        None => return None,
    };
    Some(TimeDelta::try_hours(hours)? + TimeDelta::try_minutes(minutes)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, now: &str) -> String {
        time::rfc3339(instant(text, time::parse(now).unwrap()).unwrap())
    }

    #[test]
    fn times_are_told_from_now() {
        let now = "2019-03-06T09:30";
        assert_eq!(at("now", now), "2019-03-06T09:30:00+01:00");
        assert_eq!(at("now -25h", now), "2019-03-05T08:30:00+01:00");
        assert_eq!(at("now -4m", now), "2019-03-06T09:26:00+01:00");
        assert_eq!(at("now -1h30m", now), "2019-03-06T08:00:00+01:00");
        assert_eq!(at("day -3 at 11:59", now), "2019-03-03T11:59:00+01:00");
        assert_eq!(
            at("last month 28 at 22:10", now),
            "2019-02-28T22:10:00+01:00"
        );
        assert_eq!(
            at("last month 1 at 08:00", "2019-01-01T00:00"),
            "2018-12-01T08:00:00+01:00"
        );
        let date = date("day 2", time::parse(now).unwrap()).unwrap();
        assert_eq!(date.to_string(), "2019-03-08");
    }

    #[test]
    fn a_skipped_or_repeated_time_moves_on() {
        assert_eq!(
            at("day -1 at 02:30", "2019-04-01T08:00"),
            "2019-03-31T03:30:00+02:00"
        );
        assert_eq!(
            at("day -1 at 02:30", "2019-10-28T08:00"),
            "2019-10-27T02:30:00+02:00"
        );
    }

    #[test]
    fn what_is_no_time_is_none() {
        let now = time::parse("2019-03-06T09:30").unwrap();
        for text in [
            "",
            "day",
            "day -3",
            "now 3h",
            "now -3",
            "day -3 at 25:00",
            "last month 30 at 10:00",
            "yesterday",
        ] {
            assert_eq!(instant(text, now), None, "{text}");
        }
    }
}
