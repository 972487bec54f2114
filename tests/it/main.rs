//! The project's one test binary.

#![allow(clippy::unwrap_used, reason = "a test that fails there has failed")]

mod ahead;
mod altered;
mod as_of;
mod command;
mod damage;
mod demo;
mod desk;
mod figures;
mod holders;
mod imports;
mod kill;
mod pty;
mod readme;
mod rebuild;
mod support;
mod tidy;
mod words;
