//! The payers: averages against thresholds, amounts ahead, months behind.

use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use super::{
    Draw,
    fitting::{Fit, fit},
    gauge,
    paint::{Paint, Piece, Tone},
    stay::list,
};
use crate::{
    console::{
        layout,
        screen::{
            payer::averages,
            payers::{PayersPage, expected},
        },
    },
    desk::error::DeskError,
    ledger::{
        figures::Status,
        forecast::{EntryForecast, EntryScenario, Forecast, PayerForecast},
    },
    model::{
        money::Kronor,
        text::{pad, pad_start, plain},
    },
    rules::outlook::State,
    text::{
        Lang,
        console::{self, Say},
        errors, forecast as said, format,
    },
};

/// A column of the payers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Payer,
    Ready,
    Count,
    Gauge,
    Average,
    Planned,
    Today,
    Months,
    Status,
}

/// The columns from left to right, with least and most width and the order
/// in which they give way.
const COLUMNS: [(Column, Say, Fit); 9] = [
    column(Column::Payer, Say::ColPayer, (13, 20), 0),
    column(Column::Ready, Say::ColReady, (6, 6), 5),
    column(Column::Count, Say::ColCount, (8, 8), 4),
    column(Column::Gauge, Say::ColGauge, (9, 15), 1),
    column(Column::Average, Say::ColAverage, (9, 9), 0),
    column(Column::Planned, Say::ColPlanned, (13, 14), 0),
    column(Column::Today, Say::ColIfToday, (13, 14), 3),
    column(Column::Months, Say::ColMonths, (12, 12), 2),
    column(Column::Status, Say::ColState, (14, 24), 0),
];

const fn column(column: Column, say: Say, widths: (u16, u16), gives_way: u8) -> (Column, Say, Fit) {
    let (least, most) = widths;
    let fit = Fit {
        least,
        most,
        gives_way,
    };
    (column, say, fit)
}

impl Draw for PayersPage {
    fn draw(&self, paint: &mut Paint, area: Rect) {
        let Some(view) = &self.view else {
            unread(
                paint,
                area,
                Say::Payers.text(paint.lang()),
                self.error.as_ref(),
            );
            return;
        };
        head(paint, area, view);
        let rows = layout::payers_rows(area);
        let widths = fit(
            &COLUMNS.map(|(_, _, fit)| fit),
            area.width.saturating_sub(2),
        );
        let lang = paint.lang();
        names(paint, rows, &widths);
        let lines = (0..self.shown.len()).filter_map(|line| self.at(line));
        let lines = lines.map(|payer| row(self, payer, &widths, lang));
        list(paint, rows, self.place, true, lines, Say::NoPayers);
    }
}

/// A screen that is not read yet, or cannot be.
pub(super) fn unread(paint: &mut Paint, area: Rect, title: &str, error: Option<&DeskError>) {
    let (x, lang) = (area.x + 1, paint.lang());
    let width = area.width.saturating_sub(2);
    let said = match error {
        Some(error) => errors::error(error, lang),
        None => Say::Reading.text(lang).to_owned(),
    };
    paint.put(x, area.y, width, title, Tone::Title);
    let (_, below) = layout::cut_top(area, 2);
    paint.paragraph(Rect { x, width, ..below }, &said, Tone::Plain);
}

/// The month, and what it comes to in all.
fn head(paint: &mut Paint, area: Rect, view: &Forecast) {
    let lang = paint.lang();
    let (x, width) = (area.x + 1, area.width.saturating_sub(2));
    let month = format::month(view.month, lang);
    let title: [Piece; 2] = [
        (format!("{}  ", Say::Payers.text(lang)).into(), Tone::Title),
        (month.into(), Tone::Strong),
    ];
    paint.pieces(x, area.y, width, &title);
    let [so_far, _, today, _, planned] = said::scenarios(lang);
    let sums = [
        (so_far, Some(view.amounts.so_far)),
        (planned, view.amounts.planned),
        (today, view.amounts.today),
    ];
    let sums = sums.into_iter();
    let told = sums.filter_map(|(name, amount)| Some(format!("{name} {}", kronor(amount?, lang))));
    paint.put(x, area.y + 1, width, &whole(told, width), Tone::Strong);
}

/// The first parts that fit whole: half an amount misleads.
pub(super) fn whole(parts: impl Iterator<Item = String>, width: u16) -> String {
    let mut text = String::new();
    for one in parts {
        let before = if text.is_empty() { "" } else { " · " };
        if text.width() + before.width() + one.width() > usize::from(width) {
            break;
        }
        text.push_str(before);
        text.push_str(&one);
    }
    text
}

fn names(paint: &mut Paint, rows: Rect, widths: &[Option<usize>]) {
    let lang = paint.lang();
    let mut line = String::new();
    for ((column, say, _), width) in COLUMNS.iter().zip(widths) {
        if let Some(width) = width {
            line.push_str(&cell(*column, say.text(lang), *width));
            line.push(' ');
        }
    }
    let y = rows.y.saturating_sub(1);
    paint.underline(Rect {
        y,
        height: 1,
        ..rows
    });
    paint.put(rows.x + 1, y, rows.width - 1, &line, Tone::Column);
}

