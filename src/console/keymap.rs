//! From keys to actions: a trie for each context, and the help that is drawn
//! from the same entries.

use std::collections::HashMap;

use super::action::{Action, Context};
use crate::settings::keymap::{self, Chord, Entry, Key, KeymapError, Words, chord_name};

/// The keymap that comes with the program.
const DEFAULT: &str = include_str!("../../keymaps/default.toml");
/// Its name in errors.
const DEFAULT_NAME: &str = "keymaps/default.toml";
/// What a user's file writes to take a key away.
const NOTHING: &str = "none";

/// What a sequence of keys leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// Nothing.
    Nothing,
    /// A chord that is not complete.
    More,
    /// An action.
    Run(Action),
}

#[derive(Debug, Clone, Default)]
struct Node {
    run: Option<Action>,
    next: HashMap<Key, Node>,
}

/// One line of the help: an action, its keys in one context, its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HelpLine {
    /// What it runs.
    pub action: Action,
    /// The chords that run it here.
    pub chords: Vec<Chord>,
    /// What it does.
    pub desc: Words,
    /// One word for the footer.
    pub hint: Option<Words>,
}

impl HelpLine {
    /// The keys as people read them.
    #[must_use]
    pub fn keys(&self) -> String {
        let names: Vec<_> = self.chords.iter().map(|chord| chord_name(chord)).collect();
        names.join("  ")
    }
}

/// All keys in all contexts.
#[derive(Debug, Clone, Default)]
pub struct Keymap {
    tries: HashMap<Context, Node>,
    help: HashMap<Context, Vec<HelpLine>>,
}

/// A chord in one context, from one entry of a file.
struct Binding<'a> {
    context: Context,
    chord: &'a Chord,
    /// None takes the chord away.
    action: Option<Action>,
    entry: &'a Entry,
}

impl Keymap {
    /// The keymap that comes with the program.
    #[must_use]
    #[allow(clippy::missing_panics_doc, reason = "a test loads the embedded file")]
    pub fn standard() -> Self {
        let entries = keymap::parse(DEFAULT_NAME, DEFAULT);
        let entries = entries.expect("the embedded keymap is read by a test");
        let mut map = Self::default();
        map.layer(DEFAULT_NAME, &entries)
            .expect("the embedded keymap is checked by a test");
        map
    }

    /// The standard keymap with a user's differences laid over it.
    ///
    /// # Errors
    /// [`KeymapError`] names file and line: a form that is wrong, an unknown
    /// action or context, a key that stands twice, a key that hides a chord,
    /// a plain character where text is typed.
    pub fn with_differences(file: &str, text: &str) -> Result<Self, KeymapError> {
        let mut map = Self::standard();
        map.layer(file, &keymap::parse(file, text)?)?;
        Ok(map)
    }

    /// What `keys` lead to in a context.
    #[must_use]
    pub fn find(&self, context: Context, keys: &[Key]) -> Found {
        let mut node = match self.tries.get(&context) {
            Some(node) => node,
            None => return Found::Nothing,
        };
        for key in keys {
            match node.next.get(key) {
                Some(next) => node = next,
                None => return Found::Nothing,
            }
        }
        match node.run {
            Some(action) => Found::Run(action),
            None => Found::More,
        }
    }

    /// What the keys of a context do, in the order of the file.
    #[must_use]
    pub fn help(&self, context: Context) -> &[HelpLine] {
        self.help.get(&context).map_or(&[], Vec::as_slice)
    }

    /// The first chord that runs an action in a context, as people read it.
    #[must_use]
    pub fn key_of(&self, context: Context, action: Action) -> Option<String> {
        let line = self
            .help(context)
            .iter()
            .find(|line| line.action == action)?;
        line.chords.first().map(|chord| chord_name(chord))
    }

