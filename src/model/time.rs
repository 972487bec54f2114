//! Instants and Swedish local time.
//!
//! Clock rules are in Europe/Stockholm whatever offset the input had; order
//! is by instant, never by the clock on the wall.

use chrono::{
    DateTime, Datelike, FixedOffset, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta,
    TimeZone, Timelike, Utc,
};
use chrono_tz::Europe::Stockholm;
use thiserror::Error;

/// A point in time, the same everywhere.
pub type Instant = DateTime<Utc>;

/// Years that a timestamp or a file may name: wide enough for any stay, narrow
/// enough that no date arithmetic on it can overflow.
pub(crate) const YEARS: std::ops::RangeInclusive<i32> = 1900..=2200;

/// Why a text is not a point in time. The value itself is not repeated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum TimeError {
    /// Neither RFC 3339 nor a local `YYYY-MM-DDTHH:MM[:SS]`.
    #[error(
        "not a time; write 2019-03-04T11:00:00+01:00, or 2019-03-04T11:00 for Swedish local time"
    )]
    Form,
    /// The year lies outside 1900–2200.
    #[error("the year is outside 1900–2200; check the date")]
    Year,
    /// A leap second: no rule of this field has one.
    #[error("a leap second (:60); write the second before or after it")]
    LeapSecond,
    /// The clock skipped this local time in spring.
    #[error(
        "this local time does not exist: the clock went forward that night; write the offset (+01:00 or +02:00)"
    )]
    Skipped,
    /// The clock showed this local time twice in autumn.
    #[error(
        "this local time exists twice: the clock went back that night; write the offset (+02:00 for the first, +01:00 for the second)"
    )]
    Twice,
    /// Not a calendar date `YYYY-MM-DD`.
    #[error("not a date; write YYYY-MM-DD")]
    Date,
}

/// Reads RFC 3339 with an offset, or a local time without one.
///
/// # Errors
/// See [`TimeError`]; a local time that the change of the clock skipped or
/// repeated is refused.
pub fn parse(text: &str) -> Result<Instant, TimeError> {
    let text = text.trim();
    if let Ok(with_offset) = DateTime::parse_from_rfc3339(text) {
        return check(with_offset.with_timezone(&Utc));
    }
    let local = parse_local(text).ok_or(TimeError::Form)?;
    from_local(local)
}

fn parse_local(text: &str) -> Option<NaiveDateTime> {
    const FORMS: [&str; 4] = [
        "%Y-%m-%dT%H:%M:%S%.f",
        "%Y-%m-%dT%H:%M",
        "%Y-%m-%d %H:%M:%S%.f",
        "%Y-%m-%d %H:%M",
    ];
    FORMS
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
}

/// The instant of a local wall-clock time in Sweden.
///
/// # Errors
/// [`TimeError::Skipped`] and [`TimeError::Twice`] on the two nights when
/// the clock changes; [`TimeError::Year`] out of range.
pub fn from_local(local: NaiveDateTime) -> Result<Instant, TimeError> {
    if !YEARS.contains(&local.year()) {
        return Err(TimeError::Year);
    }
    match Stockholm.from_local_datetime(&local) {
        LocalResult::Single(at) => check(at.with_timezone(&Utc)),
        LocalResult::Ambiguous(..) => Err(TimeError::Twice),
        LocalResult::None => Err(TimeError::Skipped),
    }
}

fn check(at: Instant) -> Result<Instant, TimeError> {
    if at.nanosecond() >= 1_000_000_000 {
        return Err(TimeError::LeapSecond);
    }
    if in_years(at) {
        Ok(at)
    } else {
        Err(TimeError::Year)
    }
}

/// Whether the Swedish year is one of [`YEARS`], so that its month is a
/// [`super::month::Month`] that can be read back.
fn in_years(at: Instant) -> bool {
    let (first, last, year) = (*YEARS.start(), *YEARS.end(), at.year());
    // The offset matters at the two ends alone.
    if year <= first || year >= last {
        (first - 1..=last + 1).contains(&year) && YEARS.contains(&local(at).year())
    } else {
        true
    }
}

/// Reads a calendar date `YYYY-MM-DD`.
///
/// # Errors
/// [`TimeError::Date`] for another form, [`TimeError::Year`] out of range.
pub fn parse_date(text: &str) -> Result<NaiveDate, TimeError> {
    let date = (text.len() == 10)
        .then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok())
        .flatten()
        .ok_or(TimeError::Date)?;
    if YEARS.contains(&date.year()) {
        Ok(date)
    } else {
        Err(TimeError::Year)
    }
}

