//! The plain console on a real terminal: lines alone, and not one escape
//! byte, from the first to the last.

use rustix::process::Signal;

use super::{
    screen::{SMALL, Screen},
    store::{EVENING, House},
};

/// A stay whose only gap is the SIP call.
const NEWCOMER: &str = r#"{"id":"1","episode":"NY-1","at":"2019-03-04T09:00:00+01:00","kind":"admitted","patient":{"pnr":"19500807-2307","name":"Zäta\u001b[2J\u202eProvsson\u009b31m"},"hospital":"Exempelsjukhuset","ward":"Avd\u001b]0;x\u0007 2","care_form":"somatic","municipality":"1780"}
{"id":"2","episode":"NY-1","at":"2019-03-04T10:00:00+01:00","kind":"admission_notice","expected_discharge":"2019-03-08"}
{"id":"3","episode":"NY-1","at":"2019-03-06T10:00:00+01:00","kind":"ready_notice"}
"#;

/// What the plain console ends its prompts with, on each screen.
const BOARD: &str = "q för att avsluta:";
const INNER: &str = "q för tillbaka:";

fn plain(house: &House, more: &[&str]) -> Screen {
    let store = house.store();
    let args = [&["--store", store.as_str(), "--plain"], more].concat();
    Screen::start(house.home(), &args, (200, 200))
}

/// Types a line, and waits until `wanted` was told so often and the next line
/// is asked for: the terminal would write an echo into what is being told.
fn line(screen: &mut Screen, text: &str, wanted: &str, times: usize) {
    screen.write(&format!("{text}\n"));
    screen.until(wanted, |seen| {
        seen.matches(wanted).count() >= times && seen.trim_end().ends_with(':')
    });
}

fn only_lines(screen: &Screen) {
    screen.ended_cleanly();
    let raw = screen.raw();
    assert!(!raw.contains(&0x1b), "an escape sequence was sent");
    let text = String::from_utf8(raw).unwrap();
    let bad = |char: char| char.is_control() && !matches!(char, '\r' | '\n');
    // What is typed is echoed by the terminal itself; a hang-up's ^C as such.
    assert!(!text.contains(bad), "{text:?}");
    assert!(!text.contains(['\u{202e}', '\u{9b}']), "{text:?}");
}

#[test]
fn a_sip_call_is_recorded_and_the_countdown_changes() {
    let house = House::with_march();
    house.import(NEWCOMER, &[]);
    let mut screen = plain(&house, &["--now", EVENING]);
    screen.shows(BOARD);
    assert!(
        screen.text().contains("Stoppad. NY-1, ZätaProvsson")
            || screen.text().contains("NY-1, Zäta")
    );
    line(&mut screen, "/ny-1", "Filter: ny-1.", 1);
    line(&mut screen, "1", INNER, 1);
    assert!(
        screen.text().contains("Stoppad. Betalansvar"),
        "{}",
        screen.text()
    );
    line(&mut screen, "s", "Tid, krävs [nu]:", 1);
    line(&mut screen, "kvart över", "Tid, krävs [nu]:", 2);
    screen.shows("Obs: skriv 14:30");
    line(&mut screen, "", "Mötestid:", 1);
    line(&mut screen, "", "j/n", 1);
    screen.shows("Läge: STOPPAD, blir FRIST.");
    line(&mut screen, "j", "Registrerat: Kallelse till SIP.", 1);
    screen.until("the countdown changed", |seen| {
        let after = seen.split("Ändrat sedan sist:").nth(1);
        after.is_some_and(|after| after.contains("Frist. Betalansvar") && after.contains(INNER))
    });
    line(&mut screen, "q", BOARD, 3);
    screen.write("q\n");
    only_lines(&screen);
    let stay = house.json(&["episode", "NY-1"]);
    assert_eq!(stay["events"].as_array().unwrap().len(), 4, "{stay:#}");
}

