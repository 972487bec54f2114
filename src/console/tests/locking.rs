//! A console that nobody is at: before, minutes, keys, after.

use chrono::TimeDelta;

use super::*;
use crate::console::{
    action::{Context, Layer},
    idle::Idle,
    state::Overlay,
};

/// Lets minutes pass, with the tick that each of them brings.
fn wait(bench: &mut Bench, minutes: i64) {
    for minute in 1..=minutes {
        let at = now() + TimeDelta::minutes(minute);
        bench.state.handle(Event::Tick, at);
    }
}

fn press(bench: &mut Bench, key: &str, minutes: i64) {
    let at = now() + TimeDelta::minutes(minutes);
    let effects = bench.state.handle(Event::Key(named(key)), at);
    bench.quit |= effects.iter().any(|effect| matches!(effect, Effect::Quit));
}

fn is_locked(bench: &Bench) -> bool {
    bench.state.context() == Context::Over(Layer::Locked)
}

/// What stands on the screens and must not while they are locked.
const SECRETS: [&str; 6] = [
    "Anna Andersson",
    "Göran",
    "VARM",
    "1780",
    "Avd 5",
    "Karlstad",
];

#[test]
fn nothing_of_any_patient_is_seen_on_any_screen() {
    for keys in [
        "a",
        "/göran",
        "j<enter>",
        "j<enter>e",
        "j<enter>nhej",
        "j<enter>a",
        "m",
        "mj<enter>",
        "?",
        ":",
    ] {
        for (width, height) in [(80, 24), (200, 50), (30, 5)] {
            let mut bench = Bench::new(width, height);
            bench.keys(keys);
            wait(&mut bench, 5);
            assert!(is_locked(&bench), "{keys}");
            for secret in SECRETS {
                assert!(!bench.says(secret), "{keys}: {secret}\n{}", bench.picture());
            }
            assert!(bench.says("Tryck Enter för att"), "{}", bench.picture());
        }
    }
}

#[test]
fn it_locks_after_five_minutes_without_a_key_and_enter_opens() {
    let mut bench = Bench::new(80, 24);
    wait(&mut bench, 4);
    assert!(!is_locked(&bench));
    press(&mut bench, "down", 4);
    let quiet = now() + TimeDelta::minutes(8);
    bench.state.handle(Event::Tick, quiet);
    assert!(!is_locked(&bench), "the key began the time anew");
    wait(&mut bench, 9);
    assert!(is_locked(&bench));
    for key in ["down", "esc", "tab", "f1"] {
        press(&mut bench, key, 10);
        assert!(is_locked(&bench), "{key}");
    }
    press(&mut bench, "enter", 10);
    assert!(!is_locked(&bench) && bench.says("VARM-1"));
    assert_eq!(bench.state.board.place.at, 1, "the keys did nothing");
    assert!(
        bench.state.overlay.is_none(),
        "the Enter that unlocks does only that"
    );
}

#[test]
fn the_first_key_after_a_long_time_only_locks() {
    let mut bench = Bench::new(80, 24);
    press(&mut bench, "enter", 60);
    assert!(!is_locked(&bench), "Enter came when it had locked");
    assert!(bench.state.pages.is_empty(), "and opened nothing");
    press(&mut bench, "down", 120);
    assert!(is_locked(&bench));
    assert_eq!(bench.state.board.place.at, 0);
}

#[test]
fn what_was_typed_is_kept_and_said_so() {
    let mut bench = Bench::new(80, 24);
    bench.keys("j<enter>nhej");
    wait(&mut bench, 5);
    assert!(
        bench.says("Det du skrev är kvar") && !bench.says("hej"),
        "{}",
        bench.picture()
    );
    bench.event(Event::Paste("inklistrat".to_owned()));
    press(&mut bench, "enter", 6);
    match &bench.state.overlay {
        Some(Overlay::Form(form)) => assert_eq!(form.fields[1].content(), "hej"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_locked_console_can_be_left_and_warns_of_what_was_typed() {
    let mut bench = Bench::new(80, 24);
    wait(&mut bench, 5);
    press(&mut bench, "ctrl-c", 6);
    assert!(bench.quit);
    let mut bench = Bench::new(80, 24);
    bench.keys("j<enter>nhej");
    wait(&mut bench, 5);
    press(&mut bench, "ctrl-c", 6);
    assert!(
        !bench.quit && bench.says("försvinner"),
        "{}",
        bench.picture()
    );
    press(&mut bench, "ctrl-c", 6);
    assert!(bench.quit);
}

#[test]
fn zero_minutes_never_lock() {
    let mut bench = Bench::new(80, 24);
    bench.state.idle = Idle::new(std::time::Duration::ZERO, now());
    wait(&mut bench, 600);
    assert!(!is_locked(&bench));
}

#[test]
fn a_protected_identity_that_was_shown_is_hidden_for_good() {
    let mut bench = Bench::new(80, 24);
    bench.keys("j<enter>");
    let page = bench
        .state
        .page_mut::<crate::console::screen::stay::StayPage>();
    let page = page.unwrap();
    page.revealed = Some(page.view.as_ref().unwrap().patient.clone());
    wait(&mut bench, 5);
    press(&mut bench, "enter", 6);
    assert!(bench.state.stay().unwrap().revealed.is_none());
}
