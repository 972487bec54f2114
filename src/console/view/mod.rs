//! The state, drawn. Only what is seen is built; nothing is kept between
//! frames but what ratatui compares.

mod agreement;
mod agreements;
mod board;
mod board_status;
mod bulk;
mod cells;
mod checks;
mod chrome;
mod close;
mod close_lines;
mod columns;
mod costs;
mod decide;
mod duties;
mod effect;
mod export;
mod facts;
mod fitting;
mod form;
mod gauge;
mod line;
mod log;
mod overlay;
mod paint;
mod palette;
mod payer;
mod payers;
mod provenance;
mod rules;
mod stay;
mod theme;
mod timeline;
mod why;

use ratatui::{
    buffer::Buffer,
    layout::{Position, Rect},
};

pub(super) use board_status::shown as board_shown;
pub(super) use bulk::lines as outcome_lines;
pub(super) use cells::is_silent;
pub use costs::days;
pub(super) use effect::texts as effect_lines;
pub(super) use export::texts as export_lines;
pub use facts::ends_at as stay_ends_at;
pub(super) use form::texts as form_texts;
pub use line::{LineRow, rows as line_rows};
pub(super) use overlay::item_name;
pub use rules::{headings, rule_lines};
pub use timeline::detail as event_detail;
pub use why::{WhyLine, lines as why_lines};

use super::{
    screen::{Page, each_screen},
    state::{Overlay, State},
};
use crate::{model::time::Instant, text::console::Say};
use paint::{Paint, Tone};

/// How a screen is drawn: implemented in `view/<screen>.rs` for its state.
trait Draw {
    /// Draws it below the header and above the status line.
    fn draw(&self, paint: &mut Paint, area: Rect);

    /// What the countdowns that are seen run to.
    fn ends(&self, state: &State) -> Vec<Option<Instant>> {
        let _ = state;
        Vec::new()
    }

    /// Draws the status line where there is nothing else to say there, and
    /// gives the cursor where something is typed in it.
    fn status(&self, paint: &mut Paint, area: Rect) -> Option<Position> {
        let _ = (paint, area);
        None
    }
}

macro_rules! dispatch {
    ($($name:ident($file:ident::$state:ident) = $text:literal, $level:ident;)*) => {
        /// The screen in front.
        fn front(state: &State) -> &dyn Draw {
            match state.pages.last() {
                None => &state.board,
                $(Some(Page::$name(page)) => &**page,)*
            }
        }
    };
}
each_screen!(dispatch);

/// Draws the state and says where the cursor stands, if anywhere.
pub fn draw(state: &State, buffer: &mut Buffer) -> Option<Position> {
    let mut paint = Paint::new(buffer, state);
    if state.idle.locked {
        palette::locked(&mut paint);
        paint.finish();
        return None;
    }
    let Some(frame) = state.frame() else {
        too_small(&mut paint);
        paint.finish();
        return None;
    };
    chrome::header(&mut paint, frame.header);
    let mut cursor = None;
    front(state).draw(&mut paint, frame.body);
    let typed = chrome::status(&mut paint, frame.status);
    chrome::hints(&mut paint, frame.hints);
    match &state.overlay {
        None => cursor = typed,
        Some(Overlay::Form(form)) => cursor = form::draw(&mut paint, form),
        Some(Overlay::Menu(menu)) => overlay::menu(&mut paint, menu),
        Some(Overlay::Outcome(place)) => bulk::outcome(&mut paint, *place),
        Some(Overlay::Message(error)) => overlay::message(&mut paint, error),
        Some(Overlay::Export(log)) => export::draw(&mut paint, log),
        Some(Overlay::Problems) => overlay::problems(&mut paint),
        Some(Overlay::Palette(palette)) => cursor = palette::draw(&mut paint, palette),
    }
    if let Some((context, place)) = state.help {
        overlay::help(&mut paint, context, place);
        cursor = None;
    }
    paint.finish();
    cursor
}

/// Whether a countdown that is seen shows seconds, so that each one counts.
#[must_use]
pub fn shows_seconds(state: &State) -> bool {
    if state.idle.locked {
        return false;
    }
    front(state).ends(state).into_iter().flatten().any(|end| {
        let left = (end - state.now).num_seconds();
        (0..=3_600).contains(&left)
    })
}

/// The selected line of the screen in front, as it is shown.
#[must_use]
pub fn selected_line(state: &State) -> Option<String> {
    selected_row(state).map(|(_, text)| text)
}

/// The selected line of the screen in front: where it stands, and its text.
pub(super) fn selected_row(state: &State) -> Option<(u16, String)> {
    let (buffer, _, selected) = body(state)?;
    let line = selected?;
    Some((line.y, paint::line_of(&buffer, line)))
}

/// What the screen in front shows between header and status line, as text.
pub(super) fn body_lines(state: &State) -> Vec<String> {
    let Some((buffer, body, _)) = body(state) else {
        return Vec::new();
    };
    let line = |y| {
        paint::line_of(
            &buffer,
            Rect {
                y,
                height: 1,
                ..body
            },
        )
    };
    (body.top()..body.bottom()).map(line).collect()
}

/// The screen in front alone, where it stands, and its selected line.
fn body(state: &State) -> Option<(Buffer, Rect, Option<Rect>)> {
    let frame = state.frame()?;
    let (width, height) = state.size;
    let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
    let mut paint = Paint::new(&mut buffer, state);
    front(state).draw(&mut paint, frame.body);
    let line = paint.selected();
    paint.finish();
    Some((buffer, frame.body, line))
}

fn too_small(paint: &mut Paint) {
    let area = paint.area();
    let words = Say::TooSmall.text(paint.lang());
    for (line, text) in paint::wrap(words, area.width as usize).iter().enumerate() {
        if line < area.height as usize {
            paint.put(area.x, area.y + line as u16, area.width, text, Tone::Plain);
        }
    }
}
