//! The stay: before, keys, after.

use super::{
    flow::{form_of, records},
    *,
};
use crate::console::{
    action::{Action, Context},
    form::{Task, event_fields, recordable},
    screen::{Screen, stay::Pane},
    state::Overlay,
};
use crate::model::event::Kind;

fn doubled_bench() -> Bench {
    let mut bench = Bench::new(80, 24);
    bench.view = doubled();
    bench.keys("j<enter>");
    bench
}

fn pane(bench: &Bench) -> Pane {
    bench.state.stay().unwrap().pane
}

fn selected(bench: &Bench) -> String {
    let event = bench.state.stay().unwrap().event();
    event.map_or_else(String::new, |event| event.id.to_string())
}

#[test]
fn a_double_is_one_line_and_a_conflict_two_that_stand_together() {
    let bench = doubled_bench();
    let picture = bench.picture();
    let lines: Vec<&str> = picture.lines().collect();
    let calls = lines
        .iter()
        .filter(|line| line.contains("Kallelse till SIP"));
    assert_eq!(calls.count(), 1, "{picture}");
    assert!(bench.says("även från cosmic 13:45"), "{picture}");
    let conflict = |line: &&&str| line.contains("KONFLIKT");
    let at: Vec<_> = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| conflict(line))
        .collect();
    assert_eq!(at.len(), 2, "{picture}");
    assert_eq!(at[0].0 + 1, at[1].0);
    assert!(
        at[0].1.contains("KONFLIKT med cosmic: K avgör"),
        "{picture}"
    );
    assert!(at[1].1.contains("KONFLIKT med anna"), "{picture}");
    // Nine events, one of them said by another line.
    assert_eq!(crate::console::timeline::rows(&bench.view).len(), 8);
}

#[test]
fn a_conflict_is_settled_by_voiding_the_other_one_with_a_reason() {
    for (choice, voided) in [("", "g"), ("<right>", "e")] {
        let mut bench = doubled_bench();
        bench.keys("K");
        assert!(matches!(form_of(&bench).task, Task::Settle { .. }));
        assert!(bench.says("; 9 400 kr mindre på en"), "{}", bench.picture());
        bench.keys(choice).keys("<enter>");
        let recorded = records(&bench);
        assert_eq!(recorded.len(), 1, "{choice}");
        assert_eq!(recorded[0].len(), 1);
        assert_eq!(
            (&recorded[0][0]["kind"], &recorded[0][0]["event"]),
            (&json!("void"), &json!(voided))
        );
        assert!(!recorded[0][0]["reason"].as_str().unwrap().is_empty());
    }
    let mut bench = Bench::new(80, 24);
    bench.keys("j<enter>K");
    assert!(bench.says("inga uppgifter motsäger varandra"));
}

#[test]
fn deadlines_that_have_passed_come_first_and_what_is_done_last() {
    let mut bench = Bench::new(80, 24);
    bench.keys("j<enter><tab><tab>");
    let duties = bench.state.stay().unwrap().duties();
    let codes: Vec<_> = duties.iter().map(|duty| duty.code.as_str()).collect();
    assert_eq!(codes, ["acknowledgement", "sip_called", "admission_notice"]);
    assert!(bench.says("23 h 00 m över tiden") && bench.says("1 d 00 h kvar"));
}

#[test]
fn a_tick_that_moves_nothing_takes_one_key_and_one_that_does_is_shown_first() {
    let mut bench = Bench::new(80, 24);
    bench.idle = true;
    bench.keys("j<enter><tab><enter>");
    assert!(bench.state.overlay.is_none());
    let event = &records(&bench)[0][0];
    assert_eq!(
        (&event["item"], &event["done"]),
        (&json!("aids"), &json!(false)),
        "done is undone"
    );
    let mut bench = Bench::new(80, 24);
    bench.keys("j<enter><tab>jb");
    assert!(records(&bench).is_empty());
    assert!(
        bench.says("tors 7 mars 00:00 → fre 8 mars 00:00"),
        "{}",
        bench.picture()
    );
}

