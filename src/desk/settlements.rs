//! Settlements of fixed shares: entered by finance, reckoned against what
//! was billed.

use super::{
    Desk,
    actor::Actor,
    angle::Angle,
    close::needed,
    error::DeskError,
    figures::Reckoning,
    locks,
    reply::{Reply, SettlementView},
    request::SettleAsk,
    state::State,
};
use crate::{
    ledger::{
        books::EnteredSettlement,
        decision::Decision,
        settlement::{Settlement, period},
    },
    model::{ids::AgreementId, money::Kronor, month::Month, place::PayerCode, time::Instant},
};

impl Desk {
    /// Every settlement that was entered, by month and payer.
    pub(super) fn settlements(&self, now: Instant) -> Result<Reply, DeskError> {
        let state = self.read();
        let reckoning = self.reckoning(&state, now, Angle::default());
        let mut views = Vec::new();
        for (key, entered) in &state.books.settlements {
            let (month, payer, agreement) = key;
            let settlement = reckoning.settlement(*month, *payer, agreement, entered)?;
            views.push(SettlementView {
                year: entered.year,
                payer: *payer,
                name: payer.name().to_owned(),
                agreement: agreement.clone(),
                month: *month,
                actual: entered.actual,
                paid: settlement.paid(),
                difference: entered.actual - settlement.paid(),
                open_months: settlement.open,
                locked: state.books.is_locked(*month, *payer),
                source: entered.source.clone(),
                by: entered.by.clone(),
            });
        }
        Ok(Reply::Settlements(views))
    }

    /// Enters one; before its month is locked, again in place of the former.
    ///
    /// # Errors
    /// `amount_wrong`, `amount_negative`, `month_ahead`, `nothing_to_settle`,
    /// `settlement_early`, `settlement_locked`.
    pub(super) fn settle(
        &self,
        actor: &Actor,
        ask: &SettleAsk,
        now: Instant,
    ) -> Result<Reply, DeskError> {
        let asked = SettleAsk {
            source: needed(&ask.source)?,
            ..ask.clone()
        };
        Kronor::exact(asked.actual.decimal())
            .map_err(|error| DeskError::bad_input("amount_wrong", error))?;
        if asked.actual < Kronor::ZERO {
            return Err(DeskError::bad_input("amount_negative", asked.actual));
        }
        if asked.month > Month::at(now) {
            return Err(DeskError::bad_input("month_ahead", asked.month));
        }
        self.decide(actor, Box::new(move |state| decided(state, &asked)))?;
        self.settlements(now)
    }
}

fn decided(state: &State, asked: &SettleAsk) -> Result<Vec<Decision>, DeskError> {
    let (payer, month, year) = (asked.payer, asked.month, asked.year);
    let settled = state.rulebook.binding().find_map(|agreement| {
        let last = period(agreement, payer, year).last().copied();
        Some((agreement.id.clone(), last?))
    });
    let Some((agreement, last)) = settled else {
        let what = format!("{payer} {year}");
        return Err(DeskError::bad_input("nothing_to_settle", what));
    };
    if month <= last {
        return Err(DeskError::bad_input("settlement_early", last));
    }
    if state.books.is_locked(month, payer) {
        return Err(DeskError::no(
            "settlement_locked",
            format!("{month} {payer}"),
        ));
    }
    Ok(vec![Decision::SettlementEntered {
        agreement,
        year,
        month,
        payer,
        actual: asked.actual,
        source: asked.source.clone(),
    }])
}

impl Reckoning<'_> {
    /// The settlements that stand in a month's figures.
    pub(super) fn settlements(&self, month: Month) -> Result<Vec<Settlement>, DeskError> {
        let of_month = self.books.settlements.iter();
        of_month
            .filter(|((in_month, ..), _)| *in_month == month)
            .map(|((_, payer, agreement), entered)| {
                self.settlement(month, *payer, agreement, entered)
            })
            .collect()
    }

    /// One settlement, against the locks of months before its own.
    fn settlement(
        &self,
        month: Month,
        payer: PayerCode,
        agreement: &AgreementId,
        entered: &EnteredSettlement,
    ) -> Result<Settlement, DeskError> {
        let known = self.look.rulebook.get(agreement.as_str());
        let known = known.or_else(|| self.look.state.rulebook.get(agreement.as_str()));
        let known = known.ok_or_else(|| DeskError::bad_input("agreement_unknown", agreement))?;
        let mut made = Settlement {
            source: entered.source.clone(),
            by: entered.by.clone(),
            ..Settlement::of(known, payer, entered.year, entered.actual)
        };
        let Some(first) = made.period.first().copied() else {
            return Ok(made);
        };
        for kept in &self.books.locks {
            let lock = &kept.lock;
            if (first..month).contains(&lock.month) && lock.payers.contains(&payer) {
                let whole = locks::whole(self.look.reader, self.look.state, kept)?;
                made.take(&whole.lock, &whole.figures()?);
            }
        }
        Ok(made)
    }
}
