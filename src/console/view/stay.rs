//! A stay: facts above; events, checklist, deadlines and explanation below,
//! one at a time or side by side.

use ratatui::layout::{Position, Rect};

use super::{
    Draw, costs, facts,
    paint::{Paint, Piece, Tone},
    provenance::Columns,
    timeline, why,
};
use crate::{
    console::{
        action::{Action, Command, Context},
        layout,
        list::Place,
        screen::{
            Screen,
            stay::{Pane, StayPage},
        },
        state::State,
        timeline as console_timeline,
    },
    desk::reply::{ChecklistRow, StayView},
    model::{
        text::{pad, plain},
        time::Instant,
    },
    rules::outlook::{Duty, DutyState},
    text::{
        Lang,
        console::{self, Say},
        duty as duty_words, errors, format, ticks, words,
    },
};

/// Columns of a checklist's points.
const ITEM: usize = 50;

impl Draw for StayPage {
    fn draw(&self, paint: &mut Paint, area: Rect) {
        draw(paint, area, self);
    }

    fn ends(&self, _: &State) -> Vec<Option<Instant>> {
        vec![self.view.as_ref().and_then(|view| facts::ends_at(view))]
    }

    /// Who recorded the selected event, and when, in full.
    fn status(&self, paint: &mut Paint, area: Rect) -> Option<Position> {
        if let Some(event) = self.event() {
            let said = timeline::provenance(event, paint.lang());
            paint.put(area.x, area.y, area.width, &said, Tone::Faint);
        }
        if let Some(duty) = self.duty() {
            let said = on_whom(duty, paint.lang(), " · ");
            paint.put(area.x, area.y, area.width, &said, Tone::Faint);
        }
        None
    }
}

/// Draws a stay.
fn draw(paint: &mut Paint, area: Rect, page: &StayPage) {
    let areas = layout::stay(area, page.pane);
    match &page.view {
        Some(view) => facts::draw(paint, areas.facts, view, page),
        None => unread(paint, area, page),
    }
    if page.view.is_none() && page.error.is_some() {
        return;
    }
    if let Some(tabs) = areas.tabs {
        draw_tabs(paint, tabs, page);
    }
    for pane in Pane::ALL {
        let Some(whole) = areas.panes[pane as usize] else {
            continue;
        };
        let list = layout::stay_list(&areas, pane);
        if areas.tabs.is_none() {
            let tone = if pane == page.pane {
                Tone::Title
            } else {
                Tone::Strong
            };
            let line = Rect { height: 1, ..whole };
            paint.underline(line);
            paint.put(
                whole.x + 1,
                whole.y,
                whole.width - 1,
                tab(pane).text(paint.lang()),
                tone,
            );
        }
        draw_pane(paint, list, page, pane);
    }
}

/// A stay that is not read yet, or cannot be.
fn unread(paint: &mut Paint, area: Rect, page: &StayPage) {
    let (x, lang) = (area.x + 1, paint.lang());
    let said = match &page.error {
        Some(error) => errors::error(error, lang),
        None => Say::Reading.text(lang).to_owned(),
    };
    let name = plain(page.episode.as_str());
    paint.put(x, area.y, area.width, &name, Tone::Title);
    let (_, below) = layout::cut_top(area, 2);
    let width = area.width.saturating_sub(2);
    paint.paragraph(Rect { x, width, ..below }, &said, Tone::Plain);
}

fn tab(pane: Pane) -> Say {
    match pane {
        Pane::Events => Say::TabEvents,
        Pane::Checklist => Say::TabChecklist,
        Pane::Duties => Say::TabDuties,
        Pane::Why => Say::TabWhy,
        Pane::Costs => Say::TabCosts,
    }
}

fn draw_tabs(paint: &mut Paint, area: Rect, page: &StayPage) {
    paint.underline(area);
    let mut x = area.x + 1;
    for pane in Pane::ALL {
        let name = tab(pane).text(paint.lang());
        let (text, tone) = if pane == page.pane {
            (format!("▸{name}"), Tone::Title)
        } else {
            (format!(" {name}"), Tone::Faint)
        };
        x += paint.put(x, area.y, area.right().saturating_sub(x), &text, tone) + 2;
    }
}

fn draw_pane(paint: &mut Paint, area: Rect, page: &StayPage, pane: Pane) {
    let place = page.places[pane as usize];
    let front = pane == page.pane;
    let Some(view) = &page.view else {
        return;
    };
    let lang = paint.lang();
    match pane {
        Pane::Events => events(paint, area, place, front, view),
        Pane::Checklist => {
            let rows = view
                .checklist
                .iter()
                .map(|row| item_line(row, &view.checklist, lang));
            list(paint, area, place, front, rows, Say::NoChecklist);
        }
        Pane::Duties => {
            let now = paint.state.now;
            let duties = page.duties().into_iter();
            let rows = duties.map(|duty| duty_line(duty, lang, now));
            list(paint, area, place, front, rows, Say::NoDuties);
        }
        Pane::Why => explanation(paint, area, page),
        Pane::Costs => costs::draw(paint, area, view, page),
    }
}

