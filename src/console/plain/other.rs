//! Screens that have no words of their own here: what they would draw, line
//! by line, and their rows found by moving in a copy of the state.

use super::{
    SIZE,
    speak::{self, squeezed},
    talk::{Page, ROWS, Talk},
};
use crate::{
    console::{
        action::{Action, Command},
        event::Event,
        layout,
        screen::{
            close::{ClosePage, ClosePane},
            stay::Pane,
        },
        state::State,
        view,
    },
    text::console::aloud::Aloud,
};

/// The most rows that are looked for.
const MOST: usize = 500;

pub(super) fn page(talk: &mut Talk, state: &State) -> Page {
    let lang = state.lang;
    let rows = rows(state, talk.from);
    let mut lines: Vec<String> = Vec::new();
    for line in view::body_lines(&tall(state)) {
        let line = squeezed(&line);
        if !line.is_empty() && !rows.contains(&line) {
            lines.push(line);
        }
    }
    let count = count(state);
    let told = |at: usize| rows.get(at - talk.from).cloned();
    lines.extend(speak::numbered(talk.from, count, lang, told));
    let id = format!("{} {}", state.screen().name(), talk.from);
    speak::page(id, lines, Aloud::ScreenChoices, lang)
}

/// At most a page of rows of the list in front, from a row on, from 0.
pub(super) fn rows(state: &State, from: usize) -> Vec<String> {
    let mut copy = tall(state);
    let mut rows = Vec::new();
    let before = from.checked_sub(1);
    let mut last = before.and_then(|at| row(&mut copy, at)).map(|row| row.0);
    for at in from..from + ROWS {
        let Some((place, text)) = row(&mut copy, at) else {
            break;
        };
        // A row after the last one is the last one again.
        if last.as_ref() == Some(&place) {
            break;
        }
        rows.push(squeezed(&text));
        last = Some(place);
    }
    rows
}

/// A copy so tall that no list scrolls: a row is known by its line.
fn tall(state: &State) -> State {
    let mut copy = state.clone();
    copy.size.1 = MOST as u16 + SIZE.1;
    copy
}

/// A row of the list in front: its line, and its text.
fn row(copy: &mut State, at: usize) -> Option<(u16, String)> {
    let first = Action::Command(Command::First);
    let now = copy.now;
    // What it would ask for is not asked: it is a copy.
    copy.handle(Event::Run(first, Some(at + 1)), now);
    view::selected_row(copy)
}

/// How many rows the list in front has, as far as they are looked for.
pub(super) fn count(state: &State) -> usize {
    let mut copy = tall(state);
    let Some(last) = row(&mut copy, MOST).map(|row| row.0) else {
        return 0;
    };
    // The first place where the last row stands.
    let (mut low, mut high) = (0, MOST);
    while low < high {
        let middle = (low + high) / 2;
        let is_last = row(&mut copy, middle).is_some_and(|row| row.0 == last);
        if is_last {
            high = middle
        } else {
            low = middle + 1
        }
    }
    low + 1
}

/// The rows of one list of the month close.
pub(super) fn rows_in(state: &State, pane: ClosePane, from: usize) -> Vec<String> {
    let mut copy = state.clone();
    if let Some(page) = copy.page_mut::<ClosePage>() {
        page.pane = pane;
        if page.is_empty() {
            return Vec::new();
        }
    }
    rows(&copy, from)
}

/// What is drawn of the part of the stay in front, below its facts and tabs.
pub(super) fn stay_part(state: &State) -> Vec<String> {
    let drawn = view::body_lines(state).into_iter();
    let sum = format!("{} ", Aloud::InAll.text(state.lang));
    drawn
        .skip(facts_height() + 1)
        .map(|line| squeezed(&line).replace("Σ, ", &sum))
        .filter(|line| !line.is_empty())
        .collect()
}

fn facts_height() -> usize {
    let facts = layout::stay(ratatui::layout::Rect::new(0, 0, 1, u16::MAX), Pane::Events).facts;
    facts.height as usize
}

/// The facts of the stay in front, as they are drawn above its parts.
pub(super) fn stay_facts(state: &State) -> Vec<String> {
    let lines = view::body_lines(state).into_iter();
    lines
        .take(facts_height())
        .map(|line| squeezed(&line))
        .collect()
}
