//! The month close by keys alone.

use std::fs;

use super::{
    screen::{LARGE, SMALL, Screen, Size},
    store::House,
};

/// A line that an import leaves out: no such municipality.
const REFUSED: &str = r#"{"id":"1","episode":"FEL-1","at":"2019-03-05T09:00:00+01:00","kind":"admitted","patient":{"pnr":"19500807-2307","name":"Exempel 9"},"hospital":"Exempelsjukhuset","ward":"Avd 2","care_form":"somatic","municipality":"9999"}
"#;

#[test]
fn a_month_is_locked_by_keys_on_a_small_terminal() {
    close(SMALL);
}

#[test]
fn a_month_is_locked_by_keys_on_a_large_terminal() {
    close(LARGE);
}

fn close(size: Size) {
    let house = House::with_march();
    let left_out = house
        .command(&["import", "--keep-good", "-", "--format", "jsonl"])
        .write_stdin(REFUSED)
        .assert();
    assert!(left_out.get_output().stderr.starts_with(b"-:1:"));
    let mut screen = Screen::start(house.home(), &["--store", &house.store()], size);
    screen.shows("Region Värmland");
    screen.press("m");
    screen.shows("mars 2019 (2019-03)");
    screen.shows("Summa 39 000 kr");
    findings(&mut screen);
    down_to_a_stay(&mut screen);
    prepare(&mut screen);
    lock(&mut screen);
    export(&mut screen, &house);
    screen.press("q");
    screen.loses("Månadsavslut");
    screen.press("q");
    screen.ended_cleanly();
    locked_for_good(&house, size);
}

/// What was left out is named, keeps the month open, and can be accepted.
fn findings(screen: &mut Screen) {
    screen.shows("rader som inte lästes in");
    screen.press("l");
    screen.shows("anmärkningar hindrar låset");
    screen.press("tab");
    screen.shows("▸Kontroller");
    screen.press("w");
    screen.shows("▸Skäl*");
    screen.write("okänd kommun, rättas i april");
    screen.press("enter");
    screen.shows("godtagen");
}

fn down_to_a_stay(screen: &mut Screen) {
    screen.press("tab");
    screen.shows("▸Belopp per betalare");
    screen.press("down");
    screen.shows("▸1780 Karlstad");
    screen.press("enter");
    screen.shows("Rader · 1780 Karlstad · varmland-2019 · per patient · 23 400 kr");
    screen.shows("▸Individuell");
    screen.press("enter");
    screen.shows("Individuell · VARM-1");
    screen.shows("Karlstad (1780) betalar");
    screen.press("enter");
    screen.shows("▾ + Karlstad (1780) betalar");
    screen.press("enter");
    screen.shows("VARM-1  Exempel 1");
    screen.press("q");
    screen.shows("Individuell · VARM-1");
    screen.press("q");
    screen.shows("Rader · 1780");
    screen.press("q");
    screen.shows("▸Belopp per betalare");
}

fn prepare(screen: &mut Screen) {
    screen.press("f");
    screen.shows("förberett av anna");
}

fn lock(screen: &mut Screen) {
    screen.press("l");
    screen.shows("Lås månaden: 2019-03");
    screen.write("2019-03 39 001");
    screen.press("enter");
    screen.shows("summan stämmer inte");
    screen.press("ctrl-u");
    screen.loses("39 001");
    screen.write("2019-03 39 000");
    screen.press("enter");
    screen.shows("LÅST");
    screen.shows("17-000001");
    screen.shows("17-000002");
}

fn export(screen: &mut Screen, house: &House) {
    screen.press("e");
    screen.shows("▸Format*");
    screen.press("tab");
    screen.shows("▸Mapp*");
    screen.press("ctrl-u");
    screen.write(&house.outside().display().to_string());
    screen.press("enter");
    screen.shows("Klart: 1 av 1");
    screen.press("enter");
    screen.loses("Klart: 1 av 1");
    let files: Vec<_> = fs::read_dir(house.outside()).unwrap().collect();
    assert_eq!(files.len(), 1, "{files:?}");
    let written = fs::read_to_string(files[0].as_ref().unwrap().path()).unwrap();
    assert!(written.contains("VARM-2"), "{written}");
}

fn locked_for_good(house: &House, size: Size) {
    let mut screen = Screen::start(house.home(), &["--store", &house.store()], size);
    screen.shows("Region Värmland");
    screen.press("m");
    // Now April is the earliest open month.
    screen.shows("april 2019 (2019-04)");
    screen.press("left");
    screen.shows("mars 2019 (2019-03)");
    screen.shows("LÅST");
    screen.shows("39 000 kr");
    screen.press("l");
    screen.shows("månaden är redan låst");
    screen.press("ctrl-c");
    screen.ended_cleanly();
    let figures = house.json(&["figures", "--month", "2019-03"]);
    assert_eq!(figures["status"], "locked");
    assert_eq!(figures["amount"], "39000.00");
    house.run(&["verify"]);
}
