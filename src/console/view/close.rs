//! The month close: checks, payers, lines, invoices.

use std::borrow::Cow;

use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use super::{
    Draw, checks, close_lines,
    fitting::{Fit, fit},
    paint::{Paint, Piece, Tone},
    stay::list,
};
use crate::{
    console::{
        action::{Action, Command, Context},
        layout,
        screen::{
            Screen,
            close::{ClosePage, ClosePane},
        },
        seen::Change,
    },
    desk::reply::CloseView,
    ledger::figures::{PayerFigures, Status},
    model::text::{pad, pad_start, plain},
    text::{
        Lang,
        console::{self, Say},
        errors, format, words,
    },
};

/// Columns of a hash that are shown.
const HASH: usize = 16;
/// Columns of how many more there are.
const COUNTED: usize = 7;

impl Draw for ClosePage {
    fn draw(&self, paint: &mut Paint, area: Rect) {
        draw(paint, area, self);
    }
}

/// Draws the month close.
fn draw(paint: &mut Paint, area: Rect, page: &ClosePage) {
    let areas = layout::close(area, page.upper_len(), page.detail(area));
    head(paint, areas.head, page);
    let Some(view) = &page.view else {
        if let Some(error) = &page.error {
            let said = errors::on_screen(error, paint.lang());
            let below = layout::cut_top(area, 3).1;
            let below = Rect {
                x: area.x + 1,
                width: area.width - 2,
                ..below
            };
            paint.paragraph(below, &said, Tone::Soon);
        }
        return;
    };
    if let Some(place) = page.lines {
        let (_, rest) = layout::cut_top(area, layout::close_head(area));
        if let Some(payer) = page.payer() {
            close_lines::draw(paint, rest, area, payer, place);
        }
        return;
    }
    checks::draw(paint, &areas, page, view);
    payers(paint, &areas, page, view);
}

fn head(paint: &mut Paint, area: Rect, page: &ClosePage) {
    let lang = paint.lang();
    let (x, width) = (area.x + 1, area.width.saturating_sub(2));
    let month = format::month(page.month, lang);
    let mut pieces: Vec<Piece> = vec![
        (format!("{}  ", Say::Close.text(lang)).into(), Tone::Title),
        (
            format!("← {month} ({}) →   ", page.month).into(),
            Tone::Strong,
        ),
    ];
    let Some(view) = &page.view else {
        pieces.push((Say::Reading.text(lang).into(), Tone::Faint));
        paint.pieces(x, area.y, width, &pieces);
        return;
    };
    pieces.push(match (page.is_locked(), view.locked.is_empty()) {
        (true, _) => (Say::Locked.text(lang).into(), Tone::Good),
        (false, false) => (
            console::partly_locked(&view.locked, lang).into(),
            Tone::Soon,
        ),
        (false, true) => (Say::OpenMonth.text(lang).into(), Tone::Soon),
    });
    paint.pieces(x, area.y, width, &pieces);
    let hash = view.figures.hash.as_ref().unwrap_or(&view.hash);
    let hash: String = hash.chars().take(HASH).collect();
    let mut second: Vec<Piece> = vec![
        (
            format!(
                "{} {}   ",
                Say::Total.text(lang),
                format::money(view.figures.amount, lang)
            )
            .into(),
            Tone::Strong,
        ),
        (
            format!("{} {}   ", Say::Hash.text(lang), plain(&hash)).into(),
            Tone::Faint,
        ),
    ];
    if let Some(by) = &view.prepared_by {
        let text = format!("{} {}", Say::Prepared.text(lang), plain(by));
        second.push((text.into(), Tone::Faint));
    }
    paint.pieces(x, area.y + 1, width, &second);
    if area.height > 2 {
        paint.pieces(x, area.y + 2, width, &steps(paint, page, view, width));
        let (since, tone) = since(page, usize::from(width), lang);
        paint.put(x, area.y + 3, width, &since, tone);
    }
}

