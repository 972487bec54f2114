//! The engine and the naive model agree, whatever happens to stays.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use fristdag::{model::ids::EpisodeId, rules::Rulebook};
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};
use rust_decimal::Decimal;

use super::{
    figures::{Entry, Figures},
    generate::{Ground, History, histories},
    grounds,
    hold::{Engine, add_charged, by_stay, in_words, months, rates},
    region,
    stay::Stay,
};

#[test]
fn statute() {
    hold(&grounds::STATUTE);
}

#[test]
fn varmland() {
    hold(&grounds::VARMLAND);
}

#[test]
fn jonkoping() {
    hold(&grounds::JONKOPING);
}

#[test]
fn stockholm() {
    hold(&grounds::STOCKHOLM);
}

#[test]
fn jamtland() {
    hold(&grounds::JAMTLAND);
}

#[test]
fn halland() {
    hold(&grounds::HALLAND);
}

fn hold(ground: &'static Ground) {
    let number = |name: &str| Some(std::env::var(name).ok()?.parse::<u64>().unwrap());
    let seed = number("FRISTDAG_SEED").unwrap_or_else(|| {
        let mut bytes = [0; 4];
        getrandom::fill(&mut bytes).unwrap();
        u32::from_le_bytes(bytes).into()
    });
    let cases = number("FRISTDAG_HISTORIES").unwrap_or(1_000);
    let config = Config {
        cases: cases.try_into().unwrap(),
        failure_persistence: None,
        max_shrink_iters: 2_000,
        ..Config::default()
    };
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let rulebook = Rulebook::shipped(ground.region.parse().unwrap());
    let mut runner = TestRunner::new_with_rng(config, rng);
    let outcome = runner.run(&histories(ground), |history| {
        check(ground, &rulebook, &history).map_err(TestCaseError::fail)
    });
    // The plan that failed says less than its events, which the reason lists.
    let found = match outcome {
        Ok(()) => return,
        Err(TestError::Fail(reason, _)) => reason.to_string(),
        Err(other) => other.to_string(),
    };
    panic!("region {}, FRISTDAG_SEED={seed}\n{found}", ground.region);
}

/// Everything that must hold for a history.
fn check(ground: &Ground, rulebook: &Rulebook, history: &History) -> Result<(), String> {
    let rates = rates();
    let all = history.events(ground, history.shuffle);
    let (today, events) = history.asked(all.clone());
    let engine = Engine::of(rulebook, &rates, &all, today);
    let other_way = history.events(ground, history.shuffle.wrapping_add(1));
    let again = Engine::of(rulebook, &rates, &other_way, today);
    if engine.given != again.given {
        return Err("another order of arrival gives something else".to_owned());
    }
    let stays: Vec<Stay> = by_stay(&events)
        .values()
        .filter_map(|events| Stay::of(events))
        .collect();
    unsettled(&engine, &stays)?;
    once(&engine, &stays)?;
    let mut charged = BTreeMap::new();
    for month in months(&events, today) {
        let computed = engine.computed(month);
        add_charged(&computed, &mut charged);
        let engine = told(in_words(&computed));
        let naive = told(region::figures(ground.region, &stays, month, today));
        if engine != naive {
            let more = |this: &[String], that: &[String]| {
                let this = this.iter().filter(|line| !that.contains(line));
                this.cloned().collect::<Vec<_>>().join("\n  ")
            };
            return Err(format!(
                "{month:?} as at {today}: the engine alone says\n  {}\nthe naive model alone says\n  {}\nof the events\n  {}",
                more(&engine, &naive),
                more(&naive, &engine),
                listed(&events)
            ));
        }
    }
    no_more_than_waited(&charged, &stays, today)
}

/// Figures line by line; an entry that says nothing is none.
pub fn told(figures: Figures) -> Vec<String> {
    let mut found = Vec::new();
    for ((payer, agreement), entry) in figures {
        let entry_says = |what: String| format!("{payer} {agreement}: {what}");
        let Entry {
            discharged,
            counted,
            excluded,
            averages,
            thresholds,
            lines,
        } = entry;
        if discharged > 0 {
            found.push(entry_says(format!("{discharged} left, {counted} counted")));
        }
        found.extend(excluded.iter().map(|out| entry_says(format!("{out:?}"))));
        found.extend(
            averages
                .iter()
                .map(|it| entry_says(format!("average {it}"))),
        );
        found.extend(thresholds.iter().map(|it| entry_says(format!("over {it}"))));
        found.extend(lines.into_iter().map(entry_says));
    }
    found
}

fn listed(events: &[fristdag::model::event::Event]) -> String {
    let mut events: Vec<_> = events.iter().collect();
    events.sort_by_key(|event| (event.episode.clone(), event.at, event.kind()));
    let lines = events.iter().map(|event| {
        let at = fristdag::model::time::rfc3339(event.at);
        format!("{} {at} {} {:?}", event.episode, event.id, event.body)
    });
    lines.collect::<Vec<_>>().join("\n  ")
}

/// Nobody is billed for a stay of which nobody can tell who pays.
fn unsettled(engine: &Engine, stays: &[Stay]) -> Result<(), String> {
    for stay in stays.iter().filter(|stay| stay.payer().is_none()) {
        let given = &engine.given[&stay.id.parse().unwrap()];
        if !given.shares.is_empty() {
            return Err(format!("{} has no payer and is billed", stay.id));
        }
    }
    Ok(())
}

/// No stay is charged twice for a day, and none for a day on which it had no
/// patient.
fn once(engine: &Engine, stays: &[Stay]) -> Result<(), String> {
    let mut seen = BTreeSet::new();
    for (episode, share, dates) in engine.charged() {
        let stay = stays
            .iter()
            .find(|stay| stay.id == episode.as_str())
            .unwrap();
        for date in dates {
            if !seen.insert((episode.clone(), *date)) {
                return Err(format!("{episode} is charged twice for {date}"));
            }
            if !share.month.holds(*date) || !stay.waits_on(*date) {
                return Err(format!(
                    "{episode} is charged for {date} in {}",
                    share.month
                ));
            }
        }
    }
    Ok(())
}

/// Over all months and agreements a stay is charged for no more days than the
/// patient waited.
fn no_more_than_waited(
    charged: &BTreeMap<EpisodeId, Decimal>,
    stays: &[Stay],
    today: NaiveDate,
) -> Result<(), String> {
    for stay in stays {
        let days = charged.get(&stay.id.parse().unwrap());
        let waited = Decimal::from(stay.waited(today));
        if days.is_some_and(|days| *days > waited) {
            return Err(format!(
                "{} waited {waited} days and is charged {days:?}",
                stay.id
            ));
        }
    }
    Ok(())
}
