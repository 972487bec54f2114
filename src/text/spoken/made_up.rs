//! The made-up language.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

use super::Spoken;
use crate::text::Lang;

impl Spoken for char {}
impl Spoken for u16 {}
impl Spoken for usize {}

impl Spoken for String {
    fn made_up(self) -> Self {
        made_up(&self)
    }
}

impl Spoken for &str {
    fn made_up(self) -> Self {
        kept(made_up(self)).as_str()
    }
}

impl Spoken for &String {
    fn made_up(self) -> Self {
        kept(made_up(self))
    }
}

impl<A: Spoken, B: Spoken> Spoken for (A, B) {
    fn made_up(self) -> Self {
        (self.0.made_up(), self.1.made_up())
    }
}

impl Spoken for Arc<str> {
    fn made_up(self) -> Self {
        made_up(&self).into()
    }
}

impl<T: Spoken, const N: usize> Spoken for [T; N] {
    fn made_up(self) -> Self {
        self.map(T::made_up)
    }
}

/// A text for the rest of the program's life. Only tests speak the made-up
/// language, and each text is kept once.
fn kept(text: String) -> &'static String {
    static KEPT: Mutex<BTreeMap<String, &'static String>> = Mutex::new(BTreeMap::new());
    let mut all = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    all.entry(text.clone())
        .or_insert_with(|| Box::leak(Box::new(text)))
}

/// Each vowel twice and accented, and as many tildes as two fifths need.
fn made_up(text: &str) -> String {
    let mut out = String::new();
    let (mut letters, mut added) = (0, 0);
    for char in text.chars() {
        letters += usize::from(char.is_alphabetic());
        let accented = match char {
            'a' => 'á',
            'e' => 'é',
            'i' => 'í',
            'o' => 'ó',
            'u' => 'ú',
            'A' => 'Á',
            'E' => 'É',
            'I' => 'Í',
            'O' => 'Ó',
            'U' => 'Ú',
            'å' | 'ä' | 'ö' | 'Å' | 'Ä' | 'Ö' | 'y' => char,
            other => {
                out.push(other);
                continue;
            }
        };
        out.extend([accented, accented]);
        added += 1;
    }
    let wanted = (letters * 2).div_ceil(5);
    out.extend(std::iter::repeat_n('~', wanted.saturating_sub(added)));
    out
}

#[test]
fn texts_are_longer_by_two_fifths_and_numbers_stay() {
    for text in ["Månadsavslut", "SIP", "kr", "läser …", "Ingen klarperiod."] {
        let long = made_up(text);
        let letters = text.chars().filter(|char| char.is_alphabetic()).count();
        let more = long.chars().count() - text.chars().count();
        assert!(more * 5 >= letters * 2, "{text}: {long}");
    }
    assert_eq!(made_up("1 234,50 · –"), "1 234,50 · –");
    assert_eq!(Lang::Pseudo.pick("nej", "no"), "nééj~");
    assert_eq!(Lang::Pseudo.pick(5, 7_u16), 5);
    assert_eq!(Lang::Pseudo.typed("nu", "now"), "nu");
}
