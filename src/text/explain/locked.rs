//! Sentences about what locked months hold of a stay.

use super::{Read, format, stay, value};
use crate::rules::trace::codes;

/// The step as a sentence.
pub(super) fn sentence(read: &Read<'_>) -> String {
    match read.step.code.as_str() {
        codes::MONTH_LOCKED => locked(read),
        codes::MONTH_NOW => now(read),
        codes::POSTED => posted(read),
        _ => to_post(read),
    }
}

/// What the stay gives, and for how much.
fn given(read: &Read<'_>) -> String {
    let mut said = match read.result() {
        "nothing" => {
            let payer = read.said("payer");
            read.say(format!("inget för {payer}"), format!("nothing for {payer}"))
        }
        _ => stay::given(read),
    };
    if read.raw("amount").is_some() {
        said.push_str(", ");
        said.push_str(&read.said("amount"));
    }
    said
}

fn locked(read: &Read<'_>) -> String {
    let (month, given) = (format::capital(&read.said("month")), given(read));
    let invoice = match read.raw("invoice") {
        Some(number) => read.say(
            format!(" (betalarens faktura {number})"),
            format!(" (the payer's invoice {number})"),
        ),
        None => String::new(),
    };
    read.say(
        format!("{month}, låst: {given}{invoice}."),
        format!("{month}, locked: {given}{invoice}."),
    )
}

fn now(read: &Read<'_>) -> String {
    let (month, given) = (format::capital(&read.said("month")), given(read));
    read.say(
        format!("{month}, med det som nu är känt: {given}."),
        format!("{month}, with what is known now: {given}."),
    )
}

/// What is posted in which month: an adjustment or a credit note.
fn what(read: &Read<'_>) -> String {
    let amount = value::money(read.result().trim_start_matches('-'), read.lang);
    let number = read.raw("invoice");
    if !read.result().starts_with('-') {
        let on = number.map_or_else(String::new, |number| {
            read.say(
                format!(" på faktura {number}"),
                format!(" on invoice {number}"),
            )
        });
        return read.say(
            format!("en justering på {amount}{on}"),
            format!("an adjustment of {amount}{on}"),
        );
    }
    let number = number.map_or_else(String::new, |number| format!(" {number}"));
    let credited = value::joined(&read.all("credits"), read.lang);
    read.say(
        format!("kreditfaktura{number} på {amount}, som krediterar faktura {credited}"),
        format!("credit note{number} of {amount}, which credits invoice {credited}"),
    )
}

fn posted(read: &Read<'_>) -> String {
    let (payer, of, month) = (
        read.said("payer"),
        read.said("for_month"),
        read.said("month"),
    );
    let what = what(read);
    read.say(
        format!("Bokfört i {month} för {payer} och hela {of}: {what}."),
        format!("Posted in {month} for {payer} and all of {of}: {what}."),
    )
}

fn to_post(read: &Read<'_>) -> String {
    let (payer, of, month) = (
        read.said("payer"),
        read.said("for_month"),
        read.said("month"),
    );
    if read.result() == "none" {
        return read.say(
            format!("Det ändrar inte vad {payer} ska betala för {of}."),
            format!("It does not change what {payer} pays for {of}."),
        );
    }
    let what = what(read);
    read.say(
        format!("Ska bokföras i nästa avslut för {payer}, {month}, för hela {of}: {what}."),
        format!("To be posted in the next close of {payer}, {month}, for all of {of}: {what}."),
    )
}
