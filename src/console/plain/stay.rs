//! A stay, told: its facts and then, one at a time, its parts.

use super::{
    other, speak,
    talk::{Hand, Page, ROWS, Talk},
};
use crate::{
    console::{
        action::{Action, Command, Context},
        screen::{
            Screen,
            stay::{Pane, StayPage},
        },
        state::State,
        view,
    },
    desk::reply::StayView,
    model::money::Kronor,
    rules::outlook::{Outlook, State as Standing},
    text::{
        console::{self, Say, aloud, aloud::Aloud},
        errors, format, words,
    },
};

/// The parts, and after them the actions.
const CHOICES: [Say; 6] = [
    Say::TabEvents,
    Say::TabChecklist,
    Say::TabDuties,
    Say::TabWhy,
    Say::TabCosts,
    Say::Actions,
];

pub(super) fn page(talk: &mut Talk, state: &State) -> Page {
    let lang = state.lang;
    let Some(page) = state.stay() else {
        return other::page(talk, state);
    };
    let (id, lines) = match talk.part {
        None => (format!("stay {}", page.episode), facts(page, state)),
        Some(part) => {
            let id = format!("stay {} {part:?} {}", page.episode, talk.from);
            (id, part_lines(talk, state, part))
        }
    };
    speak::page(id, lines, Aloud::ScreenChoices, lang)
}

/// Who and where it stands, and what can be chosen.
fn facts(page: &StayPage, state: &State) -> Vec<String> {
    let lang = state.lang;
    let mut lines = Vec::new();
    if let Some(error) = &page.error {
        lines.extend(errors::error(error, lang).lines().map(str::to_owned));
    }
    match &page.view {
        Some(view) => lines.extend(told(view, state)),
        None if page.error.is_none() => lines.push(Say::Reading.text(lang).to_owned()),
        None => {}
    }
    for (at, choice) in CHOICES.iter().enumerate() {
        lines.push(format!("{}. {}.", at + 1, choice.text(lang)));
    }
    lines
}

/// Identity and place as they are drawn, the standing in sentences.
fn told(view: &StayView, state: &State) -> Vec<String> {
    let lang = state.lang;
    let drawn = other::stay_facts(state);
    let line = |at: usize| drawn.get(at).filter(|line| !line.is_empty()).cloned();
    let Some(outlook) = &view.outlook else {
        return drawn.into_iter().filter(|line| !line.is_empty()).collect();
    };
    let mut lines: Vec<_> = line(0).into_iter().collect();
    lines.push(standing(view, outlook, state).join(" "));
    lines.extend(line(2));
    let flags = outlook.flags.iter();
    let flags: Vec<_> = flags.map(|flag| console::flag(flag.code, lang)).collect();
    if !flags.is_empty() {
        let missing = Aloud::Missing.text(lang);
        lines.push(format!("{missing}: {}.", flags.join(", ")));
    }
    lines
}

/// How the stay stands, how long to what comes next, and what it costs.
fn standing(view: &StayView, outlook: &Outlook, state: &State) -> Vec<String> {
    let lang = state.lang;
    let ended = view.stay.as_ref().and_then(|stay| stay.end.as_ref());
    let mut told = vec![match ended {
        Some(end) => format!("{}.", format::capital(&words::stay_ended(end, lang))),
        None => format!("{}.", aloud::state(outlook.state, lang)),
    }];
    if let Some(end) = view::stay_ends_at(view) {
        let next = outlook.next_boundary.as_ref();
        let what = next.map_or(Say::LiabilityFrom.text(lang), |next| {
            aloud::boundary(next.what, lang)
        });
        let left = aloud::until(end - state.now, lang);
        let when = format::near_moment(end, lang);
        told.push(format!("{what} {left}, {when}."));
    }
    if let Some(start) = outlook.start_if_met_now {
        let (from, met) = (Say::LiabilityFrom.text(lang), Say::IfMetNow.text(lang));
        told.push(format!(
            "{from} {} {met}.",
            format::near_moment(start, lang)
        ));
    }
    if let Some(lost) = outlook.lost_per_day {
        let label = Aloud::LostPerDay.text(lang);
        told.push(format!("{label} {}.", aloud::kronor(lost, lang)));
    }
    let accrued = outlook.accrued.amount.filter(|it| *it > Kronor::ZERO);
    if let Some(amount) = accrued {
        let so_far = Aloud::SoFar.text(lang);
        told.push(format!("{} {so_far}.", aloud::kronor(amount, lang)));
    }
    let blocked = outlook.state == Standing::Blocked;
    if let Some(amount) = outlook.tomorrow.filter(|_| !blocked) {
        let label = Say::Tomorrow.text(lang);
        told.push(format!("{label} {}.", aloud::kronor(amount, lang)));
    }
    told
}

