//! The board's rows: views, groups, orders, what is new, who is followed.

use super::*;
use crate::{
    console::{
        names::Names,
        screen::{
            arrange::Line,
            board::{BoardPage, Chosen},
            sort::Sort,
            views::View,
        },
    },
    settings::preferences::Work,
};

/// The stays shown, and `#` for a group's head.
pub(super) fn lines(bench: &Bench) -> Vec<String> {
    let board = &bench.state.board;
    let line = |at: usize| match (board.shown[at], board.row(at)) {
        (Line::Head(_), _) => "#".to_owned(),
        (_, row) => row.unwrap().line.episode.to_string(),
    };
    (0..board.shown.len()).map(line).collect()
}

/// A console whose desk has another board from now on.
pub(super) fn with(change: impl Fn(&mut Board)) -> Bench {
    let mut bench = Bench::new(80, 24);
    change(&mut bench.board);
    bench.keys("r");
    bench
}

/// The desk's board changes while the console looks at it.
pub(super) fn later(bench: &mut Bench, change: impl Fn(&mut Board)) {
    bench.board.head.seq += 1;
    change(&mut bench.board);
    let seq = bench.board.head.seq;
    bench.event(Event::Changed(seq));
}

pub(super) fn find<'a>(board: &'a mut Board, episode: &str) -> &'a mut BoardRow {
    let mut rows = board.rows.iter_mut();
    rows.find(|row| row.line.episode.as_str() == episode)
        .unwrap()
}

#[test]
fn each_view_shows_what_its_name_says() {
    let duty = json!({"code": "sip_called", "party": "open_care", "due": "2019-03-05T10:00:00+01:00",
        "done": null, "late": true, "state": "open", "lasts_until": null, "clause": "6"});
    for (view, wanted) in [
        (View::Liable, vec!["VARM-7"]),
        (View::WithinDay, vec!["VARM-1"]),
        (View::SipMissing, vec!["VARM-9"]),
        (View::ContactMissing, vec!["VARM-9"]),
        (View::Unacknowledged, vec!["VARM-2"]),
        (View::MyWards, vec!["VARM-2"]),
        (View::MyPayers, vec!["VARM-2"]),
        (View::Changed, vec!["VARM-4"]),
        (View::Conflicts, vec!["VARM-4"]),
        (View::Duties, vec!["VARM-4"]),
    ] {
        let mut bench = with(|board| {
            let row = find(board, "VARM-4");
            (row.seq, row.conflicts) = (41, 1);
            row.next_duty = serde_json::from_value(duty.clone()).unwrap();
            find(board, "VARM-2").line.ward = "Avd 9".to_owned();
        });
        bench.state.since = Some(40);
        bench.state.settings.wards = vec!["avd 9".to_owned()];
        bench.state.settings.payers = vec!["1715".parse().unwrap()];
        bench.keys(":view.").keys(view.name()).keys("<enter>");
        assert_eq!(bench.state.board.chosen, Chosen::Own(view));
        assert_eq!(lines(&bench), wanted, "{view:?}\n{}", bench.picture());
        assert!(bench.says(view.say().text(Lang::Sv)), "the view is named");
        bench.keys("<esc>");
        assert_eq!(lines(&bench).len(), 4, "not ready ones are gone again");
    }
}

#[test]
fn duties_come_by_their_due_time_and_say_what_is_late() {
    let duty = |due: &str, late: bool| {
        let duty = json!({"code": "admission_notice", "party": "ward", "due": due,
            "done": null, "late": late, "state": "open",
            "lasts_until": null, "clause": "6"});
        serde_json::from_value(duty).unwrap()
    };
    let mut bench = with(|board| {
        find(board, "VARM-4").next_duty = duty("2019-03-07T10:00:00+01:00", false);
        let mut other = find(board, "VARM-4").clone();
        other.line.episode = "VARM-5".parse().unwrap();
        other.next_duty = duty("2019-03-05T10:00:00+01:00", true);
        board.rows.push(other);
    });
    bench.keys(":view.duties<enter>");
    assert_eq!(lines(&bench), ["VARM-5", "VARM-4"]);
    assert_eq!(bench.state.board.sort, Sort::Due);
    assert!(bench.says("SENT tis 5 mars 10:00"), "{}", bench.picture());
    assert!(bench.says("tors 7 mars 10:00"));
    bench.event(Event::Resize(120, 40));
    assert!(bench.says("11 h 00 m tors 7 mars 10:00"));
}

