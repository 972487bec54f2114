//! The words of the field: stays, events, patients, payers, months, money, time. Pure: no clock of its own, no I/O.

pub mod holiday;
pub mod money;
pub mod personal_id;
pub mod place;
pub mod text;
