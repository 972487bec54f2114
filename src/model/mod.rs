//! The words of the field: stays, events, patients, payers, months, money,
//! time. Pure: no clock of its own, no I/O.

pub mod clock;
pub mod event;
pub mod ids;
pub mod month;
pub mod patient;
pub mod stay;
pub mod time;
