//! Files that a user writes, checked.

pub mod keymap;
pub mod preferences;
pub mod problem;
