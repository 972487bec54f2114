//! Sentences about one stay's steps.

use super::{Read, condition, format, locked, rule, value, words};
use crate::rules::trace::codes;

/// The step as a sentence; none for one that is not about a stay.
pub(super) fn sentence(read: &Read<'_>) -> Option<String> {
    if let Some(fact) = read.step.code.strip_prefix("precondition.") {
        return condition::sentence(read, fact);
    }
    Some(match read.step.code.as_str() {
        codes::PAYER => payer(read),
        codes::MUNICIPAL_NEEDS => needs(read),
        codes::SPAN_START => span_start(read),
        codes::RULE_IN_FORCE => rule::in_force(read),
        codes::RULE_LOST => rule::lost(read),
        codes::GRACE => condition::grace(read),
        codes::OPEN_CARE => open_care(read),
        codes::CHARGEABLE_DATES => dates(read),
        codes::DAY_COUNT => day_count(read),
        codes::LONG_STAY => long_stay(read),
        codes::AVERAGE_MEMBER => member(read),
        codes::ADULT => adult(read),
        codes::END => end(read),
        codes::SUSPENDED => suspended(read),
        codes::MANUAL => read.say(
            "Källorna ger ingen regel: ekonomi för in beloppet för hand.",
            "The sources give no rule: finance enters the amount by hand.",
        ),
        codes::HELD => read.say(
            "Händelserna väntar på sin inskrivning.",
            "The events wait for their admission.",
        ),
        codes::MONTH_SHARE => month_share(read),
        codes::MONTH_LOCKED | codes::MONTH_NOW | codes::POSTED | codes::TO_POST => {
            locked::sentence(read)
        }
        _ => return None,
    })
}

fn payer(read: &Read<'_>) -> String {
    if !read.holds() {
        let why = value::shown(read.result(), read.lang);
        return read.say(
            format!("Ingen kan faktureras än: {why}."),
            format!("Nobody can be billed yet: {why}."),
        );
    }
    let payer = value::payer(read.result());
    if read.raw("placing_municipality").is_some() {
        return read.say(
            format!("{payer} betalar, som har placerat patienten i en annan kommun."),
            format!("{payer} pays, having placed the patient in another municipality."),
        );
    }
    read.say(format!("{payer} betalar."), format!("{payer} pays."))
}

fn needs(read: &Read<'_>) -> String {
    if read.holds() {
        read.say(
            "Patienten behöver kommunens insatser efter utskrivningen.",
            "The patient needs the municipality after discharge.",
        )
    } else {
        read.say(
            "Patienten behöver inga insatser av kommunen och ingår inte i några siffror.",
            "The patient needs nothing from the municipality and is in no figures.",
        )
    }
}

fn span_start(read: &Read<'_>) -> String {
    let act = read.said("compulsory_care");
    match read.result() {
        "compulsory_care_not_ended" => read.say(
            format!("Perioden har inte börjat: tvångsvården ({act}) har inte upphört."),
            format!("The span has not begun: compulsory care ({act}) has not ended."),
        ),
        "ended_before_start" => read.say(
            format!("Perioden räknas inte: den var slut när tvångsvården ({act}) upphörde."),
            format!("The span does not count: it was over when compulsory care ({act}) ended."),
        ),
        start => {
            let start = value::shown(start, read.lang);
            read.say(
                format!("Utskrivningsklar från {start}."),
                format!("Ready from {start}."),
            )
        }
    }
}

fn open_care(read: &Read<'_>) -> String {
    let when = value::ranges(read.result(), read.lang);
    if read.holds() {
        read.say(
            format!("Insatser från regionens öppna vård saknades {when}: den tiden kostar inget."),
            format!("The region's open care was missing {when}: that time costs nothing."),
        )
    } else {
        read.say(
            format!("Insatser från regionens öppna vård saknas {when}: den tiden kostar inget."),
            format!("The region's open care is missing {when}: that time costs nothing."),
        )
    }
}

fn dates(read: &Read<'_>) -> String {
    let month = read.said("month");
    let within = match (month.is_empty(), read.holds()) {
        (true, _) => read.say(" hittills", " so far"),
        (false, _) => read.say(format!(" i {month}"), format!(" in {month}")),
    };
    if !read.holds() {
        return read.say(
            format!("Inga dygn att betala{within}."),
            format!("No days charged{within}."),
        );
    }
    let (days, dates) = (read.days("days"), value::ranges(read.result(), read.lang));
    let amount = read.said("amount");
    let amount = if amount.is_empty() {
        String::new()
    } else {
        format!(", {amount}")
    };
    read.say(
        format!("{days} att betala{within}: {dates}{amount}."),
        format!("{days} charged{within}: {dates}{amount}."),
    )
}

fn day_count(read: &Read<'_>) -> String {
    let days = value::days(read.result(), read.lang);
    let count = match read.result() {
        "1" => "counts",
        _ => "count",
    };
    let until = read.said("until");
    let (sv, en) = match read.raw("day_zero") {
        Some(zero) => (format!("dag noll {zero}"), format!("day zero {zero}")),
        None => (read.said("span_start"), read.said("span_start")),
    };
    read.say(
        format!("{days} räknas, från {sv} till {until}."),
        format!("{days} {count}, from {en} until {until}."),
    )
}

