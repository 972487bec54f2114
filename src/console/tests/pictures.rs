//! Pictures of the screens, read before they were accepted.

use super::*;

fn shows(name: &str, bench: &Bench) {
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name, bench.picture());
    });
}

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (200, 50)];

/// The languages, and how a snapshot's name ends.
const LANGS: [(Lang, &str); 3] = [(Lang::Sv, ""), (Lang::En, "-en"), (Lang::Pseudo, "-pseudo")];

/// What some keys lead to, in every size and language: a line for a screen.
fn each_size(name: &str, keys: &str) {
    each_with(name, keys, |_| {});
}

/// The same for a stay.
fn each_size_of(name: &str, keys: &str, view: &StayView) {
    each_with(name, keys, |bench| bench.view = view.clone());
}

/// The same, with something changed before the keys.
fn each_with(name: &str, keys: &str, change: impl Fn(&mut Bench)) {
    for (lang, ending) in LANGS {
        for (width, height) in SIZES {
            let mut bench = Bench::new(width, height);
            bench.state.lang = lang;
            change(&mut bench);
            bench.keys(keys);
            shows(&format!("{name}-{width}x{height}{ending}"), &bench);
        }
    }
}

#[test]
fn board() {
    each_size("board", "a");
}

#[test]
fn board_variants() {
    each_size("board-groups", "o G");
    each_size("board-views", "v");
    each_with("board-duties", ":view.duties<enter>z", |bench| {
        let duty = json!({"code": "admission_notice", "party": "ward",
            "due": "2019-03-05T10:00:00+01:00", "done": null, "late": true, "state": "open", "lasts_until": null, "clause": "6"});
        bench.board.rows[4].next_duty = serde_json::from_value(duty).unwrap();
    });
    each_size("bulk-menu", "  b");
    each_size("bulk-form", "  bjj<enter>");
    each_size("bulk-outcome", "  b<enter>x<enter>");
}

/// A planner's board with all that a row can be marked with.
#[test]
fn board_of_a_planner() {
    each_with("board-planner", "rjf j", |bench| {
        bench.state.settings.role = Work::Planner;
        bench.state.since = Some(39);
        bench.board.head.conflicts = 1;
        bench.board.rows[1].conflicts = 1;
        bench.board.rows[2].source = Some("cambio".to_owned());
        let fresh = "VARM-9".parse().unwrap();
        bench.state.board.fresh.insert(fresh);
    });
}

#[test]
fn board_at_its_smallest() {
    let mut bench = Bench::new(60, 15);
    bench.keys("oj ");
    shows("board-60x15", &bench);
}

