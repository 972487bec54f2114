//! An agreement as data: who is bound, from when to when, and by which rules.

mod alternative;
mod check;
mod coverage;
mod date;
mod diff;
mod duty;
mod duty_check;
mod error;
mod file;
mod formula;
mod grace;
mod layout;
mod parts_check;
mod precondition;
mod routine;
mod rule_check;
mod syntax;
mod value;
mod value_check;
mod written;

#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, sync::Arc};

use chrono::NaiveDate;

pub use alternative::Alternative;
pub use date::NamedDate;
pub use diff::{AgreementDiff, Change, ChangeKind, Compared, Held, diff};
pub use duty::{
    Anchor, Concerns, DischargeHours, DutyCode, DutyRule, Reception, Within, WithinUnit,
};
pub use error::{AgreementError, AgreementErrors, CODES};
pub use formula::{
    AverageExcess, AverageTrigger, Confirmation, DisputeLevel, FixedShare, FixedTotal, Formula,
    Individual,
};
pub use grace::{DayUnit, Grace};
pub use precondition::{ChecklistPoint, Fact, Precondition, Waiver};
pub use routine::{Occasion, Routine, RoutineCode, RoutineParty};
pub use value::{
    ClockTime, Count, CountsFrom, Dated, Day, DayCounting, Days, KronorValue, Months, OpenCare,
    Quantity, Rounding, Section, Source, Threshold, Unmet, Value, WhenLate, YesNo,
};
pub use written::WrittenValue;

use super::trace::Clause;
use crate::model::{
    event::CareForm,
    ids::AgreementId,
    place::{MunicipalityCode, RegionCode},
};

/// An agreement, checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Agreement {
    /// Its id, for instance `varmland-2019`.
    pub id: AgreementId,
    /// Its name, in Swedish.
    pub name: String,
    /// The document in which its clauses stand.
    pub document: String,
    /// The region that is party to it; none where it binds everywhere.
    pub region: Option<RegionCode>,
    /// The municipalities that it binds, ascending; none where it binds all.
    pub parties: Option<Vec<MunicipalityCode>>,
    /// The first date on which it holds.
    pub from: NaiveDate,
    /// The last date, where it has one.
    pub until: Option<NaiveDate>,
    /// Until when it is confirmed, as the file says.
    pub confirmed: Option<Confirmation>,
    /// Levels that a dispute climbs, lowest first.
    pub disputes: Vec<DisputeLevel>,
    /// Points of the home-ready checklist.
    pub checklist: Vec<ChecklistPoint>,
    /// Dates that the file leaves for finance to set.
    pub dates: Vec<NamedDate>,
    /// Duties with due times.
    pub duties: Vec<DutyRule>,
    /// When discharges are planned, where the document says so.
    pub discharge_hours: Option<DischargeHours>,
    /// When admission notices are taken in, where the document says so.
    pub reception: Option<Reception>,
    /// Duties that no stay carries.
    pub routines: Vec<Routine>,
    /// Readings that the engine itself follows everywhere.
    pub readings: Vec<EngineReading>,
    /// Its rules; the last one stands for dates that no other covers.
    pub(super) rules: Vec<Rule>,
    content: Content,
}

/// The file's bytes and their address.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Content {
    text: Arc<str>,
    address: Arc<str>,
}

/// A reading that stands in the engine and not in a value: named, so that a
/// lawyer sees it and knows that a change needs a programmer.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EngineReading {
    /// What it is about.
    pub code: String,
    /// The section that comes nearest.
    pub clause: Section,
    /// What was chosen.
    pub chosen: String,
    /// What else it could be.
    #[serde(default)]
    pub alternatives: Vec<String>,
}

/// On which date a rule must cover a span to judge it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JudgedOn {
    /// The local date of the span's start.
    SpanStart,
    /// The local date of the span's end: discharge, for averages.
    SpanEnd,
}

/// One rule of an agreement.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Its id within the agreement.
    pub id: Arc<str>,
    /// Which date of a span decides.
    pub judged_on: JudgedOn,
    /// For which care and when.
    pub applies: Vec<Applies>,
    /// Where it stands.
    pub source: Source,
    /// What must hold before anything is charged.
    pub preconditions: Vec<Precondition>,
    /// Its model with its values.
    pub formula: Formula,
}

