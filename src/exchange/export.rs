//! What of a month is locked as files: CSV for spreadsheets and ledgers, and
//! the JSON that was locked, byte for byte. While payers are left out, files
//! hold the locked ones alone, bear another name than the month's, and the
//! JSON names who is not in it.
//!
//! Functions return names and bytes; the caller writes them under its own
//! user. Nothing here holds a patient's name or number.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::Serialize;
use thiserror::Error;

use crate::{
    ledger::{
        figures::{Credit, LineKind, MonthFigures, PayerFigures, Status},
        invoice,
    },
    model::{month::Month, place::PayerCode},
    rules::share::Model,
};

/// A file to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name, without a folder.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// An invoice or a credit note of the month, as far as an export names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvoiceRef<'a> {
    /// Its number.
    pub number: &'a str,
    /// Who pays.
    pub payer: PayerCode,
    /// For a credit note, the invoice that it credits.
    pub credits: Option<&'a str>,
}

/// A payer of the month who is not locked yet, and why it was left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NotLocked {
    /// Who.
    pub payer: PayerCode,
    /// The payer's name.
    pub name: String,
    /// Why, as it was written.
    pub reason: String,
}

/// What of a month is locked.
#[derive(Debug, Clone, Copy)]
pub struct LockedPart<'a> {
    /// The figures of the locked payers.
    pub figures: &'a MonthFigures,
    /// Those payers' JSON, where it was locked so.
    pub exact: Option<&'a str>,
    /// Locks of the month so far.
    pub locks: usize,
    /// Their invoices and credit notes, in the order in which they were made.
    pub invoices: &'a [InvoiceRef<'a>],
    /// Payers that no lock holds yet; none where the month is whole.
    pub not_locked: &'a [NotLocked],
}

/// Why nothing can be exported.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ExportError {
    /// Figures of an open payer can still change.
    #[error("{0} is not locked; lock it with the month close first")]
    Open(Month),
    /// A line could not be written.
    #[error("the lines could not be written as CSV: {0}")]
    Write(String),
    /// The figures could not be written.
    #[error("the figures could not be written as JSON: {0}")]
    Json(String),
}

/// The JSON of what is locked: byte for byte as it was locked where that is the
/// whole month, else the figures of the locked payers with the others named
/// under `not_locked`.
///
/// # Errors
/// [`ExportError::Open`] where an entry is not locked.
pub fn json(part: &LockedPart<'_>) -> Result<File, ExportError> {
    #[derive(Serialize)]
    struct Partly<'a> {
        #[serde(flatten)]
        figures: &'a MonthFigures,
        #[serde(skip_serializing_if = "<[NotLocked]>::is_empty")]
        not_locked: &'a [NotLocked],
    }
    check(part)?;
    let bytes = match part.exact {
        Some(exact) => exact.as_bytes().to_vec(),
        None => serde_json::to_vec(&Partly {
            figures: part.figures,
            not_locked: part.not_locked,
        })
        .map_err(|why| ExportError::Json(why.to_string()))?,
    };
    let name = name(part, "json");
    Ok(File { name, bytes })
}

/// The locked lines as CSV: UTF-8, `,`, one header line; amounts with a point.
/// Credit notes are lines of the kind `credit_note` with a negative amount.
/// Texts that a spreadsheet would take for a formula get a leading apostrophe.
///
/// # Errors
/// [`ExportError::Open`] where an entry is not locked.
pub fn csv(part: &LockedPart<'_>) -> Result<File, ExportError> {
    let (figures, invoices) = (part.figures, part.invoices);
    check(part)?;
    let failed = |why: ::csv::Error| ExportError::Write(why.to_string());
    let mut out = ::csv::WriterBuilder::new()
        .has_headers(false)
        .from_writer(Vec::new());
    out.write_record(COLUMNS).map_err(failed)?;
    for payer in &figures.payers {
        let numbers = Numbers::of(figures, payer.payer, invoices);
        for row in rows(payer, &numbers) {
            out.serialize(row).map_err(failed)?;
        }
    }
    Ok(File {
        name: name(part, "csv"),
        bytes: out
            .into_inner()
            .map_err(|why| ExportError::Write(why.error().to_string()))?,
    })
}

fn check(part: &LockedPart<'_>) -> Result<(), ExportError> {
    let (figures, is_open) = (part.figures, |status| status == Status::Open);
    // A month that nobody waits in is locked as a whole.
    let whole = part.not_locked.is_empty();
    let mut entries = figures.payers.iter();
    if entries.any(|entry| is_open(entry.status)) || (whole && is_open(figures.status)) {
        return Err(ExportError::Open(figures.month));
    }
    Ok(())
}

/// No file with only a part has the name of the month's, so that none is ever
/// taken for the whole; each lock's part has a name of its own.
fn name(part: &LockedPart<'_>, ending: &str) -> String {
    let MonthFigures { region, month, .. } = part.figures;
    if part.not_locked.is_empty() {
        return format!("fristdag-{region}-{month}.{ending}");
    }
    let locks = part.locks;
    format!("fristdag-{region}-{month}-partly-locked-{locks}.{ending}")
}

