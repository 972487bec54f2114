//! What finance decided about the agreements of a store, beside their files:
//! for how long one is suspended, and dates that a file leaves to be set.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{
    agreement::{Agreement, JudgedOn, Rule},
    rulebook::Rulebook,
};
use crate::model::{ids::AgreementId, time::plus_days};

/// A time in which an agreement charges nothing; no other rule takes its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Suspension {
    /// The first date.
    pub from: NaiveDate,
    /// The last date; none until further notice.
    pub until: Option<NaiveDate>,
    /// Why.
    pub reason: String,
    /// Who says so, and where.
    pub source: String,
    /// Who ended it before its time, and where that stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ended_by: Option<String>,
}

impl Suspension {
    /// Whether it holds on `date`.
    #[must_use]
    pub fn covers(&self, date: NaiveDate) -> bool {
        self.from <= date && self.until.is_none_or(|until| date <= until)
    }

    /// Whether a date is in both.
    #[must_use]
    pub fn overlaps(&self, from: NaiveDate, until: Option<NaiveDate>) -> bool {
        self.until.is_none_or(|own| from <= own) && until.is_none_or(|until| self.from <= until)
    }

    /// What is left of it if the agreement charges again from `date` on, as
    /// `source` says; none where it began no earlier.
    #[must_use]
    pub fn ended(self, date: NaiveDate, source: &str) -> Option<Self> {
        let left = Self {
            until: Some(plus_days(date, -1)),
            ended_by: Some(source.to_owned()),
            ..self
        };
        (left.from < date).then_some(left)
    }
}

/// Decisions about agreements, by agreement: what a rulebook needs besides
/// the files, and a lock keeps beside them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Orders {
    /// Suspensions, ascending and apart.
    pub suspended: BTreeMap<AgreementId, Vec<Suspension>>,
    /// Dates that files leave to be set, by their code.
    pub dates: BTreeMap<AgreementId, BTreeMap<String, NaiveDate>>,
}

impl Orders {
    /// Adds to a digest what can move a judgement under one of `binding`.
    pub(super) fn digest<'a>(
        &self,
        binding: impl Iterator<Item = &'a Agreement>,
        digest: &mut Sha256,
    ) {
        for agreement in binding {
            for one in self.suspended.get(&agreement.id).into_iter().flatten() {
                digest.update(format!(
                    "suspended {} {} {:?}\n",
                    agreement.id, one.from, one.until
                ));
            }
            for date in agreement.dates.iter().filter(|date| date.set.is_some()) {
                digest.update(format!(
                    "date {} {} {}\n",
                    agreement.id,
                    date.code,
                    date.day()
                ));
            }
        }
    }
}

impl Rulebook {
    /// The suspension that keeps a rule from charging what `date` decides: the
    /// same date that chooses the rule (see [`decisive_date`]).
    #[must_use]
    pub fn suspension(&self, agreement: &AgreementId, date: NaiveDate) -> Option<&Suspension> {
        let all = self.orders().suspended.get(agreement)?;
        all.iter().find(|one| one.covers(date))
    }
}

/// The date that decides which rule judges a span, and whether a suspension
/// reaches it: the span's start for an individual rule, its end (for an open
/// span: today) for an average.
#[must_use]
pub fn decisive_date(rule: &Rule, start: NaiveDate, end: NaiveDate) -> NaiveDate {
    match rule.judged_on {
        JudgedOn::SpanStart => start,
        JudgedOn::SpanEnd => end,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn suspension(from: &str, until: Option<&str>) -> Suspension {
        Suspension {
            from: day(from),
            until: until.map(day),
            reason: "mätfel".to_owned(),
            source: "beslut".to_owned(),
            ended_by: None,
        }
    }

    #[test]
    fn a_suspension_holds_on_its_first_and_last_date() {
        let one = suspension("2021-01-01", Some("2021-03-31"));
        let held: Vec<_> = ["2020-12-31", "2021-01-01", "2021-03-31", "2021-04-01"]
            .map(|date| one.covers(day(date)))
            .into();
        assert_eq!(held, [false, true, true, false]);
        assert!(one.overlaps(day("2021-03-31"), None));
        assert!(one.overlaps(day("2020-01-01"), Some(day("2021-01-01"))));
        assert!(!one.overlaps(day("2021-04-01"), None));
        assert!(!one.overlaps(day("2020-01-01"), Some(day("2020-12-31"))));
    }

    #[test]
    fn ending_it_keeps_the_dates_before() {
        let open = suspension("2021-01-01", None);
        let ended = open.clone().ended(day("2021-04-01"), "protokoll").unwrap();
        assert_eq!(ended.until, Some(day("2021-03-31")));
        assert_eq!(
            open.ended(day("2021-01-01"), "protokoll"),
            None,
            "taken back whole"
        );
    }
}
