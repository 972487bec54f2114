//! Values of an agreement: each with a unit, the date from which it holds,
//! and the clause that it rests on.
//!
//! Alternatives of a value are spellings that the engine computes as well
//! (see [`super::Alternative`]); those of a rule as a whole are prose.

use chrono::{NaiveDate, NaiveTime};
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, de::Error as _};

use super::alternative::Alternative;
use crate::model::{month::Month, time::YEARS};

/// Stands between the code of a fault and its words, in errors that pass
/// through serde.
pub(super) const CODED: char = '\u{1f}';

/// A fault for serde to carry; `code` is one of [`super::error::CODES`].
pub(super) fn coded(code: &str, problem: impl std::fmt::Display) -> String {
    format!("{code}{CODED}{problem}")
}

/// The largest number of days, months or parts: what is above it is a slip of
/// the hand.
pub(super) const MOST: u16 = 366;

/// Reads a whole number from 0 to `most`.
///
/// # Errors
/// `bad_value` for any other number.
pub(super) fn up_to<'de, D: Deserializer<'de>>(from: D, most: u16) -> Result<u16, D::Error> {
    let number = i64::deserialize(from)?;
    limited(number, most).map_err(D::Error::custom)
}

/// `number` where it lies from 0 to `most`.
pub(super) fn limited(number: i64, most: u16) -> Result<u16, String> {
    let fits = u16::try_from(number).ok().filter(|it| *it <= most);
    fits.ok_or_else(|| {
        let problem = format_args!("{number} is no number from 0 to {most}; correct it");
        coded("bad_value", problem)
    })
}

/// Reads a whole number from 0 to [`MOST`].
fn counted<'de, D: Deserializer<'de>>(from: D) -> Result<u16, D::Error> {
    up_to(from, MOST)
}

/// A calendar date as TOML writes it (`2019-01-01`, no quotes).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(pub NaiveDate);

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let written = toml::value::Datetime::deserialize(from)?;
        let (Some(date), None, None) = (written.date, written.time, written.offset) else {
            let problem = "not a date; write 2019-01-01 without a time";
            return Err(D::Error::custom(coded("bad_value", problem)));
        };
        if !YEARS.contains(&date.year.into()) {
            let problem = "the year is outside 1900–2200; check the date";
            return Err(D::Error::custom(coded("bad_value", problem)));
        }
        NaiveDate::from_ymd_opt(date.year.into(), date.month.into(), date.day.into())
            .map(Self)
            .ok_or_else(|| {
                let problem = "this date is not in the calendar; correct it";
                D::Error::custom(coded("bad_value", problem))
            })
    }
}

/// A clock time in Sweden, as text (`"14:00"`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ClockTime(pub NaiveTime);

impl<'de> Deserialize<'de> for ClockTime {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        NaiveTime::parse_from_str(&text, "%H:%M")
            .map(Self)
            .map_err(|_| D::Error::custom(coded("bad_value", "not a clock time; write \"14:00\"")))
    }
}

/// The section of a document in which a rule stands; never empty.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Section(Box<str>);

impl Section {
    /// The section as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Section {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        if text.trim().is_empty() {
            let problem = "the clause is empty; name the section of the document";
            return Err(D::Error::custom(coded("empty", problem)));
        }
        Ok(Self(text.into()))
    }
}

/// Where a rule rests: its section, whether the document is silent or
/// unclear there, and what else it could mean.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Section of the document.
    pub clause: Section,
    /// Whether it is a reading: the document does not say it so.
    #[serde(default)]
    pub reading: bool,
    /// Other readings that were not chosen.
    #[serde(default)]
    pub alternatives: Vec<String>,
}

/// A type of value that an agreement can carry.
pub trait Quantity: for<'de> Deserialize<'de> {
    /// The units of which one must stand beside the value; none for a choice.
    const UNITS: &'static [&'static str];

    /// The value as counted in `unit`, one of [`Self::UNITS`].
    #[must_use]
    fn counted_in(self, unit: &str) -> Self {
        let _ = unit;
        self
    }
}

