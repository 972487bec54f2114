//! Stays that were open at a moment, or had ended, as a look knows them.

use std::{collections::BTreeSet, ops::RangeInclusive, sync::Arc};

use super::month::Look;
use crate::{
    model::{month::Month, stay::Stay},
    views::{
        ViewsError,
        row::{MonthRow, StayRow},
        state::read_stay,
    },
};

/// A stay as at the moment asked for: the one in memory where that is it.
pub(super) enum Seen {
    Kept,
    Folded(Box<Stay>),
}

impl Seen {
    /// The stay that was seen in `row`.
    pub fn stay<'a>(&'a self, row: &'a StayRow) -> Option<&'a Stay> {
        match self {
            Self::Kept => row.stay.as_deref(),
            Self::Folded(stay) => Some(stay),
        }
    }
}

/// Told a stay's row, the stay, and how it was seen.
type Told<'f> = &'f mut dyn FnMut(&Arc<StayRow>, &Stay, Seen);

impl<'a> Look<'a> {
    /// Calls `f` with every stay that was open at the look's moment.
    pub fn each_open(&self, f: Told<'_>) -> Result<(), ViewsError> {
        let now = self.now;
        for row in self.live_rows()? {
            if row.earliest > now {
                continue;
            }
            match &row.stay {
                Some(stay) if row.latest <= now => f(&row, stay, Seen::Kept),
                _ => self.fold_open(&row, f)?,
            }
        }
        if self.nothing_ahead() {
            return Ok(());
        }
        // Closed by now, but open at the moment asked for.
        let month = Month::at(now);
        let goes_on =
            |row: &MonthRow| row.admitted <= now && row.ended.is_some_and(|ended| ended > now);
        for row in self.closed(month..=month, &goes_on)? {
            self.fold_open(&row, f)?;
        }
        Ok(())
    }

    fn fold_open(&self, row: &Arc<StayRow>, f: Told<'_>) -> Result<(), ViewsError> {
        if let Some(stay) = read_stay(self.reader, row, Some(self.now), None)?
            && stay.is_open()
        {
            let stay = Box::new(stay);
            f(row, &stay.clone(), Seen::Folded(stay));
        }
        Ok(())
    }

    /// Stays that are held or open.
    pub fn live_rows(&self) -> Result<impl Iterator<Item = Arc<StayRow>> + use<'a>, ViewsError> {
        let changed = self.upto.map(|upto| self.then(upto)).transpose()?;
        let upto = self.upto.unwrap_or(u64::MAX);
        let live = self.state.views.live();
        let unchanged = live.filter(move |(_, row)| row.last_seq() <= upto);
        let changed: Vec<Arc<StayRow>> = changed
            .iter()
            .flat_map(|then| &then.changed)
            .filter(|one| one.row.standing.is_live())
            .map(|one| Arc::new(one.row.clone()))
            .collect();
        Ok(unchanged.map(|(_, row)| Arc::clone(row)).chain(changed))
    }

    /// Closed stays of which a row is wanted in some of these months.
    pub fn closed(
        &self,
        months: RangeInclusive<Month>,
        wanted: &dyn Fn(&MonthRow) -> bool,
    ) -> Result<Vec<Arc<StayRow>>, ViewsError> {
        let views = &self.state.views;
        let mut names = BTreeSet::new();
        for month in months.start().through(*months.end()) {
            views.month_rows(month, |episode, row| {
                if self.knows(row.last_seq) && wanted(&row) {
                    names.insert(episode);
                }
            })?;
        }
        let mut found = Vec::new();
        for episode in names {
            found.extend(views.row(&episode)?);
        }
        if let Some(upto) = self.upto {
            for one in &self.then(upto)?.changed {
                let mut rows = one.months.iter();
                if rows.any(|(of, row)| months.contains(of) && wanted(row)) {
                    found.push(Arc::new(one.row.clone()));
                }
            }
        }
        Ok(found)
    }
}
