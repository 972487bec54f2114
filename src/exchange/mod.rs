//! Formats: bytes in, bytes out.
//!
//! Both readers of events hand over [`Item`]s, one a line or row, good and
//! refused ones in the order of the file; the caller decides what a refusal
//! means. Nothing here writes a file or knows a store.

pub mod bulk;
pub mod csv;
mod item;
pub mod jsonl;
mod lines;
mod payers;

pub use item::{Events, Item, Refusal};
