//! One deed for many stays.

use super::*;
use crate::console::{
    action::{Context, Layer},
    form::Task,
    screen::Screen,
    state::Overlay,
};

fn recorded(bench: &Bench) -> Vec<Vec<Value>> {
    let each = bench.asked.iter().filter_map(|ask| match ask {
        Ask::Record { events } => Some(events),
        _ => None,
    });
    let parse = |line: &String| serde_json::from_str(line).unwrap();
    each.map(|events| events.iter().map(parse).collect())
        .collect()
}

fn marked(bench: &Bench) -> Vec<String> {
    let marked = bench.state.board.marked.iter();
    marked.map(ToString::to_string).collect()
}

#[test]
fn marks_are_set_one_by_one_or_all_and_taken_away() {
    let mut bench = Bench::new(80, 24);
    bench.keys("  ");
    assert_eq!(marked(&bench), ["VARM-1", "VARM-7"]);
    assert_eq!(
        bench.state.board.place.at, 2,
        "a mark leads to the next row"
    );
    assert!(bench.says("+ 2 märkta"), "{}", bench.picture());
    bench.keys("kk ");
    assert_eq!(marked(&bench), ["VARM-1"]);
    bench.keys("*");
    assert_eq!(marked(&bench).len(), 4);
    bench.keys("*");
    assert!(marked(&bench).is_empty());
    bench.keys(" /kil<enter><esc>");
    assert_eq!(marked(&bench).len(), 1, "Esc takes the filter first");
    bench.keys("<esc>");
    assert!(marked(&bench).is_empty());
}

#[test]
fn nothing_is_done_for_nobody() {
    let mut bench = Bench::new(80, 24);
    bench.keys("b");
    assert!(bench.says("märk vårdtillfällen först"));
    assert!(bench.state.bulk.is_none());
}

#[test]
fn a_note_for_three_is_one_event_each_after_they_were_named() {
    let mut bench = Bench::new(80, 24);
    bench.keys("   b");
    assert_eq!(bench.state.context(), Context::Over(Layer::Menu));
    assert!(bench.says("För alla märkta"), "{}", bench.picture());
    bench.keys("<enter>");
    assert!(
        bench.says("Anteckning · 3 vårdtillfällen"),
        "{}",
        bench.picture()
    );
    assert!(bench.says("För 3 av 3: VARM-1, VARM-2, VARM-7"));
    bench.keys("<enter>");
    assert!(recorded(&bench).is_empty(), "a text is needed");
    bench.keys("ringt kommunen<enter>");
    let sent = recorded(&bench);
    assert_eq!(sent.len(), 3);
    for (events, episode) in sent.iter().zip(["VARM-1", "VARM-2", "VARM-7"]) {
        let wanted = json!({"id": "ui-0", "episode": episode, "at": NOW, "kind": "note", "text": "ringt kommunen"});
        assert_eq!(*events, [wanted]);
    }
    assert!(
        bench.says("VARM-7           Registrerat"),
        "{}",
        bench.picture()
    );
    assert!(bench.says("3 registrerade") && marked(&bench).is_empty());
    bench.keys("<esc>");
    assert_eq!(bench.state.context(), Context::On(Screen::Board));
}

#[test]
fn what_it_does_to_each_is_shown_before_it_is_confirmed() {
    let mut bench = Bench::new(80, 24);
    bench.keys("   bjj<enter>");
    for episode in ["VARM-1", "VARM-2", "VARM-7"] {
        let told = format!("{episode}: Betalansvar: tors 7 mars 00:00 → fre 8 mars 00:00");
        assert!(bench.says(&told), "{}", bench.picture());
    }
    assert!(recorded(&bench).is_empty());
    bench.keys("<esc>b");
    bench.idle = true;
    bench.keys("jj<enter>");
    assert!(
        bench.says("3 vårdtillfällen ändras inte"),
        "{}",
        bench.picture()
    );
}

