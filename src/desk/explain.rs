//! Why liability does or does not start.

use super::{Desk, actor::Actor, error::DeskError, reply::Reply, stay::fold, views_error};
use crate::{
    model::{ids::EpisodeId, month::Month, time::Instant},
    rules::{self, PayerMonth, payer_of},
};

impl Desk {
    pub(super) fn explain(
        &self,
        actor: &Actor,
        episode: &EpisodeId,
        as_at: Option<Instant>,
    ) -> Result<Reply, DeskError> {
        let (_, events) = self.found(actor, episode)?;
        let now = as_at.unwrap_or_else(|| self.clock.now());
        let Some(stay) = fold(&events, as_at) else {
            return Err(DeskError::no("stay_held", episode));
        };
        let state = self.read();
        let months = self.payer_months(&state, now).map_err(views_error)?;
        let empty = PayerMonth::empty(Month::at(now));
        let payer = payer_of(&stay).ok();
        let month = payer.and_then(|payer| months.get(&payer)).unwrap_or(&empty);
        let explanation = rules::explain(&stay, now, &state.rulebook, &state.rates, month);
        Ok(Reply::Explanation(Box::new(explanation)))
    }
}
