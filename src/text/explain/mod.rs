//! The engine's explanations as sentences.
//!
//! A step carries codes and values; here they become Swedish or English.
//! An unknown code, of an agreement's file or a later engine, is shown as
//! it is, with its inputs: nothing is left out for want of a word.

mod change;
mod condition;
mod line;
mod locked;
mod rule;
mod stay;
mod value;
mod verdict;

#[cfg(test)]
mod tests;

pub use change::{change, changes, deed_word};
pub use value::payer;
pub use verdict::verdict;

use super::{Lang, format, words};
use crate::rules::trace::{Clause, Input, Outcome, Step};

/// One step as a sentence, without the events that it rests on.
#[must_use]
pub fn sentence(step: &Step, lang: Lang) -> String {
    let read = Read { step, lang };
    let said = stay::sentence(&read).or_else(|| line::sentence(&read));
    said.unwrap_or_else(|| read.plain())
}

/// What went into a step: its name and value in words.
#[must_use]
pub fn input(input: &Input, lang: Lang) -> String {
    let name = value::label(&input.name, lang);
    // The date of birth is the patient's own affair.
    if input.name == "birth_date" {
        return name;
    }
    // Some labels are the beginning of a sentence.
    let name = name.trim_end_matches(':');
    format!("{name}: {}", value::of(&input.name, &input.value, lang))
}

/// One step as a sentence, followed by the events that it rests on.
#[must_use]
pub fn step(step: &Step, lang: Lang) -> String {
    let mut text = sentence(step, lang);
    let events: Vec<_> = step
        .inputs
        .iter()
        .filter_map(|it| event(it, lang))
        .collect();
    if !events.is_empty() {
        let end = text.strip_suffix('.').map(str::len);
        text.truncate(end.unwrap_or(text.len()));
        text.push_str(" (");
        text.push_str(&events.join("; "));
        text.push_str(").");
    }
    text
}

/// An input that an event gave: what, when, and the event.
fn event(input: &Input, lang: Lang) -> Option<String> {
    let event = input.event.as_ref()?;
    let name = value::name(&input.name, lang);
    let shown = match input.name.as_str() {
        // The date is the patient's own affair, and the moment that of the
        // message.
        "birth_date" => String::new(),
        _ => format!(" {}", value::of(&input.name, &input.value, lang)),
    };
    Some(lang.pick(
        format!("{name}{shown}, händelse {event}"),
        format!("{name}{shown}, event {event}"),
    ))
}

/// What went into a step, one by one: name, value, and the event it is from.
#[must_use]
pub fn inputs(step: &Step, lang: Lang) -> Vec<String> {
    let told = |input: &Input| {
        let name = value::label(&input.name, lang);
        let shown = match input.name.as_str() {
            "birth_date" => String::new(),
            _ => format!(": {}", value::of(&input.name, &input.value, lang)),
        };
        let event = input.event.as_ref();
        let event = event.map_or_else(String::new, |event| {
            lang.pick(format!(", händelse {event}"), format!(", event {event}"))
        });
        format!("{}{shown}{event}", name.trim_end_matches(':'))
    };
    // The sentence tells the rest: they are numbers without a name.
    let named =
        |input: &&Input| input.event.is_some() || value::label(&input.name, lang) != input.name;
    step.inputs.iter().filter(named).map(told).collect()
}

/// How a step went, as a word.
#[must_use]
pub fn outcome(outcome: Outcome, lang: Lang) -> &'static str {
    match outcome {
        Outcome::Holds => lang.pick("ja", "yes"),
        Outcome::Fails => lang.pick("nej", "no"),
        Outcome::Lost => lang.pick("gäller inte", "does not apply"),
    }
}

/// Where a rule stands: document, section, and whether it is a reading.
#[must_use]
pub fn clause(clause: &Clause, lang: Lang) -> String {
    let mut text = clause.document.clone();
    // A section of another document names that itself.
    if clause.section.starts_with("Lag (") {
        text.clone_from(&clause.section);
    } else if !clause.section.is_empty() {
        text.push_str(": ");
        text.push_str(&clause.section);
    }
    if clause.reading {
        text.push_str(lang.pick(" (vår tolkning)", " (our reading)"));
    }
    text
}

/// [`clause`] after a step whose clause was `before`: the document is not
/// named again.
#[must_use]
pub fn clause_after(clause: &Clause, before: Option<&Clause>, lang: Lang) -> String {
    let same = before.is_some_and(|it| it.document == clause.document);
    if !same || clause.section.is_empty() {
        return self::clause(clause, lang);
    }
    let mut text = clause.section.clone();
    if clause.reading {
        text.push_str(lang.pick(" (vår tolkning)", " (our reading)"));
    }
    text
}

/// A step that is being put in words.
struct Read<'a> {
    step: &'a Step,
    lang: Lang,
}

impl<'a> Read<'a> {
    /// An input as it stands; none where there is no such one.
    fn raw(&self, name: &str) -> Option<&'a str> {
        let mut inputs = self.step.inputs.iter();
        let input = inputs.find(|input| input.name == name)?;
        Some(&input.value)
    }

    /// An input as people read it; empty where there is no such one.
    fn said(&self, name: &str) -> String {
        self.raw(name)
            .map(|it| value::of(name, it, self.lang))
            .unwrap_or_default()
    }

    /// Every input of a name, as people read them, each once.
    fn all(&self, name: &str) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        for input in self.step.inputs.iter().filter(|input| input.name == name) {
            let said = value::of(name, &input.value, self.lang);
            if !all.contains(&said) {
                all.push(said);
            }
        }
        all
    }

    /// An input that is a number of days.
    fn days(&self, name: &str) -> String {
        value::days(self.raw(name).unwrap_or_default(), self.lang)
    }

    /// An input that is a number of patients.
    fn patients(&self, name: &str) -> String {
        value::patients(self.raw(name).unwrap_or_default(), self.lang)
    }

    /// The result as it stands.
    fn result(&self) -> &'a str {
        &self.step.result
    }

    fn holds(&self) -> bool {
        self.step.outcome == Outcome::Holds
    }

    /// One of two texts.
    fn say(&self, sv: impl Into<String>, en: impl Into<String>) -> String {
        self.lang.pick(sv.into(), en.into())
    }

    /// The sentence as a part of another: no capital, no full stop.
    fn clause_text(&self) -> String {
        let said = stay::sentence(self).unwrap_or_else(|| self.plain());
        let said = said.trim_end_matches('.');
        // Abbreviations keep their capitals.
        let mut letters = said.chars();
        match (letters.next(), letters.next()) {
            (Some(first), Some(second)) if second.is_lowercase() => {
                format!("{}{}", first.to_lowercase(), &said[first.len_utf8()..])
            }
            _ => said.to_owned(),
        }
    }

    /// Code, result and inputs, where nobody knows the words.
    fn plain(&self) -> String {
        let inputs: Vec<_> = self
            .step
            .inputs
            .iter()
            .map(|it| format!("{} {}", it.name, it.value))
            .collect();
        format!(
            "{}: {} [{}]",
            self.step.code,
            self.result(),
            inputs.join(", ")
        )
    }
}
