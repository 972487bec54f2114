//! The board: columns that give way in a declared order, and only the rows
//! that are seen.

use std::borrow::Cow;

use ratatui::layout::{Position, Rect};
use unicode_width::UnicodeWidthStr;

use super::{
    Draw, chrome,
    paint::{Paint, Tone},
};
use crate::{
    console::{
        layout,
        screen::{
            board::BoardPage,
            sort::{Sort, day, ends_at},
        },
        state::State,
    },
    desk::reply::BoardRow,
    model::{text::plain, time::Instant},
    rules::outlook::{self, FlagClass},
    text::{
        Lang,
        console::{self, Say},
        format, words,
    },
};

/// A column of the board.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    State,
    Left,
    Next,
    Stay,
    Name,
    Payer,
    Hospital,
    Ward,
    Day,
    Flags,
    Accrued,
    Tomorrow,
    Age,
}

/// Name, least and most columns, and its place in the order in which columns
/// give way: the highest goes first, those with 0 stay.
struct Rule {
    column: Column,
    say: Say,
    sort: Option<Sort>,
    least: u16,
    most: u16,
    gives_way: u8,
}

const fn rule(
    column: Column,
    say: Say,
    sort: Option<Sort>,
    widths: (u16, u16),
    gives_way: u8,
) -> Rule {
    let (least, most) = widths;
    Rule {
        column,
        say,
        sort,
        least,
        most,
        gives_way,
    }
}

/// The columns from left to right.
const RULES: &[Rule] = &[
    rule(Column::State, Say::ColState, Some(Sort::State), (9, 11), 0),
    rule(Column::Left, Say::ColLeft, Some(Sort::Left), (9, 9), 0),
    rule(Column::Next, Say::ColNext, None, (12, 12), 7),
    rule(Column::Stay, Say::ColStay, Some(Sort::Stay), (9, 14), 0),
    rule(Column::Name, Say::ColName, Some(Sort::Name), (12, 26), 2),
    rule(Column::Payer, Say::ColPayer, Some(Sort::Payer), (4, 20), 0),
    rule(Column::Hospital, Say::ColHospital, None, (10, 20), 9),
    rule(Column::Ward, Say::ColWard, Some(Sort::Ward), (6, 14), 5),
    rule(Column::Day, Say::ColDay, Some(Sort::Day), (3, 3), 1),
    rule(Column::Flags, Say::ColFlags, None, (14, 90), 0),
    rule(
        Column::Accrued,
        Say::ColAccrued,
        Some(Sort::Accrued),
        (10, 12),
        6,
    ),
    rule(
        Column::Tomorrow,
        Say::ColTomorrow,
        Some(Sort::Tomorrow),
        (8, 12),
        3,
    ),
    rule(Column::Age, Say::ColAge, Some(Sort::Age), (5, 5), 8),
];

/// The least columns of a rule; the states' words differ in length.
fn least_of(rule: &Rule, lang: Lang) -> u16 {
    match rule.column {
        Column::State => lang.pick(rule.least, rule.most),
        _ => rule.least,
    }
}

/// The columns that fit, with their widths.
fn columns(width: u16, lang: Lang) -> Vec<(&'static Rule, u16)> {
    let mut kept: Vec<&Rule> = RULES.iter().collect();
    let least = |kept: &[&Rule]| {
        kept.iter()
            .map(|rule| least_of(rule, lang) + 1)
            .sum::<u16>()
    };
    while least(&kept) > width {
        let goes = kept
            .iter()
            .enumerate()
            .filter(|(_, rule)| rule.gives_way > 0)
            .max_by_key(|(_, rule)| rule.gives_way)
            .map(|(index, _)| index);
        match goes {
            Some(index) => drop(kept.remove(index)),
            None => break,
        }
    }
    let mut spare = width.saturating_sub(least(&kept));
    let mut widths: Vec<u16> = kept.iter().map(|rule| least_of(rule, lang)).collect();
    // A third of what is left goes to the flags, the rest from left to right.
    let flags = kept.iter().position(|rule| rule.column == Column::Flags);
    if let Some(flags) = flags {
        let given = (spare / 3).min(kept[flags].most - kept[flags].least);
        widths[flags] += given;
        spare -= given;
    }
    for (width, rule) in widths.iter_mut().zip(&kept) {
        let given = spare.min(rule.most.saturating_sub(*width));
        *width += given;
        spare -= given;
    }
    kept.into_iter().zip(widths).collect()
}

