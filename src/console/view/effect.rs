//! What a form will do, in words, before it is confirmed.

use std::collections::BTreeSet;

use super::paint::Tone;
use crate::{
    console::{
        form::{Form, Task},
        state::State,
    },
    desk::reply::PreviewView,
    model::{money::Kronor, text::plain, time::Instant},
    rules::outlook::{Flag, Outlook},
    text::{
        Lang,
        console::{self, Say},
        errors, format,
    },
};

/// The effect of a form that records events, as text.
pub fn texts(state: &State, form: &Form) -> Vec<String> {
    lines(state, form).into_iter().map(|line| line.0).collect()
}

/// The effect of a form that records events.
pub fn lines(state: &State, form: &Form) -> Vec<(String, Tone)> {
    let (lang, now) = (state.lang, state.now);
    let label = Say::Effect.text(lang);
    let computing = || {
        let text = format!("{label}: {}", Say::Computing.text(lang));
        vec![(text, Tone::Faint)]
    };
    if form.spans_stays() {
        return match form.preview.awaited.is_empty() {
            true => each(form, lang),
            false => computing(),
        };
    }
    match &form.preview.view {
        None if form.preview.busy => computing(),
        None => Vec::new(),
        Some(Err(error)) => {
            let text = format!("{label}: ! {}", errors::in_brief(error, lang));
            vec![(text, Tone::Soon)]
        }
        Some(Ok(view)) if form.task == Task::Admit && view.before.is_some() => {
            vec![(format!("! {}", Say::StayExists.text(lang)), Tone::Alarm)]
        }
        Some(Ok(view)) => changes(view, lang, now),
    }
}

/// Of a form for several stays: those that it changes, by name and as many as
/// a form of the smallest full screen has room for, and how many it does not.
fn each(form: &Form, lang: Lang) -> Vec<(String, Tone)> {
    /// Stays that are told one by one.
    const FEW: usize = 6;
    let mut told = Vec::new();
    let mut unchanged = 0;
    for (episode, tried) in &form.preview.each {
        let (change, tone) = match tried {
            Ok(view) => (in_short(view, lang), Tone::Strong),
            Err(error) => {
                let said = errors::in_brief(error, lang);
                (Some(format!("! {said}")), Tone::Soon)
            }
        };
        match change {
            Some(change) => told.push((plain(&format!("{episode}: {change}")).into_owned(), tone)),
            None => unchanged += 1,
        }
    }
    let more = told.len().saturating_sub(FEW);
    told.truncate(FEW);
    if more > 0 {
        told.push((console::change_too(more, lang), Tone::Strong));
    }
    if unchanged > 0 {
        told.push((console::unchanged(unchanged, lang), Tone::Plain));
    }
    told
}

/// What changes for one of several stays: where it stands, and its dates, or
/// where neither does, what is missing.
fn in_short(view: &PreviewView, lang: Lang) -> Option<String> {
    let mut told: Vec<String> = state(view, lang).into_iter().collect();
    told.extend(dates(view, lang));
    if told.is_empty() {
        told.extend(flags(view, lang));
    }
    (!told.is_empty()).then(|| told.join("; "))
}

fn changes(view: &PreviewView, lang: Lang, now: Instant) -> Vec<(String, Tone)> {
    let mut told = Vec::new();
    told.extend(payer(view, lang));
    told.extend(state(view, lang));
    told.extend(dates(view, lang));
    told.extend(boundary(view, lang));
    told.extend(accrued(view, lang));
    told.extend(flags(view, lang));
    if told.is_empty() {
        let stands = view.after.as_ref().map(|after| standing(after, lang, now));
        let stands = stands.map_or_else(String::new, |text| format!(" ({text})"));
        return vec![(format!("{}{stands}", Say::NoChange.text(lang)), Tone::Plain)];
    }
    told.into_iter().map(|text| (text, Tone::Strong)).collect()
}

/// A value before and after, where it differs.
fn differs(
    what: &str,
    view: &PreviewView,
    value: impl Fn(&Outlook) -> Option<String>,
) -> Option<String> {
    let shown = |outlook: &Option<Outlook>| outlook.as_ref().and_then(&value);
    let (before, after) = (shown(&view.before), shown(&view.after));
    let word = |value: Option<String>| value.unwrap_or_else(|| "–".to_owned());
    (before != after).then(|| console::from_to(what, &word(before), &word(after)))
}

