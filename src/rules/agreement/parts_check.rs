//! Checks what stands beside the rules: confirmation, checklist, duties, hours,
//! levels of disputes, readings.

use super::{
    duty::{Anchor, DutyCode},
    error::Faults,
    file::Written,
    layout::Step::{self, Field, Nth},
};

pub(super) fn all(written: &Written, faults: &mut Faults<'_>) {
    confirmed(written, faults);
    hours(written, faults);
    checklist(written, faults);
    duties(written, faults);
    words(written, faults);
    let disputes = written.dispute.iter().map(|level| level.code.as_str());
    no_twins("dispute", disputes, faults);
    let readings = written.reading.iter().map(|reading| reading.code.as_str());
    no_twins("reading", readings, faults);
}

/// Refuses names without a text, which no list could show.
fn words(written: &Written, faults: &mut Faults<'_>) {
    let checklist = written.checklist.iter().map(toml::Spanned::get_ref);
    let checklist = checklist.map(|it| (&it.sv, &it.en)).enumerate();
    let dates = written.date.iter().map(toml::Spanned::get_ref);
    let dates = dates.map(|it| (&it.sv, &it.en)).enumerate();
    let disputes = written
        .dispute
        .iter()
        .map(|it| (&it.sv, &it.en))
        .enumerate();
    let all = (checklist.map(|it| ("checklist", it)))
        .chain(dates.map(|it| ("date", it)))
        .chain(disputes.map(|it| ("dispute", it)));
    for (list, (at, (sv, en))) in all {
        for (field, text) in [("sv", sv), ("en", en)] {
            if text.trim().is_empty() {
                let place = [Field(list), Nth(at), Field(field)];
                faults.within(
                    &place,
                    "empty",
                    format_args!("the {field} is empty; write it"),
                );
            }
        }
    }
}

fn confirmed(written: &Written, faults: &mut Faults<'_>) {
    let Some(confirmed) = &written.confirmed else {
        return;
    };
    if confirmed.until < written.from {
        faults.within(
            &[Field("confirmed"), Field("until")],
            "dates_reversed",
            "confirmed `until` a date before the agreement's own `from`; correct one of them",
        );
    }
}

fn hours(written: &Written, faults: &mut Faults<'_>) {
    let reversed = |hours: &&super::DischargeHours| hours.until <= hours.from;
    if written.discharge_hours.as_ref().filter(reversed).is_some() {
        faults.within(
            &[Field("discharge_hours"), Field("until")],
            "dates_reversed",
            "the hours end before they begin; correct `from` or `until`",
        );
    }
}

fn checklist(written: &Written, faults: &mut Faults<'_>) {
    for (at, point) in written.checklist.iter().enumerate() {
        let point = point.get_ref();
        if point.ticks.is_empty() == point.fact.is_none() {
            let code = &point.code;
            faults.within(
                &[Field("checklist"), Nth(at)],
                "contradiction",
                format_args!(
                    "checklist point {code:?} needs either `ticks` or a `fact`; give one of them"
                ),
            );
        }
    }
    let codes = written.checklist.iter();
    let codes = codes.map(|point| point.get_ref().code.as_str());
    no_twins("checklist", codes, faults);
}

fn duties(written: &Written, faults: &mut Faults<'_>) {
    for (at, duty) in written.duty.iter().enumerate() {
        let duty = duty.get_ref();
        let place = |field| [Field("duty"), Nth(at), Field(field)];
        let confirms = duty.code == DutyCode::Acknowledgement;
        if confirms != (duty.anchor == Anchor::Message) {
            faults.within(
                &place("anchor"),
                "contradiction",
                "the anchor \"message\" belongs to the duty \"acknowledgement\" and to no other; correct one of them",
            );
        }
        if duty.sent_by.is_some() && !confirms {
            faults.within(
                &place("sent_by"),
                "unused",
                "`sent_by` moves only the duty \"acknowledgement\"; remove it",
            );
        }
    }
    let codes = written.duty.iter().map(|duty| duty.get_ref().code.name());
    no_twins("duty", codes, faults);
}

/// Refuses an empty code, and one that stands before.
fn no_twins<'c>(list: &str, codes: impl Iterator<Item = &'c str> + Clone, faults: &mut Faults<'_>) {
    for (at, code) in codes.clone().enumerate() {
        let place: [Step<'_>; 3] = [Field(list), Nth(at), Field("code")];
        if code.trim().is_empty() {
            faults.within(&place, "empty", "the code is empty; write one");
        } else if codes.clone().take(at).any(|before| before == code) {
            faults.within(
                &place,
                "twice",
                format_args!("{list} {code:?} stands twice; remove one"),
            );
        }
    }
}
