//! Formats: bytes in, bytes out.
//!
//! Both readers of events hand over [`Item`]s, one a line or row, good and
//! refused ones in the order of the file; the caller decides what a refusal
//! means. Nothing here writes a file or knows a store.

pub mod bulk;
pub mod csv;
pub mod demo;
pub mod export;
mod item;
pub mod jsonl;
mod lines;
mod payers;
pub mod refused;

pub use item::{Events, Item, Refusal};
