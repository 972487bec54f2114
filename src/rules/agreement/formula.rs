//! The models as an agreement's file states them: which values each needs.

use chrono::NaiveDate;
use serde::Deserialize;

use super::{
    grace::Grace,
    value::{
        Count, CountsFrom, Dated, Day, DayCounting, Days, KronorValue, Months, OpenCare, Rounding,
        Section, Source, Threshold, Unmet, YesNo,
    },
};
use crate::{model::place::MunicipalityCode, rules::share::Model};

/// How a rule turns spans into money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Formula {
    /// Each span by its own dates.
    Individual(Box<Individual>),
    /// A payer's monthly average above a threshold.
    AverageExcess(Box<AverageExcess>),
    /// Individual charges while averages over months trigger them.
    AverageTrigger(Box<AverageTrigger>),
    /// A fixed part of a sum.
    FixedShare(Box<FixedShare>),
    /// The sources give no rule: by hand.
    Manual,
    /// Nothing is due.
    Nothing,
}

impl Formula {
    /// The model's name in figures; none where nothing is due.
    #[must_use]
    pub fn model(&self) -> Option<Model> {
        match self {
            Self::Individual(_) => Some(Model::Individual),
            Self::AverageExcess(_) => Some(Model::AverageExcess),
            Self::AverageTrigger(_) => Some(Model::AverageTrigger),
            Self::FixedShare(_) => Some(Model::FixedShare),
            Self::Manual => Some(Model::Manual),
            Self::Nothing => None,
        }
    }
}

/// Values of an `individual` rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Individual {
    /// Days or weekdays from the start's date to the first chargeable date,
    /// where the notice was sent by noon.
    pub grace_days: Dated<Grace>,
    /// The same where it was sent after noon, in the same unit.
    pub grace_days_after_noon: Dated<Grace>,
    /// Whether 12:00:00 itself counts as by noon.
    pub noon_in_time: Dated<YesNo>,
    /// Whether the date on which the span ends is charged.
    pub discharge_day_charged: Dated<YesNo>,
    /// From when a met precondition counts.
    pub preconditions_count_from: Dated<CountsFrom>,
    /// What missing open care does: `dates_skipped` or `ignored`.
    pub open_care: Dated<OpenCare>,
}

/// Values of an `average_excess` rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AverageExcess {
    /// Average above which the excess is charged; by the first date of the month.
    pub threshold: Dated<Threshold>,
    /// How the average is rounded before it is compared.
    pub average_rounding: Dated<Rounding>,
    /// How a county average that serves as threshold is rounded.
    pub county_average_rounding: Option<Dated<Rounding>>,
    /// How days are counted.
    pub day_counting: Dated<DayCounting>,
    /// What missing open care does.
    pub open_care: Dated<OpenCare>,
    /// Stays of so many days or more leave the average.
    pub long_stay_from: Option<Dated<Days>>,
    /// Days of such a stay that are free.
    pub long_stay_free: Option<Dated<Days>>,
    /// Whether only those count who are 18 or more at discharge.
    pub adults_only: Dated<YesNo>,
    /// What becomes of a stay that bears no liability; it leaves where
    /// nothing is said.
    pub unmet: Option<Dated<Unmet>>,
}

impl AverageExcess {
    /// How a county average that serves as threshold on `date` is rounded.
    #[must_use]
    pub fn county_rounding(&self, date: NaiveDate) -> Rounding {
        let rounding = self.county_average_rounding.as_ref();
        rounding.map_or(Rounding::None, |rounding| rounding.on(date).value)
    }
}

/// Values of an `average_trigger` rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AverageTrigger {
    /// Average above which a month counts towards the start.
    pub threshold: Dated<Threshold>,
    /// Months in a row above the threshold that start charging.
    pub months_to_start: Dated<Months>,
    /// Months in a row at or below it that end charging.
    pub months_to_end: Dated<Months>,
    /// From which time on (1 = the first) the starting months are charged as well.
    pub retroactive_from_time: Dated<Count>,
    /// Days from which a stay is charged.
    pub charged_from: Dated<Days>,
    /// Days of such a stay that are free.
    pub free_days: Dated<Days>,
    /// Whether 12:00:00 itself makes the start's date day 0.
    pub noon_in_time: Dated<YesNo>,
    /// Whether it is a track for psychiatric care alone.
    pub psychiatric_track: Dated<YesNo>,
    /// What missing open care does: `dates_skipped` or `ignored`.
    pub open_care: Dated<OpenCare>,
    /// What becomes of a stay that is not home-ready; it leaves where nothing
    /// is said.
    pub unmet: Option<Dated<Unmet>>,
}

/// Values of a `fixed_share` rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FixedShare {
    /// Parts into which each total is split, one a month.
    pub parts: Dated<Count>,
    /// How a part is rounded, in kronor.
    pub rounding: Dated<Rounding>,
    /// Each payer's total.
    pub total: Vec<FixedTotal>,
    /// How the year is settled in the end.
    pub settlement: Source,
}

/// What one payer's parts are taken from.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FixedTotal {
    /// The payer.
    pub payer: MunicipalityCode,
    /// Kronor.
    pub kronor: KronorValue,
    /// Where it stands.
    pub clause: Section,
}

/// A level that a dispute climbs to.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DisputeLevel {
    /// Its code.
    pub code: String,
    /// Swedish name.
    pub sv: String,
    /// English name.
    pub en: String,
    /// Where it stands.
    pub clause: Section,
}

/// Until when the region has confirmed that the agreement holds.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Confirmation {
    /// The last date.
    pub until: Day,
    /// What it rests on.
    pub clause: Section,
    /// Whether that is a reading.
    #[serde(default)]
    pub reading: bool,
}
