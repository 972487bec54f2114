//! Files that a user writes, checked when loaded.
