//! Entries of `average_excess`: the payer's average, what lies above it, and
//! long stays by themselves.

use rust_decimal::Decimal;

use super::{
    entry::{Entry, EntryKey, OfStay, Reckoned, at_rate, shown},
    figures::LineKind,
    findings,
    history::totals,
    month::Desk,
};
use crate::rules::{
    agreement::{AverageExcess, Formula, Rounding, Rule, Threshold},
    model::average_excess::quantity,
    share::Standing,
};

pub(super) fn reckon(
    entry: &Entry<'_>,
    key: &EntryKey,
    rule: &Rule,
    desk: &mut Desk<'_>,
) -> Reckoned {
    let Formula::AverageExcess(values) = &rule.formula else {
        return Reckoned::default();
    };
    let first = desk.month.first();
    let rounding = values.average_rounding.on(first).value;
    let totals = totals(entry.shares());
    let threshold = threshold(values, rule, key, desk);
    let mut lines = Vec::new();
    if let Some(threshold) = threshold
        && let Some(days) = quantity(&totals, threshold, rounding)
    {
        lines.extend(at_rate(
            LineKind::AverageExcess,
            days,
            desk.month,
            key.payer,
            desk,
        ));
    }
    for (episode, share) in &entry.stays {
        if let Standing::LongStay { charged, .. } = share.standing {
            let of_stay = OfStay {
                kind: LineKind::Individual,
                episode,
                for_month: None,
            };
            lines.extend(of_stay.line(charged, key.payer, desk));
        }
    }
    Reckoned {
        average: totals.average(rounding).map(shown),
        threshold: threshold.map(shown),
        lines,
    }
}

/// The threshold in days; none, and noted, where it rests on a month of which
/// nothing is known.
fn threshold(
    values: &AverageExcess,
    rule: &Rule,
    key: &EntryKey,
    desk: &mut Desk<'_>,
) -> Option<Decimal> {
    let first = desk.month.first();
    let month = match values.threshold.on(first).value {
        Threshold::Days(days) => return Some(days),
        Threshold::CountyAverage(month) => month,
    };
    if let Some(frozen) = desk.history.frozen_average(month, &key.agreement) {
        return Some(frozen);
    }
    let rounding = values.county_average_rounding.as_ref();
    let rounding = rounding.map_or(Rounding::None, |rounding| rounding.on(first).value);
    let county = desk.history.totals(month, &key.agreement, &rule.id, None);
    let average = county.average(rounding);
    if average.is_none() {
        desk.findings
            .push(findings::missing_county_average(key.payer, month));
    }
    average
}
