//! Screens that have no words of their own here: what they would draw, line
//! by line, and their rows found by moving in a copy of the state.

use std::time::Duration;

use super::{
    SIZE,
    speak::{self, squeezed},
    talk::{Page, ROWS, Talk},
};
use crate::{
    console::{
        action::{Action, Command},
        event::Event,
        idle::Idle,
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

/// In the order in which it is drawn: before the first row what stands above
/// the list, the rows of this page by their numbers, with what stands between
/// them, and after the last row what stands below. Rows of other pages are not
/// told, nor headings of theirs.
pub(super) fn page(talk: &mut Talk, state: &State) -> Page {
    let (lang, from) = (state.lang, talk.from);
    let mut copy = tall(state);
    let top = copy.frame().map_or(0, |frame| frame.body.y);
    let line_of = |row: &(u16, String)| usize::from(row.0 - top);
    // The page before ends with the row before the first one of this.
    let before = from.checked_sub(1).and_then(|at| row(&mut copy, at));
    let begin = before.map_or(0, |row| line_of(&row) + 1);
    let drawn = view::body_lines(&copy);
    let (count, rows) = (count(state), placed(state, from));
    let end = match rows.last() {
        Some(last) if from + ROWS < count => line_of(last) + 1,
        _ => drawn.len(),
    };
    let mut lines: Vec<String> = Vec::new();
    for (at, line) in drawn.iter().enumerate().take(end).skip(begin) {
        let told = match rows.iter().position(|row| line_of(row) == at) {
            Some(row) => format!("{}. {}", from + row + 1, squeezed(&rows[row].1)),
            None => squeezed(line),
        };
        lines.extend(Some(told).filter(|told| !told.is_empty()));
    }
    lines.extend(speak::which(from, count, lang));
    let id = format!("{} {from}", state.screen().name());
    speak::page(id, lines, Aloud::ScreenChoices, lang)
}

/// At most a page of rows of the list in front, from a row on, from 0.
pub(super) fn rows(state: &State, from: usize) -> Vec<String> {
    let rows = placed(state, from).into_iter();
    rows.map(|(_, text)| squeezed(&text)).collect()
}

/// Those rows with the lines in which they stand, as they are drawn.
fn placed(state: &State, from: usize) -> Vec<(u16, String)> {
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
        rows.push((place, text));
        last = Some(place);
    }
    rows
}

/// A copy so tall that no list scrolls: a row is known by its line. It never
/// locks: it goes by the moment that is shown, and the lock by the real one.
fn tall(state: &State) -> State {
    let mut copy = state.clone();
    copy.size.1 = MOST as u16 + SIZE.1;
    copy.idle = Idle::new(Duration::ZERO, copy.now);
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
