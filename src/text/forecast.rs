//! Words of the month's forecast.

use super::{Lang, format};
use crate::{
    ledger::forecast::{Keep, Standing, TriggerForecast},
    rules::model::average_trigger::Effect,
};

/// Where a month stands, as a sentence; none for one that runs.
#[must_use]
pub fn standing(standing: Standing, lang: Lang) -> Option<&'static str> {
    match standing {
        Standing::Running => None,
        Standing::Ended => Some(lang.pick(
            "Månaden är slut: det här blev den. Ingen utskrivning ändrar den längre.",
            "The month has ended: this is what it came to. No discharge changes it any more.",
        )),
        Standing::Locked => Some(lang.pick(
            "Månaden är låst: det här är vad som låstes.",
            "The month is locked: this is what was locked.",
        )),
    }
}

/// The scenarios' headings: so far, none leaves, today, tomorrow, planned.
#[must_use]
pub fn scenarios(lang: Lang) -> [&'static str; 5] {
    lang.pick(
        ["Hittills", "Ingen går", "I dag", "I morgon", "Enligt plan"],
        ["So far", "None leaves", "Today", "Tomorrow", "As planned"],
    )
}

/// Where a payer's months in a row stand before this one.
#[must_use]
pub fn trigger(state: &TriggerForecast, lang: Lang) -> String {
    let (run, needed) = (state.run, state.needed);
    if state.charging {
        return lang.pick(
            format!("debitering pågår; {run} av {needed} månader i rad på eller under gränsen"),
            format!(
                "charging goes on; {run} of {needed} months in a row at or below the threshold"
            ),
        );
    }
    lang.pick(
        format!("{run} av {needed} månader i rad över gränsen"),
        format!("{run} of {needed} months in a row above the threshold"),
    )
}

/// What the month's average does to the months in a row.
#[must_use]
pub fn effect(effect: Effect, lang: Lang) -> &'static str {
    let (sv, en) = match effect {
        Effect::None => ("raden bryts", "no month in a row"),
        Effect::Counts => ("en månad till i rad", "one more month in a row"),
        Effect::Starts => (
            "debitering börjar nästa månad",
            "charging starts next month",
        ),
        Effect::StartsBack => (
            "debitering börjar, även för månaderna i raden",
            "charging starts, for the months in the row too",
        ),
        Effect::GoesOn => ("debiteringen fortsätter", "charging goes on"),
        Effect::CountsDown => ("en månad till mot slutet", "one more month towards the end"),
        Effect::Ends => ("sista månaden som debiteras", "the last month charged"),
    };
    lang.pick(sv, en)
}

/// What it takes to keep an average down.
#[must_use]
pub fn keep(keep: &Keep, lang: Lang) -> String {
    let number = |text: &Option<String>| format::exact_days(text.as_deref(), lang);
    let average = number(&keep.average);
    if !keep.possible {
        let over = number(&keep.over_by);
        return lang.pick(
            format!("går inte längre att hålla under gränsen: {over} dygn över även om alla skrivs ut i dag (snitt {average})"),
            format!("cannot be kept down any more: {over} days above even if all leave today (average {average})"),
        );
    }
    if keep.stays.is_empty() && keep.average.is_none() {
        return lang
            .pick(
                "ingen räknas i snittet enligt planen: gränsen passeras inte",
                "nobody counts in the average as planned: the threshold is not passed",
            )
            .to_owned();
    }
    if keep.stays.is_empty() {
        return lang.pick(
            format!("planen håller snittet på {average}: ingen behöver skrivas ut tidigare"),
            format!("the plan keeps the average at {average}: nobody need leave earlier"),
        );
    }
    let stays: Vec<_> = keep.stays.iter().map(ToString::to_string).collect();
    let (count, stays) = (stays.len(), stays.join(", "));
    lang.pick(
        format!("minst {count} måste skrivas ut i dag för att inte passera gränsen (snitt {average}): {stays}"),
        format!("at least {count} must leave today to stay at or below it (average {average}): {stays}"),
    )
}

/// The noon clock's heading: until when, and how long that is.
#[must_use]
pub fn noon(at: crate::model::time::Instant, seconds: i64, lang: Lang) -> String {
    let left = chrono::TimeDelta::try_seconds(seconds).unwrap_or(chrono::TimeDelta::MAX);
    let (at, left) = (format::near_moment(at, lang), format::countdown(left));
    lang.pick(
        format!("Före {at} ({left} kvar): underrättelser som förlorar ett dygn om de inte skickas"),
        format!("By {at} ({left} left): notices that lose a day unless they are sent"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ids::EpisodeId;

    #[test]
    fn what_it_takes_is_said_in_both_languages() {
        let mut keep_down = Keep {
            possible: true,
            stays: Vec::new(),
            average: Some("1.9".to_owned()),
            over_by: None,
        };
        let told = |keep: &Keep| [Lang::Sv, Lang::En].map(|lang| super::keep(keep, lang));
        assert!(told(&keep_down)[0].contains("1,9"));
        assert!(told(&keep_down)[1].contains("nobody need leave"));
        keep_down.average = None;
        assert!(told(&keep_down)[0].starts_with("ingen räknas"));
        keep_down.average = Some("1.9".to_owned());
        keep_down.stays = ["D-1", "D-2"].map(|id| EpisodeId::new(id).unwrap()).into();
        assert!(told(&keep_down)[0].starts_with("minst 2"));
        assert!(told(&keep_down)[1].ends_with("D-1, D-2"));
        keep_down.possible = false;
        keep_down.over_by = Some("0.5".to_owned());
        assert!(told(&keep_down)[0].contains("0,5 dygn över"));
        assert!(told(&keep_down)[1].contains("0.5 days above"));
    }
}
