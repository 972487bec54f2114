//! The engine and the naive model agree, whatever happens to stays.

use std::collections::BTreeSet;

use fristdag::{model::time::local_date, rules::Rulebook};
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestError, TestRng, TestRunner};

use super::{
    figures::{Entry, Figures},
    generate::{Ground, History, histories},
    hold::{Engine, by_stay, months, rates},
    plan::Places,
    region,
    stay::{Stay, plus},
};

const STATUTE: Ground = Ground {
    region: "20",
    anchors: &[
        (2019, 2, 1),
        (2018, 1, 1),
        (2018, 12, 31),
        (2019, 3, 31),
        (2019, 10, 27),
        (2020, 2, 29),
        (2020, 12, 31),
    ],
    places: Places {
        municipalities: &["2080", "2081", "0180", "1715"],
    },
    runs: false,
};
const VARMLAND: Ground = Ground {
    region: "17",
    anchors: &[
        (2019, 2, 1),
        (2018, 1, 1),
        (2018, 12, 31),
        (2019, 3, 31),
        (2019, 10, 27),
        (2020, 2, 29),
        (2020, 12, 31),
    ],
    places: Places {
        municipalities: &["1780", "1715", "1780", "0180"],
    },
    runs: false,
};
const JONKOPING: Ground = Ground {
    region: "06",
    anchors: &[
        (2018, 6, 1),
        (2018, 1, 1),
        (2018, 3, 1),
        (2018, 3, 25),
        (2018, 10, 28),
        (2018, 12, 31),
        (2020, 2, 29),
        (2020, 12, 31),
    ],
    places: Places {
        municipalities: &["0643", "0604", "0643", "0643", "0643", "1780"],
    },
    runs: false,
};
const STOCKHOLM: Ground = Ground {
    region: "01",
    anchors: &[
        (2020, 6, 1),
        (2020, 10, 20),
        (2020, 11, 1),
        (2020, 10, 25),
        (2018, 1, 1),
        (2019, 12, 31),
        (2020, 2, 29),
        (2020, 12, 31),
        (2021, 6, 30),
        (2021, 10, 31),
    ],
    places: Places {
        municipalities: &["0114", "0180", "0114", "0180", "0180", "0604"],
    },
    runs: false,
};
const JAMTLAND: Ground = Ground {
    region: "23",
    anchors: &[
        (2018, 6, 1),
        (2018, 1, 1),
        (2018, 3, 1),
        (2018, 10, 28),
        (2018, 12, 31),
        (2019, 3, 31),
    ],
    places: Places {
        municipalities: &["2380", "2326", "2380", "2326", "2380", "0180"],
    },
    runs: true,
};
const HALLAND: Ground = Ground {
    region: "13",
    anchors: &[
        (2018, 12, 1),
        (2018, 1, 1),
        (2018, 10, 28),
        (2018, 11, 1),
        (2018, 12, 31),
        (2019, 3, 31),
        (2020, 2, 29),
    ],
    places: Places {
        municipalities: &["1380", "1315", "1380", "1380", "0180"],
    },
    runs: false,
};

#[test]
fn statute() {
    hold(&STATUTE);
}

#[test]
fn varmland() {
    hold(&VARMLAND);
}

#[test]
fn jonkoping() {
    hold(&JONKOPING);
}

#[test]
fn stockholm() {
    hold(&STOCKHOLM);
}

#[test]
fn jamtland() {
    hold(&JAMTLAND);
}

#[test]
fn halland() {
    hold(&HALLAND);
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
        max_shrink_iters: 4_000,
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
    let events = history.events(ground, history.shuffle);
    let last = events.iter().map(|event| local_date(event.at)).max();
    let today = plus(last.unwrap_or_default(), history.later);
    let engine = Engine::of(rulebook, &rates, &events, today);
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
    for month in months(&events, today) {
        let engine = told(engine.figures(month));
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
    Ok(())
}

/// Figures line by line; an entry that says nothing is none.
fn told(figures: Figures) -> Vec<String> {
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
