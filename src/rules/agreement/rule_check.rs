//! Checks one rule: its model, its dates, its values, its preconditions.

use std::{ops::Range, sync::Arc};

use chrono::NaiveDate;
use toml::Spanned;

use super::{
    Applies, Formula, JudgedOn, Rule,
    date::Edge,
    error::Faults,
    file::WrittenRule,
    formula::{AverageExcess, AverageTrigger, FixedShare, Individual},
    precondition::{Fact, Precondition, Waiver},
    value::{Dated, DayCounting, OpenCare, Source, Threshold},
};
use crate::{model::place::MunicipalityCode, rules::outlook::FlagClass};

/// What a rule's check must know of the rest of the file.
pub(super) struct Known<'a> {
    pub period: (NaiveDate, Option<NaiveDate>),
    pub parties: Option<&'a [MunicipalityCode]>,
    pub checklist: bool,
    pub ids: Vec<String>,
}

/// Checks and makes one rule; none where its model cannot be told.
pub(super) fn rule(
    written: &Spanned<WrittenRule>,
    known: &mut Known<'_>,
    faults: &mut Faults<'_>,
) -> Option<Rule> {
    let rule = written.get_ref();
    let id = rule.id.get_ref();
    if known.ids.contains(id) || id == "otherwise" || id.trim().is_empty() {
        faults.at(
            &rule.id.span(),
            format_args!("the rule id {id:?} is taken or empty; choose another"),
        );
    }
    known.ids.push(id.clone());
    let formula = formula(rule, &written.span(), faults)?;
    judged_on(rule, &formula, faults);
    let applies = applies(rule, &written.span(), known, faults);
    let first = applies.iter().map(|applies| applies.from).min();
    values(&formula, first, known, &rule.id.span(), faults);
    Some(Rule {
        id: Arc::from(id.as_str()),
        judged_on: *rule.judged_on.get_ref(),
        applies,
        source: Source {
            clause: rule.clause.clone(),
            reading: rule.reading,
            alternatives: rule.alternatives.clone(),
        },
        preconditions: preconditions(rule, known, faults),
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
    let (from, until) = (known.period.0, known.period.1.unwrap_or(NaiveDate::MAX));
    if rule.applies.is_empty() {
        faults.at(span, "the rule applies to nothing; add [[rule.applies]]");
    }
    let mut made = Vec::with_capacity(rule.applies.len());
    for written in &rule.applies {
        let dates = written.get_ref();
        let applies = Applies {
            care_form: dates.care_form,
            from: dates.from.day(),
            until: dates.until.as_ref().map(Edge::day),
        };
        let last = applies.until.unwrap_or(until);
        if applies.from > last {
            faults.at(
                &written.span(),
                "`until` lies before `from`; correct one of them",
            );
        } else if applies.from < from || last > until {
            faults.at(
                &written.span(),
                "the rule reaches outside the agreement's own `from` and `until`; correct one of them",
            );
        }
        made.push(applies);
    }
    made
}

fn preconditions(
    rule: &WrittenRule,
    known: &Known<'_>,
    faults: &mut Faults<'_>,
) -> Vec<Precondition> {
    let mut made: Vec<Precondition> = Vec::with_capacity(rule.precondition.len());
    for written in &rule.precondition {
        let it = written.get_ref();
        let fact = *it.fact.get_ref();
        if made.iter().any(|other| other.fact == fact) {
            faults.at(
                &it.fact.span(),
                format_args!("{fact} stands twice in this rule; remove one"),
            );
        }
        if fact == Fact::Checklist && !known.checklist {
            faults.at(
                &it.fact.span(),
                "the file has no [[checklist]]; add its points",
            );
        }
        if it.class == FlagClass::Quality {
            faults.at(
                &written.span(),
                "a precondition blocks; write blocks_by_law or blocks_by_agreement",
            );
        }
        if let Some(waiver) = &it.waived_by {
            let fits = matches!(
                (fact, waiver.get_ref()),
                (Fact::SipCalled, Waiver::SipWaived)
                    | (Fact::CareContact, Waiver::CareContactWaived)
            );
            if !fits {
                faults.at(
                    &waiver.span(),
                    format_args!("{} cannot stand in the place of {fact}", waiver.get_ref()),
                );
            }
        }
        made.push(Precondition {
            fact,
            class: it.class,
            waived_by: it.waived_by.as_ref().map(|waiver| *waiver.get_ref()),
            within_days: it.within_days,
            source: Source {
                clause: it.clause.clone(),
                reading: it.reading,
                alternatives: it.alternatives.clone(),
            },
        });
    }
    made
}

fn values(
    formula: &Formula,
    first: Option<NaiveDate>,
    known: &Known<'_>,
    span: &Range<usize>,
    faults: &mut Faults<'_>,
) {
    let mut check = Values {
        first,
        span,
        faults,
    };
    match formula {
        Formula::Individual(it) => individual(it, &mut check),
        Formula::AverageExcess(it) => excess(it, &mut check),
        Formula::AverageTrigger(it) => trigger(it, &mut check),
        Formula::FixedShare(it) => fixed(it, known.parties, &mut check),
        Formula::Manual | Formula::Nothing => {}
    }
}

struct Values<'a, 'f> {
    first: Option<NaiveDate>,
    span: &'a Range<usize>,
    faults: &'a mut Faults<'f>,
}

impl Values<'_, '_> {
    fn dated<T>(&mut self, name: &str, values: &Dated<T>) {
        if self.first.is_some_and(|first| values.from() > first) {
            let from = values.from();
            self.fault(format_args!(
                "{name} holds only from {from}, later than the rule; give a value from the rule's first date"
            ));
        }
    }

    fn fault(&mut self, problem: impl std::fmt::Display) {
        self.faults.at(self.span, problem);
    }

    fn open_care(&mut self, values: &Dated<OpenCare>, hours_can_go: bool) {
        self.dated("open_care", values);
        let hours = values
            .all()
            .any(|value| value.value == OpenCare::HoursSubtracted);
        if hours && !hours_can_go {
            self.fault("open_care: hours can only be subtracted where day_counting is hours_24; write dates_skipped");
        }
    }
}

fn individual(it: &Individual, check: &mut Values<'_, '_>) {
    check.dated("grace_days", &it.grace_days);
    check.dated("grace_days_after_noon", &it.grace_days_after_noon);
    check.dated("noon_in_time", &it.noon_in_time);
    check.dated("discharge_day_charged", &it.discharge_day_charged);
    check.dated("preconditions_count_from", &it.preconditions_count_from);
    check.open_care(&it.open_care, false);
}

fn excess(it: &AverageExcess, check: &mut Values<'_, '_>) {
    check.dated("threshold", &it.threshold);
    check.dated("average_rounding", &it.average_rounding);
    check.dated("day_counting", &it.day_counting);
    check.dated("adults_only", &it.adults_only);
    let hours = it
        .day_counting
        .all()
        .all(|value| value.value == DayCounting::Hours24);
    check.open_care(&it.open_care, hours);
    let skipped = it
        .open_care
        .all()
        .any(|value| value.value == OpenCare::DatesSkipped);
    let by_hours = it
        .day_counting
        .all()
        .any(|value| value.value == DayCounting::Hours24);
    if skipped && by_hours {
        check.fault("open_care: dates can only be skipped where day_counting is dates; write hours_subtracted");
    }
    match (&it.long_stay_from, &it.long_stay_free) {
        (None, None) => {}
        (Some(from), Some(free)) => {
            check.dated("long_stay_from", from);
            check.dated("long_stay_free", free);
        }
        _ => check.fault("long_stay_from and long_stay_free belong together; give both or none"),
    }
    let of_county = it
        .threshold
        .all()
        .any(|value| matches!(value.value, Threshold::CountyAverage(_)));
    if of_county && it.county_average_rounding.is_none() {
        check.fault(
            "a county average serves as threshold; say how it is rounded: county_average_rounding",
        );
    }
}

fn trigger(it: &AverageTrigger, check: &mut Values<'_, '_>) {
    check.dated("threshold", &it.threshold);
    check.dated("months_to_start", &it.months_to_start);
    check.dated("months_to_end", &it.months_to_end);
    check.dated("retroactive_from_time", &it.retroactive_from_time);
    check.dated("charged_from", &it.charged_from);
    check.dated("free_days", &it.free_days);
    check.dated("noon_in_time", &it.noon_in_time);
    check.dated("psychiatric_track", &it.psychiatric_track);
    check.open_care(&it.open_care, false);
    let of_county =
        |value: &super::Value<Threshold>| matches!(value.value, Threshold::CountyAverage(_));
    if it.threshold.all().any(of_county) {
        check
            .fault("threshold: a county average can only serve an average_excess rule; write days");
    }
    let months = it.months_to_start.all().chain(it.months_to_end.all());
    if months.into_iter().any(|value| value.value.0 == 0) {
        check.fault("months_to_start and months_to_end must be at least 1");
    }
}

fn fixed(it: &FixedShare, parties: Option<&[MunicipalityCode]>, check: &mut Values<'_, '_>) {
    check.dated("parts", &it.parts);
    check.dated("rounding", &it.rounding);
    if it.parts.all().any(|value| value.value.0 == 0) {
        check.fault("parts must be at least 1");
    }
    for (index, total) in it.total.iter().enumerate() {
        let payer = total.payer;
        if parties.is_some_and(|parties| parties.binary_search(&payer).is_err()) {
            check.fault(format_args!(
                "the total of {payer} belongs to no party; remove it or add the party"
            ));
        }
        if it.total[..index].iter().any(|other| other.payer == payer) {
            check.fault(format_args!(
                "the total of {payer} stands twice; remove one"
            ));
        }
    }
    for party in parties.unwrap_or_default() {
        if !it.total.iter().any(|total| total.payer == *party) {
            check.fault(format_args!(
                "party {party} has no total; add it (\"0\" where nothing is due)"
            ));
        }
    }
}
