//! What makes a payer's average, and what lies above it.

use rust_decimal::Decimal;

use super::{Asked, stays, value};
use crate::{
    ledger::{entry::shown, excess::county_totals, history::totals},
    model::money::quantity,
    rules::{
        agreement::{Agreement, AverageExcess, Formula, Rounding, Rule, Threshold},
        explain::{Inputs, holds, rule_of_month},
        model::{Totals, average_excess},
        trace::{Outcome, Step, codes},
    },
};

/// Average, threshold and excess; nothing where no stay is there.
pub(super) fn steps(asked: &Asked<'_>) -> Vec<Step> {
    let Some((agreement, rule)) = rule(asked) else {
        return Vec::new();
    };
    let Formula::AverageExcess(values) = &rule.formula else {
        return Vec::new();
    };
    let first = asked.month.first();
    let totals = totals(asked.shares.iter().map(|(_, share)| share));
    let rounding = values.average_rounding.on(first);
    let mut average = average(&totals, rounding.value);
    average.clause = Some(agreement.clause(&rounding.source));
    let (threshold, step) = threshold(asked, agreement, rule, values);
    let mut steps = vec![average, step];
    if let Some(threshold) = threshold {
        let mut step = excess(&totals, threshold, rounding.value);
        step.clause = Some(agreement.clause(&rule.source));
        steps.push(step);
    }
    steps
}

/// The line for what lies above the threshold: its rule and those that lost,
/// the entry's own steps, and what they cost.
pub(super) fn line(asked: &Asked<'_>, average: &[Step]) -> Vec<Step> {
    let (rulebook, payer) = (asked.sources.rulebook, asked.entry.payer);
    let mut steps = rule(asked).map_or_else(Vec::new, |rule| {
        rule_of_month(rulebook, payer, rule, asked.month)
    });
    steps.extend(average.iter().cloned());
    let excess = average.iter().find(|step| step.code == codes::EXCESS);
    let days = excess.and_then(|step| step.result.parse::<Decimal>().ok());
    steps.extend(stays::money(asked, days.unwrap_or_default(), asked.month));
    steps
}

/// The agreement and rule that the entry's average belongs to.
pub(super) fn rule<'a>(asked: &Asked<'a>) -> Option<(&'a Agreement, &'a Rule)> {
    let rulebook = asked.sources.rulebook;
    let agreement = rulebook.get(asked.entry.agreement.as_str())?;
    Some((agreement, agreement.rule(asked.rule?)?))
}

/// The average of counted stays.
pub(super) fn average(totals: &Totals, rounding: Rounding) -> Step {
    let mut inputs = Inputs::default();
    inputs.value("patients", totals.patients);
    inputs.value("days", totals.days);
    inputs.value("rounding", rounding_name(rounding));
    let average = totals.average(rounding);
    let result = average.map_or_else(|| "none".to_owned(), shown);
    Step {
        outcome: holds(average.is_some()),
        ..value(codes::AVERAGE, inputs, result)
    }
}

fn threshold(
    asked: &Asked<'_>,
    agreement: &Agreement,
    rule: &Rule,
    values: &AverageExcess,
) -> (Option<Decimal>, Step) {
    let first = asked.month.first();
    let threshold = values.threshold.on(first);
    let mut inputs = Inputs::default();
    let days = match threshold.value {
        Threshold::Days(days) => Some(days),
        Threshold::CountyAverage(of) => {
            let history = asked.sources.history;
            let (totals, frozen) = county_totals(&agreement.id, &rule.id, of, history);
            let rounding = values.county_rounding(first);
            inputs.value("county_month", of);
            inputs.value("patients", totals.patients);
            inputs.value("days", totals.days);
            inputs.value("rounding", rounding_name(rounding));
            inputs.value("frozen", frozen);
            totals.average(rounding)
        }
    };
    let result = days.map_or_else(|| "unknown".to_owned(), shown);
    let step = Step {
        clause: Some(agreement.clause(&threshold.source)),
        outcome: holds(days.is_some()),
        ..value(codes::THRESHOLD, inputs, result)
    };
    (days, step)
}

fn excess(totals: &Totals, threshold: Decimal, rounding: Rounding) -> Step {
    let mut inputs = Inputs::default();
    if let Some(average) = totals.average(rounding) {
        inputs.value("average", shown(average));
    }
    inputs.value("threshold", shown(threshold));
    inputs.value("patients", totals.patients);
    inputs.value("days", totals.days);
    inputs.value("rounding", rounding_name(rounding));
    let days = average_excess::quantity(totals, threshold, rounding);
    Step {
        outcome: if days.is_some() {
            Outcome::Holds
        } else {
            Outcome::Lost
        },
        ..value(
            codes::EXCESS,
            inputs,
            days.map_or_else(|| "none".to_owned(), |days| quantity(days, 0)),
        )
    }
}

/// A rounding's name in agreements' files.
pub(super) fn rounding_name(rounding: Rounding) -> String {
    match rounding {
        Rounding::None => "none".to_owned(),
        Rounding::HalfUp(decimals) => format!("half_up_{decimals}"),
    }
}