#[test]
fn the_menu_of_views_holds_the_users_own_and_says_why_not() {
    let mut bench = Bench::new(80, 24);
    bench.state.settings.views = vec![crate::settings::preferences::SavedView {
        name: "Kil".to_owned(),
        filter: "kil".to_owned(),
        ..Default::default()
    }];
    bench.keys("v");
    assert!(
        bench.says("inga egna: wards i settings.toml"),
        "{}",
        bench.picture()
    );
    assert!(bench.says("inget tidigare pass"));
    bench.keys("Gk<enter>");
    // Conflicts and duties are the last two of the program's own.
    assert_eq!(bench.state.board.chosen, Chosen::Own(View::Duties));
    bench.keys("vG<enter>");
    assert_eq!(bench.state.board.chosen, Chosen::Saved("Kil".to_owned()));
    assert!(bench.says("Vy: Kil") && lines(&bench) == ["VARM-2"]);
    bench.keys("vg g<enter>".replace(' ', "").as_str());
    assert_eq!(bench.state.board.chosen, Chosen::All);
    assert_eq!(lines(&bench).len(), 4);
}

#[test]
fn a_group_without_a_payer_says_so() {
    let mut bench = Bench::new(80, 24);
    bench.keys("ao");
    assert!(bench.says("oklar betalare  1"), "{}", bench.picture());
}

#[test]
fn groups_have_heads_with_sums_and_every_row_once() {
    let mut bench = Bench::new(80, 24);
    bench.keys("o");
    assert_eq!(
        lines(&bench),
        ["#", "VARM-7", "VARM-1", "VARM-9", "#", "VARM-2"]
    );
    assert!(
        bench.says("1780 Karlstad  3 · 1 löper · i dag 9 400"),
        "{}",
        bench.picture()
    );
    // A head is no stay: what needs one says so.
    bench.keys("g g<enter>".replace(' ', "").as_str());
    assert!(bench.says("inget vårdtillfälle är valt") && bench.state.pages.is_empty());
    bench.keys("jo");
    assert_eq!(
        bench.state.board.selected().unwrap().line.episode.as_str(),
        "VARM-7"
    );
    assert!(bench.says("Avd 5 · CSK  4 ·"), "{}", bench.picture());
    bench.keys("o");
    assert_eq!(lines(&bench), ["VARM-7", "VARM-1", "VARM-2", "VARM-9"]);
}

#[test]
fn every_order_has_its_rows_and_turns_round() {
    for (sort, first, last) in [
        (Sort::State, "VARM-7", "VARM-9"),
        (Sort::Left, "VARM-7", "VARM-9"),
        (Sort::Next, "VARM-1", "VARM-9"),
        (Sort::Stay, "VARM-1", "VARM-9"),
        (Sort::Name, "VARM-1", "VARM-9"),
        (Sort::Payer, "VARM-2", "VARM-9"),
        (Sort::Flags, "VARM-9", "VARM-1"),
        (Sort::Accrued, "VARM-7", "VARM-9"),
        (Sort::Lost, "VARM-9", "VARM-2"),
    ] {
        let mut bench = Bench::new(80, 24);
        bench.state.board.sort = sort;
        let lens = bench.state.lens();
        bench.state.board.rearrange(&lens);
        let shown = lines(&bench);
        assert_eq!(
            (shown[0].as_str(), shown[3].as_str()),
            (first, last),
            "{sort:?}"
        );
        bench.keys("S");
        let turned: Vec<_> = shown.into_iter().rev().collect();
        assert_eq!(lines(&bench), turned, "{sort:?}");
    }
}

#[test]
fn each_kind_of_work_has_its_own_rows_first() {
    let order = |role: Work, payers: &[&str]| {
        let mut bench = Bench::new(80, 24);
        bench.state.settings.role = role;
        bench.state.settings.payers = payers.iter().map(|code| code.parse().unwrap()).collect();
        bench.keys("r");
        lines(&bench)
    };
    // The region's own missing step, then as the desk has it.
    assert_eq!(
        order(Work::Planner, &[]),
        ["VARM-9", "VARM-7", "VARM-1", "VARM-2"]
    );
    // Who becomes liable next, then who costs already.
    assert_eq!(
        order(Work::Municipality, &[]),
        ["VARM-1", "VARM-2", "VARM-7", "VARM-9"]
    );
    assert_eq!(
        order(Work::Municipality, &["1715"]),
        ["VARM-2", "VARM-1", "VARM-7", "VARM-9"]
    );
    assert_eq!(
        order(Work::Finance, &["1715"]),
        ["VARM-7", "VARM-1", "VARM-2", "VARM-9"]
    );
}

#[test]
fn what_nobody_in_the_region_can_do_blocks_no_one_first() {
    let mut bench = with(|board| {
        let flag = json!([{"flag": "compulsory_care", "class": "blocks_by_law"}]);
        find(board, "VARM-9").line.flags = serde_json::from_value(flag).unwrap();
    });
    bench.state.settings.role = Work::Planner;
    bench.keys("r");
    assert_eq!(lines(&bench)[3], "VARM-9");
}

