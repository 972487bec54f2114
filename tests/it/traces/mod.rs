//! The steps behind every line: they end in the line's amount, and what goes
//! into them sums up to it.

mod changes;
mod locked;

use std::collections::{BTreeMap, BTreeSet};

use fristdag::{
    exchange::demo,
    ledger::{
        adjust,
        explain::{self, Adjusted, EntryTrace, LineTrace, MonthTrace, Sources, Witness},
        figures::{LineKind, MonthFigures},
        month::{ManualLine, MonthContext, compute},
        settlement::{Billed, Settlement},
    },
    model::{
        event::{self, Event},
        ids::{AgreementId, EpisodeId},
        money::Kronor,
        month::Month,
        place::PayerCode,
        stay::{Folded, Origins},
        time::{self, Instant},
    },
    rules::{
        Rates, Subject,
        explain::{behind, changing},
        rates::Rate,
        share::{Model, Share},
        trace::{Change, Outcome, Step, codes},
    },
};
use rust_decimal::Decimal;
use serde_json::Value;

use crate::support::month::{Stays, events, golden_lines, late};

/// Stays with their events, told as at a moment.
struct Told {
    stays: Stays,
    events: BTreeMap<EpisodeId, Vec<Event>>,
    rates: Rates,
    now: Instant,
}

impl Told {
    fn golden(region: &str, name: &str) -> Self {
        let lines = golden_lines(&format!("{name}.jsonl"));
        Self {
            stays: Stays::of(region, &lines, late()),
            events: events(&lines, late()),
            rates: Rates::shipped(),
            now: time::start_of(late()),
        }
    }

    fn demo(region: &str) -> Self {
        let now = time::parse("2026-06-15T09:30").unwrap();
        let lines: Vec<Value> = demo::events(region.parse().unwrap(), now)
            .iter()
            .map(|event| serde_json::from_str(&event::to_json(event)).unwrap())
            .collect();
        let mut rates = Rates::none();
        for rate in demo::rates(now) {
            let (amount, source) = (rate.amount, rate.source);
            rates.set(rate.year, Rate { amount, source });
        }
        let today = time::local_date(now);
        Self {
            stays: Stays::of(region, &lines, today),
            events: events(&lines, today),
            rates,
            now,
        }
    }

    /// The figures of a month and the steps behind them.
    fn trace(
        &self,
        month: &str,
        manual: &[ManualLine],
        settlements: &[Settlement],
    ) -> (MonthFigures, MonthTrace) {
        let month: Month = month.parse().unwrap();
        let given: Vec<(EpisodeId, Share)> = self
            .stays
            .given
            .iter()
            .flat_map(|(episode, given)| {
                given
                    .shares
                    .iter()
                    .map(|share| (episode.clone(), share.clone()))
            })
            .collect();
        let context = MonthContext {
            history: &self.stays,
            manual,
            settlements,
        };
        let shares = given
            .iter()
            .map(|(episode, share)| (episode.clone(), share));
        let figures = compute(month, shares, &self.stays.rulebook, &self.rates, &context);
        let sources = Sources {
            rulebook: &self.stays.rulebook,
            rates: &self.rates,
            history: &self.stays,
            shares: &given,
            manual,
            settlements,
            witness: self,
        };
        let trace = explain::month(&figures, &sources);
        (figures, trace)
    }

    /// Traces a month and holds it against its figures.
    fn checked(&self, month: &str) -> MonthTrace {
        let (figures, trace) = self.trace(month, &[], &[]);
        self.holds(&figures, &trace);
        trace
    }

    fn holds(&self, figures: &MonthFigures, trace: &MonthTrace) {
        assert_eq!(figures.amount, trace.amount);
        assert_eq!(figures.payers.len(), trace.payers.len());
        for (entry, told) in figures.payers.iter().zip(&trace.payers) {
            assert_eq!(
                entry.lines,
                told.lines
                    .iter()
                    .map(|it| it.line.clone())
                    .collect::<Vec<_>>()
            );
            let shown = |code: &str| {
                let step = told.steps.iter().find(|step| step.code == code)?;
                (step.outcome == Outcome::Holds).then(|| step.result.clone())
            };
            if entry.model == Model::AverageExcess {
                assert_eq!(entry.average, shown(codes::AVERAGE));
                assert_eq!(entry.threshold, shown(codes::THRESHOLD));
            }
            average_sums_up(told);
            for line in &told.lines {
                line_sums_up(line, told);
                assert!(!line.would_change.is_empty(), "{line:#?}");
            }
            met_without_dates(told);
            let steps = told.steps.iter();
            let steps = steps.chain(told.stays.iter().flat_map(|it| &it.steps));
            for step in steps.chain(told.lines.iter().flat_map(|it| &it.steps)) {
                assert!(codes::STEPS.contains(&step.code.as_str()), "{step:?}");
            }
        }
        self.events_exist(trace);
    }

