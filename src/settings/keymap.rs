//! A keymap file: which keys run what, where. Names of actions and contexts
//! are only words here; the console knows them.

use std::fmt;

use crossterm::event::{KeyCode, KeyModifiers};
use serde::Deserialize;
use toml::Spanned;

use super::{
    file,
    problem::{FileError, Problem, line_of},
};

/// The version of the format that this program reads.
pub const VERSION: i64 = 1;

/// One key press. Shift is part of a character (`G`), never beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    /// The key.
    pub code: KeyCode,
    /// Ctrl, Alt, and Shift for keys that are no characters.
    pub modifiers: KeyModifiers,
}

impl Key {
    /// A key as terminals send it, brought to one form.
    #[must_use]
    pub fn new(code: KeyCode, modifiers: KeyModifiers) -> Self {
        let mut modifiers =
            modifiers & (KeyModifiers::CONTROL | KeyModifiers::ALT | KeyModifiers::SHIFT);
        let code = match code {
            KeyCode::Char('\r' | '\n') => KeyCode::Enter,
            KeyCode::Char(char) => {
                let upper = modifiers.contains(KeyModifiers::SHIFT) && char.is_lowercase();
                modifiers.remove(KeyModifiers::SHIFT);
                let char = if upper {
                    char.to_uppercase().next().unwrap_or(char)
                } else {
                    char
                };
                KeyCode::Char(char)
            }
            // Terminals send it with and without Shift.
            KeyCode::BackTab => {
                modifiers.remove(KeyModifiers::SHIFT);
                KeyCode::BackTab
            }
            KeyCode::Tab if modifiers.contains(KeyModifiers::SHIFT) => {
                modifiers.remove(KeyModifiers::SHIFT);
                KeyCode::BackTab
            }
            code => code,
        };
        Self { code, modifiers }
    }

    /// Reads a key's name: one character as it is typed, or what crokey names
    /// (`enter`, `pagedown`, `ctrl-u`, `shift-up`, `f5`).
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        let mut chars = name.chars();
        if let (Some(char), None) = (chars.next(), chars.next()) {
            return Some(Self::new(KeyCode::Char(char), KeyModifiers::NONE));
        }
        let named = crokey::parse(name).ok()?;
        match named.codes {
            crokey::OneToThree::One(code) => Some(Self::new(code, named.modifiers)),
            _ => None,
        }
    }

    /// The character that the key types, if it types one.
    #[must_use]
    pub fn typed(self) -> Option<char> {
        match self.code {
            KeyCode::Char(char) if self.modifiers.is_empty() => Some(char),
            _ => None,
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.modifiers.contains(KeyModifiers::CONTROL) {
            f.write_str("Ctrl-")?;
        }
        if self.modifiers.contains(KeyModifiers::ALT) {
            f.write_str("Alt-")?;
        }
        if self.modifiers.contains(KeyModifiers::SHIFT) {
            f.write_str("Shift-")?;
        }
        match self.code {
            KeyCode::Char(' ') => f.write_str("Space"),
            KeyCode::Char(char) => write!(f, "{char}"),
            KeyCode::Up => f.write_str("↑"),
            KeyCode::Down => f.write_str("↓"),
            KeyCode::Left => f.write_str("←"),
            KeyCode::Right => f.write_str("→"),
            KeyCode::PageUp => f.write_str("PgUp"),
            KeyCode::PageDown => f.write_str("PgDn"),
            KeyCode::BackTab => f.write_str("Shift-Tab"),
            KeyCode::Delete => f.write_str("Del"),
            KeyCode::F(number) => write!(f, "F{number}"),
            code => write!(f, "{code:?}"),
        }
    }
}

/// Keys pressed one after the other.
pub type Chord = Vec<Key>;

/// A text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// Swedish.
    pub sv: String,
    /// English.
    pub en: String,
}

/// One entry of a keymap file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The chords that run it.
    pub on: Vec<Chord>,
    /// The action's name.
    pub run: String,
    /// The contexts in which it holds.
    pub when: Vec<String>,
    /// What it does, for the help.
    pub desc: Option<Words>,
    /// One word for the footer; none keeps it out of there.
    pub hint: Option<Words>,
    /// 1-based line in the file.
    pub line: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    version: Spanned<i64>,
    #[serde(default)]
    keys: Vec<Spanned<RawEntry>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawEntry {
    on: OneOrMore,
    run: String,
    when: OneOrMore,
    desc: Option<Words>,
    hint: Option<Words>,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "expected a text or a list of texts")]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

