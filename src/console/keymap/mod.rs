//! From keys to actions: a trie for each context, and the help that is drawn
//! from the same entries.

use std::collections::{HashMap, HashSet};

use layer::{Binding, bindings, related};

use super::action::{Action, Context};
use crate::settings::{
    keymap::{self, Chord, Entry, Key, Words, chord_name},
    problem::{FileError, Problem},
};

mod layer;
#[cfg(test)]
mod tests;

/// The keymap that comes with the program: name and text.
const DEFAULT: (&str, &str) = (
    "keymaps/default.toml",
    include_str!("../../../keymaps/default.toml"),
);
/// The differences of those who have vi in their fingers.
const VIM: (&str, &str) = (
    "keymaps/vim.toml",
    include_str!("../../../keymaps/vim.toml"),
);

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
    /// Every action of a context, also those whose keys were taken away.
    actions: HashMap<Context, Vec<HelpLine>>,
}

impl Keymap {
    /// The keymap that comes with the program.
    #[must_use]
    #[allow(clippy::missing_panics_doc, reason = "a test loads the embedded file")]
    pub fn standard() -> Self {
        let mut map = Self::default();
        map.read(DEFAULT.0, DEFAULT.1)
            .expect("the embedded keymap is checked by a test");
        map
    }

    /// The standard keymap with vi's differences.
    #[must_use]
    #[allow(clippy::missing_panics_doc, reason = "a test loads the embedded file")]
    pub fn vim() -> Self {
        let mut map = Self::standard();
        map.read(VIM.0, VIM.1)
            .expect("the embedded keymap is checked by a test");
        map
    }

    /// The keymap with a user's differences laid over it.
    ///
    /// # Errors
    /// [`FileError`] names file and line: a form that is wrong, an unknown
    /// action or context, an action that does nothing there, a key that stands
    /// twice, a key that hides a chord or is hidden by one, a plain character
    /// where text is typed.
    pub fn with_differences(mut self, file: &str, text: &str) -> Result<Self, FileError> {
        self.read(file, text)?;
        Ok(self)
    }

    fn read(&mut self, file: &str, text: &str) -> Result<(), FileError> {
        let entries: Vec<Entry> = keymap::parse(file, text)?;
        self.layer(file, &entries)
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
    pub fn help(&self, context: Context) -> impl Iterator<Item = &HelpLine> {
        let lines = self.actions(context).iter();
        lines.filter(|line| !line.chords.is_empty())
    }

    /// Every action of a context, also those without a key.
    #[must_use]
    pub fn actions(&self, context: Context) -> &[HelpLine] {
        self.actions.get(&context).map_or(&[], Vec::as_slice)
    }

    /// The first chord that runs an action in a context, as people read it.
    #[must_use]
    pub fn key_of(&self, context: Context, action: Action) -> Option<String> {
        let mut lines = self.actions(context).iter();
        let line = lines.find(|line| line.action == action)?;
        line.chords.first().map(|chord| chord_name(chord))
    }

    fn layer(&mut self, file: &str, entries: &[Entry]) -> Result<(), FileError> {
        let bindings = bindings(file, entries)?;
        self.fits(file, &bindings)?;
        for binding in &bindings {
            self.replace(binding.context, binding.chord);
        }
        for binding in &bindings {
            if let Some(action) = binding.action {
                self.add(file, binding, action)?;
            }
        }
        self.rebuild();
        Ok(())
    }

    /// Refuses what does nothing in its place, and what would hide a standing
    /// chord that the file does not mention. The first file has nothing to
    /// fit.
    fn fits(&self, file: &str, bindings: &[Binding]) -> Result<(), FileError> {
        if self.actions.is_empty() {
            return Ok(());
        }
        let touched: HashSet<_> = bindings.iter().map(|it| (it.context, it.chord)).collect();
        for binding in bindings {
            let Some(action) = binding.action else {
                continue;
            };
            let (context, chord) = (binding.context, binding.chord);
            let error = |problem| Err(FileError::new(file, binding.entry.line, problem));
            if !self.is_possible(context, action) {
                let (action, context) = (action.name(), context.name());
                return error(Problem::NotHere { action, context });
            }
            let standing = self.actions(context).iter().flat_map(|line| &line.chords);
            let mut hidden = standing.filter(|old| *old != chord && related(old, chord));
            if let Some(old) = hidden.find(|old| !touched.contains(&(context, *old))) {
                let (keys, others) = (chord_name(chord), chord_name(old));
                let context = context.name();
                return error(Problem::Hides {
                    keys,
                    context,
                    others,
                });
            }
        }
        Ok(())
    }

    /// Whether an action does something in a context: what the first file
    /// binds there, and what acts on whatever screen is in front.
    fn is_possible(&self, context: Context, action: Action) -> bool {
        let known = self.actions(context).iter().any(|it| it.action == action);
        let screen = matches!(context, Context::On(_));
        known || (screen && matches!(action, Action::Record(_)))
    }

    fn add(&mut self, file: &str, binding: &Binding, action: Action) -> Result<(), FileError> {
        let known = self
            .actions
            .values()
            .flatten()
            .find(|line| line.action == action)
            .map(|line| line.desc.clone());
        let lines = self.actions.entry(binding.context).or_default();
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
            .ok_or_else(|| FileError::new(file, binding.entry.line, Problem::NoDescription))?;
        lines.push(HelpLine {
            action,
            chords: vec![binding.chord.clone()],
            desc,
            hint: binding.entry.hint.clone(),
        });
        Ok(())
    }

    /// Takes away what a new chord replaces.
    fn replace(&mut self, context: Context, chord: &Chord) {
        for line in self.actions.get_mut(&context).into_iter().flatten() {
            line.chords.retain(|old| old != chord);
        }
    }

    fn rebuild(&mut self) {
        self.tries.clear();
        for (context, lines) in &mut self.actions {
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
