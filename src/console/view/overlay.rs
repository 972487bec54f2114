//! Help, menus and messages.

use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use super::{
    form::plain_lines,
    paint::{Paint, Piece, Tone, wrap},
    stay::list,
};
use crate::{
    console::{
        action::{Action, Context},
        layout,
        list::Place,
        menu::{Item, Menu, Pick},
        state::State,
    },
    desk::error::DeskError,
    model::text::{pad, plain},
    text::{
        console::{self, Say},
        errors, settings, words,
    },
};

/// Columns of a message.
const MESSAGE: u16 = 66;
/// Columns of a menu with its frame, and those of a name beside a reason.
const MENU: u16 = 78;
const NAME: usize = 28;

/// The keys of a context, from the keymap itself.
pub fn help(paint: &mut Paint, context: Context, place: Place) {
    let state = paint.state;
    let lines: Vec<_> = state.keymap.help(context).collect();
    let keys: Vec<String> = lines.iter().map(|line| line.keys()).collect();
    let column = keys.iter().map(|keys| keys.width()).max().unwrap_or(0);
    let rows: Vec<Vec<Piece>> = lines
        .iter()
        .zip(&keys)
        .map(|(line, keys)| {
            let desc = state.lang.pick(&line.desc.sv, &line.desc.en);
            vec![
                (format!("{}  ", pad(keys, column)).into(), Tone::Title),
                (desc.as_str().into(), Tone::Plain),
            ]
        })
        .collect();
    let height = u16::try_from(rows.len())
        .unwrap_or(u16::MAX)
        .saturating_add(2);
    let widths = rows
        .iter()
        .map(|row| row.iter().map(|it| it.0.width()).sum());
    let width: usize = widths.max().unwrap_or(0);
    // Its frame, and a blank on both sides.
    let width = u16::try_from(width + 4).unwrap_or(u16::MAX).max(74);
    let area = layout::centered(state.size, width, height.min(layout::most_rows(state.size)));
    let last = (place.top + usize::from(area.height.saturating_sub(2))).min(rows.len());
    let title = Say::Help.text(state.lang);
    let seen = console::position(last, rows.len(), state.lang);
    let inside = paint.frame(area, &format!("{title} · {seen}"));
    // Two columns of the frame are the list's own margin.
    let inside = Rect {
        x: inside.x.saturating_sub(1),
        width: inside.width + 1,
        ..inside
    };
    let most = rows.len().saturating_sub(inside.height as usize);
    let top = place.top.min(most);
    list(
        paint,
        inside,
        Place { at: top, top },
        false,
        rows.into_iter(),
        Say::Back,
    );
}

/// A list with a title, as wide as a menu.
pub fn listed(paint: &mut Paint, title: &str, place: Place, rows: Vec<Vec<Piece>>) {
    let size = paint.state.size;
    let height = u16::try_from(rows.len())
        .unwrap_or(u16::MAX)
        .saturating_add(2);
    let area = layout::centered(size, MENU, height.min(layout::most_rows(size)));
    let inside = paint.frame(area, title);
    let inside = Rect {
        x: inside.x.saturating_sub(1),
        width: inside.width + 1,
        ..inside
    };
    let mut place = place;
    place.keep(rows.len(), inside.height as usize);
    list(paint, inside, place, true, rows.into_iter(), Say::Back);
}

/// A list to choose from; what cannot be done says why.
pub fn menu(paint: &mut Paint, menu: &Menu) {
    let state = paint.state;
    let rows: Vec<Vec<Piece>> = menu.items.iter().map(|item| row(paint, *item)).collect();
    listed(paint, menu.title.text(state.lang), menu.place, rows);
}

fn row(paint: &Paint, item: Item) -> Vec<Piece<'static>> {
    let state = paint.state;
    let column = if matches!(item.pick, Pick::Run(_)) {
        3
    } else {
        0
    };
    let key = match item.pick {
        Pick::Run(action) => state.keymap.key_of(Context::On(state.screen()), action),
        _ => None,
    };
    let (name, key) = (item_name(state, item), key.unwrap_or_default());
    let tone = if item.disabled.is_some() {
        Tone::Faint
    } else {
        Tone::Plain
    };
    let mut pieces: Vec<Piece> = vec![(pad(&key, column).into(), Tone::Title)];
    let Some(why) = item.disabled else {
        pieces.push((name.into(), tone));
        return pieces;
    };
    let why = format!(" ({})", why.text(state.lang));
    // A long name takes what its reason leaves.
    let room = usize::from(MENU.min(state.size.0)).saturating_sub(4 + column + why.width());
    let named = name.width().min(room).max(NAME);
    pieces.push((pad(&name, named).into(), tone));
    pieces.push((why.into(), Tone::Faint));
    pieces
}

fn saved_name(state: &State, index: usize) -> String {
    let view = state.settings.views.get(index);
    view.map_or_else(String::new, |view| plain(&view.name).into_owned())
}

/// What a line of a menu is called.
pub fn item_name(state: &State, item: Item) -> String {
    match item.pick {
        Pick::Run(action) => action_name(state, action),
        Pick::View(index) => saved_name(state, index),
        Pick::OwnView(view) => view.say().text(state.lang).to_owned(),
        Pick::NoView => Say::AllRows.text(state.lang).to_owned(),
        Pick::Bulk(kind) => words::kind(kind, state.lang).to_owned(),
        Pick::Theme(_) => String::new(),
        Pick::Sort(sort) => sort.title(state.lang).to_lowercase(),
    }
}

fn action_name(state: &State, action: Action) -> String {
    let lang = state.lang;
    if let Action::Record(kind) = action {
        return words::kind(kind, lang).to_owned();
    }
    let context = Context::On(state.screen());
    let mut lines = state.keymap.actions(context).iter();
    let line = lines.find(|line| line.action == action);
    line.map(|line| lang.pick(&line.desc.sv, &line.desc.en).clone())
        .unwrap_or_default()
}

/// Something that did not work, in full.
pub fn message(paint: &mut Paint, error: &DeskError) {
    let lang = paint.lang();
    told(paint, Say::ErrorTitle, &errors::on_screen(error, lang));
}

/// Why files of the user are not used, each with file and line.
pub fn problems(paint: &mut Paint) {
    let lang = paint.lang();
    let problems = paint.state.problems.iter();
    let mut lines: Vec<_> = problems
        .map(|one| settings::file_error(one, lang))
        .collect();
    lines.push(String::new());
    lines.push(Say::FilesInstead.text(lang).to_owned());
    told(paint, Say::FilesIgnored, &lines.join("\n"));
}

fn told(paint: &mut Paint, title: Say, text: &str) {
    let lang = paint.lang();
    let text = plain_lines(text);
    let lines = wrap(&text, MESSAGE as usize - 4);
    let height = u16::try_from(lines.len())
        .unwrap_or(u16::MAX)
        .saturating_add(4);
    let area = layout::centered(paint.state.size, MESSAGE, height);
    let inside = paint.frame(area, title.text(lang));
    for (offset, line) in lines.iter().enumerate() {
        let y = inside.y + offset as u16;
        if y + 1 < inside.bottom() {
            paint.put(inside.x, y, inside.width, line, Tone::Plain);
        }
    }
    let last = inside.bottom().saturating_sub(1);
    paint.put(
        inside.x,
        last,
        inside.width,
        Say::Back.text(lang),
        Tone::Faint,
    );
}
