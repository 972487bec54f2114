//! A locked month as files: CSV for spreadsheets and ledgers, and the JSON
//! that was locked, byte for byte.
//!
//! Functions return names and bytes; the caller writes them under its own
//! user. Nothing here holds a patient's name or number.

use rust_decimal::Decimal;
use serde::Serialize;
use thiserror::Error;

use crate::{
    ledger::figures::{Credit, LineKind, MonthFigures, PayerFigures, Status},
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

/// Why nothing can be exported.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ExportError {
    /// Figures of an open month can still change.
    #[error("{0} is not locked; lock it with the month close first")]
    Open(Month),
    /// A line could not be written.
    #[error("the lines could not be written as CSV: {0}")]
    Write(String),
}

/// The JSON of a locked month, as it was locked.
///
/// # Errors
/// [`ExportError::Open`] where the month is not wholly locked.
pub fn json(figures: &MonthFigures, locked: &str) -> Result<File, ExportError> {
    check(figures)?;
    Ok(File {
        name: name(figures, "json"),
        bytes: locked.as_bytes().to_vec(),
    })
}

/// The lines of a locked month as CSV: UTF-8, `,`, one header line; amounts
/// with a point. Credit notes are lines of the kind `credit_note` with a
/// negative amount. Texts that a spreadsheet would take for a formula get a
/// leading apostrophe.
///
/// # Errors
/// [`ExportError::Open`] where the month is not wholly locked.
pub fn csv(figures: &MonthFigures, invoices: &[InvoiceRef<'_>]) -> Result<File, ExportError> {
    check(figures)?;
    let failed = |why: ::csv::Error| ExportError::Write(why.to_string());
    let mut out = ::csv::WriterBuilder::new()
        .has_headers(false)
        .from_writer(Vec::new());
    out.write_record(COLUMNS).map_err(failed)?;
    for payer in &figures.payers {
        for row in rows(payer, invoices) {
            out.serialize(row).map_err(failed)?;
        }
    }
    Ok(File {
        name: name(figures, "csv"),
        bytes: out
            .into_inner()
            .map_err(|why| ExportError::Write(why.error().to_string()))?,
    })
}

fn check(figures: &MonthFigures) -> Result<(), ExportError> {
    match figures.status {
        Status::Locked => Ok(()),
        Status::Open => Err(ExportError::Open(figures.month)),
    }
}

fn name(figures: &MonthFigures, ending: &str) -> String {
    format!("fristdag-{}-{}.{ending}", figures.region, figures.month)
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

fn rows<'a>(payer: &'a PayerFigures, invoices: &'a [InvoiceRef<'a>]) -> impl Iterator<Item = Row> {
    let own = move |credits: Option<&str>| {
        invoices
            .iter()
            .find(|invoice| invoice.payer == payer.payer && invoice.credits == credits)
            .map_or_else(String::new, |invoice| guarded(invoice.number))
    };
    let lines = payer.lines.iter().map(move |line| Row {
        kind: Kind::Line(line.kind),
        episode: line.episode.as_ref().map(|id| guarded(id.as_str())),
        for_month: line.for_month,
        quantity: line.quantity.to_string(),
        rate: line.rate.to_string(),
        amount: line.amount.to_string(),
        invoice: own(None),
        ..row(payer)
    });
    let credits = payer.credits.iter().map(move |credit| Row {
        invoice: own(Some(&credit.invoice)),
        ..credit_row(payer, credit)
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

    #[test]
    fn lines_are_written_with_their_invoice() {
        let payer = "0643".parse().unwrap();
        let invoices = [
            InvoiceRef {
                number: "06-2",
                payer,
                credits: None,
            },
            InvoiceRef {
                number: "06-3",
                payer,
                credits: Some("06-1"),
            },
        ];
        let file = csv(&figures(Status::Locked), &invoices).unwrap();
        assert_eq!(file.name, "fristdag-06-2018-05.csv");
        assert_eq!(
            String::from_utf8(file.bytes).unwrap(),
            "payer,name,agreement,model,kind,episode,for_month,quantity,rate,amount,invoice,credits\n\
             0643,Habo,jonkoping-2018,average_excess,average_excess,,,33.6,7100,238560.00,06-2,\n\
             0643,Habo,jonkoping-2018,average_excess,individual,\"'=HYPERLINK(\"\"x\"\")\",,7,7100,49700.00,06-2,\n\
             0643,Habo,jonkoping-2018,average_excess,credit_note,,2018-04,1,-7100.00,-7100.00,06-3,06-1\n"
        );
    }

    #[test]
    fn a_month_without_lines_has_its_header() {
        let mut empty = figures(Status::Locked);
        empty.payers.clear();
        let file = csv(&empty, &[]).unwrap();
        assert_eq!(file.bytes, format!("{}\n", COLUMNS.join(",")).as_bytes());
    }

    #[test]
    fn json_is_what_was_locked() {
        let locked = "{\"region\": \"06\" }\n";
        let file = json(&figures(Status::Locked), locked).unwrap();
        assert_eq!(file.bytes, locked.as_bytes());
        assert_eq!(file.name, "fristdag-06-2018-05.json");
    }

    #[test]
    fn an_open_month_is_not_exported() {
        let open = figures(Status::Open);
        let refused = ExportError::Open("2018-05".parse().unwrap());
        assert_eq!(csv(&open, &[]).unwrap_err(), refused);
        assert_eq!(json(&open, "{}").unwrap_err(), refused);
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
