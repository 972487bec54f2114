//! The explanation as a tree: what would change the answer at the top, then
//! the steps, each of which unfolds to its clause and to what went in.

use super::paint::{Tone, wrap};
use crate::{
    console::screen::stay::StayPage,
    desk::reply::{EventView, StayView},
    model::{ids::EventId, text::plain},
    rules::trace::{Change, Explanation, Input, Outcome, SpanExplanation, Step, codes},
    text::{
        Lang,
        console::{self, Say},
        explain, format,
    },
};

/// A line of the tree.
#[derive(Debug, Clone)]
pub struct WhyLine {
    /// What it says, set in as deep as it lies.
    pub text: String,
    /// How it looks.
    pub tone: Tone,
    /// What unfolds from it.
    pub branch: Option<Branch>,
    /// The branch that it lies in.
    pub inside: Option<String>,
    /// The event that it tells of.
    pub event: Option<EventId>,
}

/// What unfolds from a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branch {
    /// Its name, the same as long as the explanation has the same parts.
    pub name: String,
    /// Whether it is unfolded.
    pub open: bool,
}

/// The explanation of a stay in lines of at most `width` columns; none while
/// it is not read.
#[must_use]
pub fn lines(page: &StayPage, lang: Lang, width: u16) -> Vec<WhyLine> {
    let Some(why) = &page.why else {
        return Vec::new();
    };
    let mut tree = Tree {
        out: Vec::new(),
        width: width.saturating_sub(2) as usize,
        page,
        lang,
    };
    tree.all(why);
    tree.out
}

struct Tree<'a> {
    out: Vec<WhyLine>,
    width: usize,
    page: &'a StayPage,
    lang: Lang,
}

/// Where a line hangs: the branch it lies in, and how deep.
#[derive(Clone, Copy)]
struct At<'a> {
    inside: Option<&'a str>,
    depth: usize,
}

const TOP: At<'static> = At {
    inside: None,
    depth: 0,
};