    /// Every event that an input names is one of the stay's own.
    fn events_exist(&self, trace: &MonthTrace) {
        let of_lines = trace.payers.iter().flat_map(|entry| {
            let lines = entry.lines.iter();
            lines.filter_map(|it| Some((it.line.episode.clone()?, &it.steps)))
        });
        let of_stays = trace
            .payers
            .iter()
            .flat_map(|entry| entry.stays.iter().map(|it| (it.episode.clone(), &it.steps)));
        for (episode, steps) in of_lines.chain(of_stays) {
            let known: BTreeSet<_> = self.events[&episode].iter().map(|it| &it.id).collect();
            let named: Vec<_> = steps
                .iter()
                .flat_map(|step| &step.inputs)
                .filter_map(|input| input.event.as_ref())
                .collect();
            assert!(!named.is_empty(), "{episode}");
            for event in named {
                assert!(known.contains(event), "{episode} {event}");
            }
        }
    }
}

impl Told {
    /// What `asked` says of a stay; nothing of one that is not known.
    fn of<T>(&self, episode: &EpisodeId, asked: impl Fn(Subject<'_>) -> Vec<T>) -> Vec<T> {
        let events = &self.events[episode];
        let Folded::Stay(stay) = Folded::from_events(events, Some(self.now)) else {
            return Vec::new();
        };
        asked(Subject {
            stay: &stay,
            origins: &Origins::of(events, Some(self.now)).unwrap(),
            now: self.now,
            rulebook: &self.stays.rulebook,
            rates: &self.rates,
        })
    }
}

impl Witness for Told {
    fn stay(&self, episode: &EpisodeId, share: &Share, lost: bool) -> Vec<Step> {
        self.of(episode, |subject| behind(subject, share, lost))
    }

    fn changes(&self, episode: &EpisodeId, share: &Share) -> Vec<Change> {
        self.of(episode, |subject| changing(subject, share))
    }

