//! A payer's month so far: what averages need besides the stay itself.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use crate::{
    model::{ids::AgreementId, month::Month},
    rules::{
        SpanJudgement,
        agreement::{Formula, Threshold},
        model::{
            Totals,
            average_trigger::{Terms, Track},
        },
        share::{Share, Standing},
    },
};

/// What one payer's stays that were discharged so far in a month add up to,
/// rule by rule. For every payer under individual rules an empty one does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayerMonth {
    /// The month: that of the moment which is asked about.
    pub month: Month,
    /// One entry for each rule with an average.
    pub rules: Vec<RuleMonth>,
}

/// One rule's part of a payer's month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleMonth {
    /// The agreement.
    pub agreement: AgreementId,
    /// The rule within it.
    pub rule: String,
    /// Stays in the average so far, and their days.
    pub totals: Totals,
    /// The county's own average that serves as threshold, in this month and
    /// the next, where the agreement says so and the figure is known.
    pub county_average: [Option<Decimal>; 2],
    /// What started, or may start, charges stay by stay; for
    /// `average_trigger`.
    pub trigger: Option<TriggerMonth>,
}

/// A payer's track under `average_trigger`, as a month finds it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TriggerMonth {
    /// As the months before leave it.
    pub track: Track,
    /// Days charged for those who have left if their month is charged: the
    /// month's own so far, then those of the month before it, and so on, as
    /// far back as a start can reach.
    pub charged: Vec<u64>,
}

impl RuleMonth {
    fn empty(agreement: AgreementId, rule: String) -> Self {
        Self {
            agreement,
            rule,
            totals: Totals::default(),
            county_average: [None, None],
            trigger: None,
        }
    }
}

impl PayerMonth {
    /// A month in which nobody has left yet.
    #[must_use]
    pub fn empty(month: Month) -> Self {
        Self {
            month,
            rules: Vec::new(),
        }
    }

    /// Takes what a discharged stay gives; shares of other months and such
    /// as are in no average are passed over.
    pub fn add(&mut self, share: &Share) {
        if share.month != self.month {
            return;
        }
        if let Standing::Averaged { days } | Standing::Triggering { days, .. } = share.standing {
            self.rule(&share.agreement, &share.rule).totals.add(days);
        }
    }

    /// The part of one rule, empty at first: to set thresholds and charging.
    pub fn rule(&mut self, agreement: &AgreementId, rule: &str) -> &mut RuleMonth {
        let is_it = |it: &RuleMonth| it.agreement == *agreement && it.rule == rule;
        let at = self.rules.iter().position(is_it).unwrap_or_else(|| {
            let empty = RuleMonth::empty(agreement.clone(), rule.to_owned());
            self.rules.push(empty);
            self.rules.len() - 1
        });
        &mut self.rules[at]
    }

    /// What stands around a stay in `month` under the rule that judges it.
    pub(in crate::rules) fn around(&self, judgement: &SpanJudgement<'_>, month: Month) -> Around {
        let own = self
            .rules
            .iter()
            .find(|it| it.agreement == judgement.agreement.id && it.rule == *judgement.rule.id);
        // Nobody has left yet in a month that has not begun; of an earlier one
        // nothing is known here.
        let at = match month.cmp(&self.month) {
            Ordering::Equal => Some(0),
            Ordering::Greater => Some(1),
            Ordering::Less => None,
        };
        let of_now = own.filter(|_| at == Some(0));
        let own = own.zip(at);
        Around {
            totals: of_now.map_or(Totals::default(), |it| it.totals),
            trigger: own.and_then(|(it, at)| match at {
                0 => it.trigger.clone(),
                _ => it.next_trigger(judgement, self.month),
            }),
            threshold: threshold(judgement, month, || {
                own.and_then(|(it, at)| it.county_average[at])
            }),
        }
    }
}

impl RuleMonth {
    /// The track as the month leaves it to the next, with those who have left.
    fn next_trigger(&self, judgement: &SpanJudgement<'_>, month: Month) -> Option<TriggerMonth> {
        let Formula::AverageTrigger(values) = &judgement.rule.formula else {
            return None;
        };
        let mut next = self.trigger.clone()?;
        let above = threshold(judgement, month, || None).is_some_and(|it| self.totals.above(it));
        next.track.month(above, Terms::on(values, month.first()));
        next.charged.insert(0, 0);
        Some(next)
    }
}

/// All other stays of the payer, in one month, under one rule.
#[derive(Debug, Clone)]
pub(in crate::rules) struct Around {
    pub totals: Totals,
    pub threshold: Option<Decimal>,
    pub trigger: Option<TriggerMonth>,
}

impl Around {
    /// Whether earlier months have started charges stay by stay.
    pub fn charging(&self) -> bool {
        self.trigger
            .as_ref()
            .is_some_and(|trigger| trigger.track.charging())
    }
}

fn threshold(
    judgement: &SpanJudgement<'_>,
    month: Month,
    county: impl FnOnce() -> Option<Decimal>,
) -> Option<Decimal> {
    let thresholds = match &judgement.rule.formula {
        Formula::AverageExcess(it) => &it.threshold,
        Formula::AverageTrigger(it) => &it.threshold,
        _ => return None,
    };
    match thresholds.on(month.first()).value {
        Threshold::Days(days) => Some(days),
        Threshold::CountyAverage(_) => county(),
    }
}
