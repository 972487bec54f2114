//! Files that a user writes, checked.

mod file;
pub mod keymap;
pub mod preferences;
pub mod problem;
