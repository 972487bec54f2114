//! What the board tells first, and what it marks.

use super::{
    rows::{find, later, lines, with},
    *,
};
use crate::console::screen::board::BoardPage;

/// The most urgent rows come first, and may be others than those that the
/// user's work puts first.
#[test]
fn the_board_begins_at_its_top_when_all_rows_have_come() {
    let mut bench = Bench::new(80, 24);
    bench.state.board = BoardPage::default();
    bench.state.settings.role = Work::Planner;
    let asked = bench.state.start();
    let reply = |count: usize| {
        let mut board = board();
        board.rows.truncate(count);
        Ok(Reply::Board(Arc::new(board)))
    };
    for (effect, count) in asked.into_iter().zip([1, 5]) {
        let Effect::Ask(ticket, _) = effect else {
            panic!("not asked");
        };
        bench.event(Event::Reply(ticket, reply(count)));
    }
    assert_eq!(lines(&bench)[0], "VARM-9", "{}", bench.picture());
    assert_eq!(bench.state.board.place.at, 0);
    // From now on the selection follows its stay.
    later(&mut bench, |board| {
        find(board, "VARM-7").line.state = crate::rules::outlook::State::NotReady;
    });
    bench.keys("j");
    let at = bench.state.board.selected().unwrap().line.episode.clone();
    later(&mut bench, |board| board.rows.reverse());
    assert_eq!(bench.state.board.selected().unwrap().line.episode, at);
}

#[test]
fn kronor_that_no_rate_is_known_for_are_not_told_as_none() {
    let bench = with(|board| {
        board.head.unpriced = 1;
        board.head.today = "0".parse().unwrap();
    });
    assert!(bench.says("i dag ?"), "{}", bench.picture());
    let bench = with(|board| board.head.unpriced = 1);
    assert!(bench.says("i dag minst 9 400 kr"), "{}", bench.picture());
    let mut bench = with(|board| find(board, "VARM-7").line.tomorrow = None);
    bench.keys("o");
    assert!(bench.says("1 löper · i dag ?"), "{}", bench.picture());
}

#[test]
fn what_stops_liability_is_told_before_a_silent_source() {
    let mut bench = with(|_| {});
    bench.state.settings.silent_after_hours = 1;
    assert!(bench.says("SIP +2"), "{}", bench.picture());
}

#[test]
fn letters_that_the_filter_found_are_marked() {
    use ratatui::style::Modifier;
    let mut bench = Bench::new(80, 24);
    bench.keys("/bjö");
    let mut buffer = Buffer::empty(Rect::new(0, 0, 80, 24));
    view::draw(&bench.state, &mut buffer);
    let row = bench.picture();
    let (y, line) = row
        .lines()
        .enumerate()
        .find(|(_, line)| line.contains("VARM-2"))
        .unwrap();
    let x = line.chars().position(|char| char == 'j').unwrap() as u16 - 1;
    let marked = |x: u16| {
        buffer[(x, y as u16)]
            .modifier
            .contains(Modifier::UNDERLINED)
    };
    assert!(marked(x) && marked(x + 1) && marked(x + 2), "{line}");
    assert!(!marked(x + 3) && !marked(x - 1), "{line}");
}

#[test]
fn a_terminal_without_letters_beyond_ascii_gets_none() {
    let mut bench = Bench::new(80, 24);
    (bench.state.look.ascii, bench.state.look.utf8) = (true, false);
    bench.keys("a");
    assert!(bench.picture().is_ascii(), "{}", bench.picture());
    assert!(bench.says("Goran Ak"), "{}", bench.picture());
    bench.keys("j<enter>ea");
    assert!(bench.picture().is_ascii(), "{}", bench.picture());
    bench.keys("<esc>qA");
    assert!(
        bench.says("Göran"),
        "who asks for lines has a terminal for them"
    );
}
