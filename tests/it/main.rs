//! The project's one test binary.

mod altered;
mod demo;
mod figures;
mod support;