fn cell(column: Column, text: &str, width: usize) -> String {
    match column {
        Column::Ready | Column::Count | Column::Average | Column::Planned | Column::Today => {
            pad_start(text, width)
        }
        _ => pad(text, width),
    }
}

fn row(
    page: &PayersPage,
    payer: &PayerForecast,
    widths: &[Option<usize>],
    lang: Lang,
) -> Vec<Piece<'static>> {
    let average = averages(payer).max_by_key(|entry| above(entry));
    let (word, tone) = status(payer, lang);
    let gauge_tone = match average
        .map(|entry| above(entry).is_some_and(|by| by.is_sign_positive() && !by.is_zero()))
    {
        Some(true) => Tone::Alarm,
        Some(false) => Tone::Good,
        None => Tone::Faint,
    };
    let mut pieces = Vec::new();
    for ((column, _, _), width) in COLUMNS.iter().zip(widths) {
        let Some(width) = *width else { continue };
        let (text, tone) = match column {
            Column::Payer => (
                format!("{} {}", payer.payer, plain(&payer.name)),
                Tone::Plain,
            ),
            Column::Ready => (format!("{}+{}", payer.ready, payer.not_ready), Tone::Plain),
            Column::Count => (count(payer), Tone::Plain),
            Column::Gauge => (
                average.map_or_else(String::new, |entry| bar(&entry.scenarios.so_far, width)),
                gauge_tone,
            ),
            Column::Average => (
                average.map_or("–".to_owned(), |entry| {
                    against(&entry.scenarios.so_far, lang)
                }),
                Tone::Plain,
            ),
            Column::Planned => (kronor(expected(payer), lang), Tone::Strong),
            Column::Today => (
                payer
                    .amounts
                    .today
                    .map_or("–".to_owned(), |it| kronor(it, lang)),
                Tone::Plain,
            ),
            Column::Months => (
                page.months(payer)
                    .map_or_else(String::new, |it| gauge::months(&it)),
                Tone::Accent,
            ),
            Column::Status => (word.clone(), tone),
        };
        pieces.push((format!("{} ", cell(*column, &text, width)).into(), tone));
    }
    pieces
}

/// `24/26`: counted of discharged, over all entries so far.
fn count(payer: &PayerForecast) -> String {
    let of = |count: fn(&EntryScenario) -> u32| -> u32 {
        let entries = payer.entries.iter();
        entries.map(|entry| count(&entry.scenarios.so_far)).sum()
    };
    format!("{}/{}", of(|one| one.discharged), of(|one| one.counted))
}

/// By how much the average so far lies above its threshold.
fn above(entry: &EntryForecast) -> Option<rust_decimal::Decimal> {
    let so_far = &entry.scenarios.so_far;
    let number = |text: &Option<String>| text.as_ref()?.parse::<rust_decimal::Decimal>().ok();
    Some(number(&so_far.average)? - number(&so_far.threshold)?)
}

/// A scenario's average as a bar against its threshold.
pub(super) fn bar(scenario: &EntryScenario, width: usize) -> String {
    let number = |text: &Option<String>| text.as_ref()?.parse().ok();
    match number(&scenario.threshold) {
        Some(threshold) => gauge::bar(number(&scenario.average), threshold, width),
        None => String::new(),
    }
}

/// `3,4/2,0`: average and threshold.
fn against(scenario: &EntryScenario, lang: Lang) -> String {
    format!(
        "{}/{}",
        decimal(scenario.average.as_ref(), lang),
        decimal(scenario.threshold.as_ref(), lang)
    )
}

/// A number of days in the language's form.
pub(super) fn decimal(text: Option<&String>, lang: Lang) -> String {
    let point = |text: &String| lang.pick(text.replace('.', ","), text.clone());
    text.map_or_else(|| "–".to_owned(), point)
}

/// An amount; `?` where it cannot be computed.
pub(super) fn kronor(amount: Option<Kronor>, lang: Lang) -> String {
    amount.map_or_else(|| "?".to_owned(), |amount| format::money(amount, lang))
}

/// Where a payer stands, as a word with a mark.
pub(super) fn status(payer: &PayerForecast, lang: Lang) -> (String, Tone) {
    if payer.status == Status::Locked {
        return (Say::Locked.text(lang).to_owned(), Tone::Good);
    }
    if averages(payer).any(|entry| entry.trigger.is_some_and(|it| it.charging)) {
        return (console::payer_charged(lang), Tone::Alarm);
    }
    let keeps: Vec<_> = averages(payer).filter_map(|it| it.keep.as_ref()).collect();
    if keeps.iter().any(|keep| !keep.possible) {
        return (console::payer_above(lang), Tone::Alarm);
    }
    let needed: std::collections::BTreeSet<_> = keeps.iter().flat_map(|it| &it.stays).collect();
    if !needed.is_empty() {
        return (console::payer_must(needed.len(), lang), Tone::Soon);
    }
    let stays = payer.stays.iter();
    let liable = stays.filter(|stay| stay.state == State::Liable).count();
    match (keeps.is_empty(), liable) {
        (false, _) => (console::payer_kept(lang), Tone::Good),
        (true, 0) => (console::payer_calm(lang), Tone::Good),
        (true, liable) => (console::payer_liable(liable, lang), Tone::Alarm),
    }
}