#[test]
fn the_explanation_unfolds_to_clauses_and_inputs_and_enter_follows_an_input() {
    let mut bench = Bench::new(120, 50);
    bench.keys("j<enter>e");
    assert!(!bench.says("not i"), "{}", bench.picture());
    bench.keys("+");
    assert!(
        bench.says("not i") && bench.says("§ "),
        "{}",
        bench.picture()
    );
    bench.keys("-");
    assert!(
        !bench.says("Karlstad (1780) betalar"),
        "{}",
        bench.picture()
    );
    // The second root, its only step, the step's input.
    bench.keys("j<right><right><right>");
    assert!(bench.says("§ "), "{}", bench.picture());
    bench.keys("<right>jj");
    bench.keys("k");
    let at = bench.state.stay().unwrap().places[Pane::Why as usize].at;
    bench.keys("<left>");
    let out = bench.state.stay().unwrap().places[Pane::Why as usize].at;
    assert!(out < at, "left leads out of the branch");
    bench.keys("jj<enter>");
    assert_eq!(
        (pane(&bench), selected(&bench).as_str()),
        (Pane::Events, "a"),
        "{}",
        bench.picture()
    );
}

#[test]
fn right_and_left_lead_from_part_to_part_outside_the_tree() {
    let mut bench = Bench::new(80, 24);
    bench.keys("j<enter><right><right>");
    assert_eq!(pane(&bench), Pane::Duties);
    bench.keys("<left>");
    assert_eq!(pane(&bench), Pane::Checklist);
    bench.keys("+");
    assert!(bench.says("bara i förklaringen"));
    bench.keys("p");
    assert_eq!(pane(&bench), Pane::Costs);
    assert!(
        bench.says("Om en vecka 56 400 kr, om inget händer"),
        "{}",
        bench.picture()
    );
}

#[test]
fn every_kind_has_a_form_from_the_stay_or_a_reason_why_not() {
    for kind in Kind::ALL {
        let mut bench = Bench::new(80, 24);
        bench.keys("j<enter>");
        bench.state.run(Action::Record(*kind));
        let open = matches!(&bench.state.overlay, Some(Overlay::Form(_)));
        let said = bench.state.notice.is_some();
        match kind {
            // Its form is opened on an event.
            Kind::Void => assert!(!open),
            _ => assert!(open != said, "{kind:?}: {open} {said}"),
        }
        let listed = recordable().contains(kind);
        assert_eq!(
            listed,
            event_fields(*kind).is_some() && *kind != Kind::Admitted
        );
    }
}

#[test]
fn in_halland_the_call_is_taken_back_in_the_same_step() {
    for (municipality, events) in [("1380", 2), ("1780", 1)] {
        let mut bench = doubled_bench();
        let stay = bench.view.stay.as_mut().unwrap();
        stay.details.municipality = municipality.parse().ok();
        bench.keys("rtfeber");
        assert_eq!(
            form_of(&bench).content("with_call"),
            Some(if events == 2 { "true" } else { "false" })
        );
        bench.keys("<enter>");
        let recorded = records(&bench);
        let kinds: Vec<_> = recorded[0].iter().map(|event| &event["kind"]).collect();
        assert_eq!(
            kinds,
            [json!("ready_retracted"), json!("sip_call_withdrawn")]
                .iter()
                .take(events)
                .collect::<Vec<_>>()
        );
        assert_eq!(recorded[0][0].get("with_call"), None);
    }
}

#[test]
fn a_note_carries_a_coded_reason_from_its_own_time_on() {
    let mut bench = Bench::new(80, 24);
    bench.keys("j<enter>npumpen saknas<tab>equipment<enter>");
    let event = &records(&bench)[0][0];
    assert_eq!(
        event["delay_reason"],
        json!({"code": "equipment", "from": NOW})
    );
    let mut bench = Bench::new(80, 24);
    bench.keys("j<enter>nhej<tab><tab>14:30<enter>");
    assert!(records(&bench).is_empty());
    assert!(bench.says("skriv orsakens kod"), "{}", bench.picture());
}

#[test]
fn details_are_changed_field_by_field_and_the_patient_is_one_object() {
    let mut bench = Bench::new(80, 24);
    bench.keys("j<enter>");
    bench.state.run(Action::Record(Kind::DetailsChanged));
    bench.keys("<tab>19121212-121<tab>Anna Nyström<enter>");
    assert!(records(&bench).is_empty());
    assert!(bench.says("! strecket ska stå"), "{}", bench.picture());
    bench.keys("<end>2<enter>");
    let event = &records(&bench)[0][0];
    assert_eq!(
        event["patient"],
        json!({"pnr": "19121212-1212", "name": "Anna Nyström"})
    );
    let names: Vec<_> = event.as_object().unwrap().keys().cloned().collect();
    assert_eq!(names.len(), 5, "{names:?}");
}

