//! Steps of preconditions, free days and missing open care.

use super::{
    View,
    write::{Inputs, holds, ranges, windows},
};
use crate::{
    model::{holiday::is_weekday, stay::SipCall, time::local_date},
    rules::{
        SpanJudgement,
        agreement::{DayUnit, Fact},
        judge::Condition,
        trace::{Outcome, Step, codes},
    },
};

impl View<'_> {
    pub(super) fn preconditions(&self, judgement: &SpanJudgement<'_>, steps: &mut Vec<Step>) {
        for condition in &judgement.conditions {
            let fact = condition.precondition.fact;
            let mut inputs = Inputs::default();
            // Of a checklist each point names its own event.
            let met_by = condition.met_by.filter(|_| fact != Fact::Checklist);
            if let Some(stamp) = met_by {
                let waived = "waived";
                inputs.stamp(
                    if condition.waived {
                        waived
                    } else {
                        fact.name()
                    },
                    stamp,
                );
            }
            if let Some(withdrawn) = self.withdrawn(condition) {
                inputs.stamp("withdrawn", withdrawn);
            }
            if fact == Fact::Checklist {
                let points = judgement.agreement.checklist.iter();
                for item in points.flat_map(|point| &point.ticks) {
                    match self.stay.done(item) {
                        Some(stamp) => inputs.stamp(item, stamp),
                        None => inputs.value("missing", item),
                    }
                }
            }
            if let Some(last) = condition.last_date {
                inputs.value("last_date", last);
            }
            let stood = stood(judgement, condition);
            steps.push(Step {
                code: codes::precondition(fact).to_owned(),
                clause: Some(judgement.clause(condition.source(judgement.start_date))),
                inputs: inputs.end(),
                outcome: holds(stood),
                result: self.standing(judgement, condition, stood),
            });
        }
    }

    fn withdrawn(&self, condition: &Condition<'_>) -> Option<&crate::model::stay::Stamp> {
        let asked = condition.precondition.fact == Fact::SipCalled && !condition.waived;
        let last: &SipCall = self.stay.sip_calls.last().filter(|_| asked)?;
        last.withdrawn.as_ref()
    }

    /// Dates matter where days are charged one by one: an average asks only
    /// what stands at the discharge.
    fn standing(
        &self,
        judgement: &SpanJudgement<'_>,
        condition: &Condition<'_>,
        stood: bool,
    ) -> String {
        if stood && judgement.individual().is_none() {
            "met".to_owned()
        } else if stood {
            windows(&condition.windows)
        } else if condition.late && !condition.late_counts {
            "late".to_owned()
        } else if self.withdrawn(condition).is_some() {
            "withdrawn".to_owned()
        } else {
            "missing".to_owned()
        }
    }

    pub(super) fn grace(&self, judgement: &SpanJudgement<'_>) -> Option<Step> {
        let (grace, source) = judgement.grace()?;
        let first = judgement.first_possible_date()?;
        let mut inputs = Inputs::default();
        inputs.stamp("span_start", judgement.start);
        if judgement.noon_matters() {
            inputs.value("noon", if judgement.after_noon { "after" } else { "by" });
        }
        match grace.unit {
            DayUnit::Days => inputs.value("grace_days", grace.count),
            DayUnit::Weekdays => {
                inputs.value("grace_weekdays", grace.count);
                let between = judgement.start_date.iter_days().skip(1);
                let between = between.take_while(|date| *date < first);
                let skipped = ranges(between.filter(|date| !is_weekday(*date)));
                if !skipped.is_empty() {
                    inputs.value("days_off", skipped);
                }
            }
        }
        Some(Step {
            code: codes::GRACE.to_owned(),
            clause: Some(judgement.clause(source)),
            inputs: inputs.end(),
            outcome: Outcome::Holds,
            result: first.to_string(),
        })
    }

    /// Only where care was missing at some time.
    pub(super) fn open_care(&self, judgement: &SpanJudgement<'_>) -> Option<Step> {
        if self.stay.open_care_gaps.is_empty() {
            return None;
        }
        let mut inputs = Inputs::default();
        for gap in &self.stay.open_care_gaps {
            inputs.stamp("open_care_unavailable", &gap.from);
            if let Some(until) = &gap.until {
                inputs.stamp("open_care_available", until);
            }
        }
        Some(Step {
            code: codes::OPEN_CARE.to_owned(),
            clause: judgement
                .open_care_source()
                .map(|source| judgement.clause(source)),
            inputs: inputs.end(),
            outcome: holds(!judgement.open_care_blocks()),
            result: windows(&judgement.open_care),
        })
    }
}

/// Whether it stands, or for a span that has ended, stood then: a call that is
/// withdrawn afterwards was none of that span's want.
fn stood(judgement: &SpanJudgement<'_>, condition: &Condition<'_>) -> bool {
    let end = judgement.end.map(|end| local_date(end.stamp.at));
    condition.stands || end.is_some_and(|end| condition.held_on(end))
}
