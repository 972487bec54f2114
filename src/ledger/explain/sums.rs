//! Lines for sums that no stay gives: fixed shares, settlements, by hand.

use super::{Asked, average::rounding_name, value};
use crate::{
    model::money::Kronor,
    rules::{
        agreement::{Agreement, FixedShare, Formula, Rule},
        explain::Inputs,
        model::fixed_share,
        trace::{Step, codes},
    },
};

/// The rule with fixed shares that holds in the month.
fn rule<'a>(asked: &Asked<'a>) -> Option<(&'a Agreement, &'a FixedShare)> {
    let rulebook = asked.sources.rulebook;
    let agreement = rulebook.get(asked.entry.agreement.as_str())?;
    let first = asked.month.first();
    let holds = |rule: &&Rule| rule.applies.iter().any(|it| it.covers(first));
    let rules = agreement.rules().iter();
    let mut fixed = rules.filter(holds).filter_map(|rule| match &rule.formula {
        Formula::FixedShare(values) => Some(values.as_ref()),
        _ => None,
    });
    fixed.next().map(|values| (agreement.as_ref(), values))
}

/// A part of the payer's total.
pub(super) fn fixed(asked: &Asked<'_>) -> Vec<Step> {
    let Some((agreement, values)) = rule(asked) else {
        return Vec::new();
    };
    let first = asked.month.first();
    let municipality = asked.entry.payer.municipality();
    let mut totals = values.total.iter();
    let Some(total) = totals.find(|total| total.payer == municipality) else {
        return Vec::new();
    };
    let (parts, rounding) = (values.parts.on(first), values.rounding.on(first));
    let part = fixed_share::part(total.kronor.0, parts.value.0, rounding.value);
    let mut inputs = Inputs::default();
    inputs.value("total", total.kronor.0);
    inputs.value("parts", parts.value.0);
    inputs.value("rounding", rounding_name(rounding.value));
    let amount = Kronor::rounded(part).unwrap_or_default();
    vec![Step {
        clause: Some(agreement.clause_at(total.clause.as_str(), false)),
        ..value(codes::FIXED_PART, inputs, amount)
    }]
}

/// Actual cost less what was paid.
pub(super) fn settlement(asked: &Asked<'_>, nth: usize) -> Vec<Step> {
    let settled = asked.sources.settlements.iter().filter(|it| {
        it.payer == asked.entry.payer
            && it.agreement == asked.entry.agreement
            && it.actual > it.paid()
    });
    let Some(settled) = settled.into_iter().nth(nth) else {
        return Vec::new();
    };
    let mut inputs = Inputs::default();
    inputs.value("actual", settled.actual);
    inputs.value("paid", settled.paid());
    let mut step = value(codes::SETTLEMENT, inputs, settled.actual - settled.paid());
    let rulebook = asked.sources.rulebook;
    let agreement = rulebook.get(settled.agreement.as_str());
    step.clause = agreement.and_then(|agreement| {
        let fixed = agreement
            .rules()
            .iter()
            .find_map(|rule| match &rule.formula {
                Formula::FixedShare(values) => Some(values),
                _ => None,
            });
        fixed.map(|values| agreement.clause(&values.settlement))
    });
    vec![step]
}

/// What finance entered.
pub(super) fn manual(asked: &Asked<'_>, nth: usize) -> Vec<Step> {
    let mut of_payer = asked
        .sources
        .manual
        .iter()
        .filter(|it| it.payer == asked.entry.payer && it.amount > Kronor::ZERO);
    let Some(line) = of_payer.nth(nth) else {
        return Vec::new();
    };
    let mut inputs = Inputs::default();
    inputs.value("reason", &line.reason);
    inputs.value("by", &line.by);
    vec![value(codes::MANUAL_LINE, inputs, line.amount)]
}
