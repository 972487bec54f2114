//! The files that come with the program, and corrupted ones.

use super::*;
use crate::{
    console::{
        action::{Command, Layer},
        screen::{Level, Screen},
    },
    text::{Lang, settings::file_error},
};
use crossterm::event::{KeyCode, KeyModifiers};

fn key(char: char) -> Key {
    Key::new(KeyCode::Char(char), KeyModifiers::NONE)
}

fn refused(text: &str) -> String {
    let text = format!("version = 1\nkeys = [\n{text}\n]");
    let error = Keymap::standard().with_differences("mine.toml", &text);
    file_error(&error.unwrap_err(), Lang::En)
}

fn context(name: &str) -> Context {
    Context::from_name(name)[0]
}

/// What a Swedish keyboard types without AltGr and dead keys.
const TYPED: &str = "abcdefghijklmnopqrstuvwxyzåäöABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖ\
    0123456789 §½!\"#¤%&/()=?+-_.:,;'*<>";

fn is_easy(key: &Key) -> bool {
    // Alt and a key is Esc and a key on a slow line.
    if key.modifiers.contains(KeyModifiers::ALT) {
        return false;
    }
    let KeyCode::Char(char) = key.code else {
        return true;
    };
    if key.modifiers.contains(KeyModifiers::CONTROL) {
        // Flow control and suspending; tmux's and screen's own keys; Tab and
        // Enter, which terminals send for I, J and M.
        return char.is_ascii_alphabetic() && !"sqzbaijm".contains(char.to_ascii_lowercase());
    }
    TYPED.contains(char)
}

#[test]
fn every_key_that_comes_with_the_program_can_be_typed_on_a_swedish_keyboard() {
    for map in [Keymap::standard(), Keymap::vim()] {
        for line in map.actions.values().flatten() {
            for key in line.chords.iter().flatten() {
                assert!(is_easy(key), "{key} runs {}", line.action.name());
            }
        }
    }
    for hard in [
        "[", "@", "~", "^", "´", "$", "|", "ctrl-b", "ctrl-s", "alt-x",
    ] {
        let text = format!(
            "version = 1\nkeys = [ {{ on = \"{hard}\", run = \"down\", when = \"board\" }} ]"
        );
        let entries = keymap::parse("k", &text).unwrap();
        assert!(!is_easy(&entries[0].on[0][0]), "{hard}");
    }
}

#[test]
fn every_context_has_help_and_a_way_out() {
    for map in [Keymap::standard(), Keymap::vim()] {
        for context in Context::all() {
            assert!(map.help(context).count() >= 3, "{context:?}");
            let leave = match context {
                Context::Over(Layer::Locked) => KeyCode::Enter,
                _ => KeyCode::Esc,
            };
            let leave = Key::new(leave, KeyModifiers::NONE);
            assert_ne!(map.find(context, &[leave]), Found::Nothing, "{context:?}");
        }
        for command in Command::ALL {
            let action = Action::Command(*command);
            let bound = Context::all().any(|context| map.key_of(context, action).is_some());
            assert!(bound, "{} has no key", command.name());
        }
        for screen in Screen::ALL {
            let go = Action::Go(*screen);
            let bound = Context::all().any(|context| map.key_of(context, go).is_some());
            assert_eq!(bound, screen.level() == Level::Top, "{screen:?}");
        }
    }
}

#[test]
fn vi_differs_only_where_its_file_says_so() {
    let (usual, vim) = (Keymap::standard(), Keymap::vim());
    let run = |map: &Keymap, place, char| map.find(context(place), &[key(char)]);
    assert_eq!(
        run(&usual, "close", 'l'),
        Found::Run(Action::Command(Command::Lock))
    );
    assert_eq!(
        run(&vim, "close", 'l'),
        Found::Run(Action::Command(Command::Right))
    );
    assert_eq!(run(&vim, "board", 'j'), run(&usual, "board", 'j'));
    let lock = Action::Command(Command::Lock);
    assert_eq!(vim.key_of(context("close"), lock).as_deref(), Some("Z L"));
}

#[test]
fn a_key_of_one_screen_goes_before_one_of_all_screens() {
    let map = Keymap::standard();
    let esc = Key::new(KeyCode::Char('q'), KeyModifiers::NONE);
    let run = |place| map.find(context(place), &[esc]);
    assert_eq!(run("board"), Found::Run(Action::Command(Command::Quit)));
    assert_eq!(run("stay"), Found::Run(Action::Command(Command::Back)));
    let hidden = refused(
        "{ on = \"z\", run = \"down\", when = \"board\" },\n{ on = \"z z\", run = \"up\", when = \"screens\" }",
    );
    assert!(hidden.starts_with("mine.toml:4: \"z z\" can never be reached"));
}

#[test]
fn an_action_whose_key_is_taken_away_can_still_be_found() {
    let text = "version = 1\nkeys = [ { on = \"s\", run = \"none\", when = \"board\" } ]";
    let map = Keymap::standard()
        .with_differences("mine.toml", text)
        .unwrap();
    let sort = Action::Command(Command::Sort);
    assert_eq!(map.key_of(context("board"), sort), None);
    assert!(map.help(context("board")).all(|line| line.action != sort));
    assert!(
        map.actions(context("board"))
            .iter()
            .any(|line| line.action == sort)
    );
}

