//! Lines for sums that no stay gives: fixed shares, settlements, by hand.

use super::{Asked, average::rounding_name, value};
use crate::{
    ledger::{
        figures::Credit,
        settlement::{Settled, Settlement},
    },
    model::money::Kronor,
    rules::{
        agreement::{Agreement, FixedShare, Formula, Rule},
        explain::{Inputs, rule_of_month},
        model::fixed_share,
        trace::{Clause, Step, codes},
    },
};

/// The rule with fixed shares that holds in the month.
fn rule<'a>(asked: &Asked<'a>) -> Option<(&'a Agreement, &'a Rule, &'a FixedShare)> {
    let rulebook = asked.sources.rulebook;
    let agreement = rulebook.get(asked.entry.agreement.as_str())?;
    let first = asked.month.first();
    let holds = |rule: &&Rule| rule.applies.iter().any(|it| it.covers(first));
    let rules = agreement.rules().iter();
    let mut fixed = rules.filter(holds).filter_map(|rule| match &rule.formula {
        Formula::FixedShare(values) => Some((rule, values.as_ref())),
        _ => None,
    });
    let (rule, values) = fixed.next()?;
    Some((agreement.as_ref(), rule, values))
}

/// A part of the payer's total.
pub(super) fn fixed(asked: &Asked<'_>) -> Vec<Step> {
    let Some((agreement, rule, values)) = rule(asked) else {
        return Vec::new();
    };
    let first = asked.month.first();
    let payer = asked.entry.payer;
    let mut totals = values.total.iter();
    let Some(total) = totals.find(|total| total.payer == payer.municipality()) else {
        return Vec::new();
    };
    let (parts, rounding) = (values.parts.on(first), values.rounding.on(first));
    let part = fixed_share::part(total.kronor.0, parts.value.0, rounding.value);
    let mut inputs = Inputs::default();
    inputs.value("total", total.kronor.0);
    inputs.value("parts", parts.value.0);
    inputs.value("rounding", rounding_name(rounding.value));
    let amount = Kronor::rounded(part).unwrap_or_default();
    let rulebook = asked.sources.rulebook;
    let mut steps = rule_of_month(rulebook, payer, (agreement, rule), asked.month);
    steps.push(Step {
        clause: Some(agreement.clause_at(total.clause.as_str(), false)),
        ..value(codes::FIXED_PART, inputs, amount)
    });
    steps
}

/// Actual cost less what was paid, where something is left to pay.
pub(super) fn settlement(asked: &Asked<'_>, nth: usize) -> Vec<Step> {
    let mut due = settlements(asked).filter(|it| matches!(it.settled(), Settled::Due(_)));
    let due = due.nth(nth);
    due.map(|settled| vec![difference(asked, settled)])
        .unwrap_or_default()
}

/// What is paid back, and the part of it that stands on the credit's invoice.
pub(super) fn paid_back(asked: &Asked<'_>, credit: &Credit) -> Vec<Step> {
    let holds = |it: &&Settlement| match it.settled() {
        Settled::Back(parts) => parts.contains(credit),
        _ => false,
    };
    let Some(settled) = settlements(asked).find(holds) else {
        return Vec::new();
    };
    let mut inputs = Inputs::default();
    inputs.value("for_month", credit.for_month);
    inputs.value("invoice", &credit.invoice);
    let part = Step {
        clause: settled_by(asked),
        ..value(codes::PAID_BACK, inputs, -credit.amount)
    };
    vec![difference(asked, settled), part]
}

/// The entry's own settlements.
fn settlements<'a>(asked: &Asked<'a>) -> impl Iterator<Item = &'a Settlement> {
    let entry = asked.entry;
    let all = asked.sources.settlements.iter();
    all.filter(|it| it.payer == entry.payer && it.agreement == entry.agreement)
}

fn difference(asked: &Asked<'_>, settled: &Settlement) -> Step {
    let mut inputs = Inputs::default();
    inputs.value("actual", settled.actual);
    inputs.value("source", &settled.source);
    inputs.value("by", &settled.by);
    inputs.value("paid", settled.paid());
    Step {
        clause: settled_by(asked),
        ..value(codes::SETTLEMENT, inputs, settled.actual - settled.paid())
    }
}

/// Where it stands that fixed shares are settled.
pub(super) fn settled_by(asked: &Asked<'_>) -> Option<Clause> {
    let agreement = asked.sources.rulebook.get(asked.entry.agreement.as_str())?;
    let mut rules = agreement.rules().iter();
    rules.find_map(|rule| match &rule.formula {
        Formula::FixedShare(values) => Some(agreement.clause(&values.settlement)),
        _ => None,
    })
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
