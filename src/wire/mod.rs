//! The desk over a Unix socket: whoever holds the store serves it.
//!
//! [`link::Link`] is what callers use: it holds the store, or talks to the
//! process that does, and takes over when that one leaves.

pub mod client;
mod frame;
pub mod link;
mod message;
mod peer;
pub mod place;
pub mod server;
mod session;
mod watches;

#[cfg(test)]
mod tests;
