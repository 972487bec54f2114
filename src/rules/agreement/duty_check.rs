//! Duties and routines: what serde cannot see.

use super::{
    duty::{DutyCode, WithinUnit},
    error::Faults,
    file::Written,
    routine::Occasion,
};

pub(super) fn check(written: &Written, faults: &mut Faults<'_>) {
    duties(written, faults);
    routines(written, faults);
}

fn duties(written: &Written, faults: &mut Faults<'_>) {
    for duty in &written.duty {
        let (span, rule) = (duty.span(), duty.get_ref());
        let received = rule.within.unit == WithinUnit::Reception;
        if received != (rule.code == DutyCode::Reception) {
            faults.at(
                &span,
                "contradiction",
                "the unit `reception` and the duty `reception` go together; correct one of them",
            );
        }
        if received && written.reception.is_none() {
            faults.at(
                &span,
                "missing_field",
                "the file has no `[reception]`; write its hours, or leave the duty out",
            );
        }
        let countable = |unit| matches!(unit, WithinUnit::Days | WithinUnit::Weekdays);
        if rule.lasts.is_some_and(|lasts| !countable(lasts.unit)) {
            faults.at(
                &span,
                "unit",
                "`lasts` is counted in `days` or `weekdays`; write one of them",
            );
        }
        if rule.lasts_to_weekday && rule.lasts.is_none() {
            faults.at(
                &span,
                "unused",
                "`lasts_to_weekday` needs `lasts`; add it, or remove this",
            );
        }
    }
}

fn routines(written: &Written, faults: &mut Faults<'_>) {
    for (index, routine) in written.routine.iter().enumerate() {
        let (span, rule) = (routine.span(), routine.get_ref());
        let mut before = written.routine[..index].iter();
        if before.any(|other| other.get_ref().code == rule.code) {
            faults.at(
                &span,
                "twice",
                format_args!("routine {:?} stands twice; remove one", rule.code.name()),
            );
        }
        if let Occasion::Yearly { month } = rule.occasion
            && !(1..=12).contains(&month)
        {
            faults.at(
                &span,
                "bad_value",
                "`month` is a number from 1 to 12; correct it",
            );
        }
    }
}
