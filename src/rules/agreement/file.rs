//! The file's form: what serde reads, before the whole is checked.

use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use super::{
    EngineReading, JudgedOn,
    date::{Edge, NamedDate},
    duty::{DischargeHours, DutyRule, Reception},
    error::{AgreementErrors, CODES, Faults},
    formula::{AverageExcess, AverageTrigger, Confirmation, DisputeLevel, FixedShare, Individual},
    precondition::{ChecklistPoint, WrittenPrecondition},
    routine::Routine,
    syntax,
    value::{CODED, Day, Section},
};
use crate::model::event::CareForm;

/// The form of files that this version reads.
pub(super) const FORMAT: u32 = 1;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Written {
    pub format: Spanned<u32>,
    pub id: Spanned<String>,
    pub name: String,
    pub document: String,
    pub region: Spanned<String>,
    pub parties: Spanned<Vec<Spanned<String>>>,
    pub from: Day,
    pub until: Option<Spanned<Day>>,
    pub confirmed: Option<Confirmation>,
    #[serde(default)]
    pub dispute: Vec<DisputeLevel>,
    #[serde(default)]
    pub checklist: Vec<Spanned<ChecklistPoint>>,
    #[serde(default)]
    pub date: Vec<Spanned<NamedDate>>,
    #[serde(default)]
    pub duty: Vec<Spanned<DutyRule>>,
    pub reception: Option<Reception>,
    #[serde(default)]
    pub routine: Vec<Spanned<Routine>>,
    pub discharge_hours: Option<DischargeHours>,
    #[serde(default)]
    pub reading: Vec<EngineReading>,
    pub otherwise: Otherwise,
    pub rule: Vec<Spanned<WrittenRule>>,
}

/// What the document says, or does not, of spans that no rule reaches.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Otherwise {
    pub clause: Section,
    #[serde(default)]
    pub reading: bool,
    #[serde(default)]
    pub alternatives: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenRule {
    pub id: Spanned<String>,
    pub judged_on: Spanned<JudgedOn>,
    pub clause: Section,
    #[serde(default)]
    pub reading: bool,
    #[serde(default)]
    pub alternatives: Vec<String>,
    pub applies: Vec<Spanned<WrittenApplies>>,
    #[serde(default)]
    pub precondition: Vec<Spanned<WrittenPrecondition>>,
    pub individual: Option<Individual>,
    pub average_excess: Option<AverageExcess>,
    pub average_trigger: Option<AverageTrigger>,
    pub fixed_share: Option<FixedShare>,
    #[serde(default)]
    pub manual: bool,
    #[serde(default)]
    pub nothing_due: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct WrittenApplies {
    pub care_form: CareForm,
    pub from: Edge,
    pub until: Option<Edge>,
}

/// Reads the file's form.
pub(super) fn read(file: &str, text: &str) -> Result<Written, AgreementErrors> {
    toml::from_str(text).map_err(|error| {
        let mut faults = Faults::of(file, text);
        let span = error.span().unwrap_or(0..0);
        match syntax::told(error.message(), at(text, &span)) {
            Some((code, problem)) => faults.sign(&span, code, problem),
            None => {
                let (code, problem) = fault(error.message());
                faults.at(&span, code, problem);
            }
        }
        match faults.end() {
            Err(errors) => errors,
            Ok(()) => AgreementErrors(Vec::new()),
        }
    })
}

/// The text at which the reader stopped: what it names, else the line's rest.
fn at<'t>(text: &'t str, span: &Range<usize>) -> &'t str {
    match text.get(span.clone()) {
        Some(named) if !named.is_empty() => named,
        _ => text.get(span.start..).unwrap_or_default(),
    }
}

/// What the reader's message is about, and what to do.
fn fault(message: &str) -> (&'static str, String) {
    if let Some((code, problem)) = message.split_once(CODED)
        && let Some(code) = CODES.iter().find(|known| **known == code)
    {
        return (code, problem.to_owned());
    }
    let message = &in_words(message);
    let (code, remedy) = match message.as_str() {
        _ if message.starts_with("unknown field") => ("unknown_field", "correct or remove it"),
        _ if message.starts_with("missing field") => ("missing_field", "add it"),
        _ if message.starts_with("unknown variant") => ("unknown_value", "write one of these"),
        _ if message.starts_with("invalid type") => ("wrong_type", "write it so"),
        _ if message.starts_with("invalid value") => ("bad_value", "write a value within it"),
        _ if message.contains("municipality") => ("unknown_party", "correct it"),
        _ => ("syntax", "see https://toml.io for the form"),
    };
    (code, format!("{message}; {remedy}"))
}

/// The reader's message with the words of files for those of programs.
fn in_words(message: &str) -> String {
    let words = [
        ("a TOML datetime", "a date"),
        ("a sequence", "a list"),
        ("invalid type: sequence", "invalid type: list"),
        ("invalid type: map", "invalid type: table"),
        ("struct Source", "a table"),
        ("i64", "a whole number"),
        ("u32", "a whole number"),
        ("u16", "a whole number"),
        ("u8", "a whole number"),
    ];
    let told = |message: String, (from, to): &(&str, &str)| match message.strip_suffix(from) {
        Some(before) if !before.is_empty() => format!("{before}{to}"),
        _ => message.replacen(&format!("{from}, expected"), &format!("{to}, expected"), 1),
    };
    words.iter().fold(message.to_owned(), told)
}