fn long_stay(read: &Read<'_>) -> String {
    let (days, from) = (read.days("days"), read.days("from"));
    let number = |name: &str| read.raw(name).and_then(|it| it.parse::<u32>().ok());
    if read.holds() {
        let (free, charged) = (read.said("free"), value::days(read.result(), read.lang));
        return read.say(
            format!("Debiteras för sig: {days}, varav {free} fria, ger {charged}."),
            format!("Charged by itself: {days}, {free} of them free, gives {charged}."),
        );
    }
    if number("days") >= number("from") {
        return read.say(
            "Debiteras inte för sig: betalarens snitt har inte lett till debitering.",
            "Not charged by itself: the payer's averages have not led to charges.",
        );
    }
    read.say(
        format!("Debiteras inte för sig: {days}, gränsen är {from}."),
        format!("Not charged by itself: {days}, the limit is {from}."),
    )
}

fn member(read: &Read<'_>) -> String {
    if !read.holds() {
        let why = value::shown(read.result(), read.lang);
        return read.say(
            format!("Utanför betalarens snitt: {why}."),
            format!("Not in the payer's average: {why}."),
        );
    }
    let days = read.days("days");
    let mut text = match read.result() {
        "counted_as_zero" => read.say(
            "Ingår i betalarens snitt utan dygn, då ett villkor inte är uppfyllt",
            "In the payer's average without days, as a condition is not met",
        ),
        _ => read.say(
            format!("Ingår i betalarens snitt med {days}"),
            format!("In the payer's average with {days}"),
        ),
    };
    if read.raw("other_patients").is_some() {
        let (patients, days) = (read.patients("other_patients"), read.days("other_days"));
        text += &read.say(
            format!("; övriga utskrivna hittills: {patients}, {days}"),
            format!("; others discharged so far: {patients}, {days}"),
        );
    }
    if read.raw("threshold").is_some() {
        let threshold = read.days("threshold");
        text += &read.say(
            format!("; gränsen är {threshold}"),
            format!("; the threshold is {threshold}"),
        );
    }
    if read.raw("charged_with").is_some() {
        let (with, without) = (read.days("charged_with"), read.said("charged_without"));
        text += &read.say(
            format!(". Månaden kostar {with} med patienten, {without} utan"),
            format!(". The month costs {with} with the patient, {without} without"),
        );
    }
    text + "."
}

fn suspended(read: &Read<'_>) -> String {
    let (from, until) = (read.said("suspended_from"), read.said("suspended_until"));
    let (why, source) = (read.said("reason"), read.said("source"));
    let when = match until.as_str() {
        "" => read.say(format!("från {from}"), format!("from {from}")),
        _ => read.say(
            format!("från {from} till och med {until}"),
            format!("from {from} up to and including {until}"),
        ),
    };
    read.say(
        format!("Avtalet är vilande {when} och debiterar inget: {why} ({source})."),
        format!("The agreement is suspended {when} and charges nothing: {why} ({source})."),
    )
}

fn adult(read: &Read<'_>) -> String {
    if read.holds() {
        read.say(
            "Patienten räknas som vuxen (18 år eller äldre, eller okänd ålder).",
            "The patient counts as an adult (18 or more, or age unknown).",
        )
    } else {
        read.say(
            "Patienten är under 18 år; regeln är för vuxna.",
            "The patient is under 18; the rule is for adults.",
        )
    }
}

fn end(read: &Read<'_>) -> String {
    let date = read.result();
    if read.raw("retracted").is_some() {
        return read.say(
            format!("Underrättelsen togs tillbaka {date}."),
            format!("The notice was taken back {date}."),
        );
    }
    if read.raw("aborted").is_some() {
        return read.say(
            format!("Vårdplaneringen avbröts {date}."),
            format!("Planning was aborted {date}."),
        );
    }
    read.say(
        format!("Patienten skrevs ut {date}."),
        format!("The patient was discharged {date}."),
    )
}

fn month_share(read: &Read<'_>) -> String {
    let month = read.said("month");
    format!("{}: {}.", format::capital(&month), given(read))
}

/// What a stay gives to a month.
pub(super) fn given(read: &Read<'_>) -> String {
    let (payer, days) = (read.said("payer"), read.days("days"));
    match read.result() {
        "individual" => {
            let dates = read.said("dates");
            read.say(
                format!("en rad på {days} för {payer} ({dates})"),
                format!("a line of {days} for {payer} ({dates})"),
            )
        }
        "in_average" => read.say(
            format!("ingår i snittet för {payer} med {days}"),
            format!("in the average of {payer} with {days}"),
        ),
        "long_stay" => {
            let charged = read.days("charged");
            read.say(
                format!("utanför snittet för {payer}: {days}, varav {charged} debiteras för sig"),
                format!("outside the average of {payer}: {days}, {charged} charged by itself"),
            )
        }
        "discharged_free" => read.say(
            format!("utskriven utan dygn att betala för {payer}"),
            format!("discharged with no days to charge {payer}"),
        ),
        reason => {
            let why = words::exclusion_code(reason, read.lang);
            read.say(
                format!("utanför siffrorna för {payer}: {why}"),
                format!("left out of the figures of {payer}: {why}"),
            )
        }
    }
}