fn part_lines(talk: &Talk, state: &State, part: Pane) -> Vec<String> {
    let lang = state.lang;
    let title = CHOICES[part as usize].text(lang);
    let mut lines = vec![format!("{title}.")];
    if let Some(told) = told_whole(state, part) {
        let count = told.len();
        lines.extend(told.into_iter().skip(talk.from).take(ROWS));
        lines.extend(speak::which(talk.from, count, lang));
        return lines;
    }
    let rows = other::rows(state, talk.from);
    if rows.is_empty() {
        lines.push(Aloud::Nobody.text(lang).to_owned());
    }
    let count = count(talk, state);
    let told = |at: usize| rows.get(at - talk.from).cloned();
    lines.extend(speak::numbered(talk.from, count, lang, told));
    lines
}

pub(super) fn count(talk: &Talk, state: &State) -> usize {
    match talk.part {
        None => CHOICES.len(),
        Some(part) => told_whole(state, part).map_or(state.stay_list().0, |told| told.len()),
    }
}

pub(super) fn number(talk: &mut Talk, hand: &mut Hand, row: usize) {
    match talk.part {
        None => choose(talk, hand, row),
        Some(Pane::Checklist) => {
            hand.select(row);
            hand.run(Command::Open);
        }
        Some(Pane::Events) => {
            hand.select(row);
            talk.remarks.push(chosen(hand.state, row));
        }
        Some(_) => talk.remark(Aloud::NothingToChoose, hand.state),
    }
}

fn choose(talk: &mut Talk, hand: &mut Hand, row: usize) {
    talk.from = 0;
    let Some(part) = Pane::ALL.get(row).copied() else {
        hand.run(Command::Act);
        return;
    };
    while hand.state.stay().is_some_and(|page| page.pane != part) {
        hand.run(Command::NextPane);
    }
    talk.part = Some(part);
}

/// A part that is told in lines, none of which can be chosen.
fn told_whole(state: &State, part: Pane) -> Option<Vec<String>> {
    match part {
        Pane::Why => Some(why(state)),
        Pane::Costs => Some(other::stay_part(state)),
        _ => None,
    }
}

/// The explanation, a step a line; its marks as words.
fn why(state: &State) -> Vec<String> {
    let lang = state.lang;
    let Some(page) = state.stay() else {
        return Vec::new();
    };
    if let Some(error) = &page.why_error {
        return vec![errors::error(error, lang)];
    }
    let mut page = page.clone();
    page.folds.all(true);
    let lines = view::why_lines(&page, lang, u16::MAX);
    let marks = [
        ("+ ", Aloud::Holds),
        ("x ", Aloud::Fails),
        ("- ", Aloud::Lost),
        ("= ", Aloud::Therefore),
        ("→ ", Aloud::Deed),
    ];
    lines
        .into_iter()
        .map(|line| {
            line.text
                .trim()
                .trim_start_matches(['▾', '▸', ' '])
                .to_owned()
        })
        .filter(|line| !line.is_empty())
        .map(|line| {
            let marked = marks
                .iter()
                .find_map(|(mark, word)| Some((line.strip_prefix(mark)?, word)));
            marked.map_or(line.clone(), |(rest, word)| {
                format!("{}: {rest}", word.text(lang))
            })
        })
        .collect()
}

/// `3 vald. c: Rätta den markerade händelsen. x: Makulera …`
fn chosen(state: &State, row: usize) -> String {
    let lang = state.lang;
    let here = Context::On(Screen::Stay);
    let mut told = format!("{} {}.", row + 1, Aloud::Chosen.text(lang));
    for line in state.keymap.help(here) {
        let about = [Command::Correct, Command::Void].map(Action::Command);
        if about.contains(&line.action) {
            let desc = lang.pick(&line.desc.sv, &line.desc.en);
            told.push_str(&format!(" {}: {desc}.", line.keys()));
        }
    }
    told
}
