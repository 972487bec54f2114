//! Where time comes in. Nothing else in the program reads a clock.

use std::sync::Mutex;

use chrono::TimeDelta;

use super::time::Instant;

/// A source of the present moment.
pub trait Clock: Send + Sync {
    /// Now.
    fn now(&self) -> Instant;
}

/// The machine's clock.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(
        clippy::disallowed_methods,
        reason = "the one place that reads the machine's clock"
    )]
    fn now(&self) -> Instant {
        chrono::Utc::now()
    }
}

/// A clock that stands still until it is moved: `--now`, and tests.
#[derive(Debug)]
pub struct FixedClock(Mutex<Instant>);

impl FixedClock {
    /// A clock that shows `at`.
    #[must_use]
    pub fn at(at: Instant) -> Self {
        Self(Mutex::new(at))
    }

    /// Moves the clock on (or back, for negative steps).
    pub fn advance(&self, step: TimeDelta) {
        let mut now = self
            .0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        *now += step;
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Instant {
        *self
            .0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
