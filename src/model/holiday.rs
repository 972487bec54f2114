//! Swedish public holidays by rule, and weekdays.
//!
//! Lag (1989:253) names the public holidays; lag (2004:1320) made 6 June one
//! and whit Monday none from 2005. Midsummer, Christmas and new year's eve are
//! not public holidays, but no weekdays either (semesterlagen counts them so;
//! a reading, where a rule says weekday).

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// A public holiday, or one of the three eves that count as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Holiday {
    /// 1 January.
    NewYearsDay,
    /// 6 January.
    Epiphany,
    /// The Friday before Easter Sunday.
    GoodFriday,
    /// The Sunday after the first full moon from 21 March on.
    EasterSunday,
    /// The day after Easter Sunday.
    EasterMonday,
    /// 1 May.
    MayDay,
    /// The sixth Thursday after Easter Sunday.
    AscensionDay,
    /// The seventh Sunday after Easter Sunday.
    WhitSunday,
    /// The day after whit Sunday, until 2004.
    WhitMonday,
    /// 6 June, from 2005.
    NationalDay,
    /// The Friday before midsummer day; an eve.
    MidsummerEve,
    /// The Saturday from 20 to 26 June.
    MidsummerDay,
    /// The Saturday from 31 October to 6 November.
    AllSaintsDay,
    /// 24 December; an eve.
    ChristmasEve,
    /// 25 December.
    ChristmasDay,
    /// 26 December.
    BoxingDay,
    /// 31 December; an eve.
    NewYearsEve,
}

impl Holiday {
    /// The Swedish name, such as "Trettondedag jul".
    pub fn swedish(self) -> &'static str {
        match self {
            Self::NewYearsDay => "Nyårsdagen",
            Self::Epiphany => "Trettondedag jul",
            Self::GoodFriday => "Långfredagen",
            Self::EasterSunday => "Påskdagen",
            Self::EasterMonday => "Annandag påsk",
            Self::MayDay => "Första maj",
            Self::AscensionDay => "Kristi himmelsfärdsdag",
            Self::WhitSunday => "Pingstdagen",
            Self::WhitMonday => "Annandag pingst",
            Self::NationalDay => "Nationaldagen",
            Self::MidsummerEve => "Midsommarafton",
            Self::MidsummerDay => "Midsommardagen",
            Self::AllSaintsDay => "Alla helgons dag",
            Self::ChristmasEve => "Julafton",
            Self::ChristmasDay => "Juldagen",
            Self::BoxingDay => "Annandag jul",
            Self::NewYearsEve => "Nyårsafton",
        }
    }

    /// The English name, such as "Epiphany".
    pub fn english(self) -> &'static str {
        match self {
            Self::NewYearsDay => "New Year's Day",
            Self::Epiphany => "Epiphany",
            Self::GoodFriday => "Good Friday",
            Self::EasterSunday => "Easter Sunday",
            Self::EasterMonday => "Easter Monday",
            Self::MayDay => "May Day",
            Self::AscensionDay => "Ascension Day",
            Self::WhitSunday => "Whit Sunday",
            Self::WhitMonday => "Whit Monday",
            Self::NationalDay => "National Day",
            Self::MidsummerEve => "Midsummer Eve",
            Self::MidsummerDay => "Midsummer Day",
            Self::AllSaintsDay => "All Saints' Day",
            Self::ChristmasEve => "Christmas Eve",
            Self::ChristmasDay => "Christmas Day",
            Self::BoxingDay => "Boxing Day",
            Self::NewYearsEve => "New Year's Eve",
        }
    }

    /// Whether it is an eve: no public holiday by the law, yet no weekday.
    pub fn is_eve(self) -> bool {
        matches!(
            self,
            Self::MidsummerEve | Self::ChristmasEve | Self::NewYearsEve
        )
    }
}

/// The holiday on that day, if any. Where two fall together (1 May and
/// Ascension Day in 2008) it is the one with the fixed date. The rule is that
/// of the law in force since 1990, also where it is asked about other years.
pub fn holiday(date: NaiveDate) -> Option<Holiday> {
    fixed(date)
        .or_else(|| by_weekday(date))
        .or_else(|| by_easter(date))
}

