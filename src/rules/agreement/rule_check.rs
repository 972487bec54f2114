//! Checks one rule: its model, its dates, its preconditions; its values are
//! checked in [`super::value_check`].

use std::{ops::Range, sync::Arc};

use chrono::NaiveDate;
use toml::Spanned;

use super::{
    Applies, Formula, JudgedOn, Rule,
    date::Edge,
    error::Faults,
    file::WrittenRule,
    layout::Step::{self, Field, Nth},
    precondition::{Fact, Precondition, Waiver, WrittenPrecondition},
    value::Source,
    value_check,
};
use crate::{model::place::MunicipalityCode, rules::outlook::FlagClass};

/// What a rule's check must know of the rest of the file.
pub(super) struct Known<'a> {
    pub period: (NaiveDate, Option<NaiveDate>),
    pub parties: Option<&'a [MunicipalityCode]>,
    pub checklist: bool,
    pub ids: Vec<String>,
}

/// Checks and makes one rule, the `at`th of the file; none where its model
/// cannot be told.
pub(super) fn rule(
    at: usize,
    written: &Spanned<WrittenRule>,
    known: &mut Known<'_>,
    faults: &mut Faults<'_>,
) -> Option<Rule> {
    let rule = written.get_ref();
    let id = rule.id.get_ref();
    if known.ids.contains(id) || id == "otherwise" || id.trim().is_empty() {
        faults.at(
            &rule.id.span(),
            "twice",
            format_args!("the rule id {id:?} is taken or empty; choose another"),
        );
    }
    known.ids.push(id.clone());
    let formula = formula(rule, &written.span(), faults)?;
    judged_on(rule, &formula, faults);
    let applies = applies(rule, &written.span(), known, faults);
    value_check::all(at, &formula, &applies, known.parties, faults);
    Some(Rule {
        id: Arc::from(id.as_str()),
        judged_on: *rule.judged_on.get_ref(),
        applies,
        source: Source {
            clause: rule.clause.clone(),
            reading: rule.reading,
            alternatives: rule.alternatives.clone(),
        },
        preconditions: preconditions(at, rule, &formula, known, faults),
        formula,
    })
}

fn formula(rule: &WrittenRule, span: &Range<usize>, faults: &mut Faults<'_>) -> Option<Formula> {
    let individual = rule
        .individual
        .clone()
        .map(|it| Formula::Individual(Box::new(it)));
    let excess = rule
        .average_excess
        .clone()
        .map(|it| Formula::AverageExcess(Box::new(it)));
    let trigger = rule
        .average_trigger
        .clone()
        .map(|it| Formula::AverageTrigger(Box::new(it)));
    let fixed = rule
        .fixed_share
        .clone()
        .map(|it| Formula::FixedShare(Box::new(it)));
    let manual = rule.manual.then_some(Formula::Manual);
    let nothing = rule.nothing_due.then_some(Formula::Nothing);
    let mut models = [individual, excess, trigger, fixed, manual, nothing]
        .into_iter()
        .flatten();
    let (first, second) = (models.next(), models.next());
    if first.is_none() || second.is_some() {
        faults.at(
            span,
            "model",
            format_args!(
                "rule {:?} needs exactly one model: [rule.individual], [rule.average_excess], [rule.average_trigger], [rule.fixed_share], manual = true or nothing_due = true",
                rule.id.get_ref()
            ),
        );
        return None;
    }
    first
}

fn judged_on(rule: &WrittenRule, formula: &Formula, faults: &mut Faults<'_>) {
    let wanted = match formula {
        Formula::Individual(_) | Formula::FixedShare(_) => JudgedOn::SpanStart,
        Formula::AverageExcess(_) | Formula::AverageTrigger(_) => JudgedOn::SpanEnd,
        Formula::Manual | Formula::Nothing => return,
    };
    if *rule.judged_on.get_ref() != wanted {
        let (name, why) = match wanted {
            JudgedOn::SpanStart => (
                "span_start",
                "a span is charged by the rule under which it began",
            ),
            JudgedOn::SpanEnd => ("span_end", "an average is over discharges"),
        };
        faults.at(
            &rule.judged_on.span(),
            "judged_on",
            format_args!("this model is judged on {name:?}: {why}"),
        );
    }
}