/// The wall clock in Sweden at `at`.
#[must_use]
pub fn local(at: Instant) -> NaiveDateTime {
    at.with_timezone(&Stockholm).naive_local()
}

/// The calendar date in Sweden at `at`.
#[must_use]
pub fn local_date(at: Instant) -> NaiveDate {
    local(at).date()
}

/// `at` with Sweden's offset at that moment, for output.
fn with_offset(at: Instant) -> DateTime<FixedOffset> {
    at.with_timezone(&Stockholm).fixed_offset()
}

/// RFC 3339 with Sweden's offset; whole seconds unless there is a fraction.
#[must_use]
pub fn rfc3339(at: Instant) -> String {
    with_offset(at).to_rfc3339_opts(chrono::SecondsFormat::AutoSi, false)
}

/// The first instant of a local date. Swedish clocks change at 02:00, so
/// midnight always exists once.
#[must_use]
pub fn start_of(date: NaiveDate) -> Instant {
    at_clock(date, NaiveTime::MIN)
}

/// Noon of a local date.
#[must_use]
pub fn noon(date: NaiveDate) -> Instant {
    at_clock(date, NaiveTime::MIN + TimeDelta::hours(12))
}

/// The instant of a clock time on a local date; where the clock skips or
/// repeats that time, the earliest instant that is not before it. For due
/// times and boundaries; input goes through [`from_local`].
#[must_use]
pub fn at_clock(date: NaiveDate, clock: NaiveTime) -> Instant {
    let wanted = date.and_time(clock);
    match Stockholm.from_local_datetime(&wanted) {
        LocalResult::Single(at) => at.with_timezone(&Utc),
        LocalResult::Ambiguous(first, _) => first.with_timezone(&Utc),
        // The skipped hour: what the clock shows right after it.
        LocalResult::None => Stockholm
            .from_local_datetime(&(wanted + TimeDelta::hours(1)))
            .earliest()
            .map_or_else(|| wanted.and_utc(), |at| at.with_timezone(&Utc)),
    }
}

/// `date` moved by `days`, held inside what chrono can say.
#[must_use]
pub fn plus_days(date: NaiveDate, days: i64) -> NaiveDate {
    date.checked_add_signed(TimeDelta::days(days))
        .unwrap_or(if days < 0 {
            NaiveDate::MIN
        } else {
            NaiveDate::MAX
        })
}

/// Reads a moment that this program wrote. A moment that follows from events
/// (when something is due, when liability starts) may lie beyond the years
/// that input may name.
fn parse_written(text: &str) -> Result<Instant, TimeError> {
    match DateTime::parse_from_rfc3339(text) {
        Ok(at) => Ok(at.with_timezone(&Utc)),
        Err(_) => parse(text),
    }
}

/// Serde for an [`Instant`]: RFC 3339 with Sweden's offset for people, seconds
/// and nanoseconds since 1970 for compact forms. Reads any year; what comes
/// from outside goes through [`parse`].
pub mod serde_instant {
    use super::{Instant, compact};
    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer, de::Error as _};

    /// Writes RFC 3339 text, or two numbers.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn serialize<S: Serializer>(at: &Instant, to: S) -> Result<S::Ok, S::Error> {
        if to.is_human_readable() {
            to.serialize_str(&super::rfc3339(*at))
        } else {
            compact(*at).serialize(to)
        }
    }

    /// Reads text or two numbers.
    ///
    /// # Errors
    /// Where that is not a point in time.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Instant, D::Error> {
        if from.is_human_readable() {
            let text = std::borrow::Cow::<'de, str>::deserialize(from)?;
            super::parse_written(&text).map_err(D::Error::custom)
        } else {
            super::from_compact(<_>::deserialize(from)?).map_err(D::Error::custom)
        }
    }
}

