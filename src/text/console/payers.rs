//! Sentences of the payers.

use crate::{
    model::money::Kronor,
    text::{Lang, format},
};

/// An amount as a change: a sign, and a word for what it means.
#[must_use]
pub fn change(change: Kronor, lang: Lang) -> String {
    if change == Kronor::ZERO {
        return lang.pick("ingen skillnad", "no difference").to_owned();
    }
    if change > Kronor::ZERO {
        let amount = format::money(change, lang);
        return lang.pick(format!("+{amount} mer"), format!("+{amount} more"));
    }
    let amount = format::money(-change, lang);
    lang.pick(format!("−{amount} mindre"), format!("−{amount} less"))
}

/// Nothing is marked: how to.
#[must_use]
pub fn marks_none(others: &str, lang: Lang) -> String {
    lang.pick(
        format!("Märk dem som skulle gå hem i dag; {others}"),
        format!("Mark those who would go home today; {others}"),
    )
}

/// How many are marked, and what the others do.
#[must_use]
pub fn marks(count: usize, others: &str, lang: Lang) -> String {
    lang.pick(
        format!("om {count} går i dag, {others}"),
        format!("if {count} leave today, {others}"),
    )
}

/// What the smallest set does.
#[must_use]
pub fn suffices(count: usize, average: &str, threshold: &str, lang: Lang) -> String {
    if count == 1 {
        return lang.pick(
            format!("räcker: om den 1 går hem i dag hålls snittet på {average} (gräns {threshold})"),
            format!("suffices: if that 1 leaves today the average stays at {average} (threshold {threshold})"),
        );
    }
    lang.pick(
        format!("räcker: om dessa {count} går hem i dag hålls snittet på {average} (gräns {threshold})"),
        format!("suffices: if these {count} leave today the average stays at {average} (threshold {threshold})"),
    )
}

/// No set does: the average, and by how many days it lies above.
#[must_use]
pub fn suffices_not(over: &str, average: &str, lang: Lang) -> String {
    lang.pick(
        format!(
            "räcker inte: {over} dygn över gränsen även om alla går hem i dag (snitt {average})"
        ),
        format!("not enough: {over} days above even if all leave today (average {average})"),
    )
}

/// The average is above its threshold whatever is done.
#[must_use]
pub fn payer_above(lang: Lang) -> String {
    lang.pick("! över gränsen", "! above").to_owned()
}

/// Months in a row above the threshold are being charged.
#[must_use]
pub fn payer_charged(lang: Lang) -> String {
    lang.pick("! debiteras", "! charged").to_owned()
}

/// So many must leave today to keep the average down.
#[must_use]
pub fn payer_must(count: usize, lang: Lang) -> String {
    lang.pick(
        format!("~ {count} ut i dag"),
        format!("~ {count} out today"),
    )
}

/// The plan keeps the average down.
#[must_use]
pub fn payer_kept(lang: Lang) -> String {
    lang.pick("+ hålls", "+ kept down").to_owned()
}

/// Nobody costs anything now.
#[must_use]
pub fn payer_calm(lang: Lang) -> String {
    lang.pick("+ ingen löper", "+ none liable").to_owned()
}

/// Liability runs for so many.
#[must_use]
pub fn payer_liable(count: usize, lang: Lang) -> String {
    lang.pick(format!("! {count} löper"), format!("! {count} liable"))
}
