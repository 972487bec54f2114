//! A month under other agreements: what would change, line by line. Nothing
//! is recorded.
//!
//! Both sides are computed from the same events, rates and lines by hand, so
//! that what differs is the agreements' doing alone. A locked month is
//! computed under its lock's own agreements and rates on both sides, what was
//! recorded since included; adjustments of other months are on neither side.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    Desk,
    actor::{Actor, Scope},
    agreements,
    angle::Angle,
    error::DeskError,
    figures::Reckoning,
    locks,
    month::{Cache, Look},
    reply::Reply,
    request::AgreementFile,
    views_error,
};
use crate::{
    ledger::figures::{Finding, Line, MonthFigures, PayerFigures},
    model::{
        ids::AgreementId,
        money::Kronor,
        month::Month,
        place::{PayerCode, RegionCode},
        time::Instant,
    },
    rules::{Rates, Rulebook, agreement::Agreement, share::Model},
};

/// A month's figures under its own agreements and under others.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OtherRulesView {
    /// The region.
    pub region: RegionCode,
    /// The month.
    pub month: Month,
    /// The agreements that were tried.
    pub with: Vec<AgreementId>,
    /// Those of them that bind nobody here: another region's.
    pub elsewhere: Vec<AgreementId>,
    /// Kronor under the month's own agreements.
    pub before: Kronor,
    /// Kronor with the others.
    pub after: Kronor,
    /// After less before.
    pub difference: Kronor,
    /// By payer, those without a difference included.
    pub payers: Vec<PayerChange>,
    /// What would be in the way of a close.
    pub findings: Vec<Finding>,
}

/// What other agreements change for a payer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PayerChange {
    /// Who pays.
    pub payer: PayerCode,
    /// The payer's name.
    pub name: String,
    /// Kronor before.
    pub before: Kronor,
    /// Kronor after.
    pub after: Kronor,
    /// After less before.
    pub difference: Kronor,
    /// Lines that are on one side only.
    pub lines: Vec<ChangedLine>,
}

/// A line that is on one side only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangedLine {
    /// On which.
    pub change: LineChange,
    /// By which agreement.
    pub agreement: AgreementId,
    /// By which model.
    pub model: Model,
    /// The line.
    #[serde(flatten)]
    pub line: Line,
}

/// On which side a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineChange {
    /// Only under the month's own agreements.
    Removed,
    /// Only with the others.
    Added,
}

impl Desk {
    pub(super) fn other_rules(
        &self,
        actor: &Actor,
        month: Month,
        files: &[AgreementFile],
        now: Instant,
        angle: Angle<'_>,
    ) -> Result<Reply, DeskError> {
        let state = self.read();
        let reckoning = self.reckoning(&state, now, angle);
        let own = OwnRules::of(&reckoning, month)?;
        let tried = agreements::with(own.rulebook(&reckoning), files)?;
        let ids = files.iter().map(id_of).collect::<Result<Vec<_>, _>>()?;
        let elsewhere = ids
            .iter()
            .filter(|id| tried.binding().all(|it| it.id != **id));
        let elsewhere = elsewhere.cloned().collect();
        let mut before = own.figures(&reckoning, month, None)?;
        let mut after = own.figures(&reckoning, month, Some(&tried))?;
        if let Scope::Payer(only) = actor.scope {
            for side in [&mut before, &mut after] {
                side.keep(only);
            }
        }
        let view = compare(before, after, ids, elsewhere);
        Ok(Reply::OtherRules(Box::new(view)))
    }
}

/// The rules that a month has of its own, once it is locked.
struct OwnRules(Option<(Rulebook, Rates)>);

impl OwnRules {
    fn of(reckoning: &Reckoning<'_>, month: Month) -> Result<Self, DeskError> {
        let last = reckoning.books.locks_of(month).last();
        let rules = last.map(|kept| {
            let rulebook = locks::rulebook(&kept.lock, reckoning.look.state)?;
            Ok::<_, DeskError>((rulebook, locks::rates(&kept.lock)))
        });
        Ok(Self(rules.transpose()?))
    }

    fn rulebook<'a>(&'a self, reckoning: &Reckoning<'a>) -> &'a Rulebook {
        (self.0.as_ref()).map_or(reckoning.look.rulebook, |(rulebook, _)| rulebook)
    }

    fn figures(
        &self,
        reckoning: &Reckoning<'_>,
        month: Month,
        tried: Option<&Rulebook>,
    ) -> Result<MonthFigures, DeskError> {
        let months = Cache::default();
        let look = Look {
            rulebook: tried.unwrap_or(self.rulebook(reckoning)),
            rates: (self.0.as_ref()).map_or(reckoning.look.rates, |(_, rates)| rates),
            cache: Some(&months),
            ..reckoning.look
        };
        let settlements = Reckoning { look, ..*reckoning }.settlements(month)?;
        look.figures(month, reckoning.books, &settlements)
            .map_err(views_error)
    }
}

fn id_of(given: &AgreementFile) -> Result<AgreementId, DeskError> {
    let loaded = Agreement::load(&given.file, &given.text).map_err(agreements::refused)?;
    Ok(loaded.id)
}

fn compare(
    before: MonthFigures,
    after: MonthFigures,
    files: Vec<AgreementId>,
    elsewhere: Vec<AgreementId>,
) -> OtherRulesView {
    let mut payers: BTreeMap<PayerCode, [Vec<PayerFigures>; 2]> = BTreeMap::new();
    for (side, figures) in [before.payers, after.payers].into_iter().enumerate() {
        for entry in figures {
            payers.entry(entry.payer).or_default()[side].push(entry);
        }
    }
    let payers: Vec<PayerChange> = payers.into_iter().map(payer_change).collect();
    let sum = |of: fn(&PayerChange) -> Kronor| payers.iter().map(of).sum::<Kronor>();
    let (before_sum, after_sum) = (sum(|one| one.before), sum(|one| one.after));
    OtherRulesView {
        region: after.region,
        month: after.month,
        with: files,
        elsewhere,
        before: before_sum,
        after: after_sum,
        difference: after_sum - before_sum,
        payers,
        findings: after.findings,
    }
}

fn payer_change((payer, [before, after]): (PayerCode, [Vec<PayerFigures>; 2])) -> PayerChange {
    let sum = |entries: &[PayerFigures]| entries.iter().map(|one| one.amount).sum::<Kronor>();
    let (before_sum, after_sum) = (sum(&before), sum(&after));
    let mut removed = lines(&before, LineChange::Removed);
    let mut lines = lines(&after, LineChange::Added);
    lines.retain(|line| {
        let same = |other: &ChangedLine| {
            (&other.agreement, other.model, &other.line)
                == (&line.agreement, line.model, &line.line)
        };
        // Each line before answers for one after.
        let found = removed.iter().position(same);
        found.map(|at| removed.remove(at)).is_none()
    });
    removed.append(&mut lines);
    PayerChange {
        payer,
        name: payer.name().to_owned(),
        before: before_sum,
        after: after_sum,
        difference: after_sum - before_sum,
        lines: removed,
    }
}

fn lines(entries: &[PayerFigures], change: LineChange) -> Vec<ChangedLine> {
    let lines = entries.iter().flat_map(|entry| {
        let of_line = move |line: &_| ChangedLine {
            change,
            agreement: entry.agreement.clone(),
            model: entry.model,
            line: Clone::clone(line),
        };
        entry.lines.iter().map(of_line)
    });
    lines.collect()
}