/// Whether that day is neither Saturday, Sunday, public holiday nor one of the
/// three eves.
pub fn is_weekday(date: NaiveDate) -> bool {
    !matches!(date.weekday(), Weekday::Sat | Weekday::Sun) && holiday(date).is_none()
}

/// The first weekday after `date` (the last day of the calendar, if none is
/// left).
pub fn next_weekday(date: NaiveDate) -> NaiveDate {
    add_weekdays(date, 1)
}

/// The `count`th weekday after `date`; `date` itself for 0.
pub fn add_weekdays(date: NaiveDate, count: usize) -> NaiveDate {
    match count.checked_sub(1) {
        None => date,
        Some(skipped) => date
            .iter_days()
            .skip(1)
            .filter(|day| is_weekday(*day))
            .nth(skipped)
            .unwrap_or(NaiveDate::MAX),
    }
}

fn fixed(date: NaiveDate) -> Option<Holiday> {
    Some(match (date.month(), date.day()) {
        (1, 1) => Holiday::NewYearsDay,
        (1, 6) => Holiday::Epiphany,
        (5, 1) => Holiday::MayDay,
        (6, 6) if date.year() >= 2005 => Holiday::NationalDay,
        (12, 24) => Holiday::ChristmasEve,
        (12, 25) => Holiday::ChristmasDay,
        (12, 26) => Holiday::BoxingDay,
        (12, 31) => Holiday::NewYearsEve,
        _ => return None,
    })
}

fn by_weekday(date: NaiveDate) -> Option<Holiday> {
    match (date.month(), date.day(), date.weekday()) {
        (6, 19..=25, Weekday::Fri) => Some(Holiday::MidsummerEve),
        (6, 20..=26, Weekday::Sat) => Some(Holiday::MidsummerDay),
        (10, 31, Weekday::Sat) | (11, 1..=6, Weekday::Sat) => Some(Holiday::AllSaintsDay),
        _ => None,
    }
}

fn by_easter(date: NaiveDate) -> Option<Holiday> {
    // Good Friday is never before 20 March, whit Monday never after 14 June:
    // most days need no computus.
    if !(3..=6).contains(&date.month()) {
        return None;
    }
    match (date - easter_sunday(date.year())?).num_days() {
        -2 => Some(Holiday::GoodFriday),
        0 => Some(Holiday::EasterSunday),
        1 => Some(Holiday::EasterMonday),
        39 => Some(Holiday::AscensionDay),
        49 => Some(Holiday::WhitSunday),
        50 if date.year() <= 2004 => Some(Holiday::WhitMonday),
        _ => None,
    }
}

