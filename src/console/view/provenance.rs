//! Who recorded an event, from where and when: columns at the right of a
//! stay's timeline.

use unicode_width::UnicodeWidthStr;

use super::paint::{Piece, Tone};
use crate::{
    desk::reply::EventView,
    model::text::{pad, plain},
    text::{Lang, console},
};

/// The columns begin no further left and, where there is room, no further
/// right: what happened comes first, and the eye should find its way across.
const LEAST: usize = 56;
const MOST: usize = 72;
/// The widest that who and from where get.
const NAME: usize = 16;
const GAP: usize = 2;

/// Where the columns stand.
pub struct Columns {
    start: usize,
    widths: Vec<usize>,
    width: usize,
    lang: Lang,
}

impl Columns {
    /// As wide as these events need; the last columns are left out where the
    /// width has no room for all.
    pub fn of<'a>(events: impl Iterator<Item = &'a EventView>, lang: Lang, width: u16) -> Self {
        let mut widths = vec![0; 3];
        for event in events {
            for (widest, part) in widths.iter_mut().zip(parts(event, lang)) {
                *widest = part.width().max(*widest);
            }
        }
        // A column is left for the mark of the selected line.
        let width = usize::from(width).saturating_sub(1);
        let block = |widths: &[usize]| widths.iter().map(|width| width + GAP).sum::<usize>();
        while !widths.is_empty() && block(&widths) + LEAST > width {
            widths.pop();
        }
        Self {
            start: width.saturating_sub(block(&widths)).min(MOST),
            widths,
            width,
            lang,
        }
    }

    /// Adds an event's columns to its line, in their places; behind a longer
    /// line, those that have room.
    pub fn add(&self, line: &mut Vec<Piece<'static>>, event: &EventView) {
        let mut taken: usize = line.iter().map(|piece| piece.0.width()).sum();
        let in_place = taken <= self.start;
        if in_place {
            line.push((" ".repeat(self.start - taken).into(), Tone::Faint));
            taken = self.start;
        }
        for (width, part) in self.widths.iter().zip(parts(event, self.lang)) {
            if part.is_empty() && !in_place {
                continue;
            }
            let part = if in_place { pad(&part, *width) } else { part };
            let text = format!("{:GAP$}{part}", "");
            taken += text.width();
            if taken > self.width {
                return;
            }
            line.push((text.into(), Tone::Faint));
        }
    }
}

/// Who, from where, recorded when: in this order they need room.
fn parts(event: &EventView, lang: Lang) -> [String; 3] {
    let name = |text: &str| pad(&plain(text), NAME).trim_end().to_owned();
    [
        name(&event.by),
        event.source.as_deref().map(name).unwrap_or_default(),
        console::recorded_at(event.at, event.recorded_at, lang).unwrap_or_default(),
    ]
}