fn events(paint: &mut Paint, area: Rect, place: Place, front: bool, view: &StayView) {
    let lang = paint.lang();
    let settle = Action::Command(Command::Settle);
    let key = paint.state.keymap.key_of(Context::On(Screen::Stay), settle);
    let key = key.unwrap_or_else(|| ":".to_owned());
    let rows = console_timeline::rows(view);
    // Of those that are seen, so that a long stay costs no more.
    let seen = rows.iter().skip(place.top).take(area.height as usize);
    let seen = seen.map(|row| &view.events[row.event]);
    let columns = Columns::of(seen, lang, area.width);
    let now = paint.state.now;
    let lines = rows
        .into_iter()
        .map(|row| timeline::line(row, view, &key, lang, now, &columns));
    list(paint, area, place, front, lines, Say::NoEvents);
}

fn explanation(paint: &mut Paint, area: Rect, page: &StayPage) {
    let lang = paint.lang();
    if page.why.is_none() {
        let reading = || Say::Reading.text(lang).to_owned();
        let error = page.why_error.as_ref();
        let said = error.map_or_else(reading, |error| errors::error(error, lang));
        let inside = Rect {
            x: area.x + 1,
            width: area.width.saturating_sub(2),
            ..area
        };
        paint.paragraph(inside, &said, Tone::Faint);
        return;
    }
    let lines = why::lines(page, lang, area.width).into_iter();
    let rows = lines.map(|line| vec![(line.text.into(), line.tone)]);
    let place = page.places[Pane::Why as usize];
    list(
        paint,
        area,
        place,
        page.pane == Pane::Why,
        rows,
        Say::NoSpan,
    );
}

/// Draws the lines of a list that are seen; the selected one is marked while
/// the list is in front.
pub(super) fn list<'b>(
    paint: &mut Paint,
    area: Rect,
    place: Place,
    front: bool,
    rows: impl Iterator<Item = Vec<Piece<'b>>>,
    none: Say,
) {
    let height = area.height as usize;
    let mut drawn = 0;
    for (line, pieces) in rows.enumerate().skip(place.top).take(height) {
        let y = area.y + (line - place.top) as u16;
        paint.pieces(area.x + 1, y, area.width.saturating_sub(1), &pieces);
        if front && line == place.at {
            paint.put(area.x, y, 1, "▸", Tone::Strong);
            paint.select(Rect {
                y,
                height: 1,
                ..area
            });
        }
        drawn += 1;
    }
    if drawn == 0 && height > 0 {
        let said = none.text(paint.lang());
        paint.put(
            area.x + 1,
            area.y,
            area.width.saturating_sub(1),
            said,
            Tone::Faint,
        );
    }
}

fn item_line(row: &ChecklistRow, all: &[ChecklistRow], lang: Lang) -> Vec<Piece<'static>> {
    let (mark, tone) = match row.done {
        Some(_) => ("+", Tone::Good),
        None => ("-", Tone::Plain),
    };
    let since = row.done.map(|at| format::near_moment(at, lang));
    let word = since.unwrap_or_else(|| Say::Open.text(lang).to_owned());
    let name = pad(&plain(&ticks::point(row, all, lang)), ITEM);
    vec![(format!("{mark} {name} {word}").into(), tone)]
}

fn duty_line(duty: &Duty, lang: Lang, now: Instant) -> Vec<Piece<'static>> {
    let (mark, tone) = match (&duty.done, duty.late) {
        _ if duty.state == DutyState::Reminder => ("?", Tone::Faint),
        (Some(_), false) => ("+", Tone::Good),
        (Some(_), true) => ("!", Tone::Soon),
        (None, true) => ("!", Tone::Alarm),
        (None, false) => ("-", Tone::Plain),
    };
    let name = pad(&plain(duty_words::duty(&duty.code, lang)), 23);
    let mut said = Vec::new();
    if let Some(done) = &duty.done {
        let at = format::near_moment(done.at, lang);
        // After "late" the word would only take room.
        said.push(match duty.late {
            true => at,
            false => format!("{} {at}", Say::Done.text(lang)),
        });
    }
    if let Some(due) = duty.due {
        said.push(format!(
            "{} {}",
            Say::Due.text(lang),
            format::near_moment(due, lang)
        ));
        if duty.done.is_none() {
            said.push(console::time_left(due, now, lang));
        }
    }
    let mut pieces: Vec<Piece> = vec![(format!("{mark} {name} ").into(), tone)];
    if duty.late {
        pieces.push((format!("{}  ", Say::Late.text(lang)).into(), tone));
    }
    pieces.push((said.join(" · ").into(), Tone::Plain));
    let whom = on_whom(duty, lang, "  ");
    pieces.push((format!("  {whom}").into(), Tone::Faint));
    pieces
}

/// Whose duty it is, and by which clause.
fn on_whom(duty: &Duty, lang: Lang, between: &str) -> String {
    let party = plain(words::party_code(&duty.party, lang));
    format!("{party}{between}{}", plain(&duty.clause))
}
