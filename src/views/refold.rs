//! From a stay's recorded events to its rows. Pure: what is folded twice
//! gives the same rows, so a catching up that was cut short is done again.

use super::{
    fresh::Fresh,
    row::{MonthRow, Standing, StayRow},
};
use crate::{
    model::{
        event::Event,
        ids::EpisodeId,
        month::Month,
        stay::{Folded, Stay},
        time::plus_days,
    },
    rules::{self, Rulebook},
};

/// The rows of one stay.
#[derive(Debug, Clone, PartialEq)]
pub struct Refolded {
    /// The stay.
    pub episode: EpisodeId,
    /// Its row.
    pub row: StayRow,
    /// Its months: a row for each that it ever touched, unless it goes on.
    pub months: Vec<(Month, MonthRow)>,
}

/// Folds the events that stand at the places of `found`, in the same order.
/// `before` is the span of months that the stay touched so far: it never
/// shrinks, so that a voided discharge is not lost to the past.
#[must_use]
pub fn refold(
    episode: &EpisodeId,
    found: Fresh,
    events: &[Event],
    before: Option<(Month, Month)>,
    rulebook: &Rulebook,
) -> Refolded {
    let earliest = events
        .iter()
        .map(|event| event.at)
        .min()
        .unwrap_or_default();
    let latest = events
        .iter()
        .map(|event| event.at)
        .max()
        .unwrap_or_default();
    let mut first = Month::at(earliest);
    let mut last = Month::at(latest);
    if let Some((was_first, was_last)) = before {
        first = first.min(was_first);
        last = last.max(was_last);
    }
    let (standing, stay) = match Folded::from_events(events, None) {
        Folded::Held { .. } => (Standing::Held, None),
        Folded::Nothing => (Standing::Nothing, None),
        Folded::Stay(stay) if stay.is_open() => (Standing::Open, Some(stay)),
        Folded::Stay(stay) => (Standing::Closed, Some(stay)),
    };
    let closed = stay.as_deref().filter(|_| standing == Standing::Closed);
    let row = StayRow {
        standing,
        places: found.places,
        identities: found.identities,
        first,
        last,
        earliest,
        latest,
        stay: None,
    };
    let months = month_rows(&row, closed, rulebook);
    let stay = stay.filter(|_| standing == Standing::Open);
    Refolded {
        episode: episode.clone(),
        row: StayRow { stay, ..row }.fitting(),
        months,
    }
}

/// Rows for the months from the first to the last one touched. A stay that
/// goes on has none: it is in memory, and judged as at the moment asked for.
fn month_rows(row: &StayRow, closed: Option<&Stay>, rulebook: &Rulebook) -> Vec<(Month, MonthRow)> {
    let Some(stay) = closed else {
        return voided_rows(row, rulebook);
    };
    let ended = stay.end.as_ref().map(|end| end.stamp.at);
    let after = ended.map_or(chrono::NaiveDate::MAX, |at| {
        plus_days(crate::model::time::local_date(at), 1)
    });
    let shares = rules::shares(stay, rulebook, after);
    row.first
        .through(row.last)
        .map(|month| {
            let unsettled = shares.unsettled.as_ref();
            let month_row = MonthRow {
                fingerprint: rulebook.fingerprint(),
                admitted: stay.admitted.at,
                ended,
                latest: row.latest,
                last_seq: row.last_seq(),
                shares: shares
                    .shares
                    .iter()
                    .filter(|s| s.month == month)
                    .cloned()
                    .collect(),
                unsettled: unsettled
                    .filter(|(_, months)| months.contains(&month))
                    .map(|(reason, _)| *reason),
            };
            (month, month_row)
        })
        .collect()
}

/// A stay whose every event was voided gives nothing; but it stood until the
/// last void, for whoever asks as at a moment before.
fn voided_rows(row: &StayRow, rulebook: &Rulebook) -> Vec<(Month, MonthRow)> {
    if row.standing != Standing::Nothing {
        return Vec::new();
    }
    let nothing = MonthRow {
        fingerprint: rulebook.fingerprint(),
        admitted: row.earliest,
        ended: Some(row.latest),
        latest: row.latest,
        last_seq: row.last_seq(),
        shares: Vec::new(),
        unsettled: None,
    };
    let months = row.first.through(row.last);
    months.map(|month| (month, nothing.clone())).collect()
}
