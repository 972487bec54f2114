//! The project's one test binary.

mod altered;
mod figures;
mod support;