#[test]
fn a_new_stay_is_registered_from_the_board_and_opened() {
    let mut bench = Bench::new(80, 24);
    bench.keys("n");
    assert_eq!(form_of(&bench).task, Task::Admit);
    bench.keys("191212121213");
    assert!(
        bench.says("kontrollsiffran stämmer inte"),
        "{}",
        bench.picture()
    );
    bench.keys("<ctrl-u>191212121212<tab>Tolvan Tolvansson<tab><tab>karlst<right>");
    assert_eq!(form_of(&bench).content("municipality"), Some("Karlstad"));
    assert!(bench.says("= 1780"), "{}", bench.picture());
    bench.keys("<tab><tab>Avd 5<enter>");
    let recorded = records(&bench);
    let event = &recorded[0][0];
    assert_eq!(
        event["patient"],
        json!({"pnr": "191212121212", "name": "Tolvan Tolvansson", "protected": false})
    );
    assert_eq!(
        (&event["municipality"], &event["hospital"]),
        (&json!("1780"), &json!("CSK"))
    );
    assert_eq!(event.get("compulsory_care"), None);
    assert_eq!(bench.state.context(), Context::On(Screen::Stay));
    let line = event.to_string();
    assert!(event::parse(line.as_bytes()).is_ok(), "{line}");
}

#[test]
fn a_municipality_that_several_begin_so_is_not_guessed_and_a_known_stay_not_made_twice() {
    let mut bench = Bench::new(80, 24);
    bench.keys("n191212121212<tab>T<tab><tab>karl<tab><tab>Avd 5<enter>");
    assert!(records(&bench).is_empty());
    assert!(
        bench.says("flera kommuner börjar så; → Karlsborg"),
        "{}",
        bench.picture()
    );
    bench.keys("stad<up><up><up><up><up><ctrl-u>VARM-1");
    assert!(bench.says("finns redan"), "{}", bench.picture());
    bench.keys("<enter>");
    assert!(records(&bench).is_empty());
}

#[test]
fn the_last_thing_done_here_is_undone_by_a_void_and_the_one_before_after_it() {
    let mut bench = Bench::new(80, 24);
    bench.keys("j<enter>U");
    assert!(bench.says("inget är registrerat härifrån än"));
    bench.keys("s<enter>U");
    assert!(
        bench.says("Kallelse till SIP · VARM-1"),
        "{}",
        bench.picture()
    );
    assert!(bench.says("fre 8 mars 00:00"), "the effect is shown first");
    bench.keys("<enter>");
    let recorded = records(&bench);
    assert_eq!(recorded.len(), 2);
    assert_eq!(
        (&recorded[1][0]["kind"], &recorded[1][0]["event"]),
        (&json!("void"), &recorded[0][0]["id"])
    );
    assert!(
        bench.says("Ångrat: Kallelse till SIP (VARM-1)"),
        "{}",
        bench.picture()
    );
    bench.keys("U");
    assert!(bench.says("inget är registrerat härifrån än"));
}

#[test]
fn a_void_is_undone_by_recording_again_what_it_took_back() {
    let mut bench = Bench::new(80, 24);
    bench.view = doubled();
    bench.keys("j<enter>G");
    let event = bench.state.stay().unwrap().event().unwrap().json.clone();
    bench.keys("xdubblett<enter>U");
    assert!(
        bench.says("registreras igen · VARM-1"),
        "{}",
        bench.picture()
    );
    assert!(!bench.says("Skäl"), "nothing is voided by it");
    bench.keys("<enter>");
    let recorded = records(&bench);
    let mut again = recorded[1][0].clone();
    assert_ne!(again["id"], event["id"]);
    again["id"] = event["id"].clone();
    assert_eq!(again, event, "as it was, its source included");
    bench.keys("U");
    assert!(bench.says("inget är registrerat härifrån än"));
}

#[test]
fn a_correction_is_undone_whole() {
    let mut bench = Bench::new(80, 24);
    bench.keys("j<enter>Gkcfel tid<enter>");
    let corrected = records(&bench);
    assert_eq!(corrected[0].len(), 2, "{}", bench.picture());
    bench.keys("U");
    assert!(bench.says("registreras igen"), "{}", bench.picture());
    bench.keys("<enter>");
    let undone = &records(&bench)[1];
    assert_eq!(undone[0]["kind"], corrected[0][1]["kind"]);
    assert_eq!(undone[1]["kind"], "void");
    assert_eq!(undone[1]["event"], corrected[0][1]["id"]);
    let ids: Vec<_> = undone.iter().map(|event| &event["id"]).collect();
    assert_ne!(ids[0], ids[1]);
}

