//! What tests share.

pub mod month;
