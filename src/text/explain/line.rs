//! Sentences about the steps of a month's lines.

use super::{Read, value};
use crate::rules::trace::codes;

/// The step as a sentence; none for one that is not about figures.
pub(super) fn sentence(read: &Read<'_>) -> Option<String> {
    Some(match read.step.code.as_str() {
        codes::AVERAGE => average(read),
        codes::THRESHOLD => threshold(read),
        codes::EXCESS => excess(read),
        codes::TRACK_MONTH => track_month(read),
        codes::TRACK => track(read),
        codes::LINE_DAYS => line_days(read),
        codes::RATE => rate(read),
        codes::LINE_AMOUNT => amount(read),
        codes::FIXED_PART => fixed_part(read),
        codes::MANUAL_LINE => manual(read),
        codes::SETTLEMENT => settlement(read),
        codes::PAID_BACK => paid_back(read),
        codes::BILLED => billed(read),
        codes::CREDIT_PART => credit_part(read),
        codes::DUE => due(read),
        codes::CHANGED_LINE => changed(read),
        codes::DIFFERENCE => difference(read),
        codes::COMPUTED_OTHERWISE => otherwise(read),
        _ => return None,
    })
}

/// How something was rounded, after a comma; nothing where it was not.
fn rounded(read: &Read<'_>) -> String {
    match read.raw("rounding") {
        Some("half_up_0") => read.say(
            ", avrundat till hela (halva uppåt)",
            ", rounded to whole ones, half up",
        ),
        Some("half_up_1") => read.say(
            ", avrundat till en decimal (halva uppåt)",
            ", rounded to one decimal, half up",
        ),
        Some("half_up_2") => read.say(
            ", avrundat till två decimaler (halva uppåt)",
            ", rounded to two decimals, half up",
        ),
        _ => read.say(", inte avrundat", ", not rounded"),
    }
}

fn average(read: &Read<'_>) -> String {
    if read.result() == "none" {
        return read.say(
            "Inget snitt: ingen utskriven patient räknas.",
            "No average: no discharged patient counts.",
        );
    }
    let average = value::days(read.result(), read.lang);
    let (days, patients) = (read.days("days"), read.patients("patients"));
    let rounded = rounded(read);
    read.say(
        format!("Snittet är {average}: {days} för {patients}{rounded}."),
        format!("The average is {average}: {days} for {patients}{rounded}."),
    )
}

fn threshold(read: &Read<'_>) -> String {
    let month = read.said("county_month");
    if read.result() == "unknown" {
        return read.say(
            format!("Gränsen är inte känd: länets snitt för {month} saknas."),
            format!("The threshold is not known: the county's average of {month} is missing."),
        );
    }
    let days = value::days(read.result(), read.lang);
    if month.is_empty() {
        return read.say(
            format!("Gränsen är {days}."),
            format!("The threshold is {days}."),
        );
    }
    let (sum, patients, rounded) = (read.days("days"), read.patients("patients"), rounded(read));
    let frozen = match read.raw("frozen") {
        Some("true") => read.say(", som månaden låstes", ", as the month was locked"),
        _ => String::new(),
    };
    read.say(
        format!("Gränsen är länets snitt i {month}{frozen}: {days} ({sum} för {patients}{rounded})."),
        format!("The threshold is the county's average of {month}{frozen}: {days} ({sum} for {patients}{rounded})."),
    )
}

fn excess(read: &Read<'_>) -> String {
    if !read.holds() {
        return read.say(
            "Snittet ligger inte över gränsen: inget att betala för det.",
            "The average is not above the threshold: nothing to pay for it.",
        );
    }
    let result = value::days(read.result(), read.lang);
    let (average, threshold) = (read.said("average"), read.said("threshold"));
    let (days, patients) = (read.said("days"), read.said("patients"));
    if read.raw("rounding") == Some("none") {
        return read.say(
            format!("Över gränsen: {days} − {threshold} × {patients} = {result}."),
            format!("Above the threshold: {days} − {threshold} × {patients} = {result}."),
        );
    }
    read.say(
        format!("Över gränsen: ({average} − {threshold}) × {patients} = {result}."),
        format!("Above the threshold: ({average} − {threshold}) × {patients} = {result}."),
    )
}

