//! What the stay's screen says with something in it.

use super::Say;
use crate::{
    model::{
        money::Kronor,
        personal_id::PersonalIdError,
        time::{self, Instant},
    },
    text::{Lang, format},
};

/// Who told of an event, and when: `4 mars 11:40, cosmic`.
#[must_use]
pub fn told_by(at: Instant, source: Option<&str>, by: &str, lang: Lang) -> String {
    let who = source.unwrap_or(by);
    format!("{}, {who}", format::near_moment(at, lang))
}

/// That a source system told the same: `även från cosmic 11:50`.
#[must_use]
pub fn also_from(source: &str, at: Instant, lang: Lang) -> String {
    let clock = format::clock(at);
    lang.pick(
        format!("även från {source} {clock}"),
        format!("also from {source} {clock}"),
    )
}

/// That two events contradict each other, and how that ends.
#[must_use]
pub fn conflict_with(other: &str, key: &str, lang: Lang) -> String {
    let word = Say::Conflict.text(lang);
    lang.pick(
        format!("{word} med {other}: {key} avgör"),
        format!("{word} with {other}: {key} settles"),
    )
}

/// When an event was recorded, where that was not when it happened.
#[must_use]
pub fn recorded_at(at: Instant, recorded: Instant, lang: Lang) -> Option<String> {
    let minute = |at: Instant| at.timestamp().div_euclid(60);
    if minute(at) == minute(recorded) {
        return None;
    }
    let same_day = time::local_date(at) == time::local_date(recorded);
    let when = if same_day {
        format::clock(recorded)
    } else {
        format::near_moment(recorded, lang)
    };
    Some(lang.pick(format!("reg. {when}"), format!("rec. {when}")))
}

/// Who recorded an event, when, from where, and its id.
#[must_use]
pub fn provenance(
    by: &str,
    recorded: Instant,
    source: Option<&str>,
    id: &str,
    lang: Lang,
) -> String {
    let when = format::near_moment(recorded, lang);
    let mut text = lang.pick(
        format!("Registrerad av {by} {when}"),
        format!("Recorded by {by} {when}"),
    );
    if let Some(source) = source {
        text.push_str(&lang.pick(format!(" · från {source}"), format!(" · from {source}")));
    }
    text + &lang.pick(format!(" · händelse {id}"), format!(" · event {id}"))
}

/// That a deadline has passed, or how much is left.
#[must_use]
pub fn time_left(due: Instant, now: Instant, lang: Lang) -> String {
    if due < now {
        let over = format::countdown(now - due);
        return lang.pick(format!("{over} över tiden"), format!("{over} overdue"));
    }
    let left = format::countdown(due - now);
    lang.pick(format!("{left} kvar"), format!("{left} left"))
}

/// Two values, before and after.
#[must_use]
pub fn from_to(what: &str, before: &str, after: &str) -> String {
    format!("{what}: {before} → {after}")
}

/// What a stay will have cost in a week, compared with doing nothing.
#[must_use]
pub fn week_differs(before: Kronor, after: Kronor, lang: Lang) -> String {
    if after < before {
        let less = format::money(before - after, lang);
        return lang.pick(
            format!("{less} mindre på en vecka"),
            format!("{less} less within a week"),
        );
    }
    let more = format::money(after - before, lang);
    lang.pick(
        format!("{more} mer på en vecka"),
        format!("{more} more within a week"),
    )
}

/// Flags that go, or come.
#[must_use]
pub fn flags_change(gone: bool, flags: &str, lang: Lang) -> String {
    if gone {
        lang.pick(
            format!("Inte längre: {flags}"),
            format!("No longer: {flags}"),
        )
    } else {
        lang.pick(format!("Nytt: {flags}"), format!("New: {flags}"))
    }
}

/// What a stay has cost: `Hittills 18 800 kr, 2 dygn`.
#[must_use]
pub fn cost_so_far(amount: Option<Kronor>, days: u32, lang: Lang) -> String {
    let amount = amount_or_unknown(amount, lang);
    if days == 0 {
        return lang.pick(format!("Hittills {amount}"), format!("So far {amount}"));
    }
    let plural = if days == 1 { "day" } else { "days" };
    lang.pick(
        format!("Hittills {amount}, {days} dygn"),
        format!("So far {amount}, {days} {plural}"),
    )
}

