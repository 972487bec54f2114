//! Duties: before, keys, after.

use super::*;
use crate::console::{
    action::Context,
    screen::{
        Screen,
        duties::{DutiesPage, Entry, Group},
    },
};

fn page(bench: &Bench) -> &DutiesPage {
    bench.state.page().unwrap()
}

fn selected(bench: &Bench) -> String {
    page(bench).selected().unwrap().code.clone()
}

#[test]
fn overdue_first_then_by_when_and_headings_are_passed_over() {
    let mut bench = Bench::new(80, 24);
    bench.keys("gd");
    let groups: Vec<_> = page(&bench)
        .entries
        .iter()
        .filter_map(|entry| match entry {
            Entry::Heading(group, count) => Some((*group, *count)),
            Entry::Duty(_) => None,
        })
        .collect();
    assert_eq!(
        groups,
        [
            (Group::Overdue, 1),
            (Group::Today, 1),
            (Group::Tomorrow, 1),
            (Group::ThisWeek, 1),
            (Group::Later, 1),
            (Group::NoTime, 1)
        ]
    );
    assert_eq!(selected(&bench), "acknowledgement");
    bench.keys("j");
    assert_eq!(selected(&bench), "sip_called");
    bench.keys("k");
    assert_eq!(selected(&bench), "acknowledgement");
    bench.keys("k");
    assert_eq!(
        selected(&bench),
        "acknowledgement",
        "the first heading is no line"
    );
    bench.keys("G");
    assert_eq!(selected(&bench), "medication");
    assert!(bench.says("6 av 6"), "{}", bench.picture());
}

#[test]
fn a_duty_leads_to_its_stay_and_a_regions_own_says_why_not() {
    let mut bench = Bench::new(80, 24);
    bench.keys("gdj<enter>");
    assert_eq!(bench.state.context(), Context::On(Screen::Stay));
    assert_eq!(bench.state.stay().unwrap().episode.as_str(), "VARM-1");
    bench.keys("<esc>jjj");
    assert_eq!(selected(&bench), "monthly_basis");
    bench.keys("<enter>");
    assert!(
        bench.says("inget enskilt vårdtillfälle"),
        "{}",
        bench.picture()
    );
}

#[test]
fn own_payers_and_wards_first_and_everybodys_on_a_key() {
    let mut bench = Bench::new(80, 24);
    bench.keys("gdo");
    assert!(bench.says("inga egna"), "{}", bench.picture());
    let mut bench = Bench::new(80, 24);
    bench.state.settings.payers = vec!["1780".parse().unwrap()];
    bench.keys("gd");
    assert!(
        bench.says("bara egna") && !bench.says("VARM-2"),
        "{}",
        bench.picture()
    );
    assert!(
        bench.says("Månadsunderlag"),
        "what is about no patient stays"
    );
    bench.keys("o");
    assert!(
        bench.says("VARM-2") && !bench.says("bara egna"),
        "{}",
        bench.picture()
    );
    bench.state.settings.payers.clear();
    bench.state.settings.wards = vec!["Avd 2".to_owned()];
    bench.keys("o");
    assert!(
        bench.says("VARM-2") && !bench.says("VARM-7"),
        "{}",
        bench.picture()
    );
}

#[test]
fn the_selection_follows_its_duty_and_a_boundary_reads_anew() {
    let mut bench = Bench::new(80, 24);
    bench.keys("gdjj");
    assert_eq!(selected(&bench), "discharge");
    let asked = |bench: &Bench| {
        let asks = bench.asked.iter();
        asks.filter(|ask| matches!(ask, Ask::Duties(_))).count()
    };
    let before = asked(&bench);
    bench.event(Event::Changed(60));
    assert_eq!(
        (asked(&bench), selected(&bench)),
        (before + 1, "discharge".to_owned())
    );
    bench.event(Event::Tick);
    assert_eq!(asked(&bench), before + 1, "nothing has become overdue");
    bench.state.fixed = Some(time::parse("2019-03-07T00:00:01+01:00").unwrap());
    bench.event(Event::Tick);
    assert_eq!(asked(&bench), before + 2);
}
