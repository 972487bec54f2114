//! All that can be done, found by a few letters.

use nucleo_matcher::{
    Config, Matcher, Utf32Str,
    pattern::{CaseMatching, Normalization, Pattern},
};
use tui_input::{Input, InputRequest};

use super::{list::Place, menu::Pick};
use crate::text::console::Say;

/// Something that can be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What it does.
    pub pick: Pick,
    /// What it is called.
    pub name: String,
    /// The name in keymap files, which finds it as well.
    pub code: String,
    /// Its key.
    pub key: String,
    /// Why it cannot be done now.
    pub disabled: Option<Say>,
}

/// The open palette.
#[derive(Debug, Clone)]
pub struct Palette {
    /// What is typed.
    pub input: Input,
    /// All that there is.
    pub entries: Vec<Entry>,
    /// What fits what is typed, best first, as places in the entries.
    pub shown: Vec<usize>,
    /// Where one is.
    pub place: Place,
}

impl Palette {
    /// A palette of all entries.
    #[must_use]
    pub fn new(entries: Vec<Entry>) -> Self {
        Self {
            input: Input::default(),
            shown: (0..entries.len()).collect(),
            entries,
            place: Place::default(),
        }
    }

    /// The selected entry.
    #[must_use]
    pub fn selected(&self) -> Option<&Entry> {
        let index = *self.shown.get(self.place.at)?;
        self.entries.get(index)
    }

    /// Writes what finds.
    pub fn write(&mut self, text: &str) {
        for char in text.chars().filter(|char| !char.is_control()) {
            self.input.handle(InputRequest::InsertChar(char));
        }
        self.search();
    }

    /// Edits what finds.
    pub fn edit(&mut self, request: InputRequest) {
        if self
            .input
            .handle(request)
            .is_some_and(|changed| changed.value)
        {
            self.search();
        }
    }

    /// Finds by letters in their order, the closest first; a, e and o find å,
    /// ä, é and ö. Among equals, what can be done goes before what cannot.
    fn search(&mut self) {
        let wanted = Pattern::parse(
            self.input.value(),
            CaseMatching::Ignore,
            Normalization::Smart,
        );
        let mut matcher = Matcher::new(Config::DEFAULT);
        let mut letters = Vec::new();
        let mut score = |text: &str| wanted.score(Utf32Str::new(text, &mut letters), &mut matcher);
        let mut found: Vec<_> = self
            .entries
            .iter()
            .enumerate()
            .filter_map(|(index, entry)| {
                let best = score(&entry.name).max(score(&entry.code))?;
                Some((best, entry.disabled.is_some(), index))
            })
            .collect();
        found.sort_by_key(|(score, disabled, index)| (u32::MAX - score, *disabled, *index));
        self.shown = found.into_iter().map(|(_, _, index)| index).collect();
        self.place = Place::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::console::action::{Action, Command};

    fn palette(names: &[(&str, &str, bool)]) -> Palette {
        let entry = |(name, code, possible): &(&str, &str, bool)| Entry {
            pick: Pick::Run(Action::Command(Command::Help)),
            name: (*name).to_owned(),
            code: (*code).to_owned(),
            key: String::new(),
            disabled: (!possible).then_some(Say::WhyLocked),
        };
        Palette::new(names.iter().map(entry).collect())
    }

    fn found(palette: &Palette) -> Vec<&str> {
        let shown = palette.shown.iter();
        shown
            .map(|index| palette.entries[*index].name.as_str())
            .collect()
    }

    #[test]
    fn letters_find_names_and_codes_however_they_are_written() {
        let all = [
            ("Öppna vårdtillfället", "open", true),
            ("Välj ordning", "sort", true),
            ("Kallelse till SIP", "record.sip_called", true),
        ];
        for (typed, first) in [
            ("ord", "Välj ordning"),
            ("VALJ", "Välj ordning"),
            ("oppna", "Öppna vårdtillfället"),
            ("sip", "Kallelse till SIP"),
            ("sipcall", "Kallelse till SIP"),
            ("kls", "Kallelse till SIP"),
        ] {
            let mut palette = palette(&all);
            palette.write(typed);
            assert_eq!(found(&palette).first(), Some(&first), "{typed}");
        }
        let mut none = palette(&all);
        none.write("xyzzy");
        assert!(none.shown.is_empty() && none.selected().is_none());
        none.edit(InputRequest::DeleteLine);
        assert_eq!(none.shown.len(), 3);
    }

    #[test]
    fn what_can_be_done_goes_before_its_equals() {
        let mut palette = palette(&[("Lås", "lock", false), ("Lås", "lock", true)]);
        palette.write("lås");
        assert_eq!(palette.shown, [1, 0]);
    }
}
