//! Times as people write them.

use chrono::{Datelike, Duration, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};

use crate::model::time::{self, Instant, TimeError};

/// Longest step back or forth that is read, in hours: a year.
const FURTHEST: i64 = 24 * 366;

/// Reads a moment: `nu`/`now`, `14:30`, `14.30`, `1430` or `kl 14` (today),
/// `igår 14:30`/`yesterday 14:30`, `-2h`, `-30 min`, `-1d`, `2026-11-22 14:30`,
/// `22/11 14:30` or `22 nov 14:30` (the nearest such day), RFC 3339. Local
/// times are Swedish.
///
/// # Errors
/// [`TimeError`]: another form, or a local time that the change of the clock
/// skipped or repeated.
pub fn parse(text: &str, now: Instant) -> Result<Instant, TimeError> {
    let text = text.trim().to_lowercase();
    if matches!(text.as_str(), "nu" | "now") {
        return Ok(whole_seconds(now));
    }
    if let Some(step) = text.strip_prefix('-').and_then(step) {
        return Ok(whole_seconds(now - step));
    }
    if let Some(step) = text.strip_prefix('+').and_then(step) {
        return Ok(whole_seconds(now + step));
    }
    let today = time::local_date(now);
    if let Some((rest, offset @ ("+01:00" | "+02:00"))) = text.rsplit_once(' ')
        && let Some(local) = local(rest.trim(), today)
    {
        // The night when the clock goes back has an hour twice.
        return time::parse(&format!("{}{offset}", local.format("%Y-%m-%dT%H:%M:%S")));
    }
    match local(&text, today) {
        Some(local) => time::from_local(local),
        None => time::parse(&text.to_uppercase()),
    }
}

/// A local time: a clock alone, or a day and a clock.
fn local(text: &str, today: NaiveDate) -> Option<NaiveDateTime> {
    let mut words: Vec<&str> = text.split_whitespace().collect();
    let all = words.len();
    words.retain(|word| !matches!(*word, "kl" | "kl." | "klockan" | "at"));
    // A number alone could be anything; after a day or its own word it is an
    // hour.
    let (said, day) = (words.len() < all, words.len() > 1);
    let time = words.pop()?;
    let clock = clock(time).or_else(|| hour(time).filter(|_| said || day))?;
    let date = match words.is_empty() {
        true => today,
        false => day_of(&words, today)?,
    };
    Some(date.and_time(clock))
}

/// Reads a date of these weeks: `2026-11-24`, `24/11`, `24 nov`, `imorgon`.
///
/// # Errors
/// [`TimeError::Date`] for any other form.
pub fn date(text: &str, now: Instant) -> Result<NaiveDate, TimeError> {
    let text = text.to_lowercase();
    let words: Vec<&str> = text.split_whitespace().collect();
    day_of(&words, time::local_date(now)).ok_or(TimeError::Date)
}

fn day_of(words: &[&str], today: NaiveDate) -> Option<NaiveDate> {
    match words {
        ["i", word] => day_word(word, today),
        [word] => {
            let slashed = || {
                let (day, month) = word.split_once('/')?;
                near(day, number(month)?, today)
            };
            let written = time::parse_date(word).ok();
            day_word(word, today).or(written).or_else(slashed)
        }
        [day, name] => near(day, month(name)?, today),
        _ => None,
    }
}

fn day_word(word: &str, today: NaiveDate) -> Option<NaiveDate> {
    let days = match word {
        "idag" | "dag" | "today" => 0,
        "igår" | "igar" | "går" | "gar" | "yesterday" => -1,
        "förrgår" | "forrgar" | "iförrgår" => -2,
        "imorgon" | "morgon" | "tomorrow" => 1,
        _ => return None,
    };
    Some(time::plus_days(today, days))
}

/// The date with this day and month that is nearest to today: in January,
/// December is the last one.
fn near(day: &str, month: u32, today: NaiveDate) -> Option<NaiveDate> {
    let day = number(day)?;
    let years = today.year() - 1..=today.year() + 1;
    let dates = years.filter_map(|year| NaiveDate::from_ymd_opt(year, month, day));
    dates.min_by_key(|date| (*date - today).num_days().abs())
}