#[test]
fn chords_wait_for_their_end() {
    let map = Keymap::standard();
    assert_eq!(map.find(context("board"), &[key('g')]), Found::More);
    assert_eq!(
        map.find(context("board"), &[key('g'), key('g')]),
        Found::Run(Action::Command(Command::First))
    );
    assert_eq!(
        map.find(context("board"), &[key('g'), key('x')]),
        Found::Nothing
    );
}

#[test]
fn differences_replace_only_what_they_touch() {
    let text = "version = 1\nkeys = [ { on = \"r\", run = \"filter\", when = \"board\" }, { on = \"å\", run = \"down\", when = \"board\" }, { on = \"j\", run = \"none\", when = \"board\" } ]";
    let map = Keymap::standard()
        .with_differences("mine.toml", text)
        .unwrap();
    let run = |char| map.find(context("board"), &[key(char)]);
    assert_eq!(run('r'), Found::Run(Action::Command(Command::Filter)));
    assert_eq!(run('å'), Found::Run(Action::Command(Command::Down)));
    assert_eq!(run('j'), Found::Nothing);
    let stays = map.find(context("stay"), &[key('r')]);
    assert_eq!(stays, Found::Run(Action::Command(Command::Reload)));
    let down = map
        .help(context("board"))
        .find(|line| line.keys().contains('å'));
    assert!(!down.unwrap().desc.sv.is_empty());
}

/// Six chords begin with it: none of them goes without a word.
#[test]
fn a_key_that_would_hide_chords_of_the_keymap_below_is_refused() {
    let hides = refused("{ on = \"g\", run = \"reload\", when = \"board\" }");
    assert!(
        hides.starts_with("mine.toml:3: \"g\" and \"g ")
            && hides.contains("cannot both be reached in board"),
        "{hides}"
    );
    let hidden = refused("{ on = \"z z\", run = \"reload\", when = \"board\" }");
    assert!(hidden.contains("\"z z\" and \"z\" cannot both"), "{hidden}");
    let text = "version = 1\nkeys = [ { on = \"z\", run = \"none\", when = \"board\" }, { on = \"z z\", run = \"freeze\", when = \"board\" } ]";
    let map = Keymap::standard()
        .with_differences("mine.toml", text)
        .unwrap();
    let zz = [key('z'), key('z')];
    assert_eq!(
        map.find(context("board"), &zz),
        Found::Run(Action::Command(Command::Freeze))
    );
}

#[test]
fn a_chord_that_is_taken_away_first_is_in_nobody_s_way() {
    let gone = ["g g", "g b", "g p", "g a", "g d", "g l", "g m"];
    let gone = gone.map(|keys| format!("{keys:?}")).join(", ");
    let text = format!(
        "version = 1\nkeys = [
            {{ on = [{gone}], run = \"none\", when = \"board\" }},
            {{ on = \"g\", run = \"down\", when = \"board\" }},
            {{ on = \"ctrl-t\", run = \"record.note\", when = \"board\" }} ]"
    );
    let map = Keymap::standard().with_differences("mine.toml", &text);
    let map = map.unwrap_or_else(|error| panic!("{}", file_error(&error, Lang::En)));
    let run = |place| map.find(context(place), &[key('g')]);
    assert_eq!(run("board"), Found::Run(Action::Command(Command::Down)));
    assert_eq!(run("stay"), Found::More);
}

#[test]
fn mistakes_are_refused_with_file_and_line() {
    let twice = refused(
        "{ on = \"z\", run = \"down\", when = \"board\" },\n{ on = [\"y\", \"z\"], run = \"up\", when = [\"stay\", \"board\"] }",
    );
    assert_eq!(
        twice,
        "mine.toml:4: \"z\" stands in board already, on line 3; remove one"
    );
    let hidden = refused(
        "{ on = \"z\", run = \"down\", when = \"board\" },\n{ on = \"z z\", run = \"up\", when = \"board\" }",
    );
    assert!(
        hidden.starts_with("mine.toml:4: \"z z\" can never be reached: \"z\" on line 3"),
        "{hidden}"
    );
    let action = refused("{ on = \"z\", run = \"dance\", when = \"board\" }");
    assert!(
        action.starts_with("mine.toml:3: there is no action \"dance\""),
        "{action}"
    );
    let place = refused("{ on = \"z\", run = \"down\", when = \"moon\" }");
    assert!(
        place.starts_with("mine.toml:3: there is no context \"moon\"; there are screens, board,"),
        "{place}"
    );
    let elsewhere = refused("{ on = \"x\", run = \"lock\", when = \"board\" }");
    assert_eq!(
        elsewhere,
        "mine.toml:3: \"lock\" does nothing in board; keymaps/default.toml shows where it belongs"
    );
    let typed = refused("{ on = \"z\", run = \"accept\", when = \"form\" }");
    assert!(typed.contains("typed as text in form"), "{typed}");
}
