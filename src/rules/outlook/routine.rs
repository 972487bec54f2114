//! Duties that no stay carries: what the region, or region and
//! municipalities, have to do by when.

use chrono::{Datelike, TimeDelta};
use serde::{Deserialize, Serialize};

use super::types::DutyState;
use crate::{
    model::{
        ids::AgreementId,
        month::Month,
        place::PayerCode,
        time::{Instant, local_date, serde_instant, start_of},
    },
    rules::{
        Rulebook,
        agreement::{Agreement, Formula, Occasion, Routine, Threshold},
        model::Totals,
    },
};

/// A duty that no stay carries, with its due time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegionDuty {
    /// Its code, for instance `outcome_report`.
    pub code: String,
    /// Whose duty: `region` or `together`.
    pub party: String,
    /// The payer that it is about, if it is about one.
    pub payer: Option<PayerCode>,
    /// What it is about: a month, a quarter, a year, a source.
    pub about: String,
    /// When it is or was due.
    #[serde(with = "serde_instant")]
    pub due: Instant,
    /// Whether the time has passed; told of nothing that may be done.
    pub late: bool,
    /// Whether it is done, as far as can be told.
    pub state: DutyState,
    /// The agreement in which it stands.
    pub agreement: AgreementId,
    /// Its clause there.
    pub clause: String,
}

/// What a payer's counted stays of the running month add up to by now, under
/// one rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SoFar {
    /// The agreement.
    pub agreement: AgreementId,
    /// The rule within it.
    pub rule: String,
    /// Who pays.
    pub payer: PayerCode,
    /// Stays and days.
    pub totals: Totals,
}

/// What region duties are judged from, as at `now`.
pub struct RegionFacts<'a> {
    /// The moment.
    pub now: Instant,
    /// Every payer's running month.
    pub so_far: &'a [SoFar],
    /// Whether a month is locked.
    pub locked: &'a dyn Fn(Month) -> bool,
    /// Whether a year's day rate is entered.
    pub rate_entered: &'a dyn Fn(i32) -> bool,
    /// Source systems, and when each was last heard.
    pub sources: &'a [(String, Instant)],
}

/// What the agreements in force ask of the region, or of region and
/// municipalities, at this time: what is running and not done yet.
#[must_use]
pub fn region_duties(rulebook: &Rulebook, facts: &RegionFacts<'_>) -> Vec<RegionDuty> {
    let today = local_date(facts.now);
    let in_force = rulebook
        .binding()
        .filter(|it| it.from <= today && it.until.is_none_or(|until| today <= until));
    let mut found = Vec::new();
    for agreement in in_force {
        for routine in &agreement.routines {
            let asked = Asked {
                agreement,
                routine,
                facts,
            };
            asked.give(&mut found);
        }
    }
    found
}

#[derive(Clone, Copy)]
struct Asked<'a> {
    agreement: &'a Agreement,
    routine: &'a Routine,
    facts: &'a RegionFacts<'a>,
}

impl Asked<'_> {
    fn give(&self, found: &mut Vec<RegionDuty>) {
        let month = Month::at(self.facts.now);
        match self.routine.occasion {
            Occasion::Monthly => {
                let about = month.previous();
                if !self.reaches(about) {
                    return;
                }
                let state = if (self.facts.locked)(about) {
                    DutyState::Done
                } else {
                    DutyState::Open
                };
                let duty = self.duty(None, about.to_string(), end_of(month), state);
                found.extend(duty);
            }
            Occasion::Quarterly => {
                let (last, due) = quarter_before(month);
                if self.reaches(last) {
                    let quarter = format!("{}-Q{}", last.year(), last.number().div_ceil(3));
                    found.extend(self.duty(None, quarter, due, DutyState::Reminder));
                }
            }
            Occasion::Yearly { month: of } => self.yearly(of.into(), found),
            Occasion::AverageAbove => {
                for so_far in self.facts.so_far.iter().filter(|it| self.above(it, month)) {
                    let payer = Some(so_far.payer);
                    let about = month.to_string();
                    found.extend(self.duty(payer, about, end_of(month), DutyState::Reminder));
                }
            }
            Occasion::Silence { hours } => {
                for (source, last) in self.facts.sources {
                    let due = *last + TimeDelta::hours(hours.into());
                    if due < self.facts.now {
                        found.extend(self.duty(None, source.clone(), due, DutyState::Reminder));
                    }
                }
            }
        }
    }

    /// Whether the agreement's own rules had come into force when a month
    /// ended: of earlier ones, left to an older agreement or to finance, it
    /// asks for no report.
    fn reaches(&self, month: Month) -> bool {
        let last = month.last();
        let rules = self.agreement.rules().iter();
        let mut own =
            rules.filter(|rule| !matches!(rule.formula, Formula::Manual | Formula::Nothing));
        own.any(|rule| rule.applies.iter().any(|it| it.covers(last)))
    }

    /// For the coming year; for the running one as well while its rate is
    /// not entered.
    fn yearly(&self, of: u32, found: &mut Vec<RegionDuty>) {
        let year = local_date(self.facts.now).year();
        for for_year in [year, year + 1] {
            let entered = (self.facts.rate_entered)(for_year);
            if for_year == year && entered {
                continue;
            }
            let state = if entered {
                DutyState::Reminder
            } else {
                DutyState::Open
            };
            if let Some(month) = Month::new(for_year - 1, of) {
                found.extend(self.duty(None, for_year.to_string(), end_of(month), state));
            }
        }
    }

    /// Whether a payer's average lies above its rule's threshold.
    fn above(&self, so_far: &SoFar, month: Month) -> bool {
        if so_far.agreement != self.agreement.id {
            return false;
        }
        let threshold = self
            .agreement
            .rule(&so_far.rule)
            .map(|rule| match &rule.formula {
                Formula::AverageExcess(it) => it.threshold.on(month.first()).value,
                Formula::AverageTrigger(it) => it.threshold.on(month.first()).value,
                _ => Threshold::Days(rust_decimal::Decimal::MAX),
            });
        matches!(threshold, Some(Threshold::Days(days)) if so_far.totals.above(days))
    }

    fn duty(
        &self,
        payer: Option<PayerCode>,
        about: String,
        due: Instant,
        state: DutyState,
    ) -> Option<RegionDuty> {
        (state != DutyState::Done).then(|| RegionDuty {
            code: self.routine.code.name().to_owned(),
            party: self.routine.party.name().to_owned(),
            payer,
            about,
            due,
            late: state == DutyState::Open && due <= self.facts.now,
            state,
            agreement: self.agreement.id.clone(),
            clause: self.routine.clause.as_str().to_owned(),
        })
    }
}

/// When a month is over.
fn end_of(month: Month) -> Instant {
    start_of(month.next().first())
}

/// The last month of the quarter before, and when its report is due: a month
/// after it.
fn quarter_before(month: Month) -> (Month, Instant) {
    let into = i32::try_from(month.first().month0() % 3).unwrap_or(0);
    let after = month.plus(-into);
    (after.previous(), end_of(after))
}

#[cfg(test)]
#[path = "routine_tests.rs"]
mod tests;
