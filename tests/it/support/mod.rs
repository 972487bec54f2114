//! What tests share.

pub mod bin;
pub mod chance;
pub mod child;
pub mod day;
pub mod later;
pub mod month;
pub mod record;
pub mod sample;
pub mod story;
