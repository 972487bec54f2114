//! The table: which fields each kind of event has.

use crate::model::event::Kind;

/// What a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// A moment; see [`super::when`].
    Time,
    /// A calendar date.
    Date,
    /// A line of text.
    Text,
    /// Yes or no.
    YesNo,
    /// A point of the agreement's checklist.
    Item,
    /// A message of the stay that somebody should confirm.
    Message,
    /// Who confirmed.
    Party,
    /// Whom a notice went to.
    Recipients,
    /// A municipality, by SCB's code or by name.
    Municipality,
    /// A new stay's id.
    Episode,
    /// A personnummer, samordningsnummer or reserve number.
    PersonalId,
    /// Yes, no, or as it is.
    MaybeYesNo,
    /// Somatic or psychiatric.
    CareForm,
    /// Somatic, psychiatric, or as it is.
    MaybeCareForm,
    /// LPT, LRV, or nothing.
    CompulsoryCare,
    /// Which of two events stands.
    Stands,
    /// The month and the total of a lock.
    Confirm,
    /// The id of the agreement that a decision is about, typed once more.
    AgreementId,
    /// One of the dates that an agreement's file leaves open.
    OpenDate,
    /// A calendar year.
    Year,
    /// Kronor per care day.
    Amount,
    /// A format of an export.
    Format,
    /// A folder.
    Directory,
}

/// One field of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldSpec {
    /// Its name in the event's JSON, and of its label.
    pub name: &'static str,
    /// What it takes.
    pub kind: FieldKind,
    /// Whether it must be filled.
    pub required: bool,
}

const fn must(name: &'static str, kind: FieldKind) -> FieldSpec {
    FieldSpec {
        name,
        kind,
        required: true,
    }
}

const fn may(name: &'static str, kind: FieldKind) -> FieldSpec {
    FieldSpec {
        name,
        kind,
        required: false,
    }
}

/// When it happened: the first field of every event.
pub(super) const AT: FieldSpec = must("at", FieldKind::Time);
/// Why an event is voided.
pub(super) const VOID_REASON: FieldSpec = must("void_reason", FieldKind::Text);
/// A reason alone.
pub(super) const REASON: FieldSpec = must("reason", FieldKind::Text);
/// Whether the call goes with the ready notice that is taken back.
pub(super) const WITH_CALL: FieldSpec = must("with_call", FieldKind::YesNo);
/// Which of two events that contradict each other stands.
pub(super) const STANDS: FieldSpec = must("stands", FieldKind::Stands);
/// The id of a stay that is registered here.
pub(super) const EPISODE: FieldSpec = must("episode", FieldKind::Episode);
/// What a lock asks for.
pub(super) const CONFIRM: FieldSpec = must("confirm", FieldKind::Confirm);
/// The first date of a decision.
pub(super) const FROM: FieldSpec = must("from", FieldKind::Date);
/// The last date of a decision.
pub(super) const UNTIL: FieldSpec = must("until", FieldKind::Date);
/// The last date of a decision that may be left open.
pub(super) const MAY_UNTIL: FieldSpec = may("until", FieldKind::Date);
/// Who says so, and where.
pub(super) const SOURCE: FieldSpec = must("source", FieldKind::Text);
/// The agreement's id, as a confirmation.
pub(super) const TYPED_ID: FieldSpec = must("agreement_id", FieldKind::AgreementId);
/// Which of an agreement's dates.
pub(super) const WHICH_DATE: FieldSpec = must("which_date", FieldKind::OpenDate);
/// What it is set to.
pub(super) const NEW_DATE: FieldSpec = must("new_date", FieldKind::Date);
/// A rate's year.
pub(super) const YEAR: FieldSpec = must("year", FieldKind::Year);
/// A rate's kronor.
pub(super) const AMOUNT: FieldSpec = must("amount", FieldKind::Amount);
/// What an export asks for.
pub(super) const EXPORT: &[FieldSpec] = &[
    must("format", FieldKind::Format),
    must("directory", FieldKind::Directory),
];

