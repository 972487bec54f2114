//! One ready span: its start, the rule in force and those that lost, and how
//! it ended.

use chrono::NaiveDate;

use super::{
    View,
    write::{Inputs, holds, windows},
};
use crate::{
    model::{
        event::CareForm,
        place::PayerCode,
        stay::{ReadySpan, SpanEnding},
        time::{local_date, rfc3339, start_of},
    },
    rules::{
        SpanJudgement,
        agreement::{Agreement, Applies, Formula, JudgedOn, Rule},
        judge::{Window, judge_for},
        orders::Suspension,
        share::Model,
        trace::{Outcome, SpanExplanation, Step, codes},
    },
};

impl View<'_> {
    pub(super) fn span(&self, span: &ReadySpan, payer: Option<PayerCode>) -> SpanExplanation {
        let today = local_date(self.now);
        let judgement =
            payer.and_then(|payer| judge_for(payer, self.stay, span, self.rulebook, today));
        let mut steps = vec![self.start(span)];
        let mut liability_start = None;
        if let Some(judgement) = &judgement {
            self.rules(judgement, &mut steps);
            self.judged(judgement, &mut steps);
            if self.stay.details.municipal_needs {
                liability_start = judgement.liability_as_at(today).map(start_of);
            }
        }
        steps.extend(end(span, judgement.as_ref()));
        SpanExplanation {
            start: span.counted_from().map(|start| start.at),
            agreement: judgement.as_ref().map(|it| it.agreement.id.clone()),
            steps,
            liability_start,
            would_change: self.changes(Some(span), payer),
        }
    }

    pub(super) fn start(&self, span: &ReadySpan) -> Step {
        let mut inputs = Inputs::default();
        inputs.stamp("ready_notice", &span.notice);
        let compulsory = self.stay.details.compulsory_care;
        if let Some(act) = compulsory {
            let act = format!("{act:?}").to_uppercase();
            inputs.fact("compulsory_care", act, &self.origins.compulsory_care);
            if let Some(ended) = &self.stay.compulsory_care_ended {
                inputs.stamp("compulsory_care_ended", ended);
            }
        }
        let start = span.counted_from();
        let result = match (start, &span.start) {
            (Some(start), _) => rfc3339(start.at),
            (None, None) => "compulsory_care_not_ended".to_owned(),
            (None, Some(_)) => "ended_before_start".to_owned(),
        };
        Step {
            code: codes::SPAN_START.to_owned(),
            // The notice's sending counts, unless a court comes later.
            clause: match compulsory {
                Some(_) => self.reading("compulsory_care"),
                None => super::statute(self.rulebook, "5 kap. 4 §"),
            },
            inputs: inputs.end(),
            outcome: holds(start.is_some()),
            result,
        }
    }

    /// The rule in force, then every other one that was looked at.
    pub(super) fn rules(&self, judgement: &SpanJudgement<'_>, steps: &mut Vec<Step>) {
        steps.push(self.rule_in_force(judgement));
        let payer = judgement.payer.municipality();
        for agreement in self.rulebook.binding() {
            if agreement.id == judgement.agreement.id {
                self.others(judgement, steps);
                continue;
            }
            let reason = if !agreement.binds(payer) {
                "not_a_party"
            } else if agreement.covers(judgement.start_date) {
                "agreement_binds"
            } else {
                "not_in_force"
            };
            steps.push(lost(agreement, None, reason));
        }
    }

    pub(super) fn rule_in_force(&self, judgement: &SpanJudgement<'_>) -> Step {
        let care_form = self.stay.details.care_form;
        let judged_on = match judgement.rule.judged_on {
            JudgedOn::SpanStart => "span_start",
            JudgedOn::SpanEnd => "span_end",
        };
        let mut inputs = Inputs::default();
        inputs.value("payer", judgement.payer);
        inputs.fact(
            "care_form",
            care_form_name(care_form),
            &self.origins.care_form,
        );
        inputs.value("judged_on", judged_on);
        inputs.value("date", self.judged_on(judgement, judgement.rule.judged_on));
        inputs.value("model", model(&judgement.rule.formula));
        for date in &judgement.agreement.dates {
            if let Some(set) = date.set {
                inputs.value(&format!("set_date.{}", date.code), set);
            }
        }
        Step {
            code: codes::RULE_IN_FORCE.to_owned(),
            clause: Some(judgement.clause(&judgement.rule.source)),
            inputs: inputs.end(),
            outcome: Outcome::Holds,
            result: name(judgement.agreement, Some(judgement.rule)),
        }
    }

    /// The other rules of the agreement that judges.
    fn others(&self, judgement: &SpanJudgement<'_>, steps: &mut Vec<Step>) {
        let care_form = self.stay.details.care_form;
        let agreement = judgement.agreement;
        for rule in agreement.rules() {
            if rule.id == judgement.rule.id {
                continue;
            }
            let date = self.judged_on(judgement, rule.judged_on);
            let for_care = rule.applies.iter().any(|it| it.care_form == care_form);
            let reason = match (for_care, rule.covers(care_form, date)) {
                (false, _) => "other_care_form",
                (true, false) => "other_dates",
                // One judged on the start goes first.
                (true, true) => "start_goes_first",
            };
            steps.push(lost(agreement, Some(rule), reason));
        }
    }

    fn judged(&self, judgement: &SpanJudgement<'_>, steps: &mut Vec<Step>) {
        steps.extend(judgement.suspended.map(suspended));
        self.preconditions(judgement, steps);
        match &judgement.rule.formula {
            Formula::Individual(_) => {
                steps.extend(self.grace(judgement));
                steps.extend(self.open_care(judgement));
                // Who needs nothing is charged for nothing.
                if self.stay.details.municipal_needs {
                    steps.push(self.chargeable_dates(judgement));
                }
            }
            Formula::AverageExcess(_) | Formula::AverageTrigger(_) => {
                steps.extend(self.open_care(judgement));
                if self.stay.details.municipal_needs {
                    self.average(judgement, steps);
                }
            }
            Formula::Manual => steps.push(Step {
                code: codes::MANUAL.to_owned(),
                clause: Some(judgement.clause(&judgement.rule.source)),
                inputs: Vec::new(),
                outcome: Outcome::Holds,
                result: "manual".to_owned(),
            }),
            Formula::FixedShare(_) | Formula::Nothing => {}
        }
    }
}

