//! What a stay costs its payer date by date: what is charged so far, and what
//! each of the next days adds if nothing happens.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{
    cost::{self, Sum},
    judging_payer,
    payer_month::PayerMonth,
};
use crate::{
    model::{
        money::Kronor,
        place::PayerCode,
        stay::{ReadySpan, Stay},
        time::{Instant, local_date},
    },
    rules::{Rates, Rulebook, agreement::Formula, judge::judge_for},
};

/// Days that are told ahead.
pub const DAYS_AHEAD: usize = 7;

/// What one date costs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayCost {
    /// The date.
    pub date: NaiveDate,
    /// Kronor; `None` where a rate or a threshold is missing, or where the
    /// sources give no rule.
    pub amount: Option<Kronor>,
}

/// A stay's cost over time.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Costs {
    /// Dates charged so far under individual rules, in order. An average
    /// charges no dates: [`super::Accrued`] holds its sum.
    pub so_far: Vec<DayCost>,
    /// What each of the next [`DAYS_AHEAD`] days adds while the patient stays
    /// ready and nothing else happens, the day that runs first; the first one
    /// is [`super::Outlook::tomorrow`]. Empty where no ready span is open.
    pub ahead: Vec<DayCost>,
    /// Kronor: so far and the days ahead together. `None` where one of them
    /// is, and for a patient who left with an average's days, which only the
    /// payer's month shows.
    pub in_a_week: Option<Kronor>,
}

/// What `stay` has cost and will cost: pure. The stay must be folded as at
/// `now`; `payer_month` is the payer's month that holds `now`.
#[must_use]
pub fn costs(
    stay: &Stay,
    now: Instant,
    rulebook: &Rulebook,
    rates: &Rates,
    payer_month: &PayerMonth,
) -> Costs {
    let payer = judging_payer(stay).filter(|_| stay.details.municipal_needs);
    let asked = Asked {
        stay,
        now,
        rulebook,
        rates,
        payer_month,
    };
    let ahead = asked.ahead(payer);
    let mut costs = Costs {
        so_far: Vec::new(),
        in_a_week: ahead.iter().map(|day| day.amount).sum(),
        ahead,
    };
    if let Some(payer) = payer {
        asked.so_far(payer, &mut costs);
    }
    costs
}

struct Asked<'a> {
    stay: &'a Stay,
    now: Instant,
    rulebook: &'a Rulebook,
    rates: &'a Rates,
    payer_month: &'a PayerMonth,
}