/// The numbers of a payer's invoice and credit notes.
struct Numbers {
    invoice: String,
    credits: BTreeMap<(Month, String), String>,
}

impl Numbers {
    fn of(figures: &MonthFigures, payer: PayerCode, invoices: &[InvoiceRef<'_>]) -> Self {
        let own = || invoices.iter().filter(|invoice| invoice.payer == payer);
        let invoice = own().find(|invoice| invoice.credits.is_none());
        // A lock numbers them in this order; two may credit one invoice.
        let notes = own().filter(|invoice| invoice.credits.is_some());
        let credits = invoice::credited(figures, payer).into_keys();
        Self {
            invoice: invoice.map_or_else(String::new, |invoice| guarded(invoice.number)),
            credits: credits
                .zip(notes.map(|note| guarded(note.number)))
                .collect(),
        }
    }
}

/// Written even where a month has no lines.
const COLUMNS: [&str; 12] = [
    "payer",
    "name",
    "agreement",
    "model",
    "kind",
    "episode",
    "for_month",
    "quantity",
    "rate",
    "amount",
    "invoice",
    "credits",
];

/// A line of the file, in the order of [`COLUMNS`]. Texts from outside are
/// [`guarded`]; what we compute is not, so that numbers stay numbers.
#[derive(Serialize)]
struct Row {
    payer: PayerCode,
    name: String,
    agreement: String,
    model: Model,
    kind: Kind,
    episode: Option<String>,
    for_month: Option<Month>,
    quantity: String,
    rate: String,
    amount: String,
    invoice: String,
    credits: String,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Kind {
    Line(LineKind),
    Credit(&'static str),
}

fn rows<'a>(payer: &'a PayerFigures, numbers: &'a Numbers) -> impl Iterator<Item = Row> {
    let lines = payer.lines.iter().map(move |line| Row {
        kind: Kind::Line(line.kind),
        episode: line.episode.as_ref().map(|id| guarded(id.as_str())),
        for_month: line.for_month,
        quantity: line.quantity.to_string(),
        rate: line.rate.to_string(),
        amount: line.amount.to_string(),
        invoice: numbers.invoice.clone(),
        ..row(payer)
    });
    let credits = payer.credits.iter().map(move |credit| {
        let key = (credit.for_month, credit.invoice.clone());
        Row {
            invoice: numbers.credits.get(&key).cloned().unwrap_or_default(),
            ..credit_row(payer, credit)
        }
    });
    lines.chain(credits)
}

fn row(payer: &PayerFigures) -> Row {
    Row {
        payer: payer.payer,
        name: guarded(&payer.name),
        agreement: guarded(payer.agreement.as_str()),
        model: payer.model,
        kind: Kind::Credit("credit_note"),
        episode: None,
        for_month: None,
        quantity: String::new(),
        rate: String::new(),
        amount: String::new(),
        invoice: String::new(),
        credits: String::new(),
    }
}

fn credit_row(payer: &PayerFigures, credit: &Credit) -> Row {
    Row {
        for_month: Some(credit.for_month),
        quantity: Decimal::ONE.to_string(),
        rate: (-credit.amount).to_string(),
        amount: (-credit.amount).to_string(),
        credits: guarded(&credit.invoice),
        ..row(payer)
    }
}

/// A text that no spreadsheet takes for a formula.
fn guarded(text: &str) -> String {
    // The wide forms are taken for the plain ones by some programs.
    let formula = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    if text.starts_with(formula) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ledger::figures::Line,
        model::ids::{AgreementId, EpisodeId},
    };

    fn line(kind: LineKind, episode: Option<&str>, quantity: &str, amount: &str) -> Line {
        Line {
            kind,
            episode: episode.map(|id| EpisodeId::new(id).unwrap()),
            for_month: None,
            quantity: quantity.parse().unwrap(),
            rate: "7100".parse().unwrap(),
            amount: amount.parse().unwrap(),
        }
    }

    fn figures(status: Status) -> MonthFigures {
        MonthFigures {
            region: "06".parse().unwrap(),
            month: "2018-05".parse().unwrap(),
            status,
            hash: None,
            payers: vec![PayerFigures {
                payer: "0643".parse().unwrap(),
                name: "Habo".to_owned(),
                agreement: AgreementId::new("jonkoping-2018").unwrap(),
                model: Model::AverageExcess,
                rule: None,
                care_forms: Vec::new(),
                status,
                discharged: 2,
                counted: 1,
                excluded: Vec::new(),
                average: None,
                threshold: None,
                amount: "288260.00".parse().unwrap(),
                lines: vec![
                    line(LineKind::AverageExcess, None, "33.6", "238560.00"),
                    line(
                        LineKind::Individual,
                        Some("=HYPERLINK(\"x\")"),
                        "7",
                        "49700.00",
                    ),
                ],
                credits: vec![Credit {
                    for_month: "2018-04".parse().unwrap(),
                    invoice: "06-1".to_owned(),
                    amount: "7100.00".parse().unwrap(),
                    settles: false,
                }],
            }],
            amount: "288260.00".parse().unwrap(),
            findings: Vec::new(),
        }
    }

