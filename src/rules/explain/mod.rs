//! Why liability does or does not start, step by step, each with its clause,
//! and what would change it.

mod changes;
mod cost;
mod month;
mod of_month;
mod preconditions;
mod span;
mod write;

#[cfg(test)]
mod promises;
#[cfg(test)]
mod tests;

pub use month::{behind, changing, given_to_month};
pub use of_month::rule_of_month;
pub(crate) use span::model_name;
pub(crate) use write::{Inputs, holds};

use super::{
    PayerMonth, Rates, Rulebook,
    outlook::judging_payer,
    payer_of, shares,
    trace::{Clause, Explanation, Outcome, Step, codes},
};
use crate::model::{
    stay::{Origins, Stay},
    time::{Instant, local_date},
};

/// A stay to be explained, and what it is judged by.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The stay, folded as at `now`.
    pub stay: &'a Stay,
    /// Which events its admission facts come from, as at `now`.
    pub origins: &'a Origins,
    /// The moment to answer as at.
    pub now: Instant,
    /// The agreements.
    pub rulebook: &'a Rulebook,
    /// The day rates.
    pub rates: &'a Rates,
}

/// Why liability does or does not start for each ready span of a stay, what
/// would change it, and what the stay gives to months. Pure; `payer_month` is
/// the payer's month that holds the moment asked about.
#[must_use]
pub fn explain(subject: Subject<'_>, payer_month: &PayerMonth) -> Explanation {
    let view = View::of(subject, payer_month);
    let stay = view.stay;
    let payer = judging_payer(stay);
    let today = local_date(view.now);
    let given = shares(stay, view.rulebook, today).shares;
    Explanation {
        episode: stay.episode.clone(),
        payer: payer_of(stay).ok(),
        steps: vec![view.payer(), view.municipal_needs()],
        spans: stay
            .spans
            .iter()
            .map(|span| view.span(span, payer))
            .collect(),
        would_change: if stay.spans.is_empty() || (stay.is_open() && stay.open_span().is_none()) {
            view.changes(None, payer)
        } else {
            Vec::new()
        },
        months: given.iter().map(|share| view.month_share(share)).collect(),
    }
}

/// What an explanation is read from.
#[derive(Clone, Copy)]
struct View<'a> {
    stay: &'a Stay,
    origins: &'a Origins,
    now: Instant,
    rulebook: &'a Rulebook,
    rates: &'a Rates,
    payer_month: &'a PayerMonth,
}

impl<'a> View<'a> {
    fn of(subject: Subject<'a>, payer_month: &'a PayerMonth) -> Self {
        Self {
            stay: subject.stay,
            origins: subject.origins,
            now: subject.now,
            rulebook: subject.rulebook,
            rates: subject.rates,
            payer_month,
        }
    }

    fn payer(&self) -> Step {
        let (details, origins) = (&self.stay.details, self.origins);
        let mut inputs = Inputs::default();
        if let Some(code) = details.municipality {
            inputs.fact("municipality", code, &origins.municipality);
        }
        if let Some(code) = details.placing_municipality {
            inputs.fact("placing_municipality", code, &origins.placing_municipality);
        }
        if let Some(district) = &details.district {
            inputs.fact("district", district, &origins.district);
        }
        let (outcome, result) = match payer_of(self.stay) {
            Ok(payer) => (Outcome::Holds, payer.to_string()),
            Err(reason) => (Outcome::Fails, reason.code().to_owned()),
        };
        Step {
            code: codes::PAYER.to_owned(),
            clause: statute(self.rulebook, "5 kap. 2 §"),
            inputs: inputs.end(),
            outcome,
            result,
        }
    }

    fn municipal_needs(&self) -> Step {
        let needs = self.stay.details.municipal_needs;
        let mut inputs = Inputs::default();
        inputs.fact("municipal_needs", needs, &self.origins.municipal_needs);
        Step {
            code: codes::MUNICIPAL_NEEDS.to_owned(),
            clause: self.reading("no_municipal_needs"),
            inputs: inputs.end(),
            outcome: holds(needs),
            result: needs.to_string(),
        }
    }

    /// The clause of a reading that the engine follows everywhere.
    fn reading(&self, code: &str) -> Option<Clause> {
        self.rulebook.reading(code)
    }
}

/// A section of the statute.
#[allow(clippy::unnecessary_wraps, reason = "a step's clause is optional")]
fn statute(rulebook: &Rulebook, section: &str) -> Option<Clause> {
    Some(rulebook.statute().clause_at(section, false))
}