impl OneOrMore {
    fn list(self) -> Vec<String> {
        match self {
            Self::One(text) => vec![text],
            Self::More(texts) => texts,
        }
    }
}

/// Reads a keymap file's text.
///
/// # Errors
/// [`FileError`] for anything that the format does not have, another
/// version, an empty list, or a key that has no such name.
pub fn parse(name: &str, text: &str) -> Result<Vec<Entry>, FileError> {
    let error = |line, problem| FileError::new(name, line, problem);
    let raw = file::read(name, text, |raw: &Raw| &raw.version, VERSION)?;
    raw.keys
        .into_iter()
        .map(|spanned| {
            let line = line_of(text, &spanned.span());
            entry(spanned.into_inner(), line).map_err(|problem| error(line, problem))
        })
        .collect()
}

fn entry(raw: RawEntry, line: usize) -> Result<Entry, Problem> {
    let on = raw
        .on
        .list()
        .iter()
        .map(|chord| parse_chord(chord))
        .collect::<Result<Vec<_>, _>>()?;
    let when = raw.when.list();
    if on.is_empty() {
        return Err(Problem::NoKeys);
    }
    if when.is_empty() {
        return Err(Problem::NoContexts);
    }
    Ok(Entry {
        on,
        run: raw.run,
        when,
        desc: raw.desc,
        hint: raw.hint,
        line,
    })
}

fn parse_chord(text: &str) -> Result<Chord, Problem> {
    let keys = text
        .split_whitespace()
        .map(|name| Key::parse(name).ok_or_else(|| Problem::UnknownKey(name.to_owned())))
        .collect::<Result<Chord, _>>()?;
    if keys.is_empty() {
        return Err(Problem::EmptyKey);
    }
    Ok(keys)
}

/// Keys as people read them: `g g`, `Ctrl-u`.
#[must_use]
pub fn chord_name(chord: &[Key]) -> String {
    let names: Vec<_> = chord.iter().map(Key::to_string).collect();
    names.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(text: &str) -> (usize, Problem) {
        let error = parse("k.toml", text).unwrap_err();
        assert_eq!(error.file, "k.toml");
        (error.line, error.problem)
    }

    #[test]
    fn keys_have_one_form_however_terminals_send_them() {
        let shifted = Key::new(KeyCode::Char('g'), KeyModifiers::SHIFT);
        assert_eq!(Some(shifted), Key::parse("G"));
        assert_eq!(Some(shifted), Key::parse("shift-g"));
        let question = Key::new(KeyCode::Char('?'), KeyModifiers::SHIFT);
        assert_eq!(Some(question), Key::parse("?"));
        assert_eq!(Key::parse("å").unwrap().typed(), Some('å'));
        assert_eq!(Key::parse("ctrl-u").unwrap().to_string(), "Ctrl-u");
        assert_eq!(
            Key::parse("backtab"),
            Some(Key::new(KeyCode::Tab, KeyModifiers::SHIFT))
        );
    }

    #[test]
    fn a_file_that_is_wrong_is_refused_with_its_line() {
        assert_eq!(problem("version = 2"), (1, Problem::Version(1)));
        let unknown = "version = 1\n[[keys]]\non = \"j\"\nrunn = \"down\"\nwhen = \"board\"\n";
        assert!(
            matches!(problem(unknown), (4, Problem::Form(why)) if why.contains("runn")),
            "{:?}",
            problem(unknown)
        );
        let key =
            "version = 1\nkeys = [\n { on = \"hej\", run = \"down\", when = \"board\" },\n]\n";
        assert_eq!(problem(key), (3, Problem::UnknownKey("hej".to_owned())));
        assert_eq!(
            problem("version = 1\nkeys = [ { on = [], run = \"x\", when = \"y\" } ]"),
            (2, Problem::NoKeys)
        );
        assert!(matches!(problem("keys = []"), (1, Problem::Form(why)) if why.contains("version")));
    }

    #[test]
    fn chords_are_keys_with_spaces_between() {
        let text = "version = 1\nkeys = [ { on = [\"g g\", \"home\"], run = \"first\", when = \"board\" } ]";
        let entries = parse("k.toml", text).unwrap();
        assert_eq!(chord_name(&entries[0].on[0]), "g g");
        assert_eq!(entries[0].on.len(), 2);
    }
}