    fn part<'a>(figures: &'a MonthFigures, invoices: &'a [InvoiceRef<'a>]) -> LockedPart<'a> {
        LockedPart {
            figures,
            exact: None,
            locks: 1,
            invoices,
            not_locked: &[],
        }
    }

    fn invoices() -> [InvoiceRef<'static>; 2] {
        let numbers = [("06-2", None), ("06-3", Some("06-1"))];
        numbers.map(|(number, credits)| InvoiceRef {
            number,
            payer: "0643".parse().unwrap(),
            credits,
        })
    }

    #[test]
    fn lines_are_written_with_their_invoice() {
        let file = csv(&part(&figures(Status::Locked), &invoices())).unwrap();
        assert_eq!(file.name, "fristdag-06-2018-05.csv");
        assert_eq!(
            String::from_utf8(file.bytes).unwrap(),
            "payer,name,agreement,model,kind,episode,for_month,quantity,rate,amount,invoice,credits\n\
             0643,Habo,jonkoping-2018,average_excess,average_excess,,,33.6,7100,238560.00,06-2,\n\
             0643,Habo,jonkoping-2018,average_excess,individual,\"'=HYPERLINK(\"\"x\"\")\",,7,7100,49700.00,06-2,\n\
             0643,Habo,jonkoping-2018,average_excess,credit_note,,2018-04,1,-7100.00,-7100.00,06-3,06-1\n"
        );
    }

    /// An invoice bears its own month and adjustments of others: corrections of
    /// both are credit notes of their own.
    #[test]
    fn two_credit_notes_of_one_invoice_keep_their_numbers() {
        let mut figures = figures(Status::Locked);
        let mut later = figures.payers[0].credits[0].clone();
        later.for_month = "2018-03".parse().unwrap();
        figures.payers[0].credits.push(later);
        let second = InvoiceRef {
            number: "06-4",
            ..invoices()[1]
        };
        let made = [invoices().as_slice(), &[second]].concat();
        let file = csv(&part(&figures, &made)).unwrap();
        let text = String::from_utf8(file.bytes).unwrap();
        let notes: Vec<_> = text.lines().skip(3).collect();
        assert!(
            notes[0].contains(",2018-04,") && notes[0].ends_with("06-4,06-1"),
            "{text}"
        );
        assert!(
            notes[1].contains(",2018-03,") && notes[1].ends_with("06-3,06-1"),
            "{text}"
        );
    }

    #[test]
    fn a_month_without_lines_has_its_header() {
        let mut empty = figures(Status::Locked);
        empty.payers.clear();
        let file = csv(&part(&empty, &[])).unwrap();
        assert_eq!(file.bytes, format!("{}\n", COLUMNS.join(",")).as_bytes());
    }

    #[test]
    fn json_is_what_was_locked() {
        let locked = "{\"region\": \"06\" }\n";
        let figures = figures(Status::Locked);
        let exact = LockedPart {
            exact: Some(locked),
            ..part(&figures, &[])
        };
        let file = json(&exact).unwrap();
        assert_eq!(file.bytes, locked.as_bytes());
        assert_eq!(file.name, "fristdag-06-2018-05.json");
    }

    #[test]
    fn a_part_has_a_name_of_its_own_and_names_the_others() {
        let figures = figures(Status::Locked);
        let waiting = [NotLocked {
            payer: "0680".parse().unwrap(),
            name: "Jönköping".to_owned(),
            reason: "tvist".to_owned(),
        }];
        let partly = LockedPart {
            locks: 2,
            not_locked: &waiting,
            ..part(&figures, &[])
        };
        let name = "fristdag-06-2018-05-partly-locked-2";
        assert_eq!(csv(&partly).unwrap().name, format!("{name}.csv"));
        let file = json(&partly).unwrap();
        assert_eq!(file.name, format!("{name}.json"));
        let read: serde_json::Value = serde_json::from_slice(&file.bytes).unwrap();
        assert_eq!(read["not_locked"][0]["payer"], "0680");
        assert_eq!(read["payers"].as_array().unwrap().len(), 1);
    }

    #[test]
    fn an_open_entry_is_not_exported() {
        let open = figures(Status::Open);
        let refused = ExportError::Open("2018-05".parse().unwrap());
        assert_eq!(csv(&part(&open, &[])).unwrap_err(), refused);
        assert_eq!(json(&part(&open, &[])).unwrap_err(), refused);
    }

    #[test]
    fn formulas_become_text() {
        for formula in [
            "=1+1", "+1", "-2+3", "@SUM(1)", "\t=1", "\r=1", "\n=1", "＝1",
        ] {
            assert_eq!(guarded(formula), format!("'{formula}"));
        }
        for text in ["D-1", "", "'=1", "a=1", "Åsele"] {
            assert_eq!(guarded(text), text);
        }
    }
}
