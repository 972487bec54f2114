//! Gaps and overlaps between the rules of one care form.

use std::ops::Range;

use chrono::NaiveDate;

use super::{date::Edge, error::Faults, file::Written};
use crate::model::{event::CareForm, time::plus_days};

/// One stretch of dates that a rule covers.
struct Stretch<'a> {
    from: NaiveDate,
    until: NaiveDate,
    rule: &'a str,
    span: Range<usize>,
}

/// Notes every gap and overlap.
pub(super) fn check(written: &Written, faults: &mut Faults<'_>) {
    let until = written
        .until
        .as_ref()
        .map_or(NaiveDate::MAX, |day| day.get_ref().0);
    let period = (written.from.0, until);
    for care_form in [CareForm::Somatic, CareForm::Psychiatric] {
        let mut stretches = stretches(written, care_form);
        stretches.sort_by_key(|stretch| stretch.from);
        overlaps(&stretches, care_form, faults);
        // Where there is not one rule for a care form, the first of all is named.
        let whole = written
            .rule
            .first()
            .map_or(written.id.span(), toml::Spanned::span);
        gaps(&stretches, care_form, period, &whole, faults);
    }
}

fn stretches(written: &Written, care_form: CareForm) -> Vec<Stretch<'_>> {
    let mut found = Vec::new();
    for rule in written.rule.iter().map(toml::Spanned::get_ref) {
        for applies in &rule.applies {
            let dates = applies.get_ref();
            if dates.care_form == care_form {
                found.push(Stretch {
                    from: dates.from.day(),
                    until: dates.until.as_ref().map_or(NaiveDate::MAX, Edge::day),
                    rule: rule.id.get_ref(),
                    span: applies.span(),
                });
            }
        }
    }
    found
}

fn overlaps(stretches: &[Stretch<'_>], care_form: CareForm, faults: &mut Faults<'_>) {
    for (index, later) in stretches.iter().enumerate() {
        let earlier = stretches[..index]
            .iter()
            .find(|earlier| earlier.until >= later.from);
        if let Some(earlier) = earlier {
            faults.at(
                &later.span,
                "overlap",
                format_args!(
                    "rules {:?} and {:?} both hold on {} for {} care; end one the day before the other begins",
                    earlier.rule, later.rule, later.from, name(care_form),
                ),
            );
        }
    }
}

fn gaps(
    stretches: &[Stretch<'_>],
    care_form: CareForm,
    (from, until): (NaiveDate, NaiveDate),
    whole: &Range<usize>,
    faults: &mut Faults<'_>,
) {
    let mut next = from;
    for stretch in stretches {
        if stretch.from > next {
            gap(
                next,
                plus_days(stretch.from, -1),
                care_form,
                &stretch.span,
                faults,
            );
        }
        if stretch.until >= until {
            return;
        }
        next = next.max(plus_days(stretch.until, 1));
    }
    let last = stretches.last().map_or(whole, |stretch| &stretch.span);
    gap(next, until, care_form, last, faults);
}

fn gap(
    from: NaiveDate,
    until: NaiveDate,
    care_form: CareForm,
    span: &Range<usize>,
    faults: &mut Faults<'_>,
) {
    let end = if until == NaiveDate::MAX {
        "on".to_owned()
    } else {
        format!("to {until}")
    };
    faults.at(
        span,
        "gap",
        format_args!(
            "no rule holds for {} care from {from} {end}; add one (`manual = true` where the document gives none)",
            name(care_form),
        ),
    );
}

fn name(care_form: CareForm) -> &'static str {
    match care_form {
        CareForm::Somatic => "somatic",
        CareForm::Psychiatric => "psychiatric",
    }
}
