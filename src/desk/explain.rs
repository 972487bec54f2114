//! Why liability does or does not start.

use super::{
    Desk, actor::Actor, error::DeskError, known::Known, reply::Reply, stay::fold, views_error,
};
use crate::{
    model::{ids::EpisodeId, time::Instant},
    rules::{self, payer_of},
};

impl Desk {
    pub(super) fn explain(
        &self,
        actor: &Actor,
        episode: &EpisodeId,
        as_at: Option<Instant>,
        known: Option<&Known>,
    ) -> Result<Reply, DeskError> {
        let (_, events) = self.found(actor, episode, known)?;
        let now = as_at.unwrap_or_else(|| self.clock.now());
        if events
            .iter()
            .all(|one| as_at.is_some_and(|at| one.event.at > at))
        {
            return Err(DeskError::bad_input("stay_unknown", episode));
        }
        let Some(stay) = fold(&events, as_at) else {
            return Err(DeskError::no("stay_held", episode));
        };
        let state = self.read();
        let reckoning = self.reckoning(&state, now, known);
        let payers = self.payers(&reckoning);
        let month = payers.of(payer_of(&stay).ok());
        let (rulebook, rates) = (reckoning.look.rulebook, reckoning.look.rates);
        let explanation = rules::explain(&stay, now, rulebook, rates, &month);
        payers.finish().map_err(views_error)?;
        Ok(Reply::Explanation(Box::new(explanation)))
    }
}
