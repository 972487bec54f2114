//! One payer's entry in a month: what its stays come to under one agreement
//! and model.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::{
    excess,
    figures::{Credit, ExcludedStay, Line, LineKind, PayerFigures, Status},
    findings,
    month::Desk,
    trigger,
};
use crate::{
    model::{
        event::CareForm,
        ids::{AgreementId, EpisodeId},
        money::{Kronor, quantity},
        month::Month,
        place::PayerCode,
    },
    rules::{
        agreement::Applies,
        rulebook::MANUAL,
        share::{Model, Share, Standing},
    },
};

/// What tells one entry from another, in the order in which they stand. An
/// average belongs to one rule; every other model has one entry for all rules.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct EntryKey {
    pub payer: PayerCode,
    pub agreement: AgreementId,
    pub model: Model,
    pub rule: Option<String>,
}

impl EntryKey {
    pub(super) fn new(payer: PayerCode, agreement: AgreementId, model: Model) -> Self {
        Self {
            payer,
            agreement,
            model,
            rule: None,
        }
    }

    pub(super) fn of(share: &Share) -> Self {
        let averaged = matches!(share.model, Model::AverageExcess | Model::AverageTrigger);
        Self {
            payer: share.payer,
            // What is settled by hand stands together, whatever left it so.
            agreement: match share.model {
                Model::Manual => {
                    AgreementId::new(MANUAL).unwrap_or_else(|_| share.agreement.clone())
                }
                _ => share.agreement.clone(),
            },
            model: share.model,
            rule: averaged.then(|| share.rule.clone()),
        }
    }
}

/// What is gathered for one entry.
#[derive(Debug, Default)]
pub(super) struct Entry<'a> {
    pub stays: Vec<(EpisodeId, &'a Share)>,
    pub lines: Vec<Line>,
    pub credits: Vec<Credit>,
}

/// What a model makes of an entry's stays.
#[derive(Debug, Default)]
pub(super) struct Reckoned {
    pub average: Option<String>,
    pub threshold: Option<String>,
    pub lines: Vec<Line>,
}

impl Entry<'_> {
    pub(super) fn figures(mut self, key: &EntryKey, desk: &mut Desk<'_>) -> PayerFigures {
        self.stays.sort_by(|a, b| a.0.cmp(&b.0));
        let reckoned = self.reckon(key, desk);
        self.lines.extend(reckoned.lines);
        self.lines.sort_by(|a, b| {
            (a.kind, a.for_month, &a.episode).cmp(&(b.kind, b.for_month, &b.episode))
        });
        for (episode, share) in &self.stays {
            if matches!(share.standing, Standing::Excluded { reason } if reason.for_finance()) {
                desk.findings
                    .push(findings::manual_stay(key.payer, episode, share));
            }
        }
        PayerFigures {
            payer: key.payer,
            name: key.payer.name().to_owned(),
            agreement: key.agreement.clone(),
            model: key.model,
            rule: key.rule.clone(),
            care_forms: care_forms(key, desk),
            status: Status::Open,
            discharged: self.discharged().count().try_into().unwrap_or(u32::MAX),
            counted: self.counted(),
            excluded: self.excluded(),
            average: reckoned.average,
            threshold: reckoned.threshold,
            amount: self.lines.iter().map(|line| line.amount).sum(),
            lines: self.lines,
            credits: self.credits,
        }
    }

    fn reckon(&self, key: &EntryKey, desk: &mut Desk<'_>) -> Reckoned {
        let rule = key.rule.as_deref().and_then(|rule| {
            let agreement = desk.rulebook.get(key.agreement.as_str())?;
            agreement.rule(rule)
        });
        match (key.model, rule) {
            (Model::Individual, _) => Reckoned {
                lines: self.individual(key.payer, desk),
                ..Reckoned::default()
            },
            (Model::AverageExcess, Some(rule)) => excess::reckon(self, key, rule, desk),
            (Model::AverageTrigger, Some(rule)) => trigger::reckon(self, key, rule, desk),
            _ => Reckoned::default(),
        }
    }

    fn individual(&self, payer: PayerCode, desk: &mut Desk<'_>) -> Vec<Line> {
        let charged = self
            .stays
            .iter()
            .filter_map(|(episode, share)| match &share.standing {
                Standing::Individual { dates } => Some((episode, u32::try_from(dates.len()).ok()?)),
                _ => None,
            });
        charged
            .filter_map(|(episode, days)| {
                let of_stay = OfStay {
                    kind: LineKind::Individual,
                    episode,
                    for_month: None,
                };
                of_stay.line(days, payer, desk)
            })
            .collect()
    }

    fn discharged(&self) -> impl Iterator<Item = &(EpisodeId, &Share)> {
        self.stays.iter().filter(|(_, share)| share.discharged)
    }

    fn counted(&self) -> u32 {
        let counted = self.discharged().filter(|(_, share)| {
            matches!(
                share.standing,
                Standing::Individual { .. }
                    | Standing::Averaged { .. }
                    | Standing::Triggering { .. }
            )
        });
        counted.count().try_into().unwrap_or(u32::MAX)
    }

    fn excluded(&self) -> Vec<ExcludedStay> {
        let excluded = self
            .discharged()
            .filter_map(|(episode, share)| match share.standing {
                Standing::Excluded { reason } => Some(ExcludedStay {
                    episode: episode.clone(),
                    reason: reason.code().to_owned(),
                }),
                _ => None,
            });
        excluded.collect()
    }

    /// The shares of the entry's stays.
    pub(super) fn shares(&self) -> impl Iterator<Item = &Share> {
        self.stays.iter().map(|(_, share)| *share)
    }
}