impl Asked<'_> {
    fn so_far(&self, payer: PayerCode, costs: &mut Costs) {
        let today = local_date(self.now);
        let mut sum = Sum::new();
        for span in &self.stay.spans {
            let Some(judgement) = judge_for(payer, self.stay, span, self.rulebook, today) else {
                continue;
            };
            sum.span(&judgement, self.now, self.rates, self.payer_month);
            let averages = matches!(
                judgement.rule.formula,
                Formula::AverageExcess(_) | Formula::AverageTrigger(_)
            );
            if averages && judgement.discharged() {
                costs.in_a_week = None;
            }
            if judgement.suspended.is_some() || judgement.individual().is_none() {
                continue;
            }
            for date in judgement.chargeable_dates(today) {
                // A new span may begin on the date of a retraction.
                if costs.so_far.last().is_none_or(|last| last.date < date) {
                    let amount = cost::day_rate(self.rates, date);
                    costs.so_far.push(DayCost { date, amount });
                }
            }
        }
        let spent = sum.end().amount;
        costs.in_a_week = costs.in_a_week.zip(spent).map(|(more, spent)| more + spent);
    }

    fn ahead(&self, payer: Option<PayerCode>) -> Vec<DayCost> {
        let Some(span) = self.stay.open_span() else {
            return Vec::new();
        };
        let moments = std::iter::successors(Some(self.now), |at| Some(cost::next_day(*at)));
        moments
            .take(DAYS_AHEAD)
            .map(|at| DayCost {
                date: local_date(at),
                amount: match payer {
                    Some(payer) => self.one_more_day(payer, span, at),
                    None => Some(Kronor::ZERO),
                },
            })
            .collect()
    }

    /// What staying from `at` to the same clock time a day later adds.
    fn one_more_day(&self, payer: PayerCode, span: &ReadySpan, at: Instant) -> Option<Kronor> {
        match judge_for(payer, self.stay, span, self.rulebook, local_date(at)) {
            Some(judgement) => cost::tomorrow(
                self.stay,
                &judgement,
                at,
                self.rulebook,
                self.rates,
                self.payer_month,
            ),
            // A court is awaited: nothing runs.
            None => Some(Kronor::ZERO),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::{month::Month, time},
        rules::{
            outlook::outlook,
            testing::{Script, shipped},
        },
    };

    fn look(script: &Script, region: &str, now: &str) -> (Costs, super::super::Outlook) {
        let now = time::parse(now).unwrap();
        let (stay, rules) = (script.stay_at(now), shipped(region));
        let (rates, month) = (Rates::shipped(), PayerMonth::empty(Month::at(now)));
        (
            costs(&stay, now, &rules, &rates, &month),
            outlook(&stay, now, &rules, &rates, &month),
        )
    }

    fn told(days: &[DayCost]) -> Vec<String> {
        let one = |day: &DayCost| {
            let amount = day.amount.map_or("?".to_owned(), |it| it.to_string());
            format!("{} {amount}", day.date.format("%m-%d"))
        };
        days.iter().map(one).collect()
    }

    fn monday() -> Script {
        Script::ready("1780", "somatic", "2019-03-01T11:00")
            .then(&[("2019-03-04T10:00", "ready_notice")])
    }

    #[test]
    fn free_days_cost_nothing_and_then_each_date_costs_its_rate() {
        let (costs, outlook) = look(&monday(), "17", "2019-03-05T09:00");
        let start = local_date(outlook.liability_start.unwrap());
        assert!(costs.so_far.is_empty() && costs.ahead.len() == DAYS_AHEAD);
        let rate = cost::day_rate(&Rates::shipped(), start);
        for day in &costs.ahead {
            let wanted = if day.date < start {
                Some(Kronor::ZERO)
            } else {
                rate
            };
            assert_eq!(day.amount, wanted, "{}", day.date);
        }
        let dates: Vec<_> = costs.ahead.iter().filter(|day| day.date >= start).collect();
        assert!(!dates.is_empty() && dates.len() < DAYS_AHEAD);
        let sum: Option<Kronor> = dates.iter().map(|_| rate).sum();
        assert_eq!(costs.in_a_week, sum);
    }

    #[test]
    fn what_is_charged_so_far_adds_up_to_what_has_accrued() {
        for now in ["2019-03-07T09:00", "2019-03-12T23:30", "2019-04-02T00:00"] {
            let (costs, outlook) = look(&monday(), "17", now);
            assert_eq!(costs.so_far.len(), outlook.accrued.days as usize, "{now}");
            let sum: Option<Kronor> = costs.so_far.iter().map(|day| day.amount).sum();
            assert_eq!(sum, outlook.accrued.amount, "{now}");
            assert_eq!(costs.ahead[0].amount, outlook.tomorrow, "{now}");
        }
    }

    #[test]
    fn the_first_day_ahead_is_tomorrow_under_averages_too() {
        for (region, payer) in [
            ("06", "0643"),
            ("01", "0126"),
            ("23", "2380"),
            ("13", "1380"),
        ] {
            let script = Script::ready(payer, "somatic", "2018-05-01T11:00")
                .then(&[("2018-05-04T10:00", "ready_notice")]);
            for now in ["2018-05-05T09:00", "2018-05-14T15:00", "2018-05-30T23:59"] {
                let (costs, outlook) = look(&script, region, now);
                assert_eq!(costs.ahead[0].amount, outlook.tomorrow, "{region} {now}");
                assert!(
                    costs.so_far.is_empty() || outlook.accrued.days > 0,
                    "{region} {now}"
                );
            }
        }
    }

    #[test]
    fn a_blocked_stay_costs_nothing_ahead_and_one_not_ready_has_no_days() {
        let blocked = Script::bare("1780", "somatic", "2019-03-01T11:00", serde_json::json!({}))
            .then(&[("2019-03-04T10:00", "ready_notice")]);
        let (costs, _) = look(&blocked, "17", "2019-03-20T09:00");
        assert_eq!(told(&costs.ahead)[0], "03-20 0.00");
        assert_eq!(costs.in_a_week, Some(Kronor::ZERO));
        let left = monday().then(&[("2019-03-09T10:00", "discharged")]);
        let (costs, outlook) = look(&left, "17", "2019-03-20T09:00");
        assert!(costs.ahead.is_empty());
        assert_eq!(costs.in_a_week, outlook.accrued.amount);
    }
}