#[test]
fn a_void_of_what_holds_the_identity_cannot_be_undone() {
    let mut bench = Bench::new(80, 24);
    bench.keys("j<enter>ggxdubblett<enter>U");
    assert!(bench.says("identiteten i"), "{}", bench.picture());
    assert!(bench.state.overlay.is_none());
}

#[test]
fn an_effect_that_was_asked_for_an_earlier_form_is_not_shown_in_this_one() {
    let mut bench = Bench::new(80, 24);
    bench.keys("j<enter>");
    let key = |bench: &mut Bench, char| {
        bench.state.ids = (0..8).map(|id| format!("ui-{id}")).collect();
        let key = Key::new(char, KeyModifiers::NONE);
        bench.state.handle(Event::Key(key), now())
    };
    let first = key(&mut bench, KeyCode::Char('s'));
    key(&mut bench, KeyCode::Esc);
    let second = key(&mut bench, KeyCode::Char('f'));
    bench.answer(first);
    assert!(
        !bench.says("Betalansvar: tors 7 mars"),
        "{}",
        bench.picture()
    );
    bench.keys("Vera<tab>VC");
    bench.answer(second);
    assert!(
        bench.says("Betalansvar: tors 7 mars"),
        "{}",
        bench.picture()
    );
}

#[test]
fn a_refused_undoing_can_be_tried_again() {
    let mut bench = Bench::new(80, 24);
    bench.keys("j<enter>s<enter>U");
    bench.refuse = Some(DeskError::no("read_only", "disken är full"));
    bench.keys("<enter>");
    assert!(bench.says("disken är full"));
    bench.keys("<esc>U<enter>");
    assert!(bench.says("Ångrat:"), "{}", bench.picture());
}

#[test]
fn a_set_over_several_stays_is_undone_whole_and_from_the_board() {
    let mut bench = Bench::new(80, 24);
    let line = |id: &str, episode: &str| {
        json!({"id": id, "episode": episode, "at": NOW, "kind": "sip_held"}).to_string()
    };
    let events = vec![line("x", "VARM-1"), line("y", "VARM-2")];
    bench.state.ask(Purpose::Record, Ask::Record { events });
    let effects = std::mem::take(&mut bench.state.effects);
    bench.answer(effects);
    bench.keys("U");
    assert!(
        bench.says("VARM-2: Betalansvar: tors 7 mars 00:00 → fre 8 mars 00:00"),
        "{}",
        bench.picture()
    );
    bench.keys("<enter>");
    let recorded = records(&bench);
    let told: Vec<_> = recorded[1]
        .iter()
        .map(|event| (&event["episode"], &event["event"]))
        .collect();
    assert_eq!(
        told,
        [
            (&json!("VARM-1"), &json!("x")),
            (&json!("VARM-2"), &json!("y"))
        ]
    );
    assert!(
        bench.says("Ångrat: 2 händelser i 2 vårdtillfällen"),
        "{}",
        bench.picture()
    );
}

#[test]
fn what_others_built_on_is_told_before_it_is_undone() {
    let mut bench = Bench::new(80, 24);
    bench.keys("j<enter>s<enter>");
    // What was just recorded, and then somebody else.
    let view = &mut bench.view;
    let mut own = view.events[0].clone();
    (own.id, own.seq) = (crate::model::ids::EventId::new("ui-0").unwrap(), 90);
    let mut other = own.clone();
    other.id = crate::model::ids::EventId::new("z").unwrap();
    (other.seq, other.by) = (91, "kim".to_owned());
    view.events.extend([own, other]);
    bench.keys("rU");
    assert!(
        bench.says("Andra har registrerat 1 händelse efter den"),
        "{}",
        bench.picture()
    );
}

#[test]
fn what_changes_nothing_says_so() {
    let mut bench = Bench::new(80, 24);
    bench.idle = true;
    bench.keys("j<enter>s");
    assert!(
        bench.says("Ändrar inget (~ FRIST tors 7 mars 00:00, 1 h 00 m)"),
        "{}",
        bench.picture()
    );
}

#[test]
fn an_event_ahead_of_its_time_is_told_as_such() {
    let mut bench = Bench::new(80, 24);
    bench.view = doubled();
    bench.view.events[0].at = now() + chrono::TimeDelta::hours(2);
    bench.keys("j<enter>");
    assert!(bench.says("! ligger i framtiden"), "{}", bench.picture());
}
