//! The project's one test binary.