fn track_month(read: &Read<'_>) -> String {
    let (month, threshold) = (read.said("month"), read.said("threshold"));
    if read.raw("patients") == Some("0") {
        return read.say(
            format!("I {month} skrevs ingen hemgångsklar patient ut: inte över gränsen."),
            format!("In {month} no home-ready patient was discharged: not above the threshold."),
        );
    }
    let (days, patients, average) = (
        read.days("days"),
        read.patients("patients"),
        read.days("average"),
    );
    let above = match read.result() {
        "above" => read.say("över gränsen", "above the threshold"),
        _ => read.say("inte över gränsen", "not above the threshold"),
    };
    read.say(
        format!("I {month} var snittet {average} ({days} för {patients}), {above} {threshold}."),
        format!(
            "In {month} the average was {average} ({days} for {patients}), {above} {threshold}."
        ),
    )
}

fn track(read: &Read<'_>) -> String {
    let (start, end, times) = (
        read.said("months_to_start"),
        read.said("months_to_end"),
        read.said("times"),
    );
    match read.result() {
        "charging" => read.say(
            format!("Debitering pågår, efter {start} månader i rad över gränsen, tills {end} i rad inte är det."),
            format!("Charging goes on, after {start} months in a row above, until {end} in a row are not."),
        ),
        "starts" => read.say(
            format!("{start} månader i rad över gränsen: patienter debiteras från nästa månad."),
            format!("{start} months in a row above the threshold: patients are charged from next month."),
        ),
        "starts_retroactive" => read.say(
            format!("{start} månader i rad över gränsen, för {times}:e gången: även de månaderna debiteras."),
            format!("{start} months in a row above the threshold, time number {times}: those months are charged too."),
        ),
        "ends" => read.say(
            format!("{end} månader i rad inte över gränsen: den här månaden är den sista som debiteras."),
            format!("{end} months in a row not above the threshold: this month is the last one charged."),
        ),
        _ => read.say(
            format!("Ingen debitering: det krävs {start} månader i rad över gränsen."),
            format!("No charges: it takes {start} months in a row above the threshold."),
        ),
    }
}

fn line_days(read: &Read<'_>) -> String {
    let result = value::days(read.result(), read.lang);
    if read.raw("free").is_none() {
        return read.say(format!("{result} debiteras."), format!("{result} charged."));
    }
    let (days, free, from) = (read.days("days"), read.said("free"), read.said("from"));
    read.say(
        format!("{days}, minst {from}: {free} är fria, {result} debiteras."),
        format!("{days}, at least {from}: {free} are free, {result} charged."),
    )
}

fn rate(read: &Read<'_>) -> String {
    let (year, rate) = (
        read.raw("year").unwrap_or_default(),
        value::money(read.result(), read.lang),
    );
    let source = read.raw("source").unwrap_or_default();
    read.say(
        format!("Vårddygnsbeloppet {year} är {rate}. Källa: {source}."),
        format!("The day rate of {year} is {rate}. Source: {source}."),
    )
}

fn amount(read: &Read<'_>) -> String {
    let (quantity, rate) = (read.said("quantity"), read.said("rate"));
    let result = value::money(read.result(), read.lang);
    format!("{quantity} × {rate} = {result}.")
}

fn fixed_part(read: &Read<'_>) -> String {
    let (total, parts) = (read.said("total"), read.said("parts"));
    let (result, rounded) = (value::money(read.result(), read.lang), rounded(read));
    read.say(
        format!("Fast andel: {total} delat på {parts} är {result}{rounded}."),
        format!("Fixed share: {total} in {parts} parts is {result}{rounded}."),
    )
}