    fn layer(&mut self, file: &str, entries: &[Entry]) -> Result<(), KeymapError> {
        let bindings = bindings(file, entries)?;
        check(file, &bindings)?;
        for binding in &bindings {
            self.remove_related(binding.context, binding.chord);
        }
        for binding in &bindings {
            if let Some(action) = binding.action {
                self.add(file, binding, action)?;
            }
        }
        self.rebuild();
        Ok(())
    }

    fn add(&mut self, file: &str, binding: &Binding, action: Action) -> Result<(), KeymapError> {
        let known = self
            .help
            .values()
            .flatten()
            .find(|line| line.action == action)
            .map(|line| line.desc.clone());
        let lines = self.help.entry(binding.context).or_default();
        if let Some(line) = lines.iter_mut().find(|line| line.action == action) {
            line.chords.push(binding.chord.clone());
            if let Some(desc) = &binding.entry.desc {
                line.desc = desc.clone();
            }
            return Ok(());
        }
        let desc = binding
            .entry
            .desc
            .clone()
            .or(known)
            .ok_or_else(|| KeymapError {
                file: file.to_owned(),
                line: binding.entry.line,
                problem:
                    "this action has no description here yet; add desc = { sv = \"…\", en = \"…\" }"
                        .to_owned(),
            })?;
        lines.push(HelpLine {
            action,
            chords: vec![binding.chord.clone()],
            desc,
            hint: binding.entry.hint.clone(),
        });
        Ok(())
    }

    /// Takes away what a new chord replaces: the same one, those that begin
    /// with it, and those that it begins with.
    fn remove_related(&mut self, context: Context, chord: &Chord) {
        if let Some(lines) = self.help.get_mut(&context) {
            for line in lines {
                line.chords.retain(|old| !related(old, chord));
            }
        }
    }

    fn rebuild(&mut self) {
        self.tries.clear();
        for (context, lines) in &mut self.help {
            lines.retain(|line| !line.chords.is_empty());
            let root = self.tries.entry(*context).or_default();
            for line in lines {
                for chord in &line.chords {
                    let mut node = &mut *root;
                    for key in chord {
                        node = node.next.entry(*key).or_default();
                    }
                    node.run = Some(line.action);
                }
            }
        }
    }
}

fn related(a: &[Key], b: &[Key]) -> bool {
    a.starts_with(b) || b.starts_with(a)
}

fn bindings<'a>(file: &str, entries: &'a [Entry]) -> Result<Vec<Binding<'a>>, KeymapError> {
    let mut bindings = Vec::new();
    for entry in entries {
        let error = |problem: String| KeymapError {
            file: file.to_owned(),
            line: entry.line,
            problem,
        };
        let action = match entry.run.as_str() {
            NOTHING => None,
            name => Some(Action::from_name(name).ok_or_else(|| {
                error(format!("there is no action \"{name}\"; the help (?) and the default keymap name them all"))
            })?),
        };
        for name in &entry.when {
            let context = Context::from_name(name).ok_or_else(|| {
                let all: Vec<_> = Context::ALL.iter().map(|context| context.name()).collect();
                error(format!(
                    "there is no context \"{name}\"; there are {}",
                    all.join(", ")
                ))
            })?;
            bindings.extend(entry.on.iter().map(|chord| Binding {
                context,
                chord,
                action,
                entry,
            }));
        }
    }
    Ok(bindings)
}

