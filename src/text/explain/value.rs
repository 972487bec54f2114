//! Values and names of inputs as people read them.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{Lang, format, words};
use crate::{
    model::{
        event::{CareForm, Kind},
        money::Kronor,
        month::Month,
        place::PayerCode,
        stay::SpanEnding,
        time,
    },
    rules::share::Model,
    text::{agreement, ticks},
};

/// A payer with its name: `Karlstad (1780)`, `Farsta (0180)`; a text that is no
/// payer as it is.
#[must_use]
pub fn payer(code: &str) -> String {
    code.parse::<PayerCode>().map_or_else(
        |_| code.to_owned(),
        |it| format!("{} ({})", it.name(), it.municipality()),
    )
}

/// A value as people read it: a code in words, a moment in local time.
#[must_use]
pub fn shown(text: &str, lang: Lang) -> String {
    if text.contains('T')
        && let Ok(at) = time::parse(text)
    {
        return format::exact_moment(at);
    }
    if text.contains("..") {
        return ranges(text, lang);
    }
    let (sv, en) = match text {
        "true" => ("ja", "yes"),
        "false" => ("nej", "no"),
        "missing" => ("saknas", "missing"),
        "late" => ("för sent", "too late"),
        "withdrawn" => ("återtagen", "withdrawn"),
        "municipality_missing" => ("kommun saknas", "municipality missing"),
        "district_missing" => ("stadsdel saknas", "district missing"),
        "district_unknown" => ("stadsdelen är okänd", "district unknown"),
        "somatic" => return words::care_form(CareForm::Somatic, lang).to_owned(),
        "psychiatric" => return words::care_form(CareForm::Psychiatric, lang).to_owned(),
        other => return model_or_reason(other, lang).to_owned(),
    };
    lang.pick(sv, en).to_owned()
}

/// The value of an input of that name.
pub(super) fn of(name: &str, text: &str, lang: Lang) -> String {
    match name {
        "payer" | "municipality" | "placing_municipality" => payer(text),
        "month" | "county_month" | "for_month" => {
            let month = text.parse::<Month>();
            month.map_or_else(|_| text.to_owned(), |it| format::month(it, lang))
        }
        "amount" | "rate" | "actual" | "paid" | "total" | "billed" | "due" | "computed" => {
            money(text, lang)
        }
        "missing" => ticks::tick(text, lang).to_lowercase(),
        "recorded_later" => {
            Kind::from_name(text).map_or_else(|| text.to_owned(), |it| words::kind(it, lang).into())
        }
        "noon" => noon(text, lang).to_owned(),
        "rounding" => agreement::coded(text, lang).to_owned(),
        _ if name.starts_with("rate.") => money(text, lang),
        _ => text
            .parse::<Decimal>()
            .map_or_else(|_| shown(text, lang), |it| format::number(it, lang)),
    }
}

/// Which side of noon the notice came on.
fn noon(text: &str, lang: Lang) -> &str {
    match text {
        "by" => lang.pick("senast klockan 12", "by noon"),
        "after" => lang.pick("efter klockan 12", "after noon"),
        other => other,
    }
}

/// Kronor in plain decimals.
pub(super) fn money(text: &str, lang: Lang) -> String {
    let amount = text.parse::<Decimal>().map_err(drop);
    let amount = amount.and_then(|it| Kronor::exact(it).map_err(drop));
    amount.map_or_else(|()| text.to_owned(), |it| format::money(it, lang))
}

/// `3 dygn` / `3 days`.
pub(super) fn days(text: &str, lang: Lang) -> String {
    let number = text
        .parse::<Decimal>()
        .map_or_else(|_| text.to_owned(), |it| format::number(it, lang));
    match text {
        "1" => lang.pick(format!("{number} dygn"), format!("{number} day")),
        _ => lang.pick(format!("{number} dygn"), format!("{number} days")),
    }
}

/// `3 patienter` / `3 patients`.
pub(super) fn patients(text: &str, lang: Lang) -> String {
    let (sv, en) = match text {
        "1" => ("patient", "patient"),
        _ => ("patienter", "patients"),
    };
    format!("{text} {}", lang.pick(sv, en))
}

/// A date as one says it within the year, `fre 8 mars 2019`.
pub(super) fn day(text: &str, lang: Lang) -> String {
    use chrono::Datelike;
    text.parse::<NaiveDate>().map_or_else(
        |_| text.to_owned(),
        |date| format!("{} {}", format::short_day(date, lang), date.year()),
    )
}

/// Dates as ranges `2019-03-07..2019-03-08`, joined by `, `; a side that is
/// left out has no limit.
pub(super) fn ranges(text: &str, lang: Lang) -> String {
    let range = |part: &str| match part.split_once("..") {
        None => part.to_owned(),
        Some(("", "")) => lang.pick("hela tiden", "all the time").to_owned(),
        Some((from, "")) => lang.pick(format!("från {from}"), format!("from {from}")),
        Some(("", to)) => lang.pick(format!("till {to}"), format!("until {to}")),
        Some((from, to)) if from == to => from.to_owned(),
        Some((from, to)) => lang.pick(format!("{from} till {to}"), format!("{from} to {to}")),
    };
    text.split(", ").map(range).collect::<Vec<_>>().join(", ")
}

