//! Who asks.

use serde::{Deserialize, Serialize};

use crate::model::place::PayerCode;

/// What somebody may do. One role today: whoever can open the store's folder
/// is a planner; groups and operators come with the shared service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Sees names, acts on stays, closes months.
    Planner,
}

impl Role {
    /// Whether names and numbers of patients without protected identity show.
    #[must_use]
    pub fn sees_identities(self) -> bool {
        match self {
            Self::Planner => true,
        }
    }

    /// Whether a protected identity shows in the stay, with a log entry.
    #[must_use]
    pub fn reveals_protected(self) -> bool {
        match self {
            Self::Planner => true,
        }
    }
}

/// Which stays somebody sees.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// All of the region's.
    Region,
    /// One payer's.
    Payer(PayerCode),
}

/// Who asks: stands in every request and with every recorded entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// Login name.
    pub user: String,
    /// Hospital, ward or office.
    pub unit: String,
    /// What they may do.
    pub role: Role,
    /// What they see.
    pub scope: Scope,
}
