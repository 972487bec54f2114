//! Lines about one stay: its own steps, its days, and what they cost.

use rust_decimal::Decimal;

use super::{Asked, value};
use crate::{
    ledger::figures::{Line, LineKind},
    model::{
        ids::EpisodeId,
        money::{Kronor, quantity},
        month::Month,
    },
    rules::{
        agreement::{AverageTrigger, Formula, Source},
        explain::Inputs,
        share::{Share, Standing},
        trace::{Change, Effect, Step, codes},
    },
};

/// A line about one stay.
pub(super) struct Own<'a> {
    asked: &'a Asked<'a>,
    line: &'a Line,
    share: Option<(EpisodeId, Share)>,
}

impl<'a> Own<'a> {
    pub fn of(asked: &'a Asked<'a>, line: &'a Line) -> Self {
        Self {
            asked,
            line,
            share: share(asked, line),
        }
    }

    /// The stay's steps, the days charged, rate and amount; what averages led
    /// to stands before the days.
    pub fn steps(&self, average: &[Step]) -> Vec<Step> {
        let Some((episode, share)) = &self.share else {
            return Vec::new();
        };
        let mut steps = self.asked.sources.witness.stay(episode, share, true);
        steps.extend(average.iter().filter(|it| it.code == codes::TRACK).cloned());
        let (days, step) = self.days(share);
        steps.push(step);
        steps.extend(money(self.asked, days, self.month()));
        steps
    }

    /// How much shorter the stay would have to be not to be charged by itself.
    pub fn shorter(&self) -> Option<Change> {
        let (_, share) = self.share.as_ref()?;
        let (days, (from, _, source)) = match share.standing {
            Standing::LongStay { days, .. } => (days, self.long_stay()?),
            Standing::Triggering { days, .. } => (days, self.terms()?),
            _ => return None,
        };
        let agreement = self.asked.sources.rulebook.get(share.agreement.as_str())?;
        Some(Change {
            action: codes::SHORTER_STAY.to_owned(),
            effect: Effect::LineGoes,
            reason: None,
            days: Some((days + 1).saturating_sub(from)),
            ..Change::nothing("", Some(agreement.clause(source)))
        })
    }

    /// What can still be done about the stay.
    pub fn changes(&self) -> Vec<Change> {
        let share = self.share.iter();
        let witness = self.asked.sources.witness;
        share
            .flat_map(|(episode, share)| witness.changes(episode, share))
            .collect()
    }

    fn month(&self) -> Month {
        self.line.for_month.unwrap_or(self.asked.month)
    }

    /// Days charged of what the stay gives.
    fn days(&self, share: &Share) -> (Decimal, Step) {
        let mut inputs = Inputs::default();
        let (charged, source) = match &share.standing {
            Standing::Individual { dates } => {
                inputs.value("days", dates.len());
                (dates.len() as u64, None)
            }
            Standing::LongStay { days, charged } => {
                inputs.value("days", days);
                let source = self.long_stay().map(|(from, free, source)| {
                    inputs.value("from", from);
                    inputs.value("free", free);
                    source
                });
                (u64::from(*charged), source)
            }
            Standing::Triggering { days, .. } => {
                inputs.value("days", days);
                match self.terms() {
                    Some((from, free, source)) => {
                        inputs.value("from", from);
                        inputs.value("free", free);
                        let charged = if *days >= from {
                            days.saturating_sub(free)
                        } else {
                            0
                        };
                        (charged.into(), Some(source))
                    }
                    None => (0, None),
                }
            }
            Standing::Averaged { .. } | Standing::Excluded { .. } => (0, None),
        };
        let mut step = value(codes::LINE_DAYS, inputs, charged);
        let rulebook = self.asked.sources.rulebook;
        let agreement = rulebook.get(share.agreement.as_str());
        step.clause = match &share.standing {
            Standing::Individual { .. } => rulebook.reading("attribution"),
            _ => agreement
                .zip(source)
                .map(|(agreement, source)| agreement.clause(source)),
        };
        (charged.into(), step)
    }

    fn formula(&self) -> Option<&'a Formula> {
        let (_, share) = self.share.as_ref()?;
        let agreement = self.asked.sources.rulebook.get(share.agreement.as_str())?;
        Some(&agreement.rule(&share.rule)?.formula)
    }

    /// From how many days, how many of them free, and where it stands.
    fn long_stay(&self) -> Option<(u32, u32, &'a Source)> {
        let Formula::AverageExcess(values) = self.formula()? else {
            return None;
        };
        let first = self.month().first();
        let from = values.long_stay_from.as_ref()?.on(first);
        let free = values.long_stay_free.as_ref()?.on(first);
        Some((from.value.0.into(), free.value.0.into(), &from.source))
    }

    fn terms(&self) -> Option<(u32, u32, &'a Source)> {
        let Formula::AverageTrigger(values) = self.formula()? else {
            return None;
        };
        let values: &AverageTrigger = values;
        let first = self.month().first();
        let (from, free) = (values.charged_from.on(first), values.free_days.on(first));
        let retroactive = self.line.kind == LineKind::Retroactive;
        let source = if retroactive {
            &values.retroactive_from_time.on(first).source
        } else {
            &from.source
        };
        Some((from.value.0.into(), free.value.0.into(), source))
    }
}

/// What the line's stay gives: to this month, or to the earlier one that the
/// line is for.
fn share(asked: &Asked<'_>, line: &Line) -> Option<(EpisodeId, Share)> {
    let episode = line.episode.as_ref()?;
    let Some(month) = line.for_month else {
        let mut own = asked.shares.iter();
        return own
            .find(|(other, _)| other == episode)
            .map(|it| (*it).clone());
    };
    let (payer, agreement) = (asked.entry.payer, &asked.entry.agreement);
    let mut shares = asked.sources.history.shares(month, agreement, Some(payer));
    shares.retain(|(other, share)| {
        other == episode && share.month == month && asked.rule == Some(share.rule.as_str())
    });
    shares.pop()
}

/// Rate and amount of a quantity; nothing where the year has no rate.
pub(super) fn money(asked: &Asked<'_>, days: Decimal, month: Month) -> Vec<Step> {
    let Some(rate) = asked.sources.rates.get(month.year()) else {
        return Vec::new();
    };
    let mut of_year = Inputs::default();
    of_year.value("year", month.year());
    of_year.value("source", &rate.source);
    let mut product = Inputs::default();
    product.value("quantity", quantity(days, 0));
    product.value("rate", rate.amount);
    let amount = Kronor::line_amount(days, rate.amount).unwrap_or_default();
    vec![
        value(codes::RATE, of_year, rate.amount),
        value(codes::LINE_AMOUNT, product, amount),
    ]
}
