//! The cells of the board's rows.

use std::borrow::Cow;

use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use super::{
    columns::{Column, is_number, is_searched},
    paint::{Paint, Tone},
};
use crate::{
    console::{
        screen::{
            search::Words,
            sort::{day, ends_at},
        },
        state::State,
    },
    desk::reply::BoardRow,
    model::{money::Kronor, text::plain, time::Instant},
    rules::outlook::{Flag, FlagClass, FlagCode},
    text::{
        Lang,
        console::{self, Say},
        duty as duty_words, format, words,
    },
};

/// Draws one cell; letters that the filter found in it are marked.
pub fn cell(
    paint: &mut Paint,
    (x, y, width): (u16, u16, u16),
    column: Column,
    row: &BoardRow,
    words: &mut Option<Words>,
) {
    let state = paint.state;
    let text = text(column, row, state, width);
    let tone = tone(column, row, state);
    if is_number(column) {
        paint.put_end(x, y, width, &text, tone);
        return;
    }
    let taken = paint.put(x, y, width, &text, tone);
    if let Some(words) = words.as_mut().filter(|_| is_searched(column)) {
        mark(paint, (x, y, taken), &text, words);
    }
}

fn text<'s>(column: Column, row: &'s BoardRow, state: &'s State, width: u16) -> Cow<'s, str> {
    let (line, lang) = (&row.line, state.lang);
    match column {
        Column::State => console::state(line.state, lang).into(),
        Column::Left => left(row, state.now).into(),
        Column::Next => {
            let next = line.next_boundary.as_ref();
            next.map_or("", |next| console::boundary(next.what, lang))
                .into()
        }
        Column::Stay => plain(line.episode.as_str()),
        Column::Name => state.names.name(&row.patient, lang),
        Column::Payer => match line.payer {
            Some(payer) => format::payer_within(payer, usize::from(width)).into(),
            None => "–".into(),
        },
        Column::Hospital => plain(&row.hospital),
        Column::Ward => plain(&line.ward),
        Column::Day => day(row, state.now).map_or("".into(), |day| day.to_string().into()),
        Column::Flags => flags(state, row, width).into(),
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
        Column::Lost => line
            .lost_per_day
            .map_or(String::new(), |sum| kronor(sum, lang))
            .into(),
        Column::Age => row
            .heard
            .map_or("–".into(), |heard| console::age(state.now - heard).into()),
        Column::Duty => {
            let duty = row.next_duty.as_ref();
            duty.map_or("", |duty| duty_words::duty(&duty.code, lang))
                .into()
        }
        Column::Due => due(row, state.now, lang, width).into(),
    }
}

/// Marks the letters that the filter found, as far as they are seen.
fn mark(paint: &mut Paint, (x, y, width): (u16, u16, u16), text: &str, words: &mut Words) {
    for (start, end) in words.places(text) {
        let before = text[..start].width().min(usize::from(width)) as u16;
        let letters = text[start..end].width().min(usize::from(width - before)) as u16;
        paint.found(Rect::new(x + before, y, letters, 1));
    }
}

fn tone(column: Column, row: &BoardRow, state: &State) -> Tone {
    let now = state.now;
    let blocks = |flag: &Flag| flag.class != FlagClass::Quality;
    match column {
        Column::State => Tone::of(row.line.state),
        Column::Left => match ends_at(row) {
            Some(end) if (end - now).num_hours() < 24 => Tone::Strong,
            _ => Tone::Plain,
        },
        Column::Flags if row.line.flags.iter().any(blocks) => Tone::Stopped,
        Column::Flags if state.board.fresh.contains(&row.line.episode) => Tone::Accent,
        Column::Age if is_silent(state, row) => Tone::Soon,
        Column::Due if row.next_duty.as_ref().is_some_and(|duty| duty.late) => Tone::Alarm,
        Column::Age | Column::Next | Column::Hospital => Tone::Faint,
        _ => Tone::Plain,
    }
}

fn left(row: &BoardRow, now: Instant) -> String {
    ends_at(row).map_or_else(|| "–".to_owned(), |end| format::countdown(end - now))
}

/// When the duty is due and, where there is room, how long that is; or that
/// it is late.
fn due(row: &BoardRow, now: Instant, lang: Lang, width: u16) -> String {
    let Some(at) = row.next_duty.as_ref().and_then(|duty| duty.due) else {
        return String::new();
    };
    let when = format::near_moment(at, lang);
    if at < now {
        return format!("{} {when}", Say::Late.text(lang));
    }
    let long = format!("{} {when}", format::countdown(at - now));
    if long.width() > usize::from(width) {
        return when;
    }
    long
}

/// Whether the row's source was not heard for too long.
pub fn is_silent(state: &State, row: &BoardRow) -> bool {
    let silent = state.silent_sources();
    let source = row.source.as_ref();
    source.is_some_and(|source| silent.iter().any(|one| one.source == *source))
}

/// What is told of a row, the gravest first: a new ready notice, a conflict,
/// what stops liability, a source that is silent, and what is merely missing
/// or late. Of a flag, `word` gives its word.
fn told(
    state: &State,
    row: &BoardRow,
    word: fn(FlagCode, Lang) -> &'static str,
) -> Vec<&'static str> {
    let lang = state.lang;
    let mark = |holds: bool, say: Say| holds.then(|| say.text(lang));
    let flags = |stops: bool| {
        let of = move |flag: &&Flag| (flag.class != FlagClass::Quality) == stops;
        let flags = row.line.flags.iter().filter(of);
        flags.map(move |flag| word(flag.code, lang))
    };
    let mut told = Vec::new();
    let fresh = state.board.fresh.contains(&row.line.episode);
    told.extend(mark(fresh, Say::New));
    told.extend(mark(row.conflicts > 0, Say::Conflict));
    told.extend(flags(true));
    told.extend(mark(is_silent(state, row), Say::SourceSilent));
    told.extend(flags(false));
    told
}

/// What a row is marked with and what is missing or late: at length, or
/// shorter, or the first of it and how much more.
fn flags(state: &State, row: &BoardRow, width: u16) -> String {
    let fits = |text: &String| text.width() <= usize::from(width);
    let joined = |words: Vec<&str>| words.join(", ");
    let long = joined(told(state, row, console::flag));
    if fits(&long) {
        return long;
    }
    let short = told(state, row, words::flag_short);
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
pub fn kronor(amount: Kronor, lang: Lang) -> String {
    let text = format::money(amount, lang);
    let text = text.trim_start_matches("SEK").trim_end_matches("kr");
    text.trim_matches('\u{a0}').to_owned()
}
