//! The worked examples: a month's figures are exactly the documents' own.

use crate::support::month::{Stays, expected, golden_lines, late, lines};

fn months(name: &str, region: &str, months: &[&str]) {
    let events = golden_lines(&format!("{name}.jsonl"));
    let stays = Stays::of(region, &events, late());
    for month in months {
        let figures = stays.figures(month);
        assert_eq!(
            lines(&figures),
            expected(&format!("{name}.figures-{month}.json")),
            "{month}"
        );
    }
}

#[test]
fn varmland() {
    months("varmland-2019-03", "17", &["2019-03", "2019-04"]);
}

#[test]
fn jonkoping() {
    months("jonkoping-2018-05", "06", &["2018-05"]);
}

#[test]
fn jamtland() {
    months("jamtland-2018-07", "23", &["2018-06", "2018-07"]);
}

#[test]
fn halland() {
    let figures = Stays::of("13", &[], late()).figures("2018-05");
    assert_eq!(lines(&figures), expected("halland.figures-2018-05.json"));
    assert_eq!(figures.amount.to_string(), "189048.00");
    assert_eq!(figures.payers.len(), 6, "Hylte has an entry, and no line");
}

/// The interface's own example: 26 discharged, 24 counted, 3.4 over 2.0.
#[test]
fn an_entry_tells_how_its_average_came_about() {
    let stays = Stays::of("06", &golden_lines("jonkoping-2018-05.jsonl"), late());
    let figures = stays.figures("2018-05");
    let habo = figures
        .payers
        .iter()
        .find(|entry| entry.name == "Habo")
        .unwrap();
    assert_eq!((habo.discharged, habo.counted), (26, 24));
    assert_eq!(habo.average.as_deref(), Some("3.4"));
    assert_eq!(habo.threshold.as_deref(), Some("2.0"));
    assert_eq!(habo.amount.to_string(), "352160.00");
    assert_eq!(figures.amount.to_string(), "444460.00");
    assert!(figures.findings.is_empty(), "{:?}", figures.findings);
}

/// Order of arrival never matters.
#[test]
fn shuffled_events_give_the_same_figures() {
    for (name, region, month) in [
        ("varmland-2019-03", "17", "2019-03"),
        ("jonkoping-2018-05", "06", "2018-05"),
        ("jamtland-2018-07", "23", "2018-07"),
    ] {
        let mut events = golden_lines(&format!("{name}.jsonl"));
        let straight = Stays::of(region, &events, late()).figures(month);
        // A fixed shuffle: every step is the same in every run.
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        for last in (1..events.len()).rev() {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            events.swap(last, (state >> 33) as usize % (last + 1));
        }
        assert_eq!(
            Stays::of(region, &events, late()).figures(month),
            straight,
            "{name}"
        );
    }
}
