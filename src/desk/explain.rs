//! Why liability does or does not start.

use super::{
    Desk,
    actor::{Actor, Scope},
    angle::Angle,
    error::DeskError,
    reply::Reply,
    stay::fold,
    views_error,
};
use crate::{
    model::{ids::EpisodeId, stay::Origins, time::Instant},
    rules::{self, Subject, payer_of},
};

impl Desk {
    pub(super) fn explain(
        &self,
        actor: &Actor,
        episode: &EpisodeId,
        as_at: Option<Instant>,
        angle: Angle<'_>,
    ) -> Result<Reply, DeskError> {
        let (_, events) = self.found(actor, episode, angle.known)?;
        let now = as_at.unwrap_or_else(|| self.clock.now());
        if events
            .iter()
            .all(|one| as_at.is_some_and(|at| one.event.at > at))
        {
            return Err(DeskError::bad_input("stay_unknown", episode));
        }
        let origins = Origins::of(events.iter().map(|one| &one.event), Some(now));
        let (Some(stay), Some(origins)) = (fold(&events, Some(now)), origins) else {
            return Err(DeskError::no("stay_held", episode));
        };
        let state = self.read();
        let reckoning = self.reckoning(&state, now, angle);
        let payers = self.payers(&reckoning);
        let month = payers.of(payer_of(&stay).ok());
        let subject = Subject {
            stay: &stay,
            origins: &origins,
            now,
            rulebook: reckoning.look.rulebook,
            rates: reckoning.look.rates,
        };
        let mut explanation = rules::explain(subject, &month);
        payers.finish().map_err(views_error)?;
        if reckoning.books.locked_through().is_some() {
            let own = match actor.scope {
                Scope::Region => None,
                Scope::Payer(own) => Some(own),
            };
            explanation.months = reckoning.months_of(subject, &events, own)?;
        }
        Ok(Reply::Explanation(Box::new(explanation)))
    }
}