/// Texts joined as in a sentence: `a, b och c`.
pub(super) fn joined(parts: &[String], lang: Lang) -> String {
    match parts {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} {} {last}", first.join(", "), lang.pick("och", "and")),
    }
}

fn model_or_reason(code: &str, lang: Lang) -> &str {
    match code {
        "individual" => words::model(Model::Individual, lang),
        "average_excess" => words::model(Model::AverageExcess, lang),
        "average_trigger" => words::model(Model::AverageTrigger, lang),
        "fixed_share" => words::model(Model::FixedShare, lang),
        "manual" => words::model(Model::Manual, lang),
        other => words::exclusion_code(other, lang),
    }
}

/// The name of an input; its code where it has none.
pub(super) fn label(code: &str, lang: Lang) -> String {
    match code.strip_prefix("rate.") {
        Some(year) => lang.pick(
            format!("vårddygnsbelopp {year}"),
            format!("day rate {year}"),
        ),
        None => name(code, lang).to_owned(),
    }
}

/// The name of an input that has one.
pub(super) fn name(code: &str, lang: Lang) -> &str {
    let (sv, en) = match code {
        "admission_notice" => ("inskrivningsmeddelande", "admission notice"),
        "ready_notice" => ("underrättelse om utskrivningsklar", "ready notice"),
        "expected_discharge" => (
            "beräknad utskrivning angiven",
            "expected discharge date set",
        ),
        "sip_called" => ("kallelse till SIP", "SIP called"),
        "care_contact" => ("fast vårdkontakt utsedd", "care contact assigned"),
        "waived" => ("registrerat att det inte behövs", "recorded as not needed"),
        "withdrawn" => ("återtagen", "withdrawn"),
        "municipality" => ("folkbokförd i", "registered in"),
        "placing_municipality" => ("placerad av", "placed by"),
        "district" => ("stadsdel", "district"),
        "municipal_needs" => ("behov av kommunen:", "needs the municipality:"),
        "care_form" => ("vårdform", "care form"),
        "birth_date" => ("födelsedatum", "birth date"),
        "compulsory_care" => ("tvångsvård", "compulsory care"),
        "compulsory_care_ended" => ("tvångsvården upphörde", "compulsory care ended"),
        "span_start" => ("början", "start"),
        "until" => ("slut", "end"),
        "open_care_unavailable" => ("saknades från", "missing from"),
        "open_care_available" => ("fanns igen", "back"),
        "retracted" => return words::span_ending(SpanEnding::Retracted, lang),
        "discharged" => return words::span_ending(SpanEnding::Discharged, lang),
        "aborted" => return words::span_ending(SpanEnding::Aborted, lang),
        "recorded_later" => ("senare registrerat:", "recorded later:"),
        other => {
            return counted(other)
                .map_or_else(|| ticks::tick(other, lang), |(sv, en)| lang.pick(sv, en));
        }
    };
    lang.pick(sv, en)
}

/// The name of an input that the rules or the reckoning gave.
fn counted(code: &str) -> Option<(&'static str, &'static str)> {
    Some(match code {
        "days" => ("dygn", "days"),
        "patients" => ("patienter", "patients"),
        "rounding" => ("avrundning", "rounding"),
        "threshold" => ("gräns", "threshold"),
        "average" => ("snitt", "average"),
        "month" => ("månad", "month"),
        "county_month" => ("länets månad", "the county's month"),
        "model" => ("modell", "model"),
        "payer" => ("betalare", "payer"),
        "date" => ("datum som avgör", "deciding date"),
        "dates" => ("datum", "dates"),
        "last_date" => ("senast", "by"),
        "noon" => ("underrättat", "notice"),
        "grace_days" => ("fristdagar", "grace days"),
        "grace_weekdays" => ("fristdagar, vardagar", "grace days, weekdays"),
        "days_off" => ("räknas inte", "not counted"),
        "day_zero" => ("dag noll", "day zero"),
        "from" => ("från och med dygn", "from day"),
        "free" => ("fria dygn", "free days"),
        "charged" => ("debiteras", "charged"),
        "other_patients" => ("övriga patienter", "other patients"),
        "other_days" => ("deras dygn", "their days"),
        "charged_with" => ("debiteras med patienten", "charged with the patient"),
        "charged_without" => ("debiteras utan", "charged without"),
        "months_to_start" => ("månader i rad för att börja", "months in a row to start"),
        "months_to_end" => ("månader i rad för att sluta", "months in a row to end"),
        "times" => ("gånger hittills", "times so far"),
        "total" => ("belopp för året", "the year's total"),
        "parts" => ("delar", "parts"),
        "actual" => ("verklig kostnad", "actual cost"),
        "paid" => ("betalt", "paid"),
        "billed" => ("fakturerat", "billed"),
        "due" => ("ska betalas", "due"),
        "amount" => ("belopp", "amount"),
        "suspended_from" => ("vilar från", "suspended from"),
        "suspended_until" => ("till och med", "up to and including"),
        "reason" => ("skäl", "reason"),
        "source" => ("källa", "source"),
        "by" => ("av", "by"),
        "missing" => ("återstår", "to be done"),
        _ => return None,
    })
}