fn applies(
    rule: &WrittenRule,
    span: &Range<usize>,
    known: &Known<'_>,
    faults: &mut Faults<'_>,
) -> Vec<Applies> {
    let from = known.period.0;
    let until = known.period.1.unwrap_or(NaiveDate::MAX);
    if rule.applies.is_empty() {
        let problem = "the rule applies to nothing; add [[rule.applies]]";
        faults.at(span, "applies_to_nothing", problem);
    }
    let mut made = Vec::with_capacity(rule.applies.len());
    for written in &rule.applies {
        let dates = written.get_ref();
        let applies = Applies {
            care_form: dates.care_form,
            from: dates.from.day(),
            // No rule outlives its agreement: what follows that one would else
            // never be asked.
            until: dates.until.as_ref().map(Edge::day).or(known.period.1),
        };
        let last = applies.until.unwrap_or(until);
        let own = dates.until.as_ref().map_or(NaiveDate::MAX, Edge::day);
        if applies.from > own {
            faults.at(
                &written.span(),
                "dates_reversed",
                "`until` lies before `from`; correct one of them",
            );
        } else if applies.from < from || applies.from > until || last > until {
            faults.at(
                &written.span(),
                "outside_period",
                "the rule reaches outside the agreement's own `from` and `until`; correct one of them",
            );
        }
        made.push(applies);
    }
    made
}

fn preconditions(
    at: usize,
    rule: &WrittenRule,
    formula: &Formula,
    known: &Known<'_>,
    faults: &mut Faults<'_>,
) -> Vec<Precondition> {
    let asks = matches!(
        formula,
        Formula::Individual(_) | Formula::AverageExcess(_) | Formula::AverageTrigger(_)
    );
    if let Some(first) = rule.precondition.first().filter(|_| !asks) {
        let problem = "a rule of this model asks for nothing; remove its preconditions";
        faults.at(&first.span(), "unused", problem);
    }
    let mut made: Vec<Precondition> = Vec::with_capacity(rule.precondition.len());
    for (nth, written) in rule.precondition.iter().enumerate() {
        let it = written.get_ref();
        let fact = *it.fact.get_ref();
        if made.iter().any(|other| other.fact == fact) {
            faults.at(
                &it.fact.span(),
                "twice",
                format_args!("{fact} stands twice in this rule; remove one"),
            );
        }
        if fact == Fact::Checklist && !known.checklist {
            faults.at(
                &it.fact.span(),
                "precondition",
                "the file has no [[checklist]]; add its points",
            );
        }
        if it.class == FlagClass::Quality {
            faults.within(
                &precondition(at, nth, "class"),
                "precondition",
                "a precondition blocks; write blocks_by_law or blocks_by_agreement",
            );
        }
        waiver(it, faults);
        last_day(it, (at, nth), rule, faults);
        made.push(Precondition {
            fact,
            class: it.class,
            waived_by: it.waived_by.as_ref().map(|waiver| *waiver.get_ref()),
            within_days: it.within_days.map(|days| days.0),
            when_late: it.when_late.clone(),
            source: Source {
                clause: it.clause.clone(),
                reading: it.reading,
                alternatives: it.alternatives.clone(),
            },
        });
    }
    made
}

/// Where a field of a rule's precondition stands.
fn precondition(rule: usize, nth: usize, field: &str) -> [Step<'_>; 5] {
    [
        Field("rule"),
        Nth(rule),
        Field("precondition"),
        Nth(nth),
        Field(field),
    ]
}

fn waiver(it: &WrittenPrecondition, faults: &mut Faults<'_>) {
    let Some(waiver) = &it.waived_by else {
        return;
    };
    let fact = *it.fact.get_ref();
    let fits = matches!(
        (fact, waiver.get_ref()),
        (Fact::SipCalled, Waiver::SipWaived) | (Fact::CareContact, Waiver::CareContactWaived)
    );
    if !fits {
        faults.at(
            &waiver.span(),
            "precondition",
            format_args!(
                "{} cannot stand in the place of {fact}; remove it",
                waiver.get_ref()
            ),
        );
    }
}

/// A last day, and what comes of meeting it late, where the fact can have one.
fn last_day(
    it: &WrittenPrecondition,
    (at, nth): (usize, usize),
    rule: &WrittenRule,
    faults: &mut Faults<'_>,
) {
    let fact = *it.fact.get_ref();
    if it.within_days.is_some() && matches!(fact, Fact::ReadyNotice | Fact::Checklist) {
        faults.within(
            &precondition(at, nth, "within_days"),
            "unused",
            format_args!("{fact} has no last day; remove `within_days`"),
        );
    }
    let Some(when_late) = &it.when_late else {
        return;
    };
    let place = precondition(at, nth, "when_late");
    if it.within_days.is_none() {
        let problem = "`when_late` needs a last day; add `within_days`, or remove it";
        faults.within(&place, "unused", problem);
    }
    let first = rule
        .applies
        .iter()
        .map(|dates| dates.get_ref().from.day())
        .min();
    value_check::begins(&place, "when_late", when_late, first, faults);
}
