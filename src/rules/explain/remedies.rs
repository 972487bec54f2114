//! What would change the answer: each deed is done in a copy of the stay, and
//! the copy judged by the same engine.

use super::View;
use crate::{
    model::{place::PayerCode, stay::ReadySpan, time::local_date},
    rules::{
        SpanJudgement,
        agreement::{Fact, JudgedOn},
        outlook::supposed::{Deed, start_if, wanting},
        trace::{Clause, Remedy, codes},
    },
};

impl View<'_> {
    /// For an open span that something keeps from being charged; none else.
    pub(super) fn remedies(
        &self,
        span: &ReadySpan,
        payer: Option<PayerCode>,
        judgement: Option<&SpanJudgement<'_>>,
    ) -> Vec<Remedy> {
        let Some(payer) = payer.filter(|_| self.stay.details.municipal_needs) else {
            return Vec::new();
        };
        if span.end.is_some() {
            return Vec::new();
        }
        match judgement {
            Some(judgement) => self.for_judged(judgement),
            None if span.start.is_none() => vec![self.court(payer)],
            None => Vec::new(),
        }
    }

    fn for_judged(&self, judgement: &SpanJudgement<'_>) -> Vec<Remedy> {
        if judgement.suspended.is_some() {
            // Under an average the date of leaving decides, which may come later.
            let settled = judgement.rule.judged_on == JudgedOn::SpanStart;
            let nothing = Remedy {
                code: codes::TOO_LATE.to_owned(),
                liability_start: None,
                clause: None,
            };
            return settled.then_some(nothing).into_iter().collect();
        }
        let today = local_date(self.now);
        let late = judgement.conditions.iter().find(|it| it.too_late(today));
        if let Some(condition) = late {
            return vec![Remedy {
                code: codes::TOO_LATE.to_owned(),
                liability_start: None,
                clause: Some(judgement.clause(condition.source(judgement.start_date))),
            }];
        }
        let deeds = wanting(judgement);
        let if_done = |deeds: &[Deed]| {
            let (payer, agreement) = (judgement.payer, judgement.agreement);
            start_if(self.stay, payer, agreement, deeds, self.now, self.rulebook)
        };
        let mut remedies: Vec<_> = deeds
            .iter()
            .map(|deed| Remedy {
                code: deed.code().to_owned(),
                liability_start: if_done(&[*deed]),
                clause: clause(judgement, *deed),
            })
            .collect();
        if deeds.len() > 1 {
            remedies.push(Remedy {
                code: codes::ALL.to_owned(),
                liability_start: if_done(&deeds),
                clause: None,
            });
        }
        remedies
    }

    fn court(&self, payer: PayerCode) -> Remedy {
        let today = local_date(self.now);
        let care_form = self.stay.details.care_form;
        let (agreement, _) = self
            .rulebook
            .rule_for(payer.municipality(), care_form, today, today);
        let deeds = [Deed::CompulsoryCareEnds];
        Remedy {
            code: codes::COMPULSORY_CARE_ENDED.to_owned(),
            liability_start: start_if(self.stay, payer, agreement, &deeds, self.now, self.rulebook),
            clause: self.reading("compulsory_care"),
        }
    }
}

fn clause(judgement: &SpanJudgement<'_>, deed: Deed) -> Option<Clause> {
    let source = match deed {
        Deed::Meet(fact) => judgement.conditions.iter().find_map(|it| {
            let asked: Fact = it.precondition.fact;
            (asked == fact).then_some(&it.precondition.source)
        }),
        Deed::OpenCareBack => judgement.open_care_source(),
        Deed::CompulsoryCareEnds => None,
    };
    source.map(|source| judgement.clause(source))
}
