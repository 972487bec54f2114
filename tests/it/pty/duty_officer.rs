//! A municipality's duty officer on a Sunday, over a slow line: own patients
//! alone, what is due, and a message acknowledged.

use super::{
    screen::{Screen, USUAL},
    store::House,
};
use crate::support::sample;

const SUNDAY: &str = "2019-05-26T10:00:00+02:00";
/// Patients on the board; one of three is Karlstad's.
const STAYS: usize = 60;
/// What the line carries in a second.
const LINE: u32 = 25_000;
/// A whole frame at 120×40, and the start's own commands to the terminal:
/// two thirds of a second at 25 kB/s.
const MOST_BYTES: usize = 17 * 1_024;

/// Karlstad's, ready since Friday; nobody named a care contact.
const OWN: &str = r#"{"id":"1","episode":"SON-1","at":"2019-05-22T09:00:00+02:00","kind":"admitted","patient":{"pnr":"19500807-2307","name":"Söndag Ettsson"},"hospital":"Exempelsjukhuset","ward":"Avd 2","care_form":"somatic","municipality":"1780"}
{"id":"2","episode":"SON-1","at":"2019-05-22T10:00:00+02:00","kind":"admission_notice","expected_discharge":"2019-05-27"}
{"id":"3","episode":"SON-1","at":"2019-05-23T10:00:00+02:00","kind":"sip_called"}
{"id":"4","episode":"SON-1","at":"2019-05-24T10:00:00+02:00","kind":"ready_notice"}
"#;

/// Kil's, and none of this officer's business today.
const FOREIGN: &str = r#"{"id":"1","episode":"KIL-1","at":"2019-05-22T09:00:00+02:00","kind":"admitted","patient":{"pnr":"19500930-1770","name":"Främmande Tvåsson"},"hospital":"Exempelsjukhuset","ward":"Avd 2","care_form":"somatic","municipality":"1715"}
{"id":"2","episode":"KIL-1","at":"2019-05-24T10:00:00+02:00","kind":"ready_notice"}
"#;

#[test]
fn a_duty_officers_sunday_over_a_slow_line() {
    let house = House::new();
    house.settings("role = \"municipality\"\npayers = [\"1780\"]\n");
    let others: String = (0..STAYS).map(|n| sample::stay(n).concat()).collect();
    house.import(&format!("{OWN}{FOREIGN}{others}"), &[]);
    let args = ["--store", &house.store(), "--now", SUNDAY];
    let mut screen = Screen::start_over(house.home(), &args, USUAL, LINE);
    screen.shows("MAJ-");
    let useful = |text: &str| text.lines().filter(|line| line.contains("MAJ-")).count() > 30;
    screen.until("a page of rows", useful);
    let bytes = screen.bytes_until(USUAL, useful);
    assert!(
        bytes <= MOST_BYTES,
        "{bytes} bytes to the first useful screen"
    );
    hurry(&mut screen);
    duties(&mut screen);
    acknowledge(&mut screen);
    suppose(&mut screen);
    screen.press("ctrl-c");
    screen.ended_cleanly();
    let stay = house.json(&["episode", "SON-1"]);
    let events = stay["events"].as_array().unwrap();
    let done = events.iter().find(|event| event["kind"] == "acknowledged");
    assert!(done.is_some(), "{stay:#}");
    house.run(&["verify"]);
}

/// A key held down: what the line cannot carry is not sent after it, so the
/// last press is seen no later than the first.
fn hurry(screen: &mut Screen) {
    const PRESSES: usize = 400;
    /// Two seconds of the line; a frame for each press would take ten.
    const MOST: usize = 2 * LINE as usize;
    let before = screen.raw().len();
    screen.write(&"j".repeat(PRESSES));
    screen.until("the last row", |text| {
        place(text).is_some_and(|(at, of)| at == of)
    });
    let bytes = screen.raw().len() - before;
    assert!(bytes <= MOST, "{bytes} bytes for {PRESSES} presses");
    screen.press("g g");
    screen.until("the first row", |text| {
        place(text).is_some_and(|(at, _)| at == "1")
    });
}

/// Which row is selected, of how many: the end of the status line.
fn place(text: &str) -> Option<(&str, &str)> {
    text.lines().rev().find_map(|line| {
        let (before, of) = line.trim_end().rsplit_once(" av ")?;
        Some((before.rsplit(' ').next()?, of))
    })
}

/// What is due, of own patients alone, and of all on a key.
fn duties(screen: &mut Screen) {
    screen.press("g d");
    screen.shows("bara egna");
    screen.shows("Fast vårdkontakt");
    screen.shows("SON-1");
    screen.loses("KIL-1");
    screen.press("o");
    screen.loses("bara egna");
    screen.shows("KIL-1");
    screen.press("o");
    screen.shows("bara egna");
    screen.loses("KIL-1");
    screen.until("SON-1 selected", |text| {
        text.lines()
            .any(|line| line.starts_with('▸') && line.contains("SON-1"))
    });
    screen.press("enter");
    // A municipality needs no whole names to begin with.
    screen.shows("SON-1  S. E.");
}

/// By the palette: there is no key for it to learn.
fn acknowledge(screen: &mut Screen) {
    screen.press(":");
    screen.shows("Allt som kan göras");
    screen.write("kvitt");
    screen.shows("Kvitterat");
    screen.press("enter");
    screen.shows("Kvitterat · SON-1");
    screen.shows("Meddelande*");
    screen.press("enter");
    screen.shows("Registrerat: Kvitterat");
    screen.press("g l");
    screen.shows("REGISTRERAT");
    // Over this line, a screen is seen while it is drawn.
    screen.until("the message in the log", |text| {
        let both = |line: &str| line.contains("Kvitterat") && line.contains("SON-1");
        text.lines().any(both)
    });
}

/// What the month comes to if one of the own goes home today.
fn suppose(screen: &mut Screen) {
    screen.press("g p");
    screen.shows("▸1780 Karlstad");
    screen.press("enter");
    screen.shows("[ ] SON-1");
    screen.press("space");
    screen.shows("om 1 går i dag");
}
