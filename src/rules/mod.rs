//! The engine: what the law and the agreements make of a stay.

pub mod agreement;
mod attribution;
#[cfg(test)]
mod attribution_others_tests;
#[cfg(test)]
mod attribution_tests;
#[cfg(test)]
mod auditor_tests;
pub mod explain;
pub mod judge;
pub mod model;
pub mod orders;
pub mod outlook;
pub mod payer;
pub mod rates;
#[cfg(test)]
mod readings_tests;
pub mod rulebook;
pub mod share;
#[cfg(test)]
pub mod testing;
pub mod trace;

pub use attribution::{shares, shares_if_left};
pub use explain::{Subject, explain};
pub use judge::{SpanJudgement, judge_span};
pub use outlook::{PayerMonth, outlook, urgency};
pub use payer::payer_of;
pub use rates::Rates;
pub use rulebook::Rulebook;
