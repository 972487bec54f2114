//! What would change the answer: each deed is done in a copy of the stay, and
//! the copy judged by the same engine.

use chrono::TimeDelta;

use super::View;
use crate::{
    model::{
        place::PayerCode,
        stay::{ReadySpan, SpanEnding, Stay},
        time::{Instant, local_date, start_of},
    },
    rules::{
        SpanJudgement,
        agreement::{Agreement, Fact, Formula, JudgedOn},
        judge::{Condition, judge_for},
        outlook::{
            cost,
            supposed::{Deed, suppose, wanting},
        },
        payer_of,
        share::Exclusion,
        trace::{Change, Clause, Doing, Effect, codes},
    },
};

impl View<'_> {
    /// What would change the answer for `span`, or where none is given for a
    /// stay without an open one. Never empty for a span.
    pub(super) fn changes(
        &self,
        span: Option<&ReadySpan>,
        payer: Option<PayerCode>,
    ) -> Vec<Change> {
        if !self.stay.is_open() {
            // Who pays can still be registered, and holds up the close till then.
            let register = self.register();
            return vec![register.unwrap_or_else(|| Change::nothing("stay_ended", None))];
        }
        if span.is_some_and(|span| span.end.is_some()) {
            return vec![Change::nothing("span_ended", None)];
        }
        let mut changes: Vec<_> = self.register().into_iter().collect();
        if let Some(payer) = payer {
            self.deeds(span, payer, &mut changes);
        }
        changes
    }

    /// What must be registered before anybody can be billed.
    fn register(&self) -> Option<Change> {
        let reason = payer_of(self.stay).err()?;
        let field = match self.stay.details.paying_municipality() {
            None => "municipality",
            Some(_) => "district",
        };
        Some(
            Change {
                events: vec![doing("details_changed", Some(field))],
                at: Some(self.now),
                effect: Effect::PayerSettled,
                reason: Some(reason.code().to_owned()),
                clause: super::statute(self.rulebook, "5 kap. 2 §"),
                ..Change::nothing(codes::DETAILS_CHANGED, None)
            }
            .doing(codes::DETAILS_CHANGED),
        )
    }

    fn deeds(&self, span: Option<&ReadySpan>, payer: PayerCode, changes: &mut Vec<Change>) {
        let first = self.before_judging(span);
        let today = local_date(self.now);
        let agreement = self.agreement(payer, span);
        let Some(copy) = suppose(self.stay, agreement, &first, self.now) else {
            return;
        };
        let judged = copy
            .open_span()
            .and_then(|span| judge_for(payer, &copy, span, self.rulebook, today));
        let Some(judgement) = judged else {
            return;
        };
        if let Some(hopeless) = hopeless(&judgement, today) {
            changes.push(hopeless);
            return;
        }
        let trial = Trial {
            view: *self,
            payer,
            agreement: judgement.agreement,
        };
        let needed: Vec<Deed> = first.iter().copied().chain(wanting(&judgement)).collect();
        for deed in &needed {
            let mut change = trial.done(&[*deed], &judgement);
            change.clause = self.deed_clause(&judgement, *deed);
            // A last day that has passed is none, where a later call counts too.
            let last = condition(&judgement, *deed).and_then(|it| it.last_date);
            change.by = last.filter(|last| today <= *last);
            changes.push(change);
        }
        if needed.len() > 1 {
            changes.push(trial.done(&needed, &judgement).doing(codes::ALL));
        }
        if span.is_some_and(|span| span.counted_from().is_some()) && first.is_empty() {
            changes.extend(trial.leaving());
        }
    }

    /// What must happen before a rule can judge at all.
    fn before_judging(&self, span: Option<&ReadySpan>) -> Vec<Deed> {
        let mut first = Vec::new();
        if !self.stay.details.municipal_needs {
            first.push(Deed::MunicipalNeeds);
        }
        if span.is_none() {
            first.push(Deed::ReadyNotice);
        }
        let details = &self.stay.details;
        if details.compulsory_care.is_some() && self.stay.compulsory_care_ended.is_none() {
            first.push(Deed::CompulsoryCareEnds);
        }
        first
    }

    /// The agreement that judges the span, or would if it began now.
    fn agreement(&self, payer: PayerCode, span: Option<&ReadySpan>) -> &Agreement {
        let today = local_date(self.now);
        let start = span.and_then(ReadySpan::counted_from);
        let start = start.map_or(today, |start| local_date(start.at));
        let care_form = self.stay.details.care_form;
        let (agreement, _) =
            self.rulebook
                .rule_for(payer.municipality(), care_form, start, today.max(start));
        agreement
    }

    fn deed_clause(&self, judgement: &SpanJudgement<'_>, deed: Deed) -> Option<Clause> {
        let source = match deed {
            Deed::Meet(_) => condition(judgement, deed)?.source(judgement.start_date),
            Deed::OpenCareBack => judgement.open_care_source()?,
            Deed::CompulsoryCareEnds => return self.reading("compulsory_care"),
            Deed::MunicipalNeeds => return self.reading("no_municipal_needs"),
            Deed::ReadyNotice | Deed::End(_) => &judgement.rule.source,
        };
        Some(judgement.clause(source))
    }
}

