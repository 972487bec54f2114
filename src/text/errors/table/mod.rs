//! Headlines and remedies by code.

mod agreements;
mod close;
mod input;
mod store;
mod wire;

use self::{agreements::agreements, close::close, input::input, store::store, wire::wire};

/// Headline and remedy in one language.
pub(super) type Said = (&'static str, &'static str);

/// Headline and remedy in both languages, for a code that has them.
pub(super) fn known(code: &str) -> Option<(Said, Said)> {
    store(code)
        .or_else(|| input(code))
        .or_else(|| agreements(code))
        .or_else(|| close(code))
        .or_else(|| wire(code))
}
