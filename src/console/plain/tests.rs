//! Lines in, what is told.

use super::{SIZE, Talk};
use crate::{
    console::{
        event::Event,
        tests::{Bench, now},
    },
    text::Lang,
};

/// A talk over a desk whose answers are written in the console's tests.
struct Told {
    bench: Bench,
    talk: Talk,
    all: String,
}

impl Told {
    fn new(lang: Lang) -> Self {
        let mut bench = Bench::new(SIZE.0, SIZE.1);
        bench.state.lang = lang;
        let mut talk = Talk::new();
        let all = format!(
            "{}\n{}",
            talk.welcome(&bench.state),
            talk.say(&mut bench.state)
        );
        Self { bench, talk, all }
    }

    fn line(&mut self, line: &str) -> String {
        self.bench.event(Event::Tick);
        let effects = self.talk.take(&mut self.bench.state, line, now());
        self.bench.answer(effects);
        let said = self.talk.say(&mut self.bench.state);
        self.all.push_str(&format!("{line}\n{said}"));
        said
    }

    fn lines(&mut self, lines: &[&str]) -> String {
        let mut last = String::new();
        for line in lines {
            last = self.line(line);
        }
        last
    }
}

fn shows(name: &str, lines: &[&str]) {
    for (lang, ending) in [(Lang::Sv, ""), (Lang::En, "-en")] {
        let mut told = Told::new(lang);
        told.lines(lines);
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(format!("plain-{name}{ending}"), told.all);
        });
    }
}

#[test]
fn the_board_a_stay_and_its_parts() {
    shows(
        "stay",
        &[
            "2", "1", "3", "c", "!", "q", "2", "q", "3", "q", "4", "q", "q",
        ],
    );
}

#[test]
fn an_event_is_recorded_field_by_field() {
    shows(
        "record",
        &["2", "s", "25:00", "", "2019-03-08 10:00", "j", "q"],
    );
}

#[test]
fn the_month_close() {
    shows(
        "close",
        &[
            "g m",
            "1",
            "3",
            "q",
            "f",
            "l",
            "2019-03 39001",
            "2019-03 39000",
            "y",
        ],
    );
}

#[test]
fn lists_filter_and_help() {
    shows(
        "lists",
        &[
            "/sip",
            "/",
            "s",
            "4",
            ": ordning",
            "q",
            "?",
            "a",
            "99",
            "hej",
        ],
    );
}

#[test]
fn nothing_is_sent_before_it_was_confirmed_and_a_mark_cancels() {
    use crate::desk::request::Ask;
    let mut told = Told::new(Lang::Sv);
    let record = |told: &Told| {
        let asks = told.bench.asked.iter();
        asks.filter(|ask| matches!(ask, Ask::Record { .. })).count()
    };
    told.lines(&["2", "n", "", "hej", "", "", ""]);
    assert_eq!(record(&told), 0);
    let said = told.line("!");
    assert!(said.contains("Inget registrerades"), "{said}");
    assert!(told.bench.state.overlay.is_none());
    told.lines(&["n", "", "hej", "", "", "", "n"]);
    assert_eq!(record(&told), 0);
    told.lines(&["n", "", "hej", "", "", "", "2", "hej igen", "j"]);
    let sent = told.bench.asked.iter().find_map(|ask| match ask {
        Ask::Record { events } => Some(events[0].clone()),
        _ => None,
    });
    assert!(sent.unwrap().contains("hej igen"));
    assert_eq!(record(&told), 1);
}

#[test]
fn a_refused_form_says_why_and_stays() {
    use crate::desk::error::DeskError;
    let mut told = Told::new(Lang::Sv);
    told.lines(&["2", "n", "", "hej", "", "", ""]);
    told.bench.refuse = Some(DeskError::no("read_only", "disken är full"));
    let said = told.line("j");
    assert!(said.contains("disken är full"), "{said}");
    let said = told.line("j");
    assert!(said.contains("Registrerat"), "{said}");
}

#[test]
fn names_are_told_as_far_as_the_role_and_the_key_let_them() {
    let mut told = Told::new(Lang::Sv);
    assert!(told.line("").contains("Anna Andersson"));
    let said = told.line("N");
    assert!(said.contains("VARM-1, A. A.,"), "{said}");
    assert!(!told.line("").contains("Andersson"));
    told.line("N");
    let said = told.line("");
    assert!(
        said.contains("VARM-1, Karlstad") && !said.contains("A. A."),
        "{said}"
    );
}

