//! Sentences about preconditions and grace.

use super::{Read, value};

/// What a fact is called when it is met, missing, and not needed.
fn said(fact: &str) -> Option<[(&'static str, &'static str); 3]> {
    Some(match fact {
        "admission_notice" => [
            (
                "Inskrivningsmeddelande har gått till kommunen",
                "The admission notice went to the municipality",
            ),
            (
                "Inskrivningsmeddelande till kommunen saknas",
                "No admission notice to the municipality",
            ),
            (
                "Inskrivningsmeddelande behövs inte",
                "No admission notice is needed",
            ),
        ],
        "ready_notice" => [
            (
                "Underrättelse om utskrivningsklar är skickad",
                "The ready notice was sent",
            ),
            (
                "Underrättelse om utskrivningsklar saknas",
                "No ready notice was sent",
            ),
            ("Underrättelse behövs inte", "No ready notice is needed"),
        ],
        "expected_discharge" => [
            (
                "Beräknad utskrivning är angiven",
                "An expected discharge date is set",
            ),
            ("Beräknad utskrivning saknas", "No expected discharge date"),
            (
                "Beräknad utskrivning behövs inte",
                "No expected date is needed",
            ),
        ],
        "sip_called" => [
            ("Kallelse till SIP är skickad", "The SIP was called"),
            ("Kallelse till SIP saknas", "SIP not called"),
            ("SIP behövs inte", "No SIP is needed"),
        ],
        "care_contact" => [
            ("Fast vårdkontakt är utsedd", "A care contact is assigned"),
            ("Fast vårdkontakt saknas", "No care contact assigned"),
            ("Fast vårdkontakt behövs inte", "No care contact is needed"),
        ],
        "checklist" => [
            (
                "Hemgångsklar: alla punkter på checklistan är klara",
                "Home-ready: every point of the checklist is done",
            ),
            ("Ej hemgångsklar", "Not home-ready"),
            ("Checklistan behövs inte", "The checklist is not needed"),
        ],
        _ => return None,
    })
}

pub(super) fn sentence(read: &Read<'_>, fact: &str) -> Option<String> {
    let [met, missing, not_needed] = said(fact)?;
    let pick = |pair: (&'static str, &'static str)| read.lang.pick(pair.0, pair.1);
    if read.raw("waived").is_some() {
        return Some(format!("{}.", pick(not_needed)));
    }
    if !read.holds() {
        return Some(format!("{}.", failing(read, fact, pick(missing))));
    }
    let since = match read.result() {
        "" | ".." | "met" => String::new(),
        windows => {
            let windows = value::ranges(windows, read.lang);
            read.say(format!(", räknas {windows}"), format!(", counts {windows}"))
        }
    };
    Some(format!("{}{since}.", pick(met)))
}

fn failing(read: &Read<'_>, fact: &str, missing: &str) -> String {
    let last = read.said("last_date");
    match read.result() {
        "late" => read.say(
            format!("Kallelsen till SIP kom för sent: den skulle ha skickats senast {last}"),
            format!("The SIP was called too late: it was due by {last}"),
        ),
        "withdrawn" => read.say(
            "Kallelsen till SIP är återtagen",
            "The SIP call was withdrawn",
        ),
        _ if fact == "checklist" => {
            let open = value::joined(&read.all("missing"), read.lang);
            read.say(
                format!("{missing}: {open} återstår"),
                format!("{missing}: {open} to be done"),
            )
        }
        _ if !last.is_empty() => read.say(
            format!("{missing} (senast {last})"),
            format!("{missing} (by {last})"),
        ),
        _ => missing.to_owned(),
    }
}

pub(super) fn grace(read: &Read<'_>) -> String {
    let first = value::day(read.result(), read.lang);
    let noon = match read.raw("noon") {
        Some("by") => read.say(" (underrättat senast klockan 12)", " (notice by noon)"),
        Some("after") => read.say(" (underrättat efter klockan 12)", " (notice after noon)"),
        _ => String::new(),
    };
    let days = match read.raw("grace_days") {
        Some(_) => {
            let days = read.said("grace_days");
            read.say(format!("{days} fristdagar"), format!("{days} grace days"))
        }
        None => weekdays(read),
    };
    read.say(
        format!("{days}{noon}: första dygn som kan debiteras är {first}."),
        format!("{days}{noon}: the first day that can be charged is {first}."),
    )
}

/// Grace days that are counted in weekdays, and the dates between that are
/// none.
fn weekdays(read: &Read<'_>) -> String {
    let days = read.said("grace_weekdays");
    let off = match read.raw("days_off") {
        None => String::new(),
        Some(off) => {
            let off = value::ranges(off, read.lang);
            read.say(
                format!(", {off} räknas inte"),
                format!(", {off} not counted"),
            )
        }
    };
    read.say(
        format!("{days} fristdagar som är vardagar{off}"),
        format!("{days} grace days that are weekdays{off}"),
    )
}
