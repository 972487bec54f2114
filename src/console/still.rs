//! One picture of the console: the same states and the same drawing as on a
//! terminal, driven by a list of keys instead of a user.

use std::sync::Arc;

use ratatui::{buffer::Buffer, layout::Rect};

use super::{
    event::{Effect, Event},
    options::Options,
    run::first_state,
    state::State,
    view,
};
use crate::{
    desk::{request::Request, service::Service},
    settings::keymap::Chord,
};

/// Draws what the console shows once `keys` were pressed one after the other
/// and every question was answered. Columns and rows are given by `size`.
///
/// Files are not exported, and a key that ends the console changes nothing.
#[must_use]
pub fn still(
    service: &Arc<dyn Service>,
    options: &Options,
    size: (u16, u16),
    keys: &Chord,
) -> Buffer {
    let mut state = first_state(size, service.as_ref(), options);
    // It shows what a console can do, which this one merely never does.
    state.can_export = true;
    let effects = state.start();
    answer(&mut state, service, options, effects);
    for (number, key) in keys.iter().enumerate() {
        state
            .ids
            .extend([format!("a{number}"), format!("b{number}")]);
        let effects = state.handle(Event::Key(*key), options.clock.now());
        answer(&mut state, service, options, effects);
    }
    let mut buffer = Buffer::empty(Rect::new(0, 0, size.0, size.1));
    view::draw(&state, &mut buffer);
    buffer
}

/// Answers the questions among `effects`, and those that answers lead to.
fn answer(
    state: &mut State,
    service: &Arc<dyn Service>,
    options: &Options,
    mut effects: Vec<Effect>,
) {
    while !effects.is_empty() {
        let mut next = Vec::new();
        for effect in effects {
            if let Effect::Ask(ticket, ask) = effect {
                let request = Request {
                    actor: options.actor.clone(),
                    now: options.now,
                    ask: *ask,
                };
                let reply = Event::Reply(ticket, service.ask(request));
                next.extend(state.handle(reply, options.clock.now()));
            }
        }
        effects = next;
    }
}
