//! The rule of a line that no single stay decides, and those that lost.

use super::{
    span::{lost, model, name},
    write::Inputs,
};
use crate::{
    model::{event::CareForm, month::Month, place::PayerCode},
    rules::{
        Rulebook,
        agreement::{Agreement, Applies, Rule},
        trace::{Outcome, Step, codes},
    },
};

/// The rule by which `agreement` has `payer` pay in `month`, then every other
/// one that was looked at.
#[must_use]
pub fn rule_of_month(
    rulebook: &Rulebook,
    payer: PayerCode,
    (agreement, rule): (&Agreement, &Rule),
    month: Month,
) -> Vec<Step> {
    let mut inputs = Inputs::default();
    inputs.value("payer", payer);
    inputs.value("month", month);
    inputs.value("model", model(&rule.formula));
    let mut steps = vec![Step {
        code: codes::RULE_IN_FORCE.to_owned(),
        clause: Some(agreement.clause(&rule.source)),
        inputs: inputs.end(),
        outcome: Outcome::Holds,
        result: name(agreement, Some(rule)),
    }];
    let holds = |it: &&Applies| {
        it.from <= month.last() && it.until.is_none_or(|until| month.first() <= until)
    };
    let care: Vec<CareForm> = rule
        .applies
        .iter()
        .filter(holds)
        .map(|it| it.care_form)
        .collect();
    for other in agreement.rules().iter().filter(|it| it.id != rule.id) {
        let for_care = other.applies.iter().any(|it| care.contains(&it.care_form));
        let reason = if for_care {
            "other_dates"
        } else {
            "other_care_form"
        };
        steps.push(lost(agreement, Some(other), reason));
    }
    for other in rulebook.binding().filter(|it| it.id != agreement.id) {
        let reason = if !other.binds(payer.municipality()) {
            "not_a_party"
        } else if other.covers(month.first()) {
            "agreement_binds"
        } else {
            "not_in_force"
        };
        steps.push(lost(other, None, reason));
    }
    steps
}
