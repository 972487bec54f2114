//! Texts with something in them, and labels of form fields.

use chrono::TimeDelta;

use crate::{
    desk::{reply::Parked, service::Connection},
    model::{
        event::{CareForm, CompulsoryCare},
        month::Month,
        place::PayerCode,
        time::{Instant, TimeError},
    },
    settings::preferences::Theme,
    text::{Lang, close, format, words},
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

/// That a month was locked, with so many invoices, or a part of it without
/// these payers.
#[must_use]
pub fn locked(month: Month, invoices: usize, without: &[Parked], lang: Lang) -> String {
    let month = format::month(month, lang);
    let (sv, en) = match without {
        [] => ("låst", "locked"),
        _ => ("delvis låst", "partly locked"),
    };
    let mut said = lang.pick(
        format!(
            "{month} är {sv}, {}",
            counted(invoices, "faktura", "fakturor")
        ),
        format!(
            "{month} is {en}, {}",
            counted(invoices, "invoice", "invoices")
        ),
    );
    for parked in without {
        said.push_str("; ");
        said.push_str(&close::still_to_lock(parked, lang));
    }
    said
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
        "episode" => lang.pick("Vårdtillfälle", "Stay"),
        "pnr" => lang.pick("Personnummer", "Personal number"),
        "patient_name" => lang.pick("Patientens namn", "Patient's name"),
        "protected" => lang.pick("Skyddad identitet", "Protected identity"),
        "care_form" => lang.pick("Vårdform", "Care form"),
        "compulsory_care" => lang.pick("Tvångsvård", "Compulsory care"),
        "municipal_needs" => lang.pick("Kommunen behövs", "Municipality needed"),
        "with_call" => lang.pick("Ta tillbaka kallelsen", "Withdraw the call"),
        "stands" => lang.pick("Det här gäller", "This one stands"),
        "delay_code" => lang.pick("Orsak, kod", "Delay reason"),
        "delay_from" => lang.pick("Orsak från", "Delay from"),
        "delay_to" => lang.pick("Orsak till", "Delay until"),
        "municipality" => lang.pick("Kommun", "Municipality"),
        "placing_municipality" => lang.pick("Placerande kommun", "Placing municipality"),
        "district" => lang.pick("Stadsdel", "District"),
        "from" => lang.pick("Från och med", "From"),
        "until" => lang.pick("Till och med", "Until"),
        "source" => lang.pick("Källa: vem, var", "Source: who, where"),
        "agreement_id" => lang.pick("Skriv avtalets id", "Type the id"),
        "which_date" => lang.pick("Vilket datum", "Which date"),
        "new_date" => lang.pick("Sätts till", "Set to"),
        "year" => lang.pick("År", "Year"),
        "amount" => lang.pick("Kronor per dygn", "Kronor per day"),
        "confirm" => lang.pick("Bekräfta", "Confirm"),
        "format" => lang.pick("Format", "Format"),
        "directory" => lang.pick("Mapp", "Folder"),
        _ => lang.pick("Värde", "Value"),
    }
}

/// How far an export is.
#[must_use]
pub fn files_done(written: usize, all: usize, done: bool, lang: Lang) -> String {
    let (sv, en) = if done {
        ("Klart", "Done")
    } else {
        ("Skriver", "Writing")
    };
    lang.pick(
        format!("{sv}: {written} av {all} filer skrivna"),
        format!("{en}: {written} of {all} files written"),
    )
}

/// What changed in a month since it was seen: by how much, and how many rows
/// are otherwise.
#[must_use]
pub fn since_seen(at: Instant, change: &str, rows: usize, lang: Lang) -> String {
    let at = format::near_moment(at, lang);
    let said = lang.pick(
        format!("Sedan sist, {at}: {change}"),
        format!("Since last time, {at}: {change}"),
    );
    match rows {
        0 => said,
        1 => said + lang.pick(", 1 rad ändrad", ", 1 row changed"),
        _ => {
            said + &lang.pick(
                format!(", {rows} rader ändrade"),
                format!(", {rows} rows changed"),
            )
        }
    }
}

/// That nothing changed in a month since it was seen.
#[must_use]
pub fn same_since(at: Instant, lang: Lang) -> String {
    let at = format::near_moment(at, lang);
    lang.pick(
        format!("Inget ändrat sedan du såg månaden {at}"),
        format!("Nothing changed since you saw the month {at}"),
    )
}

/// That a month is locked for these payers alone.
#[must_use]
pub fn partly_locked(payers: &[PayerCode], lang: Lang) -> String {
    let names: Vec<_> = payers.iter().map(PayerCode::name).collect();
    format!(
        "{}: {}",
        super::Say::PartlyLocked.text(lang),
        names.join(", ")
    )
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
        "somatic" => words::care_form(CareForm::Somatic, lang),
        "psychiatric" => words::care_form(CareForm::Psychiatric, lang),
        "LPT" => words::compulsory_care(CompulsoryCare::Lpt),
        "LRV" => words::compulsory_care(CompulsoryCare::Lrv),
        "csv" => "CSV",
        "json" => "JSON",
        "csv_json" => lang.pick("CSV och JSON", "CSV and JSON"),
        _ => "?",
    }
}
