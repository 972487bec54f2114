//! The palette and the locked screen.

use ratatui::layout::{Position, Rect};
use unicode_width::UnicodeWidthStr;

use super::{
    chrome::after_columns,
    paint::{Paint, Piece, Tone, wrap},
    stay::list,
};
use crate::{
    console::{
        action::{Action, Command, Context, Layer},
        layout,
        palette::{Entry, Palette},
        state::State,
    },
    model::text::{pad, plain},
    text::{
        Lang,
        console::{self, Say},
    },
};

/// Columns of the palette.
const WIDTH: u16 = 78;
/// Columns of the keys.
const KEYS: usize = 10;

/// What is typed, and all that fits it; gives the cursor.
pub fn draw(paint: &mut Paint, palette: &Palette) -> Option<Position> {
    let state = paint.state;
    let lines = u16::try_from(palette.entries.len()).unwrap_or(u16::MAX);
    let most = layout::most_rows(state.size);
    let wanted = lines.saturating_add(3 + layout::PALETTE_TELLS);
    let area = layout::centered(state.size, WIDTH, wanted.min(most));
    let at = palette.place.at + usize::from(!palette.shown.is_empty());
    let title = Say::PaletteTitle.text(state.lang);
    let seen = console::position(at, palette.shown.len(), state.lang);
    let inside = paint.frame(area, &format!("{title} · {seen}"));
    let (input, rest) = layout::cut_top(inside, 1);
    let height = rest.height.saturating_sub(layout::PALETTE_TELLS);
    let (rest, tells) = layout::cut_top(rest, height);
    let room = input.width.saturating_sub(3) as usize;
    let skipped = palette.input.visual_scroll(room);
    let typed = plain(after_columns(palette.input.value(), skipped)).into_owned();
    paint.put(input.x, input.y, 2, ":", Tone::Accent);
    paint.put(
        input.x + 2,
        input.y,
        input.width.saturating_sub(2),
        &typed,
        Tone::Strong,
    );
    let rest = Rect {
        x: rest.x.saturating_sub(1),
        width: rest.width + 1,
        ..rest
    };
    let lang = state.lang;
    let rows = palette.shown.iter().filter_map(|index| {
        let entry = palette.entries.get(*index)?;
        Some(row(entry, lang))
    });
    let mut place = palette.place;
    place.keep(palette.shown.len(), rest.height as usize);
    list(paint, rest, place, true, rows, Say::NothingFits);
    if let Some(entry) = palette.selected() {
        tell(paint, tells, entry);
    }
    let column = palette.input.visual_cursor().saturating_sub(skipped) as u16;
    Some(Position::new(input.x + 2 + column, input.y))
}

fn row(entry: &Entry, lang: Lang) -> Vec<Piece<'static>> {
    let tone = match entry.disabled {
        Some(_) => Tone::Faint,
        None => Tone::Plain,
    };
    let mut pieces: Vec<Piece> = vec![
        (pad(&entry.key, KEYS).into(), Tone::Title),
        (plain(&entry.name).into_owned().into(), tone),
    ];
    if let Some(why) = entry.disabled {
        pieces.push((format!("  ({})", why.text(lang)).into(), Tone::Faint));
    }
    pieces
}

/// Why the selected entry cannot be done, or what it does, in full: in the
/// list its end may be cut off.
fn tell(paint: &mut Paint, area: Rect, entry: &Entry) {
    let (said, tone) = match entry.disabled {
        Some(why) => (format!("! {}", why.text(paint.lang())), Tone::Soon),
        None if entry.name.width() + KEYS <= area.width.into() => return,
        None => (plain(&entry.name).into_owned(), Tone::Faint),
    };
    let lines = wrap(&said, area.width.into());
    for (line, y) in lines.iter().zip(area.top()..area.bottom()) {
        paint.put(area.x, y, area.width, line, tone);
    }
}

/// Nothing of any patient: only that it is locked, and how it is opened.
pub fn locked(paint: &mut Paint) {
    let (state, area) = (paint.state, paint.area());
    let lang = state.lang;
    let key = state.keymap.key_of(
        Context::Over(Layer::Locked),
        Action::Command(Command::Accept),
    );
    let key = key.unwrap_or_else(|| "Enter".to_owned());
    let lines = [
        ("fristdag".to_owned(), Tone::Title),
        (Say::LockedAway.text(lang).to_owned(), Tone::Strong),
        (console::unlock(&key, lang), Tone::Plain),
        (Say::LockedHow.text(lang).to_owned(), Tone::Faint),
        (unsent(state), Tone::Soon),
    ];
    let width = area.width.saturating_sub(2);
    for ((line, tone), y) in lines.iter().zip(area.top()..area.bottom()) {
        paint.put(area.x + 1, y, width, line, *tone);
    }
}

/// That something typed waits behind the lock, or would be lost.
fn unsent(state: &State) -> String {
    let said = match &state.notice {
        Some(notice) if state.has_typed() => return notice.text.clone(),
        _ if state.has_typed() => Say::LockedTyped,
        _ => return String::new(),
    };
    said.text(state.lang).to_owned()
}
