//! The project's one test binary.

#![allow(clippy::unwrap_used, reason = "a test that fails there has failed")]

mod altered;
mod command;
mod desk;
mod figures;
mod support;
