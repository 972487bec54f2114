//! What would change a line: what can still be done about its stay, and how
//! many days fewer it would take for the line not to be there.

use rust_decimal::Decimal;

use super::{Asked, average, stays::Own, sums, track};
use crate::{
    ledger::{
        figures::{Line, LineKind, Status},
        history::totals,
    },
    model::month::Month,
    rules::{
        agreement::Formula,
        model::{Totals, average_excess},
        trace::{Change, Clause, Effect, Step, codes},
    },
};

/// What would change a line; never empty.
pub(super) fn of_line(asked: &Asked<'_>, line: &Line, average: &[Step]) -> Vec<Change> {
    match line.kind {
        LineKind::Individual | LineKind::Retroactive => of_stay(asked, line),
        LineKind::AverageExcess => {
            let mut changes: Vec<_> = below_threshold(asked, average).into_iter().collect();
            changes.extend(locked(asked));
            changes
        }
        LineKind::FixedShare => vec![Change::nothing("fixed_part", sums::settled_by(asked))],
        LineKind::Settlement => vec![Change::nothing("settlement", sums::settled_by(asked))],
        LineKind::Manual => vec![Change::nothing("manual_line", None)],
        LineKind::Adjustment => posted(),
    }
}

/// What would change an adjustment or a credit.
pub(super) fn posted() -> Vec<Change> {
    vec![Change::nothing("posted", None)]
}

fn of_stay(asked: &Asked<'_>, line: &Line) -> Vec<Change> {
    let own = Own::of(asked, line);
    let mut changes = track::changes(asked);
    changes.extend(own.shorter());
    match locked(asked) {
        Some(locked) => changes.push(locked),
        None => changes.extend(own.changes()),
    }
    changes
}

/// Nothing moves a locked month: what comes later is posted.
fn locked(asked: &Asked<'_>) -> Option<Change> {
    (asked.entry.status == Status::Locked).then(|| Change::nothing("locked", None))
}

/// The fewest days with which the month's average would not pass the
/// threshold that the steps name.
fn below_threshold(asked: &Asked<'_>, steps: &[Step]) -> Option<Change> {
    let (_, rule) = average::rule(asked)?;
    let Formula::AverageExcess(values) = &rule.formula else {
        return None;
    };
    let step = steps.iter().find(|step| step.code == codes::THRESHOLD)?;
    let threshold: Decimal = step.result.parse().ok()?;
    let rounding = values.average_rounding.on(asked.month.first()).value;
    let totals = totals(asked.shares.iter().map(|(_, share)| share));
    fewer_days(asked.month, totals, step.clause.clone(), |totals| {
        average_excess::quantity(totals, threshold, rounding).is_some()
    })
}

/// How many days fewer the stays of a month's average would have to have
/// together, for it not to lie above; none where it does not.
pub(super) fn fewer_days(
    month: Month,
    totals: Totals,
    clause: Option<Clause>,
    above: impl Fn(&Totals) -> bool,
) -> Option<Change> {
    let still_above = |fewer: u64| {
        above(&Totals {
            days: totals.days.saturating_sub(fewer),
            ..totals
        })
    };
    if !still_above(0) || still_above(totals.days) {
        return None;
    }
    // Above with `low` days fewer, not above with `high`.
    let (mut low, mut high) = (0, totals.days);
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if still_above(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(Change {
        action: codes::FEWER_DAYS.to_owned(),
        effect: Effect::LineGoes,
        reason: None,
        days: u32::try_from(high).ok(),
        month: Some(month),
        ..Change::nothing("", clause)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fewest_days_are_found() {
        let month: Month = "2018-10".parse().unwrap();
        let of = |patients, days, threshold: u64| {
            let totals = Totals { patients, days };
            let above = |it: &Totals| it.days > threshold * u64::from(it.patients);
            fewer_days(month, totals, None, above).and_then(|it| it.days)
        };
        // 4 patients with 13 days are above 3; 12 days are not.
        assert_eq!(of(4, 13, 3), Some(1));
        assert_eq!(of(2, 40, 3), Some(34));
        assert_eq!(of(1, 5, 0), Some(5));
        assert_eq!(of(4, 12, 3), None);
        for days in 13..60 {
            assert_eq!(of(4, days, 3), u32::try_from(days - 12).ok());
        }
    }
}
