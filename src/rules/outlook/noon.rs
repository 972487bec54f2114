//! The noon clock: ready notices that are not sent yet, and lose a day if
//! they are not sent by noon.
//!
//! Nobody can know which patients a doctor is about to find ready. What can be
//! known is for which the ward planned it: the stays that are not ready though
//! their last expected date of discharge has come. Patients without municipal
//! needs, and those whose compulsory care no court has ended (their span does
//! not begin with the notice), lose nothing at noon.

use chrono::{NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};

use super::{
    cost, judging_payer,
    payer_month::PayerMonth,
    supposed::{self, Deed},
};
use crate::{
    model::{
        ids::{AgreementId, EpisodeId},
        money::Kronor,
        month::Month,
        place::PayerCode,
        stay::Stay,
        time::{self, Instant, local_date, plus_days},
    },
    rules::{Rates, Rulebook, SpanJudgement, agreement::Formula, judge::judge_for, payer_of},
};

/// A stay whose ready notice loses a day if it is not sent by noon.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoonLoss {
    /// Which stay.
    pub episode: EpisodeId,
    /// Who pays, where that is settled.
    pub payer: Option<PayerCode>,
    /// Its ward.
    pub ward: String,
    /// The agreement with the rule on noon.
    pub agreement: AgreementId,
    /// The date for which discharge was planned.
    pub expected_discharge: NaiveDate,
    /// What else is missing, by its code; taken as done together with the
    /// notice.
    pub missing: Vec<String>,
    /// With the notice in time: the first date that can be charged, or day 0
    /// under an average.
    pub in_time: NaiveDate,
    /// The same with the notice after noon.
    pub late: NaiveDate,
    /// Kronor for the days between: the rate of each date that would not be
    /// charged. Under an average a rate only while months are charged stay by
    /// stay, else zero: there the day moves the average alone. None where the
    /// rate is missing.
    pub worth: Option<Kronor>,
}

/// The next noon that a notice can still be sent before: today's, from 12:00
/// on tomorrow's (Swedish time).
#[must_use]
pub fn next_noon(now: Instant) -> Instant {
    let today = local_date(now);
    let noon = time::noon(today);
    if now < noon {
        noon
    } else {
        time::noon(plus_days(today, 1))
    }
}

/// What `stay` loses if its ready notice is not sent by `noon`; none where it
/// is not expected by then, or its rule knows no noon. The stay must be folded
/// as at a moment before it, `payer_month` be the payer's month that holds
/// that moment.
#[must_use]
pub fn noon_loss(
    stay: &Stay,
    noon: Instant,
    rulebook: &Rulebook,
    rates: &Rates,
    payer_month: &PayerMonth,
) -> Option<NoonLoss> {
    let expected = stay.expected_discharge.last()?.date;
    if !awaited(stay) || expected > local_date(noon) {
        return None;
    }
    let payer = judging_payer(stay)?;
    let second = TimeDelta::seconds(1);
    let in_time = start(stay, payer, noon - second, rulebook)?;
    let late = start(stay, payer, noon + second, rulebook)?;
    if late.first <= in_time.first {
        return None;
    }
    let dates = in_time.first.iter_days();
    let lost = dates.take_while(|date| *date < late.first);
    let costs = !in_time.averaged || charging(stay, payer, noon, rulebook, payer_month);
    let worth = if costs {
        lost.map(|date| cost::day_rate(rates, date)).sum()
    } else {
        Some(Kronor::ZERO)
    };
    Some(NoonLoss {
        episode: stay.episode.clone(),
        payer: payer_of(stay).ok(),
        ward: stay.details.ward.clone(),
        agreement: in_time.agreement,
        expected_discharge: expected,
        missing: in_time.missing,
        in_time: in_time.first,
        late: late.first,
        worth,
    })
}

/// Whether a notice sent now would begin a span.
fn awaited(stay: &Stay) -> bool {
    let details = &stay.details;
    let held = details.compulsory_care.is_some() && stay.compulsory_care_ended.is_none();
    stay.is_open() && stay.open_span().is_none() && details.municipal_needs && !held
}

/// What a notice at a moment would begin.
struct Start {
    agreement: AgreementId,
    /// The first date that can be charged, or day 0.
    first: NaiveDate,
    averaged: bool,
    missing: Vec<String>,
}

/// A notice sent at `at`, with all that is missing done at the same time.
fn start(stay: &Stay, payer: PayerCode, at: Instant, rulebook: &Rulebook) -> Option<Start> {
    let ready = supposed::noticed(stay, at)?;
    let judgement = judge(&ready, payer, at, rulebook)?;
    let deeds = supposed::wanting(&judgement);
    let agreement = judgement.agreement;
    let first = match judgement.rule.formula {
        Formula::Individual(_) => {
            let start = supposed::start_if(&ready, payer, agreement, &deeds, at, rulebook)?;
            local_date(start)
        }
        Formula::AverageTrigger(_) => {
            let met = supposed::suppose(&ready, agreement, &deeds, at)?;
            judge(&met, payer, at, rulebook)?.day_zero()?
        }
        _ => return None,
    };
    Some(Start {
        agreement: agreement.id.clone(),
        first,
        averaged: judgement.individual().is_none(),
        missing: deeds
            .into_iter()
            .map(Deed::code)
            .map(str::to_owned)
            .collect(),
    })
}

fn judge<'a>(
    ready: &'a Stay,
    payer: PayerCode,
    at: Instant,
    rulebook: &'a Rulebook,
) -> Option<SpanJudgement<'a>> {
    judge_for(payer, ready, ready.open_span()?, rulebook, local_date(at))
}

/// Whether the month of `noon` is charged stay by stay.
fn charging(
    stay: &Stay,
    payer: PayerCode,
    noon: Instant,
    rulebook: &Rulebook,
    payer_month: &PayerMonth,
) -> bool {
    let ready = supposed::noticed(stay, noon);
    let judgement = ready
        .as_ref()
        .and_then(|ready| judge(ready, payer, noon, rulebook));
    judgement.is_some_and(|judgement| payer_month.around(&judgement, Month::at(noon)).charging())
}
