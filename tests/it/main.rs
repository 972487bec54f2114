//! The project's one test binary.

#![allow(clippy::unwrap_used, reason = "a test that fails there has failed")]

mod agreement_files;
mod agreement_format;
mod agreements;
mod ahead;
mod altered;
mod as_of;
mod cases;
mod command;
mod corrections;
mod damage;
mod demo;
mod desk;
mod duties;
mod figures;
mod forecast;
mod frozen;
mod holders;
mod imports;
mod kill;
mod limits;
mod locked_stays;
mod log;
mod naive;
mod parked;
mod pictures;
mod pty;
mod readings;
mod readme;
mod rebuild;
mod settlements;
mod support;
mod suspensions;
mod tidy;
mod tomorrow;
mod traces;
mod trial;
mod words;
