//! The log: before, keys, after.

use super::*;
use crate::console::{
    action::{Context, Layer},
    screen::{Screen, log::LogPage},
};

fn page(bench: &Bench) -> &LogPage {
    bench.state.page().unwrap()
}

fn at(bench: &Bench) -> u64 {
    page(bench).selected().unwrap().seq
}

#[test]
fn the_latest_stands_first_and_older_ones_come_at_the_end() {
    let mut bench = Bench::new(80, 24);
    bench.keys("gl");
    assert_eq!(at(&bench), 450);
    assert_eq!(page(&bench).lines.len(), 200);
    assert!(bench.says("äldre finns"));
    bench.keys("G");
    assert_eq!((at(&bench), page(&bench).lines.len()), (251, 400));
    bench.keys("GG");
    assert_eq!((at(&bench), page(&bench).lines.len()), (1, 450));
    assert!(bench.says("450 av 450") && !bench.says("äldre finns"));
    let asked = bench.asked.len();
    bench.keys("jG");
    assert_eq!(
        bench.asked.len(),
        asked,
        "there is nothing older to ask for"
    );
}

#[test]
fn what_is_recorded_comes_on_top_and_the_selection_stays() {
    let mut bench = Bench::new(80, 24);
    bench.keys("gljj");
    assert_eq!(at(&bench), 448);
    bench.logged = 453;
    bench.event(Event::Changed(453));
    assert_eq!(at(&bench), 448);
    assert_eq!(page(&bench).lines[0].seq, 453);
    let seqs: Vec<_> = page(&bench).lines.iter().map(|line| line.seq).collect();
    assert!(
        seqs.windows(2).all(|pair| pair[0] == pair[1] + 1),
        "{seqs:?}"
    );
    // More than an answer holds: what lies between is read when wanted.
    bench.logged = 1_000;
    bench.event(Event::Changed(1_000));
    bench.keys("gg");
    assert_eq!(at(&bench), 1_000);
    bench.keys("GGGGGG");
    let seqs: Vec<_> = page(&bench).lines.iter().map(|line| line.seq).collect();
    assert!(
        seqs.windows(2).all(|pair| pair[0] == pair[1] + 1),
        "{seqs:?}"
    );
    assert_eq!(at(&bench), 1);
}

#[test]
fn the_filter_finds_who_what_stay_and_month_in_older_entries_too() {
    let mut bench = Bench::new(80, 24);
    bench.keys("gl/");
    assert_eq!(bench.state.context(), Context::Over(Layer::Filter));
    bench.keys("finn 2019-02");
    let found = |bench: &Bench| page(bench).shown.len();
    assert!(found(&bench) >= 20, "{}", bench.picture());
    bench.keys("<enter>");
    assert_eq!(bench.state.context(), Context::On(Screen::Log));
    bench.keys("GGG");
    assert_eq!(found(&bench), 45, "one of ten, to the very first");
    bench.keys("<esc>");
    assert_eq!(found(&bench), 450);
    bench.keys("/varm-4");
    let all = page(&bench).shown.iter();
    assert!(
        all.clone().count() > 0
            && all
                .map(|at| page(&bench).lines[*at].episode.as_ref().unwrap().as_str())
                .all(|stay| stay == "VARM-4")
    );
    bench.keys("<ctrl-u>ingen sådan");
    assert!(bench.says("Inget i loggen passar"), "{}", bench.picture());
    bench.keys("<esc><esc>");
    assert_eq!(bench.state.context(), Context::On(Screen::Board));
}

#[test]
fn a_filter_that_finds_nothing_reads_no_endless_journal() {
    let mut bench = Bench::new(80, 24);
    bench.logged = 1_000_000;
    bench.keys("gl/zzz");
    assert!(page(&bench).lines.len() < 10_000);
    assert!(page(&bench).rests());
    assert!(bench.says("End söker längre bak"), "{}", bench.picture());
    let before = page(&bench).lines.len();
    bench.keys("<enter><end>");
    assert!(page(&bench).lines.len() > before);
}

#[test]
fn an_entry_leads_to_its_stay_and_back() {
    let mut bench = Bench::new(80, 24);
    bench.keys("gl<enter>");
    assert_eq!(bench.state.context(), Context::On(Screen::Stay));
    bench.keys("<esc>");
    assert_eq!((bench.state.screen(), at(&bench)), (Screen::Log, 450));
    bench.keys("jj<enter>");
    assert!(
        bench.says("inget enskilt vårdtillfälle"),
        "{}",
        bench.picture()
    );
}

#[test]
fn a_log_that_cannot_be_read_says_why_and_is_read_again() {
    let mut bench = Bench::new(80, 24);
    bench.refuse = Some(DeskError::store("views_failed", "entry 7"));
    bench.keys("gl");
    assert!(page(&bench).error.is_some());
    bench.keys("r");
    assert_eq!(at(&bench), 450);
    assert!(page(&bench).error.is_none());
}
