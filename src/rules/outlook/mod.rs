//! Where a stay stands now under the rule that judges it, of whatever model.

mod ahead;
mod boundary;
pub(super) mod cost;
mod due;
mod duty;
mod flags;
mod noon;
mod payer_month;
mod routine;
pub(super) mod supposed;
mod trigger;
mod types;
mod urgency;

#[cfg(test)]
mod promises;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;

pub use ahead::{Costs, DAYS_AHEAD, DayCost, costs};
pub use noon::{NoonLoss, next_noon, noon_loss};
pub use payer_month::{PayerMonth, RuleMonth, TriggerMonth};
pub use routine::{RegionDuty, RegionFacts, SoFar, region_duties};
pub use types::{
    Accrued, Boundary, Duty, DutyState, Flag, FlagClass, FlagCode, NextBoundary, Outlook, State,
};
pub use urgency::{Urgency, urgency};

use self::{cost::Sum, duty::Watch, flags::Flagging};
use super::{
    Rates, Rulebook, SpanJudgement,
    agreement::{Agreement, Formula, Rule},
    judge::judge_for,
    payer_of,
};
use crate::model::{
    money::Kronor,
    place::PayerCode,
    stay::{ReadySpan, Stay},
    time::{Instant, local_date, plus_days, start_of},
};

/// Where `stay` stands at `now`: pure, and total. The stay must be folded as
/// at `now`; `payer_month` is the payer's month that holds `now`.
///
/// **State.** `not_ready`: no ready span is open, or it waits for the end of
/// compulsory care. `blocked`: ready, and a precondition of the rule does not
/// stand, open care is missing, or it is not known which municipality pays.
/// `liable`: under an individual rule, today's date is chargeable; under an
/// average, the payer's month would cost more if the patient left now than
/// without the stay (above the long stay's limit, or above the threshold).
/// `grace`: every other ready stay, also where the rule charges nothing for
/// it by itself (fixed shares, settled by hand, no municipal needs, an
/// agreement that is suspended).
///
/// **`liability_start`** is the first instant of the first chargeable date:
/// while liability runs the date on which it began, else the next one to come;
/// after an interruption that is the date on which it resumes.
///
/// **`lost_per_day`** stands where `start_if_met_now` does: zero as long as
/// waiting a day does not move the start, else the day rate of the date that
/// would be lost first.
#[must_use]
pub fn outlook(
    stay: &Stay,
    now: Instant,
    rulebook: &Rulebook,
    rates: &Rates,
    payer_month: &PayerMonth,
) -> Outlook {
    let asked = Asked {
        stay,
        now,
        today: local_date(now),
        rulebook,
        rates,
        payer_month,
    };
    asked.answer()
}

/// Whom the rules are asked about: the payer, or where only Stockholm's
/// district is unknown, the municipality.
pub(super) fn judging_payer(stay: &Stay) -> Option<PayerCode> {
    let municipality = || stay.details.paying_municipality().map(PayerCode::from);
    payer_of(stay).ok().or_else(municipality)
}

/// A question about one stay.
#[derive(Clone, Copy)]
struct Asked<'a> {
    stay: &'a Stay,
    now: Instant,
    today: NaiveDate,
    rulebook: &'a Rulebook,
    rates: &'a Rates,
    payer_month: &'a PayerMonth,
}

impl<'a> Asked<'a> {
    fn answer(&self) -> Outlook {
        let stay = self.stay;
        let payer = judging_payer(stay);
        let judged = payer
            .zip(self.span())
            .and_then(|(payer, span)| judge_for(payer, stay, span, self.rulebook, self.today));
        let mut outlook = self.bare();
        outlook.accrued = self.accrued(payer);
        if let Some(payer) = payer {
            let (agreement, rule) = self.in_force(payer, judged.as_ref());
            outlook.agreement = Some(agreement.id.clone());
            if stay.details.municipal_needs {
                self.watch(agreement, rule, judged.as_ref(), &mut outlook);
            }
        }
        match &judged {
            _ if stay.open_span().is_none() => {}
            Some(judgement) => self.ready(judgement, &mut outlook),
            // Ready, but nobody can say who pays; or a court is awaited.
            None if payer.is_none() => outlook.state = State::Blocked,
            None => {}
        }
        outlook
    }

