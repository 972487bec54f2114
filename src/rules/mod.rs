//! The engine: what the law and the agreements make of a stay.

pub mod outlook;
pub mod share;
pub mod trace;
