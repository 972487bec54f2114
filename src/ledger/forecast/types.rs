//! What a month may come to, as replies and programs read it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    ledger::figures::{Finding, Status},
    model::{
        ids::{AgreementId, EpisodeId},
        money::Kronor,
        month::Month,
        place::{PayerCode, RegionCode},
        time::{Instant, serde_instant, serde_instant_option},
    },
    rules::{
        model::average_trigger::Effect,
        outlook::{Accrued, NoonLoss, State},
        share::Model,
    },
};

/// Where a month stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// It runs: there is something to foresee.
    Running,
    /// It has ended: nothing done now moves it.
    Ended,
    /// It is locked for every payer.
    Locked,
}

/// A value under each way in which the month may go on. A month that has
/// ended has the first alone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scenarios<T> {
    /// As figures count it now: dates before today, and those who have left.
    pub so_far: T,
    /// Nobody leaves before the month ends.
    pub none_leaves: Option<T>,
    /// Every ready patient leaves now.
    pub today: Option<T>,
    /// Every ready patient leaves at this clock time tomorrow; where that is
    /// in the next month, they stay this month out.
    pub tomorrow: Option<T>,
    /// Every ready patient leaves at this clock time on the last date that
    /// was planned: now, where that date has come or passed; not this month,
    /// where it is a later month's or none was planned.
    pub planned: Option<T>,
    /// Those whom the question names leave now; none where it names nobody
    /// ([`WhatIf`]).
    #[serde(default = "none", skip_serializing_if = "Option::is_none")]
    pub marked: Option<T>,
}

/// Any type's, where `Default` would ask the same of it.
fn none<T>() -> Option<T> {
    None
}

/// Ready patients who are supposed to leave now, and what the others do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WhatIf {
    /// Who leaves now. In an answer only those who are ready and still in.
    pub stays: Vec<EpisodeId>,
    /// What the other ready patients do.
    #[serde(default)]
    pub others: Others,
}

/// What ready patients do who are not supposed to leave now.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Others {
    /// They leave as planned, so that the smallest set keeps what it promises.
    #[default]
    Planned,
    /// They stay the month out.
    Stay,
}

/// A month's forecast.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forecast {
    /// The region.
    pub region: RegionCode,
    /// The month.
    pub month: Month,
    /// The moment that it is made as at.
    #[serde(with = "serde_instant")]
    pub now: Instant,
    /// Where the month stands.
    pub standing: Standing,
    /// One for each payer with a stay or an amount, by code.
    pub payers: Vec<PayerForecast>,
    /// Sum over the payers; none where one of them cannot be computed.
    pub amounts: Scenarios<Option<Kronor>>,
    /// Ready notices that lose a day at noon; none once the month has ended.
    pub noon: Option<NoonClock>,
    /// Who was supposed to leave now, where that was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub what_if: Option<WhatIf>,
    /// What makes the amounts uncertain or keeps them from being computed.
    pub findings: Vec<Finding>,
}

/// One payer's month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PayerForecast {
    /// Who pays.
    pub payer: PayerCode,
    /// The payer's name.
    pub name: String,
    /// Open or locked.
    pub status: Status,
    /// Patients who are ready and still in.
    pub ready: u32,
    /// Patients who are in and not ready; no scenario knows of them.
    pub not_ready: u32,
    /// What came after locks of earlier months, plus less minus; in every
    /// scenario's amount as figures have it (the plus alone).
    pub adjustments: Kronor,
    /// Kronor, all entries together; none where one cannot be computed.
    pub amounts: Scenarios<Option<Kronor>>,
    /// One for each agreement and rule, as in figures.
    pub entries: Vec<EntryForecast>,
    /// Ready patients without a planned date: they leave in no month here.
    pub unplanned: Vec<EpisodeId>,
    /// Ready patients whose planned date has passed: taken as leaving now.
    pub overdue: Vec<EpisodeId>,
    /// Each ready stay, the dearest tomorrow first.
    pub stays: Vec<StayAhead>,
}

/// A payer's month under one agreement and model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryForecast {
    /// The agreement.
    pub agreement: AgreementId,
    /// The rule within it, where the average is one rule's.
    pub rule: Option<String>,
    /// The model.
    pub model: Model,
    /// What it comes to.
    pub scenarios: Scenarios<EntryScenario>,
    /// Where the months in a row stand, for an average that triggers charges.
    pub trigger: Option<TriggerForecast>,
    /// A smallest set of stays that keeps the average down, where there is
    /// one to keep down and the month runs.
    pub keep: Option<Keep>,
}

/// An entry under one scenario.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryScenario {
    /// Discharged stays that the agreement reaches.
    pub discharged: u32,
    /// Those in the average, or judged one by one.
    pub counted: u32,
    /// The average in days, as figures show it.
    pub average: Option<String>,
    /// The threshold in days.
    pub threshold: Option<String>,
    /// Kronor; none where a rate or a threshold is missing.
    pub amount: Option<Kronor>,
    /// What the average does to the months in a row.
    pub effect: Option<Effect>,
}

/// A payer's months in a row before this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct TriggerForecast {
    /// Whether this month is charged stay by stay, whatever its average.
    pub charging: bool,
    /// Months in a row before it: above the threshold, or while charging at
    /// or below it.
    pub run: u16,
    /// Months in a row that start charging, or while charging end it.
    pub needed: u16,
    /// How many times charging has started.
    pub times: u16,
}

/// A smallest set of ready stays whose leaving now, with all others leaving
/// as planned, keeps the average at or below the threshold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Keep {
    /// Whether there is such a set.
    pub possible: bool,
    /// The set, the most relief first; empty where the plan keeps it down,
    /// and where nothing does.
    pub stays: Vec<EpisodeId>,
    /// The average if they leave now; where nothing helps, if all leave now.
    pub average: Option<String>,
    /// Days by which the average lies above the threshold even if all leave
    /// now, where nothing helps.
    pub over_by: Option<String>,
}

/// One ready stay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StayAhead {
    /// Which.
    pub episode: EpisodeId,
    /// Its ward.
    pub ward: String,
    /// Where it stands.
    pub state: State,
    /// The agreement that judges it.
    pub agreement: Option<AgreementId>,
    /// Since when it is ready.
    #[serde(with = "serde_instant_option")]
    pub ready_since: Option<Instant>,
    /// The last planned date of discharge.
    pub expected_discharge: Option<NaiveDate>,
    /// When liability starts or started.
    #[serde(with = "serde_instant_option")]
    pub liability_start: Option<Instant>,
    /// When it would start if what is missing were done now.
    #[serde(with = "serde_instant_option")]
    pub start_if_met_now: Option<Instant>,
    /// What each day of waiting for that costs the region.
    pub lost_per_day: Option<Kronor>,
    /// Cost so far.
    pub accrued: Accrued,
    /// What one more day adds for the payer.
    pub tomorrow: Option<Kronor>,
}

/// The next noon, and what is lost at it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoonClock {
    /// That noon.
    #[serde(with = "serde_instant")]
    pub at: Instant,
    /// Whole seconds until then.
    pub seconds_left: i64,
    /// Stays that lose a day, the dearest first.
    pub stays: Vec<NoonLoss>,
    /// Kronor in all; none where a rate is missing.
    pub worth: Option<Kronor>,
}
