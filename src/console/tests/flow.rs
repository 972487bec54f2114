//! Before, keys, after.

use super::*;
use crate::console::{
    action::{Context, Layer},
    form::Task,
    screen::{Screen, sort::Sort},
    state::Overlay,
};

fn episodes(bench: &Bench) -> Vec<String> {
    let board = &bench.state.board;
    let rows = (0..board.shown.len()).filter_map(|at| board.row(at));
    rows.map(|row| row.line.episode.to_string()).collect()
}

pub(super) fn records(bench: &Bench) -> Vec<Vec<Value>> {
    let events = bench.asked.iter().filter_map(|ask| match ask {
        Ask::Record { events } => Some(events),
        _ => None,
    });
    let parse = |line: &String| serde_json::from_str(line).unwrap();
    events
        .map(|events| events.iter().map(parse).collect())
        .collect()
}

pub(super) fn form_of(bench: &Bench) -> &crate::console::form::Form {
    match &bench.state.overlay {
        Some(Overlay::Form(form)) => form,
        other => panic!("no form: {other:?}"),
    }
}

#[test]
fn the_first_question_is_for_the_rows_that_fit() {
    let bench = Bench::new(80, 24);
    let limits = bench.asked.iter().map(|ask| match ask {
        Ask::Board(ask) => ask.limit,
        other => panic!("{other:?}"),
    });
    assert_eq!(limits.collect::<Vec<_>>(), [Some(18), None]);
}

#[test]
fn the_filter_looks_in_names_ids_payers_and_flags_and_esc_clears_it() {
    for (typed, found) in [
        ("göran", vec!["VARM-7"]),
        ("varm-2", vec!["VARM-2"]),
        ("kil", vec!["VARM-2"]),
        ("sip saknas", vec!["VARM-9"]),
        ("skyddad", vec!["VARM-9"]),
        ("xyz", vec![]),
    ] {
        let mut bench = Bench::new(80, 24);
        bench.keys("/").keys(typed);
        assert_eq!(episodes(&bench), found, "{typed}");
        bench.keys("<enter>");
        assert_eq!(bench.state.context(), Context::On(Screen::Board));
        assert_eq!(episodes(&bench), found, "{typed}");
        bench.keys("<esc>");
        assert_eq!(episodes(&bench).len(), 4);
    }
}

#[test]
fn a_letter_that_is_a_command_is_text_in_the_filter() {
    let mut bench = Bench::new(80, 24);
    bench.keys("/q?");
    assert!(!bench.quit && bench.state.overlay.is_none());
    assert_eq!(bench.state.board.filter.value(), "q?");
}

#[test]
fn sorting_reversing_and_all_rows() {
    let mut bench = Bench::new(80, 24);
    bench.keys("a");
    assert_eq!(episodes(&bench).len(), 5);
    bench.keys("sjjjj<enter>");
    assert_eq!(bench.state.board.sort, Sort::Stay);
    assert_eq!(
        episodes(&bench),
        ["VARM-1", "VARM-2", "VARM-4", "VARM-7", "VARM-9"]
    );
    bench.keys("S");
    assert_eq!(episodes(&bench)[0], "VARM-9");
}

#[test]
fn the_selection_follows_its_stay_and_chords_move_it() {
    let mut bench = Bench::new(80, 24);
    bench.keys("G");
    assert_eq!(
        bench.state.board.selected().unwrap().line.episode.as_str(),
        "VARM-9"
    );
    bench.keys("S");
    assert_eq!(bench.state.board.place.at, 0);
    assert_eq!(
        bench.state.board.selected().unwrap().line.episode.as_str(),
        "VARM-9"
    );
    bench.keys("jjg");
    assert!(bench.says("g …"));
    bench.keys("g");
    assert_eq!(bench.state.board.place.at, 0);
    bench.keys("p");
    assert_eq!(episodes(&bench), ["VARM-9", "VARM-1", "VARM-7"]);
    bench.keys("p");
    assert_eq!(episodes(&bench).len(), 4);
}

