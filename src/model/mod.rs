//! The words of the field: stays, events, patients, payers, months, money,
//! time. Pure: no clock of its own, no I/O.

pub mod clock;
pub mod event;
pub mod holiday;
pub mod ids;
pub mod money;
pub mod month;
pub mod patient;
pub mod personal_id;
pub mod place;
pub mod stay;
pub mod text;
pub mod time;
