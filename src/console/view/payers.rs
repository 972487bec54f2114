//! The payers: averages against thresholds, amounts ahead, months behind.

use ratatui::layout::{Position, Rect};
use rust_decimal::Decimal;
use unicode_width::UnicodeWidthStr;

use super::{
    Draw, cells,
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
        forecast::{EntryScenario, Forecast, PayerForecast},
    },
    model::{
        money::Kronor,
        text::{pad, pad_start},
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
    SoFar,
    Planned,
    Today,
    Months,
    Status,
}

/// The columns from left to right, with least and most width and the order
/// in which they give way. Amounts are kronor, as the sums above say.
const COLUMNS: [(Column, Say, Fit); 10] = [
    column(Column::Payer, Say::ColPayer, (13, 24), 0),
    column(Column::Ready, Say::ColReady, (6, 6), 6),
    column(Column::Count, Say::ColCount, (7, 8), 4),
    column(Column::Gauge, Say::ColGauge, (7, 15), 2),
    column(Column::Average, Say::ColAverage, (8, 11), 0),
    column(Column::SoFar, Say::ColSoFar, (10, 12), 1),
    column(Column::Planned, Say::ColPlanned, (10, 12), 0),
    column(Column::Today, Say::ColIfToday, (10, 12), 5),
    column(Column::Months, Say::ColMonths, (12, 12), 3),
    column(Column::Status, Say::ColState, (12, 24), 0),
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

/// A column that is shown, its name, and how wide it is.
type Shown = (Column, Say, usize);

/// The columns that are shown: those of averages only where there is one.
fn columns(view: &Forecast, width: u16, lang: Lang) -> Vec<Shown> {
    let any = view.payers.iter().flat_map(averages).next().is_some();
    let about_averages = |column| matches!(column, Column::Gauge | Column::Average);
    let all = COLUMNS.iter();
    let all: Vec<_> = all.filter(|it| any || !about_averages(it.0)).collect();
    let fits: Vec<_> = all.iter().map(|it| whole_numbers(it, view, lang)).collect();
    let shown = all.into_iter().zip(fit(&fits, width));
    shown
        .filter_map(|((column, say, _), width)| Some((*column, *say, width?)))
        .collect()
}

/// A column's widths; no amount and no average is ever cut.
fn whole_numbers((column, _, fit): &(Column, Say, Fit), view: &Forecast, lang: Lang) -> Fit {
    let told = |payer| match column {
        Column::Average => highest(payer).map_or(0, |it| against(it, lang).width()),
        _ => amount_in(*column, payer, lang).map_or(0, |it| it.width()),
    };
    let widest = view.payers.iter().map(told).max().unwrap_or(0) as u16;
    Fit {
        least: fit.least.max(widest),
        most: fit.most.max(widest),
        ..*fit
    }
}

/// The amount in a column of amounts.
fn amount_in(column: Column, payer: &PayerForecast, lang: Lang) -> Option<String> {
    let amount = match column {
        Column::SoFar => Some(payer.amounts.so_far),
        Column::Planned => Some(expected(payer)),
        Column::Today => payer.amounts.today,
        _ => return None,
    };
    let told = |amount: Option<Kronor>| {
        amount.map_or_else(|| "?".to_owned(), |it| cells::kronor(it, lang))
    };
    Some(amount.map_or_else(|| "–".to_owned(), told))
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
        let lang = paint.lang();
        let columns = columns(view, area.width.saturating_sub(2), lang);
        names(paint, rows, &columns);
        let lines = (0..self.shown.len()).filter_map(|line| self.at(line));
        let lines = lines.map(|payer| row(self, payer, &columns, lang));
        list(paint, rows, self.place, true, lines, Say::NoPayers);
    }

    /// What a narrow window has no column for, of the selected payer.
    fn status(&self, paint: &mut Paint, area: Rect) -> Option<Position> {
        let (lang, payer) = (paint.lang(), self.payer()?);
        let today = payer.amounts.today.map(|it| kronor(it, lang));
        let more = console::payer_more(
            [payer.ready, payer.not_ready],
            counts(payer),
            today.as_deref(),
            lang,
        );
        let said = std::iter::once(format::payer(payer.payer)).chain(more);
        let said = whole(said, area.width);
        paint.put(area.x, area.y, area.width, &said, Tone::Faint);
        None
    }
}

