//! The file's form: what serde reads, before the whole is checked.

use serde::Deserialize;
use toml::Spanned;

use super::{
    EngineReading, JudgedOn,
    duty::{DischargeHours, DutyRule, Reception},
    error::{AgreementErrors, Faults},
    formula::{AverageExcess, AverageTrigger, Confirmation, DisputeLevel, FixedShare, Individual},
    precondition::{ChecklistPoint, WrittenPrecondition},
    routine::Routine,
    value::{Day, Section},
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
    pub from: Day,
    pub until: Option<Day>,
}

/// Reads the file's form.
pub(super) fn read(file: &str, text: &str) -> Result<Written, AgreementErrors> {
    toml::from_str(text).map_err(|error| {
        let mut faults = Faults::of(file, text);
        let span = error.span().unwrap_or(0..0);
        faults.at(&span, error.message());
        match faults.end() {
            Err(errors) => errors,
            Ok(()) => AgreementErrors(Vec::new()),
        }
    })
}
