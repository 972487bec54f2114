//! The JSON form of an event: one flat object, read strictly.
//!
//! Reading and writing go through one flat struct with every field that any
//! kind has; the kind then takes its own and whatever is left over is an
//! error. That reads a line in one pass, borrows its texts from the line, and
//! still names the field that does not belong.

mod error;
pub(crate) mod field;
mod flat;
mod read;
#[cfg(test)]
mod tests;
mod write;

pub use error::EventError;
pub(crate) use error::showable;
pub use read::{parse, parse_recorded};
pub use write::{to_json, to_raw_json};