/// A screen that is not read yet, or cannot be.
pub(super) fn unread(paint: &mut Paint, area: Rect, title: &str, error: Option<&DeskError>) {
    let (x, lang) = (area.x + 1, paint.lang());
    let width = area.width.saturating_sub(2);
    let said = match error {
        Some(error) => errors::on_screen(error, lang),
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
    let [so_far, _, _, _, planned] = said::scenarios(lang);
    let sums = [
        (so_far, Some(view.amounts.so_far)),
        (planned, view.amounts.planned),
        (Say::AllToday.text(lang), view.amounts.today),
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

fn names(paint: &mut Paint, rows: Rect, columns: &[Shown]) {
    let lang = paint.lang();
    let cells = columns
        .iter()
        .map(|(column, say, width)| cell(*column, say.text(lang), *width) + " ");
    let line: String = cells.collect();
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
        Column::Ready
        | Column::Count
        | Column::Average
        | Column::SoFar
        | Column::Planned
        | Column::Today => pad_start(text, width),
        _ => pad(text, width),
    }
}

fn row(
    page: &PayersPage,
    payer: &PayerForecast,
    columns: &[Shown],
    lang: Lang,
) -> Vec<Piece<'static>> {
    let cells = columns.iter().map(|(column, _, width)| {
        let (text, tone) = content(*column, page, payer, *width, lang);
        (format!("{} ", cell(*column, &text, *width)).into(), tone)
    });
    cells.collect()
}

fn content(
    column: Column,
    page: &PayersPage,
    payer: &PayerForecast,
    width: usize,
    lang: Lang,
) -> (String, Tone) {
    let so_far = highest(payer);
    match column {
        Column::Payer => (format::payer_within(payer.payer, width), Tone::Plain),
        Column::Ready => (format!("{}+{}", payer.ready, payer.not_ready), Tone::Plain),
        Column::Count => {
            let [discharged, counted] = counts(payer);
            (format!("{discharged}/{counted}"), Tone::Plain)
        }
        Column::Gauge => (
            so_far.map_or_else(String::new, |it| bar(it, width)),
            gauge_tone(so_far),
        ),
        Column::Average => (
            so_far.map_or_else(|| "–".to_owned(), |it| against(it, lang)),
            Tone::Plain,
        ),
        Column::SoFar | Column::Planned | Column::Today => {
            let tone = if column == Column::Planned {
                Tone::Strong
            } else {
                Tone::Plain
            };
            (amount_in(column, payer, lang).unwrap_or_default(), tone)
        }
        Column::Months => {
            let months = page.months(payer).map(|it| gauge::months(&it));
            (months.unwrap_or_default(), Tone::Accent)
        }
        Column::Status => status(payer, lang),
    }
}

/// The average so far that lies highest above its threshold: the one to tell
/// of.
fn highest(payer: &PayerForecast) -> Option<&EntryScenario> {
    let so_far = averages(payer).map(|entry| &entry.scenarios.so_far);
    so_far.max_by_key(|it| above(it))
}

fn gauge_tone(average: Option<&EntryScenario>) -> Tone {
    match average.map(|it| above(it).is_some_and(|by| by > Decimal::ZERO)) {
        Some(true) => Tone::Alarm,
        Some(false) => Tone::Good,
        None => Tone::Faint,
    }
}

/// Discharged and counted, over all entries so far.
fn counts(payer: &PayerForecast) -> [u32; 2] {
    let of = |count: fn(&EntryScenario) -> u32| -> u32 {
        let entries = payer.entries.iter();
        entries.map(|entry| count(&entry.scenarios.so_far)).sum()
    };
    [of(|one| one.discharged), of(|one| one.counted)]
}

/// By how much the average so far lies above its threshold.
fn above(so_far: &EntryScenario) -> Option<Decimal> {
    let number = |text: &Option<String>| text.as_ref()?.parse::<Decimal>().ok();
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

fn against(scenario: &EntryScenario, lang: Lang) -> String {
    let (average, threshold) = (&scenario.average, &scenario.threshold);
    format::against(average.as_deref(), threshold.as_deref(), lang)
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
        let is_above = highest(payer).and_then(above) > Some(Decimal::ZERO);
        return (console::payer_above(is_above, lang), Tone::Alarm);
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
