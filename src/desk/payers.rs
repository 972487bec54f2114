//! Payers' months so far: what averages need besides the stay itself.

use std::{cell::RefCell, collections::HashMap, rc::Rc};

use super::{Desk, figures::Reckoning, history::Past, month::Look};
use crate::{
    ledger::payer_month,
    model::{money::Kronor, month::Month, place::PayerCode, stay::Stay, time::Instant},
    rules::{
        self, PayerMonth,
        outlook::{self, Costs, Outlook},
        payer_of,
    },
    views::ViewsError,
};

/// The month that runs, payer by payer; each is added up when it is first
/// asked for.
pub(super) struct Payers<'a> {
    look: Look<'a>,
    past: Past<'a>,
    now: Instant,
    /// Shared by every payer where nothing is counted by averages.
    empty: Rc<PayerMonth>,
    averages: bool,
    known: RefCell<HashMap<PayerCode, Rc<PayerMonth>>>,
}

impl Desk {
    /// The month that runs at the reckoning's moment.
    pub(super) fn payers<'a>(&self, reckoning: &Reckoning<'a>) -> Payers<'a> {
        let look = reckoning.look;
        Payers {
            past: Past::new(look, reckoning.books),
            look,
            now: look.now,
            empty: Rc::new(PayerMonth::empty(Month::at(look.now))),
            averages: look.rulebook.has_averages(),
            known: RefCell::default(),
        }
    }
}

impl Payers<'_> {
    /// A payer's month so far.
    pub fn of(&self, payer: Option<PayerCode>) -> Rc<PayerMonth> {
        let Some(payer) = payer.filter(|_| self.averages) else {
            return Rc::clone(&self.empty);
        };
        if let Some(known) = self.known.borrow().get(&payer) {
            return Rc::clone(known);
        }
        let month = Month::at(self.now);
        let made = Rc::new(payer_month(payer, month, self.look.rulebook, &self.past));
        self.known.borrow_mut().insert(payer, Rc::clone(&made));
        made
    }

    /// Where a stay stands.
    pub fn outlook(&self, stay: &Stay) -> Outlook {
        let month = self.of(payer_of(stay).ok());
        rules::outlook(stay, self.now, self.look.rulebook, self.look.rates, &month)
    }

    /// What a stay has cost and will cost, date by date.
    pub fn costs(&self, stay: &Stay) -> Costs {
        let month = self.of(payer_of(stay).ok());
        outlook::costs(stay, self.now, self.look.rulebook, self.look.rates, &month)
    }

    /// What a stay loses if its ready notice is not sent by a noon: days'
    /// worth in kronor, none inside where a rate is missing.
    pub fn lost_at(&self, noon: Instant, stay: &Stay) -> Option<Option<Kronor>> {
        let month = self.of(payer_of(stay).ok());
        let (rulebook, rates) = (self.look.rulebook, self.look.rates);
        outlook::noon_loss(stay, noon, rulebook, rates, &month).map(|loss| loss.worth)
    }

    /// Whatever kept a month from being read.
    ///
    /// # Errors
    /// The first error of the tables or the journal.
    pub fn finish(self) -> Result<(), ViewsError> {
        self.past.finish()
    }
}
