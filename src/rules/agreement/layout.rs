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

    /// The names that lead to the innermost thing around a byte, such as
    /// `rule.individual.grace_days`; none outside everything that has a name.
    pub(super) fn name_at(&self, byte: usize) -> Option<String> {
        let mut found = None;
        within_table(self.0.as_ref()?.get_ref(), "", byte, &mut found);
        found.map(|(_, name)| name)
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

/// The shortest span found so far, and the names that lead to it.
type Found = Option<(usize, String)>;

fn within_table(table: &DeTable<'_>, before: &str, byte: usize, found: &mut Found) {
    for (key, value) in table.iter() {
        let dot = if before.is_empty() { "" } else { "." };
        let name = format!("{before}{dot}{}", key.get_ref());
        around(&key.span(), &name, byte, found);
        within_value(value, &name, byte, found);
    }
}

fn within_value(value: &Spanned<DeValue<'_>>, name: &str, byte: usize, found: &mut Found) {
    around(&value.span(), name, byte, found);
    match value.get_ref() {
        DeValue::Table(table) => within_table(table, name, byte, found),
        // Headers of one name make a list that has no place of its own.
        DeValue::Array(list) => {
            for one in list.iter() {
                within_value(one, name, byte, found);
            }
        }
        _ => {}
    }
}

fn around(span: &Range<usize>, name: &str, byte: usize, found: &mut Found) {
    let shorter = found.as_ref().is_none_or(|(best, _)| span.len() <= *best);
    if span.contains(&byte) && shorter {
        *found = Some((span.len(), name.to_owned()));
    }
}