impl Tree<'_> {
    fn all(&mut self, why: &Explanation) {
        let lang = self.lang;
        let (last, earlier) = match why.spans.split_last() {
            Some((last, earlier)) => (Some(last), earlier),
            None => (None, &[][..]),
        };
        let mut changes: Vec<&Change> = why.would_change.iter().collect();
        changes.extend(last.iter().flat_map(|span| &span.would_change));
        self.changes("c", &changes, TOP);
        if !why.steps.is_empty() {
            let title = Say::BeforeSpans.text(lang);
            if let Some(at) = self.branch("s", "", title, Tone::Title, TOP, true) {
                self.steps("s", &why.steps, at);
            }
        }
        if last.is_none() {
            self.add("", Say::NoSpan.text(lang), Tone::Faint, TOP);
        }
        for (index, span) in why.spans.iter().enumerate() {
            self.span(&format!("p{index}"), span, index == earlier.len());
        }
        if !why.months.is_empty() {
            let title = Say::Months.text(lang);
            if let Some(at) = self.branch("m", "", title, Tone::Title, TOP, true) {
                self.steps("m", &why.months, at);
            }
        }
    }

    fn span(&mut self, name: &str, span: &SpanExplanation, last: bool) {
        let lang = self.lang;
        let title = match span.start {
            Some(start) => {
                let from = format::near_moment(start, lang);
                format!("{} {from}", Say::SpanFrom.text(lang))
            }
            None => Say::NoSpan.text(lang).to_owned(),
        };
        let tone = match span.liability_start {
            Some(_) => Tone::Alarm,
            None if by_average(span) => Tone::Plain,
            None => Tone::Stopped,
        };
        let open = self.branch(name, "", &title, Tone::Title, TOP, last);
        // The answer is read before its reasons, unfolded or not.
        let under = At {
            inside: Some(name),
            depth: 1,
        };
        self.add("= ", &explain::verdict(span, lang), tone, under);
        if let Some(at) = open {
            self.steps(name, &span.steps, at);
            if !last {
                let changes: Vec<_> = span.would_change.iter().collect();
                self.changes(&format!("{name}c"), &changes, at);
            }
        }
    }

    fn changes(&mut self, name: &str, changes: &[&Change], at: At) {
        if changes.is_empty() {
            return;
        }
        let title = Say::WouldChange.text(self.lang);
        let Some(at) = self.branch(name, "", title, Tone::Title, at, true) else {
            return;
        };
        let owned: Vec<Change> = changes.iter().map(|change| (*change).clone()).collect();
        let said = explain::changes(&owned, self.lang);
        for (index, (change, said)) in changes.iter().zip(said).enumerate() {
            let Some(clause) = &change.clause else {
                self.add("  → ", &said, Tone::Good, at);
                continue;
            };
            let name = format!("{name}{index}");
            if let Some(at) = self.branch(&name, "→ ", &said, Tone::Good, at, false) {
                self.add("", &explain::clause(clause, self.lang), Tone::Faint, at);
            }
        }
    }

    fn steps(&mut self, name: &str, steps: &[Step], at: At) {
        for (index, step) in steps.iter().enumerate() {
            self.step(&format!("{name}.{index}"), step, at);
        }
    }

    fn step(&mut self, name: &str, step: &Step, at: At) {
        let (mark, tone) = match step.outcome {
            Outcome::Holds => ("+ ", Tone::Plain),
            Outcome::Fails => ("x ", Tone::Stopped),
            Outcome::Lost => ("- ", Tone::Faint),
        };
        let said = explain::sentence(step, self.lang);
        if step.clause.is_none() && step.inputs.is_empty() {
            self.add(&format!("  {mark}"), &said, tone, at);
            return;
        }
        let Some(at) = self.branch(name, mark, &said, tone, at, false) else {
            return;
        };
        if let Some(clause) = &step.clause {
            self.add("§ ", &explain::clause(clause, self.lang), Tone::Faint, at);
        }
        for input in &step.inputs {
            self.input(input, at);
        }
    }

    /// What went in; where an event gave it, that event, to be gone to.
    fn input(&mut self, input: &Input, at: At) {
        let mut said = explain::input(input, self.lang);
        if let Some(id) = &input.event {
            let event = self.page.view.as_deref().and_then(|view| find(view, id));
            let told = event.map_or_else(
                || id.as_str().to_owned(),
                |it| console::told_by(it.at, it.source.as_deref(), &it.by, self.lang),
            );
            said = format!("{said}  → {told}");
        }
        let first = self.out.len();
        self.add("· ", &said, Tone::Plain, at);
        for line in &mut self.out[first..] {
            line.event.clone_from(&input.event);
        }
    }

    /// Adds a line that unfolds; gives where its parts hang if it is open.
    fn branch<'n>(
        &mut self,
        name: &'n str,
        mark: &str,
        text: &str,
        tone: Tone,
        at: At,
        at_first: bool,
    ) -> Option<At<'n>> {
        let open = self.page.folds.is_open(name, at_first);
        let fold = if open { "▾ " } else { "▸ " };
        let first = self.out.len();
        self.add(&format!("{fold}{mark}"), text, tone, at);
        for line in &mut self.out[first..] {
            line.branch = Some(Branch {
                name: name.to_owned(),
                open,
            });
        }
        open.then_some(At {
            inside: Some(name),
            depth: at.depth + 1,
        })
    }

    /// Adds a text, further lines set in under the first.
    fn add(&mut self, mark: &str, text: &str, tone: Tone, at: At) {
        let before = format!("{}{mark}", "  ".repeat(at.depth));
        let indent = before.chars().count();
        let text = plain(text);
        let room = self.width.saturating_sub(indent).max(1);
        for (index, line) in wrap(&text, room).iter().enumerate() {
            let text = match index {
                0 => format!("{before}{line}"),
                _ => format!("{}{line}", " ".repeat(indent)),
            };
            self.out.push(WhyLine {
                text,
                tone,
                branch: None,
                inside: at.inside.map(str::to_owned),
                event: None,
            });
        }
    }
}

fn find<'v>(view: &'v StayView, id: &EventId) -> Option<&'v EventView> {
    view.events.iter().find(|event| event.id == *id)
}

/// Whether the month's average decides on the span: it can cost its payer
/// without a first date of its own.
fn by_average(span: &SpanExplanation) -> bool {
    let holds = |step: &Step| step.outcome == Outcome::Holds;
    span.steps
        .iter()
        .any(|step| step.code == codes::AVERAGE_MEMBER && holds(step))
}
