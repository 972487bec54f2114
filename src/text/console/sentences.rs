//! Texts with something in them, and labels of form fields.

use chrono::TimeDelta;

use crate::{
    desk::service::Connection,
    model::{month::Month, time::TimeError},
    settings::preferences::Theme,
    text::{Lang, format},
};

/// How the store is reached.
#[must_use]
pub fn connection(connection: Connection, lang: Lang) -> String {
    match connection {
        Connection::Holder => super::Say::Holder.text(lang).to_owned(),
        Connection::Client(pid) => {
            lang.pick(format!("via process {pid}"), format!("via process {pid}"))
        }
    }
}

/// An age in its largest unit: `45 s`, `12 m`, `7 h`, `3 d`.
#[must_use]
pub fn age(age: TimeDelta) -> String {
    let seconds = age.num_seconds().max(0);
    match seconds {
        0..60 => format!("{seconds} s"),
        60..3_600 => format!("{} m", seconds / 60),
        3_600..172_800 => format!("{} h", seconds / 3_600),
        _ => format!("{} d", seconds / 86_400),
    }
}

/// Where the selection stands in a list.
#[must_use]
pub fn position(at: usize, of: usize, lang: Lang) -> String {
    lang.pick(format!("{at} av {of}"), format!("{at} of {of}"))
}

/// Why a written time is none, and what to write.
#[must_use]
pub fn time_problem(error: TimeError, lang: Lang) -> &'static str {
    match error {
        TimeError::Form => lang.pick(
            "skriv 14:30, igår 14:30, -2h, 2026-11-22 14:30",
            "try 14:30, yesterday 14:30, -2h, 2026-11-22 14:30",
        ),
        TimeError::Year => lang.pick("årtalet är orimligt", "the year is out of range"),
        TimeError::LeapSecond => lang.pick("skottsekund: skriv 59", "leap second: write 59"),
        TimeError::Skipped => lang.pick(
            "finns inte: klockan ställdes fram då",
            "no such time: the clock went forward then",
        ),
        TimeError::Twice => lang.pick(
            "finns två gånger: lägg till +02:00 eller +01:00",
            "exists twice: add +02:00 (first) or +01:00",
        ),
        TimeError::Date => lang.pick("skriv datum som 2026-11-22", "write a date as 2026-11-22"),
    }
}

/// A count and what is counted, in one or in more.
pub(super) fn counted(count: usize, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}

/// That a month was locked.
#[must_use]
pub fn locked(month: Month, invoices: usize, lang: Lang) -> String {
    let month = format::month(month, lang);
    lang.pick(
        format!(
            "{month} är låst, {}",
            counted(invoices, "faktura", "fakturor")
        ),
        format!(
            "{month} is locked, {}",
            counted(invoices, "invoice", "invoices")
        ),
    )
}

/// That files were written.
#[must_use]
pub fn exported(files: usize, place: &str, lang: Lang) -> String {
    lang.pick(
        format!(
            "{} i {place}",
            counted(files, "fil skriven", "filer skrivna")
        ),
        format!("{} written in {place}", counted(files, "file", "files")),
    )
}

/// How a locked console is opened.
#[must_use]
pub fn unlock(key: &str, lang: Lang) -> String {
    lang.pick(
        format!("Tryck {key} för att låsa upp"),
        format!("Press {key} to unlock"),
    )
}

/// A theme by its name.
#[must_use]
pub fn theme(theme: Theme, lang: Lang) -> &'static str {
    match theme {
        Theme::Default => lang.pick("Tema: vanligt", "Theme: usual"),
        Theme::HighContrast => lang.pick("Tema: hög kontrast", "Theme: high contrast"),
        Theme::ColourBlind => lang.pick("Tema: för färgblinda", "Theme: for the colour-blind"),
    }
}

/// That a key waits for another.
#[must_use]
pub fn chord_waits(keys: &str, lang: Lang) -> String {
    lang.pick(format!("{keys} …"), format!("{keys} …"))
}

/// That a key does nothing here.
#[must_use]
pub fn key_unbound(keys: &str, help: &str, lang: Lang) -> String {
    lang.pick(
        format!("{keys} gör inget här; {help} visar tangenterna"),
        format!("{keys} does nothing here; {help} shows the keys"),
    )
}

/// The label of a form's field, by its name in the event's JSON or in a form
/// of the close.
#[must_use]
pub fn field(name: &str, lang: Lang) -> &'static str {
    match name {
        "at" => lang.pick("Tid", "Time"),
        "reason" => lang.pick("Skäl", "Reason"),
        "void_reason" => lang.pick("Skäl till rättelsen", "Correction reason"),
        "meeting_at" => lang.pick("Mötestid", "Meeting time"),
        "assessed_at" => lang.pick("Bedömd", "Assessed"),
        "need_seen_at" => lang.pick("Behovet sågs", "Need seen"),
        "name" => lang.pick("Namn", "Name"),
        "unit" => lang.pick("Enhet", "Unit"),
        "item" => lang.pick("Punkt", "Item"),
        "done" => lang.pick("Klar", "Done"),
        "date" | "expected_discharge" => lang.pick("Planerat datum", "Expected date"),
        "to" => lang.pick("Till", "To"),
        "message" => lang.pick("Meddelande", "Message"),
        "by" => lang.pick("Av", "By"),
        "text" => lang.pick("Text", "Text"),
        "hospital" => lang.pick("Sjukhus", "Hospital"),
        "ward" => lang.pick("Avdelning", "Ward"),
        "municipality" => lang.pick("Kommunkod", "Municipality"),
        "placing_municipality" => lang.pick("Placerande kommun", "Placing municipality"),
        "district" => lang.pick("Stadsdel", "District"),
        "confirm" => lang.pick("Bekräfta", "Confirm"),
        "format" => lang.pick("Format", "Format"),
        "directory" => lang.pick("Katalog", "Directory"),
        _ => lang.pick("Värde", "Value"),
    }
}

/// A choice in a form.
#[must_use]
pub fn choice(code: &str, lang: Lang) -> &'static str {
    match code {
        "true" => lang.pick("ja", "yes"),
        "false" => lang.pick("nej", "no"),
        "municipality" => lang.pick("kommunen", "the municipality"),
        "open_care" => lang.pick("öppenvården", "open care"),
        "ward" => lang.pick("avdelningen", "the ward"),
        "both" => lang.pick("kommun och öppenvård", "municipality and open care"),
        "csv" => "CSV",
        "json" => "JSON",
        _ => "?",
    }
}
