//! Where each part of a file stands, for errors that name its line.

use std::ops::Range;

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

/// One step into the file: a field's name, or a place in a list.
#[derive(Debug, Clone, Copy)]
pub(super) enum Step<'s> {
    Field(&'s str),
    Nth(usize),
}

/// The file, with the place of each value.
pub(super) struct Layout<'t>(Option<Spanned<DeTable<'t>>>);

impl<'t> Layout<'t> {
    /// Of a file that is no TOML nothing is found.
    pub(super) fn of(text: &'t str) -> Self {
        Self(DeTable::parse(text).ok())
    }

    /// The bytes of what stands at `place`.
    pub(super) fn find(&self, place: &[Step<'_>]) -> Option<Range<usize>> {
        let (found, depth) = self.deepest(place);
        found.filter(|_| depth == place.len())
    }

    /// The bytes of what stands at `place`, else of the nearest thing that it
    /// would stand in.
    pub(super) fn span(&self, place: &[Step<'_>]) -> Range<usize> {
        self.deepest(place).0.unwrap_or(0..0)
    }

    fn deepest(&self, place: &[Step<'_>]) -> (Option<Range<usize>>, usize) {
        let mut value: Option<&Spanned<DeValue<'_>>> = None;
        for (depth, step) in place.iter().enumerate() {
            let next = match (step, value) {
                (Step::Field(name), None) => {
                    self.0.as_ref().and_then(|root| root.get_ref().get(*name))
                }
                (Step::Field(name), Some(value)) => value.get_ref().get(*name),
                (Step::Nth(at), Some(value)) => value.get_ref().get(*at),
                (Step::Nth(_), None) => None,
            };
            if next.is_none() {
                return (value.map(Spanned::span), depth);
            }
            value = next;
        }
        (value.map(Spanned::span), place.len())
    }
}