#[test]
fn a_key_that_does_nothing_says_where_help_is() {
    let mut bench = Bench::new(80, 24);
    bench.keys("x");
    assert!(
        bench.says("x gör inget här; ? visar tangenterna"),
        "{}",
        bench.picture()
    );
}

#[test]
fn sip_called_is_recorded_now_with_one_new_event() {
    let mut bench = Bench::new(80, 24);
    bench.keys("j<enter>s");
    assert!(bench.says("tors 7 mars 00:00"), "{}", bench.picture());
    bench.keys("<enter>");
    let recorded = records(&bench);
    assert_eq!(recorded.len(), 1);
    assert_eq!(
        recorded[0],
        [json!({"id": "ui-0", "episode": "VARM-1", "at": NOW, "kind": "sip_called"})]
    );
    assert!(bench.state.overlay.is_none());
    assert!(
        bench.says("Registrerat: Kallelse till SIP"),
        "{}",
        bench.picture()
    );
}

#[test]
fn a_time_is_typed_over_the_default_and_checked_while_typing() {
    let mut bench = Bench::new(80, 24);
    bench.keys("j<enter>s25:00");
    assert!(
        bench.says("! skriv 14:30, igår 14:30"),
        "{}",
        bench.picture()
    );
    bench.keys("<enter>");
    assert!(records(&bench).is_empty());
    bench.keys("<ctrl-u>igår 14:30<tab>2019-03-08 09:00<enter>");
    let event = &records(&bench)[0][0];
    assert_eq!(event["at"], "2019-03-05T14:30:00+01:00");
    assert_eq!(event["meeting_at"], "2019-03-08T09:00:00+01:00");
    let mut bench = Bench::new(80, 24);
    bench.keys("j<enter>s23:30");
    assert!(bench.says("ligger i framtiden"));
}

#[test]
fn what_must_be_filled_is_asked_for_and_nothing_is_sent_without_it() {
    let mut bench = Bench::new(80, 24);
    bench.keys("j<enter>t<enter>");
    assert!(records(&bench).is_empty());
    assert!(bench.says("! behövs"));
    bench.keys("feber, åter till avd<enter>");
    assert_eq!(records(&bench)[0][0]["reason"], "feber, åter till avd");
}

#[test]
fn a_correction_is_one_void_and_one_new_event_in_one_request() {
    let mut bench = Bench::new(80, 24);
    // The newest event is the void; the one before it is the ready notice.
    bench.keys("j<enter>c");
    assert!(bench.says("en makulering kan inte ändras"));
    bench.keys("kc");
    assert!(matches!(form_of(&bench).task, Task::Correct { .. }));
    assert_eq!(form_of(&bench).fields[0].content(), "2019-03-04 11:00");
    // The reason has the focus; the time is two fields before it.
    bench.keys("fel tid<tab>2019-03-04 11:30<enter>");
    let recorded = records(&bench);
    assert_eq!(
        recorded,
        [vec![
            json!({"id": "ui-0", "episode": "VARM-1", "at": NOW, "kind": "void", "event": "e", "reason": "fel tid"}),
            json!({"id": "ui-1", "episode": "VARM-1", "at": "2019-03-04T11:30:00+01:00", "kind": "ready_notice"}),
        ]]
    );
}

#[test]
fn a_correction_keeps_fields_that_it_does_not_touch() {
    let mut bench = Bench::new(80, 24);
    bench.keys("j<enter>kkkc");
    let fields: Vec<_> = form_of(&bench)
        .fields
        .iter()
        .map(|field| field.content().to_owned())
        .collect();
    assert_eq!(fields, ["2019-03-01 10:00", "2019-03-05", ""]);
    bench.keys("nytt besked<enter>");
    assert_eq!(records(&bench)[0][1]["date"], "2019-03-05");
    assert_eq!(records(&bench)[0][1].get("source"), None);
}

#[test]
fn an_event_is_voided_with_a_reason() {
    let mut bench = Bench::new(80, 24);
    bench.keys("j<enter>kxdubblett<enter>");
    let recorded = records(&bench);
    assert_eq!(recorded[0].len(), 1);
    assert_eq!(recorded[0][0]["event"], "e");
}