fn check(file: &str, bindings: &[Binding]) -> Result<(), KeymapError> {
    let mut seen: HashMap<(Context, &[Key]), usize> = HashMap::new();
    for binding in bindings {
        let error = |problem: String| KeymapError {
            file: file.to_owned(),
            line: binding.entry.line,
            problem,
        };
        let name = chord_name(binding.chord);
        let place = binding.context.name();
        if binding.context.types() && binding.chord.iter().any(|key| key.typed().is_some()) {
            return Err(error(format!(
                "\"{name}\" is typed as text in {place}; use a key with Ctrl or Alt, or a named one"
            )));
        }
        if let Some(line) = seen.insert((binding.context, binding.chord), binding.entry.line) {
            return Err(error(format!(
                "\"{name}\" stands in {place} already, on line {line}; remove one"
            )));
        }
    }
    for binding in bindings {
        for length in 1..binding.chord.len() {
            let prefix = &binding.chord[..length];
            if let Some(line) = seen.get(&(binding.context, prefix)) {
                return Err(KeymapError {
                    file: file.to_owned(),
                    line: binding.entry.line,
                    problem: format!(
                        "\"{}\" can never be reached: \"{}\" on line {line} already runs something in {}",
                        chord_name(binding.chord),
                        chord_name(prefix),
                        binding.context.name()
                    ),
                });
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::console::action::Command;
    use crossterm::event::{KeyCode, KeyModifiers};

    fn key(char: char) -> Key {
        Key::new(KeyCode::Char(char), KeyModifiers::NONE)
    }

    fn refused(text: &str) -> String {
        let error =
            Keymap::with_differences("mine.toml", &format!("version = 1\nkeys = [\n{text}\n]"));
        error.unwrap_err().to_string()
    }

    #[test]
    fn every_default_key_can_be_typed_on_a_swedish_keyboard_and_is_free_in_tmux() {
        let map = Keymap::standard();
        let hidden = "[]{}\\|@$~^´`¨";
        for line in map.help.values().flatten() {
            for key in line.chords.iter().flatten() {
                if let KeyCode::Char(char) = key.code {
                    assert!(!hidden.contains(char), "{key}");
                    let taken = key.modifiers.contains(KeyModifiers::CONTROL)
                        && "sqzba".contains(char.to_ascii_lowercase());
                    assert!(!taken, "{key}");
                    // Alt and a key is Esc and a key on a slow line.
                    assert!(!key.modifiers.contains(KeyModifiers::ALT), "{key}");
                }
            }
        }
    }

    #[test]
    fn every_context_has_help_and_a_way_out() {
        let map = Keymap::standard();
        let esc = Key::new(KeyCode::Esc, KeyModifiers::NONE);
        for context in Context::ALL {
            assert!(map.help(*context).len() >= 3, "{context:?}");
            assert_ne!(map.find(*context, &[esc]), Found::Nothing, "{context:?}");
        }
        for command in Command::ALL {
            let bound = Context::ALL
                .iter()
                .any(|context| map.key_of(*context, Action::Command(*command)).is_some());
            assert!(bound, "{} has no key", command.name());
        }
    }

    #[test]
    fn chords_wait_for_their_end() {
        let map = Keymap::standard();
        assert_eq!(map.find(Context::Board, &[key('g')]), Found::More);
        assert_eq!(
            map.find(Context::Board, &[key('g'), key('g')]),
            Found::Run(Action::Command(Command::First))
        );
        assert_eq!(
            map.find(Context::Board, &[key('g'), key('x')]),
            Found::Nothing
        );
    }

    #[test]
    fn differences_replace_only_what_they_touch() {
        let text = "version = 1\nkeys = [ { on = \"g\", run = \"reload\", when = \"board\" }, { on = \"å\", run = \"down\", when = \"board\" }, { on = \"j\", run = \"none\", when = \"board\" } ]";
        let map = Keymap::with_differences("mine.toml", text).unwrap();
        let run = |char| map.find(Context::Board, &[key(char)]);
        assert_eq!(run('g'), Found::Run(Action::Command(Command::Reload)));
        assert_eq!(run('å'), Found::Run(Action::Command(Command::Down)));
        assert_eq!(run('j'), Found::Nothing);
        assert_eq!(map.find(Context::Stay, &[key('g')]), Found::More);
        let down = map
            .help(Context::Board)
            .iter()
            .find(|line| line.keys().contains('å'));
        assert!(!down.unwrap().desc.sv.is_empty());
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
            place.starts_with("mine.toml:3: there is no context \"moon\"; there are board,"),
            "{place}"
        );
        let typed = refused("{ on = \"z\", run = \"accept\", when = \"form\" }");
        assert!(typed.contains("typed as text in form"), "{typed}");
    }
}
