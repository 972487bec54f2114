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

/// Keys that lead to a prompt, and what then stands on the screen.
const PROMPTS: [(&str, &str); 6] = [
    ("/", "Filter:"),
    ("enter n", "Anteckning · VARM"),
    ("enter a", "Åtgärder"),
    ("s", "Sortera efter"),
    (":", "Allt som kan göras"),
    ("?", "Tangenter"),
];

#[test]
fn a_hang_up_at_any_prompt_records_nothing_and_restores_the_terminal() {
    let house = House::with_march();
    let before = house.json(&["status"])["seq"].clone();
    for (keys, shown) in PROMPTS {
        let at_prompt = || {
            let mut screen = evening(&house, SMALL);
            screen.shows("VARM-1");
            if let Some(rest) = keys.strip_prefix("enter ") {
                screen.press("enter");
                // What is not read yet cannot be acted on.
                screen.shows("klar sedan");
                screen.press(rest);
            } else {
                screen.press(keys);
            }
            screen.shows(shown);
            screen.write("hej");
            screen
        };
        let screen = at_prompt();
        screen.signal(Signal::HUP);
        screen.ended_cleanly();
        let mut screen = at_prompt();
        screen.hang_up();
        assert!(screen.ended().success(), "{keys}");
    }
    assert_eq!(house.json(&["status"])["seq"], before);
    house.run(&["verify"]);
}

#[test]
fn a_hang_up_before_a_lock_is_confirmed_locks_nothing() {
    let house = House::with_march();
    for signal in [true, false] {
        let mut screen = Screen::start(house.home(), &["--store", &house.store()], SMALL);
        screen.shows("Region Värmland");
        screen.press("m");
        screen.shows("Summa 39 000 kr");
        screen.press("l");
        screen.shows("Lås månaden: 2019-03");
        screen.write("2019-03 39 000");
        screen.shows("39 000");
        if signal {
            screen.signal(Signal::HUP);
            screen.ended_cleanly();
        } else {
            screen.hang_up();
            assert!(screen.ended().success());
        }
        let figures = house.json(&["figures", "--month", "2019-03"]);
        assert_eq!(figures["status"], "open");
    }
}

#[test]
fn a_storm_of_sizes_ends_where_it_ends() {
    let house = House::with_march();
    let mut screen = evening(&house, SMALL);
    screen.shows("VARM-1");
    for number in 0..1_000_u16 {
        screen.resize(match number % 5 {
            0 => (0, 0),
            1 => (1, 1),
            2 => (60, 15),
            _ => (20 + number % 200, 5 + number % 50),
        });
    }
    screen.resize(SMALL);
    screen.shows("VARM-1");
    screen.press("enter");
    screen.shows("Händelser");
    screen.press("ctrl-c");
    screen.ended_cleanly();
}

/// Questions to the terminal that an answer would be waited for, or that
/// would turn up as keys: cursor, kind, colours, keyboard, modes.
const QUERIES: [&str; 9] = [
    "\x1b[6n",
    "\x1b[5n",
    "\x1b[c",
    "\x1b[0c",
    "\x1b[>c",
    "\x1b]1",
    "\x1b[?u",
    "\x1b[?2026$p",
    "\x1bP",
];

#[test]
fn nothing_is_asked_of_a_terminal_that_never_answers() {
    let house = House::with_march();
    let mut screen = evening(&house, SMALL);
    screen.shows("VARM-1");
    screen.resize((100, 30));
    screen.press("enter");
    screen.shows("Händelser");
    screen.press("ctrl-c");
    screen.ended_cleanly();
    let raw = screen.raw();
    for query in QUERIES {
        let found = raw
            .windows(query.len())
            .any(|part| part == query.as_bytes());
        assert!(!found, "{query:?} was sent");
    }
}

/// The key after a change of the window came only with the one after it.
#[test]
fn keys_before_and_after_a_resize_are_each_heard_at_once() {
    let house = House::with_march();
    let mut screen = evening(&house, SMALL);
    screen.shows("VARM-1");
    screen.press("enter");
    screen.shows("Händelser");
    screen.resize((100, 30));
    screen.until("the wider screen", |text| {
        text.lines()
            .any(|line| line.trim_end().chars().count() > 80)
    });
    screen.press("e");
    screen.shows("▸Förklaring");
    screen.press("ctrl-c");
    screen.ended_cleanly();
}

#[test]
fn without_utf_8_nothing_but_ascii_is_sent() {
    let house = House::with_march();
    let args = ["--store", &house.store(), "--now", EVENING];
    let mut screen = Screen::start_with(house.home(), &args, SMALL, &[("LANG", Some("C"))]);
    screen.shows("VARM-1");
    screen.press("s");
    screen.shows("Sortera efter");
    screen.press("esc");
    screen.loses("Sortera efter");
    screen.press("enter");
    screen.shows("Handelser");
    screen.press("ctrl-c");
    screen.ended_cleanly();
    assert!(screen.raw().is_ascii(), "{}", screen.text());
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