/// Easter Sunday of the Gregorian calendar, by Gauss's rule with the lunar and
/// solar corrections of the century. `None` outside the calendar's range.
fn easter_sunday(year: i32) -> Option<NaiveDate> {
    let century = year.div_euclid(100);
    let solar = century - century.div_euclid(4);
    let lunar = (8 * century + 13).div_euclid(25);
    let epact = (19 * year.rem_euclid(19) + solar - lunar + 15).rem_euclid(30);
    // Two exceptions keep the full moon before 19 April, and two of them apart.
    let late = epact == 29 || (epact == 28 && year.rem_euclid(19) > 10);
    let full_moon = u64::try_from(epact - i32::from(late)).ok()?;
    let full_moon = NaiveDate::from_ymd_opt(year, 3, 21)?.checked_add_days(Days::new(full_moon))?;
    let to_sunday = 7 - u64::from(full_moon.weekday().num_days_from_sunday());
    full_moon.checked_add_days(Days::new(to_sunday))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    fn named(code: &str) -> Holiday {
        match code {
            "NEW" => Holiday::NewYearsDay,
            "EPI" => Holiday::Epiphany,
            "GFR" => Holiday::GoodFriday,
            "EAS" => Holiday::EasterSunday,
            "EMO" => Holiday::EasterMonday,
            "MAY" => Holiday::MayDay,
            "ASC" => Holiday::AscensionDay,
            "WHI" => Holiday::WhitSunday,
            "WMO" => Holiday::WhitMonday,
            "NAT" => Holiday::NationalDay,
            "mid" => Holiday::MidsummerEve,
            "MID" => Holiday::MidsummerDay,
            "SAI" => Holiday::AllSaintsDay,
            "xma" => Holiday::ChristmasEve,
            "XMA" => Holiday::ChristmasDay,
            "BOX" => Holiday::BoxingDay,
            "new" => Holiday::NewYearsEve,
            other => panic!("unknown holiday {other}"),
        }
    }

    fn list() -> BTreeMap<NaiveDate, Vec<Holiday>> {
        let mut list = BTreeMap::new();
        for line in include_str!("../../fixtures/holidays.csv").lines().skip(1) {
            let (year, days) = line.split_once(',').unwrap();
            for entry in days.split(' ') {
                let (date, names) = entry.split_once('=').unwrap();
                for name in names.split('+') {
                    assert_eq!(named(name).is_eve(), name.chars().all(char::is_lowercase));
                }
                let date = format!("{year}-{date}").parse().unwrap();
                list.insert(date, names.split('+').map(named).collect());
            }
        }
        list
    }

    #[test]
    fn every_day_from_1990_to_2060_agrees_with_the_list() {
        let list = list();
        for date in day(1990, 1, 1)
            .iter_days()
            .take_while(|date| date.year() <= 2060)
        {
            match (holiday(date), list.get(&date)) {
                (None, None) => {}
                (Some(found), Some(names)) => assert!(names.contains(&found), "{date}: {found:?}"),
                (found, listed) => panic!("{date}: found {found:?}, listed {listed:?}"),
            }
            let weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
            assert_eq!(
                is_weekday(date),
                !weekend && !list.contains_key(&date),
                "{date}"
            );
        }
        assert_eq!(list.len(), 1132);
    }

    #[test]
    fn easter_of_years_with_exceptions() {
        for (year, month, date) in [
            (1954, 4, 18),
            (1981, 4, 19),
            (2019, 4, 21),
            (2038, 4, 25),
            (2076, 4, 19),
            (2100, 3, 28),
        ] {
            assert_eq!(easter_sunday(year), Some(day(year, month, date)));
        }
    }

    #[test]
    fn weekdays_pass_over_free_days() {
        // Maundy Thursday 2019, then Good Friday to Easter Monday.
        assert_eq!(next_weekday(day(2019, 4, 18)), day(2019, 4, 23));
        assert_eq!(add_weekdays(day(2019, 4, 18), 2), day(2019, 4, 24));
        assert_eq!(add_weekdays(day(2019, 4, 20), 0), day(2019, 4, 20));
        assert_eq!(next_weekday(day(2019, 12, 23)), day(2019, 12, 27));
        assert_eq!(next_weekday(day(2019, 6, 20)), day(2019, 6, 24));
        assert_eq!(next_weekday(day(2004, 5, 28)), day(2004, 6, 1));
        assert_eq!(next_weekday(day(2005, 5, 13)), day(2005, 5, 16));
    }

    #[test]
    fn the_ends_of_the_calendar_do_not_panic() {
        for date in [NaiveDate::MIN, NaiveDate::MAX] {
            let _ = (holiday(date), is_weekday(date), add_weekdays(date, 3));
        }
        assert_eq!(next_weekday(NaiveDate::MAX), NaiveDate::MAX);
        assert_eq!(easter_sunday(i32::MAX / 32), None);
    }

    #[test]
    fn names_differ() {
        let all: Vec<Holiday> = list().into_values().flatten().collect();
        let count = |name: fn(Holiday) -> &'static str| {
            all.iter()
                .map(|holiday| name(*holiday))
                .collect::<std::collections::BTreeSet<_>>()
                .len()
        };
        assert_eq!((count(Holiday::swedish), count(Holiday::english)), (17, 17));
    }
}
