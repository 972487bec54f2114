//! The state, drawn. Only what is seen is built; nothing is kept between
//! frames but what ratatui compares.

mod board;
mod chrome;
mod close;
mod facts;
mod form;
mod overlay;
mod paint;
mod stay;
mod why;

use ratatui::{buffer::Buffer, layout::Position};

pub use why::lines as why_lines;

use super::state::{Overlay, Page, State};
use crate::text::console::Say;
use paint::{Paint, Tone};

/// Draws the state and says where the cursor stands, if anywhere.
pub fn draw(state: &State, buffer: &mut Buffer) -> Option<Position> {
    let mut paint = Paint::new(buffer, state);
    let Some(frame) = state.frame() else {
        too_small(&mut paint);
        paint.finish();
        return None;
    };
    chrome::header(&mut paint, frame.header);
    let mut cursor = None;
    match state.pages.last() {
        None => board::draw(&mut paint, frame.body),
        Some(Page::Stay(page)) => stay::draw(&mut paint, frame.body, page),
        Some(Page::Close(page)) => close::draw(&mut paint, frame.body, page),
    }
    let typed = chrome::status(&mut paint, frame.status);
    chrome::hints(&mut paint, frame.hints);
    match &state.overlay {
        None => cursor = typed,
        Some(Overlay::Form(form)) => cursor = form::draw(&mut paint, form),
        Some(Overlay::Menu(menu)) => overlay::menu(&mut paint, menu),
        Some(Overlay::Message(error)) => overlay::message(&mut paint, error),
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
    let soon = |end: Option<crate::model::time::Instant>| {
        end.is_some_and(|end| {
            let left = end - state.now;
            left.num_seconds() >= 0 && left.num_seconds() <= 3_600
        })
    };
    match state.pages.last() {
        None => board::seen(state).any(|row| soon(super::screen::sort::ends_at(row))),
        Some(Page::Stay(page)) => soon(page.view.as_ref().and_then(|view| facts::ends_at(view))),
        Some(Page::Close(_)) => false,
    }
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
