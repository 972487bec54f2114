//! A console that nobody is at.

use super::{
    screen::{SMALL, Screen},
    store::{EVENING, House},
};

const PATIENT: &str = r#"{"id":"1","episode":"VILA-1","at":"2019-03-04T09:00:00+01:00","kind":"admitted","patient":{"pnr":"19500807-2307","name":"Idla Vilosson"},"hospital":"Exempelsjukhuset","ward":"Avd 2","care_form":"somatic","municipality":"1780"}
{"id":"2","episode":"VILA-1","at":"2019-03-06T10:00:00+01:00","kind":"ready_notice"}
"#;

/// What a locked console says.
const LOCKED: &str = "Låst: ingen har varit här";

/// Presses keys until they have led to what is wanted. The machine may be so
/// slow that the console locks meanwhile: then it is unlocked, and finds
/// itself as it was.
fn press(screen: &mut Screen, keys: &str, wanted: &str) {
    while !screen.text().contains(wanted) {
        if screen.text().contains(LOCKED) {
            screen.press("enter");
            screen.loses(LOCKED);
            continue;
        }
        screen.write(keys);
        screen.until(wanted, |text| {
            text.contains(wanted) || text.contains(LOCKED)
        });
    }
}

#[test]
fn it_hides_its_patients_and_keeps_what_was_typed() {
    let house = House::new();
    house.import(PATIENT, &[]);
    house.settings("idle_lock_minutes = 0.1\n");
    let args = ["--store", &house.store(), "--now", EVENING];
    let mut screen = Screen::start(house.home(), &args, SMALL);
    press(&mut screen, "", "VILA-1");
    press(&mut screen, "\r", "Förklaring");
    press(&mut screen, "", "klar sedan");
    press(&mut screen, "n", "Anteckning · VILA-1");
    press(&mut screen, "anhöriga ringda", "anhöriga ringda");
    // Nobody touches a key from here on.
    screen.shows(LOCKED);
    screen.shows("Det du skrev är kvar.");
    let text = screen.text();
    for patient in ["VILA", "Idla", "1950", "Avd 2", "anhöriga"] {
        assert!(!text.contains(patient), "{patient}: {text}");
    }
    // Typing blindly does not open it, and is not written anywhere.
    screen.write("xyz");
    press(&mut screen, "", "anhöriga ringda");
    assert!(!screen.text().contains("xyz"), "{}", screen.text());
    screen.press("ctrl-c");
    screen.press("ctrl-c");
    screen.ended_cleanly();
    // Nothing of it is left in the terminal's title either.
    assert!(!screen.wrote("\x1b]"));
}