/// A care form and the dates on which a rule holds for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Applies {
    /// The care form.
    pub care_form: CareForm,
    /// The first date.
    pub from: NaiveDate,
    /// The last date, where there is one.
    pub until: Option<NaiveDate>,
}

impl Applies {
    /// Whether it covers `date`.
    #[must_use]
    pub fn covers(&self, date: NaiveDate) -> bool {
        self.from <= date && self.until.is_none_or(|until| date <= until)
    }
}

impl Rule {
    /// Whether it covers `date` for `care_form`.
    #[must_use]
    pub fn covers(&self, care_form: CareForm, date: NaiveDate) -> bool {
        let mut applies = self.applies.iter();
        applies.any(|applies| applies.care_form == care_form && applies.covers(date))
    }
}

impl Agreement {
    /// Reads and checks an agreement's file. `file` is its name for errors.
    ///
    /// # Errors
    /// Everything that is wrong with it, each with line and remedy.
    pub fn load(file: &str, text: &str) -> Result<Self, AgreementErrors> {
        Self::load_with(file, text, &BTreeMap::new())
    }

    /// [`Agreement::load`] with dates set in the place of the file's own, by
    /// their codes; codes that the file does not have change nothing.
    ///
    /// # Errors
    /// As for a file with those dates written in it.
    pub fn load_with(
        file: &str,
        text: &str,
        set: &BTreeMap<String, NaiveDate>,
    ) -> Result<Self, AgreementErrors> {
        let written = file::read(file, text)?;
        check::whole(file, text, written, set)
    }

    /// Whether `municipality` is bound.
    #[must_use]
    pub fn binds(&self, municipality: MunicipalityCode) -> bool {
        self.parties
            .as_ref()
            .is_none_or(|parties| parties.binary_search(&municipality).is_ok())
    }

    /// Whether it holds on `date`.
    #[must_use]
    pub fn covers(&self, date: NaiveDate) -> bool {
        self.from <= date && self.until.is_none_or(|until| date <= until)
    }

    /// Its rules, as in the file.
    #[must_use]
    pub fn rules(&self) -> &[Rule] {
        // The last one is ours: see `fallback`.
        &self.rules[..self.rules.len() - 1]
    }

    /// The rule of that id.
    #[must_use]
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| *rule.id == *id)
    }

    /// What judges a span that began under this agreement and which none of
    /// its rules reaches: finance, by hand, and never another agreement.
    #[must_use]
    pub(super) fn fallback(&self) -> &Rule {
        &self.rules[self.rules.len() - 1]
    }

    /// The rule that judges a span by `judged_on`, covering `date`.
    #[must_use]
    pub fn judging(
        &self,
        judged_on: JudgedOn,
        care_form: CareForm,
        date: NaiveDate,
    ) -> Option<&Rule> {
        self.rules()
            .iter()
            .find(|rule| rule.judged_on == judged_on && rule.covers(care_form, date))
    }

    /// The clause at `source`, as explanations name it.
    #[must_use]
    pub fn clause(&self, source: &Source) -> Clause {
        self.clause_at(source.clause.as_str(), source.reading)
    }

    /// The clause in `section`, as explanations name it; without a section
    /// the agreement as a whole.
    #[must_use]
    pub fn clause_at(&self, section: &str, reading: bool) -> Clause {
        Clause {
            agreement: self.id.clone(),
            name: self.name.clone(),
            document: self.document.clone(),
            section: section.to_owned(),
            reading,
        }
    }

    /// The file's text, as a lock keeps it.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.content.text
    }

    /// The line of the file on which a field of its head stands.
    pub(super) fn line_of(&self, field: &str) -> usize {
        let span = layout::Layout::of(self.text()).span(&[layout::Step::Field(field)]);
        error::line_of(self.text(), span.start)
    }

    /// SHA-256 of the file's bytes, hexadecimal.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.content.address
    }
}