    /// The span that duties go by: the open one; of a stay that has ended the
    /// last one.
    fn span(&self) -> Option<&'a ReadySpan> {
        if self.stay.is_open() {
            self.stay.open_span()
        } else {
            self.stay.spans.last()
        }
    }

    fn bare(&self) -> Outlook {
        let open = self.stay.open_span();
        Outlook {
            payer: payer_of(self.stay).ok(),
            agreement: None,
            state: State::NotReady,
            ready_since: open.map(|span| span.start.as_ref().unwrap_or(&span.notice).at),
            liability_start: None,
            next_boundary: None,
            flags: Vec::new(),
            start_if_met_now: None,
            lost_per_day: None,
            accrued: Sum::new().end(),
            tomorrow: Some(Kronor::ZERO),
            duties: Vec::new(),
            unconfirmed: Vec::new(),
        }
    }

    /// The rule that judges the span, else one that would begin today.
    fn in_force(
        &self,
        payer: PayerCode,
        judged: Option<&SpanJudgement<'a>>,
    ) -> (&'a Agreement, &'a Rule) {
        if let Some(judgement) = judged {
            return (judgement.agreement, judgement.rule);
        }
        let care_form = self.stay.details.care_form;
        let payer = payer.municipality();
        let (agreement, rule) = self
            .rulebook
            .rule_for(payer, care_form, self.today, self.today);
        (agreement, rule)
    }

    fn watch(
        &self,
        agreement: &'a Agreement,
        rule: &'a Rule,
        judged: Option<&SpanJudgement<'a>>,
        outlook: &mut Outlook,
    ) {
        let watch = Watch {
            stay: self.stay,
            span: self.span(),
            agreement,
            now: self.now,
        };
        outlook.duties = watch.all();
        outlook.unconfirmed = watch.unconfirmed();
        let flagging = Flagging {
            watch,
            rule,
            judged,
            unconfirmed: !outlook.unconfirmed.is_empty(),
        };
        outlook.flags = flagging.all();
    }

    fn accrued(&self, payer: Option<PayerCode>) -> Accrued {
        let mut sum = Sum::new();
        let Some(payer) = payer.filter(|_| self.stay.details.municipal_needs) else {
            return sum.end();
        };
        for span in &self.stay.spans {
            if let Some(judgement) = judge_for(payer, self.stay, span, self.rulebook, self.today) {
                sum.span(&judgement, self.now, self.rates, self.payer_month);
            }
        }
        sum.end()
    }

    fn ready(&self, judgement: &SpanJudgement<'a>, outlook: &mut Outlook) {
        if !self.stay.details.municipal_needs {
            outlook.state = State::Grace;
            return;
        }
        outlook.tomorrow = cost::tomorrow(
            self.stay,
            judgement,
            self.now,
            self.rulebook,
            self.rates,
            self.payer_month,
        );
        let wanting = judgement.failing().is_some() || judgement.open_care_blocks();
        match &judgement.rule.formula {
            // Nothing that the ward could do would start anything.
            _ if judgement.suspended.is_some() => outlook.state = State::Grace,
            _ if wanting => self.blocked(judgement, outlook),
            Formula::Individual(_) => self.by_dates(judgement, outlook),
            Formula::AverageExcess(_) | Formula::AverageTrigger(_) => {
                let brought = cost::brought(judgement, self.now, self.payer_month);
                let costs = brought.is_some_and(|brought| brought.costs());
                outlook.state = if costs { State::Liable } else { State::Grace };
                outlook.next_boundary = boundary::next(judgement, self.now, self.payer_month);
            }
            Formula::FixedShare(_) | Formula::Manual | Formula::Nothing => {
                outlook.state = State::Grace;
            }
        }
    }

    fn by_dates(&self, judgement: &SpanJudgement<'a>, outlook: &mut Outlook) {
        outlook.liability_start = judgement.liability_as_at(self.today).map(start_of);
        if judgement.chargeable(self.today) {
            outlook.state = State::Liable;
            outlook.next_boundary = Some(NextBoundary {
                at: start_of(plus_days(self.today, 1)),
                what: Boundary::Day,
            });
            return;
        }
        outlook.state = State::Grace;
        outlook.next_boundary = outlook.liability_start.map(|at| NextBoundary {
            at,
            what: Boundary::Liability,
        });
    }

    fn blocked(&self, judgement: &SpanJudgement<'a>, outlook: &mut Outlook) {
        outlook.state = State::Blocked;
        if judgement.individual().is_none() {
            return;
        }
        let deeds = supposed::wanting(judgement);
        let start_if = |at| {
            let (payer, agreement) = (judgement.payer, judgement.agreement);
            supposed::start_if(self.stay, payer, agreement, &deeds, at, self.rulebook)
        };
        outlook.start_if_met_now = start_if(self.now);
        let Some(start) = outlook.start_if_met_now else {
            return;
        };
        let waited = start_if(cost::next_day(self.now));
        outlook.lost_per_day = if waited == Some(start) {
            Some(Kronor::ZERO)
        } else {
            cost::day_rate(self.rates, local_date(start))
        };
    }
}
