//! Sentences about the rule in force and those that lost.

use super::{Read, value};

pub(super) fn in_force(read: &Read<'_>) -> String {
    let agreement = agreement(read);
    let (care, date) = (read.said("care_form"), read.said("date"));
    let when = match read.raw("judged_on") {
        Some("span_end") => read.say(
            format!("avgörs av utskrivningsdagen, {date}"),
            format!("by the day of discharge, {date}"),
        ),
        _ => read.say(
            format!("perioden började {date}"),
            format!("the span began {date}"),
        ),
    };
    let model = model(read);
    if let Some(month) = read.raw("month") {
        let month = value::of("month", month, read.lang);
        return read.say(
            format!("{agreement} gäller i {month}: {model}."),
            format!("{agreement} applies in {month}: {model}."),
        );
    }
    read.say(
        format!("{agreement} gäller ({care} vård, {when}): {model}."),
        format!("{agreement} applies ({care} care, {when}): {model}."),
    )
}

pub(super) fn lost(read: &Read<'_>) -> String {
    let agreement = agreement(read);
    let model = model(read);
    let care = value::joined(&read.all("care_form"), read.lang);
    let dates = value::joined(&read.all("dates"), read.lang);
    let why = match read.result() {
        "not_a_party" => read.say("betalaren är inte part", "the payer is not a party"),
        "not_in_force" => read.say(
            "avtalet gällde inte när perioden började",
            "it was not in force when the span began",
        ),
        "agreement_binds" => read.say(
            "parternas avtal går före",
            "the parties' agreement goes first",
        ),
        "other_care_form" => read.say(
            format!("regeln är för {care} vård"),
            format!("the rule is for {care} care"),
        ),
        "other_dates" => read.say(
            format!("regeln gäller {dates}"),
            format!("the rule holds {dates}"),
        ),
        "start_goes_first" => read.say(
            "en regel som ser till periodens början går före",
            "a rule that goes by the span's start goes first",
        ),
        other => other.to_owned(),
    };
    if model.is_empty() {
        return read.say(
            format!("{agreement} gäller inte: {why}."),
            format!("{agreement} does not apply: {why}."),
        );
    }
    read.say(
        format!("Avtalets regel att {model} gäller inte: {why}."),
        format!("The agreement's rule that {model} does not apply: {why}."),
    )
}

/// The agreement's name, or its id where no clause names it.
fn agreement(read: &Read<'_>) -> String {
    match &read.step.clause {
        Some(clause) => clause.name.clone(),
        None => read.result().to_owned(),
    }
}

/// A model as part of a sentence.
fn model(read: &Read<'_>) -> String {
    let Some(model) = read.raw("model") else {
        return String::new();
    };
    match model {
        "individual" => read.say(
            "kommunen betalar för varje patients egna dygn",
            "the municipality pays for each patient's own days",
        ),
        "average_excess" => read.say(
            "kommunen betalar för det som månadens snitt ligger över gränsen",
            "the municipality pays what the month's average exceeds the threshold by",
        ),
        "average_trigger" => read.say(
            "månadernas snitt avgör om patienter debiteras var för sig",
            "the months' averages decide whether patients are charged one by one",
        ),
        "fixed_share" => read.say(
            "kommunen betalar en fast andel varje månad",
            "the municipality pays a fixed share each month",
        ),
        "manual" => read.say("ekonomi avgör för hand", "finance decides by hand"),
        "nothing" => read.say("inget ska betalas", "nothing is due"),
        other => other.to_owned(),
    }
}
