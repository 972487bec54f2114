//! How the console ends, and sizes that nobody would choose.

use rustix::process::Signal;

use super::{
    screen::{SMALL, Screen},
    store::{EVENING, House},
};

fn evening(house: &House, size: (u16, u16)) -> Screen {
    let args = ["--store", &house.store(), "--now", EVENING];
    Screen::start(house.home(), &args, size)
}

#[test]
fn the_terminal_is_given_back_on_every_way_out() {
    let house = House::with_march();
    for signal in [Signal::TERM, Signal::HUP, Signal::INT] {
        let screen = evening(&house, SMALL);
        screen.shows("VARM-1");
        screen.signal(signal);
        screen.ended_cleanly();
    }
    let mut screen = evening(&house, SMALL);
    screen.shows("VARM-1");
    screen.press("q");
    screen.ended_cleanly();
}

#[test]
fn a_terminal_that_goes_away_ends_the_console() {
    let house = House::with_march();
    let mut screen = evening(&house, SMALL);
    screen.shows("VARM-1");
    screen.hang_up();
    let status = screen.ended();
    assert!(status.success(), "{status:?}");
    // The store is free again, and whole.
    house.run(&["verify"]);
}

#[test]
fn no_size_stops_the_console() {
    let house = House::with_march();
    for size in [(0, 0), (1, 1), (40, 10)] {
        let mut screen = evening(&house, size);
        if size.0 > 1 {
            screen.shows("Fönstret är för litet");
        }
        screen.resize(SMALL);
        screen.shows("VARM-1");
        screen.resize((1, 1));
        screen.resize(SMALL);
        screen.shows("VARM-1");
        screen.press("q");
        screen.ended_cleanly();
    }
}

#[test]
fn the_demonstration_shows_every_state() {
    let house = House::new();
    let mut screen = Screen::start(house.home(), &["demo"], (120, 60));
    screen.shows("LÖPER");
    screen.press("a");
    for state in ["LÖPER", "FRIST", "STOPPAD", "EJ KLAR"] {
        screen.shows(state);
    }
    screen.shows("Demo: påhittade patienter");
    screen.press("q");
    screen.ended_cleanly();
    let left: Vec<_> = std::fs::read_dir(house.home())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .filter(|name| name.to_string_lossy().contains("demo"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}
