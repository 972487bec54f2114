//! The palette, looks, copies and own files: before, keys, after.

use std::fs;

use super::*;
use crate::{
    console::{
        action::{Context, Layer},
        screen::{Screen, sort::Sort},
        setup::Setup,
        state::Overlay,
    },
    settings::preferences::SavedView,
};

#[test]
fn the_palette_finds_and_does_what_is_selected() {
    for (before, typed, after) in [
        ("", "manadsavsl", Context::On(Screen::Close)),
        ("", "välj ordning", Context::Over(Layer::Menu)),
        ("", "reverse", Context::On(Screen::Board)),
        ("j<enter>", "anteckning", Context::Over(Layer::Form)),
        ("j<enter>", "tavlan", Context::On(Screen::Board)),
        ("m", "hjälp", Context::Over(Layer::Help)),
    ] {
        let mut bench = Bench::new(80, 24);
        bench.keys(before).keys(":").keys(typed).keys("<enter>");
        assert_eq!(bench.state.context(), after, "{typed}\n{}", bench.picture());
    }
}

#[test]
fn the_palette_shows_keys_and_says_why_not() {
    let mut bench = Bench::new(80, 24);
    bench.keys("j<enter>:underrättelse");
    assert!(
        bench.says("u         Underrättelse om utskrivningsklar  (patienten är redan"),
        "{}",
        bench.picture()
    );
    bench.keys("<enter>");
    assert!(bench.says("! patienten är redan utskrivningsklar"));
    assert_eq!(bench.state.context(), Context::Over(Layer::Palette));
    bench.keys("<esc>");
    assert_eq!(bench.state.context(), Context::On(Screen::Stay));
}

#[test]
fn the_palette_holds_every_action_of_every_screen() {
    for (keys, screen) in [
        ("", Screen::Board),
        ("j<enter>", Screen::Stay),
        ("m", Screen::Close),
    ] {
        let mut bench = Bench::new(80, 24);
        bench.keys(keys).keys(":");
        let Some(Overlay::Palette(palette)) = &bench.state.overlay else {
            panic!("no palette");
        };
        let moves = [
            "down",
            "up",
            "page_down",
            "page_up",
            "first",
            "last",
            "palette",
        ];
        for line in bench.state.keymap.actions(Context::On(screen)) {
            let name = line.action.name();
            let there = palette.entries.iter().any(|entry| entry.code == name);
            assert_ne!(there, moves.contains(&name.as_str()), "{screen:?} {name}");
        }
    }
}

#[test]
fn every_action_is_found_from_every_screen_or_says_where_it_is_done() {
    for keys in ["", "j<enter>", "m", "gp", "gp<enter>", "ga", "gl", "gd"] {
        let mut bench = Bench::new(80, 24);
        bench.keys(keys).keys(":");
        let Some(Overlay::Palette(palette)) = &bench.state.overlay else {
            panic!("no palette");
        };
        let has = |name: &str| palette.entries.iter().any(|entry| entry.code == name);
        for kind in crate::console::form::recordable() {
            assert!(has(&format!("record.{}", kind.name())), "{keys} {kind:?}");
        }
        for name in [
            "lock", "confirm", "mark_set", "bulk", "own", "go.log", "fold_all",
        ] {
            assert!(has(name), "{keys} {name}");
        }
        bench.keys("settle");
        let elsewhere = bench.says("! görs i ett vårdtillfälle");
        assert_eq!(elsewhere, keys != "j<enter>", "{}", bench.picture());
    }
}

#[test]
fn an_event_is_recorded_for_the_selected_stay_from_any_list() {
    for keys in ["j", "gp<enter>j", "gd"] {
        let mut bench = Bench::new(80, 24);
        bench.keys(keys).keys(":anteckning");
        assert!(bench.says("Anteckning · VARM-"), "{}", bench.picture());
        bench.keys("<enter>");
        assert_eq!(bench.state.context(), Context::Over(Layer::Form), "{keys}");
        assert_eq!(bench.state.screen(), Screen::Stay);
        bench.keys("<esc><esc>");
        assert_ne!(bench.state.screen(), Screen::Stay, "{keys}");
    }
    // What makes no sense in that stay says so there.
    let mut bench = Bench::new(80, 24);
    bench.keys("j:record.ready_notice<enter>");
    assert!(bench.says("redan utskrivningsklar"), "{}", bench.picture());
    let mut bench = Bench::new(80, 24);
    bench.keys("ga:anteckning");
    assert!(
        bench.says("inget vårdtillfälle är valt"),
        "{}",
        bench.picture()
    );
}

#[test]
fn the_banner_speaks_the_language_that_is_chosen() {
    let mut bench = Bench::new(80, 24);
    bench.state.banner = Some(crate::settings::keymap::Words {
        sv: "påhittade".to_owned(),
        en: "fictional".to_owned(),
    });
    assert!(bench.says("! påhittade"));
    bench.keys("L");
    assert!(bench.says("! fictional") && !bench.says("påhittade"));
}

