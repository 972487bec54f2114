//! The one service: requests in, replies and changes out.