/// The condition that a deed would meet.
fn condition<'j, 'a>(judgement: &'j SpanJudgement<'a>, deed: Deed) -> Option<&'j Condition<'a>> {
    let asked: Fact = match deed {
        Deed::Meet(fact) => fact,
        _ => return None,
    };
    let mut conditions = judgement.conditions.iter();
    conditions.find(|it| it.precondition.fact == asked)
}

/// Why nothing that is done now helps the span, if so.
fn hopeless(judgement: &SpanJudgement<'_>, today: chrono::NaiveDate) -> Option<Change> {
    let rule = || Some(judgement.clause(&judgement.rule.source));
    match judgement.rule.formula {
        Formula::FixedShare(_) => return Some(Change::nothing("fixed_share", rule())),
        Formula::Manual => return Some(Change::nothing("manual", rule())),
        Formula::Nothing => return Some(Change::nothing("nothing_due", rule())),
        _ => {}
    }
    // Under an average the date of leaving decides, which may come later.
    if judgement.suspended.is_some() && judgement.rule.judged_on == JudgedOn::SpanStart {
        return Some(Change::nothing("suspended", None));
    }
    let late = judgement.conditions.iter().find(|it| it.too_late(today));
    if let Some(late) = late {
        let clause = judgement.clause(late.source(judgement.start_date));
        return Some(Change {
            by: late.last_date,
            ..Change::nothing("too_late", Some(clause))
        });
    }
    let minor = judgement.left_out_on(today) == Some(Exclusion::Minor);
    minor.then(|| Change::nothing("minor", rule()))
}

/// Deeds are tried out on copies of the stay.
struct Trial<'a> {
    view: View<'a>,
    payer: PayerCode,
    agreement: &'a Agreement,
}

