//! fristdag: countdowns, liability and the month close of Swedish hospital
//! discharge under lag (2017:612).
//!
//! `ARCHITECTURE.md` maps the rooms; each module below is one of them, and a
//! room uses only those listed before it (see the map for the exact arrows).

pub mod model;

pub mod journal;
pub mod rules;

pub mod ledger;

pub mod views;

pub mod exchange;
pub mod settings;

pub mod desk;

pub mod text;
pub mod wire;

pub mod console;

pub mod cli;
