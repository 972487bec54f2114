//! The desk over a Unix socket.
