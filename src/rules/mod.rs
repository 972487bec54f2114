//! The engine: what the law and the agreements make of a stay.