fn manual(read: &Read<'_>) -> String {
    let (reason, by) = (
        read.raw("reason").unwrap_or_default(),
        read.raw("by").unwrap_or_default(),
    );
    let result = value::money(read.result(), read.lang);
    read.say(
        format!("{result} infört för hand av {by}: {reason}."),
        format!("{result} entered by hand by {by}: {reason}."),
    )
}

fn settlement(read: &Read<'_>) -> String {
    let (actual, paid) = (read.said("actual"), read.said("paid"));
    let result = value::money(read.result(), read.lang);
    let (by, source) = (read.raw("by"), read.raw("source"));
    let from = match by.zip(source) {
        Some((by, source)) => read.say(
            format!(" (införd av {by}: {source})"),
            format!(" (entered by {by}: {source})"),
        ),
        None => String::new(),
    };
    read.say(
        format!("Faktisk kostnad {actual}{from} minus betalt {paid} är {result}."),
        format!("Actual cost {actual}{from} less paid {paid} is {result}."),
    )
}

fn paid_back(read: &Read<'_>) -> String {
    let (month, invoice) = (read.said("for_month"), read.said("invoice"));
    let result = value::money(read.result(), read.lang);
    read.say(
        format!("Därav på faktura {invoice} för {month}: {result}. De senaste fakturorna krediteras först."),
        format!("Of that on invoice {invoice} for {month}: {result}. The latest invoices are credited first."),
    )
}

fn billed(read: &Read<'_>) -> String {
    let month = read.said("for_month");
    let result = value::money(read.result(), read.lang);
    let invoices = value::joined(&read.all("invoice"), read.lang);
    let named = match invoices.as_str() {
        "" => String::new(),
        _ => read.say(
            format!(" (faktura {invoices})"),
            format!(" (invoice {invoices})"),
        ),
    };
    read.say(
        format!("För {month} har {result} fakturerats, med tidigare justeringar{named}."),
        format!("{result} was billed for {month}, earlier adjustments included{named}."),
    )
}

fn credit_part(read: &Read<'_>) -> String {
    let invoice = read.said("invoice");
    let result = value::money(read.result(), read.lang);
    read.say(
        format!("Av det krediteras {result} på faktura {invoice}; flera fakturor bär beloppet."),
        format!(
            "Of that {result} is credited on invoice {invoice}; several invoices bear the amount."
        ),
    )
}

fn due(read: &Read<'_>) -> String {
    let month = read.said("for_month");
    let result = value::money(read.result(), read.lang);
    read.say(
        format!("Med det som nu är känt ska {month} kosta {result}, enligt låsets egna avtal och belopp."),
        format!("With what is known now {month} comes to {result}, under the lock's own agreements and rates."),
    )
}

fn changed(read: &Read<'_>) -> String {
    let what = match read.raw("stay") {
        Some(stay) => read.say(format!("Vårdtillfälle {stay}"), format!("Stay {stay}")),
        None => read.say("Snittet", "The average"),
    };
    let (billed, due) = (read.said("billed"), read.said("due"));
    // One that is in the average has no amount of its own.
    if billed.is_empty() {
        return read.say(
            format!("{what}: ger något annat nu än i låset."),
            format!("{what}: gives something else now than in the lock."),
        );
    }
    read.say(
        format!("{what}: {billed} i låset, {due} nu."),
        format!("{what}: {billed} in the lock, {due} now."),
    )
}

fn difference(read: &Read<'_>) -> String {
    let (due, billed) = (read.said("due"), read.said("billed"));
    let result = value::money(read.result(), read.lang);
    format!("{due} − {billed} = {result}.")
}

fn otherwise(read: &Read<'_>) -> String {
    let computed = read.said("computed");
    let result = value::money(read.result(), read.lang);
    read.say(
        format!("Programmet räknar i dag fram {computed}; raden är låst på {result} och gäller."),
        format!(
            "The program computes {computed} today; the line is locked at {result} and stands."
        ),
    )
}
