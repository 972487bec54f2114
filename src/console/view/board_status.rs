//! The board's status line: filter, order, marks, who is followed, and where
//! one is.

use ratatui::layout::{Position, Rect};
use unicode_width::UnicodeWidthStr;

use super::{
    chrome::after_columns,
    paint::{Paint, Tone},
};
use crate::{
    console::{
        screen::{
            arrange::Group,
            board::{BoardPage, Chosen},
            sort::ends_at,
        },
        state::State,
    },
    model::text::plain,
    text::{
        console::{self, Say},
        format,
    },
};

/// Draws it, and gives the cursor where a filter is being typed.
pub fn draw(paint: &mut Paint, area: Rect) -> Option<Position> {
    let state = paint.state;
    let Rect { x, y, width, .. } = area;
    let board = &state.board;
    let mut said = said(state);
    // What has no room gives way whole, from the left: where one is stays.
    let typed = if board.typing || !board.filter.value().is_empty() {
        width / 2
    } else {
        0
    };
    while said.len() > 1 && said.join(" · ").width() > usize::from(width - typed) {
        said.remove(0);
    }
    paint.put_end(x, y, width, &said.join(" · "), Tone::Faint);
    filter(paint, area)
}

/// What of the board is shown, and how: nothing where that is all of it.
pub fn shown(state: &State) -> Vec<String> {
    let (board, lang) = (&state.board, state.lang);
    let mut said = Vec::new();
    if board.chosen != Chosen::All {
        let label = Say::SavedView.text(lang);
        said.push(format!("{label}: {}", board.chosen.name(lang)));
    }
    if let Some(frozen) = &board.frozen {
        said.push(console::frozen(frozen.changes, lang));
    }
    said.extend(arranged(state));
    said
}

/// What is said at the right, the least needed first.
fn said(state: &State) -> Vec<String> {
    let (board, lang) = (&state.board, state.lang);
    let mut said = arranged(state);
    let rows = board.rows_shown();
    let heads = board.shown.iter().take(board.place.at + 1);
    let before = heads.filter(|line| matches!(line, crate::console::screen::arrange::Line::Row(_)));
    said.push(console::position(before.count(), rows, lang));
    said
}

/// Which rows are shown in which order, which are marked, who is followed.
fn arranged(state: &State) -> Vec<String> {
    let (board, lang) = (&state.board, state.lang);
    let mut said = Vec::new();
    if board.all {
        said.push(Say::WithNotReady.text(lang).to_owned());
    }
    if let Some(payer) = board.payer {
        let only = Say::OnlyPayer.text(lang);
        said.push(format!("{only} {}", format::payer(payer)));
    }
    if board.group.is_some() {
        said.push(Group::say(board.group).text(lang).to_owned());
    }
    if board.sort != Default::default() || board.reversed {
        said.push(order(board, lang));
    }
    if !board.marked.is_empty() {
        said.push(console::marked(board.marked.len(), lang));
    }
    said.extend(followed(state));
    said
}

fn order(board: &BoardPage, lang: crate::text::Lang) -> String {
    let turned = if board.reversed {
        Say::Reversed.text(lang)
    } else {
        ""
    };
    let name = board.sort.title(lang).to_lowercase();
    let label = Say::SortedBy.text(lang);
    format!("{label}: {name} {turned}").trim().to_owned()
}

/// Where the followed stay stands, wherever its row is.
fn followed(state: &State) -> Option<String> {
    let (board, lang) = (&state.board, state.lang);
    let episode = board.followed.as_ref()?;
    let label = format!("» {}", plain(episode.as_str()));
    let Some(row) = board.row_of(episode) else {
        return Some(format!("{label} {}", Say::NotOnBoard.text(lang)));
    };
    let standing = console::state(row.line.state, lang);
    let left = ends_at(row).map_or_else(String::new, |end| format::countdown(end - state.now));
    Some(format!("{label} {standing} {left}").trim_end().to_owned())
}

fn filter(paint: &mut Paint, area: Rect) -> Option<Position> {
    let Rect { x, y, width, .. } = area;
    let board = &paint.state.board;
    let filter = board.filter.value();
    if !board.typing && filter.is_empty() {
        return None;
    }
    let label = format!("{}: ", Say::Filter.text(paint.lang()));
    let before = paint.put(x, y, width, &label, Tone::Accent);
    let room = (width / 2).saturating_sub(before);
    let skipped = board.filter.visual_scroll(room as usize);
    let seen = after_columns(filter, skipped);
    let blank = " ".repeat(room as usize);
    paint.put(x + before, y, room, &blank, Tone::Plain);
    paint.put(x + before, y, room, &plain(seen), Tone::Strong);
    let column = board.filter.visual_cursor().saturating_sub(skipped) as u16;
    board.typing.then(|| Position::new(x + before + column, y))
}
