//! Dates that an agreement's file names and leaves for finance to set.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, de::Error as _};
use toml::Spanned;

use super::{
    error::Faults,
    file::{Written, WrittenApplies},
    value::{CODED, Day, Section, coded},
};
use crate::model::time::plus_days;

/// A date on which rules turn, for instance when a system comes into use: the
/// file says what holds until somebody sets it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NamedDate {
    /// Its code, by which rules and finance name it.
    pub code: String,
    /// Swedish name.
    pub sv: String,
    /// English name.
    pub en: String,
    /// The date as long as none is set.
    pub value: Day,
    /// Where it stands.
    pub clause: Section,
    /// Whether that is a reading.
    #[serde(default)]
    pub reading: bool,
    /// Other readings.
    #[serde(default)]
    pub alternatives: Vec<String>,
    /// The date that finance set; never in a file.
    #[serde(skip)]
    pub set: Option<NaiveDate>,
}

impl NamedDate {
    /// The date in force.
    #[must_use]
    pub fn day(&self) -> NaiveDate {
        self.set.unwrap_or(self.value.0)
    }
}

/// How a rule's first or last date is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Edge {
    /// A date.
    On(NaiveDate),
    /// The named date.
    Named(String),
    /// The day before the named date.
    Before(String),
}

impl<'de> Deserialize<'de> for Edge {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        match toml::Value::deserialize(from)? {
            toml::Value::String(text) => Ok(match text.strip_prefix("before ") {
                Some(code) => Self::Before(code.trim().to_owned()),
                None => Self::Named(text.trim().to_owned()),
            }),
            other => {
                let day = Day::deserialize(other).map_err(|why| {
                    let problem =
                        "not a date; write 2019-01-01 without a time, or the code of a [[date]]";
                    // A fault that the date itself told stays as it is.
                    match why.message() {
                        told if told.contains(CODED) => D::Error::custom(told),
                        _ => D::Error::custom(coded("bad_value", problem)),
                    }
                })?;
                Ok(Self::On(day.0))
            }
        }
    }
}

impl Edge {
    /// The date; the calendar's first where the file names none, which is a
    /// fault by then.
    pub fn day(&self) -> NaiveDate {
        match self {
            Self::On(day) => *day,
            Self::Named(_) | Self::Before(_) => NaiveDate::MIN,
        }
    }

    fn settle(&mut self, dates: &[Spanned<NamedDate>]) -> Result<(), String> {
        let (code, back) = match &*self {
            Self::On(_) => return Ok(()),
            Self::Named(code) => (code, 0),
            Self::Before(code) => (code, -1),
        };
        let named = dates.iter().find(|date| date.get_ref().code == *code);
        let named = named.ok_or_else(|| {
            format!("no [[date]] has the code {code:?}; add it, or write a date without quotes")
        })?;
        *self = Self::On(plus_days(named.get_ref().day(), back));
        Ok(())
    }
}

/// Puts dates in the place of their codes: those in `set`, else the file's own.
pub(super) fn settle(
    written: &mut Written,
    set: &BTreeMap<String, NaiveDate>,
    faults: &mut Faults<'_>,
) {
    codes(&written.date, faults);
    for date in &mut written.date {
        let it = date.get_mut();
        it.set = set.get(&it.code).copied();
    }
    let dates = &written.date;
    let rules = written.rule.iter_mut();
    for applies in rules.flat_map(|rule| &mut rule.get_mut().applies) {
        let span = applies.span();
        let WrittenApplies { from, until, .. } = applies.get_mut();
        for edge in std::iter::once(from).chain(until) {
            if let Err(problem) = edge.settle(dates) {
                faults.at(&span, "unknown_value", problem);
            }
        }
    }
}

fn codes(dates: &[Spanned<NamedDate>], faults: &mut Faults<'_>) {
    for (index, date) in dates.iter().enumerate() {
        let code = &date.get_ref().code;
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if code.is_empty() || !code.chars().all(plain) {
            faults.at(
                &date.span(),
                "bad_value",
                format_args!("the date's code {code:?} needs small letters, digits and _ only"),
            );
        }
        if dates[..index].iter().any(|it| it.get_ref().code == *code) {
            faults.at(
                &date.span(),
                "twice",
                format_args!("the date {code:?} stands twice; remove one"),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::agreement::Agreement;

    const STOCKHOLM: &str = include_str!("../agreements/stockholm-2020.toml");

    fn with(day: &str) -> Result<Agreement, String> {
        let set = BTreeMap::from([("psychiatric_it_support".to_owned(), day.parse().unwrap())]);
        Agreement::load_with("stockholm.toml", STOCKHOLM, &set).map_err(|it| it.to_string())
    }

    #[test]
    fn a_set_date_moves_both_rules_that_name_it() {
        let edges = |agreement: &Agreement| {
            let until = agreement.rule("psychiatric-transition").unwrap().applies[0].until;
            let from = agreement.rule("average").unwrap().applies[1].from;
            (until.unwrap().to_string(), from.to_string())
        };
        let plain = Agreement::load("stockholm.toml", STOCKHOLM).unwrap();
        assert_eq!(edges(&plain), ("2021-06-30".into(), "2021-07-01".into()));
        let earlier = with("2021-02-15").unwrap();
        assert_eq!(edges(&earlier), ("2021-02-14".into(), "2021-02-15".into()));
        let later = with("2021-10-01").unwrap();
        assert_eq!(edges(&later), ("2021-09-30".into(), "2021-10-01".into()));
        assert_eq!(plain.address(), later.address(), "the file is the same");
    }

    #[test]
    fn a_date_that_leaves_a_rule_without_dates_is_refused_with_its_line() {
        let refused = with("2020-01-01").unwrap_err();
        assert!(refused.starts_with("stockholm.toml:"), "{refused}");
        assert!(refused.contains("`until` lies before `from`"), "{refused}");
    }

    #[test]
    fn an_unknown_or_doubled_code_is_refused_with_its_line() {
        let line =
            |text: &str, part: &str| text.lines().position(|line| line.contains(part)).unwrap() + 1;
        let text = STOCKHOLM.replace(
            "until = \"before psychiatric_it_support\"",
            "until = \"before it_suport\"",
        );
        let refused = Agreement::load("a.toml", &text).unwrap_err().to_string();
        assert!(
            refused.contains("no [[date]] has the code \"it_suport\""),
            "{refused}"
        );
        let at = line(&text, "before it_suport") - 3;
        assert!(
            refused.contains(&format!("a.toml:{at}: rule.applies: no [[date]]")),
            "{refused}"
        );
        let text = STOCKHOLM.replace("until = \"before psychiatric_it_support\"", "until = 7");
        let refused = Agreement::load("a.toml", &text).unwrap_err().to_string();
        assert!(refused.contains("not a date"), "{refused}");
    }
}