#[test]
fn a_checklist_item_is_ticked_where_it_stands() {
    let mut bench = Bench::new(80, 24);
    bench.keys("j<enter><tab>j<enter><enter>");
    let event = &records(&bench)[0][0];
    assert_eq!(
        (&event["item"], &event["done"]),
        (&json!("medication"), &json!(true))
    );
}

#[test]
fn what_makes_no_sense_now_says_why() {
    let mut bench = Bench::new(80, 24);
    bench.keys("j<enter>u");
    assert!(bench.says("patienten är redan utskrivningsklar"));
    bench.keys("w");
    assert!(bench.says("ingen kallelse till SIP gäller"));
    bench.keys("v");
    assert!(bench.says("identiteten är inte skyddad"));
    bench.keys("a");
    assert!(bench.says("(patienten är redan utskrivningsklar)"));
    bench.keys("k<enter>");
    assert!(
        bench.state.overlay.is_some(),
        "a disabled line opened something"
    );
}

#[test]
fn a_refusal_stays_in_the_form_and_sending_again_uses_the_same_id() {
    let mut bench = Bench::new(80, 24);
    bench.keys("j<enter>s");
    bench.refuse = Some(DeskError::no("read_only", "disken är full"));
    bench.keys("<enter>");
    assert!(bench.says("disken är full"), "{}", bench.picture());
    bench.keys("<enter>");
    let recorded = records(&bench);
    assert_eq!(recorded.len(), 2);
    assert_eq!(recorded[0][0]["id"], recorded[1][0]["id"]);
}

#[test]
fn what_was_typed_is_not_lost_by_one_key() {
    let mut bench = Bench::new(80, 24);
    bench.keys("j<enter>nhej<esc>");
    assert!(bench.says("försvinner"));
    assert_eq!(bench.state.context(), Context::Over(Layer::Form));
    bench.keys("<ctrl-c>");
    assert!(bench.quit, "the second key leaves");
    let mut bench = Bench::new(80, 24);
    bench.keys("j<enter>n<esc>");
    assert_eq!(bench.state.context(), Context::On(Screen::Stay));
}

#[test]
fn others_changes_are_read_once_and_own_ones_not_twice() {
    let mut bench = Bench::new(80, 24);
    let boards = |bench: &Bench| {
        bench
            .asked
            .iter()
            .filter(|ask| matches!(ask, Ask::Board(_)))
            .count()
    };
    let before = boards(&bench);
    bench.event(Event::Changed(41));
    assert_eq!(boards(&bench), before, "nothing newer than what is shown");
    bench.event(Event::Changed(50));
    assert_eq!(boards(&bench), before + 1);
    bench.event(Event::Changed(50));
    assert_eq!(boards(&bench), before + 1);
}

#[test]
fn a_lost_connection_shows_and_goes() {
    let mut bench = Bench::new(80, 24);
    bench.event(Event::Trouble(DeskError::store("unreachable", "…")));
    assert!(bench.says("INGEN KONTAKT MED LAGRET"));
    bench.event(Event::Contact(crate::desk::service::Connection::Client(77)));
    assert!(!bench.says("INGEN KONTAKT"));
    assert!(bench.says("via process 77"));
}

#[test]
fn help_lies_over_a_form_and_loses_nothing_typed() {
    let mut bench = Bench::new(80, 24);
    bench.keys("j<enter>nhej<f1>");
    assert_eq!(bench.state.context(), Context::Over(Layer::Help));
    assert!(bench.says("Nästa fält"), "{}", bench.picture());
    bench.keys("<esc>");
    assert_eq!(form_of(&bench).fields[1].content(), "hej");
}

#[test]
fn no_size_panics_on_any_screen() {
    for keys in [
        "",
        "a/x",
        "?",
        "s",
        "j<enter>",
        "j<enter>e",
        "j<enter>a",
        "j<enter>kc",
        "m",
        "mj<enter>",
        "ml",
    ] {
        let mut bench = Bench::new(80, 24);
        bench.keys(keys);
        for width in [0, 1, 2, 3, 20, 59, 60, 61, 79, 139, 140, 141, 300] {
            for height in [0, 1, 2, 3, 14, 15, 16, 23, 100] {
                bench.event(Event::Resize(width, height));
                bench.picture();
                bench.keys("<down>");
                bench.picture();
            }
        }
        bench.event(Event::Resize(59, 15));
        assert!(bench.says("Fönstret är för litet"));
    }
}

