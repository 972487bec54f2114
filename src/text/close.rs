//! Sentences and labels about the close: what of a month is locked, who is left
//! out, and which of a payer's averages an entry is.

use super::{Lang, format, words};
use crate::{
    desk::reply::Parked,
    ledger::figures::{MonthFigures, PayerFigures, Status},
    model::event::CareForm,
};

/// Whether a month is locked: for every payer, for some, or not at all.
#[must_use]
pub fn month_status(figures: &MonthFigures, lang: Lang) -> &'static str {
    let locked = |entry: &PayerFigures| entry.status == Status::Locked;
    if figures.status == Status::Open && figures.payers.iter().any(locked) {
        return lang.pick("delvis låst", "partly locked");
    }
    words::status(figures.status, lang)
}

/// That a payer is not in the files of a month, and why.
#[must_use]
pub fn not_in_files(parked: &Parked, lang: Lang) -> String {
    let (payer, why) = (
        format::payer(parked.payer),
        words::parked(&parked.reason, lang),
    );
    lang.pick(
        format!("Inte med: {payer} är inte låst ({why}). Exportera igen när betalaren är låst."),
        format!("Not included: {payer} is not locked ({why}). Export again once the payer is."),
    )
}

/// Who is not in the files of a month, in one sentence however many they are;
/// why, for one alone: of several, the close tells it. None where all are.
#[must_use]
pub fn none_in_files<'a>(
    parked: impl IntoIterator<Item = &'a Parked>,
    lang: Lang,
) -> Option<String> {
    let parked: Vec<&Parked> = parked.into_iter().collect();
    if let [] | [_] = parked[..] {
        return parked.first().map(|only| not_in_files(only, lang));
    }
    let payers: Vec<_> = parked.iter().map(|it| format::payer(it.payer)).collect();
    let payers = payers.join(", ");
    Some(lang.pick(
        format!("Inte med, för de är inte låsta: {payers}. Exportera igen när de är det."),
        format!("Not included, as they are not locked: {payers}. Export again once they are."),
    ))
}

/// That a lock leaves a payer to be locked later, and why.
#[must_use]
pub fn still_to_lock(parked: &Parked, lang: Lang) -> String {
    let (payer, why) = (
        format::payer(parked.payer),
        words::parked(&parked.reason, lang),
    );
    lang.pick(
        format!("Inte låst: {payer} ({why})"),
        format!("Not locked: {payer} ({why})"),
    )
}

/// What tells a payer's averages apart where it has several under one
/// agreement: the care forms that each is for, or else its rule.
#[must_use]
pub fn track(care_forms: &[CareForm], rule: Option<&str>, lang: Lang) -> String {
    match care_forms {
        [] => rule.unwrap_or_default().to_owned(),
        forms => {
            let forms: Vec<_> = forms
                .iter()
                .map(|form| words::care_form(*form, lang))
                .collect();
            forms.join(", ")
        }
    }
}

/// The [`track`] of the entry at `at` where the payer has another one of the
/// same agreement and model.
#[must_use]
pub fn told_apart(entries: &[PayerFigures], at: usize, lang: Lang) -> Option<String> {
    let entry = entries.get(at)?;
    let alike = |it: &&PayerFigures| {
        (it.payer, &it.agreement, it.model) == (entry.payer, &entry.agreement, entry.model)
    };
    let alike: Vec<_> = entries.iter().filter(alike).collect();
    let forms = alike.iter().filter(|it| it.care_forms == entry.care_forms);
    // Two rules for the same care are told apart by their names alone.
    let own = match forms.count() {
        1 => entry.care_forms.as_slice(),
        _ => &[],
    };
    let track = track(own, entry.rule.as_deref(), lang);
    Some(track).filter(|track| alike.len() > 1 && !track.is_empty())
}
