//! Calendar months, the unit of figures and locks.

use std::{fmt, str::FromStr};

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::time::{self, Instant};

/// A calendar month, written `YYYY-MM`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Month {
    year: i32,
    month: u32,
}

/// A text is not a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not a month; write YYYY-MM, for instance 2019-03")]
pub struct MonthError;

impl Month {
    /// The month `month` (1–12) of `year`; `None` outside 1900–2200.
    #[must_use]
    pub fn new(year: i32, month: u32) -> Option<Self> {
        ((1900..=2200).contains(&year) && (1..=12).contains(&month)).then_some(Self { year, month })
    }

    /// The month that holds `date`.
    #[must_use]
    pub fn of(date: NaiveDate) -> Self {
        Self {
            year: date.year(),
            month: date.month(),
        }
    }

    /// The month in Sweden at `at`.
    #[must_use]
    pub fn at(at: Instant) -> Self {
        Self::of(time::local_date(at))
    }

    /// The calendar year.
    #[must_use]
    pub fn year(self) -> i32 {
        self.year
    }

    /// 1–12.
    #[must_use]
    pub fn number(self) -> u32 {
        self.month
    }

    /// Its first date.
    #[must_use]
    pub fn first(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year, self.month, 1).unwrap_or(NaiveDate::MIN)
    }

    /// Its last date.
    #[must_use]
    pub fn last(self) -> NaiveDate {
        time::plus_days(self.next().first(), -1)
    }

    /// Whether `date` lies in it.
    #[must_use]
    pub fn holds(self, date: NaiveDate) -> bool {
        Self::of(date) == self
    }

    /// The month after.
    #[must_use]
    pub fn next(self) -> Self {
        self.plus(1)
    }

    /// The month before.
    #[must_use]
    pub fn previous(self) -> Self {
        self.plus(-1)
    }

    /// The month `months` later (earlier for negative numbers).
    #[must_use]
    pub fn plus(self, months: i32) -> Self {
        let index = self.year * 12 + self.month as i32 - 1 + months;
        Self {
            year: index.div_euclid(12),
            month: index.rem_euclid(12) as u32 + 1,
        }
    }

    /// Months from `earlier` to this one.
    #[must_use]
    pub fn since(self, earlier: Self) -> i32 {
        (self.year - earlier.year) * 12 + self.month as i32 - earlier.month as i32
    }

    /// Whether it had ended, in Sweden, by `now`.
    #[must_use]
    pub fn ended_by(self, now: Instant) -> bool {
        time::start_of(self.next().first()) <= now
    }

    /// This month and those after it up to `last`.
    pub fn through(self, last: Self) -> impl Iterator<Item = Self> {
        (0..=last.since(self)).map(move |step| self.plus(step))
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl FromStr for Month {
    type Err = MonthError;

    fn from_str(text: &str) -> Result<Self, MonthError> {
        let (year, month) = text.split_once('-').ok_or(MonthError)?;
        let digits =
            |part: &str, len| part.len() == len && part.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(year, 4) || !digits(month, 2) {
            return Err(MonthError);
        }
        let (year, month) = (year.parse(), month.parse());
        match (year, month) {
            (Ok(year), Ok(month)) => Self::new(year, month).ok_or(MonthError),
            _ => Err(MonthError),
        }
    }
}

impl TryFrom<String> for Month {
    type Error = MonthError;

    fn try_from(text: String) -> Result<Self, MonthError> {
        text.parse()
    }
}

impl From<Month> for String {
    fn from(month: Month) -> Self {
        month.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_step_over_new_year() {
        let december: Month = "2018-12".parse().unwrap();
        assert_eq!(december.next().to_string(), "2019-01");
        assert_eq!(december.next().previous(), december);
        assert_eq!(
            december.last(),
            NaiveDate::from_ymd_opt(2018, 12, 31).unwrap()
        );
        assert_eq!(december.plus(14).since(december), 14);
        assert_eq!(december.through(december.plus(2)).count(), 3);
    }

    #[test]
    fn only_the_written_form_is_read() {
        for text in [
            "2018-1", "2018-13", "18-01", "2018-00", "2018/01", "+018-01", "",
        ] {
            assert_eq!(text.parse::<Month>(), Err(MonthError), "{text}");
        }
    }

    #[test]
    fn a_month_ends_at_swedish_midnight() {
        let march: Month = "2019-03".parse().unwrap();
        assert!(!march.ended_by(time::parse("2019-03-31T23:59:59+02:00").unwrap()));
        assert!(march.ended_by(time::parse("2019-03-31T22:00:00Z").unwrap()));
    }
}