#[test]
fn the_palette_moves_counts_nothing_and_finds_nothing() {
    let mut bench = Bench::new(80, 24);
    bench.keys(":<down><down><up>");
    let at = |bench: &Bench| match &bench.state.overlay {
        Some(Overlay::Palette(palette)) => (palette.place.at, palette.shown.len()),
        other => panic!("{other:?}"),
    };
    assert_eq!(at(&bench).0, 1);
    bench.keys("qqq12");
    assert_eq!(at(&bench), (0, 0));
    assert!(bench.says("Inget passar."));
    bench.keys("<enter>");
    assert_eq!(bench.state.context(), Context::Over(Layer::Palette));
    bench.keys("<ctrl-u>");
    assert!(at(&bench).1 > 10);
}

#[test]
fn a_saved_view_is_found_and_shown_from_any_screen() {
    let mut bench = Bench::new(80, 24);
    bench.state.settings.views = vec![SavedView {
        name: "Kil i morgon".to_owned(),
        filter: "kil".to_owned(),
        sort: Some("stay".to_owned()),
        all: true,
        ..SavedView::default()
    }];
    bench.keys("m:kil i<enter>");
    assert_eq!(bench.state.screen(), Screen::Board);
    assert_eq!(bench.state.board.sort, Sort::Stay);
    assert!(bench.state.board.all && bench.state.board.shown.len() == 1);
    assert!(bench.says("Kil i morgon") && bench.says("VARM-2"));
    bench.keys("<esc>");
    assert_eq!(bench.state.board.shown.len(), 5);
}

#[test]
fn themes_and_borders_change_by_key_and_by_name() {
    let mut bench = Bench::new(80, 24);
    bench.keys("T");
    assert_eq!(bench.state.look.theme, Theme::HighContrast);
    assert!(bench.says("Tema: hög kontrast"));
    bench.keys(":färgblinda<enter>");
    assert_eq!(bench.state.look.theme, Theme::ColourBlind);
    bench.keys("T");
    assert_eq!(bench.state.look.theme, Theme::Default);
    bench.keys("?");
    assert!(bench.says("┌─"));
    bench.keys("<esc>A?");
    assert!(!bench.says("┌─") && bench.says("+-"));
}

#[test]
fn copying_is_off_until_it_is_allowed_and_gives_the_line_as_shown() {
    let mut bench = Bench::new(80, 24);
    bench.keys("y");
    assert!(bench.copied.is_empty() && bench.says("avstängt: copy_osc52 i settings.toml"));
    bench.keys(":kopiera");
    assert!(bench.says("(avstängt: copy"), "{}", bench.picture());
    bench.keys("<esc>");
    bench.state.settings.copy_osc52 = true;
    bench.keys("jy");
    let [line] = bench.copied.as_slice() else {
        panic!("{:?}", bench.copied);
    };
    assert!(
        line.starts_with("~ FRIST      1 h 00 m VARM-1    Anna Anders"),
        "{line}"
    );
    let seen = bench.picture();
    assert!(seen.contains(line.as_str()));
    // A protected name is no more in the copy than on the screen.
    bench.keys("Gy");
    assert!(bench.copied[1].contains("skyddad"), "{}", bench.copied[1]);
    bench.keys("/xyz<enter>y");
    assert_eq!(bench.copied.len(), 2);
    assert!(bench.says("ingen rad är vald"));
}

#[test]
fn a_file_that_is_wrong_is_told_at_once_and_for_as_long_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let wrong = "version = 1\nkeys = [\n  { on = \"z\", run = \"dance\", when = \"board\" },\n]\n";
    fs::write(folder.path().join("keymap.toml"), wrong).unwrap();
    let mut bench = Bench::new(80, 24);
    bench.state.set_up(Setup::read(Some(folder.path())), now());
    assert_eq!(bench.state.context(), Context::Over(Layer::Message));
    let picture = bench.picture();
    assert!(
        picture.contains("Dina egna filer används inte") && picture.contains("\"dance\""),
        "{picture}"
    );
    bench.keys("<esc>");
    assert!(
        bench.says("! Används inte: keymap.toml:3: det finns ingen åtgärd \"dance\""),
        "{}",
        bench.picture()
    );
    bench.keys("jL");
    let selected = bench.state.board.selected().unwrap();
    let episode = selected.line.episode.as_str();
    assert_eq!(episode, "VARM-1", "the standard keys hold");
    assert!(bench.says("Not used: keymap.toml:3: there is no action"));
}

#[test]
fn what_a_settings_file_says_holds_from_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let text = "version = 1\nkeymap = \"vim\"\ntheme = \"high-contrast\"\nascii = true\nidle_lock_minutes = 1\n";
    fs::write(folder.path().join("settings.toml"), text).unwrap();
    let mut bench = Bench::new(80, 24);
    bench.state.set_up(Setup::read(Some(folder.path())), now());
    assert!(bench.state.problems.is_empty() && bench.state.overlay.is_none());
    assert_eq!(
        (bench.state.look.theme, bench.state.look.ascii),
        (Theme::HighContrast, true)
    );
    bench.keys("mh");
    assert!(bench.says("februari 2019"), "{}", bench.picture());
    let later = now() + chrono::TimeDelta::minutes(1);
    bench.state.handle(Event::Tick, later);
    assert_eq!(bench.state.context(), Context::Over(Layer::Locked));
}
