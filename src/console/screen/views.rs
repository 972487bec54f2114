//! The board's own views: which rows each of them shows.

use super::{arrange::Lens, sort::ends_at};
use crate::{
    desk::reply::BoardRow,
    rules::outlook::{Boundary, FlagCode, State},
    text::console::Say,
};

/// Seconds of a view's day.
const DAY: i64 = 86_400;

/// A view that comes with the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum View {
    Liable,
    WithinDay,
    SipMissing,
    ContactMissing,
    Unacknowledged,
    MyWards,
    MyPayers,
    /// Changed since this user's console was left.
    Changed,
    Conflicts,
    /// Not ready, with duties that are not done.
    Duties,
}

impl View {
    /// All of them, in the menu's order.
    pub const ALL: &[Self] = &[
        Self::Liable,
        Self::WithinDay,
        Self::SipMissing,
        Self::ContactMissing,
        Self::Unacknowledged,
        Self::MyWards,
        Self::MyPayers,
        Self::Changed,
        Self::Conflicts,
        Self::Duties,
    ];

    /// What it is called.
    #[must_use]
    pub fn say(self) -> Say {
        match self {
            Self::Liable => Say::ViewLiable,
            Self::WithinDay => Say::ViewWithinDay,
            Self::SipMissing => Say::ViewSip,
            Self::ContactMissing => Say::ViewContact,
            Self::Unacknowledged => Say::ViewUnacknowledged,
            Self::MyWards => Say::ViewMyWards,
            Self::MyPayers => Say::ViewMyPayers,
            Self::Changed => Say::ViewChanged,
            Self::Conflicts => Say::ViewConflicts,
            Self::Duties => Say::ViewDuties,
        }
    }

    /// The name that finds it in the palette.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Liable => "liable",
            Self::WithinDay => "within_24_hours",
            Self::SipMissing => "sip_missing",
            Self::ContactMissing => "care_contact_missing",
            Self::Unacknowledged => "acknowledgement_overdue",
            Self::MyWards => "my_wards",
            Self::MyPayers => "my_payers",
            Self::Changed => "changed",
            Self::Conflicts => "conflicts",
            Self::Duties => "duties",
        }
    }

    /// Whether stays that are not ready belong to it.
    #[must_use]
    pub fn shows_not_ready(self) -> bool {
        matches!(
            self,
            Self::Unacknowledged | Self::Changed | Self::Conflicts | Self::Duties
        )
    }

    /// Why it cannot be shown.
    #[must_use]
    pub fn why_not(self, lens: &Lens) -> Option<Say> {
        match self {
            Self::MyWards => lens.wards.is_empty().then_some(Say::WhyNoWards),
            Self::MyPayers => lens.payers.is_empty().then_some(Say::WhyNoPayers),
            Self::Changed => lens.since.is_none().then_some(Say::WhyNoShift),
            _ => None,
        }
    }

    /// Whether a row belongs to it.
    #[must_use]
    pub fn holds(self, row: &BoardRow, lens: &Lens) -> bool {
        let line = &row.line;
        let flagged = |codes: &[FlagCode]| line.flags.iter().any(|flag| codes.contains(&flag.code));
        match self {
            Self::Liable => line.state == State::Liable,
            Self::WithinDay => within_day(row, lens),
            Self::SipMissing => flagged(&[FlagCode::SipCallMissing]),
            Self::ContactMissing => flagged(&[FlagCode::CareContactMissing]),
            Self::Unacknowledged => flagged(&[FlagCode::AcknowledgementOverdue]),
            Self::MyWards => lens.wards.iter().any(|ward| same_ward(ward, &line.ward)),
            Self::MyPayers => line.payer.is_some_and(|payer| lens.payers.contains(&payer)),
            Self::Changed => lens.is_changed(row),
            Self::Conflicts => row.conflicts > 0,
            Self::Duties => line.state == State::NotReady && row.next_duty.is_some(),
        }
    }
}

/// Wards are written by hand in the settings: capitals do not matter.
pub(super) fn same_ward(wanted: &str, ward: &str) -> bool {
    wanted.trim().to_lowercase() == ward.trim().to_lowercase()
}

/// Whether something other than a day more begins within 24 hours.
fn within_day(row: &BoardRow, lens: &Lens) -> bool {
    let next = row.line.next_boundary.as_ref();
    let matters =
        next.is_some_and(|next| next.what != Boundary::Day) || row.line.state == State::Grace;
    let left = ends_at(row).map(|end| (end - lens.now).num_seconds());
    matters && left.is_some_and(|left| (0..=DAY).contains(&left))
}
