//! From a line to the steps behind it, what changed since the last look, and
//! files on their way: before, keys, after.

use super::*;
use crate::console::{
    action::{Context, Layer},
    screen::Screen,
};

#[test]
fn a_line_unfolds_step_by_step_down_to_its_stay_and_back() {
    let mut bench = Bench::new(80, 24);
    bench.keys("mj<enter>j<enter>");
    assert_eq!(bench.state.context(), Context::On(Screen::Line));
    assert!(
        bench.says("VARM-7") && bench.says("7 800 kr"),
        "{}",
        bench.picture()
    );
    assert!(!bench.says("Överenskommelse Värmland: 7"));
    bench.keys("<enter>");
    assert!(
        bench.says("Överenskommelse Värmland: 7"),
        "{}",
        bench.picture()
    );
    bench.keys("<left>");
    assert!(!bench.says("Överenskommelse Värmland: 7"));
    bench.keys("<right><enter>");
    assert_eq!(bench.state.context(), Context::On(Screen::Stay));
    bench.keys("<esc>");
    assert!(
        bench.says("Överenskommelse Värmland: 7"),
        "{}",
        bench.picture()
    );
    bench.keys("<esc>");
    assert_eq!(bench.state.context(), Context::On(Screen::Close));
    // Back where one was: at the payer's second line.
    bench.keys("<enter>");
    assert!(bench.says("VARM-7"));
    bench.keys("<esc><esc>");
    assert!(bench.says("Belopp per betalare"));
    bench.keys("<esc>");
    assert_eq!(bench.state.context(), Context::On(Screen::Board));
}

#[test]
fn a_stay_that_was_left_out_says_by_which_step() {
    let mut bench = Bench::new(80, 24);
    bench.keys("mj<enter>G<enter>");
    assert!(
        bench.says("utanför beräkningen · VARM-8"),
        "{}",
        bench.picture()
    );
    assert!(bench.says("SIP"), "{}", bench.picture());
}

#[test]
fn what_changed_since_the_last_look_is_told_in_words() {
    let mut bench = Bench::new(80, 24);
    bench.keys("m");
    assert!(
        bench.says("inte sett den här månaden förut"),
        "{}",
        bench.picture()
    );
    let seen = bench.remembered.clone().unwrap();
    assert!(seen.month("2019-03".parse().unwrap()).is_some());
    // Seen for the first time, it is compared with how the look began.
    bench.later = Some("1000");
    bench.keys("r");
    assert!(
        bench.says("Sedan sist, ons 6 mars 23:00: 1 000 kr mer, 1 rad ändrad"),
        "{}",
        bench.picture()
    );
    bench.keys("<esc>m");
    assert!(
        bench.says("Inget ändrat sedan du såg månaden ons 6 mars 23:00"),
        "{}",
        bench.picture()
    );
    bench.later = Some("1500");
    bench.keys("gbgm");
    let told = "500 kr mer, 1 rad ändrad";
    assert!(
        bench.says(told) && bench.says("SEDAN SIST"),
        "{}",
        bench.picture()
    );
    bench.keys("r");
    assert!(bench.says(told));
}

#[test]
fn each_step_to_the_lock_tells_its_key_or_why_not() {
    let mut bench = Bench::new(120, 40);
    bench.keys("m");
    assert!(
        bench.says("f Förbered  l Lås  x Exportera  (månaden är inte låst)"),
        "{}",
        bench.picture()
    );
    bench.keys("f");
    assert!(bench.says("+ Förbered  l Lås"));
    let mut bench = Bench::new(120, 40);
    bench.blocked = true;
    bench.keys("m");
    assert!(
        bench.says("x Kontroller  x Förbered  (anmärkningar hindrar låset)  x Lås"),
        "{}",
        bench.picture()
    );
    let mut bench = Bench::new(120, 40);
    bench.locked = true;
    bench.keys("m");
    assert!(bench.says("+ Lås  e Exportera"), "{}", bench.picture());
}

#[test]
fn an_export_tells_of_each_file_and_a_failure_in_full() {
    let mut bench = Bench::new(80, 24);
    bench.locked = true;
    bench.keys("me<left><tab><ctrl-u>/tmp/mars");
    bench.refuse = Some(DeskError::no("io", "/tmp/mars/figures.csv: skivan är full"));
    bench.keys("<enter>");
    assert_eq!(bench.state.context(), Context::Over(Layer::Message));
    assert!(bench.says("Klart: 1 av 2 filer"), "{}", bench.picture());
    assert!(bench.says("x CSV: INTE SKRIVEN") && bench.says("figures.csv: skivan är"));
    assert!(bench.says("+ JSON: skriven, 1 234 byte") && bench.says("/tmp/mars/figures.json"));
    // What was typed is there to be corrected.
    bench.keys("<enter>");
    assert!(bench.says("/tmp/mars"));
    assert_eq!(bench.state.context(), Context::Over(Layer::Form));
    bench.keys("<enter>");
    assert!(bench.says("Klart: 2 av 2 filer"), "{}", bench.picture());
    bench.keys("<enter>");
    assert_eq!(bench.state.context(), Context::On(Screen::Close));
}
