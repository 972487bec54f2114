//! Text that means harm, in every place that shows text, at several sizes.

use finl_unicode::categories::{CharacterCategories, MinorCategory};
use proptest::prelude::*;
use unicode_width::UnicodeWidthStr;

use super::{sizes::PLACES, *};
use crate::console::screen::{Page, close::ClosePage};

const SIZES: [(u16, u16); 3] = [(60, 15), (80, 24), (200, 50)];

/// A list of strings that broke other programs.
fn known() -> Vec<String> {
    serde_json::from_str(include_str!("../../../fixtures/hostile/strings.json")).unwrap()
}

/// What a text is made of to do harm.
fn parts() -> impl Strategy<Value = String> {
    let harmful = [
        "\u{1b}[2J",
        "\u{1b}]0;x\u{7}",
        "\u{9b}31m",
        "\u{90}q",
        "\u{202e}",
        "\u{2066}",
        "\u{2069}",
        "\u{200b}",
        "\u{200d}",
        "\u{feff}",
        "\u{ad}",
        "\r\n",
        "\u{2028}",
        "\t",
        "\u{8}",
        "\u{7f}",
        "e\u{301}\u{302}\u{303}\u{304}\u{305}",
        "\u{301}",
        "日本",
        "ｗ",
        "👩\u{200d}👩",
        "🇸🇪",
        "\u{fe0f}",
        "☎\u{fe0f}",
        "\u{1f3fb}",
        "\u{e0041}",
        "\u{3164}",
        "\u{fdfd}",
        "|",
        "Å",
        "a b",
    ];
    prop::collection::vec(prop::sample::select(harmful.to_vec()), 1..12)
        .prop_map(|all| all.concat())
}

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => parts(),
        2 => prop::sample::select(known()),
        1 => any::<String>(),
    ]
}

/// Puts the text wherever data is shown.
fn poison(state: &mut State, text: &str) {
    let owned = || text.to_owned();
    let mut all = board();
    for row in &mut all.rows {
        row.patient.name = Some(owned());
        row.patient.protected = false;
        row.line.ward = owned();
        row.hospital = owned();
        row.source = Some(owned());
    }
    all.head.sources[0].source = owned();
    all.head.read_only = Some(owned());
    let lens = state.lens();
    state.board.board = None;
    state.board.take(Arc::new(all), &lens);
    state.actor.user = owned();
    for page in &mut state.pages {
        match page {
            Page::Stay(page) => {
                if let Some(view) = &mut page.view {
                    poison_stay(view, text);
                }
                for step in page.why.iter_mut().flat_map(|why| &mut why.steps) {
                    step.result = owned();
                }
            }
            Page::Close(page) => poison_close(page, text),
            #[allow(unreachable_patterns, reason = "where there are no other screens")]
            _ => {}
        }
    }
}

fn poison_stay(view: &mut StayView, text: &str) {
    view.patient.name = Some(text.to_owned());
    view.patient.pnr = Some(text.to_owned());
    for event in &mut view.events {
        event.by = text.to_owned();
        event.source = Some(text.to_owned());
        event.json["reason"] = json!(text);
        event.json["text"] = json!(text);
        event.json["ward"] = json!(text);
    }
    for item in &mut view.checklist {
        item.sv = text.to_owned();
    }
    if let Some(stay) = &mut view.stay {
        stay.details.ward = text.to_owned();
        stay.details.hospital = text.to_owned();
    }
}

fn poison_close(page: &mut ClosePage, text: &str) {
    let Some(view) = &mut page.view else { return };
    view.prepared_by = Some(text.to_owned());
    for payer in &mut view.figures.payers {
        payer.name = text.to_owned();
    }
    for finding in &mut view.figures.findings {
        finding.detail = text.to_owned();
        finding.waived = Some(text.to_owned());
    }
}

/// Every cell is safe, and every line as wide as the screen.
fn check(state: &State, what: &str) -> Result<(), TestCaseError> {
    let (width, height) = state.size;
    let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
    view::draw(state, &mut buffer);
    for y in 0..height {
        let (mut x, mut columns) = (0, 0);
        while x < width {
            let symbol = buffer[(x, y)].symbol();
            for char in symbol.chars() {
                let category = char.get_minor_category();
                let bad = matches!(
                    category,
                    MinorCategory::Cc | MinorCategory::Cf | MinorCategory::Zl | MinorCategory::Zp
                );
                prop_assert!(!bad, "{what}: {char:?} in {symbol:?} at {x},{y}");
            }
            let wide = symbol.width() as u16;
            prop_assert!(wide > 0, "{what}: {symbol:?} is {wide} columns");
            x += wide;
            columns += wide;
        }
        prop_assert_eq!(columns, width, "{}: line {}", what, y);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_leaves_its_place_on_any_screen(text in texts()) {
        for (width, height) in SIZES {
            for keys in PLACES {
                let mut bench = Bench::new(width, height);
                bench.keys(keys);
                poison(&mut bench.state, &text);
                check(&bench.state, keys)?;
                bench.event(Event::Paste(text.clone()));
                check(&bench.state, keys)?;
            }
        }
    }
}

#[test]
fn the_known_ones_on_the_board_and_a_stay() {
    for text in known() {
        for keys in ["a", "j<enter>"] {
            let mut bench = Bench::new(80, 24);
            bench.keys(keys);
            poison(&mut bench.state, &text);
            check(&bench.state, &text).unwrap();
        }
    }
}
