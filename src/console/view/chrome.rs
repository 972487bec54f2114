//! What stands above and below every screen.

use ratatui::layout::{Position, Rect};
use unicode_width::UnicodeWidthStr;

use super::paint::{Paint, Piece, Tone};
use crate::{
    console::{
        action::{Action, Command},
        form::Task,
        state::{Overlay, State},
    },
    desk::reply::BoardHead,
    model::{
        text::{fits, plain},
        time,
    },
    settings::keymap::chord_name,
    text::{
        Lang,
        console::{self, Say},
        format,
    },
};

/// Columns of a silent source where there is little room.
const SHORT: usize = 16;

/// Region, moment, who, how the store is reached; counts and freshness; and
/// a warning where there is one.
pub fn header(paint: &mut Paint, area: Rect) {
    let state = paint.state;
    let head = state.board.head();
    let region = head.and_then(|head| head.region);
    let region = region.map_or_else(String::new, |region| format!("  {}", region.name()));
    let left = paint.put(area.x + 1, area.y, area.width, "fristdag", Tone::Title);
    let named = paint.put(area.x + 1 + left, area.y, area.width, &region, Tone::Strong);
    let taken = left + named + 3;
    let room = area.width.saturating_sub(taken + 1);
    let right = who_and_when(state, room as usize);
    paint.put_end(area.x + taken, area.y, room, &right, Tone::Faint);
    counts(
        paint,
        Rect {
            y: area.y + 1,
            height: 1,
            ..area
        },
        head,
    );
    if let Some(warning) = state.warning() {
        let line = area.y + 2;
        let width = area.width.saturating_sub(2);
        paint.put(
            area.x + 1,
            line,
            width,
            &format!("! {}", plain(&warning)),
            Tone::Alarm,
        );
    }
}

/// The moment, whether the clock stands, who, and how the store is reached;
/// the name gives way where there is no room, as its owner knows it.
fn who_and_when(state: &State, room: usize) -> String {
    let lang = state.lang;
    let mut parts = vec![moment(state)];
    if state.fixed.is_some() {
        parts.push(Say::ClockStands.text(lang).to_owned());
    }
    parts.push(plain(&state.actor.user).into_owned());
    parts.push(console::connection(state.connection, lang));
    if parts.join(" · ").width() > room {
        parts.remove(parts.len() - 2);
    }
    parts.join(" · ")
}

fn moment(state: &State) -> String {
    let date = format::short_day(time::local_date(state.now), state.lang);
    format!("{date} {}", format::clock(state.now))
}

fn counts(paint: &mut Paint, area: Rect, head: Option<&BoardHead>) {
    let lang = paint.lang();
    let Some(head) = head else {
        paint.put(
            area.x + 1,
            area.y,
            area.width,
            Say::Reading.text(lang),
            Tone::Faint,
        );
        return;
    };
    let mut pieces = numbers(head, lang);
    let all = pieces.len();
    let (long, short, tone) = freshness(paint.state, head);
    // A silent source is never left out for want of room, and no number is
    // ever cut: what has no room gives way whole.
    let kept = if tone == Tone::Alarm {
        short.width()
    } else {
        0
    };
    let width = (area.width as usize).saturating_sub(2 + kept);
    let needed = |pieces: &[Piece]| pieces.iter().map(|piece| piece.0.width()).sum::<usize>();
    while needed(&pieces) > width && pieces.len() > 1 {
        pieces.pop();
    }
    // How fresh the rest is goes before how many are not ready.
    let fresh = (area.width as usize).saturating_sub(2 + short.width());
    if pieces.len() == all && needed(&pieces) > fresh && needed(&pieces[..all - 1]) <= fresh {
        pieces.pop();
    }
    let taken = paint.pieces(area.x + 1, area.y, area.width.saturating_sub(1), &pieces);
    let room = area.width.saturating_sub(taken + 2);
    let text = if long.width() <= room as usize {
        long
    } else {
        short
    };
    if text.width() <= room as usize {
        paint.put_end(area.x + 1 + taken, area.y, room, &text, tone);
    }
}

/// The counts and today's kronor; those at the end give way first.
fn numbers(head: &BoardHead, lang: Lang) -> Vec<Piece<'static>> {
    let count = |number: u32, say: Say, tone: Tone| -> Piece<'static> {
        let tone = if number == 0 { Tone::Faint } else { tone };
        (format!("{number} {}  ", say.text(lang)).into(), tone)
    };
    let today = format::money(head.today, lang);
    let today = console::sum(today, head.today, head.unpriced > 0, lang);
    let today = format!("{} {today}  ", Say::Today.text(lang));
    let mut pieces = vec![
        count(head.ready, Say::Ready, Tone::Strong),
        count(head.liable, Say::Liable, Tone::Alarm),
        count(head.blocked, Say::Blocked, Tone::Stopped),
        (today.into(), Tone::Strong),
        count(head.conflicts, Say::Conflicts, Tone::Soon),
        count(head.held, Say::Held, Tone::Soon),
        count(head.not_ready, Say::NotReady, Tone::Plain),
    ];
    // What is to be settled, and what waits, is told where there is something.
    if head.held == 0 {
        pieces.remove(5);
    }
    if head.conflicts == 0 {
        pieces.remove(4);
    }
    pieces
}

