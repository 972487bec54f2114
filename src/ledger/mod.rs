//! The month: figures, lock, adjustments, invoices.
