//! Swedish and English.