/// The steps to the lock and beyond: done, to do with its key, or why not.
fn steps(paint: &Paint, page: &ClosePage, view: &CloseView, width: u16) -> Vec<Piece<'static>> {
    let (lang, state) = (paint.lang(), paint.state);
    let step = |mark: &str, say: Say, tone| -> Piece<'static> {
        (format!("{mark} {}  ", say.text(lang)).into(), tone)
    };
    let mut pieces = vec![match view.blockers.len() {
        0 => step("+", Say::Findings, Tone::Good),
        _ => step("x", Say::Findings, Tone::Alarm),
    }];
    let orders = [
        (
            Command::Prepare,
            Say::StepPrepare,
            view.prepared_by.is_some() || page.is_locked(),
        ),
        (Command::Lock, Say::StepLock, page.is_locked()),
        (Command::Export, Say::ExportTitle, false),
    ];
    let mut reasons = Vec::new();
    for (command, say, done) in orders {
        let action = Action::Command(command);
        let why = state.why_not(action).filter(|_| !done);
        let key = state.keymap.key_of(Context::On(Screen::Close), action);
        pieces.push(match (done, why) {
            (true, _) => step("+", say, Tone::Good),
            (false, None) => step(&key.unwrap_or_default(), say, Tone::Title),
            (false, Some(_)) => step("x", say, Tone::Faint),
        });
        // The same reason is not told twice.
        if let Some(why) = why.filter(|why| !reasons.contains(&why.text(lang))) {
            pieces.push((format!("({})  ", why.text(lang)).into(), Tone::Soon));
            reasons.push(why.text(lang));
        }
    }
    // Half a reason is none: the later ones give way, and the keys tell them.
    let needed = |pieces: &[Piece]| pieces.iter().map(|it| it.0.width()).sum::<usize>();
    while needed(&pieces) > usize::from(width) + 2 && reasons.len() > 1 {
        let last = format!("({})  ", reasons.pop().unwrap_or_default());
        pieces.retain(|piece| piece.0 != last);
    }
    pieces
}

/// What changed since the user saw the month before; payers that are not in
/// it any more have room whole or are counted.
fn since(page: &ClosePage, width: usize, lang: Lang) -> (String, Tone) {
    let Some((since, changes)) = page.changes() else {
        return (Say::SeenFirst.text(lang).to_owned(), Tone::Faint);
    };
    if changes.count() == 0 {
        return (console::same_since(since.at, lang), Tone::Faint);
    }
    let change = console::change(changes.total, lang);
    let rows = changes.count() - changes.gone.len();
    let mut text = console::since_seen(since.at, &change, rows, lang);
    let parked = page.view.iter().flat_map(|view| &view.parked);
    let parked: Vec<_> = parked.map(|parked| parked.payer).collect();
    for (at, (payer, amount)) in changes.gone.iter().enumerate() {
        let gone = match parked.contains(payer) {
            true => Say::Parked.text(lang),
            false => Say::Gone.text(lang),
        };
        let payer = format::payer(*payer);
        let long = format!(" · {gone}: {payer} ({})", format::money(*amount, lang));
        let short = format!(" · {gone}: {payer}");
        let left = changes.gone.len() - at;
        // What is left after this one is counted, and that needs room too.
        let room = width.saturating_sub(text.width() + if left > 1 { COUNTED } else { 0 });
        match [long, short].into_iter().find(|it| it.width() <= room) {
            Some(told) => text.push_str(&told),
            None => {
                text.push_str(&format!(" · +{left}"));
                break;
            }
        }
    }
    (text, Tone::Soon)
}

/// The title of a part, marked where keys move in it.
pub(super) fn title(paint: &mut Paint, area: Rect, say: Say, front: bool) {
    paint.underline(Rect { height: 1, ..area });
    let (mark, tone) = if front {
        ("▸", Tone::Title)
    } else {
        (" ", Tone::Strong)
    };
    let text = format!("{mark}{}", say.text(paint.lang()));
    paint.put(area.x, area.y, area.width, &text, tone);
}

