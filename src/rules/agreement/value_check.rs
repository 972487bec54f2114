//! Checks the values of one rule: that each holds when it is asked for, and
//! that they do not contradict each other.

use chrono::{Datelike, NaiveDate};

use super::{
    Alternative, Applies, Formula,
    error::Faults,
    formula::{AverageExcess, AverageTrigger, FixedShare, Individual},
    layout::Step::{self, Field, Nth},
    value::{Dated, DayCounting, Days, OpenCare, Threshold, Unmet},
};
use crate::model::{month::Month, place::MunicipalityCode};

/// Checks the values of the file's `rule`th rule.
pub(super) fn all(
    rule: usize,
    formula: &Formula,
    applies: &[Applies],
    parties: Option<&[MunicipalityCode]>,
    faults: &mut Faults<'_>,
) {
    let model = match formula {
        Formula::Individual(_) => "individual",
        Formula::AverageExcess(_) => "average_excess",
        Formula::AverageTrigger(_) => "average_trigger",
        Formula::FixedShare(_) => "fixed_share",
        Formula::Manual | Formula::Nothing => return,
    };
    let mut check = Values {
        rule,
        model,
        applies,
        faults,
    };
    match formula {
        Formula::Individual(it) => individual(it, &mut check),
        Formula::AverageExcess(it) => excess(it, &mut check),
        Formula::AverageTrigger(it) => trigger(it, &mut check),
        Formula::FixedShare(it) => fixed(it, parties, &mut check),
        Formula::Manual | Formula::Nothing => {}
    }
}

