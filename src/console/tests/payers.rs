//! The payers and one of them: before, keys, after.

use super::*;
use crate::{
    console::{
        action::Context,
        screen::{Page, Screen, payer::PayerPage},
    },
    ledger::forecast::{Others, WhatIf},
};

fn payer(bench: &Bench) -> &PayerPage {
    match bench.state.pages.last() {
        Some(Page::Payer(page)) => page,
        other => panic!("{other:?}"),
    }
}

/// What the desk was asked to suppose last.
fn supposed(bench: &Bench) -> WhatIf {
    let asked = bench.asked.iter().rev().find_map(|ask| match ask {
        Ask::Forecast { what_if, .. } => Some(what_if.clone()),
        _ => None,
    });
    asked.flatten().unwrap()
}

fn stays(asked: &WhatIf) -> Vec<&str> {
    asked.stays.iter().map(|it| it.as_str()).collect()
}

#[test]
fn the_dearest_payer_stands_first_and_one_s_own_before_it() {
    let first = |own: &[&str]| {
        let mut bench = Bench::new(80, 24);
        bench.state.settings.payers = own.iter().map(|it| it.parse().unwrap()).collect();
        bench.keys("gp");
        match bench.state.pages.last() {
            Some(Page::Payers(page)) => page.at(0).unwrap().payer.to_string(),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(first(&[]), "1780");
    assert_eq!(first(&["1784"]), "1784");
}

#[test]
fn months_are_asked_for_once_and_the_forecast_each_time() {
    let mut bench = Bench::new(80, 24);
    bench.keys("gpr<enter><esc>");
    let asked = |wanted: fn(&Ask) -> bool| bench.asked.iter().filter(|ask| wanted(ask)).count();
    assert_eq!(
        asked(|ask| matches!(ask, Ask::PayerHistory { months: 11 })),
        1
    );
    assert_eq!(
        asked(|ask| matches!(ask, Ask::Forecast { payer: None, .. })),
        3
    );
    assert_eq!(
        asked(|ask| matches!(ask, Ask::Forecast { payer: Some(_), .. })),
        1
    );
    assert!(bench.says("·▁▂▃▄▄▅▆▇███"), "{}", bench.picture());
}

#[test]
fn a_mark_is_asked_about_and_changes_average_and_amount() {
    let mut bench = Bench::new(80, 24);
    bench.keys("gp<enter>");
    assert!(
        bench.says("Märk dem som skulle gå hem i dag"),
        "{}",
        bench.picture()
    );
    bench.keys(" ");
    assert_eq!(stays(&supposed(&bench)), ["VARM-7"]);
    assert_eq!(payer(&bench).place.at, 1);
    assert!(
        bench.says("50 000 kr (10 000 kr mindre) om 1 går i dag, övriga enligt plan"),
        "{}",
        bench.picture()
    );
    assert!(bench.says("märkta i dag 2,5"), "{}", bench.picture());
    bench.keys("o");
    assert_eq!(supposed(&bench).others, Others::Stay);
    assert!(
        bench.says("80 000 kr (10 000 kr mindre) om 1 går i dag, övriga stannar"),
        "{}",
        bench.picture()
    );
    bench.keys("k ");
    assert!(supposed(&bench).stays.is_empty());
    assert!(!bench.says("märkta i dag"));
}

#[test]
fn the_smallest_set_is_told_shown_and_marked_by_a_key() {
    let mut bench = Bench::new(80, 24);
    bench.keys("gp<enter>");
    let told = "räcker: om dessa 2 går hem i dag hålls snittet på 2,0 (gräns 2,0)";
    assert!(bench.says(told), "{}", bench.picture());
    bench.keys("s");
    assert_eq!(stays(&supposed(&bench)), ["VARM-1", "VARM-7"]);
    bench.keys("a");
    assert_eq!(supposed(&bench).stays.len(), 3);
    bench.keys("a");
    assert!(supposed(&bench).stays.is_empty());
    // A payer without an average says why nothing can be marked so.
    bench.keys("<esc>j<enter>s");
    assert!(
        bench.says("inget snitt att hålla nere"),
        "{}",
        bench.picture()
    );
    assert!(bench.says("varje vårdtillfälle betalas för sig"));
}

#[test]
fn a_stay_opens_and_the_marks_are_there_on_the_way_back() {
    let mut bench = Bench::new(80, 24);
    bench.keys("gp<enter>j <enter>");
    assert_eq!(bench.state.context(), Context::On(Screen::Stay));
    bench.keys("<esc>");
    assert_eq!(payer(&bench).marks.len(), 1);
    assert_eq!(payer(&bench).place.at, 2);
    assert!(bench.says("märkta i dag 2,5"), "{}", bench.picture());
    bench.keys("<esc>");
    assert_eq!(bench.state.context(), Context::On(Screen::Payers));
}

#[test]
fn an_answer_for_other_marks_is_not_shown_as_theirs() {
    let mut bench = Bench::new(80, 24);
    bench.keys("gp<enter> ");
    let Some(Page::Payer(page)) = bench.state.pages.last_mut() else {
        panic!()
    };
    page.marks.insert("VARM-9".parse().unwrap());
    assert!(bench.says("räknar …") && !bench.says("märkta i dag 2,5"));
}

#[test]
fn what_cannot_be_foreseen_says_why() {
    let mut bench = Bench::new(80, 24);
    bench.refuse = Some(DeskError::store("store_failed", "skivan svarar inte"));
    bench.keys("gp");
    assert!(bench.says("skivan svarar inte"), "{}", bench.picture());
    bench.keys("<enter>");
    assert_eq!(bench.state.context(), Context::On(Screen::Payers));
    bench.keys("r<enter>");
    assert_eq!(bench.state.context(), Context::On(Screen::Payer));
}

#[test]
fn the_columns_of_averages_are_only_there_where_one_is() {
    let mut bench = Bench::new(80, 24);
    bench.keys("gp");
    assert!(
        bench.says("GRÄNS") && !bench.says("UT/RÄKN"),
        "{}",
        bench.picture()
    );
    assert!(
        bench.says("1780 Karlstad · 3 klara, 1 ej klar"),
        "{}",
        bench.picture()
    );
    bench.keys("j");
    assert!(bench.says("1715 Kil · 1 klara"), "{}", bench.picture());
    let Some(Page::Payers(page)) = bench.state.pages.last_mut() else {
        panic!()
    };
    let view = page.view.as_mut().unwrap();
    view.payers
        .retain(|payer| payer.payer.to_string() != "1780");
    page.take(page.view.clone().unwrap(), &[], 10);
    assert!(
        !bench.says("GRÄNS") && bench.says("UT/RÄKN"),
        "{}",
        bench.picture()
    );
    assert!(bench.says("HITTILLS") && bench.says("PLAN"));
}

#[test]
fn no_amount_is_cut_however_large() {
    let mut bench = Bench::new(80, 24);
    bench.keys("gp");
    let Some(Page::Payers(page)) = bench.state.pages.last_mut() else {
        panic!()
    };
    let large = "123456789.50".parse().unwrap();
    page.view.as_mut().unwrap().payers[1].amounts.so_far = Some(large);
    assert!(bench.says("123 456 789,50 "), "{}", bench.picture());
}