#[test]
fn frozen_rows_stay_put_while_counts_and_clocks_go_on() {
    let mut bench = Bench::new(80, 24);
    bench.keys("z");
    assert!(bench.says("FRYST"));
    later(&mut bench, |board| {
        find(board, "VARM-1").seq = board_seq();
        board.rows.remove(0);
        board.head.liable = 0;
    });
    assert_eq!(lines(&bench), ["VARM-7", "VARM-1", "VARM-2", "VARM-9"]);
    assert!(
        bench.says("FRYST, 2 ändringar väntar"),
        "{}",
        bench.picture()
    );
    assert!(bench.says("0 löper"), "{}", bench.picture());
    bench.keys("z");
    assert!(!bench.says("FRYST,"));
    assert_eq!(lines(&bench), ["VARM-1", "VARM-2", "VARM-9"]);
    // Other rows cannot come while rows stay put.
    bench.keys("za");
    assert!(bench.state.board.frozen.is_none() && lines(&bench).len() == 4);
}

fn board_seq() -> u64 {
    board().head.seq + 1
}

#[test]
fn a_followed_stay_is_told_of_wherever_it_is() {
    let mut bench = Bench::new(80, 24);
    bench.keys("jf/kil<enter>");
    assert_eq!(lines(&bench), ["VARM-2"]);
    assert!(
        bench.says("» VARM-1 ~ FRIST 1 h 00 m"),
        "{}",
        bench.picture()
    );
    later(&mut bench, |board| {
        find(board, "VARM-1").line.state = crate::rules::outlook::State::Liable;
    });
    assert!(
        bench.says("» VARM-1: ~ FRIST → ! LÖPER"),
        "{}",
        bench.picture()
    );
    later(&mut bench, |board| {
        board
            .rows
            .retain(|row| row.line.episode.as_str() != "VARM-1")
    });
    assert!(
        bench.says("» VARM-1: ! LÖPER → är inte på tavlan"),
        "{}",
        bench.picture()
    );
    bench.keys("<esc>");
    assert!(bench.says("» VARM-1 är inte på tavlan"));
    bench.keys("ff");
    assert_eq!(bench.state.board.followed, None);
}

#[test]
fn the_selection_stays_on_its_stay_when_rows_move() {
    let mut bench = Bench::new(80, 24);
    bench.keys("jj");
    later(&mut bench, |board| board.rows.rotate_left(2));
    let selected = bench.state.board.selected().unwrap();
    assert_eq!(selected.line.episode.as_str(), "VARM-2");
    assert_eq!(bench.state.board.place.at, 0);
}

fn newly_ready(board: &mut Board) {
    let seq = board.head.seq;
    let mut row = find(board, "VARM-1").clone();
    row.line.episode = "VARM-11".parse().unwrap();
    row.seq = seq;
    board.rows.push(row);
}

#[test]
fn a_new_ready_notice_sounds_once_and_is_marked_until_it_is_looked_at() {
    let mut bench = Bench::new(80, 24);
    bench.state.settings.bell = true;
    bench.keys("r");
    assert_eq!(bench.bells, 0, "nothing is new");
    later(&mut bench, newly_ready);
    assert_eq!(bench.bells, 1);
    assert!(
        bench.says("Ny underrättelse: VARM-11"),
        "{}",
        bench.picture()
    );
    let marked = |bench: &Bench| {
        let picture = bench.picture();
        let line = picture
            .lines()
            .find(|line| line.contains("~ FRIST") && line.contains("VARM-11"));
        line.unwrap().contains("NY")
    };
    assert!(marked(&bench));
    later(&mut bench, |board| find(board, "VARM-2").seq = 99);
    assert_eq!(bench.bells, 1, "a change of another kind is silent");
    bench.keys("G");
    assert!(!marked(&bench));
}

#[test]
fn the_bell_is_silent_unless_it_is_wanted_and_for_what_is_others() {
    let mut bench = Bench::new(80, 24);
    later(&mut bench, newly_ready);
    assert_eq!(bench.bells, 0);
    assert_eq!(bench.state.board.fresh.len(), 1);
    let mut bench = Bench::new(80, 24);
    bench.state.settings.bell = true;
    bench.state.settings.wards = vec!["Avd 77".to_owned()];
    later(&mut bench, newly_ready);
    assert!(bench.bells == 0 && bench.state.board.fresh.is_empty());
}

#[test]
fn what_changed_since_the_last_shift_is_marked() {
    let mut bench = Bench::new(80, 24);
    assert_eq!(bench.state.since, None);
    let marks = |bench: &Bench| {
        let picture = bench.picture();
        picture
            .lines()
            .filter(|line| line.starts_with(" *"))
            .count()
    };
    assert_eq!(marks(&bench), 0);
    bench.event(Event::Recalled(Some(39)));
    assert_eq!(marks(&bench), 3, "{}", bench.picture());
    bench.event(Event::Recalled(Some(40)));
    assert_eq!(marks(&bench), 0);
}

