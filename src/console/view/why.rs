//! The explanation as lines.

use super::paint::{Tone, wrap};
use crate::{
    model::text::plain,
    rules::trace::{Explanation, Outcome, SpanExplanation, Step, codes},
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
        let agreement = span.agreement.as_ref().map(ToString::to_string);
        let title = format!("{from}  {}", agreement.unwrap_or_default());
        self.add("", title.trim_end(), Tone::Title);
        for step in &span.steps {
            self.step(step, lang);
        }
        let (said, tone) = match span.liability_start {
            Some(at) => (
                format!(
                    "{} {}",
                    Say::LiabilityStarts.text(lang),
                    format::near_moment(at, lang)
                ),
                Tone::Alarm,
            ),
            None if by_average(span) => {
                (Say::LiabilityByAverage.text(lang).to_owned(), Tone::Plain)
            }
            None => (Say::LiabilityStartsNot.text(lang).to_owned(), Tone::Stopped),
        };
        self.add("= ", &said, tone);
        if span.remedies.is_empty() {
            return;
        }
        self.add(
            "",
            &format!("{}:", Say::WouldChange.text(lang)),
            Tone::Strong,
        );
        for remedy in &span.remedies {
            self.add("  → ", &explain::remedy(remedy, lang), Tone::Good);
            if let Some(clause) = &remedy.clause {
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
