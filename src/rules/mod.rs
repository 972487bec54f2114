//! The engine: what the law and the agreements make of a stay.

pub mod agreement;
pub mod outlook;
pub mod rulebook;
pub mod share;
pub mod trace;