impl Trial<'_> {
    /// What doing `deeds` now and nothing else leads to. `whole` is the span
    /// as judged with everything done that comes before judging.
    fn done(&self, deeds: &[Deed], whole: &SpanJudgement<'_>) -> Change {
        let (view, at) = (&self.view, self.moment(deeds));
        let mut change = Change {
            at: Some(at),
            events: deeds.iter().flat_map(|deed| self.events(*deed)).collect(),
            effect: Effect::None,
            ..Change::nothing("others_missing", None)
        }
        .doing(deeds.first().map_or(codes::ALL, |deed| deed.code()));
        let copy = suppose(view.stay, self.agreement, deeds, at);
        let Some(copy) = copy.filter(|copy| copy.details.municipal_needs) else {
            return change;
        };
        match whole.rule.formula {
            Formula::Individual(_) => {
                change.liability_start = self.start(&copy, deeds);
                if change.liability_start.is_some() {
                    change.effect = Effect::LiabilityStart;
                }
            }
            _ => self.averaged(&copy, deeds, at, &mut change),
        }
        if change.effect != Effect::None {
            change.reason = None;
        }
        change
    }

    /// The moment at which `deeds` are tried: now, or the next one where what
    /// they do was undone at this very instant. Events of one instant count in
    /// the order of their kinds, so that the deed would come first, and be
    /// undone as well.
    fn moment(&self, deeds: &[Deed]) -> Instant {
        let (stay, now) = (self.view.stay, self.view.now);
        let undone = |deed: &Deed| match deed {
            Deed::ReadyNotice => {
                let mut ends = stay.spans.iter().filter_map(|span| span.end.as_ref());
                ends.any(|end| end.stamp.at == now)
            }
            Deed::Meet(Fact::SipCalled) => {
                let mut ends = stay.sip_calls.iter().filter_map(|it| it.withdrawn.as_ref());
                ends.any(|withdrawn| withdrawn.at == now)
            }
            Deed::Meet(Fact::Checklist) => {
                let mut marks = stay.checklist.iter();
                marks.any(|mark| !mark.done && mark.stamp.at == now)
            }
            _ => false,
        };
        match deeds.iter().any(undone) {
            true => now + TimeDelta::milliseconds(1),
            false => now,
        }
    }

    /// The first instant of the first date that would be charged and is not
    /// charged yet. Corrections reach back to the stay's start.
    fn start(&self, copy: &Stay, deeds: &[Deed]) -> Option<Instant> {
        let view = &self.view;
        let today = local_date(view.now);
        let judged = |span| judge_for(self.payer, copy, span, view.rulebook, today);
        let date = if deeds.contains(&Deed::MunicipalNeeds) {
            let spans = copy.spans.iter().filter_map(judged);
            spans.filter_map(|it| it.liability_date()).min()
        } else {
            judged(copy.open_span()?)?.next_chargeable(today)
        };
        date.map(start_of)
    }

    fn averaged(&self, copy: &Stay, deeds: &[Deed], at: Instant, change: &mut Change) {
        let view = &self.view;
        let today = local_date(view.now);
        let judged = |stay| {
            let span = Stay::open_span(stay)?;
            judge_for(self.payer, stay, span, view.rulebook, today)
        };
        let Some(after) = judged(copy) else {
            return;
        };
        if after.left_out_on(today).is_some() {
            return;
        }
        let before = judged(view.stay).filter(|_| view.stay.details.municipal_needs);
        let was_in = |it: &&SpanJudgement<'_>| it.left_out_on(today).is_none();
        let without_days = |it: &SpanJudgement<'_>| it.counts_as_zero(today);
        change.effect = match (before.as_ref().filter(was_in), deeds) {
            (None, _) => Effect::InAverage,
            (Some(_), _) if without_days(&after) => return,
            (Some(_), [Deed::OpenCareBack]) => Effect::DaysCount,
            (Some(before), _) if without_days(before) => Effect::DaysCount,
            (Some(_), _) => return,
        };
        self.cost(&after, at, change);
    }

    /// Days and money if the span of `judgement` ends at `end`.
    fn cost(&self, judgement: &SpanJudgement<'_>, end: Instant, change: &mut Change) {
        let view = &self.view;
        let brought = cost::brought(judgement, end, view.payer_month);
        change.days = judgement.days_given(end);
        change.amount = brought.and_then(|it| cost::added(&it, end, view.rates));
    }

    /// The patient leaves now or a day later, or the notice is taken back.
    fn leaving(&self) -> Vec<Change> {
        let now = self.view.now;
        let later = cost::next_day(now);
        let leave = |at, how| self.ended(Deed::End(how), at);
        [
            leave(now, SpanEnding::Discharged),
            leave(later, SpanEnding::Discharged),
            leave(now, SpanEnding::Retracted),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn ended(&self, deed: Deed, at: Instant) -> Option<Change> {
        let view = &self.view;
        let copy = suppose(view.stay, self.agreement, &[deed], at)?;
        let date = local_date(at);
        let span = copy.spans.last()?;
        let judgement = judge_for(self.payer, &copy, span, view.rulebook, date)?;
        let mut change = Change {
            at: Some(at),
            events: self.events(deed),
            effect: Effect::Ends,
            reason: None,
            clause: Some(judgement.clause(&judgement.rule.source)),
            ..Change::nothing("", None)
        }
        .doing(deed.code());
        match &judgement.rule.formula {
            Formula::Individual(_) => {
                let mut sum = cost::Sum::new();
                sum.span(&judgement, at, view.rates, view.payer_month);
                let accrued = sum.end();
                change.days = Some(accrued.days);
                change.amount = accrued.amount;
            }
            _ if !judgement.discharged() => {}
            _ if judgement.left_out_on(date).is_some() => {
                change.reason = judgement.left_out_on(date).map(|it| it.code().to_owned());
            }
            _ => self.cost(&judgement, at, &mut change),
        }
        Some(change)
    }

    /// The events that record a deed.
    fn events(&self, deed: Deed) -> Vec<Doing> {
        let kind = match deed {
            Deed::Meet(Fact::Checklist) => {
                let ticks = self.agreement.checklist.iter().flat_map(|it| &it.ticks);
                let open = ticks.filter(|item| self.view.stay.done(item).is_none());
                return open.map(|item| doing("checklist", Some(item))).collect();
            }
            Deed::Meet(Fact::CareContact) => "care_contact_assigned",
            Deed::Meet(fact) => fact.name(),
            Deed::MunicipalNeeds => return vec![doing("details_changed", Some("municipal_needs"))],
            other => other.code(),
        };
        vec![doing(kind, None)]
    }
}

fn doing(kind: &str, item: Option<&str>) -> Doing {
    Doing {
        kind: kind.to_owned(),
        item: item.map(str::to_owned),
    }
}

impl Change {
    fn doing(mut self, action: &str) -> Self {
        action.clone_into(&mut self.action);
        self
    }
}
