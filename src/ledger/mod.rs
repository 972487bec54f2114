//! The month: figures, lock, adjustments, invoices.

pub mod books;
pub mod decision;
pub mod figures;
pub mod lock;