/// The care forms that an average's rule is for in the desk's month.
fn care_forms(key: &EntryKey, desk: &Desk<'_>) -> Vec<CareForm> {
    let agreement = desk.rulebook.get(key.agreement.as_str());
    let rule = agreement.and_then(|it| it.rule(key.rule.as_deref()?));
    let (first, last) = (desk.month.first(), desk.month.last());
    let holds = |it: &&Applies| it.from <= last && it.until.is_none_or(|until| first <= until);
    let forms = rule.into_iter().flat_map(|rule| rule.applies.iter());
    let forms: BTreeSet<_> = forms.filter(holds).map(|it| it.care_form).collect();
    forms.into_iter().collect()
}

/// What a line about one stay is for.
pub(super) struct OfStay<'a> {
    pub kind: LineKind,
    pub episode: &'a EpisodeId,
    pub for_month: Option<Month>,
}

impl OfStay<'_> {
    /// Days × the rate of the month's year; no line for zero days.
    pub(super) fn line(&self, days: u32, payer: PayerCode, desk: &mut Desk<'_>) -> Option<Line> {
        let line = at_rate(
            self.kind,
            days.into(),
            self.for_month.unwrap_or(desk.month),
            payer,
            desk,
        )?;
        Some(Line {
            episode: Some(self.episode.clone()),
            for_month: self.for_month,
            ..line
        })
    }
}

/// A quantity × the rate of `month`'s year. None for zero or less, and where
/// the rate is missing, which is noted: never a guess.
pub(super) fn at_rate(
    kind: LineKind,
    days: Decimal,
    month: Month,
    payer: PayerCode,
    desk: &mut Desk<'_>,
) -> Option<Line> {
    if days <= Decimal::ZERO {
        return None;
    }
    let Some(rate) = desk.rates.get(month.year()) else {
        desk.findings
            .push(findings::missing_rate(payer, month.year()));
        return None;
    };
    let Ok(amount) = Kronor::line_amount(days, rate.amount) else {
        desk.findings.push(findings::amount_too_large(payer));
        return None;
    };
    Some(Line {
        kind,
        episode: None,
        for_month: None,
        quantity: days,
        rate: rate.amount.decimal(),
        amount,
    })
}

/// How an average or threshold is shown: at least one decimal; an exact
/// average to four, which is more than any comparison shows.
pub(super) fn shown(value: Decimal) -> String {
    quantity(crate::model::money::half_up(value, 4), 1)
}
