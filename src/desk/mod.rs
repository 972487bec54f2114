//! The one service: requests in, replies and changes out.

pub mod actor;
pub mod error;
pub mod reply;
pub mod request;
pub mod service;