/// Serde for an optional [`Instant`], as [`serde_instant`] has it; `null` where
/// there is none.
pub mod serde_instant_option {
    use super::{Instant, compact};
    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer, de::Error as _};

    /// Writes RFC 3339 text, two numbers, or `null`.
    ///
    /// # Errors
    /// Those of the serializer.
    pub fn serialize<S: Serializer>(at: &Option<Instant>, to: S) -> Result<S::Ok, S::Error> {
        if to.is_human_readable() {
            at.map(super::rfc3339).serialize(to)
        } else {
            at.map(compact).serialize(to)
        }
    }

    /// Reads text, two numbers, or `null`.
    ///
    /// # Errors
    /// Where that is not a point in time.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Instant>, D::Error> {
        let at = if from.is_human_readable() {
            Option::<String>::deserialize(from)?.map(|text| super::parse_written(&text))
        } else {
            Option::<_>::deserialize(from)?.map(super::from_compact)
        };
        at.transpose().map_err(D::Error::custom)
    }

    /// Reads what somebody asks for: as [`super::parse`] does, or `null`.
    ///
    /// # Errors
    /// Where that is not a point in time, or its year is out of range.
    pub fn asked<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Instant>, D::Error> {
        let text = Option::<String>::deserialize(from)?;
        let at = text.map(|text| super::parse(&text));
        at.transpose().map_err(D::Error::custom)
    }
}

/// Seconds since 1970, and nanoseconds.
fn compact(at: Instant) -> (i64, u32) {
    (at.timestamp(), at.timestamp_subsec_nanos())
}

fn from_compact((seconds, nanos): (i64, u32)) -> Result<Instant, TimeError> {
    DateTime::from_timestamp(seconds, nanos).ok_or(TimeError::Year)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::month::Month;

    #[test]
    fn an_offset_is_kept_as_an_instant() {
        let a = parse("2019-03-04T11:00:00+01:00").unwrap();
        assert_eq!(a, parse("2019-03-04T10:00:00Z").unwrap());
        assert_eq!(a, parse("2019-03-04T11:00").unwrap());
        assert_eq!(rfc3339(a), "2019-03-04T11:00:00+01:00");
    }

    #[test]
    fn clock_changes_are_refused_without_an_offset() {
        assert_eq!(parse("2019-03-31T02:30"), Err(TimeError::Skipped));
        assert_eq!(parse("2019-10-27T02:30"), Err(TimeError::Twice));
        let first = parse("2019-10-27T02:30:00+02:00").unwrap();
        let second = parse("2019-10-27T02:30:00+01:00").unwrap();
        assert_eq!(second - first, TimeDelta::hours(1));
        assert_eq!(local(first), local(second));
    }

    #[test]
    fn what_is_no_time_says_so() {
        assert_eq!(parse("i går"), Err(TimeError::Form));
        assert_eq!(parse("2019-02-29T10:00"), Err(TimeError::Form));
        assert_eq!(parse("1700-01-01T00:00:00Z"), Err(TimeError::Year));
        assert_eq!(parse("2016-12-31T23:59:60Z"), Err(TimeError::LeapSecond));
        assert_eq!(parse_date("2019-3-4"), Err(TimeError::Date));
    }

    /// Else a month would be written that cannot be read back.
    #[test]
    fn the_year_that_counts_is_the_one_in_sweden() {
        for (text, month) in [
            ("1899-12-31T23:00:00Z", Some("1900-01")),
            ("1899-12-31T22:59:59Z", None),
            ("2200-12-31T22:59:59Z", Some("2200-12")),
            ("2200-12-31T23:00:00Z", None),
            ("0001-01-01T00:00:00Z", None),
            ("9999-12-31T23:59:59Z", None),
        ] {
            let found = parse(text).ok().map(|at| Month::at(at).to_string());
            assert_eq!(found.as_deref(), month, "{text}");
        }
    }

    #[test]
    fn what_follows_from_the_last_of_years_is_read_back() {
        let last = start_of(parse_date("2200-12-31").unwrap());
        let due = last + TimeDelta::days(2);
        #[derive(serde::Serialize, serde::Deserialize)]
        struct Due(#[serde(with = "serde_instant")] Instant);
        let text = serde_json::to_string(&Due(due)).unwrap();
        assert_eq!(text, "\"2201-01-02T00:00:00+01:00\"");
        assert_eq!(serde_json::from_str::<Due>(&text).unwrap().0, due);
        let bytes = postcard::to_stdvec(&Due(due)).unwrap();
        assert_eq!(postcard::from_bytes::<Due>(&bytes).unwrap().0, due);
    }

    #[test]
    fn days_of_the_clock_change_have_their_real_length() {
        let spring = NaiveDate::from_ymd_opt(2019, 3, 31).unwrap();
        assert_eq!(
            start_of(plus_days(spring, 1)) - start_of(spring),
            TimeDelta::hours(23)
        );
        let skipped = at_clock(spring, NaiveTime::from_hms_opt(2, 30, 0).unwrap());
        assert_eq!(rfc3339(skipped), "2019-03-31T03:30:00+02:00");
    }
}
