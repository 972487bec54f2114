//! How it stands with liability for one span, as a sentence.

use chrono::NaiveDate;

use super::{Lang, Read, format, value};
use crate::{
    model::time::local_date,
    rules::trace::{Outcome, SpanExplanation, Step, codes},
};

/// How it stands with liability for one span, as a sentence.
#[must_use]
pub fn verdict(span: &SpanExplanation, lang: Lang) -> String {
    let began = charged_from(span);
    if let Some(at) = span.liability_start {
        return starts(local_date(at), began, lang);
    }
    if let Some(said) = otherwise(span, lang) {
        return said;
    }
    let why = value::joined(&failing(span, lang), lang);
    if why.is_empty() {
        return match began {
            Some(date) => starts(date, began, lang),
            None => nothing(span, lang).to_owned(),
        };
    }
    match (step(span, codes::AVERAGE_MEMBER), began) {
        (Some(_), _) => lang.pick(
            format!("Patienten ingår inte i betalarens snitt: {why}."),
            format!("The patient is not in the payer's average: {why}."),
        ),
        (None, Some(began)) => {
            let day = format::short_day(began, lang);
            lang.pick(
                format!("Betalningsansvaret började {day} men löper inte nu: {why}."),
                format!("Liability began {day} but does not run now: {why}."),
            )
        }
        (None, None) => lang.pick(
            format!("Betalningsansvaret har inte börjat: {why}."),
            format!("Liability has not started: {why}."),
        ),
    }
}

/// Nothing is in the way and nothing came of it: the span ended before it
/// could, or the stay is not the municipality's. Other spans of the stay may
/// still cost, so that it is about this one has to be said.
fn nothing(span: &SpanExplanation, lang: Lang) -> &'static str {
    let ended = step(span, codes::END).map(|end| {
        let of = |name: &str| end.inputs.iter().any(|input| input.name == name);
        (of("retracted"), of("aborted"))
    });
    match ended {
        Some((true, _)) => lang.pick(
            "Underrättelsen togs tillbaka innan något skulle betalas för den.",
            "The notice was taken back before anything was to be paid for it.",
        ),
        Some((_, true)) => lang.pick(
            "Planeringen avbröts innan något skulle betalas för perioden.",
            "Planning ended before anything was to be paid for the span.",
        ),
        Some(_) if step(span, codes::CHARGEABLE_DATES).is_some() => lang.pick(
            "Perioden slutade innan något skulle betalas för den.",
            "The span ended before anything was to be paid for it.",
        ),
        _ => lang.pick(
            "Inget att betala för den här perioden.",
            "Nothing to pay for this span.",
        ),
    }
}

/// Liability by dates: when it starts, and that it began before where it
/// stood still since.
fn starts(date: NaiveDate, began: Option<NaiveDate>, lang: Lang) -> String {
    let day = format::short_day(date, lang);
    match began {
        None => lang.pick(
            format!("Betalningsansvaret börjar {day}."),
            format!("Liability starts {day}."),
        ),
        Some(began) if began >= date => lang.pick(
            format!("Betalningsansvaret började {day}."),
            format!("Liability began {day}."),
        ),
        Some(began) => {
            let began = format::short_day(began, lang);
            lang.pick(
                format!("Betalningsansvaret började {began} och löper åter från {day}."),
                format!("Liability began {began} and runs again from {day}."),
            )
        }
    }
}

/// Where no date of the patient's own decides.
fn otherwise(span: &SpanExplanation, lang: Lang) -> Option<String> {
    let holding = |code| step(span, code).filter(|step| step.outcome == Outcome::Holds);
    if holding(codes::MANUAL).is_some() {
        let said = lang.pick(
            "Ekonomi avgör beloppet för hand.",
            "Finance decides the amount by hand.",
        );
        return Some(said.to_owned());
    }
    if let Some(long) = holding(codes::LONG_STAY) {
        let days = value::days(&long.result, lang);
        return Some(lang.pick(
            format!("Vårdtillfället debiteras för sig: {days}."),
            format!("The stay is charged by itself: {days}."),
        ));
    }
    holding(codes::AVERAGE_MEMBER).map(|_| {
        lang.pick(
            "Månadens snitt avgör om det kostar; inget datum gäller för patienten själv.",
            "The month's average decides the cost; no date holds for the patient alone.",
        )
        .to_owned()
    })
}

fn step<'a>(span: &'a SpanExplanation, code: &str) -> Option<&'a Step> {
    span.steps.iter().find(|step| step.code == code)
}

/// The first date that is charged so far.
fn charged_from(span: &SpanExplanation) -> Option<NaiveDate> {
    let charged = step(span, codes::CHARGEABLE_DATES)?;
    let (first, _) = charged.result.split_once("..")?;
    first.parse().ok()
}

/// What is in the way, as parts of a sentence.
fn failing(span: &SpanExplanation, lang: Lang) -> Vec<String> {
    let follows = [codes::CHARGEABLE_DATES, codes::AVERAGE_MEMBER];
    let failing = span
        .steps
        .iter()
        .filter(|it| it.outcome == Outcome::Fails && !follows.contains(&it.code.as_str()));
    failing
        .map(|step| {
            let said = Read { step, lang }.clause_text();
            match (step.code.as_str(), said.split_once(": ")) {
                // That the span has not begun is what is being said.
                (codes::SPAN_START, Some((_, why))) => why.to_owned(),
                // What it costs is said by the steps.
                (codes::OPEN_CARE, Some((why, _))) => why.to_owned(),
                _ => said,
            }
        })
        .collect()
}
