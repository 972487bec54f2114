//! The board: its view and the noon clock, then only the lines that are seen.

use ratatui::layout::{Position, Rect};
use unicode_width::UnicodeWidthStr;

use super::{
    Draw, board_status,
    cells::{cell, kronor},
    columns::{Choice, Column, Rule, columns, is_number},
    paint::{Paint, Tone},
};
use crate::{
    console::{
        layout,
        names::Names,
        screen::{
            arrange::{Head, Line},
            board::{BoardPage, Chosen},
            search::Words,
            sort::ends_at,
            views::View,
        },
        state::State,
    },
    desk::reply::BoardRow,
    model::{text::plain, time::Instant},
    text::console::{self, Say},
};

/// Columns before a row: whether it is selected, and whether it is marked.
const MARGIN: u16 = 2;

/// The lines that are seen.
fn seen(state: &State) -> std::ops::Range<usize> {
    let board = &state.board;
    let end = board.place.top + state.board_height();
    board.place.top..end.min(board.shown.len())
}

impl Draw for BoardPage {
    fn draw(&self, paint: &mut Paint, area: Rect) {
        draw(paint, area);
    }

    fn ends(&self, state: &State) -> Vec<Option<Instant>> {
        let rows = seen(state).filter_map(|at| self.row(at));
        let mut ends: Vec<_> = rows.map(ends_at).collect();
        let noon = self.head().and_then(|head| head.noon.as_ref());
        ends.push(noon.filter(|noon| noon.stays > 0).map(|noon| noon.at));
        ends
    }

    fn status(&self, paint: &mut Paint, area: Rect) -> Option<Position> {
        board_status::draw(paint, area)
    }
}

/// Draws the board.
fn draw(paint: &mut Paint, area: Rect) {
    let state = paint.state;
    let silent = state.silent_sources();
    let areas = layout::board(area, !silent.is_empty());
    top_line(paint, areas.line);
    if let Some(line) = areas.silent {
        let text = console::silent(&silent, state.now, line.width.into(), state.lang);
        let width = line.width.saturating_sub(2);
        paint.put(line.x + 1, line.y, width, &plain(&text), Tone::Alarm);
    }
    let columns = columns(area.width.saturating_sub(MARGIN), choice(state));
    names(paint, areas.names, &columns);
    if state.board.shown.is_empty() {
        empty(paint, areas.rows);
        return;
    }
    let filter = state.board.filter.value();
    let mut words = (!filter.trim().is_empty()).then(|| Words::of(filter));
    for (line, at) in seen(state).enumerate() {
        let area = Rect {
            y: areas.rows.y + line as u16,
            height: 1,
            ..areas.rows
        };
        draw_line(paint, area, at, &columns, &mut words);
    }
}

fn choice(state: &State) -> Choice {
    Choice {
        lang: state.lang,
        role: state.settings.role,
        nameless: state.names == Names::Hidden,
        duties: state.board.view() == Some(View::Duties),
        districts: state.board.districts,
    }
}

/// The view, whether rows stay put, and the noon clock.
fn top_line(paint: &mut Paint, area: Rect) {
    let (board, lang) = (&paint.state.board, paint.lang());
    let view = board.chosen.name(lang);
    let label = format!("{}: ", Say::SavedView.text(lang));
    let width = area.width.saturating_sub(2);
    let mut x = area.x + 1;
    x += paint.put(x, area.y, width, &label, Tone::Faint);
    x += paint.put(x, area.y, width, &view, Tone::Strong) + 2;
    if let Some(frozen) = &board.frozen {
        let text = console::frozen(frozen.changes, lang);
        x += paint.put(x, area.y, width, &text, Tone::Accent) + 2;
    }
    let Some(noon) = board.head().and_then(|head| head.noon.as_ref()) else {
        return;
    };
    let room = (area.right().saturating_sub(1)).saturating_sub(x);
    let left = noon.at - paint.state.now;
    let told = console::noon(noon, left, lang);
    // What is lost is told in the longest way that has room, and never cut.
    let fitting = told.iter().find(|text| text.width() <= usize::from(room));
    if let Some(text) = fitting {
        let tone = if noon.stays > 0 {
            Tone::Soon
        } else {
            Tone::Faint
        };
        paint.put_end(x, area.y, room, text, tone);
    }
}

fn draw_line(
    paint: &mut Paint,
    area: Rect,
    at: usize,
    columns: &[(&Rule, u16)],
    words: &mut Option<Words>,
) {
    let board = &paint.state.board;
    match (board.shown[at], board.row(at)) {
        (_, Some(row)) => draw_row(paint, area, row, columns, words),
        (Line::Head(head), None) => draw_head(paint, area, &board.heads[head as usize]),
        (Line::Row(_), None) => {}
    }
    if board.place.at == at {
        paint.put(area.x, area.y, 1, "▸", Tone::Strong);
        paint.select(area);
    }
}

fn draw_row(
    paint: &mut Paint,
    area: Rect,
    row: &BoardRow,
    columns: &[(&Rule, u16)],
    words: &mut Option<Words>,
) {
    let state = paint.state;
    let episode = &row.line.episode;
    let mark = if state.board.marked.contains(episode) {
        "+"
    } else if state.board.followed.as_ref() == Some(episode) {
        "»"
    } else if state.since.is_some_and(|since| row.seq > since) {
        "*"
    } else {
        " "
    };
    paint.put(area.x + 1, area.y, 1, mark, Tone::Accent);
    let mut x = area.x + MARGIN;
    for (rule, width) in columns {
        cell(paint, (x, area.y, *width), rule.column, row, words);
        x += width + 1;
    }
}

fn draw_head(paint: &mut Paint, area: Rect, head: &Head) {
    let lang = paint.lang();
    let today = kronor(head.today, lang);
    let today = console::sum(today, head.today, head.unpriced, lang);
    let sums = console::group_sums(head.rows, head.liable, &today, lang);
    let width = area.width.saturating_sub(MARGIN + 2);
    let named = paint.put(area.x + 1, area.y, width, &head.title(lang), Tone::Title);
    let x = area.x + 1 + named + 2;
    paint.put(x, area.y, width.saturating_sub(named), &sums, Tone::Faint);
}

fn names(paint: &mut Paint, area: Rect, columns: &[(&Rule, u16)]) {
    let (board, lang) = (&paint.state.board, paint.lang());
    let mut x = area.x + MARGIN;
    paint.underline(Rect { height: 1, ..area });
    for (rule, width) in columns {
        let mark = match (rule.sort == board.sort, board.reversed) {
            (false, _) => "",
            (true, false) => "▼",
            (true, true) => "▲",
        };
        let say = match rule.column {
            Column::Payer if *width < 8 => Say::ColPayerShort,
            _ => rule.say,
        };
        let name = format!("{}{mark}", say.text(lang));
        if is_number(rule.column) {
            paint.put_end(x, area.y, *width, &name, Tone::Column);
        } else {
            paint.put(x, area.y, *width, &name, Tone::Column);
        }
        x += width + 1;
    }
}

fn empty(paint: &mut Paint, area: Rect) {
    let (board, lang) = (&paint.state.board, paint.lang());
    let say = match &board.board {
        None => Say::Reading,
        Some(all) if all.rows.is_empty() => Say::NobodyReady,
        Some(_) if board.chosen != Chosen::All => Say::NobodyInView,
        Some(_) => Say::NoMatch,
    };
    paint.put(
        area.x + 1,
        area.y + 1,
        area.width.saturating_sub(2),
        say.text(lang),
        Tone::Faint,
    );
}
