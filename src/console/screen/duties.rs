//! What is due next: overdue first, then by when.

use chrono::{Datelike, NaiveDate};

use crate::{
    console::list::{Move, Place},
    desk::{
        error::DeskError,
        reply::{DueRow, DutiesView},
    },
    model::{
        ids::EpisodeId,
        time::{self, Instant, plus_days},
    },
    settings::preferences::Settings,
};

/// How far ahead is looked, in days.
pub const DAYS: u16 = 30;

/// When something is due, as people sort it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Group {
    Overdue,
    Today,
    Tomorrow,
    ThisWeek,
    Later,
    NoTime,
}

impl Group {
    /// Where a duty belongs on a day.
    #[must_use]
    pub fn of(row: &DueRow, today: NaiveDate) -> Self {
        let Some(due) = row.due else {
            return if row.late {
                Self::Overdue
            } else {
                Self::NoTime
            };
        };
        // A due time is the last instant of its day or one within it.
        let day = time::local_date(due);
        let sunday = plus_days(today, 6 - i64::from(today.weekday().num_days_from_monday()));
        match day {
            _ if row.late => Self::Overdue,
            day if day <= today => Self::Today,
            day if day == plus_days(today, 1) => Self::Tomorrow,
            day if day <= sunday => Self::ThisWeek,
            _ => Self::Later,
        }
    }
}

/// A line of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// A group begins, with so many duties.
    Heading(Group, usize),
    /// A duty, as its place in the answer.
    Duty(usize),
}

/// The duties' state.
#[derive(Debug, Clone, Default)]
pub struct DutiesPage {
    /// What the desk said.
    pub view: Option<Box<DutiesView>>,
    /// The lines, headings included.
    pub entries: Vec<Entry>,
    /// Where one is among the lines; never on a heading.
    pub place: Place,
    /// Whether only the user's own payers and wards are shown.
    pub own: bool,
    /// Why it could not be read.
    pub error: Option<DeskError>,
    /// Serial of the last answer taken.
    pub applied: u64,
}

impl DutiesPage {
    /// The selected duty.
    #[must_use]
    pub fn selected(&self) -> Option<&DueRow> {
        match self.entries.get(self.place.at)? {
            Entry::Duty(at) => self.view.as_ref()?.rows.get(*at),
            Entry::Heading(..) => None,
        }
    }

    /// The stay that the selected duty is about.
    #[must_use]
    pub fn episode(&self) -> Option<&EpisodeId> {
        self.selected()?.episode.as_ref()
    }

    /// Takes an answer; the selection follows its duty.
    pub fn take(&mut self, view: Box<DutiesView>, settings: &Settings, height: usize) {
        let selected = self.selected().cloned();
        self.view = Some(view);
        self.error = None;
        self.arrange(settings, height, selected.as_ref());
    }

    /// Shows only what is the user's own, or all again.
    pub fn toggle_own(&mut self, settings: &Settings, height: usize) {
        let selected = self.selected().cloned();
        self.own = !self.own;
        self.arrange(settings, height, selected.as_ref());
    }

    fn arrange(&mut self, settings: &Settings, height: usize, selected: Option<&DueRow>) {
        self.entries.clear();
        let Some(view) = &self.view else {
            return;
        };
        let today = time::local_date(view.now);
        let rows = view.rows.iter().enumerate();
        let mut kept: Vec<(Group, usize)> = rows
            .filter(|(_, row)| !self.own || is_own(row, settings))
            .map(|(at, row)| (Group::of(row, today), at))
            .collect();
        // The desk's own order within each group: by due time.
        kept.sort_by_key(|(group, _)| *group);
        for group in kept.chunk_by(|a, b| a.0 == b.0) {
            self.entries.push(Entry::Heading(group[0].0, group.len()));
            self.entries
                .extend(group.iter().map(|(_, at)| Entry::Duty(*at)));
        }
        let at = selected.and_then(|old| {
            let is =
                |entry: &Entry| matches!(entry, Entry::Duty(at) if is_same(&view.rows[*at], old));
            self.entries.iter().position(is)
        });
        self.place
            .select(at.unwrap_or(self.place.at), self.entries.len(), height);
        self.off_headings(true, height);
    }

    /// Moves the selection, over headings; a number counts the duties alone.
    pub fn go(&mut self, how: Move, height: usize) {
        let before = self.place.at;
        let how = match how {
            Move::To(nth) => {
                let entries = self.entries.iter().enumerate();
                let mut duties = entries.filter(|(_, it)| matches!(it, Entry::Duty(_)));
                duties.nth(nth).map_or(Move::Last, |(at, _)| Move::To(at))
            }
            how => how,
        };
        self.place.go(how, self.entries.len(), height);
        self.off_headings(self.place.at >= before, height);
    }

    /// A heading is passed over in the direction of the movement; the first
    /// one is shown with its first line.
    fn off_headings(&mut self, down: bool, height: usize) {
        let len = self.entries.len();
        let heading = |at: usize| matches!(self.entries.get(at), Some(Entry::Heading(..)));
        if heading(self.place.at) {
            let up = self.place.at.checked_sub(1).filter(|_| !down);
            let to = up.unwrap_or(self.place.at + 1);
            self.place.select(to, len, height);
        }
        if self.place.at == self.place.top && self.place.at > 0 && heading(self.place.at - 1) {
            self.place.top -= 1;
            self.place.keep(len, height);
        }
    }

    /// Whether something has become overdue, or a day has passed, since the
    /// answer was made.
    #[must_use]
    pub fn is_overtaken(&self, now: Instant) -> bool {
        let Some(view) = &self.view else {
            return false;
        };
        let passed = |row: &DueRow| row.due.is_some_and(|due| view.now < due && due < now);
        time::local_date(view.now) < time::local_date(now) || view.rows.iter().any(passed)
    }
}

/// Whether a duty is one of the user's own: of an own payer's patient, on an
/// own ward. What is about no patient is everybody's.
#[must_use]
fn is_own(row: &DueRow, settings: &Settings) -> bool {
    let payer = settings.payers.is_empty()
        || row
            .payer
            .is_none_or(|payer| settings.payers.contains(&payer));
    let ward = settings.wards.is_empty()
        || row
            .ward
            .as_ref()
            .is_none_or(|ward| settings.wards.contains(ward));
    // A patient whose payer is unsettled is nobody's own by payer.
    let settled = row.episode.is_none() || settings.payers.is_empty() || row.payer.is_some();
    payer && ward && settled
}

fn is_same(row: &DueRow, old: &DueRow) -> bool {
    (
        &row.code,
        &row.episode,
        &row.about,
        &row.party,
        row.payer,
        row.due,
    ) == (
        &old.code,
        &old.episode,
        &old.about,
        &old.party,
        old.payer,
        old.due,
    )
}
