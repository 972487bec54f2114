//! A payer's month so far, for the outlook of the stays that are still in.

use rust_decimal::Decimal;

use super::{excess::county_average, history::History, trigger};
use crate::{
    model::{month::Month, place::PayerCode},
    rules::{
        PayerMonth, Rulebook,
        agreement::{Agreement, Formula, Rule, Threshold},
        outlook::TriggerMonth,
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
                    // As far as that month has come: one more discharge in it
                    // moves the threshold, and other stays are taken unmoved.
                    Threshold::CountyAverage(of) if of <= month && of < of_month => {
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
            let track = trigger::track_before(values, rule, key, month, history);
            let back = i32::from(values.months_to_start.on(month.first()).value.0);
            let charged = (0..back)
                .map(|back| trigger::charged_days(values, rule, key, month.plus(-back), history));
            let charged = charged.collect();
            let totals = history.totals(month, &agreement.id, &rule.id, Some(payer));
            let entry = made.rule(&agreement.id, &rule.id);
            entry.totals = totals;
            entry.trigger = Some(TriggerMonth { track, charged });
        }
        _ => {}
    }
}
