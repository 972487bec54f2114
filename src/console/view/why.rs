//! The explanation as lines.

use super::paint::{Tone, wrap};
use crate::{
    model::text::plain,
    rules::trace::{Change, Explanation, Outcome, SpanExplanation, Step, codes},
    text::{Lang, console::Say, explain, format},
};

/// An explanation in lines of at most `width` columns.
#[must_use]
pub fn lines(why: &Explanation, lang: Lang, width: u16) -> Vec<(String, Tone)> {
    let mut lines = Lines {
        out: Vec::new(),
        width: width.saturating_sub(2) as usize,
    };
    for step in &why.steps {
        lines.step(step, lang);
    }
    if why.spans.is_empty() {
        lines.add("", Say::NoSpan.text(lang), Tone::Faint);
    }
    for span in &why.spans {
        lines.span(span, lang);
    }
    lines.changes(&why.would_change, lang);
    if !why.months.is_empty() {
        lines.blank();
    }
    for step in &why.months {
        lines.step(step, lang);
    }
    lines.out
}

struct Lines {
    out: Vec<(String, Tone)>,
    width: usize,
}

impl Lines {
    /// Adds a text, further lines set in under the first.
    fn add(&mut self, mark: &str, text: &str, tone: Tone) {
        let indent = mark.chars().count();
        let text = plain(text);
        let room = self.width.saturating_sub(indent).max(1);
        for (index, line) in wrap(&text, room).iter().enumerate() {
            let before = if index == 0 {
                mark.to_owned()
            } else {
                " ".repeat(indent)
            };
            self.out.push((format!("{before}{line}"), tone));
        }
    }

    fn blank(&mut self) {
        if !self.out.is_empty() {
            self.out.push((String::new(), Tone::Plain));
        }
    }

    fn span(&mut self, span: &SpanExplanation, lang: Lang) {
        self.blank();
        let from = match span.start {
            Some(start) => format!(
                "{} {}",
                Say::SpanFrom.text(lang),
                format::near_moment(start, lang)
            ),
            None => Say::NoSpan.text(lang).to_owned(),
        };
        self.add("", &from, Tone::Title);
        for step in &span.steps {
            self.step(step, lang);
        }
        let tone = match span.liability_start {
            Some(_) => Tone::Alarm,
            None if by_average(span) => Tone::Plain,
            None => Tone::Stopped,
        };
        self.add("= ", &explain::verdict(span, lang), tone);
        self.changes(&span.would_change, lang);
    }

    fn changes(&mut self, changes: &[Change], lang: Lang) {
        if changes.is_empty() {
            return;
        }
        let title = format!("{}:", Say::WouldChange.text(lang));
        self.add("", &title, Tone::Strong);
        for (change, said) in changes.iter().zip(explain::changes(changes, lang)) {
            self.add("  → ", &said, Tone::Good);
            if let Some(clause) = &change.clause {
                self.add("    ", &explain::clause(clause, lang), Tone::Faint);
            }
        }
    }

    fn step(&mut self, step: &Step, lang: Lang) {
        let (mark, tone) = match step.outcome {
            Outcome::Holds => ("+ ", Tone::Plain),
            Outcome::Fails => ("x ", Tone::Stopped),
            Outcome::Lost => ("- ", Tone::Faint),
        };
        self.add(mark, &explain::step(step, lang), tone);
        if let Some(clause) = &step.clause {
            self.add("    ", &explain::clause(clause, lang), Tone::Faint);
        }
    }
}

/// Whether the month's average decides on the span: it can cost its payer
/// without a first date of its own.
fn by_average(span: &SpanExplanation) -> bool {
    let holds = |step: &Step| step.outcome == Outcome::Holds;
    span.steps
        .iter()
        .any(|step| step.code == codes::AVERAGE_MEMBER && holds(step))
}
