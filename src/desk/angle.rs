//! From where a question is answered: under which rules, and with what was
//! known.

use super::{Desk, figures::Reckoning, known::Known, month::Look, state::State};
use crate::{model::time::Instant, rules::Rulebook};

/// The rules in force and all that is recorded, unless others are given.
#[derive(Clone, Copy, Default)]
pub(super) struct Angle<'a> {
    /// Rules on trial, in place of those in force.
    pub trial: Option<&'a Rulebook>,
    /// What was known, in place of all that is recorded.
    pub known: Option<&'a Known>,
}

impl Desk {
    /// How open months are reckoned at `now`, from an angle.
    pub(super) fn reckoning<'a>(
        &'a self,
        state: &'a State,
        now: Instant,
        angle: Angle<'a>,
    ) -> Reckoning<'a> {
        let newest = Look {
            state,
            reader: self.reader(),
            rulebook: &state.rulebook,
            rates: &state.rates,
            now,
            upto: None,
            cache: Some(&self.months),
        };
        let mut reckoning = match angle.known {
            None => Reckoning {
                look: newest,
                books: &state.books,
            },
            Some(known) => known.reckoning(newest),
        };
        if let Some(rulebook) = angle.trial {
            reckoning.look.rulebook = rulebook;
        }
        reckoning
    }
}
