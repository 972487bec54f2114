//! `average_trigger`: months above a threshold start individual charges,
//! months at or below it end them (Jämtland Härjedalen, "Ekonomisk reglering").

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{model::month::Month, rules::agreement::AverageTrigger};

/// Days charged for a stay of so many days in a month that is charged; zero
/// for one too short.
#[must_use]
pub fn charged_days(rule: &AverageTrigger, days: u32, month: Month) -> u32 {
    let first = month.first();
    let from = u32::from(rule.charged_from.on(first).value.0);
    let free = u32::from(rule.free_days.on(first).value.0);
    if days < from {
        return 0;
    }
    days.saturating_sub(free)
}

/// How many months start and end charging, and from which time on the
/// starting months are charged too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// Months in a row above the threshold.
    pub start: u16,
    /// Months in a row at or below it.
    pub end: u16,
    /// 2: from the second time on.
    pub retroactive_from: u16,
}

impl Terms {
    /// The terms that hold on `date`.
    #[must_use]
    pub fn on(rule: &AverageTrigger, date: NaiveDate) -> Self {
        Self {
            start: rule.months_to_start.on(date).value.0,
            end: rule.months_to_end.on(date).value.0,
            retroactive_from: rule.retroactive_from_time.on(date).value.0,
        }
    }
}

/// What is charged in one month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charge {
    /// Nothing.
    None,
    /// The month's own stays.
    Month,
    /// The month's own stays, and those of so many months just before it.
    WithEarlier(u16),
}

/// What a month's average does to a payer's track.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// Not charging, at or below: no month in a row is above.
    None,
    /// Not charging, above: one month more in the row that starts charging.
    Counts,
    /// It starts charging, from the next month on.
    Starts,
    /// It starts charging, and the months of the row are charged as well.
    StartsBack,
    /// Charging, above: it goes on.
    GoesOn,
    /// Charging, at or below: one month more in the row that ends it.
    CountsDown,
    /// It ends charging; the month is the last one charged.
    Ends,
}

/// A payer's track from the first measured month on: give it each month in
/// order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Track {
    charging: bool,
    /// Months in a row that speak for a change.
    run: u16,
    /// How many times charging has started.
    times: u16,
}

impl Track {
    /// Whether the next month is charged, whatever its average.
    #[must_use]
    pub fn charging(&self) -> bool {
        self.charging
    }

    /// Months in a row so far that speak for a change: above the threshold
    /// before charging starts, at or below it while it runs.
    #[must_use]
    pub fn run(&self) -> u16 {
        self.run
    }

    /// How many times charging has started.
    #[must_use]
    pub fn times(&self) -> u16 {
        self.times
    }

    /// What a month would do to the track.
    #[must_use]
    pub fn effect(&self, above: bool, terms: Terms) -> Effect {
        let mut after = self.clone();
        let charge = after.month(above, terms);
        match (self.charging, after.charging, above) {
            (true, false, _) => Effect::Ends,
            (true, true, true) => Effect::GoesOn,
            (true, true, false) => Effect::CountsDown,
            (false, true, _) if matches!(charge, Charge::WithEarlier(_)) => Effect::StartsBack,
            (false, true, _) => Effect::Starts,
            (false, false, true) => Effect::Counts,
            (false, false, false) => Effect::None,
        }
    }

    /// Takes the next month: whether its average lay above the threshold.
    pub fn month(&mut self, above: bool, terms: Terms) -> Charge {
        if self.charging {
            self.run = if above { 0 } else { self.run + 1 };
            if self.run >= terms.end {
                self.charging = false;
                self.run = 0;
            }
            // The month that ends it is the last one charged.
            return Charge::Month;
        }
        self.run = if above { self.run + 1 } else { 0 };
        if self.run < terms.start {
            return Charge::None;
        }
        self.charging = true;
        self.run = 0;
        self.times += 1;
        if self.times < terms.retroactive_from {
            Charge::None
        } else {
            Charge::WithEarlier(terms.start.saturating_sub(1))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TERMS: Terms = Terms {
        start: 3,
        end: 3,
        retroactive_from: 2,
    };

    fn track(months: &str) -> String {
        let mut track = Track::default();
        let charges = months.chars().map(|month| track.month(month == '+', TERMS));
        charges
            .map(|charge| match charge {
                Charge::None => '.',
                Charge::Month => 'M',
                Charge::WithEarlier(2) => 'R',
                Charge::WithEarlier(_) => '?',
            })
            .collect()
    }

    #[test]
    fn three_months_above_start_it_and_three_at_or_below_end_it() {
        // The source's example: 2, 3.33, 4, 4, and charges from month five.
        assert_eq!(track("-+++-"), "....M");
        // The third month below is the last one charged.
        assert_eq!(track("+++---+"), "...MMM.");
        // Months below that do not follow each other end nothing.
        assert_eq!(track("+++-+--+-"), "...MMMMMM");
        // Two months above start nothing.
        assert_eq!(track("++-++-"), "......");
    }

    #[test]
    fn each_month_says_what_it_does() {
        let mut track = Track::default();
        let mut told = Vec::new();
        for month in "+-+++-+---+++".chars() {
            told.push(track.effect(month == '+', TERMS));
            track.month(month == '+', TERMS);
        }
        use Effect as E;
        let first = [E::Counts, E::None, E::Counts, E::Counts, E::Starts];
        let runs = [
            E::CountsDown,
            E::GoesOn,
            E::CountsDown,
            E::CountsDown,
            E::Ends,
        ];
        let again = [E::Counts, E::Counts, E::StartsBack];
        assert_eq!(told, [&first[..], &runs, &again].concat());
        assert_eq!((track.charging(), track.run(), track.times()), (true, 0, 2));
    }

    #[test]
    fn every_later_time_reaches_back() {
        assert_eq!(track("+++---+++-"), "...MMM..RM");
        assert_eq!(track("+++---+++---+++"), "...MMM..RMMM..R");
        // The months that ended it do not count towards the next start, nor
        // do those during it.
        assert_eq!(track("++++---++"), "...MMMM..");
    }
}
