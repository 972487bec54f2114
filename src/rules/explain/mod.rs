//! Why liability does or does not start, step by step, each with its clause,
//! and what would change it.

mod cost;
mod preconditions;
mod remedies;
mod span;
mod write;

#[cfg(test)]
mod tests;

use self::write::{Inputs, holds};
use super::{
    PayerMonth, Rates, Rulebook,
    outlook::judging_payer,
    payer_of,
    rulebook::STATUTE,
    trace::{Clause, Explanation, Outcome, Step, codes},
};
use crate::model::{ids::AgreementId, stay::Stay, time::Instant};

/// Why liability does or does not start for each ready span of `stay`, as at
/// `now`. Pure; the stay must be folded as at `now`, and `payer_month` is the
/// payer's month that holds it.
#[must_use]
pub fn explain(
    stay: &Stay,
    now: Instant,
    rulebook: &Rulebook,
    rates: &Rates,
    payer_month: &PayerMonth,
) -> Explanation {
    let view = View {
        stay,
        now,
        rulebook,
        rates,
        payer_month,
    };
    let payer = judging_payer(stay);
    Explanation {
        episode: stay.episode.clone(),
        payer: payer_of(stay).ok(),
        steps: vec![view.payer(), view.municipal_needs()],
        spans: stay
            .spans
            .iter()
            .map(|span| view.span(span, payer))
            .collect(),
    }
}

/// What an explanation is read from.
#[derive(Clone, Copy)]
struct View<'a> {
    stay: &'a Stay,
    now: Instant,
    rulebook: &'a Rulebook,
    rates: &'a Rates,
    payer_month: &'a PayerMonth,
}

impl View<'_> {
    fn payer(&self) -> Step {
        let details = &self.stay.details;
        let mut inputs = Inputs::default();
        if let Some(code) = details.municipality {
            inputs.value("municipality", code);
        }
        if let Some(code) = details.placing_municipality {
            inputs.value("placing_municipality", code);
        }
        if let Some(district) = &details.district {
            inputs.value("district", district);
        }
        let (outcome, result) = match payer_of(self.stay) {
            Ok(payer) => (Outcome::Holds, payer.to_string()),
            Err(reason) => (Outcome::Fails, reason.code().to_owned()),
        };
        Step {
            code: codes::PAYER.to_owned(),
            clause: statute("5 kap. 2 §"),
            inputs: inputs.end(),
            outcome,
            result,
        }
    }

    fn municipal_needs(&self) -> Step {
        let needs = self.stay.details.municipal_needs;
        let mut inputs = Inputs::default();
        inputs.value("municipal_needs", needs);
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
        let statute = self.rulebook.statute();
        let reading = statute.readings.iter().find(|it| it.code == code)?;
        Some(Clause {
            agreement: statute.id.clone(),
            section: reading.clause.as_str().to_owned(),
            reading: true,
        })
    }
}

fn statute(section: &str) -> Option<Clause> {
    Some(Clause {
        agreement: AgreementId::new(STATUTE).ok()?,
        section: section.to_owned(),
        reading: false,
    })
}
