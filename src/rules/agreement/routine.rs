//! Duties of the region and its municipalities that no stay carries: reports,
//! analyses, notices, as data.

use serde::Deserialize;

use super::value::{Section, choices};

choices! {
    /// What is to be done.
    RoutineCode {
        /// The parties look together into why patients wait.
        JointAnalysis = "joint_analysis",
        /// The municipalities are told the coming year's day rate.
        RateTold = "rate_told",
        /// The outcome is reported.
        OutcomeReport = "outcome_report",
        /// The municipalities get the month's days to follow for themselves.
        MonthlyBasis = "monthly_basis",
        /// The written routine applies while the shared IT system is down.
        WrittenRoutine = "written_routine",
    }
}

choices! {
    /// Who does it.
    RoutineParty {
        /// The region.
        Region = "region",
        /// Region and municipalities together.
        Together = "together",
    }
}

/// When it is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(tag = "on", rename_all = "snake_case", deny_unknown_fields)]
pub enum Occasion {
    /// Each month, for the month before: due when the month ends.
    Monthly,
    /// Each quarter, for the quarter before: due when its first month ends.
    Quarterly,
    /// Each year: due when this month (1 to 12) ends.
    Yearly {
        /// The month.
        month: u8,
    },
    /// In a month in which a payer's average lies above its rule's threshold:
    /// due when the month ends.
    AverageAbove,
    /// When a source has been silent for more than so many hours.
    Silence {
        /// How many.
        hours: u16,
    },
}

/// A duty that recurs, or that an average or an outage sets off.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Routine {
    /// What is to be done.
    pub code: RoutineCode,
    /// Who does it.
    pub party: RoutineParty,
    /// When.
    pub occasion: Occasion,
    /// Where it stands.
    pub clause: Section,
    /// Whether that, or its due time, is a reading.
    #[serde(default)]
    pub reading: bool,
    /// Other readings.
    #[serde(default)]
    pub alternatives: Vec<String>,
}