#[test]
fn the_board_tells_what_its_rows_are_marked_with_and_how_fresh_it_is() {
    let mut told = Told::new(Lang::Sv);
    let board = told.bench.state.board.board.as_mut().unwrap();
    std::sync::Arc::make_mut(board).rows[1].conflicts = 1;
    told.bench.state.settings.silent_after_hours = 36;
    told.bench.state.since = Some(39);
    let said = told.line("");
    let said = said.replace('\u{a0}', " ");
    for wanted in [
        "Middagsklockan: tors 7 mars 12:00, om 13 timmar: 2 underrättelser förlorar ett dygn, 18 800 kronor.",
        "TYST KÄLLA: cambio, för 1 dygn 13 timmar sedan.",
        "VARM-1, Anna Andersson, Karlstad, Avd 5. Ändrad sedan förra passet. Uppgifter i konflikt. Dag 2.",
        "Varje väntedag kostar 9 400 kronor.",
        "18 800 kronor hittills. I morgon 9 400 kronor.",
        "Senast hört för 3 timmar sedan.",
    ] {
        assert!(said.contains(wanted), "{wanted}: {said}");
    }
}

#[test]
fn groups_and_views_are_told() {
    let mut told = Told::new(Lang::Sv);
    let said = told.line("o");
    assert!(
        said.contains("1. 1780 Karlstad: 3, 1 löper, i dag 9 400 kronor."),
        "{said}"
    );
    assert!(said.contains("2. Löper. VARM-7"), "{said}");
    told.lines(&["v", "2"]);
    let said = told.line("");
    assert!(said.contains("Vy: löper nu"), "{said}");
}

#[test]
fn rows_are_marked_by_number_and_acted_on_together() {
    let mut told = Told::new(Lang::Sv);
    let said = told.line("space 1 3 99");
    assert!(
        said.contains("VARM-7: Märkt.") && said.contains("VARM-2: Märkt."),
        "{said}"
    );
    assert!(
        said.contains("inget sådant nummer") && said.contains("2 märkta"),
        "{said}"
    );
    assert!(told.line("").contains("Avd 5. Märkt."));
    let said = told.line("space 3");
    assert!(said.contains("VARM-2: Inte längre märkt."), "{said}");
    assert!(told.line("?").contains("deras nummer: Space 3 5."));
    let said = told.lines(&["Space 2", "b", "1", "", "ringt", "", "", ""]);
    assert!(
        said.contains("VARM-1: Betalansvar: tors 7 mars 00:00, blir fre 8 mars 00:00;"),
        "{said}"
    );
    let said = told.line("j");
    assert!(
        said.contains("VARM-1, Registrerat") && said.contains("VARM-7, Registrerat"),
        "{said}"
    );
    assert!(told.line("").contains("Tavlan."));
}

#[test]
fn a_form_without_fields_is_only_confirmed() {
    let mut told = Told::new(Lang::Sv);
    told.bench.view = crate::console::tests::doubled();
    told.lines(&["2", "1", "8", "x", "dubblett", "j"]);
    let said = told.line("U");
    assert!(
        said.contains("registreras igen") && said.contains("Registrera? j/n"),
        "{said}"
    );
    assert!(told.line("j").contains("Ångrat"));
}

#[test]
fn a_long_part_says_which_of_its_lines_are_told() {
    let which = |from, count| super::speak::which(from, count, Lang::Sv);
    assert_eq!(which(0, 20), None);
    assert_eq!(which(20, 45).as_deref(), Some("21-40 av 45."));
    assert_eq!(which(40, 45).as_deref(), Some("41-45 av 45."));
    let mut told = Told::new(Lang::Sv);
    let said = told.lines(&["2", "3", "1"]);
    assert!(said.contains("inget att välja"), "{said}");
}

#[test]
fn a_terminal_without_letters_beyond_ascii_is_told_none() {
    let mut told = Told::new(Lang::Sv);
    told.bench.state.look.utf8 = false;
    assert!(told.talk.welcome(&told.bench.state).is_ascii());
    let said = told.line("");
    assert!(
        said.is_ascii() && said.contains("Loper. VARM-7, Goran Akesson"),
        "{said}"
    );
}

#[test]
fn what_others_record_is_told_with_the_next_answer_and_once() {
    let mut told = Told::new(Lang::Sv);
    told.bench.event(Event::Changed(99));
    let said = told.line("hej");
    assert!(!said.contains("VARM-1"), "nothing of it changed: {said}");
    let board = told.bench.state.board.board.as_mut().unwrap();
    std::sync::Arc::make_mut(board).rows[1].line.ward = "Avd 9".to_owned();
    told.bench.state.seq = 100;
    let said = told.line("hej");
    let changed = said.split("Ändrat sedan sist:").nth(1).unwrap();
    assert!(
        changed.contains("VARM-1") && !changed.contains("VARM-7"),
        "{said}"
    );
    assert!(!told.line("hej").contains("Ändrat"));
}

