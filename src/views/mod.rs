//! What is served: tables folded from the journal, on sled or in memory.
//!
//! The journal is the truth; the rows here can be folded from it at any time
//! (see [`catch_up`]). Only stays that are held or open live in memory.

pub mod catch_up;
pub mod decisions;
pub mod fresh;
pub mod recorded;
pub mod refold;
pub mod row;
pub mod sources;
pub mod state;
mod stretch;
pub mod tables;
pub mod then;

pub use state::{Views, ViewsError};
