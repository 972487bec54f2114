//! Where a stay stands now (rulebook: all models; interface.md, "Board").

mod duty;
mod types;

pub use types::{
    Accrued, Boundary, Duty, Flag, FlagClass, FlagCode, NextBoundary, Outlook, State,
};
