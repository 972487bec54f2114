//! What one discharge does under an average that triggers charges: to its own
//! days, and to months that it starts or forestalls.

use super::{
    cost::{Brought, Started},
    payer_month::{Around, TriggerMonth},
};
use crate::{
    model::month::Month,
    rules::{
        agreement::AverageTrigger,
        model::{
            Totals,
            average_trigger::{Charge, Terms, charged_days},
        },
    },
};

/// What a stay of so many days brings into `month`; `left` says that it is
/// among the payer's sums already.
///
/// The month's average decides at once only where it is the last of the row
/// that starts charging and such a start reaches back; every other month is
/// decided by those before it. A start without retroactivity, and the end of
/// charging, touch only later months, in which nobody has left yet.
pub(super) fn brought(
    rule: &AverageTrigger,
    around: &Around,
    days: u32,
    month: Month,
    left: bool,
) -> Brought {
    let Some(trigger) = &around.trigger else {
        return Brought::Nothing;
    };
    let own = charged_days(rule, days, month);
    let charge = |totals: &Totals| {
        let above = around.threshold.is_some_and(|it| totals.above(it));
        let mut track = trigger.track.clone();
        track.month(above, Terms::on(rule, month.first()))
    };
    let without = charge(&around.totals);
    let with = if left {
        without
    } else {
        let mut totals = around.totals;
        totals.add(days);
        charge(&totals)
    };
    match (with, without) {
        (Charge::None, Charge::None) => Brought::Nothing,
        (with, Charge::None) => Brought::Starts(Started {
            own,
            more: charged(trigger, with, month, own),
            less: Vec::new(),
        }),
        (Charge::None, without) => Brought::Starts(Started {
            own: 0,
            more: Vec::new(),
            less: charged(trigger, without, month, 0),
        }),
        _ if own == 0 => Brought::Nothing,
        _ => Brought::Itself(own),
    }
}

/// Days charged for the month, `own` among them, and for those it reaches
/// back to.
fn charged(trigger: &TriggerMonth, charge: Charge, month: Month, own: u32) -> Vec<(Month, u64)> {
    let back = match charge {
        Charge::None => return Vec::new(),
        Charge::Month => 0,
        Charge::WithEarlier(months) => usize::from(months),
    };
    let months = std::iter::successors(Some(month), |month| Some(month.previous()));
    let mut days: Vec<_> = months
        .zip(trigger.charged.iter().copied())
        .take(back + 1)
        .collect();
    if let Some((_, first)) = days.first_mut() {
        *first += u64::from(own);
    }
    days
}