fn payer(view: &PreviewView, lang: Lang) -> Option<String> {
    let payer = |outlook: &Outlook| {
        let unsettled = || Say::Unsettled.text(lang).to_owned();
        Some(outlook.payer.map_or_else(unsettled, format::payer))
    };
    differs(Say::Payer.text(lang), view, payer)
}

fn state(view: &PreviewView, lang: Lang) -> Option<String> {
    let ready = |it: &Option<Outlook>| it.as_ref().is_some_and(|it| it.ready_since.is_some());
    if ready(&view.before) && !ready(&view.after) {
        return Some(Say::SpanEnds.text(lang).to_owned());
    }
    let state = |outlook: &Outlook| Some(console::state(outlook.state, lang).to_owned());
    differs(Say::State.text(lang), view, state)
}

/// When liability starts, and what that does to the cost within a week.
fn dates(view: &PreviewView, lang: Lang) -> Option<String> {
    let start = |outlook: &Outlook| {
        let none = || Say::NoDate.text(lang).to_owned();
        let start = outlook.liability_start;
        Some(start.map_or_else(none, |start| format::near_moment(start, lang)))
    };
    let starts = view
        .before
        .as_ref()
        .and_then(|it| it.liability_start)
        .is_some()
        || view
            .after
            .as_ref()
            .and_then(|it| it.liability_start)
            .is_some();
    let dates = differs(Say::LiabilityFrom.text(lang), view, start).filter(|_| starts);
    let costs = costs(view, lang);
    match (dates, costs) {
        (Some(dates), Some(costs)) => Some(format!("{dates}; {costs}")),
        (dates, costs) => dates.or(costs),
    }
}

fn costs(view: &PreviewView, lang: Lang) -> Option<String> {
    // Before there is a stay there is nothing to compare with.
    view.before.as_ref()?;
    let [Some(before), Some(after)] = view.in_a_week else {
        return None;
    };
    (before != after).then(|| console::week_differs(before, after, lang))
}

/// The next boundary where that is not the start of liability itself.
fn boundary(view: &PreviewView, lang: Lang) -> Option<String> {
    let next = |outlook: &Outlook| {
        let next = outlook.next_boundary.as_ref()?;
        (Some(next.at) != outlook.liability_start).then(|| {
            let at = format::near_moment(next.at, lang);
            format!("{} {at}", console::boundary(next.what, lang))
        })
    };
    differs(Say::NextBoundary.text(lang), view, next)
}

fn accrued(view: &PreviewView, lang: Lang) -> Option<String> {
    let accrued = |outlook: &Outlook| {
        let amount = outlook.accrued.amount;
        Some(console::amount_or_unknown(amount, lang))
    };
    // A new stay starts with nothing.
    let sum = |it: &Option<Outlook>| it.as_ref().and_then(|it| it.accrued.amount);
    let nothing = |it: Option<Kronor>| it.is_none_or(|it| it == Kronor::ZERO);
    if nothing(sum(&view.before)) && nothing(sum(&view.after)) {
        return None;
    }
    differs(Say::Accrued.text(lang), view, accrued)
}

/// What is no longer missing, and what is so from now on.
fn flags(view: &PreviewView, lang: Lang) -> Vec<String> {
    let set = |outlook: &Option<Outlook>| -> BTreeSet<Flag> {
        let flags = outlook.as_ref().map(|it| it.flags.iter().copied());
        flags.into_iter().flatten().collect()
    };
    let (before, after) = (set(&view.before), set(&view.after));
    let told = |some: BTreeSet<&Flag>, gone: bool| {
        let words: Vec<_> = some
            .iter()
            .map(|flag| console::flag(flag.code, lang))
            .collect();
        (!words.is_empty()).then(|| console::flags_change(gone, &words.join(", "), lang))
    };
    let gone = told(before.difference(&after).collect(), true);
    let new = told(after.difference(&before).collect(), false);
    gone.into_iter().chain(new).collect()
}

/// Where a stay stands, in short.
fn standing(outlook: &Outlook, lang: Lang, now: Instant) -> String {
    let mut text = console::state(outlook.state, lang).to_owned();
    if let Some(start) = outlook.liability_start {
        text.push(' ');
        text.push_str(&format::near_moment(start, lang));
        if start > now {
            text.push_str(&format!(", {}", format::countdown(start - now)));
        }
    }
    text
}
