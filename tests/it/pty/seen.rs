//! What is shown of names, and what one has seen before.

use std::fs;

use super::{
    screen::{LARGE, SMALL, Screen},
    store::{EVENING, House},
};

const ZETA: &str = r#"{"id":"1","episode":"NY-1","at":"2019-03-05T09:00:00+01:00","kind":"admitted","patient":{"pnr":"19500807-2307","name":"Zäta Provsson"},"hospital":"Exempelsjukhuset","ward":"Avd 2","care_form":"somatic","municipality":"1780"}
{"id":"2","episode":"NY-1","at":"2019-03-06T10:00:00+01:00","kind":"ready_notice"}
"#;

const NEXT: &str = r#"{"id":"1","episode":"NY-2","at":"2019-03-05T09:00:00+01:00","kind":"admitted","patient":{"pnr":"19500930-1770","name":"Eta Provsson"},"hospital":"Exempelsjukhuset","ward":"Avd 2","care_form":"somatic","municipality":"1780"}
{"id":"2","episode":"NY-2","at":"2019-03-06T11:00:00+01:00","kind":"ready_notice"}
"#;

#[test]
fn whose_role_needs_no_names_is_sent_none() {
    let house = House::new();
    house.import(ZETA, &[]);
    let config = house.home().join("config/fristdag");
    fs::create_dir_all(&config).unwrap();
    let settings = "version = 1\nrole = \"finance\"\n";
    fs::write(config.join("settings.toml"), settings).unwrap();
    for size in [SMALL, LARGE] {
        let args = ["--store", &house.store(), "--now", EVENING];
        let mut screen = Screen::start(house.home(), &args, size);
        screen.shows("NY-1");
        // Nor does a filter tell whether the name was right.
        screen.press("/");
        screen.shows("Filter:");
        screen.write("provsson");
        screen.shows("Inget vårdtillfälle passar");
        screen.press("esc");
        screen.shows("NY-1");
        screen.press("enter");
        // What is not read yet cannot be acted on.
        screen.shows("klar sedan");
        screen.press("n");
        screen.shows("Anteckning · NY-1");
        screen.press("esc");
        screen.loses("Anteckning · NY-1");
        screen.press("q");
        screen.shows("BRISTER");
        screen.press("ctrl-c");
        screen.ended_cleanly();
        let raw = screen.raw();
        for name in ["Zäta", "Provsson", "19500807", "2307"] {
            let sent = raw.windows(name.len()).any(|part| part == name.as_bytes());
            assert!(!sent, "{name} at {size:?}");
        }
    }
}

#[test]
fn a_name_that_is_asked_for_by_key_comes_and_goes() {
    let house = House::new();
    house.import(ZETA, &[]);
    let args = ["--store", &house.store(), "--now", EVENING];
    let mut screen = Screen::start(house.home(), &args, SMALL);
    screen.shows("Zäta Provs");
    screen.press("N");
    screen.until("initials", |text| {
        text.contains("Z. P.") && !text.contains("Zäta")
    });
    screen.press("N");
    screen.until("no names", |text| {
        !text.contains("Z. P.") && !text.contains("NAMN")
    });
    screen.press("ctrl-c");
    screen.ended_cleanly();
}

#[test]
fn what_came_since_the_last_shift_is_found_again() {
    let house = House::new();
    house.import(ZETA, &[]);
    let args = ["--store", &house.store()];
    let mut screen = Screen::start(house.home(), &args, SMALL);
    screen.shows("NY-1");
    screen.press("q");
    screen.ended_cleanly();
    house.import(NEXT, &[]);
    let mut screen = Screen::start(house.home(), &args, SMALL);
    screen.shows("NY-2");
    screen.until("a mark on the new row", |text| {
        let marked = |stay: &str| {
            text.lines()
                .any(|line| line.contains(stay) && line.get(1..2) == Some("*"))
        };
        marked("NY-2") && !marked("NY-1")
    });
    screen.press(":");
    screen.shows("Allt som kan göras");
    screen.write("view.changed");
    screen.shows("Vy: ändrat sedan förra passet");
    screen.press("enter");
    screen.until("the new stay alone", |text| {
        text.contains("NY-2") && !text.contains("NY-1")
    });
    screen.press("ctrl-c");
    screen.ended_cleanly();
}

/// The plain console is left like any other.
#[test]
fn lines_remember_the_last_shift_too() {
    let house = House::new();
    house.import(ZETA, &[]);
    let piped = |lines: &str| {
        let done = house.command(&["--plain"]).write_stdin(lines).assert();
        String::from_utf8(done.success().get_output().stdout.clone()).unwrap()
    };
    let changed = |said: &str| said.matches("Ändrad sedan förra passet").count();
    assert_eq!(changed(&piped("q\n")), 0);
    house.import(NEXT, &[]);
    let said = piped("");
    assert!(said.contains("NY-2") && changed(&said) == 1, "{said}");
    assert_eq!(changed(&piped("q\n")), 0, "seen by now");
}