/// The fields of a kind of event besides its time; none for a void, which has
/// a form of its own.
#[must_use]
pub fn event_fields(kind: Kind) -> Option<&'static [FieldSpec]> {
    use FieldKind as F;
    Some(match kind {
        Kind::Void => return None,
        Kind::Admitted => {
            const {
                &[
                    must("pnr", F::PersonalId),
                    must("patient_name", F::Text),
                    must("protected", F::YesNo),
                    must("municipality", F::Municipality),
                    must("hospital", F::Text),
                    must("ward", F::Text),
                    must("care_form", F::CareForm),
                    may("compulsory_care", F::CompulsoryCare),
                    may("placing_municipality", F::Municipality),
                    may("district", F::Text),
                    must("municipal_needs", F::YesNo),
                ]
            }
        }
        Kind::DetailsChanged => {
            const {
                &[
                    may("pnr", F::PersonalId),
                    may("patient_name", F::Text),
                    may("protected", F::MaybeYesNo),
                    may("municipality", F::Municipality),
                    may("placing_municipality", F::Municipality),
                    may("district", F::Text),
                    may("hospital", F::Text),
                    may("ward", F::Text),
                    may("care_form", F::MaybeCareForm),
                    may("compulsory_care", F::CompulsoryCare),
                    may("municipal_needs", F::MaybeYesNo),
                ]
            }
        }
        Kind::Transferred => const { &[must("ward", F::Text), may("hospital", F::Text)] },
        Kind::AdmissionNotice => {
            const {
                &[
                    may("to", F::Recipients),
                    may("expected_discharge", F::Date),
                    may("need_seen_at", F::Time),
                ]
            }
        }
        Kind::ExpectedDischarge => const { &[must("date", F::Date)] },
        Kind::CareContactAssigned => const { &[must("name", F::Text), must("unit", F::Text)] },
        Kind::SipCalled => const { &[may("meeting_at", F::Time)] },
        Kind::SipCallWithdrawn => const { &[may("reason", F::Text)] },
        Kind::Checklist => const { &[must("item", F::Item), must("done", F::YesNo)] },
        Kind::ReadyNotice => const { &[may("assessed_at", F::Time)] },
        Kind::Discharged => const { &[may("to", F::Text)] },
        Kind::Acknowledged => const { &[must("message", F::Message), must("by", F::Party)] },
        Kind::Note => {
            const {
                &[
                    must("text", F::Text),
                    may("delay_code", F::Text),
                    may("delay_from", F::Time),
                    may("delay_to", F::Time),
                ]
            }
        }
        Kind::CareContactWaived
        | Kind::SipWaived
        | Kind::ReadyRetracted
        | Kind::OpenCareUnavailable
        | Kind::PlanningAborted => const { &[REASON] },
        Kind::SipHeld
        | Kind::CompulsoryCareEnded
        | Kind::OpenCareAvailable
        | Kind::DischargeNotice
        | Kind::FollowedUp => &[],
    })
}

/// The kinds that can be recorded from a stay, in the order of a stay's life:
/// all but the admission, which makes a stay and is registered from the board,
/// and the void, which is about an event.
#[must_use]
pub fn recordable() -> &'static [Kind] {
    &[
        Kind::ReadyNotice,
        Kind::ReadyRetracted,
        Kind::SipCalled,
        Kind::SipWaived,
        Kind::SipCallWithdrawn,
        Kind::SipHeld,
        Kind::CareContactAssigned,
        Kind::CareContactWaived,
        Kind::Checklist,
        Kind::OpenCareUnavailable,
        Kind::OpenCareAvailable,
        Kind::ExpectedDischarge,
        Kind::AdmissionNotice,
        Kind::Discharged,
        Kind::DischargeNotice,
        Kind::PlanningAborted,
        Kind::CompulsoryCareEnded,
        Kind::Acknowledged,
        Kind::Transferred,
        Kind::DetailsChanged,
        Kind::FollowedUp,
        Kind::Note,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Lang, console};

    #[test]
    fn every_kind_but_two_can_be_recorded_and_every_field_has_a_label() {
        for kind in Kind::ALL {
            let fields = event_fields(*kind);
            assert_eq!(fields.is_none(), *kind == Kind::Void, "{kind:?}");
            let elsewhere = matches!(kind, Kind::Admitted | Kind::Void);
            assert_ne!(recordable().contains(kind), elsewhere, "{kind:?}");
            for spec in fields.unwrap_or_default() {
                let label = console::field(spec.name, Lang::Sv);
                assert_ne!(
                    label,
                    console::field("no such field", Lang::Sv),
                    "{}",
                    spec.name
                );
            }
        }
        assert_eq!(recordable().len(), Kind::ALL.len() - 2);
    }
}
