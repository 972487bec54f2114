//! The month: figures, lock, adjustments, invoices.

pub mod figures;
