//! A month that has ended, or is locked: what it came to, and nothing ahead.

use std::collections::BTreeMap;

use super::{
    Forecast, PayerForecast, Standing, nothing,
    types::{EntryForecast, EntryScenario, Scenarios},
};
use crate::{
    ledger::figures::{Finding, LineKind, MonthFigures, PayerFigures, Status},
    model::{money::Kronor, place::PayerCode, time::Instant},
};

/// A month's figures in a forecast's shape: only what is so far, no open
/// stays, no noon. For months that have ended, and parts that are locked.
#[must_use]
pub fn ended(figures: &MonthFigures, payer: Option<PayerCode>, now: Instant) -> Forecast {
    let mut payers: BTreeMap<PayerCode, PayerForecast> = BTreeMap::new();
    let concerned = |one: PayerCode| payer.is_none_or(|only| only == one);
    for entry in figures.payers.iter().filter(|entry| concerned(entry.payer)) {
        let one = payers.entry(entry.payer).or_insert_with(|| PayerForecast {
            amounts: so_far(Some(Kronor::ZERO)),
            status: entry.status,
            ..nothing(entry.payer)
        });
        take(one, entry);
    }
    let mut findings = figures.findings.clone();
    findings.retain(|finding| finding.payer.is_none_or(concerned));
    // A line that could not be made is in no sum.
    for one in payers.values_mut() {
        let lacks = |finding: &Finding| finding.payer == Some(one.payer) && !finding.waivable;
        if findings.iter().any(lacks) {
            one.amounts.so_far = None;
        }
    }
    let mut made = Forecast {
        region: figures.region,
        month: figures.month,
        now,
        standing: match figures.status {
            Status::Open => Standing::Ended,
            Status::Locked => Standing::Locked,
        },
        payers: payers.into_values().collect(),
        amounts: Scenarios::default(),
        noon: None,
        what_if: None,
        findings,
    };
    made.add_up();
    made
}

fn so_far<T>(value: T) -> Scenarios<T> {
    Scenarios {
        so_far: value,
        none_leaves: None,
        today: None,
        tomorrow: None,
        planned: None,
        marked: None,
    }
}

fn take(payer: &mut PayerForecast, entry: &PayerFigures) {
    let adjusted = entry
        .lines
        .iter()
        .filter(|line| line.kind == LineKind::Adjustment);
    let adjusted: Kronor = adjusted.map(|line| line.amount).sum();
    payer.adjustments += adjusted;
    if let Some(sum) = &mut payer.amounts.so_far {
        *sum += entry.amount;
    }
    // One that is locked for a part of its agreements is open still.
    if entry.status == Status::Open {
        payer.status = Status::Open;
    }
    payer.entries.push(EntryForecast {
        agreement: entry.agreement.clone(),
        rule: None,
        model: entry.model,
        scenarios: so_far(EntryScenario {
            discharged: entry.discharged,
            counted: entry.counted,
            average: entry.average.clone(),
            threshold: entry.threshold.clone(),
            amount: Some(entry.amount - adjusted),
            effect: None,
        }),
        trigger: None,
        keep: None,
    });
}