#[test]
fn an_explanation_that_fails_leaves_the_stay_readable() {
    let mut bench = Bench::new(80, 24);
    bench.refuse = Some(DeskError::no("agreement_unknown", "varmland-2019"));
    bench.keys("j<enter>");
    assert!(bench.says("Inskrivningsmeddelande"));
    bench.keys("e");
    assert!(
        bench.says("varmland-2019") && !bench.says("läser …"),
        "{}",
        bench.picture()
    );
    bench.keys("r");
    assert!(bench.says("kallelse till SIP"), "{}", bench.picture());
}

#[test]
fn a_board_that_cannot_be_read_says_so_and_keeps_what_is_shown() {
    let mut bench = Bench::new(80, 24);
    let serial = 1_000;
    let purpose = Purpose::Board;
    let error = DeskError::store("unreachable", "no answer");
    bench.event(Event::Reply(Ticket { serial, purpose }, Err(error)));
    assert!(bench.says("no answer") && bench.says("VARM-1"));
}

#[test]
fn an_older_answer_never_replaces_a_newer_one() {
    let mut bench = Bench::new(80, 24);
    let mut old = board();
    old.rows.clear();
    let ticket = Ticket {
        serial: 1,
        purpose: Purpose::Board,
    };
    bench.event(Event::Reply(ticket, Ok(Reply::Board(Arc::new(old)))));
    assert_eq!(episodes(&bench).len(), 4);
}

#[test]
fn a_passed_boundary_is_read_anew() {
    let mut bench = Bench::new(80, 24);
    bench.state.fixed = None;
    bench.state.idle = crate::console::idle::Idle::new(std::time::Duration::ZERO, now());
    let boards = |bench: &Bench| {
        let boards = bench
            .asked
            .iter()
            .filter(|ask| matches!(ask, Ask::Board(_)));
        boards.count()
    };
    let before = boards(&bench);
    let soon = now() + chrono::TimeDelta::minutes(59);
    assert!(bench.state.handle(Event::Tick, soon).is_empty());
    assert!(bench.says("1 m 00 s"), "{}", bench.picture());
    let passed = now() + chrono::TimeDelta::minutes(60);
    assert_eq!(bench.state.handle(Event::Tick, passed).len(), 1);
    assert_eq!(boards(&bench), before);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    /// Whatever is pressed, nothing panics, everything can be drawn, and Esc
    /// leads back to the board.
    #[test]
    fn any_keys_on_any_size(
        keys in proptest::collection::vec(0_usize..60, 0..80),
        width in 0_u16..220,
        height in 0_u16..60,
    ) {
        const NAMED: [&str; 10] = ["enter", "esc", "tab", "down", "up", "left", "right", "end", "f1", "ctrl-u"];
        const TYPED: &str = "jkGg/sSaplmqrL?cxvetufFbodiDnwOhå日-2:0 k9U";
        let mut bench = Bench::new(width, height);
        for key in keys {
            match NAMED.get(key) {
                Some(name) => bench.event(Event::Key(named(name))),
                None => {
                    let char = TYPED.chars().nth(key - NAMED.len()).unwrap_or('j');
                    bench.keys(&char.to_string());
                }
            }
            bench.picture();
        }
        for _ in 0..12 {
            bench.keys("<esc>");
        }
        proptest::prop_assert_eq!(bench.state.context(), Context::On(Screen::Board));
    }
}

#[test]
fn nothing_is_recorded_from_a_window_too_small_to_show_it() {
    let mut bench = Bench::new(80, 24);
    bench.keys("j<enter>s");
    bench.event(Event::Resize(40, 10));
    bench.keys("<enter>");
    assert!(records(&bench).is_empty());
    bench.event(Event::Resize(80, 24));
    bench.keys("<enter>");
    assert_eq!(records(&bench).len(), 1);
}
