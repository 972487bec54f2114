//! Whether what is written in a field will do, while it is being typed.

use chrono::NaiveDate;

use super::{Field, FieldKind, Form, Task, decide, when};
use crate::{
    model::{
        place::MunicipalityCode,
        time::{self, Instant, TimeError},
    },
    text::{
        Lang,
        console::{Say, time_problem},
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
                "ingen kommunkod; skriv fyra siffror, t.ex. 1780",
                "no municipality code; write four digits, e.g. 1780",
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
        match field.spec.kind {
            FieldKind::Time => match when::parse(text, context.now) {
                // A meeting lies ahead; everything else has happened.
                Ok(at) => Checked::Moment(at, field.spec.name != "meeting_at" && at > context.now),
                Err(error) => Checked::Bad(Problem::Time(error)),
            },
            FieldKind::Date => match time::parse_date(text) {
                Ok(date) => Checked::Date(date),
                Err(error) => Checked::Bad(Problem::Time(error)),
            },
            FieldKind::Municipality => match text.parse::<MunicipalityCode>() {
                Ok(code) => Checked::Text(code.to_string()),
                Err(_) => Checked::Bad(Problem::Municipality),
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
