//! Events: what source systems and people say happened in a stay.

pub(crate) mod compact;
pub(crate) mod json;
mod kind;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use json::{EventError, parse, parse_recorded, to_json, to_raw_json};
pub use kind::Kind;

use super::{
    ids::{EpisodeId, EventId},
    patient::PatientRef,
    place::MunicipalityCode,
    time::Instant,
};

/// One event of one stay. `P` is how it names the patient: as it came in
/// ([`super::patient::Patient`]) or as the journal has it ([`PatientRef`]).
#[derive(Debug, Clone, PartialEq)]
pub struct Event<P = PatientRef> {
    /// The source system's message id, unique within the stay.
    pub id: EventId,
    /// The stay.
    pub episode: EpisodeId,
    /// When it happened.
    pub at: Instant,
    /// The system that sent it.
    pub source: Option<String>,
    /// What it says.
    pub body: Body<P>,
}

impl<P> Event<P> {
    /// What kind of event this is.
    pub fn kind(&self) -> Kind {
        self.body.kind()
    }

    /// The order in which events count: by instant, then kind, then id.
    pub fn order(&self) -> (Instant, Kind, &EventId) {
        (self.at, self.kind(), &self.id)
    }

    /// The same event with the patient named another way.
    ///
    /// # Errors
    /// Those of `change`.
    pub fn try_map<Q, E>(self, change: impl FnOnce(P) -> Result<Q, E>) -> Result<Event<Q>, E> {
        let Self {
            id,
            episode,
            at,
            source,
            body,
        } = self;
        Ok(Event {
            id,
            episode,
            at,
            source,
            body: body.try_map(change)?,
        })
    }

    /// How the event names the patient, where it does.
    pub fn patient(&self) -> Option<&P> {
        match &self.body {
            Body::Admitted(admission) => Some(&admission.patient),
            Body::DetailsChanged(change) => change.patient.as_ref(),
            _ => None,
        }
    }
}

/// What an event says (the README, "Events"). Its serde form is the compact
/// one; JSON is read and written by [`parse`] and [`to_json`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(
    missing_docs,
    reason = "fields are named as in the file format, which explains them"
)]
pub enum Body<P = PatientRef> {
    Admitted(Box<Admission<P>>),
    DetailsChanged(Box<DetailsChange<P>>),
    Transferred {
        hospital: Option<String>,
        ward: String,
    },
    AdmissionNotice {
        to: Recipients,
        expected_discharge: Option<NaiveDate>,
        #[serde(with = "super::time::serde_instant_option")]
        need_seen_at: Option<Instant>,
    },
    ExpectedDischarge {
        date: NaiveDate,
    },
    CareContactAssigned {
        name: String,
        unit: String,
    },
    CareContactWaived {
        reason: String,
    },
    SipCalled {
        #[serde(with = "super::time::serde_instant_option")]
        meeting_at: Option<Instant>,
    },
    SipCallWithdrawn {
        reason: Option<String>,
    },
    SipWaived {
        reason: String,
    },
    SipHeld,
    Checklist {
        item: String,
        done: bool,
    },
    ReadyNotice {
        #[serde(with = "super::time::serde_instant_option")]
        assessed_at: Option<Instant>,
    },
    ReadyRetracted {
        reason: String,
    },
    CompulsoryCareEnded,
    OpenCareUnavailable {
        reason: String,
    },
    OpenCareAvailable,
    DischargeNotice,
    Discharged {
        to: Option<String>,
    },
    PlanningAborted {
        reason: String,
    },
    Acknowledged {
        message: EventId,
        by: Party,
    },
    FollowedUp,
    Note {
        text: String,
        delay_reason: Option<DelayReason>,
    },
    Void {
        event: EventId,
        reason: String,
    },
}

