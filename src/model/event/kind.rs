//! The kinds of event, in the order in which events at the same instant count.

use serde::{Deserialize, Serialize};

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident = $name:literal,)*) => {
        /// What an event says. Declared in the order in which events at the
        /// same instant count.
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
        )]
        pub enum Kind {
            $($(#[$doc])* #[serde(rename = $name)] $variant,)*
        }

        impl Kind {
            /// Every kind, in order.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The name in files and on the wire.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }

            /// The kind of that name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }
    };
}

kinds! {
    /// Inpatient care begins.
    Admitted = "admitted",
    /// Admission facts are corrected for the whole stay.
    DetailsChanged = "details_changed",
    /// Another ward or hospital.
    Transferred = "transferred",
    /// Inskrivningsmeddelande.
    AdmissionNotice = "admission_notice",
    /// The planned date of discharge.
    ExpectedDischarge = "expected_discharge",
    /// Fast vårdkontakt named.
    CareContactAssigned = "care_contact_assigned",
    /// No fast vårdkontakt was needed.
    CareContactWaived = "care_contact_waived",
    /// Kallelse till SIP.
    SipCalled = "sip_called",
    /// The call is taken back.
    SipCallWithdrawn = "sip_call_withdrawn",
    /// No SIP was needed.
    SipWaived = "sip_waived",
    /// The SIP meeting took place.
    SipHeld = "sip_held",
    /// A point of the home-ready checklist.
    Checklist = "checklist",
    /// Underrättelse om utskrivningsklar.
    ReadyNotice = "ready_notice",
    /// Återtag.
    ReadyRetracted = "ready_retracted",
    /// A court ended compulsory psychiatric care.
    CompulsoryCareEnded = "compulsory_care_ended",
    /// Care that the region owes is missing and keeps the patient in.
    OpenCareUnavailable = "open_care_unavailable",
    /// That care is there again.
    OpenCareAvailable = "open_care_available",
    /// Utskrivningsmeddelande.
    DischargeNotice = "discharge_notice",
    /// The patient left inpatient care.
    Discharged = "discharged",
    /// Avbruten vårdplanering.
    PlanningAborted = "planning_aborted",
    /// A unit confirmed a message.
    Acknowledged = "acknowledged",
    /// The follow-up after discharge is done.
    FollowedUp = "followed_up",
    /// Free text, perhaps with a coded reason of delay.
    Note = "note",
    /// An earlier event never happened.
    Void = "void",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back_to_their_kind() {
        for kind in Kind::ALL {
            assert_eq!(Kind::from_name(kind.name()), Some(*kind));
        }
        assert_eq!(Kind::from_name("ready"), None);
        assert!(Kind::ReadyNotice < Kind::Discharged && Kind::Admitted < Kind::DetailsChanged);
    }
}
