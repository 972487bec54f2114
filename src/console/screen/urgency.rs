//! Whom each kind of work acts on first.

use std::cmp::Reverse;

use super::{arrange::Lens, sort::ends_at};
use crate::{
    desk::reply::BoardRow,
    model::{money::Kronor, time::Instant},
    rules::outlook::{FlagClass, FlagCode, State},
    settings::preferences::Work,
};

/// A place in the order of one kind of work; the least comes first, and
/// equals keep the desk's order.
pub type Place = (bool, u8, Option<Instant>, Reverse<Option<Kronor>>);

/// Where a row stands for this kind of work.
///
/// - **Planner:** those whose countdown is blocked by a step of the region's
///   own that is missing, the dearest day of waiting first; all others as the
///   desk has them.
/// - **Municipality:** own payers first; within them who becomes liable next,
///   the soonest first and at the same moment the dearest tomorrow; then whom
///   to bring home of those who cost already, the dearest tomorrow first.
/// - **Finance:** as the desk has them.
#[must_use]
pub fn place(row: &BoardRow, lens: &Lens) -> Place {
    let line = &row.line;
    match lens.role {
        Work::Planner if waits_for_own_step(row) => (false, 0, None, Reverse(line.lost_per_day)),
        Work::Municipality => {
            let strange = !lens.is_own_payer(row);
            let dear = Reverse(line.tomorrow);
            match line.state {
                // Without a boundary nothing comes: after all that have one.
                State::Grace => match ends_at(row) {
                    Some(end) => (strange, 0, Some(end), dear),
                    None => (strange, 2, None, dear),
                },
                State::Liable => (strange, 1, None, dear),
                State::Blocked => (strange, 3, None, Reverse(None)),
                State::NotReady => (strange, 4, None, Reverse(None)),
            }
        }
        _ => (false, 1, None, Reverse(None)),
    }
}

/// Whether the region's own missing step keeps liability from starting.
fn waits_for_own_step(row: &BoardRow) -> bool {
    // No step of anybody's ends compulsory care or a suspension.
    let elsewhere = [FlagCode::CompulsoryCare, FlagCode::AgreementSuspended];
    let own = |code: FlagCode| !elsewhere.contains(&code);
    let mut flags = row.line.flags.iter();
    row.line.state == State::Blocked
        && flags.any(|flag| flag.class != FlagClass::Quality && own(flag.code))
}
