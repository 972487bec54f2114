//! Steps of dates charged, days counted, long stays and averages.

use chrono::Datelike;

use super::{
    View,
    write::{Inputs, holds, ranges},
};
use crate::{
    model::{
        month::Month,
        time::{Instant, local_date},
    },
    rules::{
        SpanJudgement,
        agreement::{Days, Formula, Source, Value},
        outlook::cost::{self, Brought},
        share::Exclusion,
        trace::{Outcome, Step, codes},
    },
};

impl View<'_> {
    pub(super) fn chargeable_dates(&self, judgement: &SpanJudgement<'_>) -> Step {
        let today = local_date(self.now);
        let mut inputs = Inputs::default();
        let mut sum = cost::Sum::new();
        sum.span(judgement, self.now, self.rates, self.payer_month);
        let accrued = sum.end();
        inputs.value("days", accrued.days);
        let mut years: Vec<_> = judgement
            .chargeable_dates(today)
            .map(|date| date.year())
            .collect();
        years.dedup();
        for year in years {
            if let Some(rate) = self.rates.get(year) {
                inputs.value(&format!("rate.{year}"), rate.amount);
            }
        }
        if let Some(amount) = accrued.amount {
            inputs.value("amount", amount);
        }
        let any = accrued.days > 0;
        let dates = ranges(judgement.chargeable_dates(today));
        Step {
            code: codes::CHARGEABLE_DATES.to_owned(),
            clause: self.reading("attribution"),
            inputs: inputs.end(),
            outcome: holds(any),
            result: if any { dates } else { "none".to_owned() },
        }
    }

    /// Days counted, whether they are charged by themselves, and the average.
    pub(super) fn average(&self, judgement: &SpanJudgement<'_>, steps: &mut Vec<Step>) {
        let until = judgement.end.map_or(self.now, |end| end.stamp.at);
        let Some(days) = judgement.counted_days(until) else {
            return;
        };
        steps.extend(self.adults(judgement));
        steps.extend(day_count(judgement, until));
        // Averages are over discharges: another end gives nothing.
        if judgement.end.is_some() && !judgement.discharged() {
            return;
        }
        let excluded = judgement.left_out_on(local_date(until));
        let brought = cost::brought(judgement, until, self.payer_month);
        let by_itself = matches!(judgement.rule.formula, Formula::AverageExcess(_))
            && matches!(brought, Some(Brought::Itself(_)));
        let triggered = matches!(judgement.rule.formula, Formula::AverageTrigger(_));
        // Whether charging ran in another month is not known here.
        let known = !triggered || Month::at(until) == self.payer_month.month;
        let zero = judgement.counts_as_zero(local_date(until));
        if excluded.is_none() && known && !zero {
            steps.extend(long_stay(judgement, until, days, brought));
        }
        if !by_itself {
            let given = if zero { 0 } else { days };
            steps.push(self.member(judgement, until, given, excluded));
        }
    }

    fn member(
        &self,
        judgement: &SpanJudgement<'_>,
        until: Instant,
        days: u32,
        excluded: Option<Exclusion>,
    ) -> Step {
        let month = Month::at(until);
        let around = self.payer_month.around(judgement, month);
        let mut inputs = Inputs::default();
        inputs.value("days", days);
        // Of other months nothing is known here; one that has left is in its
        // payer's sums already.
        if judgement.end.is_none() {
            inputs.value("other_patients", around.totals.patients);
            inputs.value("other_days", around.totals.days);
        }
        if let Some(threshold) = around.threshold {
            inputs.value("threshold", threshold);
        }
        let brought = cost::brought(judgement, until, self.payer_month);
        match &judgement.rule.formula {
            Formula::AverageTrigger(_) if month == self.payer_month.month => {
                inputs.value("charging", around.charging());
            }
            _ => {}
        }
        if let (Some(Brought::Average { with, without }), None) = (brought, judgement.end) {
            inputs.value("charged_with", with.normalize());
            inputs.value("charged_without", without.normalize());
        }
        Step {
            code: codes::AVERAGE_MEMBER.to_owned(),
            clause: Some(judgement.clause(judgement.member_source(local_date(until)))),
            inputs: inputs.end(),
            outcome: holds(excluded.is_none()),
            result: match excluded {
                Some(reason) => reason.code().to_owned(),
                None if judgement.counts_as_zero(local_date(until)) => "counted_as_zero".to_owned(),
                None => "in_average".to_owned(),
            },
        }
    }
}

/// Days that an average counts if the span ends at `until`.
pub(super) fn day_count(judgement: &SpanJudgement<'_>, until: Instant) -> Option<Step> {
    let days = judgement.counted_days(until)?;
    let mut inputs = Inputs::default();
    inputs.stamp("span_start", judgement.start);
    if let Some(zero) = judgement.day_zero() {
        inputs.value("day_zero", zero);
    }
    match judgement.end {
        Some(end) => inputs.stamp("until", &end.stamp),
        None => inputs.moment("until", until),
    }
    Some(Step {
        code: codes::DAY_COUNT.to_owned(),
        clause: Some(judgement.clause(counting(judgement, until))),
        inputs: inputs.end(),
        outcome: Outcome::Holds,
        result: days.to_string(),
    })
}

/// Where the way to count days stands.
fn counting<'a>(judgement: &SpanJudgement<'a>, until: Instant) -> &'a Source {
    let date = local_date(until);
    match &judgement.rule.formula {
        Formula::AverageExcess(it) => &it.day_counting.on(date).source,
        Formula::AverageTrigger(it) => &it.noon_in_time.on(judgement.start_date).source,
        _ => &judgement.rule.source,
    }
}

fn long_stay(
    judgement: &SpanJudgement<'_>,
    until: Instant,
    days: u32,
    brought: Option<Brought>,
) -> Option<Step> {
    let date = local_date(until);
    let (from, free): (&Value<Days>, &Value<Days>) = match &judgement.rule.formula {
        Formula::AverageExcess(it) => (
            it.long_stay_from.as_ref()?.on(date),
            it.long_stay_free.as_ref()?.on(date),
        ),
        Formula::AverageTrigger(it) => (it.charged_from.on(date), it.free_days.on(date)),
        _ => return None,
    };
    let mut inputs = Inputs::default();
    inputs.value("days", days);
    inputs.value("from", from.value.0);
    inputs.value("free", free.value.0);
    let charged = match brought {
        Some(Brought::Itself(charged)) => Some(charged),
        Some(Brought::Starts(started)) if started.own > 0 => Some(started.own),
        _ => None,
    };
    Some(Step {
        code: codes::LONG_STAY.to_owned(),
        clause: Some(judgement.clause(&from.source)),
        inputs: inputs.end(),
        outcome: if charged.is_some() {
            Outcome::Holds
        } else {
            Outcome::Lost
        },
        result: charged.unwrap_or(0).to_string(),
    })
}
