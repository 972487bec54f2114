//! The terminal UI: `Event → keymap → Action → State::handle → effects`, and
//! `view::draw` of the state. It speaks to the desk's `Service` alone.

pub mod action;
pub mod event;
pub mod form;
pub mod keymap;
pub mod layout;
pub mod list;
pub mod menu;
pub mod screen;
pub mod state;
mod update;
pub mod view;
