//! Pictures of the screens, read before they were accepted.

use super::*;

fn shows(name: &str, bench: &Bench) {
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name, bench.picture());
    });
}

const SIZES: [(u16, u16); 2] = [(80, 24), (200, 50)];

fn each_size(name: &str, keys: &str) {
    for (width, height) in SIZES {
        let mut bench = Bench::new(width, height);
        bench.keys(keys);
        shows(&format!("{name}-{width}x{height}"), &bench);
    }
}

#[test]
fn board() {
    each_size("board", "a");
}

#[test]
fn board_in_english_and_ascii() {
    let mut bench = Bench::new(80, 24);
    bench.state.look = Look {
        ascii: true,
        colour: false,
    };
    bench.keys("aL/sip");
    shows("board-en-ascii-80x24", &bench);
    let picture = bench.picture();
    assert!(
        picture
            .chars()
            .all(|char| char.is_ascii() || char.is_alphabetic()),
        "{picture}"
    );
}

#[test]
fn board_before_data() {
    let look = Look {
        ascii: false,
        colour: true,
    };
    let state = State::new(Lang::Sv, look, (80, 24), now(), actor());
    let picture = picture(&state);
    assert!(
        picture.contains("fristdag") && picture.contains("läser …"),
        "{picture}"
    );
}

#[test]
fn the_stay() {
    each_size("stay", "j<enter>");
    each_size("why", "j<enter>e");
}

#[test]
fn tabs_of_the_stay() {
    let mut bench = Bench::new(80, 24);
    bench.keys("j<enter><tab>");
    shows("checklist-80x24", &bench);
    bench.keys("<tab>");
    shows("duties-80x24", &bench);
}

#[test]
fn forms() {
    each_size("form-sip", "j<enter>s");
    let mut bench = Bench::new(80, 24);
    bench.keys("j<enter>k<enter>");
    shows("form-correct-80x24", &bench);
    bench.keys("<up><up>25:00<enter>");
    shows("form-errors-80x24", &bench);
}

#[test]
fn menu_and_help() {
    each_size("menu", "j<enter>a");
    each_size("help", "?");
    let mut bench = Bench::new(80, 24);
    bench.keys("s");
    shows("sort-80x24", &bench);
}

#[test]
fn the_close() {
    each_size("close", "m");
    let mut bench = Bench::new(80, 24);
    bench.blocked = true;
    bench.keys("m<tab>");
    shows("close-blocked-80x24", &bench);
    let mut bench = Bench::new(80, 24);
    bench.keys("mj<enter>");
    shows("lines-80x24", &bench);
    each_size("lock", "ml2019-03 39");
    let mut bench = Bench::new(80, 24);
    bench.locked = true;
    bench.keys("m");
    shows("close-locked-80x24", &bench);
}
