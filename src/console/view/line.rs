//! A line of the figures: the steps behind it as an unfolding list.

use ratatui::layout::Rect;

use super::{
    Draw,
    paint::{Paint, Piece, Tone, wrap},
    stay::list,
};
use crate::{
    console::{
        layout,
        screen::line::{LinePage, Node},
    },
    model::text::plain,
    rules::trace::{Outcome, Step},
    text::{Lang, console::Say, errors, explain, format, words},
};

/// A line of the list; those of one step or stay have the same node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineRow {
    /// What it is of.
    pub node: Node,
    text: String,
    tone: Tone,
}

impl Draw for LinePage {
    fn draw(&self, paint: &mut Paint, area: Rect) {
        let (x, width, lang) = (area.x + 1, area.width.saturating_sub(2), paint.lang());
        head(paint, area, self);
        let rows = layout::line_rows(area);
        if self.steps().is_none() {
            let said = match (&self.error, &self.trace) {
                (Some(error), _) => errors::on_screen(error, lang),
                (None, Some(_)) => Say::LineChanged.text(lang).to_owned(),
                (None, None) => Say::Reading.text(lang).to_owned(),
            };
            paint.paragraph(Rect { x, width, ..rows }, &said, Tone::Plain);
            return;
        }
        let lines = self::rows(self, lang, rows.width).into_iter();
        let lines = lines.map(|row| vec![(row.text.into(), row.tone)]);
        list(paint, rows, self.place, true, lines, Say::NoLines);
    }
}

/// Whose line, which, and how much.
fn head(paint: &mut Paint, area: Rect, page: &LinePage) {
    let lang = paint.lang();
    let (x, width) = (area.x + 1, area.width.saturating_sub(2));
    let entry = &page.entry;
    let whose: [Piece; 2] = [
        (
            format!("{}  ", format::payer(entry.payer)).into(),
            Tone::Title,
        ),
        (
            format!("{} · {}", format::month(page.month, lang), entry.agreement).into(),
            Tone::Strong,
        ),
    ];
    paint.pieces(x, area.y, width, &whose);
    let stay = page.episode().map(|stay| plain(stay.as_str()).into_owned());
    let mut parts = vec![];
    match entry.lines.get(page.at) {
        Some(line) => {
            parts.push(words::line_kind(line.kind, lang).to_owned());
            parts.extend(stay);
            parts.extend(line.for_month.map(|month| month.to_string()));
            parts.push(format!(
                "{} × {} = {}",
                format::number(line.quantity, lang),
                format::rate(line.rate, lang),
                format::money(line.amount, lang)
            ));
        }
        None if page.credit().is_some() => parts.extend(page.credit().map(|credit| {
            let word = Say::CreditNote.text(lang);
            let amount = format::money(-credit.amount, lang);
            format!(
                "{word} {} · {} · {amount}",
                plain(&credit.invoice),
                credit.for_month
            )
        })),
        None if page.is_whole_entry() => parts.push(Say::NothingCharged.text(lang).to_owned()),
        None => {
            parts.push(Say::Excluded.text(lang).to_owned());
            parts.extend(stay);
        }
    }
    let line = Rect {
        y: area.y + 1,
        height: 1,
        ..area
    };
    paint.underline(line);
    paint.put(x, area.y + 1, width, &parts.join(" · "), Tone::Plain);
}

/// The list in lines of at most `width` columns.
#[must_use]
pub fn rows(page: &LinePage, lang: Lang, width: u16) -> Vec<LineRow> {
    let mut rows = Rows {
        out: Vec::new(),
        width: width.saturating_sub(2) as usize,
    };
    let last = Node::Step(page.steps().map_or(0, <[Step]>::len).saturating_sub(1));
    for node in page.nodes() {
        let open = page.open.contains(&node);
        let fold = match (page.unfolds(node), open) {
            (false, _) => "  ",
            (true, false) => "▸ ",
            (true, true) => "▾ ",
        };
        match (page.step(node), page.stay_of(node)) {
            (Some(step), _) => {
                let indent = if matches!(node, Node::StayStep(..)) {
                    "  "
                } else {
                    ""
                };
                rows.step(node, step, &format!("{indent}{fold}"), lang);
                if open {
                    rows.more(node, step, indent, lang);
                }
            }
            (None, Some(stay)) => {
                let text = format!("{} {}", Say::Stay.text(lang), plain(stay.as_str()));
                let last = page.stays().iter().find(|it| it.episode == *stay);
                let last = last.and_then(|it| it.steps.last());
                let said = last.map_or_else(String::new, |step| explain::step(step, lang));
                rows.add(node, fold, &format!("{text}: {said}"), Tone::Strong);
            }
            (None, None) => {}
        }
        // Read with the line's last step, the amount: before the stays in it.
        if node == last {
            for said in explain::changes(page.would_change(), lang) {
                rows.add(node, "  > ", &said, Tone::Accent);
            }
        }
    }
    rows.out
}

struct Rows {
    out: Vec<LineRow>,
    width: usize,
}

impl Rows {
    /// Adds a text, further lines set in under the first.
    fn add(&mut self, node: Node, mark: &str, text: &str, tone: Tone) {
        let indent = mark.chars().count();
        let room = self.width.saturating_sub(indent).max(1);
        for (at, line) in wrap(&plain(text), room).iter().enumerate() {
            let before = if at == 0 {
                mark.to_owned()
            } else {
                " ".repeat(indent)
            };
            let text = format!("{before}{line}");
            self.out.push(LineRow { node, text, tone });
        }
    }

    fn step(&mut self, node: Node, step: &Step, before: &str, lang: Lang) {
        let (mark, tone) = match step.outcome {
            Outcome::Holds => ("+ ", Tone::Plain),
            Outcome::Fails => ("x ", Tone::Stopped),
            Outcome::Lost => ("- ", Tone::Faint),
        };
        self.add(
            node,
            &format!("{before}{mark}"),
            &explain::step(step, lang),
            tone,
        );
    }

    /// What an unfolded step rests on.
    fn more(&mut self, node: Node, step: &Step, indent: &str, lang: Lang) {
        let before = format!("{indent}    ");
        if let Some(clause) = &step.clause {
            self.add(node, &before, &explain::clause(clause, lang), Tone::Accent);
        }
        for input in explain::inputs(step, lang) {
            self.add(node, &format!("{before}· "), &input, Tone::Faint);
        }
    }
}
