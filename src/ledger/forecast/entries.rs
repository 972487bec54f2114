//! Each entry of the month under each scenario, its months in a row, and the
//! stays that must leave now.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Ahead, Work,
    leaving::Leaving,
    smallest::{Choice, Limit, smallest},
    types::{EntryForecast, EntryScenario, Keep, Scenarios, TriggerForecast},
};
use crate::{
    ledger::{
        entry::{EntryKey, shown},
        excess::county_average,
        figures::Finding,
        findings,
        history::totals,
        month::{self, Desk, ManualLine, MonthContext},
        settlement::Settlement,
        trigger,
    },
    model::{ids::EpisodeId, money::Kronor, place::PayerCode},
    rules::{
        agreement::{Formula, Rounding, Rule, Threshold},
        model::{
            Totals,
            average_trigger::{Terms, Track},
        },
        share::{Share, Standing},
    },
};

/// One entry under one scenario, and what its average is made of.
type Reckoned = BTreeMap<EntryKey, (EntryScenario, Totals)>;

/// Which of its scenarios a stay goes by.
type Pick = fn(&Scenarios<Vec<Share>>) -> &[Share];

fn given(shares: Option<&Vec<Share>>) -> &[Share] {
    shares.map_or(&[], Vec::as_slice)
}

impl Work<'_> {
    /// Every entry with its payer, in the order of figures, and what was
    /// found on the way.
    pub(super) fn entries(&self) -> (Vec<(PayerCode, EntryForecast)>, Vec<Finding>) {
        let mut found = Vec::new();
        let by_hand = ByHand::of(&self.ahead);
        let picks = Scenarios::<Pick> {
            so_far: |gives| &gives.so_far,
            none_leaves: Some(|gives| given(gives.none_leaves.as_ref())),
            today: Some(|gives| given(gives.today.as_ref())),
            tomorrow: Some(|gives| given(gives.tomorrow.as_ref())),
            planned: Some(|gives| given(gives.planned.as_ref())),
            marked: self
                .ahead
                .what_if
                .map(|_| -> Pick { |gives| given(gives.marked.as_ref()) }),
        };
        let mut reckoned = Vec::new();
        for pick in [
            Some(picks.so_far),
            picks.none_leaves,
            picks.today,
            picks.tomorrow,
            picks.planned,
            picks.marked,
        ] {
            let one = pick.map(|pick| self.reckon(pick, &by_hand, &mut found));
            reckoned.push(one.unwrap_or_default());
        }
        let keys: BTreeSet<&EntryKey> = reckoned.iter().flat_map(BTreeMap::keys).collect();
        let concerned = keys
            .into_iter()
            .filter(|key| self.ahead.concerns(key.payer));
        let entries = concerned.map(|key| (key.payer, self.entry(key, &reckoned)));
        let entries = entries.collect();
        (entries, self.ahead.about(found))
    }

    fn reckon(&self, pick: Pick, by_hand: &ByHand, found: &mut Vec<Finding>) -> Reckoned {
        let ahead = &self.ahead;
        let mut desk = Desk {
            month: self.moments.month,
            rulebook: ahead.rulebook,
            rates: ahead.rates,
            history: &self.history,
            findings: Vec::new(),
        };
        let closed = self.closed.iter().cloned();
        let open = self.leaving.iter().flat_map(|leaving| {
            let shares = pick(&leaving.gives).iter();
            shares.map(|share| (leaving.stay.episode.clone(), share))
        });
        let context = MonthContext {
            history: &self.history,
            manual: &by_hand.manual,
            settlements: &by_hand.settlements,
        };
        let mut figures = Vec::new();
        let mut reckoned = Reckoned::new();
        for (key, entry) in month::entries(closed.chain(open), &context, &mut desk) {
            let counted = totals(entry.shares());
            let before = desk.findings.len();
            let of_entry = entry.figures(&key, &mut desk);
            let whole = desk.findings[before..]
                .iter()
                .all(|finding| finding.waivable);
            let scenario = EntryScenario {
                discharged: of_entry.discharged,
                counted: of_entry.counted,
                average: of_entry.average.clone(),
                threshold: of_entry.threshold.clone(),
                amount: whole.then_some(of_entry.amount),
                effect: None,
            };
            if ahead.concerns(key.payer) {
                figures.push(of_entry);
            }
            reckoned.insert(key, (scenario, counted));
        }
        findings::agreements(&figures, &mut desk);
        found.append(&mut desk.findings);
        reckoned
    }

    /// `reckoned` in the order of [`Scenarios`].
    fn entry(&self, key: &EntryKey, reckoned: &[Reckoned]) -> EntryForecast {
        let rule = self.rule(key);
        let limit = rule.and_then(|rule| self.limit(key, rule));
        let track = rule.and_then(|rule| self.track(key, rule));
        let scenario = |at: usize| {
            let (mut scenario, counted) = match reckoned[at].get(key) {
                Some((scenario, counted)) => (scenario.clone(), *counted),
                None => (absent(limit), Totals::default()),
            };
            scenario.effect = track
                .as_ref()
                .zip(limit)
                .map(|((track, terms), limit)| track.effect(!limit.holds(&counted), *terms));
            scenario
        };
        EntryForecast {
            agreement: key.agreement.clone(),
            rule: key.rule.clone(),
            model: key.model,
            scenarios: Scenarios {
                so_far: scenario(0),
                none_leaves: Some(scenario(1)),
                today: Some(scenario(2)),
                tomorrow: Some(scenario(3)),
                planned: Some(scenario(4)),
                marked: self.ahead.what_if.map(|_| scenario(5)),
            },
            trigger: track.as_ref().map(|(track, terms)| TriggerForecast {
                charging: track.charging(),
                run: track.run(),
                needed: if track.charging() {
                    terms.end
                } else {
                    terms.start
                },
                times: track.times(),
            }),
            keep: limit.map(|limit| self.keep(key, limit)),
        }
    }

    /// The rule of an average.
    fn rule(&self, key: &EntryKey) -> Option<&Rule> {
        let agreement = self.ahead.rulebook.get(key.agreement.as_str())?;
        agreement.rule(key.rule.as_deref()?)
    }

    /// An average's threshold in the month; none where it is not known.
    fn limit(&self, key: &EntryKey, rule: &Rule) -> Option<Limit> {
        let month = self.moments.month;
        let first = month.first();
        let (threshold, rounding, values) = match &rule.formula {
            Formula::AverageExcess(it) => {
                let rounding = it.average_rounding.on(first).value;
                (it.threshold.on(first).value, rounding, Some(it))
            }
            Formula::AverageTrigger(it) => (it.threshold.on(first).value, Rounding::None, None),
            _ => return None,
        };
        let threshold = match threshold {
            Threshold::Days(days) => days,
            Threshold::CountyAverage(of) => {
                county_average(values?, &key.agreement, &rule.id, of, month, &self.history)?
            }
        };
        Some(Limit {
            threshold,
            rounding,
        })
    }

    fn track(&self, key: &EntryKey, rule: &Rule) -> Option<(Track, Terms)> {
        let Formula::AverageTrigger(values) = &rule.formula else {
            return None;
        };
        let month = self.moments.month;
        let payer = (&key.agreement, key.payer);
        let track = trigger::track_before(values, rule, payer, month, &self.history);
        Some((track, Terms::on(values, month.first())))
    }

    fn keep(&self, key: &EntryKey, limit: Limit) -> Keep {
        let closed = self.closed.iter().map(|(_, share)| *share);
        let others = totals(closed.filter(|share| is_of(share, key)));
        let own = self
            .leaving
            .iter()
            .filter(|one| one.ready && one.payer == key.payer);
        let (stays, choices): (Vec<&EpisodeId>, Vec<Choice>) = own
            .map(|one| (&one.stay.episode, choice(one, key)))
            .filter(|(_, choice)| choice.planned.is_some() || choice.now.is_some())
            .unzip();
        let average = |moved: &dyn Fn(usize) -> bool| {
            let mut totals = others;
            for (index, choice) in choices.iter().enumerate() {
                if let Some(days) = if moved(index) {
                    choice.now
                } else {
                    choice.planned
                } {
                    totals.add(days);
                }
            }
            totals.average(limit.rounding)
        };
        let Some(set) = smallest(others, &choices, limit) else {
            let all = average(&|_| true);
            return Keep {
                possible: false,
                stays: Vec::new(),
                average: all.map(shown),
                over_by: all.map(|all| shown(all - limit.threshold)),
            };
        };
        let mut moved = vec![false; choices.len()];
        for index in &set {
            moved[*index] = true;
        }
        Keep {
            possible: true,
            average: average(&|index| moved[index]).map(shown),
            stays: set.iter().map(|index| stays[*index].clone()).collect(),
            over_by: None,
        }
    }
}

