//! Sentences of the payers.

use crate::{
    model::money::Kronor,
    text::{Lang, format},
};

/// An amount as a change, with a word for which way it goes.
#[must_use]
pub fn change(change: Kronor, lang: Lang) -> String {
    if change == Kronor::ZERO {
        return lang.pick("ingen skillnad", "no difference").to_owned();
    }
    if change > Kronor::ZERO {
        let amount = format::money(change, lang);
        return lang.pick(format!("{amount} mer"), format!("{amount} more"));
    }
    let amount = format::money(-change, lang);
    lang.pick(format!("{amount} mindre"), format!("{amount} less"))
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
    let leave = if count == 1 { "leaves" } else { "leave" };
    lang.pick(
        format!("om {count} går i dag, {others}"),
        format!("if {count} {leave} today, {others}"),
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

/// The plan does it alone.
#[must_use]
pub fn plan_keeps(average: &str, lang: Lang) -> String {
    lang.pick(
        format!("planen håller snittet på {average}: ingen behöver gå hem tidigare"),
        format!("the plan keeps the average at {average}: nobody need leave earlier"),
    )
}

/// No set does: the average, and by how many days it lies above.
#[must_use]
pub fn suffices_not(over: &str, average: &str, lang: Lang) -> String {
    lang.pick(
        format!("räcker inte: snitt {average}, {over} över gränsen, även om alla går hem i dag"),
        format!("not enough: average {average}, {over} above, even if all leave today"),
    )
}

/// What a payer's line may have no room for, part by part: who is ready, who
/// was discharged and counted, and what the month comes to if all leave today.
#[must_use]
pub fn payer_more(
    [ready, not_ready]: [u32; 2],
    [discharged, counted]: [u32; 2],
    all_today: Option<&str>,
    lang: Lang,
) -> Vec<String> {
    let mut said = vec![
        lang.pick(
            format!("{ready} klara, {not_ready} ej klara"),
            format!("{ready} ready, {not_ready} not"),
        ),
        lang.pick(
            format!("{discharged} utskrivna, {counted} räknade"),
            format!("{discharged} discharged, {counted} counted"),
        ),
    ];
    said.extend(all_today.map(|amount| {
        lang.pick(
            format!("alla i dag {amount}"),
            format!("all today {amount}"),
        )
    }));
    said
}

/// The average is above its threshold, or will be, whatever is done.
#[must_use]
pub fn payer_above(is_above: bool, lang: Lang) -> String {
    let said = match is_above {
        true => lang.pick("! över gräns", "! above"),
        false => lang.pick("! går över", "! passes"),
    };
    said.to_owned()
}

/// Months in a row above the threshold are being charged.
#[must_use]
pub fn payer_charged(lang: Lang) -> String {
    lang.pick("! debiteras", "! charged").to_owned()
}

/// So many must leave today to keep the average down.
#[must_use]
pub fn payer_must(count: usize, lang: Lang) -> String {
    lang.pick(format!("~ {count} ska hem"), format!("~ {count} must go"))
}

/// The plan keeps the average down.
#[must_use]
pub fn payer_kept(lang: Lang) -> String {
    lang.pick("+ hålls", "+ kept down").to_owned()
}

/// Nobody costs anything now.
#[must_use]
pub fn payer_calm(lang: Lang) -> String {
    lang.pick("+ 0 löper", "+ 0 liable").to_owned()
}

/// Liability runs for so many.
#[must_use]
pub fn payer_liable(count: usize, lang: Lang) -> String {
    lang.pick(format!("! {count} löper"), format!("! {count} liable"))
}
