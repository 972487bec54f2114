//! Finance's month-end: what keeps a month open is decided where the
//! agreements are, and the month is locked and exported.

use std::fs;

use super::{
    screen::{LARGE, SMALL, Screen, Size},
    store::House,
};

/// January 2020: that year's rate waits, and the agreement was confirmed for
/// 2019 alone.
const JANUARY: &str = r#"{"id":"1","episode":"JAN-1","at":"2020-01-07T08:00:00+01:00","kind":"admitted","patient":{"pnr":"19500807-2307","name":"Januari Ettsson"},"hospital":"Exempelsjukhuset","ward":"Avd 2","care_form":"somatic","municipality":"1780"}
{"id":"2","episode":"JAN-1","at":"2020-01-07T10:00:00+01:00","kind":"admission_notice","expected_discharge":"2020-01-10"}
{"id":"3","episode":"JAN-1","at":"2020-01-07T11:00:00+01:00","kind":"sip_called"}
{"id":"4","episode":"JAN-1","at":"2020-01-08T10:00:00+01:00","kind":"ready_notice"}
{"id":"5","episode":"JAN-1","at":"2020-01-15T10:00:00+01:00","kind":"discharged"}
"#;

#[test]
fn finances_month_end_on_a_small_terminal() {
    month_end(SMALL);
}

#[test]
fn finances_month_end_on_a_large_terminal() {
    month_end(LARGE);
}

fn month_end(size: Size) {
    let house = House::new();
    house.import(JANUARY, &[]);
    let mut screen = Screen::start(house.home(), &["--store", &house.store()], size);
    screen.shows("Region Värmland");
    blocked(&mut screen);
    confirm(&mut screen);
    set_rate(&mut screen);
    lock(&mut screen, &house);
    export(&mut screen, &house);
    logged(&mut screen);
    screen.press("ctrl-c");
    screen.ended_cleanly();
    let figures = house.json(&["figures", "--month", "2020-01"]);
    assert_eq!(figures["status"], "locked");
    house.run(&["verify"]);
}

fn blocked(screen: &mut Screen) {
    screen.press("g m");
    screen.shows("januari 2020 (2020-01)");
    screen.shows("vårddygnsbelopp saknas");
    screen.press("l");
    screen.shows("anmärkningar hindrar låset");
}

fn confirm(screen: &mut Screen) {
    screen.press("g a");
    screen.shows("BEKRÄFTELSEN GICK UT 2019-12-31");
    screen.until("Värmland's selected", |text| {
        text.lines().any(|line| line.starts_with("▸varmland-2019"))
    });
    screen.press("enter");
    screen.shows("[7. Ekonomisk reglering]");
    screen.press("c");
    screen.shows("Bekräfta avtalet: varmland-2019");
    screen.write("2049-12-31");
    screen.shows("bekräftat till och med 2049-12-31");
    screen.press("tab");
    screen.write("brev från regionen");
    screen.press("enter");
    screen.shows("Registrerat");
    screen.shows("bekräftat till 2049-12-31");
    screen.press("q");
    screen.shows("Vårddygnsbelopp");
}

fn set_rate(screen: &mut Screen) {
    screen.press("tab");
    screen.until("the year that waits selected", |text| {
        text.lines()
            .any(|line| line.starts_with("▸2020") && line.contains("VÄNTAR"))
    });
    screen.press("b");
    screen.shows("Ett vårddygn under 2020 kostar 8 200 kr");
    screen.press("enter");
    screen.shows("! behövs");
    screen.write("Socialstyrelsens beslut");
    screen.press("enter");
    screen.shows("Registrerat");
    screen.until("2020 confirmed", |text| {
        text.lines()
            .any(|line| line.starts_with("▸2020") && !line.contains("VÄNTAR"))
    });
}

fn lock(screen: &mut Screen, house: &House) {
    screen.press("g m");
    screen.loses("vårddygnsbelopp saknas");
    screen.shows("Inga anmärkningar");
    // Days 4 to 7 after the notice, at the rate that was set.
    let figures = house.json(&["figures", "--month", "2020-01"]);
    assert_eq!(figures["amount"], "32800.00");
    screen.shows("Summa 32 800 kr");
    screen.press("f");
    screen.shows("förberett av anna");
    screen.press("l");
    screen.shows("Lås månaden: 2020-01");
    screen.write("2020-01 32 800");
    screen.press("enter");
    screen.shows("LÅST");
    screen.shows("17-000001");
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
    assert_eq!(fs::read_dir(house.outside()).unwrap().count(), 1);
    screen.press("enter");
    screen.loses("Klart: 1 av 1");
}

fn logged(screen: &mut Screen) {
    screen.press("g l");
    for what in [
        "månad låst",
        "månad förberedd",
        "vårddygnsbelopp 2020: 8 200 kr",
        "avtal bekräftat varmland-2019",
    ] {
        screen.shows(what);
        assert!(screen.line(what).contains("anna"), "{what}");
    }
    screen.press("/");
    screen.shows("Filter:");
    screen.write("låst 2020-01");
    screen.until("the lock alone", |text| {
        text.contains("månad låst") && !text.contains("månad förberedd")
    });
    // No patient's name is in a log.
    assert!(!screen.text().contains("Ettsson"));
}
