//! The screens' states, and what keys and answers do to them.

pub mod board;
pub mod close;
pub mod sort;
pub mod stay;