/// A value from a date on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Value<T> {
    /// The value.
    pub value: T,
    /// The first date on which it holds.
    pub from: NaiveDate,
    /// Where it stands.
    pub source: Source,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written<T> {
    value: T,
    unit: Option<String>,
    from: Day,
    clause: Section,
    #[serde(default)]
    reading: bool,
    #[serde(default)]
    alternatives: Vec<String>,
}

impl<'de, T: Quantity> Deserialize<'de> for Value<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let written = Written::<T>::deserialize(from)?;
        let value = in_unit(written.value, written.unit.as_deref())
            .map_err(|problem| D::Error::custom(coded("unit", problem)))?;
        for text in &written.alternatives {
            Alternative::of::<T>(text)
                .map_err(|problem| D::Error::custom(coded("alternative", problem)))?;
        }
        if !written.reading && !written.alternatives.is_empty() {
            let problem =
                "alternatives belong to a reading; write reading = true, or leave them out";
            return Err(D::Error::custom(coded("alternative", problem)));
        }
        Ok(Self {
            value,
            from: written.from.0,
            source: Source {
                clause: written.clause,
                reading: written.reading,
                alternatives: written.alternatives,
            },
        })
    }
}

/// The value with the unit that stands beside it, if that is one of its own.
fn in_unit<T: Quantity>(value: T, unit: Option<&str>) -> Result<T, String> {
    match (T::UNITS, unit) {
        ([], None) => Ok(value),
        ([], Some(_)) => Err("this value is a choice; leave out its unit".to_owned()),
        (units, Some(unit)) if units.contains(&unit) => Ok(value.counted_in(unit)),
        (units, _) => Err(format!(
            "this value is counted in {}; write unit = \"{}\"",
            units.join(" or "),
            units.join("\" or unit = \""),
        )),
    }
}

/// A value over time: never empty, ascending by date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated<T>(Vec<Value<T>>);

impl<T> Dated<T> {
    /// What holds on `date`; before the first date, the first value (a file
    /// whose first value starts after its rule is refused when loaded).
    #[must_use]
    pub fn on(&self, date: NaiveDate) -> &Value<T> {
        let later = self.0.iter().skip(1);
        let last = later.take_while(|value| value.from <= date).last();
        last.unwrap_or(&self.0[0])
    }

    /// The first date on which it has a value.
    #[must_use]
    pub fn from(&self) -> NaiveDate {
        self.0[0].from
    }

    /// The values, ascending by date.
    pub fn all(&self) -> impl Iterator<Item = &Value<T>> {
        self.0.iter()
    }
}

impl<'de, T: Quantity> Deserialize<'de> for Dated<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let values = Vec::<Value<T>>::deserialize(from)?;
        if values.is_empty() {
            let problem = "no value is given; write at least one";
            return Err(D::Error::custom(coded("empty", problem)));
        }
        if values.windows(2).any(|pair| pair[0].from >= pair[1].from) {
            let problem =
                "two values hold from the same date or stand out of order; order them by `from`";
            return Err(D::Error::custom(coded("order", problem)));
        }
        Ok(Self(values))
    }
}

/// Calendar days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Days(#[serde(deserialize_with = "counted")] pub u16);

impl Quantity for Days {
    const UNITS: &'static [&'static str] = &["days"];
}

/// Calendar months.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Months(#[serde(deserialize_with = "counted")] pub u16);

impl Quantity for Months {
    const UNITS: &'static [&'static str] = &["months"];
}

/// A plain number, for instance the parts of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Count(#[serde(deserialize_with = "counted")] pub u16);

impl Quantity for Count {
    const UNITS: &'static [&'static str] = &["count"];
}

/// Yes or no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct YesNo(pub bool);

impl Quantity for YesNo {
    const UNITS: &'static [&'static str] = &[];
}

/// A number of days above which something is due, as an exact decimal in
/// quotes, or `county_average YYYY-MM`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Threshold {
    /// Days.
    Days(Decimal),
    /// The average over all party payers' discharges of that month.
    CountyAverage(Month),
}

