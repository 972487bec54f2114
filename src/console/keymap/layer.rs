//! What one file binds, checked.

use std::collections::HashMap;

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
    let named = lines(&all, |binding| binding.named);
    all.retain(|binding| {
        binding.named || !named.contains_key(&(binding.context, binding.chord.as_slice()))
    });
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

/// The lines of the chords that are wanted.
fn lines<'a>(
    all: &[Binding<'a>],
    wanted: impl Fn(&Binding) -> bool,
) -> HashMap<(Context, &'a [Key]), usize> {
    let of = all.iter().filter(|binding| wanted(binding));
    of.map(|binding| {
        let place = (binding.context, binding.chord.as_slice());
        (place, binding.entry.line)
    })
    .collect()
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

/// Refuses a chord whose beginning already runs something.
fn reachable(file: &str, all: &[Binding]) -> Result<(), FileError> {
    // A key that is taken away runs nothing.
    let seen = lines(all, |binding| binding.action.is_some());
    for binding in all {
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
