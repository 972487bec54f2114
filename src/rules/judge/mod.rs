//! One ready span, judged: by which rule, on which dates what held, and what
//! it counts for. Everything else that the engine says of a span (its days,
//! its money, its outlook, its explanation) is read off a [`SpanJudgement`].

mod condition;
mod days;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use chrono::{NaiveDate, NaiveTime, TimeDelta};

pub use condition::{Condition, Window};

use super::{
    agreement::{
        Agreement, CountsFrom, Dated, Formula, Grace, Individual, OpenCare, Rule, Source, Unmet,
    },
    orders::{Suspension, decisive_date},
    payer::payer_of,
    rulebook::Rulebook,
    share::Exclusion,
    trace::Clause,
};
use crate::model::{
    place::PayerCode,
    stay::{OpenCareGap, ReadySpan, SpanEnd, SpanEnding, Stamp, Stay},
    time::{self, Instant, plus_days},
};

/// What the rule in force makes of one ready span. All dates are local.
#[derive(Debug, Clone)]
pub struct SpanJudgement<'a> {
    /// Who pays.
    pub payer: PayerCode,
    /// The agreement that judges it.
    pub agreement: &'a Arc<Agreement>,
    /// Its rule that does.
    pub rule: &'a Rule,
    /// The ready notice.
    pub notice: &'a Stamp,
    /// Where rules count from: the notice, or the court's later end of
    /// compulsory care.
    pub start: &'a Stamp,
    /// The start's date.
    pub start_date: NaiveDate,
    /// Whether the start came too late to count as by noon; always false
    /// where the rule has no noon.
    pub after_noon: bool,
    /// What ended it, if anything did.
    pub end: Option<&'a SpanEnd>,
    /// The end's date.
    pub end_date: Option<NaiveDate>,
    /// The rule's preconditions, in its order, with the dates on which they held.
    pub conditions: Vec<Condition<'a>>,
    /// Dates touched by missing open care, ascending and apart; those of an
    /// open gap run on for ever.
    pub open_care: Vec<Window>,
    gaps: &'a [OpenCareGap],
    turns_18: Option<NaiveDate>,
    /// The suspension of its agreement that keeps it from being charged.
    pub suspended: Option<&'a Suspension>,
}

/// What keeps a date from being charged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Obstacle<'j, 'a> {
    /// The agreement is suspended for the span.
    Suspended,
    /// The rule charges no single dates.
    OtherModel,
    /// The free days run.
    Grace,
    /// A precondition did not hold all that day.
    Condition(&'j Condition<'a>),
    /// Care that the region owes was missing.
    OpenCare,
    /// The span had ended.
    Ended,
}

/// Judges `span` of `stay` by the rule in force. For an open span, a rule
/// that goes by the end is the one in force on `today`.
///
/// None where the span does not count (compulsory care that no court ended in
/// time), or where it is not settled who pays: see [`payer_of`].
#[must_use]
pub fn judge_span<'a>(
    stay: &'a Stay,
    span: &'a ReadySpan,
    rulebook: &'a Rulebook,
    today: NaiveDate,
) -> Option<SpanJudgement<'a>> {
    judge_for(payer_of(stay).ok()?, stay, span, rulebook, today)
}

/// [`judge_span`] where the payer is known.
#[must_use]
pub fn judge_for<'a>(
    payer: PayerCode,
    stay: &'a Stay,
    span: &'a ReadySpan,
    rulebook: &'a Rulebook,
    today: NaiveDate,
) -> Option<SpanJudgement<'a>> {
    let start = span.counted_from()?;
    let clock = time::local(start.at);
    let start_date = clock.date();
    let end_date = span.end.as_ref().map(|end| time::local_date(end.stamp.at));
    let end = end_date.unwrap_or(today).max(start_date);
    let (agreement, rule) = rulebook.rule_for(
        payer.municipality(),
        stay.details.care_form,
        start_date,
        end,
    );
    let facts = condition::Facts {
        stay,
        agreement,
        start,
        start_date,
        counts_from: counts_from(rule, start_date),
    };
    Some(SpanJudgement {
        payer,
        agreement,
        rule,
        notice: &span.notice,
        start,
        start_date,
        after_noon: after_noon(rule, start_date, clock.time()),
        end: span.end.as_ref(),
        end_date,
        conditions: rule
            .preconditions
            .iter()
            .map(|it| facts.condition(it))
            .collect(),
        open_care: condition::touched(stay),
        gaps: &stay.open_care_gaps,
        turns_18: stay.details.turns_18,
        suspended: rulebook.suspension(&agreement.id, decisive_date(rule, start_date, end)),
    })
}

