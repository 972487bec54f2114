//! Windows of every size, and windows that change theirs without end.

use super::*;
use crate::console::screen::stay::StayPage;

/// What can be in front.
pub const PLACES: [&str; 12] = [
    "a",
    "/varm",
    "j<enter>",
    "j<enter><tab>",
    "j<enter>e",
    "j<enter>nhej",
    "j<enter>a",
    "m",
    "mj<enter>",
    "ml2019-03 39",
    "?",
    ":sip",
];

/// Sizes without an order: a fixed walk over small, usual and huge ones.
fn storm() -> impl Iterator<Item = (u16, u16)> {
    let mut seed = 17_u32;
    let mut next = move |most: u32| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 8) % most
    };
    (0..1_000_usize).map(move |number| match number % 10 {
        0 => (0, 0),
        1 => (1, 1),
        2 => (60, 15),
        3 => (59, 14),
        _ => (next(220) as u16, next(60) as u16),
    })
}

#[test]
fn a_thousand_sizes_leave_every_screen_as_it_was() {
    for keys in PLACES {
        let mut bench = Bench::new(80, 24);
        bench.keys(keys);
        let before = bench.picture();
        for (number, (width, height)) in storm().enumerate() {
            bench.event(Event::Resize(width, height));
            // Not each is drawn: they come faster than frames.
            if number % 3 == 0 {
                bench.picture();
            }
        }
        bench.event(Event::Resize(80, 24));
        assert_eq!(bench.picture(), before, "{keys}");
    }
}

#[test]
fn the_smallest_window_shows_and_the_next_smaller_says_so() {
    for keys in PLACES {
        let mut bench = Bench::new(60, 15);
        bench.keys(keys);
        assert!(!bench.says("Fönstret är för litet"), "{keys}");
        for size in [(59, 15), (60, 14), (20, 5)] {
            bench.event(Event::Resize(size.0, size.1));
            assert!(
                bench.says("Fönstret är"),
                "{keys} {size:?}\n{}",
                bench.picture()
            );
        }
    }
}

#[test]
fn the_whole_board_is_there_at_the_usual_size() {
    let mut bench = Bench::new(80, 24);
    bench.keys("a");
    let picture = bench.picture();
    let lines: Vec<_> = picture.lines().collect();
    assert_eq!(lines.len(), 24);
    for row in ["VARM-7", "VARM-1", "VARM-2", "VARM-9", "VARM-4"] {
        assert!(lines.iter().any(|line| line.contains(row)), "{picture}");
    }
    // Two of the header, the view's line, a silent source's, the columns'
    // names, the status line and the hints.
    assert_eq!(bench.state.board_height(), 24 - 7);
}

#[test]
fn a_hang_up_ends_every_place_and_sends_nothing() {
    for keys in PLACES {
        let mut bench = Bench::new(80, 24);
        bench.keys(keys);
        let asked = bench.asked.len();
        bench.event(Event::Hangup);
        assert!(bench.quit, "{keys}");
        assert_eq!(bench.asked.len(), asked, "{keys}");
        let mut locked = Bench::new(80, 24);
        locked.keys(keys);
        locked.state.idle.locked = true;
        locked.event(Event::Hangup);
        assert!(locked.quit, "{keys}, locked");
    }
}

#[test]
fn every_screen_says_how_to_leave_it() {
    for (width, height) in [(80, 24), (60, 15)] {
        for (keys, way) in [
            ("", "q avsluta"),
            ("j<enter>", "Esc tillbaka"),
            ("m", "Esc tillbaka"),
            ("ga", "Esc tillbaka"),
            ("ga<enter>", "Esc tillbaka"),
            ("gp", "Esc tillbaka"),
            ("gp<enter>", "Esc tillbaka"),
            ("gl", "Esc tillbaka"),
            ("gd", "Esc tillbaka"),
        ] {
            let mut bench = Bench::new(width, height);
            bench.keys(keys);
            assert!(bench.says(way), "{keys}\n{}", bench.picture());
            assert!(bench.says("? hjälp"), "{keys}\n{}", bench.picture());
        }
    }
}

/// How long ago the oldest source was heard is told before how many are not
/// ready.
#[test]
fn the_header_of_the_smallest_full_window_tells_how_fresh_it_is() {
    let mut bench = Bench::new(80, 24);
    bench.board.head.sources.truncate(1);
    bench.board.head.held = 0;
    bench.board.head.not_ready = 70;
    bench.keys("r");
    assert!(bench.says("cosmic 3 h"), "{}", bench.picture());
}

/// A deadline's row may be cut off: whose it is and why stands below.
#[test]
fn whose_the_selected_deadline_is_stands_whole() {
    let mut bench = Bench::new(80, 24);
    bench.keys("j<enter><tab><tab>");
    let duty = bench.state.page().and_then(|page: &StayPage| page.duty());
    let clause = duty.unwrap().clause.clone();
    let said = bench.picture();
    let below = said.lines().rev().nth(1).unwrap();
    assert!(
        !below.contains('…') && below.contains(" · ") && below.contains(&clause),
        "{said}"
    );
}

/// Only what stands beside a reason may be shortened.
#[test]
fn actions_that_can_be_done_are_named_whole() {
    let mut bench = Bench::new(80, 24);
    bench.keys("j<enter>kkaG");
    assert!(
        bench.says("Makulera den markerade händelsen"),
        "{}",
        bench.picture()
    );
}