/// A month by its name or the beginning of it, from three letters on.
fn month(name: &str) -> Option<u32> {
    const NAMES: [(&str, &str); 12] = [
        ("januari", "january"),
        ("februari", "february"),
        ("mars", "march"),
        ("april", "april"),
        ("maj", "may"),
        ("juni", "june"),
        ("juli", "july"),
        ("augusti", "august"),
        ("september", "september"),
        ("oktober", "october"),
        ("november", "november"),
        ("december", "december"),
    ];
    let name = name.trim_end_matches('.');
    let is = |(sv, en): &(&str, &str)| sv.starts_with(name) || en.starts_with(name);
    let at = NAMES.iter().position(is).filter(|_| name.len() >= 3)?;
    u32::try_from(at + 1).ok()
}

/// A number of one or two digits.
fn number(text: &str) -> Option<u32> {
    let short = (1..=2).contains(&text.len());
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    (short && digits).then(|| text.parse().ok()).flatten()
}

/// `14`, `9`.
fn hour(text: &str) -> Option<NaiveTime> {
    NaiveTime::from_hms_opt(number(text)?, 0, 0)
}

/// `14:30`, `14.30`, `1430`, `14:30:15`, `9:05`.
fn clock(text: &str) -> Option<NaiveTime> {
    let parts: Vec<&str> = text.split([':', '.']).collect();
    match parts.as_slice() {
        [four] if four.len() == 4 && four.is_ascii() => {
            let (hours, minutes) = four.split_at(2);
            NaiveTime::from_hms_opt(number(hours)?, number(minutes)?, 0)
        }
        [hour, minute] if minute.len() == 2 => {
            NaiveTime::from_hms_opt(number(hour)?, number(minute)?, 0)
        }
        [hour, minute, second] => {
            NaiveTime::from_hms_opt(number(hour)?, number(minute)?, number(second)?)
        }
        _ => None,
    }
}

/// `2h`, `30 min`, `1d`, `2 tim 30 min`, `2h30m`.
fn step(text: &str) -> Option<TimeDelta> {
    let mut sum = TimeDelta::zero();
    let mut rest = text.trim();
    if rest.is_empty() {
        return None;
    }
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let number: i64 = rest.get(..digits)?.parse().ok()?;
        let after = rest.get(digits..)?.trim_start();
        let letters = after.find(|char: char| !char.is_alphabetic());
        let unit = &after[..letters.unwrap_or(after.len())];
        let one = match unit {
            "d" | "dag" | "dagar" | "dygn" | "day" | "days" => Duration::days(1),
            "h" | "t" | "tim" | "timme" | "timmar" | "hour" | "hours" => Duration::hours(1),
            "m" | "min" | "minut" | "minuter" | "minute" | "minutes" => Duration::minutes(1),
            _ => return None,
        };
        if number > FURTHEST * 60 {
            return None;
        }
        sum += one * i32::try_from(number).ok()?;
        rest = after.get(unit.len()..)?.trim_start();
    }
    (sum <= Duration::hours(FURTHEST)).then_some(sum)
}

/// A moment without its fraction of a second.
#[must_use]
pub fn whole_seconds(at: Instant) -> Instant {
    at.with_nanosecond(0).unwrap_or(at)
}

