//! Dates, durations and money as people read them, in one place.

use chrono::{Datelike, NaiveDate, TimeDelta, Timelike};
use rust_decimal::{Decimal, RoundingStrategy};
use unicode_width::UnicodeWidthStr;

use super::Lang;
use crate::model::{
    money::Kronor,
    month::Month,
    place::PayerCode,
    time::{self, Instant},
};

/// Columns from which a payer's name stands beside its code.
const NAMED: usize = 10;

/// Columns from which a district board's code stands whole.
const DISTRICT: usize = 24;

/// Space that keeps a number together on one line.
const NBSP: char = '\u{a0}';

/// `2019-03-04`, the form that both languages' readers here use.
#[must_use]
pub fn date(date: NaiveDate) -> String {
    date.to_string()
}

/// `mån 4 mars` / `Mon 4 Mar`.
#[must_use]
pub fn short_day(day: NaiveDate, lang: Lang) -> String {
    const SV: [&str; 7] = ["mån", "tis", "ons", "tors", "fre", "lör", "sön"];
    const EN: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let weekday = day.weekday().num_days_from_monday() as usize;
    format!(
        "{} {} {}",
        lang.pick(SV, EN)[weekday],
        day.day(),
        short_month(day.month(), lang)
    )
}

fn short_month(month: u32, lang: Lang) -> &'static str {
    const SV: [&str; 12] = [
        "jan", "feb", "mars", "apr", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec",
    ];
    const EN: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    lang.pick(SV, EN)[(month - 1) as usize]
}

/// A text with its first letter as a capital.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// `mars 2019` / `March 2019`.
#[must_use]
pub fn month(month: Month, lang: Lang) -> String {
    const SV: [&str; 12] = [
        "januari",
        "februari",
        "mars",
        "april",
        "maj",
        "juni",
        "juli",
        "augusti",
        "september",
        "oktober",
        "november",
        "december",
    ];
    const EN: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    format!(
        "{} {}",
        lang.pick(SV, EN)[(month.number() - 1) as usize],
        month.year()
    )
}

/// `2019-03-04 11:00`, Swedish local time.
#[must_use]
pub fn moment(at: Instant) -> String {
    time::local(at).format("%Y-%m-%d %H:%M").to_string()
}

/// As [`moment`], with the seconds where there are any: a second past twelve
/// is not twelve.
#[must_use]
pub fn exact_moment(at: Instant) -> String {
    let local = time::local(at);
    let seconds = local.time().num_seconds_from_midnight() % 60;
    if seconds == 0 && local.nanosecond() == 0 {
        return moment(at);
    }
    local.format("%Y-%m-%d %H:%M:%S%.f").to_string()
}

/// `mån 4 mars 11:00`: a moment near now.
#[must_use]
pub fn near_moment(at: Instant, lang: Lang) -> String {
    let local = time::local(at);
    format!(
        "{} {:02}:{:02}",
        short_day(local.date(), lang),
        local.hour(),
        local.minute()
    )
}

/// `11:00`.
#[must_use]
pub fn clock(at: Instant) -> String {
    time::local(at).format("%H:%M").to_string()
}

/// A countdown: `2 d 04 h`, `23 h 59 m`, `59 m 08 s`; a minus where the
/// moment has passed.
#[must_use]
pub fn countdown(left: TimeDelta) -> String {
    let sign = if left < TimeDelta::zero() { "-" } else { "" };
    let seconds = left.num_seconds().unsigned_abs();
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3_600 % 24, seconds / 60 % 60);
    if days > 0 {
        format!("{sign}{days} d {hours:02} h")
    } else if hours > 0 {
        format!("{sign}{hours} h {minutes:02} m")
    } else {
        format!("{sign}{minutes} m {:02} s", seconds % 60)
    }
}

/// `352 160,00 kr` / `SEK 352,160.00`; öre only where there are some.
#[must_use]
pub fn money(amount: Kronor, lang: Lang) -> String {
    let number = decimal(&amount.to_string(), lang);
    let number = number
        .strip_suffix(lang.pick(",00", ".00"))
        .map_or_else(|| number.clone(), str::to_owned);
    lang.pick(format!("{number}{NBSP}kr"), format!("SEK{NBSP}{number}"))
}

/// A decimal number with the language's separators.
#[must_use]
pub fn number(value: Decimal, lang: Lang) -> String {
    decimal(&value.to_string(), lang)
}

/// Kronor for one, without their unit; öre are two digits or none.
#[must_use]
pub fn rate(value: Decimal, lang: Lang) -> String {
    let whole = value.normalize();
    match whole.scale() {
        1 => decimal(&format!("{whole:.2}"), lang),
        _ => decimal(&whole.to_string(), lang),
    }
}

/// A payer's code and name; a district board's code holds its name already.
#[must_use]
pub fn payer(payer: PayerCode) -> String {
    match payer.district() {
        Some(_) => payer.to_string(),
        None => format!("{payer} {}", payer.name()),
    }
}

