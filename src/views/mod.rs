//! What is served: tables folded from the journal, on sled or in memory.

pub mod tables;
