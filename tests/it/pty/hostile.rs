//! What never reaches the terminal: commands to it from patients' names, and
//! those whom nobody may see.

use super::{
    screen::{LARGE, SMALL, Screen, Size},
    store::{EVENING, House},
};

/// Names and wards that would clear the screen, set its title, turn the text
/// about, colour it by a one-byte CSI, and that are wide.
const STRANGERS: &str = r#"{"id":"1","episode":"OND-1","at":"2019-03-04T09:00:00+01:00","kind":"admitted","patient":{"pnr":"19500807-2307","name":"Ond\u001b]0;ägd\u0007\u001b[2J\u202eKalle\u2066 \u009b35mRosa"},"hospital":"Sjuk\u001b[8mhuset","ward":"Avd\u001b[7m 2","care_form":"somatic","municipality":"1780"}
{"id":"2","episode":"OND-1","at":"2019-03-06T10:00:00+01:00","kind":"ready_notice"}
{"id":"3","episode":"OND-1","at":"2019-03-06T10:05:00+01:00","kind":"note","text":"rad\u001b[3;4Hhopp\u202d"}
{"id":"1","episode":"BRED-1","at":"2019-03-04T09:00:00+01:00","kind":"admitted","patient":{"pnr":"19500930-1770","name":"山田太郎山田太郎山田太郎山田太郎"},"hospital":"Exempelsjukhuset","ward":"Avd 2","care_form":"somatic","municipality":"1780"}
{"id":"2","episode":"BRED-1","at":"2019-03-06T10:00:00+01:00","kind":"ready_notice"}
"#;

const HIDDEN: &str = r#"{"id":"1","episode":"SKYDD-1","at":"2019-03-04T09:00:00+01:00","kind":"admitted","patient":{"pnr":"19500307-2260","name":"Hemlig Gömdsson","protected":true},"hospital":"Exempelsjukhuset","ward":"Avd 2","care_form":"somatic","municipality":"1780"}
{"id":"2","episode":"SKYDD-1","at":"2019-03-06T10:00:00+01:00","kind":"ready_notice"}
"#;

fn console(house: &House, size: Size) -> Screen {
    let args = ["--store", &house.store(), "--now", EVENING];
    Screen::start(house.home(), &args, size)
}

fn holds(raw: &[u8], text: &str) -> bool {
    raw.windows(text.len()).any(|part| part == text.as_bytes())
}

#[test]
fn names_command_no_terminal() {
    let house = House::new();
    house.import(STRANGERS, &[]);
    for size in [SMALL, LARGE] {
        let mut screen = console(&house, size);
        screen.shows("OND-1");
        screen.shows("山田");
        // Wide characters move no column: the flags stand under each other.
        let column = |stay| {
            let line = screen.line(stay);
            let at = line.find("vårdkontakt").or_else(|| line.find("inskriv"));
            at.map(|at| unicode_width::UnicodeWidthStr::width(&line[..at]))
        };
        assert_eq!(column("OND-1"), column("BRED-1"));
        screen.press("/");
        screen.shows("Filter:");
        screen.write("ond-1");
        screen.shows("1 av 1");
        screen.press("enter");
        screen.loses("Enter behåll");
        screen.press("enter");
        screen.shows("hopp");
        screen.press("ctrl-c");
        screen.ended_cleanly();
        let raw = screen.raw();
        for bad in [
            "\x1b]",
            "\x1b[8m",
            "\x1b[3;4H",
            "\x1b[35m",
            "\x07",
            "\u{9b}",
            "\u{202e}",
            "\u{202d}",
            "\u{2066}",
        ] {
            assert!(!holds(&raw, bad), "{bad:?} at {size:?}");
        }
    }
}

#[test]
fn who_is_protected_is_not_on_the_board() {
    let house = House::with_march();
    house.import(HIDDEN, &[]);
    for size in [SMALL, LARGE] {
        let mut screen = console(&house, size);
        screen.shows("SKYDD-1");
        assert!(screen.line("SKYDD-1").contains("skyddad"));
        // Nor does a filter tell whether the name was right.
        screen.press("/");
        screen.shows("Filter:");
        screen.write("gömdsson");
        screen.shows("Inget vårdtillfälle passar");
        screen.press("ctrl-c");
        screen.ended_cleanly();
        let raw = screen.raw();
        for secret in ["Hemlig", "Gömdsson", "19500307", "2260"] {
            assert!(!holds(&raw, secret), "{secret} at {size:?}");
        }
    }
}

/// A reason that would set the terminal's title, clear the screen and turn
/// the text about.
const REASON: &str = "fel\u{1b}]0;ägd\u{7}\u{1b}[2J\u{202e} slut";

#[test]
fn log_and_duties_command_no_terminal_and_name_nobody() {
    let house = House::with_march();
    house.import(&format!("{STRANGERS}{HIDDEN}"), &[]);
    let line = [
        "manual", "--month", "2019-03", "--payer", "1780", "--amount", "1",
    ];
    house.run(&[&line[..], &["--reason", REASON]].concat());
    for size in [SMALL, LARGE] {
        let mut screen = console(&house, size);
        screen.shows("SKYDD-1");
        screen.press("g d");
        screen.shows("SENAST");
        screen.shows("SKYDD-1");
        screen.press("g l");
        screen.shows("REGISTRERAT");
        screen.shows("manuell rad");
        // In the small window the reason is cut off before its end.
        let line = screen.line("manuell rad");
        assert!(size == SMALL || line.contains("slut"), "{line}");
        screen.press("/");
        screen.shows("Filter:");
        screen.write("gömdsson");
        screen.shows("Inget i loggen passar");
        screen.press("ctrl-c");
        screen.ended_cleanly();
        for bad in [
            "\x1b]",
            "\x07",
            "\x1b[7m 2",
            "\u{202e}",
            "Hemlig",
            "Gömdsson",
            "2260",
        ] {
            assert!(!screen.wrote(bad), "{bad:?} at {size:?}");
        }
    }
}

#[test]
fn the_terminal_copies_only_where_the_settings_allow_it() {
    let house = House::with_march();
    let mut screen = console(&house, SMALL);
    screen.shows("VARM-1");
    screen.press("y");
    screen.shows("avstängt: copy_osc52");
    screen.press("ctrl-c");
    screen.ended_cleanly();
    assert!(!screen.wrote("\x1b]52"));
    house.settings("copy_osc52 = true\n");
    let mut screen = console(&house, SMALL);
    screen.shows("VARM-1");
    screen.press("y");
    screen.shows("skickades till urklipp");
    screen.press("ctrl-c");
    screen.ended_cleanly();
    assert!(screen.wrote("\x1b]52;c;"));
}