fn payers(paint: &mut Paint, areas: &layout::CloseAreas, page: &ClosePage, view: &CloseView) {
    let lang = paint.lang();
    let front = page.pane == ClosePane::Payers;
    title(paint, areas.payers, Say::Figures, front);
    let area = layout::close_list(areas, ClosePane::Payers);
    let changes = page.changes().map(|(_, changes)| changes);
    let mut entries = changes.iter().flat_map(|it| &it.entries);
    let changed = entries.any(Option::is_some);
    let columns = PayerColumns::of(area.width, changed);
    let names = columns.line([
        Say::ColPayer.text(lang).into(),
        Say::ColAgreement.text(lang).into(),
        Say::ColModel.text(lang).into(),
        Say::ColCount.text(lang).into(),
        Say::ColAverage.text(lang).into(),
        Say::ColAmount.text(lang).into(),
        Say::ColSinceSeen.text(lang).into(),
    ]);
    paint.put(
        area.x + 1,
        area.y.saturating_sub(1),
        area.width - 1,
        &names,
        Tone::Faint,
    );
    let place = page.places[ClosePane::Payers as usize];
    let rows = view.figures.payers.iter().enumerate().map(|(at, payer)| {
        let change = changes.as_ref().and_then(|it| *it.entries.get(at)?);
        let (line, change) = columns.payer(payer, change, lang);
        let mut pieces: Vec<Piece> = vec![(line.into(), Tone::Plain), (change.into(), Tone::Soon)];
        if payer.status == Status::Locked && !page.is_locked() {
            pieces.push((format!("  {}", Say::Locked.text(lang)).into(), Tone::Good));
        }
        pieces
    });
    list(paint, area, place, front, rows, Say::NoPayers);
}

/// Widths of the payers' columns, as far as they fit.
struct PayerColumns(Vec<Option<usize>>);

/// Columns of payer, agreement, model, counts, average, amount and change,
/// with least and most width and the order in which they give way.
const PAYER_COLUMNS: [((u16, u16), u8); 7] = [
    ((17, 30), 0),
    ((14, 20), 2),
    ((16, 18), 4),
    ((8, 10), 3),
    ((10, 12), 1),
    ((13, 18), 0),
    ((19, 22), 0),
];

impl PayerColumns {
    /// Without a change, its column is no column.
    fn of(width: u16, changed: bool) -> Self {
        let columns = PAYER_COLUMNS.map(|((least, most), gives_way)| Fit {
            least,
            most,
            gives_way,
        });
        let shown = if changed { 7 } else { 6 };
        let mut widths = fit(&columns[..shown], width.saturating_sub(2));
        widths.resize(columns.len(), None);
        Self(widths)
    }

    fn line(&self, cells: [Cow<str>; 7]) -> String {
        let mut line = String::new();
        for (index, (cell, width)) in cells.iter().zip(&self.0).enumerate() {
            let Some(width) = *width else { continue };
            let text = match index {
                3..6 => pad_start(cell, width),
                _ => pad(cell, width),
            };
            line.push_str(&text);
            line.push(' ');
        }
        line
    }

    /// A payer's line, and the change at its end.
    fn payer(&self, payer: &PayerFigures, change: Option<Change>, lang: Lang) -> (String, String) {
        let average = match &payer.average {
            Some(average) => format::against(Some(average), payer.threshold.as_deref(), lang),
            None => "–".to_owned(),
        };
        let line = self.line([
            format::payer(payer.payer).into(),
            plain(payer.agreement.as_str()),
            words::model(payer.model, lang).into(),
            format!("{}/{}", payer.discharged, payer.counted).into(),
            average.into(),
            format::money(payer.amount, lang).into(),
            "".into(),
        ]);
        let change = self.0[6].zip(change).map(|(width, change)| {
            let text = match change {
                Change::New => format!("+ {}", Say::NewRow.text(lang)),
                Change::By(change) => console::change(change, lang),
            };
            pad(&text, width)
        });
        let blank = self.0[6].map_or(0, |width| width + 1);
        let line = &line[..line.len() - blank];
        (line.to_owned(), change.unwrap_or_default())
    }
}
