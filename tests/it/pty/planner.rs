//! A planner's evening: what the night's import brings while the console is
//! open, whose SIP is missing, and what the call changes.

use super::{
    screen::{LARGE, SMALL, Screen, Size},
    store::{EVENING, House},
};

/// Ready since the day before, and nobody has called to the planning; and one
/// who is to go home tomorrow.
const BLOCKED: &str = r#"{"id":"1","episode":"KVALL-1","at":"2019-03-04T09:00:00+01:00","kind":"admitted","patient":{"pnr":"19500807-2307","name":"Kvälla Provsson"},"hospital":"Exempelsjukhuset","ward":"Avd 2","care_form":"somatic","municipality":"1780"}
{"id":"2","episode":"KVALL-1","at":"2019-03-04T10:00:00+01:00","kind":"admission_notice","expected_discharge":"2019-03-08"}
{"id":"3","episode":"KVALL-1","at":"2019-03-05T10:00:00+01:00","kind":"ready_notice"}
{"id":"1","episode":"MORGON-1","at":"2019-03-05T09:00:00+01:00","kind":"admitted","patient":{"pnr":"19500930-1770","name":"Morgona Provsson"},"hospital":"Exempelsjukhuset","ward":"Avd 2","care_form":"somatic","municipality":"1780"}
{"id":"2","episode":"MORGON-1","at":"2019-03-05T10:00:00+01:00","kind":"admission_notice","expected_discharge":"2019-03-07"}
"#;

#[test]
fn a_planners_evening_on_a_small_terminal() {
    evening(SMALL);
}

#[test]
fn a_planners_evening_on_a_large_terminal() {
    evening(LARGE);
}

fn evening(size: Size) {
    let house = House::with_march();
    let args = ["--store", &house.store(), "--now", EVENING];
    let mut screen = Screen::start(house.home(), &args, size);
    screen.shows("VARM-1");
    assert!(!screen.text().contains("KVALL-1"));
    // Another process imports: the console holds the store and serves it.
    let said = house.import(BLOCKED, &[]);
    assert!(said.contains("5 nya"), "{said}");
    screen.shows("KVALL-1");
    assert!(screen.line("KVALL-1").contains("STOPPAD"));
    // One is to go home tomorrow, and nobody has sent the notice for it.
    screen.shows("1 underrättelse");
    assert!(screen.line("1 underrättelse").contains("12:00"));
    find_and_call(&mut screen);
    screen.press("q");
    screen.shows("1 av 1");
    screen.until("the countdown runs", |text| {
        text.lines()
            .any(|line| line.contains("KVALL-1") && line.contains("FRIST"))
    });
    assert!(!screen.line("KVALL-1").contains("SIP saknas"));
    told_in_the_log(&mut screen);
    screen.press("ctrl-c");
    screen.ended_cleanly();
    let stay = house.json(&["episode", "KVALL-1"]);
    let events = stay["events"].as_array().unwrap();
    assert!(events.iter().any(|event| event["kind"] == "sip_called"));
    house.run(&["verify"]);
}

/// The filter knows the words of what is missing.
fn find_and_call(screen: &mut Screen) {
    screen.press("/");
    screen.shows("Filter:");
    screen.write("sip saknas");
    screen.shows("1 av 1");
    screen.press("enter");
    screen.loses("Enter behåll");
    screen.press("enter");
    screen.shows("KVALL-1  Kvälla Provsson");
    screen.shows("x SIP saknas");
    screen.press("s");
    screen.shows("Kallelse till SIP · KVALL-1");
    // What it will do stands there before it is done.
    screen.shows("x STOPPAD");
    screen.shows("→ ~ FRIST");
    screen.press("enter");
    screen.shows("Registrerat: Kallelse till SIP");
    screen.loses("x SIP saknas");
    // The board's filter would hide what is no longer missing.
    screen.press("q");
    screen.shows("Inget vårdtillfälle passar");
    screen.press("esc");
    screen.shows("VARM-1");
    screen.press("/");
    screen.write("kvall");
    screen.shows("1 av 1");
    screen.press("enter");
    screen.loses("Enter behåll");
    screen.press("enter");
    screen.shows("KVALL-1  Kvälla Provsson");
}

fn told_in_the_log(screen: &mut Screen) {
    screen.press("g l");
    screen.shows("REGISTRERAT");
    screen.shows("Kallelse till SIP");
    let line = screen.line("Kallelse till SIP");
    assert!(line.contains("anna") && line.contains("KVALL-1"), "{line}");
    assert!(screen.line("import").contains("5 händelser"));
    // A log of a place names no patient.
    assert!(!screen.text().contains("Provsson"));
}