#[test]
fn a_deed_for_many_is_undone_as_one() {
    let mut bench = Bench::new(80, 24);
    bench.keys("j<enter>s<enter>q");
    bench.keys("gg  b<enter>hej");
    bench.refuse = Some(DeskError::bad_input("no_room", "stay is full"));
    bench.keys("<enter><esc><esc>U");
    assert!(bench.says("Anteckning · VARM-7"), "{}", bench.picture());
    assert!(!bench.says("Anteckning · VARM-1"), "that one was refused");
    bench.keys("<enter>");
    let sent = recorded(&bench);
    assert_eq!(sent.last().unwrap()[0]["kind"], "void");
    bench.keys("U");
    assert!(
        bench.says("Kallelse till SIP · VARM-1"),
        "{}",
        bench.picture()
    );
}

#[test]
fn who_is_refused_is_told_by_name_and_keeps_the_mark() {
    let mut bench = Bench::new(80, 24);
    bench.keys("  b<enter>hej");
    bench.refuse = Some(DeskError::bad_input("no_room", "stay is full"));
    bench.keys("<enter>");
    assert!(bench.says("VARM-1           !"), "{}", bench.picture());
    assert!(bench.says("VARM-7           Registrerat"));
    assert!(bench.says("1 registrerade, 1 nekade"));
    assert_eq!(marked(&bench), ["VARM-1"]);
}

#[test]
fn who_cannot_have_it_is_left_out_by_name() {
    let mut bench = Bench::new(80, 24);
    bench.keys("  b");
    // The second stay has ended meanwhile.
    let mut bulk = bench.state.bulk.take().unwrap();
    let view = bulk.views.get_mut(&"VARM-7".parse().unwrap()).unwrap();
    view.as_mut().unwrap().stay = None;
    bench.state.bulk = Some(bulk);
    bench.keys("jj<enter>");
    let Some(Overlay::Form(form)) = &bench.state.overlay else {
        panic!("{}", bench.picture());
    };
    assert!(matches!(&form.task, Task::Bulk { stays, left_out, .. }
        if stays.len() == 1 && left_out.len() == 1));
    assert!(bench.says("För 1 av 2: VARM-1"), "{}", bench.picture());
    assert!(bench.says("Inte VARM-7: inskrivningen har inte kommit"));
    bench.keys("<enter>");
    assert_eq!(recorded(&bench).len(), 1);
    assert!(
        bench.says("inte skickat: inskrivningen"),
        "{}",
        bench.picture()
    );
    assert!(bench.says("1 registrerade, 1 inte skickade"));
}

#[test]
fn acknowledging_for_many_confirms_every_message_that_waits() {
    let mut bench = Bench::new(80, 24);
    bench.keys("  bj<enter>");
    assert!(!bench.says("Meddelande*"), "each stay has its own messages");
    // Which they are is told all the same.
    assert!(
        bench.says("Allt som väntar på kvittens: ") && bench.says(" meddelanden"),
        "{}",
        bench.picture()
    );
    bench.keys("<enter>");
    for events in recorded(&bench) {
        let messages: Vec<_> = events
            .iter()
            .map(|event| event["message"].clone())
            .collect();
        assert!(messages.contains(&json!("b")), "{events:?}");
        let ids: std::collections::BTreeSet<_> =
            events.iter().map(|event| event["id"].to_string()).collect();
        assert_eq!(ids.len(), events.len(), "ids differ within a stay");
    }
    // What was recorded several times for a stay is told once.
    let times = recorded(&bench).iter().map(Vec::len).max().unwrap();
    bench.keys("<esc>U");
    let told = format!("VARM-1 ({times})");
    assert!(times > 1 && bench.says(&told), "{}", bench.picture());
}

#[test]
fn more_than_can_be_named_are_refused() {
    let mut bench = Bench::new(80, 24);
    let many = (0..51).map(|number| format!("S-{number}").parse().unwrap());
    bench.state.board.marked = many.collect();
    bench.keys("b");
    assert!(bench.says("högst 50 på en gång"));
}

#[test]
fn an_unreadable_stay_is_left_out_and_said() {
    let mut bench = Bench::new(80, 24);
    bench.keys(" ");
    let asked = bench.state.handle(
        Event::Key(Key::new(KeyCode::Char('b'), KeyModifiers::NONE)),
        now(),
    );
    for effect in asked {
        if let Effect::Ask(ticket, _) = effect {
            let error = DeskError::no("gone", "");
            bench.state.handle(Event::Reply(ticket, Err(error)), now());
        }
    }
    assert!(
        bench.says("(det gick inte att läsa)"),
        "{}",
        bench.picture()
    );
}
