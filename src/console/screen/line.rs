//! A line of a month's figures: the steps behind it, unfolding.

use std::collections::BTreeSet;

use crate::{
    console::list::Place,
    desk::error::DeskError,
    ledger::{
        explain::{EntryTrace, LineTrace, MonthTrace},
        figures::{Credit, MonthFigures, PayerFigures},
    },
    model::{ids::EpisodeId, month::Month},
    rules::trace::{Change, Step},
};

/// A step or a stay in the list, by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Node {
    /// A step of the line.
    Step(usize),
    /// A stay that is part of the line.
    Stay(usize),
    /// A step of such a stay.
    StayStep(usize, usize),
}

/// A line's state on the screen.
#[derive(Debug, Clone)]
pub struct LinePage {
    /// Which month.
    pub month: Month,
    /// Whose line, as it was shown.
    pub entry: PayerFigures,
    /// How many entries of the same payer, agreement and model come before.
    pub nth: usize,
    /// Which of its lines; the stays left out come after them, and of an
    /// entry without lines the entry itself.
    pub at: usize,
    /// The steps behind its entry.
    pub trace: Option<Box<EntryTrace>>,
    /// Why they could not be read.
    pub error: Option<DeskError>,
    /// What is unfolded.
    pub open: BTreeSet<Node>,
    /// Where one is.
    pub place: Place,
    /// Serial of the last answer taken; at first that of the last question
    /// before this screen.
    pub applied: u64,
}

impl LinePage {
    /// A line whose steps are not read yet; none where there is no such one.
    #[must_use]
    pub fn new(figures: &MonthFigures, payer: usize, at: usize, serial: u64) -> Option<Self> {
        let entry = figures.payers.get(payer)?;
        if at >= Self::count(entry) {
            return None;
        }
        let before = figures.payers[..payer].iter();
        let same = before.filter(|it| is_same(it, entry));
        Some(Self {
            month: figures.month,
            nth: same.count(),
            entry: entry.clone(),
            at,
            trace: None,
            error: None,
            open: BTreeSet::new(),
            place: Place::default(),
            applied: serial,
        })
    }

    /// How many lines an entry has: what it charges, the stays left out, where
    /// nothing is charged, that, and what is credited.
    #[must_use]
    pub fn count(entry: &PayerFigures) -> usize {
        Self::uncredited(entry) + entry.credits.len()
    }

    fn uncredited(entry: &PayerFigures) -> usize {
        let charged = entry.lines.len();
        charged + entry.excluded.len() + usize::from(charged == 0)
    }

    /// The credit note that the line is, if it is one.
    #[must_use]
    pub fn credit(&self) -> Option<&Credit> {
        let at = self.at.checked_sub(Self::uncredited(&self.entry))?;
        self.entry.credits.get(at)
    }

    /// Whether it is about an entry as a whole: that it charges nothing, or
    /// what it credits.
    #[must_use]
    pub fn is_whole_entry(&self) -> bool {
        self.at >= self.entry.lines.len() + self.entry.excluded.len()
    }

    /// Takes the steps of the month.
    pub fn take(&mut self, trace: MonthTrace) {
        let key = (self.entry.payer, &self.entry.agreement, self.entry.model);
        let mut same = trace
            .payers
            .into_iter()
            .filter(|it| (it.payer, &it.agreement, it.model) == key);
        self.trace = same.nth(self.nth).map(Box::new);
        self.error = None;
    }

    /// The stay that the whole line is about.
    #[must_use]
    pub fn episode(&self) -> Option<&EpisodeId> {
        let lines = &self.entry.lines;
        match lines.get(self.at) {
            Some(line) => line.episode.as_ref(),
            None => {
                let stay = self.entry.excluded.get(self.at - lines.len())?;
                Some(&stay.episode)
            }
        }
    }

    /// The steps of the line itself; none where the line is another now, or
    /// nothing is read yet.
    #[must_use]
    pub fn steps(&self) -> Option<&[Step]> {
        let trace = self.trace.as_ref()?;
        if let Some(credit) = self.credit() {
            let mut credits = trace.credits.iter();
            let own = credits.find(|it| it.credit == *credit)?;
            return Some(&own.steps);
        }
        if self.is_whole_entry() {
            return Some(&trace.steps);
        }
        if self.entry.lines.get(self.at).is_some() {
            return Some(&self.line()?.steps);
        }
        let mut own = trace
            .stays
            .iter()
            .filter(|stay| Some(&stay.episode) == self.episode());
        own.next().map(|stay| &stay.steps[..])
    }

    /// What would change the line; nothing for a stay that was left out.
    #[must_use]
    pub fn would_change(&self) -> &[Change] {
        self.line().map_or(&[], |line| &line.would_change)
    }

    /// The line with its steps, where it is still there.
    fn line(&self) -> Option<&LineTrace> {
        let (trace, line) = (self.trace.as_ref()?, self.entry.lines.get(self.at)?);
        let mut lines = trace.lines.iter();
        let there = trace.lines.get(self.at).filter(|it| it.line == *line);
        there.or_else(|| lines.find(|it| it.line == *line))
    }

    /// The stays that are part of the line: those of its average.
    #[must_use]
    pub fn stays(&self) -> &[crate::ledger::explain::StayTrace] {
        match (&self.trace, self.episode()) {
            (Some(trace), None) => &trace.stays,
            _ => &[],
        }
    }

    /// What is in the list, unfolded as it is.
    #[must_use]
    pub fn nodes(&self) -> Vec<Node> {
        let steps = self.steps().map_or(0, <[Step]>::len);
        let mut nodes: Vec<_> = (0..steps).map(Node::Step).collect();
        for (at, stay) in self.stays().iter().enumerate() {
            nodes.push(Node::Stay(at));
            if self.open.contains(&Node::Stay(at)) {
                nodes.extend((0..stay.steps.len()).map(|step| Node::StayStep(at, step)));
            }
        }
        nodes
    }

    /// The step at a place.
    #[must_use]
    pub fn step(&self, node: Node) -> Option<&Step> {
        match node {
            Node::Step(at) => self.steps()?.get(at),
            Node::Stay(_) => None,
            Node::StayStep(stay, at) => self.stays().get(stay)?.steps.get(at),
        }
    }

    /// The stay that a place is about.
    #[must_use]
    pub fn stay_of(&self, node: Node) -> Option<&EpisodeId> {
        match node {
            Node::Step(_) => self.episode(),
            Node::Stay(at) | Node::StayStep(at, _) => {
                self.stays().get(at).map(|stay| &stay.episode)
            }
        }
    }

    /// Whether there is anything more to see of a place.
    #[must_use]
    pub fn unfolds(&self, node: Node) -> bool {
        match self.step(node) {
            Some(step) => step.clause.is_some() || !step.inputs.is_empty(),
            None => matches!(node, Node::Stay(_)),
        }
    }
}

fn is_same(a: &PayerFigures, b: &PayerFigures) -> bool {
    (a.payer, &a.agreement, a.model) == (b.payer, &b.agreement, b.model)
}
