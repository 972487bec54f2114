//! The order of the board's rows.

use std::cmp::Ordering;

use crate::{
    console::action::named,
    desk::reply::BoardRow,
    model::time::{self, Instant},
    rules::outlook::{FlagClass, State},
    text::{Lang, console::Say},
};

named! {
    /// What the board is ordered by, in the menu's order: `Urgency` is what
    /// matters first to whose work it is (see [`super::urgency`]), the others
    /// are its columns.
    #[derive(Default)]
    Sort {
        #[default]
        Urgency = "urgency",
        State = "state",
        Left = "left",
        Next = "next",
        Stay = "stay",
        Name = "name",
        Payer = "payer",
        Hospital = "hospital",
        Ward = "ward",
        Day = "day",
        Flags = "flags",
        Accrued = "accrued",
        Tomorrow = "tomorrow",
        Lost = "lost",
        Age = "age",
        Duty = "duty",
        Due = "due",
    }
}

impl Sort {
    /// What it is called: as the column.
    #[must_use]
    pub fn title(self, lang: Lang) -> &'static str {
        match self {
            Self::Urgency => Say::Urgency,
            Self::State => Say::ColState,
            Self::Left => Say::ColLeft,
            Self::Next => Say::ColNext,
            Self::Stay => Say::ColStay,
            Self::Name => Say::ColName,
            Self::Payer => Say::ColPayer,
            Self::Hospital => Say::ColHospital,
            Self::Ward => Say::ColWard,
            Self::Day => Say::ColDay,
            Self::Flags => Say::ColFlags,
            Self::Accrued => Say::ColAccrued,
            Self::Tomorrow => Say::ColTomorrow,
            Self::Lost => Say::ColLost,
            Self::Age => Say::ColAge,
            Self::Duty => Say::ColDuty,
            Self::Due => Say::ColDue,
        }
        .text(lang)
    }

    /// The order of two rows; rows without a value come last. Amounts, days
    /// and ages come largest first, as what is looked for is the worst.
    #[must_use]
    pub fn compare(self, a: &BoardRow, b: &BoardRow) -> Ordering {
        let (x, y) = (&a.line, &b.line);
        match self {
            Self::Urgency => Ordering::Equal,
            Self::State => x.state.cmp(&y.state),
            Self::Left => some_first(ends_at(a), ends_at(b)),
            Self::Next => some_first(next(a), next(b)),
            Self::Stay => x.episode.cmp(&y.episode),
            Self::Name => some_first(a.patient.name.as_deref(), b.patient.name.as_deref()),
            Self::Payer => some_first(x.payer, y.payer),
            Self::Hospital => a.hospital.cmp(&b.hospital),
            Self::Ward => x.ward.cmp(&y.ward),
            Self::Day => some_first(x.ready_since, y.ready_since),
            Self::Flags => weight(b).cmp(&weight(a)),
            Self::Accrued => y.accrued.amount.cmp(&x.accrued.amount),
            Self::Tomorrow => y.tomorrow.cmp(&x.tomorrow),
            Self::Lost => y.lost_per_day.cmp(&x.lost_per_day),
            Self::Age => some_first(a.heard, b.heard),
            Self::Duty => some_first(duty(a), duty(b)),
            Self::Due => some_first(due(a), due(b)),
        }
    }
}

/// What begins next, in the order in which one leads to the other.
fn next(row: &BoardRow) -> Option<u8> {
    row.line.next_boundary.as_ref().map(|next| next.what as u8)
}

/// Flags that block, then all of them.
fn weight(row: &BoardRow) -> (usize, usize) {
    let flags = &row.line.flags;
    let blocks = flags.iter().filter(|flag| flag.class != FlagClass::Quality);
    (blocks.count(), flags.len())
}

fn duty(row: &BoardRow) -> Option<&str> {
    row.next_duty.as_ref().map(|duty| duty.code.as_str())
}

fn due(row: &BoardRow) -> Option<Instant> {
    row.next_duty.as_ref()?.due
}

fn some_first<T: Ord>(a: Option<T>, b: Option<T>) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => a.cmp(&b),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}

/// What a row's countdown runs to: liability while it is to come, else the
/// next boundary.
#[must_use]
pub fn ends_at(row: &BoardRow) -> Option<Instant> {
    let start = row.line.liability_start;
    match row.line.state {
        State::Grace => start.or(row.line.next_boundary.as_ref().map(|next| next.at)),
        _ => row.line.next_boundary.as_ref().map(|next| next.at),
    }
}

/// Dates since the ready notice: 0 on its own date.
#[must_use]
pub fn day(row: &BoardRow, now: Instant) -> Option<i64> {
    let since = row.line.ready_since?;
    let days = time::local_date(now) - time::local_date(since);
    Some(days.num_days())
}