/// Lines may come from a file or a script: the last of them counts too.
#[test]
fn lines_that_are_piped_in_are_all_worked_on_before_the_end() {
    let house = House::with_march();
    house.import(NEWCOMER, &[]);
    let piped = |lines: &str| {
        let mut command = house.command(&["--plain", "--now", EVENING]);
        let done = command.write_stdin(lines).assert().success();
        String::from_utf8(done.get_output().stdout.clone()).unwrap()
    };
    let said = piped("/ny-1\n1\ns\n\n\n");
    assert!(said.contains("Registrera? j/n"), "{said}");
    let events = || {
        let stay = house.json(&["episode", "NY-1"]);
        stay["events"].as_array().unwrap().len()
    };
    assert_eq!(events(), 3, "nothing is recorded that was not confirmed");
    let said = piped("/ny-1\n1\ns\n\n\nj\n");
    assert!(said.contains("Registrerat: Kallelse till SIP."), "{said}");
    assert_eq!(events(), 4);
    assert!(piped("").contains("Tavlan."));
}

#[test]
fn a_month_is_closed_by_lines() {
    let house = House::with_march();
    let mut screen = plain(&house, &[]);
    screen.shows(BOARD);
    line(&mut screen, "g m", "Summa 39 000 kronor", 1);
    screen.shows(INNER);
    line(&mut screen, "f", "förberett av anna", 1);
    line(&mut screen, "l", "Lås månaden: 2019-03", 1);
    screen.shows("krävs:");
    line(&mut screen, "2019-03 39 001", "summan stämmer inte", 1);
    line(&mut screen, "2019-03 39 000", "j/n", 1);
    assert_eq!(
        house.json(&["figures", "--month", "2019-03"])["status"],
        "open"
    );
    line(&mut screen, "j", "mars 2019 är låst", 1);
    line(&mut screen, "q", BOARD, 2);
    screen.write("q\n");
    only_lines(&screen);
    let figures = house.json(&["figures", "--month", "2019-03"]);
    assert_eq!(
        (&figures["status"], &figures["amount"]),
        (&"locked".into(), &"39000.00".into())
    );
}

/// At each prompt: the end of the input, a signal, and a terminal that goes
/// away; nothing half done is recorded.
#[test]
fn every_prompt_can_be_left_at_once() {
    let house = House::with_march();
    let before = house.json(&["status"])["seq"].clone();
    let prompts: [(&[&str], &str); 5] = [
        (&[], BOARD),
        (&["1"], INNER),
        (&["1", "n"], "Tid, krävs"),
        (&["1", "n", "", "hej", "", "", ""], "j/n"),
        (&[":"], "q för att stänga:"),
    ];
    for (at, (lines, prompt)) in prompts.into_iter().enumerate() {
        let mut screen = plain(&house, &["--now", EVENING]);
        screen.shows(BOARD);
        for line in lines {
            screen.write(&format!("{line}\n"));
        }
        screen.shows(prompt);
        match at % 3 {
            0 => screen.write("\u{4}"),
            1 => screen.signal(Signal::HUP),
            _ => screen.signal(Signal::INT),
        }
        only_lines(&screen);
        let mut screen = plain(&house, &["--now", EVENING]);
        screen.shows(BOARD);
        for line in lines {
            screen.write(&format!("{line}\n"));
        }
        screen.shows(prompt);
        screen.hang_up();
        assert!(screen.ended().success());
    }
    let log = house.run(&["log"]);
    assert_eq!(house.json(&["status"])["seq"], before, "{log}");
    house.run(&["verify"]);
}

#[test]
fn a_dumb_terminal_is_spoken_to_and_so_asks_a_setting() {
    let house = House::with_march();
    let args = ["--store", &house.store(), "--now", EVENING];
    for term in [Some("dumb"), Some(""), None] {
        let mut screen = Screen::start_with(house.home(), &args, SMALL, &[("TERM", term)]);
        screen.shows("fristdag, enkelt läge");
        screen.shows(BOARD);
        screen.write("q\n");
        only_lines(&screen);
    }
    let config = house.home().join("config/fristdag");
    std::fs::create_dir_all(&config).unwrap();
    std::fs::write(config.join("settings.toml"), "version = 1\nplain = true\n").unwrap();
    let mut screen = Screen::start(house.home(), &args, SMALL);
    screen.shows(BOARD);
    screen.write("q\n");
    only_lines(&screen);
}