/// How long ago the source was heard that was silent longest: at length, in
/// short, and whether that is too long.
fn freshness(state: &State, head: &BoardHead) -> (String, String, Tone) {
    let lang = state.lang;
    let Some(oldest) = head.sources.iter().min_by_key(|source| source.last) else {
        let none = Say::NoSource.text(lang);
        return (none.to_owned(), String::new(), Tone::Faint);
    };
    let age = state.now - oldest.last;
    let what = format!("{} {}", plain(&oldest.source), console::age(age));
    if age.num_hours() >= i64::from(state.settings.silent_after_hours) {
        let short = fits(&format!("! {what}"), SHORT).into_owned();
        (
            format!("! {} {what}", Say::Stale.text(lang)),
            short,
            Tone::Alarm,
        )
    } else {
        (
            format!("{} {what}", Say::OldestSource.text(lang)),
            what,
            Tone::Faint,
        )
    }
}

/// What happened last, what is typed, or where one is. Gives the cursor
/// where a filter is being typed.
pub fn status(paint: &mut Paint, area: Rect) -> Option<Position> {
    let state = paint.state;
    let (x, width) = (area.x + 1, area.width.saturating_sub(2));
    if !state.pending.is_empty() || state.count.is_some() {
        let count = state.count.map(|count| format!("{count} "));
        let keys = count.unwrap_or_default() + &chord_name(&state.pending);
        let keys = console::chord_waits(keys.trim_end(), state.lang);
        paint.put(x, area.y, width, &keys, Tone::Accent);
        return None;
    }
    if let Some(notice) = &state.notice {
        let tone = if notice.bad { Tone::Soon } else { Tone::Good };
        let mark = if notice.bad { "! " } else { "" };
        paint.put(
            x,
            area.y,
            width,
            &format!("{mark}{}", plain(&notice.text)),
            tone,
        );
        return None;
    }
    super::front(state).status(paint, Rect { x, width, ..area })
}

/// A filter and what is typed in it; gives the cursor while it is typed.
pub(super) fn filter_line(
    paint: &mut Paint,
    area: Rect,
    input: &tui_input::Input,
    typing: bool,
) -> Option<Position> {
    let Rect { x, y, width, .. } = area;
    let filter = input.value();
    if !typing && filter.is_empty() {
        return None;
    }
    let label = format!("{}: ", Say::Filter.text(paint.lang()));
    let before = paint.put(x, y, width, &label, Tone::Accent);
    let room = (width / 2).saturating_sub(before);
    let skipped = input.visual_scroll(room as usize);
    let seen = after_columns(filter, skipped);
    let blank = " ".repeat(room as usize);
    paint.put(x + before, y, room, &blank, Tone::Plain);
    paint.put(x + before, y, room, &plain(seen), Tone::Strong);
    let column = input.visual_cursor().saturating_sub(skipped) as u16;
    typing.then(|| Position::new(x + before + column, y))
}

/// A text without its first columns.
pub(super) fn after_columns(text: &str, columns: usize) -> &str {
    let mut taken = 0;
    for (start, char) in text.char_indices() {
        if taken >= columns {
            return &text[start..];
        }
        taken += unicode_width::UnicodeWidthChar::width(char).unwrap_or(0);
    }
    if taken >= columns && columns == 0 {
        text
    } else {
        ""
    }
}

/// The keys of what is in front, as many as fit, drawn from the keymap.
pub fn hints(paint: &mut Paint, area: Rect) {
    let state = paint.state;
    let context = state.context();
    let mut x = area.x + 1;
    let end = area.right().saturating_sub(1);
    let hints = state.keymap.help(context).filter_map(|line| {
        let (hint, chord) = (line.hint.as_ref()?, line.chords.first()?);
        let word: &str = state.lang.pick(&hint.sv, &hint.en);
        let own = verb(state, line.action).map(|say| say.text(state.lang));
        Some((line.action, chord_name(chord), own.unwrap_or(word)))
    });
    let hints: Vec<_> = hints.collect();
    let width = |(_, keys, word): &(Action, String, &str)| (keys.width() + word.width() + 3) as u16;
    // Whatever else gives way, the ways to the help and out are told.
    let must = |hint: &&(Action, String, &str)| {
        let Action::Command(command) = hint.0 else {
            return false;
        };
        matches!(command, Command::Help | Command::Back | Command::Quit)
    };
    let mut kept: u16 = hints.iter().filter(must).map(width).sum();
    for hint in &hints {
        let (_, keys, word) = hint;
        if must(&hint) {
            kept -= width(hint);
        }
        if x + width(hint) + kept > end + 2 {
            continue;
        }
        x += paint.put(x, area.y, end - x, keys, Tone::Title) + 1;
        x += paint.put(x, area.y, end - x, word, Tone::Faint) + 2;
        if x >= end {
            break;
        }
    }
}

/// What accepting the open form does, where that is more than recording.
fn verb(state: &State, action: Action) -> Option<Say> {
    let Some(Overlay::Form(form)) = &state.overlay else {
        return None;
    };
    if action != Action::Command(Command::Accept) || state.help.is_some() {
        return None;
    }
    Some(match form.task {
        Task::Lock { .. } => Say::DoLock,
        Task::Export { .. } => Say::DoExport,
        Task::Waive { .. } => Say::DoWaive,
        Task::Park { .. } => Say::DoPark,
        _ => return None,
    })
}