/// Refuses values that begin later than their rule.
pub(super) fn begins<T>(
    place: &[Step<'_>],
    name: &str,
    values: &Dated<T>,
    first: Option<NaiveDate>,
    faults: &mut Faults<'_>,
) {
    if first.is_some_and(|first| values.from() > first) {
        let from = values.from();
        faults.within(
            place,
            "value_gap",
            format_args!(
                "{name} holds only from {from}, later than the rule; give a value from the rule's first date"
            ),
        );
    }
}

struct Values<'a, 'f> {
    rule: usize,
    model: &'static str,
    applies: &'a [Applies],
    faults: &'a mut Faults<'f>,
}

impl Values<'_, '_> {
    fn place<'p>(&self, name: &'p str) -> [Step<'p>; 4] {
        [
            Field("rule"),
            Nth(self.rule),
            Field(self.model),
            Field(name),
        ]
    }

    fn fault(&mut self, name: &str, code: &'static str, problem: impl std::fmt::Display) {
        let place = self.place(name);
        self.faults.within(&place, code, problem);
    }

    /// At the `nth` value of a name.
    fn fault_at(
        &mut self,
        (name, nth): (&str, usize),
        code: &'static str,
        problem: impl std::fmt::Display,
    ) {
        let [rule, at, model, name] = self.place(name);
        let place = [rule, at, model, name, Nth(nth)];
        self.faults.within(&place, code, problem);
    }

    fn dated<T>(&mut self, name: &str, values: &Dated<T>) {
        let place = self.place(name);
        let first = self.applies.iter().map(|applies| applies.from).min();
        begins(&place, name, values, first, self.faults);
        let ends = self.applies.iter().map(|applies| applies.until);
        let last = ends.max_by_key(|until| until.unwrap_or(NaiveDate::MAX));
        for (nth, value) in values.all().enumerate() {
            if let Some(Some(last)) = last
                && value.from > last
            {
                let problem =
                    format_args!("the rule ends on {last}, before this value begins; remove it");
                self.fault_at((name, nth), "unused", problem);
            }
            let alternatives = value.source.alternatives.iter();
            let along = alternatives.filter_map(|text| Alternative::read(text));
            for (other, _) in along.flat_map(|it| it.with) {
                if !self.faults.has(&self.place(other)) {
                    let problem = format_args!(
                        "the alternative changes {other:?} along, which this rule does not have; correct it"
                    );
                    self.fault_at((name, nth), "alternative", problem);
                }
            }
        }
    }

    /// A value that is looked up once for a whole month.
    fn monthly<T>(&mut self, name: &str, values: &Dated<T>) {
        self.dated(name, values);
        for (nth, value) in values.all().enumerate().skip(1) {
            if value.from.day() != 1 {
                let problem = format_args!(
                    "{name} changes with the month, not on {}; write the first of a month",
                    value.from
                );
                self.fault_at((name, nth), "mid_month", problem);
            }
        }
    }

    fn open_care(&mut self, values: &Dated<OpenCare>, hours_can_go: bool) {
        self.dated("open_care", values);
        let hours = values
            .all()
            .any(|value| value.value == OpenCare::HoursSubtracted);
        if hours && !hours_can_go {
            let problem =
                "hours can only be subtracted where day_counting is hours_24; write dates_skipped";
            self.fault("open_care", "contradiction", problem);
        }
    }

    fn unmet(&mut self, values: Option<&Dated<Unmet>>) {
        if let Some(values) = values {
            self.dated("unmet", values);
        }
    }

    /// Free days must be fewer than those from which a stay is charged.
    fn free(
        &mut self,
        (from_name, from): (&str, &Dated<Days>),
        (name, free): (&str, &Dated<Days>),
    ) {
        let dates = from.all().chain(free.all()).map(|value| value.from);
        let all_free = |date: &NaiveDate| free.on(*date).value.0 >= from.on(*date).value.0;
        if let Some(date) = dates.into_iter().find(all_free) {
            let problem = format_args!(
                "from {date} a stay of {} days is charged for none of them; let {name} be less than {from_name}",
                from.on(date).value.0,
            );
            self.fault(name, "contradiction", problem);
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
    let (by_noon, after) = (&it.grace_days, &it.grace_days_after_noon);
    for date in by_noon.all().chain(after.all()).map(|value| value.from) {
        let (by_noon, after) = (by_noon.on(date).value, after.on(date).value);
        let problem = if by_noon.unit != after.unit {
            "grace_days and grace_days_after_noon are counted in different units; write the same for both"
        } else if after.count < by_noon.count {
            "a notice after noon would have fewer free days than one by noon; correct one of them"
        } else {
            continue;
        };
        check.fault("grace_days_after_noon", "contradiction", problem);
        return;
    }
}

fn excess(it: &AverageExcess, check: &mut Values<'_, '_>) {
    check.monthly("threshold", &it.threshold);
    check.monthly("average_rounding", &it.average_rounding);
    check.dated("day_counting", &it.day_counting);
    check.dated("adults_only", &it.adults_only);
    check.unmet(it.unmet.as_ref());
    counting(it, check);
    match (&it.long_stay_from, &it.long_stay_free) {
        (None, None) => {}
        (Some(from), Some(free)) => {
            check.dated("long_stay_from", from);
            check.dated("long_stay_free", free);
            check.free(("long_stay_from", from), ("long_stay_free", free));
        }
        (from, _) => {
            let given = match from {
                Some(_) => "long_stay_from",
                None => "long_stay_free",
            };
            let problem = "long_stay_from and long_stay_free belong together; give both or none";
            check.fault(given, "contradiction", problem);
        }
    }
    county_average(it, check);
}

/// How days are counted must go with what missing open care does.
fn counting(it: &AverageExcess, check: &mut Values<'_, '_>) {
    let mut counted = it.day_counting.all().map(|value| value.value);
    let hours = counted.all(|value| value == DayCounting::Hours24);
    check.open_care(&it.open_care, hours);
    let mut counted = it.day_counting.all().map(|value| value.value);
    let any_hours = counted.any(|value| value == DayCounting::Hours24);
    let mut open_care = it.open_care.all().map(|value| value.value);
    if any_hours && open_care.any(|value| value == OpenCare::DatesSkipped) {
        let problem =
            "dates can only be skipped where day_counting is dates; write hours_subtracted";
        check.fault("open_care", "contradiction", problem);
    }
}

/// A threshold that rests on a month must come after it, and the rule must
/// have judged that month.
fn county_average(it: &AverageExcess, check: &mut Values<'_, '_>) {
    let mut any = false;
    for (nth, value) in it.threshold.all().enumerate() {
        let Threshold::CountyAverage(month) = value.value else {
            continue;
        };
        any = true;
        let covered =
            |applies: &Applies| applies.covers(month.first()) && applies.covers(month.last());
        if month >= Month::of(value.from) {
            let problem = format_args!(
                "the county's average of {month} is not known on {}; name an earlier month",
                value.from,
            );
            check.fault_at(("threshold", nth), "threshold_month", problem);
        } else if !check.applies.iter().any(covered) {
            let problem = format_args!(
                "the rule did not hold all through {month}, so that month has no average; name another"
            );
            check.fault_at(("threshold", nth), "threshold_month", problem);
        }
    }
    match &it.county_average_rounding {
        Some(rounding) if any => {
            // It is looked up for the months that it serves.
            check.later("county_average_rounding", rounding, &it.threshold);
        }
        Some(_) => {
            let problem = "no threshold rests on a county's average; remove it";
            check.fault("county_average_rounding", "unused", problem);
        }
        None if any => {
            let problem = "a county average serves as threshold; say how it is rounded: county_average_rounding";
            check.fault("threshold", "missing_field", problem);
        }
        None => {}
    }
}

impl Values<'_, '_> {
    /// The rounding of a county's average holds from the first threshold that
    /// rests on one.
    fn later<T>(&mut self, name: &str, values: &Dated<T>, thresholds: &Dated<Threshold>) {
        let mut thresholds = thresholds.all();
        let of_county =
            |value: &&super::Value<Threshold>| matches!(value.value, Threshold::CountyAverage(_));
        let first = thresholds.find(of_county).map(|value| value.from);
        let place = self.place(name);
        begins(&place, name, values, first, self.faults);
    }
}

fn trigger(it: &AverageTrigger, check: &mut Values<'_, '_>) {
    check.monthly("threshold", &it.threshold);
    check.monthly("months_to_start", &it.months_to_start);
    check.monthly("months_to_end", &it.months_to_end);
    check.monthly("retroactive_from_time", &it.retroactive_from_time);
    check.monthly("charged_from", &it.charged_from);
    check.monthly("free_days", &it.free_days);
    check.dated("noon_in_time", &it.noon_in_time);
    check.dated("psychiatric_track", &it.psychiatric_track);
    check.unmet(it.unmet.as_ref());
    check.open_care(&it.open_care, false);
    check.free(
        ("charged_from", &it.charged_from),
        ("free_days", &it.free_days),
    );
    let of_county =
        |value: &super::Value<Threshold>| matches!(value.value, Threshold::CountyAverage(_));
    if let Some(nth) = it.threshold.all().position(of_county) {
        let problem = "a county average can only serve an average_excess rule; write days";
        check.fault_at(("threshold", nth), "contradiction", problem);
    }
    for (name, months) in [
        ("months_to_start", &it.months_to_start),
        ("months_to_end", &it.months_to_end),
    ] {
        if months.all().any(|value| value.value.0 == 0) {
            check.fault(
                name,
                "bad_value",
                "no months start or end nothing; write at least 1",
            );
        }
    }
    if it
        .retroactive_from_time
        .all()
        .any(|value| value.value.0 == 0)
    {
        let problem = "times are counted from 1; write 1 for every time";
        check.fault("retroactive_from_time", "bad_value", problem);
    }
}

fn fixed(it: &FixedShare, parties: Option<&[MunicipalityCode]>, check: &mut Values<'_, '_>) {
    check.monthly("parts", &it.parts);
    check.monthly("rounding", &it.rounding);
    if it.parts.all().any(|value| value.value.0 == 0) {
        check.fault(
            "parts",
            "bad_value",
            "there must be at least 1 part; correct it",
        );
    }
    whole_months(check);
    for (nth, total) in it.total.iter().enumerate() {
        let payer = total.payer;
        if parties.is_some_and(|parties| parties.binary_search(&payer).is_err()) {
            let problem = format_args!(
                "the total of {payer} belongs to no party; remove it or add the party"
            );
            check.fault_at(("total", nth), "unknown_party", problem);
        }
        if it.total[..nth].iter().any(|other| other.payer == payer) {
            let problem = format_args!("the total of {payer} stands twice; remove one");
            check.fault_at(("total", nth), "twice", problem);
        }
    }
    for party in parties.unwrap_or_default() {
        if !it.total.iter().any(|total| total.payer == *party) {
            let problem =
                format_args!("party {party} has no total; add it (\"0\" where nothing is due)");
            check.fault("total", "missing_field", problem);
        }
    }
}

/// A part is due for a whole month.
fn whole_months(check: &mut Values<'_, '_>) {
    let broken = |applies: &Applies| {
        let last = applies
            .until
            .is_none_or(|until| until == Month::of(until).last());
        applies.from.day() != 1 || !last
    };
    if let Some(nth) = check.applies.iter().position(broken) {
        let place = [Field("rule"), Nth(check.rule), Field("applies"), Nth(nth)];
        check.faults.within(
            &place,
            "mid_month",
            "a fixed share is due by whole months; begin on the first and end on the last of one",
        );
    }
}
