//! Whom to act on first.

use std::cmp::Reverse;

use super::types::{Outlook, State};
use crate::model::{money::Kronor, time::Instant};

/// Where a stay stands in the order of the board; the least is the most
/// urgent. Ties are the caller's to break, by episode.
///
/// 1. Liable stays: what one more day adds, the dearest first; then what has
///    accrued, the most first; then the longest ready.
/// 2. Stays whose free days run: the next start of liability, the soonest
///    first; where none is counted per patient, the next boundary; those with
///    neither last.
/// 3. Blocked stays: what is lost per day, the most first; then the soonest
///    start if all were done now; then the longest ready.
/// 4. All others: those that wait for the end of compulsory care, then the
///    soonest duty that is not done.
#[must_use]
pub fn urgency(outlook: &Outlook, now: Instant) -> Urgency {
    let ready = outlook.ready_since.unwrap_or(now);
    // An unknown amount may be any: before all that are known.
    let dear = |amount: Option<Kronor>| Reverse(amount.map_or(i128::MAX, ore));
    let far = || Instant::MAX_UTC;
    match outlook.state {
        State::Liable => Urgency {
            state: 0,
            money: dear(outlook.tomorrow),
            more: dear(outlook.accrued.amount),
            at: ready,
        },
        State::Grace => Urgency {
            state: 1,
            money: Reverse(0),
            more: Reverse(0),
            at: outlook
                .liability_start
                .or(outlook.next_boundary.as_ref().map(|next| next.at))
                .unwrap_or_else(far),
        },
        State::Blocked => Urgency {
            state: 2,
            money: Reverse(outlook.lost_per_day.map_or(0, ore)),
            more: Reverse(0),
            at: outlook.start_if_met_now.unwrap_or_else(far),
        },
        State::NotReady => Urgency {
            state: 3,
            money: Reverse(0),
            more: Reverse(outlook.ready_since.is_some().into()),
            at: outlook
                .duties
                .iter()
                .filter(|duty| duty.done.is_none())
                .filter_map(|duty| duty.due)
                .min()
                .unwrap_or_else(far),
        },
    }
}

/// Öre, for ordering alone.
fn ore(amount: Kronor) -> i128 {
    let mut amount = amount.decimal();
    amount.rescale(2);
    amount.mantissa()
}

/// A place in the order of the board; see [`urgency`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Urgency {
    state: u8,
    money: Reverse<i128>,
    more: Reverse<i128>,
    at: Instant,
}