/// The rows that are seen.
fn seen(state: &State) -> impl Iterator<Item = &BoardRow> {
    let board = &state.board;
    let height = state.board_height();
    let end = (board.place.top + height).min(board.shown.len());
    (board.place.top..end).filter_map(|at| board.row(at))
}

impl Draw for BoardPage {
    fn draw(&self, paint: &mut Paint, area: Rect) {
        draw(paint, area);
    }

    fn ends(&self, state: &State) -> Vec<Option<Instant>> {
        seen(state).map(ends_at).collect()
    }

    fn status(&self, paint: &mut Paint, area: Rect) -> Option<Position> {
        chrome::board_status(paint, area)
    }
}

/// Draws the board.
fn draw(paint: &mut Paint, area: Rect) {
    let state = paint.state;
    // One column at the left marks the selected row.
    let columns = columns(area.width.saturating_sub(2), paint.lang());
    names(paint, area, &columns);
    let rows = layout::board_rows(area);
    if state.board.shown.is_empty() {
        empty(paint, rows);
        return;
    }
    for (line, row) in seen(state).enumerate() {
        let y = rows.y + line as u16;
        let mut x = rows.x + 1;
        for (rule, width) in &columns {
            cell(paint, x, y, *width, rule.column, row);
            x += width + 1;
        }
        if state.board.place.top + line == state.board.place.at {
            paint.put(rows.x, y, 1, "▸", Tone::Strong);
            paint.select(Rect {
                y,
                height: 1,
                ..rows
            });
        }
    }
}

