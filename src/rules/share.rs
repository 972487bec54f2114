//! What one stay gives to the figures of one month.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::model::{ids::AgreementId, month::Month, place::PayerCode};

/// How an agreement turns stays into money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Model {
    /// Each stay by its own days.
    Individual,
    /// A payer's monthly average above a threshold.
    AverageExcess,
    /// Individual charges while averages over months trigger them.
    AverageTrigger,
    /// A fixed part of a sum.
    FixedShare,
    /// No rule in the sources: finance decides by hand.
    Manual,
}

/// What one stay gives to one month under one agreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// The month whose figures it enters.
    pub month: Month,
    /// Who pays.
    pub payer: PayerCode,
    /// Under which agreement.
    pub agreement: AgreementId,
    /// By which of its rules (an id within the agreement's file).
    pub rule: String,
    /// By which model.
    pub model: Model,
    /// Whether the stay was discharged in this month with a ready span that
    /// the agreement reaches.
    pub discharged: bool,
    /// What it counts as.
    pub standing: Standing,
}

impl Share {
    /// Whether it is given under an agreement by a payer, or by anyone where
    /// none is named.
    #[must_use]
    pub fn is_under(&self, agreement: &AgreementId, payer: Option<PayerCode>) -> bool {
        self.agreement == *agreement && payer.is_none_or(|payer| payer == self.payer)
    }
}

/// What a stay counts as in a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// Charged for these dates, ascending, all in the month.
    Individual {
        /// Chargeable local dates; may be empty.
        dates: Vec<NaiveDate>,
    },
    /// In the payer's average.
    Averaged {
        /// Days from span start to discharge, as the rule counts them.
        days: u32,
    },
    /// Out of the average and charged by itself.
    LongStay {
        /// Days from span start to discharge.
        days: u32,
        /// Days that are charged.
        charged: u32,
    },
    /// In an average that may trigger individual charges.
    Triggering {
        /// Days from day 0 to discharge.
        days: u32,
        /// Whether it is on the psychiatric track of 2018.
        psychiatric: bool,
    },
    /// Left out of the figures.
    Excluded {
        /// Why.
        reason: Exclusion,
    },
}

/// Why a discharged stay is in no figures, or cannot be settled by rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(
    missing_docs,
    reason = "the names say it; they stand so in the figures' JSON"
)]
pub enum Exclusion {
    AdmissionNoticeMissing,
    ExpectedDischargeMissing,
    CareContactMissing,
    SipCallMissing,
    SipCallLate,
    NotHomeReady,
    /// Younger than 18 where the rule is for adults: by hand.
    Minor,
    /// The sources give no rule: by hand.
    Manual,
    /// The agreement is suspended: nothing is charged.
    Suspended,
}

impl Exclusion {
    /// Whether finance must settle the stay by hand.
    #[must_use]
    pub fn for_finance(self) -> bool {
        matches!(self, Self::Minor | Self::Manual)
    }

    /// The code in figures.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::AdmissionNoticeMissing => "admission_notice_missing",
            Self::ExpectedDischargeMissing => "expected_discharge_missing",
            Self::CareContactMissing => "care_contact_missing",
            Self::SipCallMissing => "sip_call_missing",
            Self::SipCallLate => "sip_call_late",
            Self::NotHomeReady => "not_home_ready",
            Self::Minor => "minor",
            Self::Manual => "manual",
            Self::Suspended => "suspended",
        }
    }
}

/// Why nobody can be billed yet; blocks the close of the months concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(
    missing_docs,
    reason = "the names say it; they stand so in the figures' JSON"
)]
pub enum Unsettled {
    MunicipalityMissing,
    DistrictMissing,
    DistrictUnknown,
}

impl Unsettled {
    /// The code of its finding.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::MunicipalityMissing => "municipality_missing",
            Self::DistrictMissing => "district_missing",
            Self::DistrictUnknown => "district_unknown",
        }
    }
}

/// All that one stay gives to figures, as at a moment.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Shares {
    /// Months and what it gives to each.
    pub shares: Vec<Share>,
    /// Set where nobody can be billed: the reason, and the months that it
    /// holds up.
    pub unsettled: Option<(Unsettled, Vec<Month>)>,
}
