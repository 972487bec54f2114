//! The generator reaches what the rules speak of: a model that agrees where
//! nothing happens shows nothing.

use std::collections::BTreeMap;

use proptest::{
    strategy::{Strategy, ValueTree},
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};

use super::{
    generate::{Ground, histories},
    grounds,
    hold::{by_stay, months},
    region,
    same::told,
    stay::Stay,
};

/// How often each kind of saying comes in the naive figures of histories.
fn said(ground: &'static Ground, count: usize) -> BTreeMap<String, usize> {
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let strategy = histories(ground);
    let mut found = BTreeMap::new();
    for _ in 0..count {
        let history = strategy.new_tree(&mut runner).unwrap().current();
        let (today, events) = history.asked(history.events(ground, 0));
        let stays = by_stay(&events);
        let stays: Vec<Stay> = stays
            .values()
            .filter_map(|events| Stay::of(events))
            .collect();
        for month in months(&events, today) {
            for line in told(region::figures(ground.region, &stays, month, today)) {
                *found.entry(kind(&line)).or_default() += 1;
            }
        }
    }
    found
}

/// What a line says, without whom it is about and how much.
fn kind(line: &str) -> String {
    let (who, what) = line.split_once(": ").unwrap();
    let agreement = who.split_once(' ').unwrap().1;
    let words: Vec<&str> = what.split(' ').collect();
    match words[..] {
        ["over", threshold] => format!("{agreement} over {threshold}"),
        ["average", _] => format!("{agreement} average"),
        [_, "left,", ..] => format!("{agreement} left"),
        [_, reason] => format!("{agreement} {}", reason.trim_matches(['"', ')'])),
        _ => format!("{agreement} {}", words[0]),
    }
}

/// Kinds of saying that some history of each region must bring about, besides
/// those of the statute.
const REACHED: [(&Ground, &[&str]); 6] = [
    (&grounds::STATUTE, &[]),
    (
        &grounds::VARMLAND,
        &[
            "varmland-2019 individual",
            "varmland-2019 sip_call_missing",
            "varmland-2019 admission_notice_missing",
        ],
    ),
    (
        &grounds::JONKOPING,
        &[
            "jonkoping-2018 average_excess",
            "jonkoping-2018 individual",
            "jonkoping-2018 admission_notice_missing",
            "jonkoping-2018 expected_discharge_missing",
            "jonkoping-2018 sip_call_missing",
        ],
    ),
    (
        &grounds::STOCKHOLM,
        &[
            "stockholm-2020 average_excess",
            "stockholm-2020 individual",
            "stockholm-2020 over 1.3",
            "stockholm-2020 over 2",
            "stockholm-2020 over 2.7",
            "stockholm-2020 minor",
            "stockholm-2020 admission_notice_missing",
            "stockholm-2020 care_contact_missing",
            "stockholm-2020 sip_call_missing",
            "stockholm-2020 sip_call_late",
        ],
    ),
    (
        &grounds::JAMTLAND,
        &[
            "jamtland-2018 individual",
            "jamtland-2018 retroactive",
            "jamtland-2018 over 3",
            "jamtland-2018 over 30",
            "jamtland-2018 not_home_ready",
        ],
    ),
    (&grounds::HALLAND, &["halland-2018 fixed_share"]),
];

#[test]
fn every_region_says_all_that_its_rules_know() {
    for (ground, own) in REACHED {
        let found = said(ground, 200);
        let guests = ["lag-2017-612 individual", "manual manual"];
        for kind in own.iter().chain(&guests) {
            assert!(
                found.contains_key(*kind),
                "{}: {kind}: {found:#?}",
                ground.region
            );
        }
    }
}
