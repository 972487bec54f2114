//! The month: figures, lock, adjustments, invoices.

pub mod adjust;
pub mod books;
pub mod decision;
mod entry;
mod excess;
pub mod explain;
pub mod figures;
pub mod findings;
pub mod forecast;
pub mod history;
pub mod invoice;
pub mod lock;
pub mod month;
mod payer_month;
pub mod settlement;
mod trigger;

pub use payer_month::payer_month;

pub use crate::rules::rates;