fn names(paint: &mut Paint, area: Rect, columns: &[(&Rule, u16)]) {
    let (board, lang) = (&paint.state.board, paint.lang());
    let mut x = area.x + 1;
    paint.underline(Rect { height: 1, ..area });
    for (rule, width) in columns {
        let sorted = rule.sort == Some(board.sort);
        let mark = match (sorted, board.reversed) {
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

fn is_number(column: Column) -> bool {
    matches!(
        column,
        Column::Left | Column::Day | Column::Accrued | Column::Tomorrow | Column::Age
    )
}

fn empty(paint: &mut Paint, area: Rect) {
    let (board, lang) = (&paint.state.board, paint.lang());
    let say = match &board.board {
        None => Say::Reading,
        Some(all) if all.rows.is_empty() => Say::NobodyReady,
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

fn cell(paint: &mut Paint, x: u16, y: u16, width: u16, column: Column, row: &BoardRow) {
    let (state, lang) = (paint.state, paint.lang());
    let line = &row.line;
    let text: Cow<str> = match column {
        Column::State => console::state(line.state, lang).into(),
        Column::Left => left(row, state.now).into(),
        Column::Next => {
            let next = line.next_boundary.as_ref();
            next.map_or("", |next| console::boundary(next.what, lang))
                .into()
        }
        Column::Stay => plain(line.episode.as_str()),
        Column::Name => name(row, lang),
        Column::Payer => match line.payer {
            Some(payer) if width > 9 => format!("{payer} {}", payer.name()).into(),
            Some(payer) => payer.to_string().into(),
            None => "–".into(),
        },
        Column::Hospital => plain(&row.hospital),
        Column::Ward => plain(&line.ward),
        Column::Day => day(row, state.now).map_or("".into(), |day| day.to_string().into()),
        Column::Flags => flags(row, lang, width).into(),
        Column::Accrued => {
            let amount = line.accrued.amount;
            amount
                .map_or("?".to_owned(), |amount| kronor(amount, lang))
                .into()
        }
        Column::Tomorrow => line
            .tomorrow
            .map_or("?".to_owned(), |sum| kronor(sum, lang))
            .into(),
        Column::Age => console::age(state.now - line.last_event).into(),
    };
    let tone = tone(column, row, state.now);
    if is_number(column) {
        paint.put_end(x, y, width, &text, tone);
    } else {
        paint.put(x, y, width, &text, tone);
    }
}

fn tone(column: Column, row: &BoardRow, now: Instant) -> Tone {
    let blocks = |flag: &outlook::Flag| flag.class != FlagClass::Quality;
    match column {
        Column::State => Tone::of(row.line.state),
        Column::Left => match ends_at(row) {
            Some(end) if (end - now).num_hours() < 24 => Tone::Strong,
            _ => Tone::Plain,
        },
        Column::Flags if row.line.flags.iter().any(blocks) => Tone::Stopped,
        Column::Age if (now - row.line.last_event).num_hours() >= 24 => Tone::Soon,
        Column::Age | Column::Next | Column::Hospital => Tone::Faint,
        _ => Tone::Plain,
    }
}

fn left(row: &BoardRow, now: Instant) -> String {
    ends_at(row).map_or_else(|| "–".to_owned(), |end| format::countdown(end - now))
}

/// A name as this actor may see it.
fn name<'a>(row: &'a BoardRow, lang: Lang) -> Cow<'a, str> {
    match &row.patient.name {
        Some(name) if !row.patient.protected => plain(name),
        _ if row.patient.protected => Say::Masked.text(lang).into(),
        _ => "–".into(),
    }
}

/// What is missing or late: at length, or shorter, or the first of it and how
/// much more; the board's order puts what stops liability first.
fn flags(row: &BoardRow, lang: Lang, width: u16) -> String {
    let codes = || row.line.flags.iter().map(|flag| flag.code);
    let fits = |text: &String| text.width() <= usize::from(width);
    let joined = |words: Vec<&str>| words.join(", ");
    let long = joined(codes().map(|code| console::flag(code, lang)).collect());
    if fits(&long) {
        return long;
    }
    let short: Vec<&str> = codes().map(|code| words::flag_short(code, lang)).collect();
    let count = short.len();
    (1..=count)
        .rev()
        .map(|seen| match count - seen {
            0 => joined(short.clone()),
            more => format!("{} +{more}", joined(short[..seen].to_vec())),
        })
        .find(fits)
        .unwrap_or(long)
}

/// An amount without its unit, which the column's name leaves no doubt of.
fn kronor(amount: crate::model::money::Kronor, lang: Lang) -> String {
    let text = format::money(amount, lang);
    let text = text.trim_start_matches("SEK").trim_end_matches("kr");
    text.trim_matches('\u{a0}').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_give_way_in_order_and_use_the_width() {
        let names = |width| {
            columns(width, Lang::En)
                .iter()
                .map(|(rule, _)| rule.column)
                .collect::<Vec<_>>()
        };
        let sum = |width| {
            columns(width, Lang::En)
                .iter()
                .map(|(_, width)| width + 1)
                .sum::<u16>()
        };
        assert!(!names(78).contains(&Column::Hospital) && !names(78).contains(&Column::Age));
        assert!(names(78).contains(&Column::Name) && names(78).contains(&Column::Tomorrow));
        assert_eq!(names(198).len(), RULES.len());
        for width in 58..220 {
            assert!(sum(width) <= width, "{width}");
            assert!(names(width).contains(&Column::Flags));
            assert!(names(width + 1).len() >= names(width).len());
        }
        assert_eq!(sum(78), 78);
    }
}