fn counts_from(rule: &Rule, start: NaiveDate) -> CountsFrom {
    match &rule.formula {
        Formula::Individual(it) => it.preconditions_count_from.on(start).value,
        _ => CountsFrom::DayAfter,
    }
}

fn after_noon(rule: &Rule, start: NaiveDate, clock: NaiveTime) -> bool {
    let noon_in_time = match &rule.formula {
        Formula::Individual(it) => it.noon_in_time.on(start).value.0,
        Formula::AverageTrigger(it) => it.noon_in_time.on(start).value.0,
        _ => return false,
    };
    let noon = NaiveTime::MIN + TimeDelta::hours(12);
    clock > noon || (clock == noon && !noon_in_time)
}

impl<'a> SpanJudgement<'a> {
    /// The values of an `individual` rule, where that judges the span.
    #[must_use]
    pub fn individual(&self) -> Option<&'a Individual> {
        match &self.rule.formula {
            Formula::Individual(it) => Some(it),
            _ => None,
        }
    }

    /// Days or weekdays from the start's date to the first date that can be
    /// charged, and where they stand; none but under an `individual` rule.
    #[must_use]
    pub fn grace(&self) -> Option<(Grace, &'a Source)> {
        let it = self.individual()?;
        let days = if self.after_noon {
            it.grace_days_after_noon.on(self.start_date)
        } else {
            it.grace_days.on(self.start_date)
        };
        Some((days.value, &days.source))
    }

    /// Whether a notice after noon has other free days than one by noon.
    #[must_use]
    pub fn noon_matters(&self) -> bool {
        self.individual().is_some_and(|it| {
            let date = self.start_date;
            it.grace_days.on(date).value != it.grace_days_after_noon.on(date).value
        })
    }

    /// The first date that can be charged, from the free days alone.
    #[must_use]
    pub fn first_possible_date(&self) -> Option<NaiveDate> {
        let (grace, _) = self.grace()?;
        Some(grace.after(self.start_date))
    }

    /// The first date after the span's last chargeable one, once it has ended.
    #[must_use]
    pub fn ends_before(&self) -> Option<NaiveDate> {
        let end = self.end_date?;
        let charged = self
            .individual()
            .is_some_and(|it| it.discharge_day_charged.on(self.start_date).value.0);
        Some(if charged { plus_days(end, 1) } else { end })
    }

    /// What keeps `date` from being charged, the plainest first. For a date
    /// to come: as things stand and if nothing more happens.
    #[must_use]
    pub fn obstacle(&self, date: NaiveDate) -> Option<Obstacle<'_, 'a>> {
        let Some(first) = self.first_possible_date() else {
            return Some(Obstacle::OtherModel);
        };
        if self.ends_before().is_some_and(|end| date >= end) {
            return Some(Obstacle::Ended);
        }
        if self.suspended.is_some() {
            return Some(Obstacle::Suspended);
        }
        if date < first {
            return Some(Obstacle::Grace);
        }
        let missing = self.conditions.iter().find(|it| !it.held_on(date));
        if let Some(condition) = missing {
            return Some(Obstacle::Condition(condition));
        }
        (self.open_care_counts() && self.open_care_missing(date)).then_some(Obstacle::OpenCare)
    }

    /// Whether `date` is charged by itself, or would be if nothing more happens.
    #[must_use]
    pub fn chargeable(&self, date: NaiveDate) -> bool {
        self.obstacle(date).is_none()
    }

    /// The chargeable dates before `today` (before the end, once it has
    /// ended), ascending.
    pub fn chargeable_dates(&self, today: NaiveDate) -> impl Iterator<Item = NaiveDate> + '_ {
        let end = self.ends_before().unwrap_or(today);
        let first = self.first_possible_date().unwrap_or(end);
        first
            .iter_days()
            .take_while(move |date| *date < end)
            .filter(|date| self.chargeable(*date))
    }

    /// The first chargeable date, as things stand and if nothing more
    /// happens: start of liability.
    #[must_use]
    pub fn liability_date(&self) -> Option<NaiveDate> {
        self.liability_date_if(&[])
    }

    /// The first chargeable date from `today` on, as things stand and if
    /// nothing more happens; none while something is missing.
    #[must_use]
    pub fn next_chargeable(&self, today: NaiveDate) -> Option<NaiveDate> {
        if self.suspended.is_some() || self.failing().is_some() || self.open_care_blocks() {
            return None;
        }
        let from = self.first_possible_date()?.max(today);
        // Only dates that have begun can be touched or half met: with
        // everything standing, one of the next days is free of both.
        from.iter_days().take(8).find(|date| self.chargeable(*date))
    }

    /// The first chargeable date as one sees it on `today`: of an ended span
    /// its first, of an open one the date on which running liability began,
    /// else the next chargeable date to come; none while something is missing.
    #[must_use]
    pub fn liability_as_at(&self, today: NaiveDate) -> Option<NaiveDate> {
        if self.end.is_some() || self.chargeable(today) {
            self.liability_date()
        } else {
            self.next_chargeable(today)
        }
    }

    /// Whether care that the region owes is missing at the moment, and the
    /// rule cares.
    #[must_use]
    pub fn open_care_blocks(&self) -> bool {
        self.end.is_none()
            && self.open_care_counts()
            && self
                .open_care
                .last()
                .is_some_and(|gap| gap.to == NaiveDate::MAX)
    }

    /// The first chargeable date if besides what stands each of `met` held
    /// from its date on (all that day), and missing open care were back from
    /// the date given for it.
    #[must_use]
    pub fn liability_date_if(&self, met: &[IfMet]) -> Option<NaiveDate> {
        let first = self
            .first_possible_date()
            .filter(|_| self.suspended.is_none())?;
        let end = self.ends_before();
        // Only the edge of a window can be the answer.
        let edges = self
            .conditions
            .iter()
            .flat_map(|it| it.windows.iter().map(|w| w.from));
        let after_gaps = self
            .open_care
            .iter()
            .filter(|gap| gap.to != NaiveDate::MAX)
            .map(|gap| plus_days(gap.to, 1));
        let supposed = met.iter().map(|it| it.from);
        let holds = |date: NaiveDate| {
            end.is_none_or(|end| date < end)
                && self.conditions.iter().all(|it| {
                    it.held_on(date)
                        || met
                            .iter()
                            .any(|met| met.fact == Some(it.precondition.fact) && date >= met.from)
                })
                && !(self.open_care_counts()
                    && self.open_care_missing(date)
                    && !met.iter().any(|met| met.fact.is_none() && date >= met.from))
        };
        std::iter::once(first)
            .chain(
                edges
                    .chain(after_gaps)
                    .chain(supposed)
                    .filter(|date| *date > first),
            )
            .filter(|date| holds(*date))
            .min()
    }

    /// Whether the rule cares for missing open care at all.
    fn open_care_counts(&self) -> bool {
        let open_care = match &self.rule.formula {
            Formula::Individual(it) => &it.open_care,
            Formula::AverageExcess(it) => &it.open_care,
            Formula::AverageTrigger(it) => &it.open_care,
            _ => return false,
        };
        open_care.on(self.start_date).value != OpenCare::Ignored
    }

    /// Whether care that the region owes was missing at any time of `date`.
    #[must_use]
    pub fn open_care_missing(&self, date: NaiveDate) -> bool {
        self.open_care.iter().any(|window| window.holds(date))
    }

    /// Where the rule on missing open care stands.
    #[must_use]
    pub fn open_care_source(&self) -> Option<&'a Source> {
        let open_care = match &self.rule.formula {
            Formula::Individual(it) => &it.open_care,
            Formula::AverageExcess(it) => &it.open_care,
            Formula::AverageTrigger(it) => &it.open_care,
            _ => return None,
        };
        Some(&open_care.on(self.start_date).source)
    }

    /// Whether the discharge ended the span.
    #[must_use]
    pub fn discharged(&self) -> bool {
        self.end
            .is_some_and(|end| end.how == SpanEnding::Discharged)
    }

    /// The first precondition that does not stand at the end (or now), in
    /// the rule's order.
    #[must_use]
    pub fn failing(&self) -> Option<&Condition<'a>> {
        self.conditions.iter().find(|condition| !condition.stands)
    }

    /// Why the span would leave an average if it were discharged on `date`.
    /// One that is unmet leaves it only where the rule says so: see
    /// [`Self::counts_as_zero`].
    #[must_use]
    pub fn left_out_on(&self, date: NaiveDate) -> Option<Exclusion> {
        if self.suspended.is_some() {
            return Some(Exclusion::Suspended);
        }
        let adults_only = match &self.rule.formula {
            Formula::AverageExcess(it) => it.adults_only.on(date).value.0,
            _ => false,
        };
        if adults_only && self.turns_18.is_some_and(|birthday| date < birthday) {
            return Some(Exclusion::Minor);
        }
        let failing = self.failing()?;
        if self.unmet_on(date) == Unmet::CountedAsZero {
            return None;
        }
        Some(match self.rule.formula {
            // Every part of home-readiness is one there.
            Formula::AverageTrigger(_) => Exclusion::NotHomeReady,
            _ => failing.exclusion(),
        })
    }

    /// Whether the span, discharged on `date`, would be in its average
    /// without any days: something is unmet, and the rule counts such as zero.
    #[must_use]
    pub fn counts_as_zero(&self, date: NaiveDate) -> bool {
        self.failing().is_some()
            && self.unmet_on(date) == Unmet::CountedAsZero
            && self.left_out_on(date).is_none()
    }

    /// Where it stands whether the span, discharged on `date`, is in its
    /// average.
    #[must_use]
    pub fn member_source(&self, date: NaiveDate) -> &'a Source {
        let asked = self.failing().is_some() && self.left_out_on(date) != Some(Exclusion::Minor);
        let unmet = self.unmet().filter(|_| asked);
        unmet.map_or(&self.rule.source, |unmet| &unmet.on(date).source)
    }

    fn unmet_on(&self, date: NaiveDate) -> Unmet {
        let unmet = self.unmet().map(|unmet| unmet.on(date).value);
        unmet.unwrap_or(Unmet::Leaves)
    }

    fn unmet(&self) -> Option<&'a Dated<Unmet>> {
        match &self.rule.formula {
            Formula::AverageExcess(it) => it.unmet.as_ref(),
            Formula::AverageTrigger(it) => it.unmet.as_ref(),
            _ => None,
        }
    }

    /// Days with which the span would be in its average, or be charged by
    /// itself, if it were discharged at `end`; none under a rule without an
    /// average.
    #[must_use]
    pub fn days_given(&self, end: Instant) -> Option<u32> {
        let days = self.counted_days(end)?;
        if self.counts_as_zero(time::local_date(end)) {
            return Some(0);
        }
        Some(days)
    }

    /// Days from start to end as an average counts them, if the span ends at
    /// `end`, whatever is met; none under a rule without an average.
    #[must_use]
    pub fn counted_days(&self, end: Instant) -> Option<u32> {
        days::counted(self, end)
    }

    /// The first instant at which an average counts so many days for the
    /// span, if it goes on and nothing more happens; none while open care is
    /// missing, or under a rule without an average.
    #[must_use]
    pub fn days_reached(&self, days: u32) -> Option<Instant> {
        days::reached(self, days)
    }

    /// Day 0 of an `average_trigger` rule.
    #[must_use]
    pub fn day_zero(&self) -> Option<NaiveDate> {
        matches!(self.rule.formula, Formula::AverageTrigger(_)).then(|| days::zero(self))
    }

    /// The clause at `source`, as explanations name it.
    #[must_use]
    pub fn clause(&self, source: &Source) -> Clause {
        self.agreement.clause(source)
    }
}

/// A supposition: that something held from a date on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IfMet {
    /// What: a precondition's fact, or none for open care that is back.
    pub fact: Option<super::agreement::Fact>,
    /// The first date on which it would hold all day.
    pub from: NaiveDate,
}
