//! Sentences about agreements and rates, and about what a decision means.

use chrono::{NaiveDate, NaiveTime};
use rust_decimal::Decimal;

use crate::{
    model::money::Kronor,
    text::{Lang, format},
};

/// From when to when something holds.
#[must_use]
pub fn holds(from: NaiveDate, until: Option<NaiveDate>, lang: Lang) -> String {
    match until {
        Some(until) => format!("{from}–{until}"),
        None => lang.pick(format!("från {from}"), format!("from {from}")),
    }
}

/// How many payers an agreement binds.
#[must_use]
pub fn payers(count: usize, lang: Lang) -> String {
    lang.pick(
        super::counted(count, "kommun", "kommuner"),
        super::counted(count, "municipality", "municipalities"),
    )
}

/// Until when an agreement is confirmed.
#[must_use]
pub fn confirmed(until: NaiveDate, lang: Lang) -> String {
    lang.pick(
        format!("bekräftat till {until}"),
        format!("confirmed to {until}"),
    )
}

/// That the confirmation is past.
#[must_use]
pub fn confirmation_past(until: NaiveDate, lang: Lang) -> String {
    lang.pick(
        format!("BEKRÄFTELSEN GICK UT {until}"),
        format!("CONFIRMATION ENDED {until}"),
    )
}

/// That an agreement charges nothing for a time.
#[must_use]
pub fn suspended(from: NaiveDate, until: Option<NaiveDate>, lang: Lang) -> String {
    match until {
        Some(until) => lang.pick(
            format!("VILAR {from}–{until}"),
            format!("SUSPENDED {from}–{until}"),
        ),
        None => lang.pick(
            format!("VILAR från {from} tills vidare"),
            format!("SUSPENDED from {from} until further notice"),
        ),
    }
}

/// The last day on which a fact can come in time.
#[must_use]
pub fn within_days(days: u16, lang: Lang) -> String {
    lang.pick(
        format!("senast dag {days}"),
        format!("by day {days} at the latest"),
    )
}

/// That what is sent later counts for the next weekday.
#[must_use]
pub fn sent_by(clock: NaiveTime, lang: Lang) -> String {
    let clock = clock.format("%H:%M");
    lang.pick(
        format!("efter {clock} räknas nästa vardag"),
        format!("after {clock} the next weekday counts"),
    )
}

/// For how long what is supplied must last.
#[must_use]
pub fn lasts(last: NaiveDate, lang: Lang) -> String {
    lang.pick(
        format!("ska räcka till {last}"),
        format!("must last until {last}"),
    )
}

/// A day rate in kronor.
#[must_use]
pub fn kronor(amount: Decimal, lang: Lang) -> String {
    match Kronor::exact(amount) {
        Ok(amount) => format::money(amount, lang),
        Err(_) => format::number(amount, lang),
    }
}

/// What a confirmation does.
#[must_use]
pub fn means_confirmed(until: NaiveDate, lang: Lang) -> String {
    lang.pick(
        format!(
            "Avtalet räknas som bekräftat till och med {until}. Månader efter det får en anmärkning i avslutet."
        ),
        format!(
            "The agreement counts as confirmed up to and including {until}. Months after it get a finding in the close."
        ),
    )
}

/// What a suspension does.
#[must_use]
pub fn means_suspended(from: NaiveDate, until: Option<NaiveDate>, lang: Lang) -> String {
    let dates = match until {
        Some(until) => lang.pick(format!("{from} till {until}"), format!("{from} to {until}")),
        None => lang.pick(
            format!("från {from} tills vidare"),
            format!("from {from} until further notice"),
        ),
    };
    lang.pick(
        format!(
            "Det som avgörs av datum {dates} kostar ingenting, och ingen annan regel träder in. Låsta månader ändras inte."
        ),
        format!(
            "What is judged by dates {dates} costs nothing, and no other rule takes its place. Locked months do not change."
        ),
    )
}

/// What ending a suspension does.
#[must_use]
pub fn means_resumed(from: NaiveDate, lang: Lang) -> String {
    lang.pick(
        format!("Avtalet debiterar igen från och med {from}."),
        format!("The agreement charges again from {from} on."),
    )
}

/// What setting a date does.
#[must_use]
pub fn means_date_set(name: &str, date: NaiveDate, lang: Lang) -> String {
    lang.pick(
        format!("{name}: {date}. Reglerna som byts då byts den dagen."),
        format!("{name}: {date}. The rules that turn then turn on that day."),
    )
}

/// What setting a rate does.
#[must_use]
pub fn means_rate_set(year: &str, amount: Decimal, lang: Lang) -> String {
    let amount = kronor(amount, lang);
    lang.pick(
        format!(
            "Ett vårddygn under {year} kostar {amount} i alla månader som inte är låsta. Låsta månader ändras inte."
        ),
        format!(
            "A care day of {year} costs {amount} in every month that is not locked. Locked months do not change."
        ),
    )
}
