//! What a stay gives to a month's figures, and the steps behind it.

use super::{
    Subject, View,
    write::{Inputs, holds, ranges},
};
use crate::{
    model::{month::Month, stay::ReadySpan, time::local_date},
    rules::{
        PayerMonth, SpanJudgement,
        agreement::{Formula, JudgedOn, Source},
        judge::judge_for,
        share::{Exclusion, Share, Standing},
        trace::{Change, Clause, Outcome, Step, codes},
    },
};

/// The steps behind what a stay gives to a month: who pays, the spans that
/// count there, and last the share itself. With `lost` the rules that were
/// looked at and do not judge as well.
#[must_use]
pub fn behind(subject: Subject<'_>, share: &Share, lost: bool) -> Vec<Step> {
    let empty = PayerMonth::empty(Month::at(subject.now));
    let view = View::of(subject, &empty);
    let today = local_date(view.now);
    let mut steps = vec![view.payer(), view.municipal_needs()];
    for span in &view.stay.spans {
        let judged = judge_for(share.payer, view.stay, span, view.rulebook, today);
        let Some(judgement) = judged.filter(|it| gives(it, share, view)) else {
            continue;
        };
        view.behind_span(span, &judgement, share, lost, &mut steps);
    }
    steps.push(view.month_share(share));
    steps
}

/// What a stay gives to a month, as one step.
#[must_use]
pub fn given_to_month(subject: Subject<'_>, share: &Share) -> Step {
    let empty = PayerMonth::empty(Month::at(subject.now));
    View::of(subject, &empty).month_share(share)
}

/// What would still change what a stay gives to a month.
#[must_use]
pub fn changing(subject: Subject<'_>, share: &Share) -> Vec<Change> {
    let empty = PayerMonth::empty(Month::at(subject.now));
    let view = View::of(subject, &empty);
    let today = local_date(view.now);
    let of_share = |span: &&ReadySpan| {
        let judged = judge_for(share.payer, view.stay, span, view.rulebook, today);
        judged.is_some_and(|it| gives(&it, share, view))
    };
    let Some(span) = view.stay.spans.iter().rfind(of_share) else {
        return Vec::new();
    };
    let goes_on = view.stay.is_open() && span.end.is_none();
    if goes_on && share.month < Month::at(view.now) {
        return vec![Change::nothing("month_ended", None)];
    }
    view.changes(Some(span), Some(share.payer))
}

/// Whether a span is one of those that the share comes from.
fn gives(judgement: &SpanJudgement<'_>, share: &Share, view: View<'_>) -> bool {
    let today = local_date(view.now);
    if judgement.agreement.id != share.agreement {
        return false;
    }
    let ends = judgement
        .end_date
        .is_some_and(|end| share.month.holds(end) && judgement.discharged());
    match &judgement.rule.formula {
        Formula::Individual(_) => {
            let mut dates = judgement.chargeable_dates(today);
            ends || dates.any(|date| share.month.holds(date))
        }
        Formula::AverageExcess(_) | Formula::AverageTrigger(_) => {
            ends && *judgement.rule.id == *share.rule
        }
        _ => *judgement.rule.id == *share.rule,
    }
}

