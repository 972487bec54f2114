//! The project's one test binary.

#![allow(clippy::unwrap_used, reason = "a test that fails there has failed")]

mod ahead;
mod altered;
mod demo;
mod desk;
mod figures;
mod pty;
mod support;
