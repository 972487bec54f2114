//! How much of patients' names is shown.

use std::borrow::Cow;

use crate::{
    desk::reply::ShownIdentity,
    model::text::plain,
    settings::preferences::Work,
    text::{Lang, console::Say},
};

/// Initials that are shown at most.
const INITIALS: usize = 3;

/// How names are shown. A protected identity is masked in each of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Names {
    /// Whole names and numbers.
    #[default]
    Whole,
    /// Initials alone.
    Initials,
    /// Nothing: stays are known by their id.
    Hidden,
}

impl Names {
    /// What a role begins with: who meets the patients sees names, finance
    /// needs none.
    #[must_use]
    pub fn of(role: Work) -> Self {
        match role {
            Work::Planner => Self::Whole,
            Work::Municipality => Self::Initials,
            Work::Finance => Self::Hidden,
        }
    }

    /// The one after this.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Whole => Self::Initials,
            Self::Initials => Self::Hidden,
            Self::Hidden => Self::Whole,
        }
    }

    /// What it is called.
    #[must_use]
    pub fn say(self) -> Say {
        match self {
            Self::Whole => Say::NamesWhole,
            Self::Initials => Say::NamesInitials,
            Self::Hidden => Say::NamesHidden,
        }
    }

    /// A patient's name as it is shown.
    #[must_use]
    pub fn name(self, patient: &ShownIdentity, lang: Lang) -> Cow<'_, str> {
        if patient.protected {
            return Say::Masked.text(lang).into();
        }
        match (self, &patient.name) {
            (Self::Whole, Some(name)) => plain(name),
            (Self::Initials, Some(name)) => initials(&plain(name)).into(),
            _ => "–".into(),
        }
    }
}

/// The first letters of a name's words.
fn initials(name: &str) -> String {
    let words = name.split_whitespace();
    let firsts = words.filter_map(|word| word.chars().find(|char| char.is_alphabetic()));
    let letters: Vec<_> = firsts
        .take(INITIALS)
        .map(|char| format!("{char}."))
        .collect();
    letters.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patient(name: Option<&str>, protected: bool) -> ShownIdentity {
        ShownIdentity {
            name: name.map(str::to_owned),
            pnr: None,
            protected,
        }
    }

    #[test]
    fn names_are_whole_initials_or_not_there() {
        let anna = patient(Some("Anna-Lisa von\u{1b}[2J Öberg"), false);
        let shown = |names: Names| names.name(&anna, Lang::Sv).into_owned();
        assert!(shown(Names::Whole).starts_with("Anna-Lisa von"));
        assert_eq!(shown(Names::Initials), "A. v. Ö.");
        assert_eq!(shown(Names::Hidden), "–");
        let unknown = patient(None, false);
        assert_eq!(Names::Initials.name(&unknown, Lang::Sv), "–");
        assert_eq!(initials("4 ./"), "");
    }

    #[test]
    fn who_is_protected_is_masked_in_every_way() {
        let hidden = patient(Some("Hemlig"), true);
        for names in [Names::Whole, Names::Initials, Names::Hidden] {
            assert_eq!(names.name(&hidden, Lang::Sv), "skyddad");
        }
    }

    #[test]
    fn each_way_leads_to_the_next() {
        let mut names = Names::of(Work::Planner);
        for wanted in [Names::Initials, Names::Hidden, Names::Whole] {
            names = names.next();
            assert_eq!(names, wanted);
        }
        assert_eq!(Names::of(Work::Finance), Names::Hidden);
    }
}
