//! What one file binds, checked.

use std::collections::{HashMap, HashSet};

use crate::{
    console::action::{Action, Context},
    settings::{
        keymap::{Chord, Entry, Key, chord_name},
        problem::{FileError, Problem},
    },
};

/// What a file writes to take a key away.
const NOTHING: &str = "none";

/// A chord in one context, from one entry of a file.
pub(super) struct Binding<'a> {
    pub context: Context,
    pub chord: &'a Chord,
    /// None takes the chord away.
    pub action: Option<Action>,
    pub entry: &'a Entry,
    /// Whether the entry names the context itself; one that does goes before
    /// one that means every screen.
    named: bool,
}

/// Whether two chords cannot both be reached.
pub(super) fn related(a: &[Key], b: &[Key]) -> bool {
    a.starts_with(b) || b.starts_with(a)
}

/// What a file binds where.
///
/// # Errors
/// An unknown action or context, keys that stand twice, keys that hide
/// others, a plain character where text is typed.
pub(super) fn bindings<'a>(
    file: &str,
    entries: &'a [Entry],
) -> Result<Vec<Binding<'a>>, FileError> {
    let mut all = Vec::new();
    for entry in entries {
        let error = |problem| FileError::new(file, entry.line, problem);
        let action = action(entry).map_err(error)?;
        for name in &entry.when {
            let contexts = Context::from_name(name);
            if contexts.is_empty() {
                let known = Context::names();
                return Err(error(Problem::UnknownContext(name.clone(), known)));
            }
            for context in contexts {
                all.extend(entry.on.iter().map(|chord| Binding {
                    context,
                    chord,
                    action,
                    entry,
                    named: context.name() == name,
                }));
            }
        }
    }
    twice(file, &all)?;
    let named = all.iter().filter(|binding| binding.named);
    let named: HashSet<_> = named.map(|it| (it.context, it.chord)).collect();
    all.retain(|it| it.named || !named.contains(&(it.context, it.chord)));
    reachable(file, &all)?;
    Ok(all)
}

fn action(entry: &Entry) -> Result<Option<Action>, Problem> {
    if entry.run == NOTHING {
        return Ok(None);
    }
    let action = Action::from_name(&entry.run);
    let action = action.ok_or_else(|| Problem::UnknownAction(entry.run.clone()))?;
    Ok(Some(action))
}

/// Refuses what is typed as text, and what stands twice.
fn twice(file: &str, all: &[Binding]) -> Result<(), FileError> {
    let mut seen: HashMap<(Context, bool, &[Key]), usize> = HashMap::new();
    for binding in all {
        let (context, line) = (binding.context.name(), binding.entry.line);
        let keys = || chord_name(binding.chord);
        let typed = |key: &Key| key.typed().is_some();
        if binding.context.types() && binding.chord.iter().any(typed) {
            let problem = Problem::TypedAsText {
                keys: keys(),
                context,
            };
            return Err(FileError::new(file, line, problem));
        }
        let place = (binding.context, binding.named, binding.chord.as_slice());
        if let Some(first) = seen.insert(place, line) {
            let problem = Problem::Twice {
                keys: keys(),
                context,
                line: first,
            };
            return Err(FileError::new(file, line, problem));
        }
    }
    Ok(())
}

/// Refuses a chord whose beginning already runs something. One that is taken
/// away is in nobody's way.
fn reachable(file: &str, all: &[Binding]) -> Result<(), FileError> {
    let runs = all.iter().filter(|binding| binding.action.is_some());
    let seen: HashMap<_, _> = runs
        .clone()
        .map(|it| ((it.context, it.chord.as_slice()), it.entry.line))
        .collect();
    for binding in runs {
        for length in 1..binding.chord.len() {
            let by = &binding.chord[..length];
            if let Some(line) = seen.get(&(binding.context, by)) {
                let problem = Problem::Hidden {
                    keys: chord_name(binding.chord),
                    context: binding.context.name(),
                    by: chord_name(by),
                    line: *line,
                };
                return Err(FileError::new(file, binding.entry.line, problem));
            }
        }
    }
    Ok(())
}
