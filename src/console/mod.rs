//! The terminal UI: `Event → keymap → Action → State::handle → effects`, and
//! `view::draw` of the state. It speaks to the desk's `Service` alone.

pub mod action;
pub mod bulk;
pub mod event;
pub mod export;
pub mod form;
pub mod idle;
mod input;
pub mod keymap;
pub mod layout;
mod left;
pub mod list;
pub mod menu;
pub mod names;
mod options;
pub mod palette;
mod plain;
mod run;
pub mod screen;
pub mod seen;
pub mod setup;
pub mod state;
mod still;
mod svg;
mod terminal;
pub mod timeline;
pub mod tree;
pub mod undo;
mod update;
pub mod view;
mod worker;

#[cfg(test)]
mod tests;

pub use options::{ConsoleError, Exporter, Options, is_dumb};
pub use run::{run, run_on};
pub use still::still;
pub use svg::svg;
pub use terminal::{FrameWriter, Frames, Screen};