impl<P> Body<P> {
    /// The kind of event that says this.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Admitted(_) => Kind::Admitted,
            Self::DetailsChanged(_) => Kind::DetailsChanged,
            Self::Transferred { .. } => Kind::Transferred,
            Self::AdmissionNotice { .. } => Kind::AdmissionNotice,
            Self::ExpectedDischarge { .. } => Kind::ExpectedDischarge,
            Self::CareContactAssigned { .. } => Kind::CareContactAssigned,
            Self::CareContactWaived { .. } => Kind::CareContactWaived,
            Self::SipCalled { .. } => Kind::SipCalled,
            Self::SipCallWithdrawn { .. } => Kind::SipCallWithdrawn,
            Self::SipWaived { .. } => Kind::SipWaived,
            Self::SipHeld => Kind::SipHeld,
            Self::Checklist { .. } => Kind::Checklist,
            Self::ReadyNotice { .. } => Kind::ReadyNotice,
            Self::ReadyRetracted { .. } => Kind::ReadyRetracted,
            Self::CompulsoryCareEnded => Kind::CompulsoryCareEnded,
            Self::OpenCareUnavailable { .. } => Kind::OpenCareUnavailable,
            Self::OpenCareAvailable => Kind::OpenCareAvailable,
            Self::DischargeNotice => Kind::DischargeNotice,
            Self::Discharged { .. } => Kind::Discharged,
            Self::PlanningAborted { .. } => Kind::PlanningAborted,
            Self::Acknowledged { .. } => Kind::Acknowledged,
            Self::FollowedUp => Kind::FollowedUp,
            Self::Note { .. } => Kind::Note,
            Self::Void { .. } => Kind::Void,
        }
    }

    fn try_map<Q, E>(self, change: impl FnOnce(P) -> Result<Q, E>) -> Result<Body<Q>, E> {
        Ok(match self {
            Self::Admitted(admission) => Body::Admitted(Box::new(admission.try_map(change)?)),
            Self::DetailsChanged(details) => {
                Body::DetailsChanged(Box::new(details.try_map(change)?))
            }
            Self::Transferred { hospital, ward } => Body::Transferred { hospital, ward },
            Self::AdmissionNotice {
                to,
                expected_discharge,
                need_seen_at,
            } => Body::AdmissionNotice {
                to,
                expected_discharge,
                need_seen_at,
            },
            Self::ExpectedDischarge { date } => Body::ExpectedDischarge { date },
            Self::CareContactAssigned { name, unit } => Body::CareContactAssigned { name, unit },
            Self::CareContactWaived { reason } => Body::CareContactWaived { reason },
            Self::SipCalled { meeting_at } => Body::SipCalled { meeting_at },
            Self::SipCallWithdrawn { reason } => Body::SipCallWithdrawn { reason },
            Self::SipWaived { reason } => Body::SipWaived { reason },
            Self::SipHeld => Body::SipHeld,
            Self::Checklist { item, done } => Body::Checklist { item, done },
            Self::ReadyNotice { assessed_at } => Body::ReadyNotice { assessed_at },
            Self::ReadyRetracted { reason } => Body::ReadyRetracted { reason },
            Self::CompulsoryCareEnded => Body::CompulsoryCareEnded,
            Self::OpenCareUnavailable { reason } => Body::OpenCareUnavailable { reason },
            Self::OpenCareAvailable => Body::OpenCareAvailable,
            Self::DischargeNotice => Body::DischargeNotice,
            Self::Discharged { to } => Body::Discharged { to },
            Self::PlanningAborted { reason } => Body::PlanningAborted { reason },
            Self::Acknowledged { message, by } => Body::Acknowledged { message, by },
            Self::FollowedUp => Body::FollowedUp,
            Self::Note { text, delay_reason } => Body::Note { text, delay_reason },
            Self::Void { event, reason } => Body::Void { event, reason },
        })
    }
}

/// What `admitted` says of a stay.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Admission<P = PatientRef> {
    /// Who.
    pub patient: P,
    /// The hospital.
    pub hospital: String,
    /// The ward.
    pub ward: String,
    /// Somatic or psychiatric.
    pub care_form: CareForm,
    /// Where the patient is registered; `None` where the source system says
    /// that it does not know (the stay is then unsettled).
    pub municipality: Option<MunicipalityCode>,
    /// Stadsdelsnämnd, in Stockholm.
    pub district: Option<String>,
    /// The municipality that placed the patient in another.
    pub placing_municipality: Option<MunicipalityCode>,
    /// Compulsory psychiatric care that a court must end first.
    pub compulsory_care: Option<CompulsoryCare>,
    /// Whether the patient needs anything from the municipality afterwards.
    pub municipal_needs: bool,
}

impl<P> Admission<P> {
    fn try_map<Q, E>(self, change: impl FnOnce(P) -> Result<Q, E>) -> Result<Admission<Q>, E> {
        Ok(Admission {
            patient: change(self.patient)?,
            hospital: self.hospital,
            ward: self.ward,
            care_form: self.care_form,
            municipality: self.municipality,
            district: self.district,
            placing_municipality: self.placing_municipality,
            compulsory_care: self.compulsory_care,
            municipal_needs: self.municipal_needs,
        })
    }
}

/// Corrections to what `admitted` said. In the optional facts the outer
/// option tells whether the correction names them, the inner one the value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[allow(missing_docs, reason = "the same facts as in Admission")]
pub struct DetailsChange<P = PatientRef> {
    pub patient: Option<P>,
    pub hospital: Option<String>,
    pub ward: Option<String>,
    pub care_form: Option<CareForm>,
    pub municipality: Option<Option<MunicipalityCode>>,
    pub district: Option<Option<String>>,
    pub placing_municipality: Option<Option<MunicipalityCode>>,
    pub compulsory_care: Option<Option<CompulsoryCare>>,
    pub municipal_needs: Option<bool>,
}

impl<P> DetailsChange<P> {
    fn try_map<Q, E>(self, change: impl FnOnce(P) -> Result<Q, E>) -> Result<DetailsChange<Q>, E> {
        Ok(DetailsChange {
            patient: self.patient.map(change).transpose()?,
            hospital: self.hospital,
            ward: self.ward,
            care_form: self.care_form,
            municipality: self.municipality,
            district: self.district,
            placing_municipality: self.placing_municipality,
            compulsory_care: self.compulsory_care,
            municipal_needs: self.municipal_needs,
        })
    }
}

/// Somatic or psychiatric inpatient care.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum CareForm {
    Somatic,
    Psychiatric,
}

/// The act under which a patient is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum CompulsoryCare {
    /// Lag (1991:1128) om psykiatrisk tvångsvård.
    #[serde(rename = "LPT")]
    Lpt,
    /// Lag (1991:1129) om rättspsykiatrisk vård.
    #[serde(rename = "LRV")]
    Lrv,
}

/// Whom an admission notice went to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Recipients {
    /// The municipality.
    pub municipality: bool,
    /// The region's open care.
    pub open_care: bool,
}

/// A unit that confirms messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "the names say it")]
pub enum Party {
    Municipality,
    OpenCare,
    Ward,
}

/// A coded reason why a patient stayed on, with the time it holds for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DelayReason {
    /// The code.
    pub code: String,
    /// From when.
    #[serde(with = "super::time::serde_instant")]
    pub from: Instant,
    /// Until when, if it ended.
    #[serde(with = "super::time::serde_instant_option")]
    pub to: Option<Instant>,
}