    fn adjusted(&self, _: &adjust::EntryKey, _: Month) -> Option<Adjusted> {
        None
    }
}

fn number(step: &Step, name: &str) -> Decimal {
    let input = step.inputs.iter().find(|input| input.name == name);
    input.unwrap().value.parse().unwrap()
}

/// An average asks what stands at the discharge: no date is told from which
/// days count.
fn met_without_dates(entry: &EntryTrace) {
    if !matches!(entry.model, Model::AverageExcess | Model::AverageTrigger) {
        return;
    }
    let lines = entry.lines.iter().flat_map(|it| &it.steps);
    let steps = lines.chain(entry.stays.iter().flat_map(|it| &it.steps));
    for step in steps.filter(|it| it.code.starts_with("precondition.")) {
        assert!(!step.result.contains(".."), "{step:?}");
    }
}

/// The members' days and heads are those of the average.
fn average_sums_up(entry: &EntryTrace) {
    let Some(average) = entry.steps.iter().find(|it| it.code == codes::AVERAGE) else {
        return;
    };
    let members: Vec<_> = entry
        .stays
        .iter()
        .filter_map(|it| it.steps.last())
        .filter(|step| step.result == "in_average")
        .collect();
    let days: Decimal = members.iter().map(|step| number(step, "days")).sum();
    assert_eq!(days, number(average, "days"));
    assert_eq!(Decimal::from(members.len()), number(average, "patients"));
    // Each member's days are those that its own count gave.
    for stay in &entry.stays {
        let last = stay.steps.last().unwrap();
        if last.result == "in_average" {
            let count = stay.steps.iter().find(|it| it.code == codes::DAY_COUNT);
            assert_eq!(
                number(last, "days"),
                count.unwrap().result.parse::<Decimal>().unwrap()
            );
        }
    }
}

/// The last step is the amount, its factors are the line's, and the days of a
/// stay's line are those of its dates.
fn line_sums_up(it: &LineTrace, entry: &EntryTrace) {
    let line = &it.line;
    let last = it.steps.last().unwrap();
    let has = |code: &str| it.steps.iter().any(|step| step.code == code);
    if !matches!(
        line.kind,
        LineKind::Settlement | LineKind::Manual | LineKind::Adjustment
    ) {
        assert!(has(codes::RULE_IN_FORCE), "{it:#?}");
        // The statute has nothing beside it for a payer without an agreement.
        assert!(has(codes::RULE_LOST) || entry.agreement.as_str() == "lag-2017-612");
    }
    assert_ne!(last.code, codes::COMPUTED_OTHERWISE, "{it:#?}");
    assert_eq!(last.result, line.amount.to_string(), "{it:#?}");
    if !matches!(
        line.kind,
        LineKind::Individual | LineKind::Retroactive | LineKind::AverageExcess
    ) {
        return;
    }
    assert_eq!(number(last, "quantity"), line.quantity);
    assert_eq!(number(last, "rate"), line.rate);
    let rate = it.steps.iter().find(|step| step.code == codes::RATE);
    assert!(
        rate.unwrap()
            .inputs
            .iter()
            .any(|it| it.name == "source" && !it.value.is_empty())
    );
    if entry.model == Model::Individual {
        let dates = it
            .steps
            .iter()
            .filter(|step| step.code == codes::CHARGEABLE_DATES);
        let days: Decimal = dates.map(|step| number(step, "days")).sum();
        assert_eq!(days, line.quantity);
    }
    let clauses = it.steps.iter().filter_map(|step| step.clause.as_ref());
    for clause in clauses {
        assert!(!clause.document.is_empty() && !clause.name.is_empty());
    }
}

#[test]
fn every_line_of_the_worked_examples() {
    for (region, name, months) in [
        ("17", "varmland-2019-03", vec!["2019-03", "2019-04"]),
        ("06", "jonkoping-2018-05", vec!["2018-05"]),
        (
            "23",
            "jamtland-2018-07",
            vec!["2018-04", "2018-06", "2018-07"],
        ),
    ] {
        let told = Told::golden(region, name);
        for month in months {
            told.checked(month);
        }
    }
}

#[test]
fn every_line_of_the_demo() {
    let mut lines = 0;
    for region in ["01", "06", "13", "17", "23"] {
        let told = Told::demo(region);
        for month in ["2026-04", "2026-05", "2026-06"] {
            let trace = told.checked(month);
            lines += trace.payers.iter().map(|it| it.lines.len()).sum::<usize>();
        }
    }
    assert!(lines > 20, "{lines}");
}

/// The excluded of the worked example are told with the reason and its clause.
#[test]
fn who_is_left_out_and_why() {
    let trace = Told::golden("06", "jonkoping-2018-05").checked("2018-05");
    let left_out: Vec<_> = trace
        .payers
        .iter()
        .flat_map(|entry| &entry.stays)
        .filter(|it| it.steps.last().unwrap().outcome == Outcome::Fails)
        .collect();
    for stay in left_out {
        let reason = stay
            .steps
            .iter()
            .find(|step| step.outcome == Outcome::Fails);
        assert!(reason.unwrap().clause.is_some(), "{stay:#?}");
    }
}

/// Halland's parts, what finance enters by hand, and the year's settlement.
#[test]
fn sums_that_no_stay_gives() {
    let told = Told {
        stays: Stays::of("13", &[], late()),
        events: BTreeMap::new(),
        rates: Rates::shipped(),
        now: time::start_of(late()),
    };
    let payer: PayerCode = "1380".parse().unwrap();
    let kronor = |text: &str| text.parse::<Kronor>().unwrap();
    let by_hand = |amount: &str, reason: &str| ManualLine {
        payer,
        amount: kronor(amount),
        reason: reason.to_owned(),
        by: "ekonom".to_owned(),
    };
    let manual = [by_hand("100", "först"), by_hand("250.50", "sedan")];
    let settlements = [Settlement {
        payer,
        agreement: AgreementId::new("halland-2018").unwrap(),
        period: vec!["2018-05".parse().unwrap()],
        actual: kronor("200000"),
        billed: vec![Billed {
            for_month: "2018-05".parse().unwrap(),
            invoice: "13-000001".to_owned(),
            amount: kronor("130250"),
        }],
        open: Vec::new(),
        source: "Bokslut 2018".to_owned(),
        by: "ekonom".to_owned(),
    }];
    let (figures, trace) = told.trace("2018-05", &manual, &settlements);
    told.holds(&figures, &trace);
    let kinds: BTreeSet<_> = trace
        .payers
        .iter()
        .flat_map(|entry| &entry.lines)
        .map(|it| it.line.kind)
        .collect();
    let wanted = [LineKind::FixedShare, LineKind::Settlement, LineKind::Manual];
    assert_eq!(kinds, wanted.into());
    let reasons: Vec<_> = trace
        .payers
        .iter()
        .flat_map(|entry| &entry.lines)
        .filter(|it| it.line.kind == LineKind::Manual)
        .map(|it| it.steps[0].inputs[0].value.as_str())
        .collect();
    assert_eq!(reasons, ["först", "sedan"]);
}
