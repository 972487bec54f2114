//! What is in the way of a close, or must be waived: one maker for each code.

use chrono::NaiveDate;

use super::{
    figures::{Finding, PayerFigures},
    month::Desk,
};
use crate::{
    model::{ids::EpisodeId, month::Month, place::PayerCode},
    rules::share::{Model, Share, Unsettled},
};

fn finding(code: &str, payer: Option<PayerCode>, detail: String, waivable: bool) -> Finding {
    Finding {
        code: code.to_owned(),
        payer,
        episode: None,
        detail,
        waivable,
        waived: None,
    }
}

/// The order in which findings stand.
fn order(it: &Finding) -> impl Ord + '_ {
    (it.waivable, &it.code, it.payer, &it.episode, &it.detail)
}

/// In order, each once.
pub(super) fn sorted(mut findings: Vec<Finding>) -> Vec<Finding> {
    findings.sort_by(|a, b| order(a).cmp(&order(b)));
    findings.dedup();
    findings
}

/// A line that needs the rate of `year` could not be made.
pub(super) fn missing_rate(payer: PayerCode, year: i32) -> Finding {
    finding("missing_rate", Some(payer), year.to_string(), false)
}

/// A line's amount cannot be written.
pub(super) fn amount_too_large(payer: PayerCode) -> Finding {
    finding("amount_too_large", Some(payer), String::new(), false)
}

/// The threshold rests on the county's average of `month`, of which no
/// counted stay is known.
pub(super) fn missing_county_average(payer: PayerCode, month: Month) -> Finding {
    finding(
        "missing_county_average",
        Some(payer),
        month.to_string(),
        false,
    )
}

/// A month that is being settled is not billed yet.
pub(super) fn settlement_open_month(payer: PayerCode, month: Month) -> Finding {
    finding(
        "settlement_open_month",
        Some(payer),
        month.to_string(),
        false,
    )
}

/// A stay that finance must judge by hand; `detail` names agreement and rule.
pub(super) fn manual_stay(payer: PayerCode, episode: &EpisodeId, share: &Share) -> Finding {
    Finding {
        episode: Some(episode.clone()),
        ..finding(
            "manual_stay",
            Some(payer),
            format!("{}/{}", share.agreement, share.rule),
            true,
        )
    }
}

/// A stay of which nobody can tell who pays. It belongs to every month that
/// its [`Shares::unsettled`](crate::rules::share::Shares::unsettled) names.
#[must_use]
pub fn unsettled(episode: &EpisodeId, reason: Unsettled) -> Finding {
    Finding {
        episode: Some(episode.clone()),
        ..finding(reason.code(), None, String::new(), false)
    }
}

/// Agreements that figures rest on past the date to which they are confirmed.
pub(super) fn agreements(payers: &[PayerFigures], desk: &mut Desk<'_>) {
    let mut seen: Vec<&str> = Vec::new();
    for entry in payers.iter().filter(|entry| entry.model != Model::Manual) {
        let id = entry.agreement.as_str();
        if seen.contains(&id) {
            continue;
        }
        seen.push(id);
        let agreement = desk.rulebook.get(id);
        let confirmed = agreement.and_then(|it| desk.rulebook.confirmed_until(it));
        // Of one that has ended (a settlement comes later) its last date is enough.
        let ended = agreement.and_then(|it| it.until).unwrap_or(NaiveDate::MAX);
        if confirmed.is_none_or(|until| until < desk.month.last().min(ended)) {
            desk.findings
                .push(finding("unconfirmed_agreement", None, id.to_owned(), true));
        }
    }
}
