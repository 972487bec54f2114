//! The month: figures, lock, adjustments, invoices.

mod entry;
mod excess;
pub mod figures;
pub mod findings;
pub mod history;
pub mod month;
mod payer_month;
mod trigger;

pub use payer_month::payer_month;

pub use crate::rules::rates;
