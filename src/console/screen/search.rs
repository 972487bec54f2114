//! The filter: which rows its words find.

use nucleo_matcher::{
    Config, Matcher, Utf32Str,
    pattern::{Atom, AtomKind, CaseMatching, Normalization},
};

use super::arrange::Lens;
use crate::{
    console::names::Names,
    desk::reply::BoardRow,
    text::console::{self, Say},
};

/// Letters from which a word may also be found with others between its own:
/// fewer would find nearly everything.
const FUZZY: usize = 3;

/// The filter's words, each of which a row must hold.
pub struct Words {
    atoms: Vec<Atom>,
    matcher: Matcher,
    letters: Vec<char>,
}

impl Words {
    /// The words of a filter.
    #[must_use]
    pub fn of(filter: &str) -> Self {
        let atoms = filter.split_whitespace().map(|word| {
            // Of numbers, only what is typed is meant.
            let digits = word.chars().any(char::is_numeric);
            let kind = if digits || word.chars().count() < FUZZY {
                AtomKind::Substring
            } else {
                AtomKind::Fuzzy
            };
            let (case, normal) = (CaseMatching::Ignore, Normalization::Smart);
            Atom::new(word, case, normal, kind, false)
        });
        Self {
            atoms: atoms.collect(),
            matcher: Matcher::new(Config::DEFAULT),
            letters: Vec::new(),
        }
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.atoms.is_empty()
    }

    /// Where in a text, in bytes, the filter's words are found: as one stretch
    /// where a word stands whole, else letter by letter.
    pub fn places(&mut self, text: &str) -> Vec<(usize, usize)> {
        let Self {
            atoms,
            matcher,
            letters,
        } = self;
        let mut places = Vec::new();
        let mut before = 0;
        for word in text.split_inclusive(char::is_whitespace) {
            let (part, from) = (word.trim_end(), before);
            before += word.len();
            let chars: Vec<_> = part.char_indices().collect();
            for atom in atoms.iter() {
                let mut found = Vec::new();
                let graphemes = Utf32Str::new(part, letters);
                // Letters that are more than one character are not marked.
                let simple = graphemes.len() == chars.len();
                if !simple || atom.indices(graphemes, matcher, &mut found).is_none() {
                    continue;
                }
                places.extend(found.iter().map(|index| {
                    let (start, char) = chars[*index as usize];
                    (from + start, from + start + char.len_utf8())
                }));
            }
        }
        places
    }

    /// Whether each word is found within one word of a row's text.
    pub fn find(&mut self, text: &str) -> bool {
        let Self {
            atoms,
            matcher,
            letters,
        } = self;
        atoms.iter().all(|atom| {
            // Letters of two words make no word of their own.
            text.split_whitespace().any(|part| {
                let part = Utf32Str::new(part, letters);
                atom.score(part, matcher).is_some()
            })
        })
    }
}

/// What of a row is looked in: all that is shown of it, and nothing that is
/// not. A filter that finds a hidden name would tell it.
#[must_use]
pub fn text_of(row: &BoardRow, lens: &Lens) -> String {
    let (line, lang) = (&row.line, lens.lang);
    let mut parts = vec![
        line.episode.to_string(),
        line.ward.clone(),
        row.hospital.clone(),
        console::state(line.state, lang).to_owned(),
    ];
    if row.patient.protected {
        parts.push(Say::Masked.text(lang).to_owned());
    } else if lens.names != Names::Hidden {
        parts.push(lens.names.name(&row.patient, lang).into_owned());
    }
    if let Some(payer) = line.payer {
        parts.push(payer.to_string());
        parts.push(payer.name().to_owned());
    }
    if row.conflicts > 0 {
        parts.push(Say::Conflict.text(lang).to_owned());
    }
    let flags = line.flags.iter();
    parts.extend(flags.map(|flag| console::flag(flag.code, lang).to_owned()));
    parts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finds(filter: &str, text: &str) -> bool {
        Words::of(filter).find(text)
    }

    #[test]
    fn words_are_found_by_their_letters_within_one_word() {
        let text = "VARM-9 Avd 5 CSK Anna Åkesson Karin Lind 1780 Karlstad SIP saknas";
        for found in [
            "akesson",
            "ÅKES",
            "krlst",
            "sip saknas",
            "178",
            "avd 5",
            "varm",
        ] {
            assert!(finds(found, text), "{found}");
        }
        for none in ["170", "kil", "annakarlstad", "vd9", "xyz", "krlst 1715"] {
            assert!(!finds(none, text), "{none}");
        }
        assert!(finds("", text) && Words::of("  ").is_empty());
    }

    #[test]
    fn the_letters_that_were_found_are_told_apart() {
        let marked = |filter: &str, text: &str| -> String {
            let mut text: Vec<char> = text.chars().collect();
            let whole: String = text.iter().collect();
            for (start, _) in Words::of(filter).places(&whole) {
                text[whole[..start].chars().count()] = '^';
            }
            text.into_iter().collect()
        };
        assert_eq!(marked("åkes", "Anna Åkesson"), "Anna ^^^^son");
        assert_eq!(marked("krst", "1780 Karlstad"), "1780 ^a^l^^ad");
        assert_eq!(marked("178 karl", "1780 Karlstad"), "^^^0 ^^^^stad");
        assert_eq!(marked("xyz", "1780 Karlstad"), "1780 Karlstad");
    }
}