/// The agreement charges nothing for the span, and who decided so.
fn suspended(suspension: &Suspension) -> Step {
    let mut inputs = Inputs::default();
    inputs.value("suspended_from", suspension.from);
    if let Some(until) = suspension.until {
        inputs.value("suspended_until", until);
    }
    inputs.value("reason", &suspension.reason);
    inputs.value("source", &suspension.source);
    Step {
        code: codes::SUSPENDED.to_owned(),
        clause: None,
        inputs: inputs.end(),
        outcome: Outcome::Fails,
        result: "suspended".to_owned(),
    }
}

pub(super) fn lost(agreement: &Agreement, rule: Option<&Rule>, reason: &str) -> Step {
    let mut inputs = Inputs::default();
    inputs.value("rule", name(agreement, rule));
    if let Some(rule) = rule {
        inputs.value("model", model(&rule.formula));
        for applies in &rule.applies {
            inputs.value("care_form", care_form_name(applies.care_form));
            inputs.value("dates", windows(&[window(*applies)]));
        }
    }
    Step {
        code: codes::RULE_LOST.to_owned(),
        clause: Some(match rule {
            Some(rule) => agreement.clause(&rule.source),
            None => agreement.clause_at("", false),
        }),
        inputs: inputs.end(),
        outcome: Outcome::Lost,
        result: reason.to_owned(),
    }
}

fn window(applies: Applies) -> Window {
    Window {
        from: applies.from,
        to: applies.until.unwrap_or(NaiveDate::MAX),
    }
}

pub(super) fn name(agreement: &Agreement, rule: Option<&Rule>) -> String {
    match rule {
        Some(rule) => format!("{}/{}", agreement.id, rule.id),
        None => agreement.id.to_string(),
    }
}

fn care_form_name(care_form: CareForm) -> &'static str {
    match care_form {
        CareForm::Somatic => "somatic",
        CareForm::Psychiatric => "psychiatric",
    }
}

pub(super) fn model(formula: &Formula) -> &'static str {
    formula.model().map_or("nothing", model_name)
}

/// A model's code in figures.
pub(crate) fn model_name(model: Model) -> &'static str {
    match model {
        Model::Individual => "individual",
        Model::AverageExcess => "average_excess",
        Model::AverageTrigger => "average_trigger",
        Model::FixedShare => "fixed_share",
        Model::Manual => "manual",
    }
}

/// How the span ended, if it did.
pub(super) fn end(span: &ReadySpan, judgement: Option<&SpanJudgement<'_>>) -> Option<Step> {
    let end = span.end.as_ref()?;
    let how = match end.how {
        SpanEnding::Retracted => "retracted",
        SpanEnding::Discharged => "discharged",
        SpanEnding::Aborted => "aborted",
    };
    let mut inputs = Inputs::default();
    inputs.stamp(how, &end.stamp);
    // Whether its date is charged; of an average that discharges count.
    let source = judgement.and_then(|judgement| match &judgement.rule.formula {
        Formula::Individual(it) => {
            let charged = it.discharge_day_charged.on(judgement.start_date);
            Some(judgement.clause(&charged.source))
        }
        Formula::AverageExcess(_) | Formula::AverageTrigger(_) => {
            Some(judgement.clause(&judgement.rule.source))
        }
        _ => None,
    });
    Some(Step {
        code: codes::END.to_owned(),
        clause: source,
        inputs: inputs.end(),
        outcome: Outcome::Holds,
        result: local_date(end.stamp.at).to_string(),
    })
}
