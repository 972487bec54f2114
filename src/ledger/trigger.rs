//! Entries of `average_trigger`: whether a payer's months have started
//! individual charges, and what they come to.

use rust_decimal::Decimal;

use super::{
    entry::{Entry, EntryKey, OfStay, Reckoned, shown},
    figures::{Line, LineKind},
    history::{History, totals},
    month::Desk,
};
use crate::{
    model::{
        ids::{AgreementId, EpisodeId},
        month::Month,
        place::PayerCode,
    },
    rules::{
        agreement::{AverageTrigger, Formula, Rounding, Rule, Threshold},
        model::{
            Totals,
            average_trigger::{self, Charge, Terms, Track},
        },
        share::{Share, Standing},
    },
};

pub(super) fn reckon(
    entry: &Entry<'_>,
    key: &EntryKey,
    rule: &Rule,
    desk: &mut Desk<'_>,
) -> Reckoned {
    let Formula::AverageTrigger(values) = &rule.formula else {
        return Reckoned::default();
    };
    let totals = totals(entry.shares());
    let mut lines = Vec::new();
    let own = || entry.stays.iter().map(|(episode, share)| (episode, *share));
    match charge(values, rule, key, totals, desk) {
        Charge::None => {}
        Charge::Month => lines.extend(stays(own(), values, key, None, desk)),
        Charge::WithEarlier(months) => {
            for back in (1..=i32::from(months)).rev() {
                let month = desk.month.plus(-back);
                let mut earlier = desk.history.shares(month, &key.agreement, Some(key.payer));
                earlier.retain(|(_, share)| share.rule == *rule.id && share.month == month);
                let earlier = earlier.iter().map(|(episode, share)| (episode, share));
                lines.extend(stays(earlier, values, key, Some(month), desk));
            }
            lines.extend(stays(own(), values, key, None, desk));
        }
    }
    Reckoned {
        average: totals.average(Rounding::None).map(shown),
        threshold: threshold(values, desk.month).map(shown),
        lines,
    }
}

/// The threshold in days; a county average is refused when the file is loaded.
pub(super) fn threshold(values: &AverageTrigger, month: Month) -> Option<Decimal> {
    match values.threshold.on(month.first()).value {
        Threshold::Days(days) => Some(days),
        Threshold::CountyAverage(_) => None,
    }
}

/// What the payer's track charges in the month, from the first measured one on.
fn charge(
    values: &AverageTrigger,
    rule: &Rule,
    key: &EntryKey,
    own: Totals,
    desk: &Desk<'_>,
) -> Charge {
    let payer = (&key.agreement, key.payer);
    let mut track = track_before(values, rule, payer, desk.month, desk.history);
    take(&mut track, values, desk.month, &own)
}

/// The payer's track as the months before `month` leave it.
pub(super) fn track_before(
    values: &AverageTrigger,
    rule: &Rule,
    (agreement, payer): (&AgreementId, PayerCode),
    month: Month,
    history: &dyn History,
) -> Track {
    let mut track = Track::default();
    let Some(first) = rule.applies.iter().map(|applies| applies.from).min() else {
        return track;
    };
    for earlier in Month::of(first).through(month.previous()) {
        let totals = history.totals(earlier, agreement, &rule.id, Some(payer));
        take(&mut track, values, earlier, &totals);
    }
    track
}

/// Gives the track its next month.
pub(super) fn take(
    track: &mut Track,
    values: &AverageTrigger,
    month: Month,
    totals: &Totals,
) -> Charge {
    let above = threshold(values, month).is_some_and(|days| totals.above(days));
    track.month(above, Terms::on(values, month.first()))
}

/// Days that are charged for those who left in `month`, if it is charged.
pub(super) fn charged_days(
    values: &AverageTrigger,
    rule: &Rule,
    (agreement, payer): (&AgreementId, PayerCode),
    month: Month,
    history: &dyn History,
) -> u64 {
    let shares = history.shares(month, agreement, Some(payer));
    let days = shares.iter().map(|(_, share)| match share.standing {
        Standing::Triggering { days, .. } if share.rule == *rule.id => {
            average_trigger::charged_days(values, days, month).into()
        }
        _ => 0_u64,
    });
    days.sum()
}

/// A line for each stay that is long enough.
fn stays<'s>(
    stays: impl Iterator<Item = (&'s EpisodeId, &'s Share)>,
    values: &AverageTrigger,
    key: &EntryKey,
    for_month: Option<Month>,
    desk: &mut Desk<'_>,
) -> Vec<Line> {
    let month = for_month.unwrap_or(desk.month);
    let kind = match for_month {
        Some(_) => LineKind::Retroactive,
        None => LineKind::Individual,
    };
    let mut lines = Vec::new();
    for (episode, share) in stays {
        if let Standing::Triggering { days, .. } = share.standing {
            let of_stay = OfStay {
                kind,
                episode,
                for_month,
            };
            lines.extend(of_stay.line(
                average_trigger::charged_days(values, days, month),
                key.payer,
                desk,
            ));
        }
    }
    lines
}
