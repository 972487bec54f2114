//! The lock of a console that nobody is at.

use std::time::Duration;

use chrono::TimeDelta;

use crate::model::time::Instant;

/// When a key was pressed last, and whether patients' data is hidden since.
/// It keeps passers-by from reading, and is no access control: whoever can
/// press Enter can open it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Idle {
    /// Time without a key until it locks; none never.
    limit: Option<TimeDelta>,
    /// When a key was pressed last, by the real clock.
    touched: Instant,
    /// Whether patients' data is hidden.
    pub locked: bool,
}

impl Idle {
    /// A console at which a key was pressed at `now`; no time at all never
    /// locks it.
    #[must_use]
    pub fn new(limit: Duration, now: Instant) -> Self {
        let limit = TimeDelta::from_std(limit).ok();
        Self {
            limit: limit.filter(|limit| !limit.is_zero()),
            touched: now,
            locked: false,
        }
    }

    /// Locks if nobody was here for as long as was set. A clock that was set
    /// back begins anew.
    pub fn watch(&mut self, now: Instant) -> bool {
        self.touched = self.touched.min(now);
        let late = self.limit.is_some_and(|limit| now - self.touched >= limit);
        let locks = late && !self.locked;
        self.locked |= late;
        locks
    }

    /// Somebody is here.
    pub fn touch(&mut self, now: Instant) {
        self.touched = now;
    }

    /// When it will lock, if nobody comes.
    #[must_use]
    pub fn locks_at(&self) -> Option<Instant> {
        let limit = self.limit.filter(|_| !self.locked)?;
        Some(self.touched + limit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::time;

    fn at(minutes: i64) -> Instant {
        time::parse("2019-03-06T23:00:00+01:00").unwrap() + TimeDelta::minutes(minutes)
    }

    #[test]
    fn it_locks_after_its_minutes_and_not_before() {
        let mut idle = Idle::new(Duration::from_secs(300), at(0));
        assert!(!idle.watch(at(4)));
        assert_eq!(idle.locks_at(), Some(at(5)));
        idle.touch(at(4));
        assert!(!idle.watch(at(8)));
        assert!(idle.watch(at(9)) && idle.locked);
        assert!(!idle.watch(at(10)), "it locks once");
        assert_eq!(idle.locks_at(), None);
    }

    #[test]
    fn zero_minutes_never_lock_and_a_clock_set_back_begins_anew() {
        let mut never = Idle::new(Duration::ZERO, at(0));
        assert!(!never.watch(at(100_000)) && never.locks_at().is_none());
        let mut idle = Idle::new(Duration::from_secs(300), at(60));
        assert!(!idle.watch(at(0)));
        assert!(idle.watch(at(5)));
    }
}
