//! Forms of decisions about agreements and rates.

use super::{Checked, Choice, Context, Field, Form, Problem, Task, build, spec};
use crate::{
    desk::{
        reply::{AgreementView, RateView},
        request::Ask,
    },
    model::{money::DayRate, text::plain},
    text::Lang,
};

/// What is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "named after the requests")]
pub enum Decision {
    Confirm,
    Suspend,
    Resume,
    SetDate,
    SetRate,
}

/// Calendar years that a rate can be set for, as the desk takes them.
const YEARS: std::ops::RangeInclusive<i32> = 2018..=2200;

impl Form {
    /// A form that confirms an agreement until a date.
    #[must_use]
    pub fn confirm(view: &AgreementView, ids: [String; 2]) -> Self {
        let fields = vec![Field::text(spec::UNTIL, ""), Field::text(spec::SOURCE, "")];
        Self::new(task(Decision::Confirm, view), fields, ids)
    }

    /// A form that suspends an agreement. Money stops for everybody whom it
    /// binds, so its id is typed.
    #[must_use]
    pub fn suspend(view: &AgreementView, ids: [String; 2]) -> Self {
        let specs = [
            spec::FROM,
            spec::MAY_UNTIL,
            spec::REASON,
            spec::SOURCE,
            spec::TYPED_ID,
        ];
        let fields = specs.map(|spec| Field::text(spec, "")).to_vec();
        Self::new(task(Decision::Suspend, view), fields, ids)
    }

    /// A form that ends an agreement's suspension.
    #[must_use]
    pub fn resume(view: &AgreementView, ids: [String; 2]) -> Self {
        let fields = vec![Field::text(spec::FROM, ""), Field::text(spec::SOURCE, "")];
        Self::new(task(Decision::Resume, view), fields, ids)
    }

    /// A form that sets a date which an agreement's file leaves open; one
    /// that nobody has set is chosen first.
    #[must_use]
    pub fn set_date(view: &AgreementView, lang: Lang, ids: [String; 2]) -> Self {
        let option = |date: &crate::desk::reply::DateView| Choice {
            code: date.code.clone(),
            label: plain(lang.pick(&date.sv, &date.en)).into_owned(),
        };
        let open = view.dates.iter().find(|date| date.source.is_none());
        let options = view.dates.iter().map(option).collect();
        let fields = vec![
            Field::choice(
                spec::WHICH_DATE,
                options,
                open.map(|date| date.code.as_str()),
            ),
            Field::text(spec::NEW_DATE, ""),
            Field::text(spec::SOURCE, ""),
        ];
        Self::new(task(Decision::SetDate, view), fields, ids)
    }

    /// A form that sets a year's day rate; the selected one is its default,
    /// but not where it stands: a rate waits because nobody has seen that.
    #[must_use]
    pub fn set_rate(rate: Option<&RateView>, ids: [String; 2]) -> Self {
        let year = rate.map(|rate| rate.year.to_string());
        let amount = rate.map(|rate| rate.amount.normalize().to_string());
        let fields = vec![
            Field::text(spec::YEAR, &year.unwrap_or_default()),
            Field::text(spec::AMOUNT, &amount.unwrap_or_default()),
            Field::text(spec::SOURCE, ""),
        ];
        let task = Task::Decide {
            what: Decision::SetRate,
            id: String::new(),
        };
        Self::new(task, fields, ids)
    }

    /// The request of a decision; none where a field will not do.
    pub(super) fn decision(&self, what: Decision, id: &str, context: Context) -> Option<Ask> {
        let id = id.to_owned();
        let text = |name: &str| match self.named(name, context)? {
            Checked::Text(text) => Some(text),
            _ => None,
        };
        let date = |name: &str| match self.named(name, context)? {
            Checked::Date(date) => Some(date),
            _ => None,
        };
        let source = text("source")?;
        Some(match what {
            Decision::Confirm => Ask::Confirm {
                id,
                until: date("until")?,
                source,
            },
            Decision::Suspend => Ask::Suspend {
                id,
                from: date("from")?,
                until: date("until"),
                reason: text("reason")?,
                source,
            },
            Decision::Resume => Ask::Resume {
                id,
                from: date("from")?,
                source,
            },
            Decision::SetDate => Ask::SetDate {
                id,
                code: text("which_date")?,
                date: date("new_date")?,
                source,
            },
            Decision::SetRate => Ask::SetRate {
                year: text("year")?.parse().ok()?,
                amount: text("amount")?.parse().ok()?,
                source,
            },
        })
    }

    /// What the field of that name means.
    #[must_use]
    pub fn named(&self, name: &str, context: Context) -> Option<Checked> {
        let field = self.fields.iter().find(|field| field.spec.name == name)?;
        Some(self.check(field, context))
    }

    pub(super) fn check_id(&self, text: &str) -> Checked {
        match &self.task {
            Task::Decide { id, .. } if id != text => Checked::Bad(Problem::AgreementId),
            _ => Checked::Text(text.to_owned()),
        }
    }
}

fn task(what: Decision, view: &AgreementView) -> Task {
    Task::Decide {
        what,
        id: view.id.to_string(),
    }
}

pub(super) fn check_year(text: &str) -> Checked {
    match text.parse::<i32>() {
        Ok(year) if YEARS.contains(&year) => Checked::Text(year.to_string()),
        _ => Checked::Bad(Problem::Year),
    }
}

/// Kronor per care day, however its thousands are grouped.
pub(super) fn check_amount(text: &str) -> Checked {
    let number = build::plain_number(text).replace(',', ".");
    let rate = number.parse().ok().and_then(|it| DayRate::new(it).ok());
    match rate {
        Some(rate) => Checked::Text(rate.decimal().to_string()),
        None => Checked::Bad(Problem::Amount),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_reads_however_it_is_written() {
        for text in ["7800", "7 800 kr", "7\u{a0}800,00", "SEK 7,800"] {
            let Checked::Text(read) = check_amount(text) else {
                panic!("{text}");
            };
            let read: rust_decimal::Decimal = read.parse().unwrap();
            assert_eq!(read, 7800.into(), "{text}");
        }
        for text in ["", "noll", "-5", "7800 per dygn"] {
            assert_eq!(check_amount(text), Checked::Bad(Problem::Amount), "{text}");
        }
        assert_eq!(check_year("1999"), Checked::Bad(Problem::Year));
    }
}