#[test]
fn a_locked_talk_tells_nothing_of_patients_until_an_empty_line() {
    let mut told = Told::new(Lang::Sv);
    told.lines(&["2", "n", "", "hej", "", "", ""]);
    told.bench.state.idle.locked = true;
    let said = told.line("j");
    assert!(said.contains("Låst") && !said.contains("VARM"), "{said}");
    assert!(told.bench.state.idle.locked);
    let said = told.line("");
    assert!(
        said.contains("hej") && !told.bench.state.idle.locked,
        "{said}"
    );
}

#[test]
fn long_boards_are_told_in_pages() {
    let mut told = Told::new(Lang::En);
    let mut board = crate::console::tests::board();
    let row = board.rows[1].clone();
    board.rows = (0..50)
        .map(|number| {
            let mut row = row.clone();
            row.line.episode = format!("S-{number}").parse().unwrap();
            row
        })
        .collect();
    let lens = told.bench.state.lens();
    let page = &mut told.bench.state.board;
    page.take(std::sync::Arc::new(board), &lens);
    let said = told.line("");
    assert!(said.contains("20. ") && !said.contains("21. "), "{said}");
    assert!(said.contains("1-20 of 50"), "{said}");
    let said = told.line("m");
    assert!(
        said.contains("21. Grace. S-20") && said.contains("40. "),
        "{said}"
    );
    told.line("m");
    assert!(told.line("m").contains("no more"));
    told.line("50");
    assert_eq!(told.bench.state.board.place.at, 49);
}

/// Screens without words of their own are told from what they would draw.
#[test]
fn rows_of_any_screen_are_found_by_moving_in_a_copy() {
    let mut told = Told::new(Lang::Sv);
    assert_eq!(super::other::count(&told.bench.state), 4);
    assert_eq!(super::other::rows(&told.bench.state, 0).len(), 4);
    let page = super::other::page(&mut told.talk, &told.bench.state);
    assert!(
        page.lines
            .iter()
            .any(|line| line.starts_with("2. ") && line.contains("VARM-1"))
    );
    told.line("g m");
    assert_eq!(super::other::count(&told.bench.state), 2);
    assert!(told.bench.asked.len() < 20, "a copy asks nothing");
}

/// A list is told by pages: its other rows stand on theirs, and not before.
#[test]
fn rows_of_other_pages_are_not_told() {
    let mut told = Told::new(Lang::Sv);
    let first = told.line("g l");
    assert!(
        first.contains("\n1. ") && first.contains("\n20. "),
        "{first}"
    );
    assert!(first.lines().count() <= 24, "{first}");
    let second = told.line("m");
    assert!(
        second.starts_with("21. ") && second.contains("\n40. "),
        "{second}"
    );
    assert!(second.lines().count() <= 24, "{second}");
}

/// Headings are no rows: a number is a duty's, here and with `G`.
#[test]
fn duties_are_numbered_without_their_headings() {
    let mut told = Told::new(Lang::Sv);
    let said = told.line("g d");
    assert_eq!(super::other::rows(&told.bench.state, 0).len(), 6);
    let line = |number: &str| said.lines().position(|line| line.starts_with(number));
    assert!(line("1. ") < line("2. ") && line("6. ").is_some(), "{said}");
    let late = line("FÖRSENAT");
    assert!(late.is_some() && late < line("1. "), "{said}");
    assert!(
        line("1. ") < line("I DAG") && line("I DAG") < line("2. "),
        "{said}"
    );
}

/// The moment that is shown may be hours from the real one, by which the
/// console locks.
#[test]
fn a_moment_ahead_locks_no_copy() {
    let mut told = Told::new(Lang::Sv);
    told.bench.state.fixed = Some(now() + chrono::TimeDelta::hours(8));
    told.line("g l");
    assert_eq!(super::other::rows(&told.bench.state, 0).len(), 20);
}

#[test]
fn hostile_text_is_told_without_what_a_terminal_obeys() {
    let mut told = Told::new(Lang::Sv);
    let hostile = "\u{1b}]0;x\u{7}\u{202e}Eve\u{200b}\u{9b}2J\nrad";
    let mut board = crate::console::tests::board();
    for row in &mut board.rows {
        row.patient.name = Some(hostile.to_owned());
        row.patient.protected = false;
        row.line.ward = hostile.to_owned();
    }
    let lens = told.bench.state.lens();
    let page = &mut told.bench.state.board;
    page.take(std::sync::Arc::new(board), &lens);
    told.lines(&["", "2", "n", "", hostile, "", "", "", "j"]);
    let bad =
        |char: char| (char.is_control() && char != '\n') || matches!(char, '\u{200b}' | '\u{202e}');
    let typed = told.all.replace(&format!("{hostile}\n"), "");
    assert!(!typed.contains(bad), "{typed:?}");
}