impl<'de> Deserialize<'de> for Threshold {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        if let Some(month) = text.strip_prefix("county_average ") {
            return month.parse().map(Self::CountyAverage).map_err(|why| {
                let problem = format_args!("{why}; write \"county_average 2020-10\"");
                D::Error::custom(coded("bad_value", problem))
            });
        }
        let days = exact(&text, DECIMALS, MOST.into());
        days.map(Self::Days).ok_or_else(|| {
            let problem = format_args!(
                "not a number of days from 0 to {MOST} with at most {DECIMALS} decimals; write it in quotes, for instance \"2.0\""
            );
            D::Error::custom(coded("bad_value", problem))
        })
    }
}

impl Quantity for Threshold {
    const UNITS: &'static [&'static str] = &["days"];
}

/// The most decimals of a threshold in days.
const DECIMALS: usize = 4;

/// An exact decimal from 0 to `most`, as text of digits and at most one point.
fn exact(text: &str, decimals: usize, most: Decimal) -> Option<Decimal> {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(part) || part.len() > decimals {
        return None;
    }
    let value = Decimal::from_str_exact(text).ok()?;
    (value <= most).then_some(value)
}

/// A sum in kronor, as an exact decimal in quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KronorValue(pub Decimal);

impl<'de> Deserialize<'de> for KronorValue {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let kronor = exact(&String::deserialize(from)?, 2, Decimal::from(999_999_999));
        kronor.map(Self).ok_or_else(|| {
            let problem = "not kronor from 0 to 999999999 with at most two decimals; write them in quotes, for instance \"1500.50\"";
            D::Error::custom(coded("bad_value", problem))
        })
    }
}

impl Quantity for KronorValue {
    const UNITS: &'static [&'static str] = &["kronor"];
}

/// How a number is rounded: `none`, or `half_up_N` with N decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rounding {
    /// Exact.
    None,
    /// Half up (away from zero) to so many decimals.
    HalfUp(u32),
}

impl<'de> Deserialize<'de> for Rounding {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        match String::deserialize(from)?.as_str() {
            "none" => Ok(Self::None),
            "half_up_0" => Ok(Self::HalfUp(0)),
            "half_up_1" => Ok(Self::HalfUp(1)),
            "half_up_2" => Ok(Self::HalfUp(2)),
            _ => {
                let problem = "unknown rounding; write none, half_up_0, half_up_1 or half_up_2";
                Err(D::Error::custom(coded("unknown_value", problem)))
            }
        }
    }
}

impl Quantity for Rounding {
    const UNITS: &'static [&'static str] = &[];
}

macro_rules! choices {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $text)] $variant,)*
        }

        impl $name {
            /// The name in an agreement's file.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)*
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.name())
            }
        }

        impl crate::rules::agreement::Quantity for $name {
            const UNITS: &'static [&'static str] = &[];
        }
    };
}
pub(super) use choices;

choices! {
    /// How days from a span's start to its end are counted.
    DayCounting {
        /// Whole 24-hour periods on the wall clock.
        Hours24 = "hours_24",
        /// Steps from date to date.
        Dates = "dates",
    }
}

choices! {
    /// What a time in which the region's open care was missing does.
    OpenCare {
        /// Touched dates are not counted.
        DatesSkipped = "dates_skipped",
        /// Its hours are taken off.
        HoursSubtracted = "hours_subtracted",
        /// Nothing.
        Ignored = "ignored",
    }
}

choices! {
    /// From when a precondition that was met counts.
    CountsFrom {
        /// The date after it was met: it must hold all day.
        DayAfter = "day_after",
        /// The date on which it was met.
        SameDay = "same_day",
    }
}

choices! {
    /// What a precondition that is met after its last day does.
    WhenLate {
        /// It stays unmet for good.
        DoesNotCount = "does_not_count",
        /// It counts as one without a last day would: an individual rule
        /// charges from when it was met, an average asks what stands at the
        /// discharge.
        CountsFromCall = "counts_from_call",
    }
}

choices! {
    /// What becomes of a stay that bears no liability at its discharge, in an
    /// average.
    Unmet {
        /// It leaves the average, patient and days alike.
        Leaves = "leaves",
        /// It is a patient of the average, with no days.
        CountedAsZero = "counted_as_zero",
    }
}
