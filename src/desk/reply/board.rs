//! The board's answer.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::ShownIdentity;
use crate::{
    model::{
        event::CareForm,
        ids::{AgreementId, EpisodeId},
        money::Kronor,
        place::{PayerCode, RegionCode},
        time::{Instant, serde_instant, serde_instant_option},
    },
    rules::outlook::{Accrued, Duty, Flag, NextBoundary, State},
};

/// The board: rows most urgent first, and a head that counts all of them.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Board {
    /// Counts and freshness.
    pub head: BoardHead,
    /// The rows asked for.
    pub rows: Vec<BoardRow>,
}

/// Counts over all rows that match, and how fresh they are.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct BoardHead {
    /// The region's code and name.
    pub region: Option<RegionCode>,
    /// The moment that the board answers as at.
    #[serde(with = "serde_instant_option")]
    pub now: Option<Instant>,
    /// Journal position.
    pub seq: u64,
    /// Rows with an open ready span.
    pub ready: u32,
    /// Rows with running liability.
    pub liable: u32,
    /// Rows that something missing blocks.
    pub blocked: u32,
    /// Rows without an open ready span.
    pub not_ready: u32,
    /// Stays whose admission has not come.
    pub held: u32,
    /// What the day that runs adds over all rows, as far as rates are known.
    pub today: Kronor,
    /// Rows with running liability whose day has no rate.
    #[serde(default)]
    pub unpriced: u32,
    /// Rows on which a typed fact and a source's differ.
    #[serde(default)]
    pub conflicts: u32,
    /// What is lost at the next noon; none where nothing was asked yet.
    #[serde(default)]
    pub noon: Option<NoonHead>,
    /// Last event of each source.
    pub sources: Vec<SourceAge>,
    /// Why nothing can be written, if so.
    pub read_only: Option<String>,
    /// The store's random id.
    #[serde(default)]
    pub store: String,
}

/// The next noon, and what ready notices that are not sent before it lose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoonHead {
    /// That noon; after 12:00 tomorrow's (Swedish time).
    #[serde(with = "serde_instant")]
    pub at: Instant,
    /// Stays that lose a day.
    pub stays: u32,
    /// Kronor in all; none where a rate is missing.
    pub worth: Option<Kronor>,
}

/// A source system and when it was last heard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceAge {
    /// Its name.
    pub source: String,
    /// When its last event happened.
    #[serde(with = "serde_instant")]
    pub last: Instant,
}

/// One stay on the board.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BoardRow {
    /// What `board --json` gives to everybody.
    pub line: BoardLine,
    /// Who it is, as far as the actor may see.
    pub patient: ShownIdentity,
    /// Hospital.
    pub hospital: String,
    /// When the patient was admitted.
    #[serde(with = "serde_instant")]
    pub admitted_at: Instant,
    /// Planned date of discharge.
    pub expected_discharge: Option<NaiveDate>,
    /// Journal position of the latest event, so that one can tell what is new.
    pub seq: u64,
    /// The system that sent the admission; none where it was typed.
    pub source: Option<String>,
    /// When something was last heard of the stay from a source system.
    #[serde(with = "serde_instant_option")]
    pub heard: Option<Instant>,
    /// Facts on which what was typed and what a source told differ.
    pub conflicts: u32,
    /// The duty that is due first of those not done.
    pub next_duty: Option<Duty>,
}

/// One row of `board --json`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BoardLine {
    /// The stay.
    pub episode: EpisodeId,
    /// Who pays; none where that is unsettled.
    pub payer: Option<PayerCode>,
    /// Current ward.
    pub ward: String,
    /// Somatic or psychiatric.
    pub care_form: CareForm,
    /// When the ready span began; none where the patient is not ready.
    #[serde(with = "serde_instant_option")]
    pub ready_since: Option<Instant>,
    /// Where the stay stands.
    pub state: State,
    /// The agreement that judges it.
    pub agreement: Option<AgreementId>,
    /// First instant of the first chargeable date if nothing more happens;
    /// none where the rule has none per patient or a precondition is missing.
    #[serde(with = "serde_instant_option")]
    pub liability_start: Option<Instant>,
    /// Whole seconds to `liability_start`; zero once it runs.
    pub seconds_left: Option<i64>,
    /// What happens next if the patient stays.
    pub next_boundary: Option<NextBoundary>,
    /// What is missing or late.
    pub flags: Vec<Flag>,
    /// When liability would start if what is missing were done now.
    #[serde(with = "serde_instant_option")]
    pub start_if_met_now: Option<Instant>,
    /// Kronor that each day of waiting for it costs the region.
    pub lost_per_day: Option<Kronor>,
    /// When the latest event of the stay happened.
    #[serde(with = "serde_instant")]
    pub last_event: Instant,
    /// Days and kronor so far.
    pub accrued: Accrued,
    /// Kronor that one more day adds; none where it cannot be told.
    pub tomorrow: Option<Kronor>,
}
