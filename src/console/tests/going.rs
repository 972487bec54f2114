//! Between screens, and keys that count: before, keys, after.

use super::*;
use crate::console::{
    action::Context,
    screen::{Page, Screen},
};

fn front(bench: &Bench) -> Screen {
    bench.state.screen()
}

#[test]
fn chords_go_from_any_screen_to_any_other() {
    for (before, keys, after) in [
        ("", "gm", Screen::Close),
        ("j<enter>", "gm", Screen::Close),
        ("m", "gb", Screen::Board),
        ("mj<enter><enter>", "gb", Screen::Board),
        ("", "gb", Screen::Board),
    ] {
        let mut bench = Bench::new(80, 24);
        bench.keys(before).keys(keys);
        assert_eq!(front(&bench), after, "{before} {keys}");
        bench.keys("<esc>");
        assert_eq!(front(&bench), Screen::Board, "{before} {keys}");
    }
}

#[test]
fn a_screen_that_was_left_is_found_again_as_it_was() {
    let mut bench = Bench::new(80, 24);
    bench.keys("m<left>gbjgm");
    match bench.state.pages.as_slice() {
        [Page::Close(page)] => assert_eq!(page.month.to_string(), "2019-02"),
        other => panic!("{other:?}"),
    }
    assert!(bench.state.shelf.is_empty());
    bench.keys("gb");
    assert_eq!(bench.state.board.place.at, 1);
}

#[test]
fn a_screen_that_is_gone_to_is_read_anew() {
    let mut bench = Bench::new(80, 24);
    bench.keys("mgb");
    let checks = |bench: &Bench| {
        let asked = bench.asked.iter();
        asked
            .filter(|ask| matches!(ask, Ask::CloseCheck { .. }))
            .count()
    };
    let before = checks(&bench);
    bench.keys("gm");
    assert_eq!(checks(&bench), before + 1);
}

#[test]
fn digits_count_what_follows() {
    for (keys, at) in [
        ("3j", 3),
        ("G2k", 2),
        ("99j", 4),
        ("3G", 2),
        ("2gg", 1),
        ("2<down>", 2),
        ("10k", 0),
        // Esc ends a count, and does nothing else.
        ("3<esc>j", 1),
        // A zero alone is no count.
        ("0j", 1),
        ("99999999999999999999j", 4),
    ] {
        let mut bench = Bench::new(80, 24);
        bench.keys("a").keys(keys);
        assert_eq!(bench.state.board.place.at, at, "{keys}");
        assert_eq!(bench.state.count, None, "{keys}");
    }
}

#[test]
fn a_count_shows_while_it_is_typed() {
    let mut bench = Bench::new(80, 24);
    bench.keys("12");
    assert!(bench.says("12 …"), "{}", bench.picture());
    bench.keys("g");
    assert!(bench.says("12 g …"), "{}", bench.picture());
}

#[test]
fn digits_are_text_where_text_is_typed() {
    let mut bench = Bench::new(80, 24);
    bench.keys("/12");
    assert_eq!(bench.state.board.filter.value(), "12");
}

#[test]
fn esc_gives_up_a_chord_and_a_count_in_silence() {
    let mut bench = Bench::new(80, 24);
    bench.keys("/kil<enter>g<esc>");
    assert_eq!(bench.state.notice, None);
    assert_eq!(bench.state.board.filter.value(), "kil");
    bench.keys("5<esc>");
    assert_eq!(bench.state.board.filter.value(), "kil");
    assert_eq!(bench.state.context(), Context::On(Screen::Board));
}

#[test]
fn help_scrolls_to_its_end_on_a_small_screen() {
    let mut bench = Bench::new(80, 24);
    bench.keys("j<enter>?");
    assert!(!bench.says("Avsluta"), "{}", bench.picture());
    bench.keys("G");
    assert!(bench.says("Avsluta"), "{}", bench.picture());
    let end = bench.picture();
    bench.keys("k");
    assert_ne!(bench.picture(), end, "one key up scrolls at once");
}

/// Over a slow line, Esc and the key after it come as Alt and that key.
#[test]
fn esc_and_a_key_that_came_in_one_piece_are_two() {
    let mut bench = Bench::new(80, 24);
    bench.keys("v");
    let alt = |char| Event::Key(Key::new(KeyCode::Char(char), KeyModifiers::ALT));
    bench.event(alt('s'));
    assert!(
        bench.says("Sortera efter") && !bench.says("Visa ─"),
        "{}",
        bench.picture()
    );
    bench.keys("<esc>j<enter>nhej");
    bench.event(alt('x'));
    assert!(
        bench.says("hejx"),
        "what was typed is not thrown away: {}",
        bench.picture()
    );
}
