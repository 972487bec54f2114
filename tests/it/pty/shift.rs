//! An evening's work by keys alone: find, open, act, correct, explain.

use super::{
    screen::{LARGE, SMALL, Screen, Size},
    store::{EVENING, House},
};

/// A stay of the evening that is not ready yet.
const NEWCOMER: &str = r#"{"id":"1","episode":"NY-1","at":"2019-03-05T09:00:00+01:00","kind":"admitted","patient":{"pnr":"19500807-2307","name":"Zäta Provsson"},"hospital":"Exempelsjukhuset","ward":"Avd 2","care_form":"somatic","municipality":"1780"}
{"id":"2","episode":"NY-1","at":"2019-03-05T10:00:00+01:00","kind":"admission_notice","expected_discharge":"2019-03-08"}
"#;

#[test]
fn an_evening_by_keys_on_a_small_terminal() {
    evening(SMALL);
}

#[test]
fn an_evening_by_keys_on_a_large_terminal() {
    evening(LARGE);
}

fn evening(size: Size) {
    let house = House::with_march();
    house.import(NEWCOMER, &[]);
    let args = ["--store", &house.store(), "--now", EVENING];
    let mut screen = Screen::start(house.home(), &args, size);
    find(&mut screen);
    notice_and_retract(&mut screen);
    prepare_the_way_home(&mut screen);
    correct(&mut screen);
    explain(&mut screen);
    screen.press("q");
    screen.ended_cleanly();
    kept(&house);
    again(&house, size);
}

fn find(screen: &mut Screen) {
    screen.shows("VARM-2");
    assert!(screen.line("VARM-1").contains("1 h 00 m"));
    assert!(screen.line("VARM-2").contains("1 d 01 h"));
    screen.press("/");
    screen.shows("Filter:");
    screen.write("exempel 3");
    screen.until("VARM-3 alone", |text| {
        text.contains("VARM-3") && !text.contains("VARM-1")
    });
    screen.press("esc");
    screen.shows("VARM-1");
    assert!(
        !screen.text().contains("NY-1"),
        "not ready, and not asked for"
    );
    screen.press("a");
    screen.shows("NY-1");
    screen.press("/");
    screen.write("zäta");
    screen.until("NY-1 alone", |text| {
        text.contains("NY-1") && !text.contains("VARM-1")
    });
    screen.press("enter");
    screen.loses("Enter behåll");
    screen.press("enter");
    screen.shows("Zäta Provsson  19500807-2307");
    screen.shows("Inskrivningsmeddelande");
}

fn notice_and_retract(screen: &mut Screen) {
    assert!(screen.text().contains("EJ KLAR"));
    screen.press("u");
    screen.shows("Utskrivningsklar · NY-1");
    screen.shows("EJ KLAR → x STOPPAD");
    screen.press("enter");
    screen.shows("Registrerat: Utskrivningsklar");
    screen.shows("x SIP saknas");
    screen.press("t");
    screen.shows("▸Skäl*");
    // A retraction without its reason is not sent.
    screen.press("enter");
    screen.shows("! behövs");
    screen.write("feber i natt");
    screen.press("enter");
    screen.shows("Registrerat: Återtag");
    screen.until("the span is gone", |text| {
        text.contains("EJ KLAR") && !text.contains("x SIP saknas") && text.contains("feber i natt")
    });
}

fn prepare_the_way_home(screen: &mut Screen) {
    screen.press("s");
    screen.shows("Kallelse till SIP · NY-1");
    screen.press("tab");
    screen.shows("▸Mötestid");
    screen.write("2019-03-08 10:00");
    screen.shows("fre 8 mars 10:00");
    screen.press("enter");
    screen.shows("Registrerat: Kallelse till SIP");
    screen.press("f");
    screen.shows("▸Namn*");
    screen.write("Britta Nyström");
    screen.press("tab");
    screen.shows("▸Enhet*");
    screen.write("Vårdcentralen Gripen");
    screen.press("enter");
    screen.shows("Registrerat: Fast vårdkontakt utsedd");
    screen.shows("Britta Nyström");
    screen.press("b");
    screen.shows("Checklista · NY-1");
    screen.press("enter");
    screen.shows("Registrerat: Checklista");
}

fn correct(screen: &mut Screen) {
    screen.press("home");
    screen.press("down");
    screen.press("c");
    screen.shows("Rätta: Inskrivningsmeddelande");
    screen.shows("▸Skäl till rättelsen*");
    screen.write("fel klockslag");
    screen.press("tab");
    screen.shows("▸Tid*");
    screen.write("2019-03-05 10:15");
    screen.press("enter");
    screen.shows("Registrerat:");
    screen.shows("2019-03-05 10:15");
    screen.shows("makulerad: fel klockslag");
    screen.press("q");
    screen.shows("BRISTER");
}

fn explain(screen: &mut Screen) {
    // The filter from before is still there.
    screen.press("esc");
    screen.shows("VARM-1");
    screen.press("/");
    screen.write("varm-1");
    screen.until("VARM-1 alone", |text| !text.contains("VARM-3"));
    screen.press("enter");
    screen.loses("Enter behåll");
    screen.press("enter");
    screen.shows("Exempel 1");
    screen.press("e");
    screen.shows("Karlstad (1780) betalar");
    screen.press("end");
    screen.shows("Skrivs patienten ut");
    screen.press("q");
    screen.shows("BRISTER");
}

/// What was done by keys stands in the store.
fn kept(house: &House) {
    let stay = house.json(&["episode", "NY-1"]);
    let events = stay["events"].as_array().unwrap();
    let kinds: Vec<_> = events
        .iter()
        .map(|event| event["kind"].as_str().unwrap())
        .collect();
    let mut sorted = kinds.clone();
    sorted.sort_unstable();
    assert_eq!(
        sorted,
        [
            "admission_notice",
            "admission_notice",
            "admitted",
            "care_contact_assigned",
            "checklist",
            "ready_notice",
            "ready_retracted",
            "sip_called",
            "void",
        ],
        "{stay:#}"
    );
    house.run(&["verify"]);
}

/// A new console shows what the one before recorded.
fn again(house: &House, size: Size) {
    let args = ["--store", &house.store(), "--now", EVENING];
    let mut screen = Screen::start(house.home(), &args, size);
    screen.shows("VARM-1");
    screen.press("a");
    screen.shows("NY-1");
    assert!(screen.line("NY-1").contains("EJ KLAR"));
    screen.press("ctrl-c");
    screen.ended_cleanly();
}