/// What it costs from here on if nothing happens.
#[must_use]
pub fn cost_ahead(tomorrow: Option<Kronor>, in_a_week: Option<Kronor>, lang: Lang) -> [String; 2] {
    let tomorrow = amount_or_unknown(tomorrow, lang);
    let week = amount_or_unknown(in_a_week, lang);
    [
        lang.pick(
            format!("Ett dygn till kostar {tomorrow}"),
            format!("One more day costs {tomorrow}"),
        ),
        lang.pick(
            format!("Om en vecka {week}, om inget händer"),
            format!("In a week {week}, if nothing happens"),
        ),
    ]
}

/// Kronor, or that they are not known.
#[must_use]
pub fn amount_or_unknown(amount: Option<Kronor>, lang: Lang) -> String {
    let unknown = || Say::UnknownAmount.text(lang).to_owned();
    amount.map_or_else(unknown, |amount| format::money(amount, lang))
}

/// That a voided event is recorded again.
#[must_use]
pub fn again(kind: &str, lang: Lang) -> String {
    lang.pick(
        format!("{kind} registreras igen"),
        format!("{kind} is recorded again"),
    )
}

/// That something was undone.
#[must_use]
pub fn undone(what: &str, lang: Lang) -> String {
    lang.pick(format!("Ångrat: {what}"), format!("Undone: {what}"))
}

/// Several events of several stays.
#[must_use]
pub fn events_in_stays(events: usize, stays: usize, lang: Lang) -> String {
    match (events, stays) {
        (_, 1) => lang.pick(format!("{events} händelser"), format!("{events} events")),
        _ => lang.pick(
            format!("{events} händelser i {stays} vårdtillfällen"),
            format!("{events} events in {stays} stays"),
        ),
    }
}

/// That others built on what is being undone.
#[must_use]
pub fn built_on(events: usize, lang: Lang) -> String {
    let (sv, en) = match events {
        1 => ("1 händelse".to_owned(), "1 event".to_owned()),
        _ => (format!("{events} händelser"), format!("{events} events")),
    };
    lang.pick(
        format!("Andra har registrerat {sv} efter den: se verkan här nedanför."),
        format!("Others have recorded {en} after it: see the effect below."),
    )
}

/// What a key would write out: `→ Karlstad`.
#[must_use]
pub fn completion(name: &str, others: usize, lang: Lang) -> String {
    match others {
        0 => format!("→ {name}"),
        _ => lang.pick(
            format!("→ {name} (och {others} till)"),
            format!("→ {name} (and {others} more)"),
        ),
    }
}

/// Why a personal number is none.
#[must_use]
pub fn personal_id(error: PersonalIdError, lang: Lang) -> &'static str {
    use PersonalIdError as E;
    let (sv, en) = match error {
        E::Empty => ("skriv numret", "write the number"),
        E::Length => ("tolv siffror, eller tio", "twelve digits, or ten"),
        E::Character { .. } => ("ett tecken hör inte hit", "a character does not belong"),
        E::SmallLetter => (
            "siffror; ett reservnummers bokstäver skrivs stora",
            "digits; letters of a reserve number are capitals",
        ),
        E::Separator => (
            "strecket ska stå före de fyra sista",
            "the hyphen goes before the last four",
        ),
        E::DatePart => ("datumet ska vara siffror", "the date must be digits"),
        E::CenturyMissing => ("skriv året med fyra siffror", "write the year in full"),
        E::Century => (
            "året ska börja på 18, 19 eller 20",
            "the year starts 18, 19 or 20",
        ),
        E::Date => ("det datumet finns inte", "no such date"),
        E::Serial => ("löpnumret 000 finns inte", "serial 000 is never given"),
        E::CheckDigit => (
            "kontrollsiffran stämmer inte: något är felskrivet",
            "the check digit is wrong: something is mistyped",
        ),
        E::Plus => (
            "plus är för den som fyller hundra: skriv streck",
            "plus is for those turning 100: write a hyphen",
        ),
        E::ReserveForm => ("inget känt reservnummer", "no known reserve number"),
    };
    lang.pick(sv, en)
}
