//! A payer's month so far, for the outlook of the stays that are still in.

use rust_decimal::Decimal;

use super::{excess::county_average, history::History, trigger};
use crate::{
    model::{month::Month, place::PayerCode},
    rules::{
        PayerMonth, Rulebook,
        agreement::{Agreement, Formula, Rule, Threshold},
    },
};

/// What the payer's stays that left so far in `month` add up to under every
/// rule with an average that binds the payer, the county's average where that
/// is the threshold, and whether earlier months have started charges stay by
/// stay. `history` must hold `month` itself as well, as known now.
#[must_use]
pub fn payer_month(
    payer: PayerCode,
    month: Month,
    rulebook: &Rulebook,
    history: &dyn History,
) -> PayerMonth {
    let mut made = PayerMonth::empty(month);
    let binding = rulebook.binding();
    for agreement in binding.filter(|it| it.binds(payer.municipality())) {
        for rule in agreement.rules() {
            let months = [month, month.next()];
            if months.iter().any(|month| covers(rule, *month)) {
                take(&mut made, agreement, rule, payer, history);
            }
        }
    }
    made
}

fn covers(rule: &Rule, month: Month) -> bool {
    let (first, last) = (month.first(), month.last());
    let mut applies = rule.applies.iter();
    applies.any(|it| it.from <= last && it.until.is_none_or(|until| first <= until))
}

fn take(
    made: &mut PayerMonth,
    agreement: &Agreement,
    rule: &Rule,
    payer: PayerCode,
    history: &dyn History,
) {
    let month = made.month;
    match &rule.formula {
        Formula::AverageExcess(values) => {
            let county = |of_month: Month| -> Option<Decimal> {
                match values.threshold.on(of_month.first()).value {
                    // The month that it rests on is over: nothing adds to it.
                    Threshold::CountyAverage(of) if of < month => {
                        county_average(values, &agreement.id, &rule.id, of, of_month, history)
                    }
                    Threshold::Days(_) | Threshold::CountyAverage(_) => None,
                }
            };
            let entry = made.rule(&agreement.id, &rule.id);
            entry.totals = history.totals(month, &agreement.id, &rule.id, Some(payer));
            entry.county_average = [county(month), county(month.next())];
        }
        Formula::AverageTrigger(values) => {
            let key = (&agreement.id, payer);
            let mut track = trigger::track_before(values, rule, key, month, history);
            let totals = history.totals(month, &agreement.id, &rule.id, Some(payer));
            let entry = made.rule(&agreement.id, &rule.id);
            entry.totals = totals;
            entry.charging[0] = track.charging();
            trigger::take(&mut track, values, month, &totals);
            entry.charging[1] = track.charging();
        }
        _ => {}
    }
}