impl View<'_> {
    fn behind_span(
        &self,
        span: &ReadySpan,
        judgement: &SpanJudgement<'_>,
        share: &Share,
        lost: bool,
        steps: &mut Vec<Step>,
    ) {
        steps.push(self.start(span));
        if lost {
            self.rules(judgement, steps);
        } else {
            steps.push(self.rule_in_force(judgement));
        }
        self.preconditions(judgement, steps);
        steps.extend(self.adults(judgement));
        steps.extend(self.grace(judgement));
        steps.extend(self.open_care(judgement));
        match (&judgement.rule.formula, judgement.end) {
            (Formula::Individual(_), _) => steps.push(self.dates_in(judgement, share.month)),
            (Formula::AverageExcess(_) | Formula::AverageTrigger(_), Some(end)) => {
                steps.extend(super::cost::day_count(judgement, end.stamp.at));
            }
            _ => {}
        }
        steps.extend(super::span::end(span, Some(judgement)));
    }

    /// The chargeable dates of a span in a month.
    fn dates_in(&self, judgement: &SpanJudgement<'_>, month: Month) -> Step {
        let today = local_date(self.now);
        let dates: Vec<_> = judgement
            .chargeable_dates(today)
            .filter(|date| month.holds(*date))
            .collect();
        let mut inputs = Inputs::default();
        inputs.value("month", month);
        inputs.value("days", dates.len());
        Step {
            code: codes::CHARGEABLE_DATES.to_owned(),
            clause: self.reading("attribution"),
            inputs: inputs.end(),
            outcome: holds(!dates.is_empty()),
            result: if dates.is_empty() {
                "none".to_owned()
            } else {
                ranges(dates.into_iter())
            },
        }
    }

    /// What the stay gives to one month.
    pub(super) fn month_share(&self, share: &Share) -> Step {
        let mut inputs = Inputs::default();
        inputs.value("stay", &self.stay.episode);
        inputs.value("month", share.month);
        inputs.value("payer", share.payer);
        inputs.value("model", super::span::model_name(share.model));
        let (outcome, result) = self.given(share, &mut inputs);
        Step {
            code: codes::MONTH_SHARE.to_owned(),
            clause: self.share_clause(share),
            inputs: inputs.end(),
            outcome,
            result: result.to_owned(),
        }
    }

    fn given(&self, share: &Share, inputs: &mut Inputs) -> (Outcome, &'static str) {
        match &share.standing {
            Standing::Individual { dates } if dates.is_empty() => {
                (Outcome::Fails, "discharged_free")
            }
            Standing::Individual { dates } => {
                inputs.value("dates", ranges(dates.iter().copied()));
                inputs.value("days", dates.len());
                (Outcome::Holds, "individual")
            }
            Standing::Averaged { days } => {
                inputs.value("days", days);
                (Outcome::Holds, "in_average")
            }
            Standing::LongStay { days, charged } => {
                inputs.value("days", days);
                inputs.value("charged", charged);
                (Outcome::Holds, "long_stay")
            }
            Standing::Triggering { days, .. } => {
                inputs.value("days", days);
                (Outcome::Holds, "in_average")
            }
            Standing::Excluded { reason } => {
                if *reason == Exclusion::Minor
                    && let Some(birth) = &self.origins.birth_date
                {
                    inputs.stamp("birth_date", birth);
                }
                (Outcome::Fails, reason.code())
            }
        }
    }

    fn share_clause(&self, share: &Share) -> Option<Clause> {
        let agreement = self.rulebook.get(share.agreement.as_str())?;
        let rule = agreement.rule(&share.rule)?;
        let first = share.month.first();
        let source: &Source = match (&share.standing, &rule.formula) {
            (Standing::Individual { .. }, _) => return self.reading("attribution"),
            (Standing::LongStay { .. }, Formula::AverageExcess(it)) => {
                &it.long_stay_from.as_ref()?.on(first).source
            }
            _ => &rule.source,
        };
        Some(agreement.clause(source))
    }

    /// Only where the rule is for adults.
    pub(super) fn adults(&self, judgement: &SpanJudgement<'_>) -> Option<Step> {
        let Formula::AverageExcess(it) = &judgement.rule.formula else {
            return None;
        };
        let today = local_date(self.now);
        let date = judgement.end_date.unwrap_or(today);
        let adults_only = it.adults_only.on(date);
        if !adults_only.value.0 {
            return None;
        }
        let turns_18 = self.stay.details.turns_18;
        let adult = turns_18.is_none_or(|birthday| date >= birthday);
        let mut inputs = Inputs::default();
        inputs.value("date", date);
        if let Some(birth) = &self.origins.birth_date {
            inputs.stamp("birth_date", birth);
        }
        Some(Step {
            code: codes::ADULT.to_owned(),
            clause: Some(judgement.clause(&adults_only.source)),
            inputs: inputs.end(),
            outcome: holds(adult),
            result: adult.to_string(),
        })
    }

    /// The date by which a rule judges the span.
    pub(super) fn judged_on(
        &self,
        judgement: &SpanJudgement<'_>,
        judged_on: JudgedOn,
    ) -> chrono::NaiveDate {
        let today = local_date(self.now);
        match judged_on {
            JudgedOn::SpanStart => judgement.start_date,
            JudgedOn::SpanEnd => judgement
                .end_date
                .unwrap_or(today)
                .max(judgement.start_date),
        }
    }
}