/// What an entry without any stay comes to.
fn absent(limit: Option<Limit>) -> EntryScenario {
    EntryScenario {
        threshold: limit.map(|limit| shown(limit.threshold)),
        amount: Some(Kronor::ZERO),
        ..EntryScenario::default()
    }
}

fn choice(leaving: &Leaving<'_>, key: &EntryKey) -> Choice {
    Choice {
        planned: counted(given(leaving.gives.planned.as_ref()), key),
        now: counted(given(leaving.gives.today.as_ref()), key),
    }
}

/// The days with which a stay is in an entry's average.
fn counted(shares: &[Share], key: &EntryKey) -> Option<u32> {
    shares.iter().find_map(|share| match share.standing {
        Standing::Averaged { days } | Standing::Triggering { days, .. } if is_of(share, key) => {
            Some(days)
        }
        _ => None,
    })
}

fn is_of(share: &Share, key: &EntryKey) -> bool {
    share.payer == key.payer
        && share.agreement == key.agreement
        && key.rule.as_deref() == Some(share.rule.as_str())
}

/// What finance entered for those asked about.
struct ByHand {
    manual: Vec<ManualLine>,
    settlements: Vec<Settlement>,
}

impl ByHand {
    fn of(ahead: &Ahead<'_>) -> Self {
        let manual = ahead.context.manual.iter();
        let settlements = ahead.context.settlements.iter();
        Self {
            manual: manual
                .filter(|line| ahead.concerns(line.payer))
                .cloned()
                .collect(),
            settlements: settlements
                .filter(|settled| ahead.concerns(settled.payer))
                .cloned()
                .collect(),
        }
    }
}
