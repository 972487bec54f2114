//! The month close: before, keys, after.

use super::*;
use crate::console::{
    action::{Context, Layer},
    screen::{Page, Screen, close::ClosePane},
};

#[test]
fn the_lock_needs_month_and_total_and_sends_the_hash_that_was_shown() {
    let mut bench = Bench::new(80, 24);
    bench.keys("ml");
    assert!(bench.says("3f9a2c7d11e04b58a6c2d9e07f13b2c4"));
    bench.keys("2019-03 3900<enter>");
    assert!(bench.says("summan stämmer inte"));
    assert!(
        !bench
            .asked
            .iter()
            .any(|ask| matches!(ask, Ask::Approve { .. }))
    );
    bench.keys("0 kr<enter>");
    let approved = bench.asked.iter().find_map(|ask| match ask {
        Ask::Approve { month, expect } => Some((month.to_string(), expect.clone())),
        _ => None,
    });
    assert_eq!(
        approved,
        Some((
            "2019-03".to_owned(),
            "3f9a2c7d11e04b58a6c2d9e07f13b2c4".to_owned()
        ))
    );
    assert!(bench.says("mars 2019 är låst"));
}

#[test]
fn the_close_opens_on_the_earliest_open_month_and_turns() {
    let mut bench = Bench::new(80, 24);
    bench.keys("m");
    let month = |bench: &Bench| match bench.state.pages.last() {
        Some(Page::Close(page)) => page.month.to_string(),
        other => panic!("{other:?}"),
    };
    assert_eq!(month(&bench), "2019-03");
    bench.keys("<left>");
    assert_eq!(month(&bench), "2019-02");
    bench.keys("<right><right>");
    assert_eq!(month(&bench), "2019-04");
}

#[test]
fn findings_block_are_waived_and_payers_parked() {
    let mut bench = Bench::new(80, 24);
    bench.blocked = true;
    bench.keys("ml");
    assert!(bench.says("anmärkningar hindrar låset"));
    bench.keys("<tab>w");
    assert!(bench.says("kan inte godtas"));
    bench.keys("jwregionen har svarat<enter>");
    let waived = bench.asked.iter().any(|ask| {
        matches!(ask, Ask::Waive { code, reason, .. }
        if code == "unconfirmed_agreement" && reason == "regionen har svarat")
    });
    assert!(waived);
    match bench.state.pages.last() {
        Some(Page::Close(page)) => assert_eq!(page.pane, ClosePane::Findings),
        other => panic!("{other:?}"),
    }
    bench.keys("<tab>jpväntar på svar<enter>");
    let parked = bench
        .asked
        .iter()
        .any(|ask| matches!(ask, Ask::Park { payer, .. } if payer.to_string() == "1780"));
    assert!(parked);
}

#[test]
fn from_total_down_to_the_explanation_and_back() {
    let mut bench = Bench::new(80, 24);
    bench.keys("mj<enter><enter><enter><enter>");
    assert!(
        bench.says("Förklaring") && bench.says("kallelse till SIP"),
        "{}",
        bench.picture()
    );
    bench.keys("<esc><esc>");
    assert_eq!(bench.state.context(), Context::On(Screen::Close));
    assert!(bench.says("VARM-7"));
    bench.keys("<esc><esc>");
    assert_eq!(bench.state.context(), Context::On(Screen::Board));
}

#[test]
fn a_locked_month_is_exported_by_whoever_opened_the_console() {
    let mut bench = Bench::new(80, 24);
    bench.keys("me");
    assert!(bench.says("månaden är inte låst"));
    let mut bench = Bench::new(80, 24);
    bench.locked = true;
    bench.keys("ml");
    assert!(bench.says("månaden är redan låst") && bench.says("LÅST") && bench.says("17-000001"));
    bench.keys("e<right><tab>/tmp/mars<enter>");
    assert!(
        bench.says("1 fil skriven i /tmp/mars"),
        "{}",
        bench.picture()
    );
    bench.state.can_export = false;
    bench.keys("<enter>e");
    assert!(bench.says("fristdag export"));
}

#[test]
fn an_error_of_an_order_is_told_in_full() {
    let mut bench = Bench::new(80, 24);
    bench.keys("m");
    bench.refuse = Some(DeskError::no("hash_changed", "figurerna ändrades"));
    bench.keys("f");
    assert_eq!(bench.state.context(), Context::Over(Layer::Message));
    assert!(bench.says("figurerna ändrades"), "{}", bench.picture());
    bench.keys("<enter>f");
    assert!(bench.says("förberett av anna"));
}
