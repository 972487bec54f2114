//! What a month's figures need of other months.

use crate::{
    model::{
        ids::{AgreementId, EpisodeId},
        month::Month,
        place::PayerCode,
    },
    rules::{
        model::Totals,
        share::{Share, Standing},
    },
};

/// Other months, as known at the moment for which figures are computed.
pub trait History {
    /// What stays gave to `month` under `agreement`: those of `payer`, or of
    /// every payer.
    fn shares(
        &self,
        month: Month,
        agreement: &AgreementId,
        payer: Option<PayerCode>,
    ) -> Vec<(EpisodeId, Share)>;

    /// What the counted stays of one rule add up to. The default sums
    /// [`History::shares`]; a store that keeps sums answers faster.
    fn totals(
        &self,
        month: Month,
        agreement: &AgreementId,
        rule: &str,
        payer: Option<PayerCode>,
    ) -> Totals {
        let shares = self.shares(month, agreement, payer);
        totals(
            shares
                .iter()
                .map(|(_, share)| share)
                .filter(|share| share.rule == rule),
        )
    }

    /// The totals of a locked month as they were known at its lock; a
    /// threshold that rests on them does not move when the month is corrected.
    fn frozen_totals(&self, month: Month, agreement: &AgreementId, rule: &str) -> Option<Totals> {
        let _ = (month, agreement, rule);
        None
    }
}

/// What counted stays add up to: those in an average, long stays and
/// excluded ones not.
pub fn totals<'a>(shares: impl Iterator<Item = &'a Share>) -> Totals {
    let mut totals = Totals::default();
    for share in shares {
        if let Standing::Averaged { days } | Standing::Triggering { days, .. } = share.standing {
            totals.add(days);
        }
    }
    totals
}

/// Knows of no other month.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoHistory;

impl History for NoHistory {
    fn shares(&self, _: Month, _: &AgreementId, _: Option<PayerCode>) -> Vec<(EpisodeId, Share)> {
        Vec::new()
    }
}
