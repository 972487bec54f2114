//! The duties, in groups by when they are due.

use ratatui::layout::{Position, Rect};

use super::{
    Draw,
    paint::{Paint, Piece, Tone},
    stay::list,
};
use crate::{
    console::{
        layout,
        screen::duties::{DutiesPage, Entry, Group},
    },
    desk::reply::DueRow,
    model::{
        text::{pad, plain},
        time::Instant,
    },
    rules::outlook::DutyState,
    text::{
        Lang,
        console::{self, Say},
        duty, errors, format,
    },
};

impl Draw for DutiesPage {
    fn draw(&self, paint: &mut Paint, area: Rect) {
        let (lang, now) = (paint.lang(), paint.state.now);
        let (head, rows) = layout::cut_top(area, 1);
        let columns = Columns::of(area.width);
        paint.underline(head);
        let names = columns.line(
            [
                Say::ColDue,
                Say::ColDuty,
                Say::ColAbout,
                Say::ColWho,
                Say::ColPayer,
                Say::ColWard,
                Say::ColClause,
            ]
            .map(|say| say.text(lang)),
        );
        paint.put(head.x + 3, head.y, head.width - 3, &names, Tone::Faint);
        if let Some(error) = &self.error {
            paint.paragraph(rows, &errors::error(error, lang), Tone::Soon);
            return;
        }
        let Some(view) = &self.view else {
            let reading = Say::Reading.text(lang);
            paint.put(rows.x + 1, rows.y, rows.width - 1, reading, Tone::Faint);
            return;
        };
        let lines = self.entries.iter().map(|entry| match entry {
            Entry::Heading(group, count) => heading(*group, *count, lang),
            Entry::Duty(at) => columns.duty(&view.rows[*at], lang, now),
        });
        list(paint, rows, self.place, true, lines, Say::NothingDue);
    }

    fn status(&self, paint: &mut Paint, area: Rect) -> Option<Position> {
        let lang = paint.lang();
        let duties = |entry: &&Entry| matches!(entry, Entry::Duty(_));
        let count = self.entries.iter().filter(duties).count();
        let before = self.entries[..self.place.at.min(self.entries.len())].iter();
        let at = if count == 0 {
            0
        } else {
            before.filter(duties).count() + 1
        };
        let mut said = Vec::new();
        if self.own {
            said.push(Say::OnlyOwn.text(lang).to_owned());
        }
        said.push(console::position(at, count, lang));
        paint.put_end(area.x, area.y, area.width, &said.join(" · "), Tone::Faint);
        None
    }
}

fn heading(group: Group, count: usize, lang: Lang) -> Vec<Piece<'static>> {
    let (say, tone) = match group {
        Group::Overdue => (Say::GroupOverdue, Tone::Alarm),
        Group::Today => (Say::GroupToday, Tone::Soon),
        Group::Tomorrow => (Say::GroupTomorrow, Tone::Title),
        Group::ThisWeek => (Say::GroupThisWeek, Tone::Title),
        Group::Later => (Say::GroupLater, Tone::Title),
        Group::NoTime => (Say::GroupNoTime, Tone::Title),
    };
    vec![(format!("{} ({count})", say.text(lang)).into(), tone)]
}

/// Widths of due, duty, about, who, payer, ward, clause; a width of 0 gives
/// way. In a narrow window first the clause goes, then the ward.
struct Columns([usize; 7]);

impl Columns {
    fn of(width: u16) -> Self {
        match width {
            ..76 => Self([18, 19, 10, 10, 0, 0, 0]),
            76..118 => Self([18, 23, 10, 12, 14, 0, 0]),
            118..150 => Self([29, 24, 14, 16, 20, 12, 0]),
            _ => Self([29, 30, 16, 22, 24, 16, 59]),
        }
    }

    fn line(&self, cells: [&str; 7]) -> String {
        let cells = cells.iter().zip(self.0).filter(|(_, width)| *width > 0);
        cells
            .map(|(cell, width)| format!("{} ", pad(cell, width - 1)))
            .collect()
    }

    fn duty(&self, row: &DueRow, lang: Lang, now: Instant) -> Vec<Piece<'static>> {
        let (mark, tone) = match (row.late, row.state) {
            (true, _) => ("!", Tone::Alarm),
            (false, DutyState::Reminder) => ("?", Tone::Faint),
            (false, _) => ("-", Tone::Plain),
        };
        let due = due(row, self.0[0], lang, now);
        let payer = match (row.payer, &row.episode) {
            (Some(payer), _) => format::payer(payer),
            (None, Some(_)) => Say::Unsettled.text(lang).to_owned(),
            (None, None) => String::new(),
        };
        let about = row.episode.as_ref().map(ToString::to_string);
        let about = about.or_else(|| row.about.clone()).unwrap_or_default();
        let mut clause = plain(&row.clause).into_owned();
        if let Some(last) = row.lasts_until {
            clause = format!("{clause}; {}", console::lasts(last, lang));
        }
        let cells = self.line([
            &due,
            &plain(duty::duty(&row.code, lang)),
            &plain(&about),
            &plain(duty::party(&row.party, lang)),
            &payer,
            &plain(row.ward.as_deref().unwrap_or_default()),
            &clause,
        ]);
        vec![(format!("{mark} ").into(), tone), (cells.into(), tone)]
    }
}

/// When it is due and how long that is: both where there is room.
fn due(row: &DueRow, width: usize, lang: Lang, now: Instant) -> String {
    let Some(due) = row.due else {
        return duty::state(row.state, row.late, lang).to_owned();
    };
    let moment = format::near_moment(due, lang);
    if width < 24 {
        return moment;
    }
    format!("{} {}", pad(&moment, 17), format::countdown(due - now))
}