#[test]
fn board_in_english_and_ascii() {
    let mut bench = Bench::new(80, 24);
    bench.state.look = Look {
        ascii: true,
        utf8: true,
        colour: false,
        theme: Theme::Default,
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
        utf8: true,
        colour: true,
        theme: Theme::Default,
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
fn the_stay_of_two_tellers_and_its_cost() {
    each_size_of("conflict", "j<enter>", &doubled());
    each_size_of("settle", "j<enter>K", &doubled());
    each_size("why-folded", "j<enter>e-");
    each_size("why-unfolded", "j<enter>e+");
    each_size("cost", "j<enter>p");
    each_size("admit", "n191212");
    each_size("undo", "j<enter>s<enter>U");
    let mut bench = Bench::new(80, 24);
    bench.state.look.ascii = true;
    bench.keys("j<enter>p");
    shows("cost-ascii-80x24", &bench);
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
    each_size("palette", "j<enter>:sip");
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

#[test]
fn the_payers() {
    each_size("payers", "gp");
    each_size("payer", "gp<enter>s");
    let mut bench = Bench::new(60, 15);
    bench.keys("gp");
    shows("payers-60x15", &bench);
    bench.keys("<enter>s");
    shows("payer-60x15", &bench);
}

#[test]
fn the_close_with_changes_and_the_steps_behind_a_line() {
    for (lang, ending) in LANGS {
        for (width, height) in SIZES {
            let mut bench = Bench::new(width, height);
            bench.state.lang = lang;
            bench.keys("m<esc>");
            bench.later = Some("1500");
            bench.keys("m");
            shows(&format!("close-changed-{width}x{height}{ending}"), &bench);
        }
    }
    each_size("line", "mj<enter>j<enter><enter>");
    let mut bench = Bench::new(60, 15);
    bench.keys("m");
    shows("close-60x15", &bench);
}

#[test]
fn agreements_log_and_duties() {
    each_size("agreements", "ga");
    each_size("agreement", "gaj<enter>");
    each_size("decision", "gav2019-04-01");
    each_size("log", "gljj");
    each_size("agenda", "gd");
    for keys in ["ga", "ga<enter>", "gl", "gd", "gav"] {
        let mut bench = Bench::new(60, 15);
        bench.keys(keys);
        shows(
            &format!("small-{}-60x15", keys.replace(['<', '>'], "-")),
            &bench,
        );
    }
}

#[test]
fn the_locked_screen() {
    for (lang, ending) in LANGS {
        let mut bench = Bench::new(80, 24);
        bench.state.lang = lang;
        bench.keys("j<enter>nhej");
        bench.state.idle.locked = true;
        shows(&format!("locked-80x24{ending}"), &bench);
    }
}

/// The looks of a line's parts, as text.
fn styles(state: &State, y: u16) -> String {
    let mut buffer = Buffer::empty(Rect::new(0, 0, state.size.0, state.size.1));
    view::draw(state, &mut buffer);
    let mut parts: Vec<(String, String)> = Vec::new();
    for x in 0..state.size.0 {
        let cell = &buffer[(x, y)];
        let look = format!("{:?} {:?}", cell.fg, cell.modifier);
        match parts.last_mut() {
            Some((last, text)) if *last == look => text.push_str(cell.symbol()),
            _ => parts.push((look, cell.symbol().to_owned())),
        }
    }
    let seen = parts.iter().filter(|(_, text)| !text.trim().is_empty());
    let lines: Vec<_> = seen
        .map(|(look, text)| format!("  {:?} {look}", text.trim()))
        .collect();
    lines.join("\n")
}

#[test]
fn alarms_in_every_theme() {
    let mut bench = Bench::new(80, 24);
    bench.keys("aG");
    let mut told = Vec::new();
    for colour in [true, false] {
        for theme in Theme::ALL {
            bench.state.look = Look {
                ascii: false,
                utf8: true,
                colour,
                theme,
            };
            let name = theme.name();
            told.push(format!("{name}, colour: {colour}"));
            // Counts and the silent source, then a row of each state.
            for y in [1, 5, 6, 8, 9] {
                told.push(styles(&bench.state, y));
            }
        }
    }
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("alarm-styles", told.join("\n"));
    });
}

/// A text that was never translated shows in the made-up language as plain
/// letters: only what comes from the data may.
#[test]
fn every_text_of_the_screens_has_a_language() {
    let mut plain = std::collections::BTreeSet::new();
    for keys in [
        "a",
        "o",
        "v",
        ":view.duties<enter>",
        "  b",
        "  b<enter>",
        "  b<enter>x<enter>",
        "j<enter>",
        "j<enter>e",
        "j<enter>s",
        "j<enter>a",
        "j<enter>p",
        "j<enter>e+",
        "n",
        "m",
        "mj<enter>",
        "mj<enter><enter><enter>",
        "gp",
        "gp<enter>s",
        "ga",
        "gac",
        "gl",
        "gd",
        "?",
        ":",
        "s",
    ] {
        let mut bench = Bench::new(200, 50);
        bench.state.lang = Lang::Pseudo;
        bench.keys(keys);
        for word in bench.picture().split(|char: char| !char.is_alphabetic()) {
            let vowels = |char: char| "aeiouAEIOU".contains(char);
            if word.chars().count() > 3 && word.chars().any(vowels) {
                plain.insert(word.to_owned());
            }
        }
    }
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_debug_snapshot!("untranslated", plain);
    });
}