/// A payer where `width` columns are its room: code and name, or the code
/// alone; of a district board then its name, as all of them share the code. In
/// a column all of them stand alike.
#[must_use]
pub fn payer_within(code: PayerCode, width: usize) -> String {
    let whole = payer(code);
    match code.district() {
        Some(_) if width < DISTRICT || whole.width() > width => code.name().to_owned(),
        None if width < NAMED => code.to_string(),
        _ => whole,
    }
}

/// An average in days, as figures give it, with at most two decimals, one from
/// ten days on; with all of them where it would else read as standing
/// otherwise to `beside`. `–` for none.
#[must_use]
pub fn days(average: Option<&str>, beside: Option<&str>, lang: Lang) -> String {
    let Some(text) = average else {
        return "–".to_owned();
    };
    let brief = brief(text, beside);
    exact_days(Some(brief.as_deref().unwrap_or(text)), lang)
}

/// A number of days with all of its decimals. `–` for none.
#[must_use]
pub fn exact_days(days: Option<&str>, lang: Lang) -> String {
    days.unwrap_or("–").replace('.', lang.pick(",", "."))
}

/// The number rounded half up, where that is shorter and hides nothing.
fn brief(text: &str, beside: Option<&str>) -> Option<String> {
    let exact: Decimal = text.parse().ok()?;
    let places = if exact < Decimal::TEN { 2 } else { 1 };
    if exact.scale() <= places {
        return None;
    }
    let brief = exact.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
    let beside = beside.and_then(|text| text.parse::<Decimal>().ok());
    let same = beside.is_none_or(|beside| exact.cmp(&beside) == brief.cmp(&beside));
    same.then(|| brief.to_string())
}

/// `3,4/2,0`: an average beside its threshold.
#[must_use]
pub fn against(average: Option<&str>, threshold: Option<&str>, lang: Lang) -> String {
    let of = days(average, threshold, lang);
    match threshold {
        Some(_) => format!("{of}/{}", days(threshold, None, lang)),
        None => of,
    }
}

/// The language's separators in a plain decimal text such as `-49700.00`.
fn decimal(plain: &str, lang: Lang) -> String {
    let (sign, plain) = plain
        .strip_prefix('-')
        .map_or(("", plain), |rest| ("-", rest));
    let (whole, fraction) = plain
        .split_once('.')
        .map_or((plain, None), |(w, f)| (w, Some(f)));
    let mut out = String::from(sign);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            out.push(lang.pick(NBSP, ','));
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push(lang.pick(',', '.'));
        out.push_str(fraction);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_payer_is_told_as_well_as_its_room_allows() {
        let said = |code: &str, width| payer_within(code.parse().unwrap(), width);
        assert_eq!(said("1780", 4), "1780");
        assert_eq!(said("1780", 13), "1780 Karlstad");
        assert_eq!(said("0180/Bromma", 24), "0180/Bromma");
        assert_eq!(said("0180/Bromma", 8), "Bromma");
        assert_eq!(said("0180/Kungsholmen", 13), "Kungsholmen");
    }

    #[test]
    fn numbers_read_as_each_language_writes_them() {
        assert_eq!(decimal("-352160.50", Lang::Sv), "-352\u{a0}160,50");
        assert_eq!(decimal("1352160", Lang::En), "1,352,160");
        assert_eq!(decimal("160", Lang::Sv), "160");
    }

    #[test]
    fn an_average_is_brief_where_that_hides_nothing() {
        let said = |average, threshold| against(Some(average), Some(threshold), Lang::Sv);
        assert_eq!(said("4.8571", "1.3"), "4,86/1,3");
        assert_eq!(said("3.4", "2.0"), "3,4/2,0");
        assert_eq!(said("12.3333", "1.3"), "12,3/1,3");
        assert_eq!(said("2.0042", "2.0"), "2,0042/2,0");
        assert_eq!(said("1.9958", "2.0"), "1,9958/2,0");
        assert_eq!(against(None, Some("2.0"), Lang::En), "–/2.0");
        assert_eq!(against(Some("2.335"), None, Lang::En), "2.34");
        assert_eq!(days(Some("0.0042"), Some("0"), Lang::En), "0.0042");
    }

    #[test]
    fn a_board_s_code_holds_its_name() {
        let said = |code: &str| payer(code.parse().unwrap());
        assert_eq!(said("0180/Bromma"), "0180/Bromma");
        assert_eq!(said("1780"), "1780 Karlstad");
    }

    #[test]
    fn countdowns_show_the_two_largest_units() {
        assert_eq!(countdown(TimeDelta::hours(25)), "1 d 01 h");
        assert_eq!(countdown(TimeDelta::minutes(61)), "1 h 01 m");
        assert_eq!(countdown(TimeDelta::seconds(-8)), "-0 m 08 s");
    }
}
