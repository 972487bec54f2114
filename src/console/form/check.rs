//! Whether what is written in a field will do, while it is being typed.

use chrono::NaiveDate;

use super::{Field, FieldKind, Form, Task, decide, towns, when};
use crate::{
    model::{
        ids::EpisodeId,
        personal_id::{PersonalId, PersonalIdError},
        time::{self, Instant, TimeError},
    },
    text::{
        Lang,
        console::{Say, personal_id, time_problem},
    },
};

/// What a field's text means.
#[derive(Debug, Clone, PartialEq)]
pub enum Checked {
    /// Nothing, and nothing is needed.
    Empty,
    /// A moment; whether it lies in the future.
    Moment(Instant, bool),
    /// A date.
    Date(NaiveDate),
    /// A text or a code.
    Text(String),
    /// It will not do, and why.
    Bad(Problem),
}

/// Why a field's text will not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Problem {
    Required,
    Time(TimeError),
    Municipality,
    SeveralMunicipalities,
    Episode,
    PersonalId(PersonalIdError),
    DelayCode,
    LockMonth,
    LockTotal,
    AgreementId,
    Year,
    Amount,
}

impl Problem {
    /// In words.
    #[must_use]
    pub fn text(self, lang: Lang) -> &'static str {
        match self {
            Self::Required => Say::Required.text(lang),
            Self::Time(error) => time_problem(error, lang),
            Self::Municipality => lang.pick(
                "ingen kommun; skriv namnet eller koden, t.ex. 1780",
                "no municipality; write its name or code, e.g. 1780",
            ),
            Self::SeveralMunicipalities => {
                lang.pick("flera kommuner börjar så", "several begin so")
            }
            Self::Episode => lang.pick(
                "1 till 128 tecken, inga styrtecken",
                "1 to 128 characters, none of them control characters",
            ),
            Self::PersonalId(error) => personal_id(error, lang),
            Self::DelayCode => lang.pick(
                "skriv orsakens kod i fältet före",
                "write the reason's code in the field before",
            ),
            Self::LockMonth => Say::LockMonth.text(lang),
            Self::LockTotal => Say::LockTotal.text(lang),
            Self::AgreementId => Say::TypeTheId.text(lang),
            Self::Year => Say::TypeAYear.text(lang),
            Self::Amount => Say::TypeAnAmount.text(lang),
        }
    }
}

/// What checks need to know.
#[derive(Debug, Clone, Copy)]
pub struct Context {
    /// The present.
    pub now: Instant,
}

impl Form {
    /// What each field means.
    #[must_use]
    pub fn checked(&self, context: Context) -> Vec<Checked> {
        self.fields
            .iter()
            .map(|field| self.check(field, context))
            .collect()
    }

    /// The first field that will not do.
    #[must_use]
    pub fn first_bad(&self, context: Context) -> Option<usize> {
        self.fields
            .iter()
            .position(|field| matches!(self.check(field, context), Checked::Bad(_)))
    }

    /// What one field means.
    #[must_use]
    pub fn check(&self, field: &Field, context: Context) -> Checked {
        let text = field.content();
        if text.is_empty() {
            return if field.spec.required {
                Checked::Bad(Problem::Required)
            } else {
                Checked::Empty
            };
        }
        let delay = matches!(field.spec.name, "delay_from" | "delay_to");
        if delay && self.content("delay_code").is_none_or(str::is_empty) {
            return Checked::Bad(Problem::DelayCode);
        }
        match field.spec.kind {
            FieldKind::Time => match when::parse(text, context.now) {
                // A meeting lies ahead; everything else has happened.
                Ok(at) => Checked::Moment(at, field.spec.name != "meeting_at" && at > context.now),
                Err(error) => Checked::Bad(Problem::Time(error)),
            },
            FieldKind::Date => match date_of(field, text, context) {
                Ok(date) => Checked::Date(date),
                Err(error) => Checked::Bad(Problem::Time(error)),
            },
            FieldKind::Municipality => match towns(text).as_slice() {
                [] => Checked::Bad(Problem::Municipality),
                [code] => Checked::Text(code.to_string()),
                _ => Checked::Bad(Problem::SeveralMunicipalities),
            },
            FieldKind::Episode => match EpisodeId::new(text) {
                Ok(_) => Checked::Text(text.to_owned()),
                Err(_) => Checked::Bad(Problem::Episode),
            },
            FieldKind::PersonalId => match PersonalId::parse(text, time::local_date(context.now)) {
                Ok(_) => Checked::Text(text.to_owned()),
                Err(error) => Checked::Bad(Problem::PersonalId(error)),
            },
            FieldKind::Confirm => self.check_confirmation(text),
            FieldKind::AgreementId => self.check_id(text),
            FieldKind::Year => decide::check_year(text),
            FieldKind::Amount => decide::check_amount(text),
            _ => Checked::Text(text.to_owned()),
        }
    }

    fn check_confirmation(&self, text: &str) -> Checked {
        let Task::Lock { month, total, .. } = &self.task else {
            return Checked::Text(text.to_owned());
        };
        match super::lock_matches(text, *month, *total) {
            Ok(()) => Checked::Text(text.to_owned()),
            Err(problem) => Checked::Bad(problem),
        }
    }
}

/// A date: of an event one of these weeks, as people write them; of a
/// decision, which may lie years away, in full.
fn date_of(field: &Field, text: &str, context: Context) -> Result<NaiveDate, TimeError> {
    match field.spec.name {
        "date" | "expected_discharge" => when::date(text, context.now),
        _ => time::parse_date(text),
    }
}
