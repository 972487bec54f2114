//! The log: when, who, which stay, what.

use ratatui::layout::{Position, Rect};
use unicode_width::UnicodeWidthStr;

use super::{
    Draw, chrome,
    paint::{Paint, Piece, Tone},
    stay::list,
};
use crate::{
    console::{layout, screen::log::LogPage},
    desk::reply::{LogLine, LogWhat},
    model::{
        ids::EpisodeId,
        text::{pad, plain},
    },
    text::{
        Lang,
        console::{self, Say},
        errors, format, log,
    },
};

/// Width from which an entry's number is shown, and names have more room.
const WIDE: u16 = 110;
/// Columns kept for where one is among the entries.
const COUNT: u16 = 14;

impl Draw for LogPage {
    fn draw(&self, paint: &mut Paint, area: Rect) {
        let lang = paint.lang();
        let columns = Columns::of(area.width);
        let (head, rows) = layout::cut_top(area, 1);
        paint.underline(head);
        let names = columns.line([
            Say::ColNumber.text(lang),
            Say::ColRecorded.text(lang),
            Say::ColBy.text(lang),
            Say::ColStay.text(lang),
        ]);
        let names = format!("{names}{}", Say::ColWhat.text(lang));
        paint.put(head.x + 1, head.y, head.width - 1, &names, Tone::Faint);
        if let Some(error) = &self.error {
            paint.paragraph(rows, &errors::error(error, lang), Tone::Soon);
            return;
        }
        let lines = self.shown.iter().filter_map(|at| self.lines.get(*at));
        let lines = lines.map(|line| entry(line, &columns, lang));
        let none = match (self.read && self.older.is_none(), &self.before) {
            (false, _) => Say::Reading,
            (true, Some(_)) => Say::SearchRests,
            (true, None) => Say::NothingLogged,
        };
        list(paint, rows, self.place, true, lines, none);
    }

    fn status(&self, paint: &mut Paint, area: Rect) -> Option<Position> {
        let lang = paint.lang();
        if !self.typing && self.filter.value().is_empty() {
            self.whole(paint, area);
        }
        let at = if self.shown.is_empty() {
            0
        } else {
            self.place.at + 1
        };
        let mut said = console::position(at, self.shown.len(), lang);
        if self.before.is_some() {
            said = format!("{said} · {}", Say::OlderExist.text(lang));
        }
        paint.put_end(area.x, area.y, area.width, &said, Tone::Faint);
        chrome::filter_line(paint, area, &self.filter, self.typing)
    }
}

impl LogPage {
    /// What a narrow window cuts off the selected entry.
    fn whole(&self, paint: &mut Paint, area: Rect) {
        let lang = paint.lang();
        let Some(line) = self.selected() else { return };
        let said = plain(&log::line(line, lang)).into_owned();
        let taken: usize = Columns::of(area.width).0.iter().sum();
        let room = area.width.saturating_sub(COUNT);
        if said.width() + taken > usize::from(area.width) {
            paint.put(area.x, area.y, room, &said, Tone::Faint);
        }
    }
}

/// Widths of number, time, name and stay.
struct Columns([usize; 4]);

impl Columns {
    fn of(width: u16) -> Self {
        if width >= WIDE {
            Self([8, 18, 22, 16])
        } else {
            Self([0, 18, 14, 11])
        }
    }

    fn line(&self, cells: [&str; 4]) -> String {
        let cells = cells.iter().zip(self.0).filter(|(_, width)| *width > 0);
        cells
            .map(|(cell, width)| format!("{} ", pad(cell, width - 1)))
            .collect()
    }
}

fn entry(line: &LogLine, columns: &Columns, lang: Lang) -> Vec<Piece<'static>> {
    let episode = line.episode.as_ref().map_or("", EpisodeId::as_str);
    let (by, episode) = (plain(&line.by), plain(episode));
    let number = line.seq.to_string();
    let recorded = format::moment(line.recorded_at);
    let tone = match line.what {
        LogWhat::Event | LogWhat::Import => Tone::Plain,
        LogWhat::MonthLocked => Tone::Good,
        LogWhat::IdentityShown | LogWhat::LinesRefused => Tone::Soon,
        _ => Tone::Strong,
    };
    vec![
        (
            columns.line([&number, &recorded, &by, &episode]).into(),
            Tone::Plain,
        ),
        (plain(&log::line(line, lang)).into_owned().into(), tone),
    ]
}
