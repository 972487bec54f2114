//! Which of the rules a region's stays fall under.

use chrono::NaiveDate;

use super::{
    figures::Figures,
    halland, individual, jamtland, jonkoping, manual,
    stay::{Stay, YearMonth, discharged_in, ymd},
    stockholm,
};

/// The figures of a month in a region. `today` is the date as at which.
pub fn figures(region: &str, stays: &[Stay], month: YearMonth, today: NaiveDate) -> Figures {
    let billable = stays
        .iter()
        .filter(|stay| stay.facts.needs && stay.payer().is_some());
    // An agreement binds the county's own municipalities: all of them are
    // parties in each of the five.
    let (own, guests): (Vec<&Stay>, Vec<&Stay>) =
        billable.partition(|stay| stay.payer().unwrap().to_string().starts_with(region));
    let mut all = by_statute(&guests, month, today);
    all.extend(match region {
        "01" => stockholm::month(&own, month, today),
        "06" => jonkoping::month(&own, month, today),
        "13" => halland::month(&own, month, today),
        "17" => varmland(&own, month, today),
        "23" => jamtland::month(&own, month, today),
        _ => by_statute(&own, month, today),
    });
    all
}

fn by_statute(stays: &[&Stay], month: YearMonth, today: NaiveDate) -> Figures {
    per_day(stays, month, today, individual::statute)
}

fn varmland(stays: &[&Stay], month: YearMonth, today: NaiveDate) -> Figures {
    per_day(stays, month, today, individual::varmland)
}

fn per_day(
    stays: &[&Stay],
    month: YearMonth,
    today: NaiveDate,
    rule: fn(&Stay, NaiveDate) -> individual::PerDay,
) -> Figures {
    let mut figures = individual::month(stays, month, today, |stay, span| {
        let start = span.start_date();
        (start >= ymd(2018, 1, 1)).then(|| rule(stay, start))
    });
    let discharged = discharged_in(stays, month);
    manual::list(&mut figures, &discharged, |_, span, _| {
        span.start_date() < ymd(2018, 1, 1)
    });
    figures
}