/// A moment as a field shows it for editing: the local clock where that says
/// it wholly, else RFC 3339.
#[must_use]
pub fn written(at: Instant) -> String {
    let local = time::local(at);
    let plain = local.format("%Y-%m-%d %H:%M").to_string();
    if time::parse(&plain) == Ok(at) {
        plain
    } else {
        time::rfc3339(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        time::parse(text).unwrap()
    }

    #[test]
    fn times_are_read_as_people_write_them() {
        let now = at("2026-11-22T15:12:07+01:00");
        for (text, expected) in [
            ("nu", "2026-11-22T15:12:07"),
            ("NOW", "2026-11-22T15:12:07"),
            ("14:30", "2026-11-22T14:30"),
            ("9.05", "2026-11-22T09:05"),
            ("igår 14:30", "2026-11-21T14:30"),
            ("i går kl 14", "2026-11-21T14:00"),
            ("igår kl. 14.30", "2026-11-21T14:30"),
            ("i förrgår 9", "2026-11-20T09:00"),
            ("i dag 1430", "2026-11-22T14:30"),
            ("1430", "2026-11-22T14:30"),
            ("kl 8", "2026-11-22T08:00"),
            ("22/11 14:30", "2026-11-22T14:30"),
            ("3/1 10:00", "2027-01-03T10:00"),
            ("20 nov 10:00", "2026-11-20T10:00"),
            ("1 dec. kl 10", "2026-12-01T10:00"),
            ("-2 timmar", "2026-11-22T13:12:07"),
            ("-1 tim 30 min", "2026-11-22T13:42:07"),
            ("Yesterday 14:30", "2026-11-21T14:30"),
            ("-2h", "2026-11-22T13:12:07"),
            ("-30m", "2026-11-22T14:42:07"),
            ("-1d 2h", "2026-11-21T13:12:07"),
            ("2026-11-20 08:00", "2026-11-20T08:00"),
            ("2026-11-20T08:00:00+01:00", "2026-11-20T08:00"),
            ("2026-11-20t07:00:00z", "2026-11-20T08:00"),
        ] {
            assert_eq!(parse(text, now), Ok(at(expected)), "{text}");
        }
    }

    #[test]
    fn what_is_no_time_is_refused() {
        let now = at("2026-11-22T15:12:07+01:00");
        for text in [
            "",
            "25:00",
            "14:3",
            "14",
            "-",
            "-2x",
            "-99999999999999h",
            "-9999999m",
            "igår",
            "2026-11-20",
            "1:2:3:4",
            "-2h é",
            "2460",
            "143",
            "i fjol 14:30",
            "31/2 10:00",
            "fre 14:30",
            "22 xyz 14:30",
            "22 no 14:30",
            "-2 tårtor",
            "kl",
        ] {
            assert_eq!(parse(text, now), Err(TimeError::Form), "{text}");
        }
        let spring = at("2026-03-29T12:00:00+02:00");
        assert_eq!(parse("02:30", spring), Err(TimeError::Skipped));
        let autumn = at("2026-10-25T12:00:00+01:00");
        assert_eq!(
            parse("02:30 +02:00", autumn),
            Ok(at("2026-10-25T02:30:00+02:00"))
        );
        assert_eq!(
            parse("2026-10-25 02:30 +01:00", autumn),
            Ok(at("2026-10-25T02:30:00+01:00"))
        );
        assert_eq!(parse("02:30", autumn), Err(TimeError::Twice));
    }

    #[test]
    fn dates_are_read_as_people_write_them() {
        let now = at("2026-11-22T15:12:07+01:00");
        for (text, expected) in [
            ("2026-11-24", "2026-11-24"),
            ("24/11", "2026-11-24"),
            ("2 jan", "2027-01-02"),
            ("Imorgon", "2026-11-23"),
            ("i dag", "2026-11-22"),
        ] {
            assert_eq!(date(text, now), Ok(expected.parse().unwrap()), "{text}");
        }
        for text in ["", "24", "31/11", "snart", "24/11 10:00"] {
            assert_eq!(date(text, now), Err(TimeError::Date), "{text}");
        }
    }

    #[test]
    fn a_moment_is_written_so_that_it_reads_back() {
        for text in [
            "2026-11-22T15:12:07+01:00",
            "2026-11-22T15:12:00+01:00",
            "2026-10-25T02:30:00+02:00",
        ] {
            assert_eq!(
                parse(&written(at(text)), at("2026-12-01T00:00")),
                Ok(at(text))
            );
        }
    }
}