#[test]
fn a_store_is_asked_for_its_last_shift_once() {
    let mut bench = Bench::new(80, 24);
    bench.keys("rr");
    assert_eq!(bench.state.store, "a1");
    let mut fresh = State::new(Lang::Sv, bench.state.look, (80, 24), now(), actor());
    let mut recalls = 0;
    for effect in fresh.start() {
        let Effect::Ask(ticket, _) = effect else {
            continue;
        };
        let reply = Ok(Reply::Board(Arc::new(board())));
        let effects = fresh.handle(Event::Reply(ticket, reply), now());
        recalls += effects
            .iter()
            .filter(|effect| matches!(effect, Effect::Recall(_)))
            .count();
    }
    assert_eq!(recalls, 1);
}

#[test]
fn names_are_shown_masked_or_left_out_everywhere() {
    let mut bench = Bench::new(200, 50);
    assert!(bench.says("Göran Åkesson") && bench.says("NAMN"));
    bench.keys("N");
    assert!(
        bench.says("G. Å.") && !bench.says("Göran"),
        "{}",
        bench.picture()
    );
    assert!(bench.says("Bara initialer visas"));
    bench.keys("/göran<enter>");
    assert!(lines(&bench).is_empty(), "what is not shown is not found");
    bench.keys("<esc>j<enter>");
    assert!(bench.says("A. A.") && !bench.says("Anna Andersson") && !bench.says("1212"));
    bench.keys("N");
    assert!(!bench.says("A. A."), "{}", bench.picture());
    bench.keys("q");
    assert!(!bench.says("NAMN") && bench.state.names == Names::Hidden);
    bench.keys("N");
    assert!(bench.says("Anna Andersson"));
}

#[test]
fn a_role_begins_with_its_own_way_to_show_names() {
    for (role, names) in [
        (Work::Planner, Names::Whole),
        (Work::Municipality, Names::Initials),
        (Work::Finance, Names::Hidden),
    ] {
        let mut bench = Bench::new(80, 24);
        let mut setup = crate::console::setup::Setup::default();
        setup.settings.role = role;
        bench.state.set_up(setup, now());
        assert_eq!(bench.state.names, names);
    }
}

#[test]
fn a_silent_source_is_told_in_words_and_on_its_rows() {
    let mut bench = Bench::new(80, 24);
    assert!(
        bench.says("! TYST KÄLLA: cambio 37 h – nedräkningarna kan vara fel"),
        "{}",
        bench.picture()
    );
    assert!(
        !bench.says("KÄLLA TYST"),
        "cosmic was heard three hours ago"
    );
    bench.state.settings.silent_after_hours = 3;
    assert!(bench.says("cosmic 3 h, cambio 37 h"), "{}", bench.picture());
    assert!(bench.says("KÄLLA TYST"));
    bench.state.settings.silent_after_hours = 48;
    assert!(!bench.says("TYST"));
}

#[test]
fn the_age_is_that_of_the_source_and_a_typed_stay_has_none() {
    let mut bench = Bench::new(200, 50);
    find(&mut bench.board, "VARM-7").heard = None;
    find(&mut bench.board, "VARM-1").heard = Some(now() - chrono::TimeDelta::hours(30));
    bench.keys("r");
    let picture = bench.picture();
    let end = |stay: &str| {
        let line = picture.lines().find(|line| line.contains(stay)).unwrap();
        line.split_whitespace().last().unwrap().to_owned()
    };
    assert_eq!(end("VARM-7"), "–");
    assert!(picture.contains("30 h"), "{picture}");
}

#[test]
fn the_noon_clock_tells_what_is_lost_and_is_read_anew_when_it_passes() {
    let mut bench = Bench::new(80, 24);
    assert!(bench.says("13 h 00 m, 2"), "{}", bench.picture());
    assert!(bench.says("18 800 kr"));
    bench.board.head.noon.as_mut().unwrap().stays = 0;
    bench.keys("r");
    assert!(!bench.says("18 800 kr → "));
    let page: &BoardPage = &bench.state.board;
    let noon = page.head().unwrap().noon.as_ref().unwrap().at;
    let overtaken = |at: Instant| page.is_overtaken(at);
    assert!(overtaken(noon));
}

#[test]
fn conflicts_are_counted_and_marked() {
    let bench = with(|board| {
        board.head.conflicts = 1;
        find(board, "VARM-2").conflicts = 2;
    });
    assert!(bench.says("1 i konflikt"), "{}", bench.picture());
    assert!(bench.says("KONFLIKT"));
    assert!(!Bench::new(80, 24).says("konflikt"));
}
