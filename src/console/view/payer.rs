//! One payer: its averages and amounts under each supposition, the smallest
//! set, and its ready stays to mark.

use std::cmp::Ordering;

use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use super::{
    Draw,
    fitting::{Fit, fit},
    gauge,
    paint::{Paint, Piece, Tone},
    payers::{bar, kronor, status, unread, whole},
    stay::list,
};
use crate::{
    console::{
        layout,
        screen::{InPage, payer::PayerPage, payers::PayersPage},
    },
    ledger::forecast::{EntryForecast, EntryScenario, Others, PayerForecast, StayAhead},
    model::{
        money::Kronor,
        text::{pad, pad_start, plain},
    },
    text::{
        Lang,
        console::{self, Say},
        forecast as said, format,
    },
};

/// Columns of a bar.
const BAR: usize = 15;

/// A column of the stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Mark,
    Stay,
    Suffices,
    State,
    Ward,
    Since,
    Planned,
    Accrued,
    Tomorrow,
}

/// The columns from left to right, with least and most width and the order
/// in which they give way.
const COLUMNS: [(Column, Say, (u16, u16), u8); 9] = [
    (Column::Mark, Say::ColMark, (3, 3), 0),
    (Column::Stay, Say::ColStay, (10, 16), 0),
    (Column::Suffices, Say::ColSuffices, (9, 9), 0),
    (Column::State, Say::ColState, (11, 11), 1),
    (Column::Ward, Say::ColWard, (8, 16), 4),
    (Column::Since, Say::ColSince, (17, 17), 3),
    (Column::Planned, Say::ColPlannedFor, (10, 10), 2),
    (Column::Accrued, Say::ColAccrued, (12, 13), 5),
    (Column::Tomorrow, Say::ColTomorrow, (12, 13), 0),
];

impl Draw for PayerPage {
    fn draw(&self, paint: &mut Paint, area: Rect) {
        let title = format::payer(self.payer);
        let (Some(view), Some(month)) = (&self.view, self.month()) else {
            let lang = paint.lang();
            match self.view {
                Some(_) => {
                    paint.put(area.x + 1, area.y, area.width - 1, &title, Tone::Title);
                    let none = Say::NoPayerMonth.text(lang);
                    paint.put(area.x + 1, area.y + 1, area.width - 1, none, Tone::Faint);
                }
                None => unread(paint, area, &title, self.error.as_ref()),
            }
            return;
        };
        let (x, width, lang) = (area.x + 1, area.width.saturating_sub(2), paint.lang());
        let (word, tone) = status(month, lang);
        let head: [Piece; 3] = [
            (format!("{title}  ").into(), Tone::Title),
            (
                format!("{}  ", format::month(view.month, lang)).into(),
                Tone::Strong,
            ),
            (word.into(), tone),
        ];
        paint.pieces(x, area.y, width, &head);
        let mut y = area.y + 1;
        for entry in self.averages().take(layout::PAYER_AVERAGES) {
            paint.pieces(x, y, width, &average(self, entry, lang));
            y += 1;
        }
        paint.put(x, y, width, &amounts(month, width, lang), Tone::Plain);
        paint.pieces(x, y + 1, width, &what_if(self, month, lang));
        let (keep, tone) = keep(self, lang);
        paint.put(x, y + 2, width, &keep, tone);
        if layout::payer_months(area) > 0 {
            let months = twelve_months(paint, self, month, width);
            paint.pieces(x, y + 3, width, &months);
        }
        stays(paint, area, self);
    }
}

/// `Snitt 3,4 ########|#·· gräns 2,0 · enligt plan 2,9 · märkta 2,6`
fn average(page: &PayerPage, entry: &EntryForecast, lang: Lang) -> Vec<Piece<'static>> {
    let of = |scenario: &EntryScenario| {
        let (average, threshold) = (&scenario.average, &scenario.threshold);
        format::days(average.as_deref(), threshold.as_deref(), lang)
    };
    let so_far = &entry.scenarios.so_far;
    let [_, _, _, _, planned] = said::scenarios(lang);
    let mut ahead = Vec::new();
    let marked = entry.scenarios.marked.as_ref();
    let marked = marked.filter(|_| !page.marks.is_empty() && page.is_current());
    if let Some(scenario) = marked {
        ahead.push(format!("{} {}", Say::Marked.text(lang), of(scenario)));
    }
    if let Some(scenario) = &entry.scenarios.planned {
        ahead.push(format!("{} {}", planned.to_lowercase(), of(scenario)));
    }
    let threshold = format!(
        "{} {}",
        Say::Threshold.text(lang),
        format::days(so_far.threshold.as_deref(), None, lang)
    );
    let rule = entry
        .rule
        .as_deref()
        .filter(|_| page.averages().count() > 1);
    let rule = rule.map_or_else(String::new, |rule| format!(" ({})", plain(rule)));
    vec![
        (
            format!("{}{rule} {} ", Say::Average.text(lang), of(so_far)).into(),
            Tone::Strong,
        ),
        (format!("{} ", bar(so_far, BAR)).into(), Tone::Accent),
        (
            format!("{threshold} · {}", ahead.join(" · ")).into(),
            Tone::Plain,
        ),
    ]
}

/// What the month comes to in each scenario, as far as it fits.
fn amounts(month: &PayerForecast, width: u16, lang: Lang) -> String {
    let [so_far, none_leaves, _, _, planned] = said::scenarios(lang);
    let amounts = &month.amounts;
    let all = [
        (so_far, Some(amounts.so_far)),
        (planned, amounts.planned),
        (Say::AllToday.text(lang), amounts.today),
        (none_leaves, amounts.none_leaves),
    ];
    let all = all.into_iter();
    let told = all.filter_map(|(name, amount)| Some(format!("{name} {}", kronor(amount?, lang))));
    whole(told, width)
}

/// The twelve months, the latest with their amounts, as far as they fit.
fn twelve_months(
    paint: &Paint,
    page: &PayerPage,
    month: &PayerForecast,
    width: u16,
) -> Vec<Piece<'static>> {
    let lang = paint.lang();
    let behind = paint.state.pages.iter().find_map(PayersPage::of);
    let known = behind.and_then(|it| Some((it.history.as_ref()?, it.months(month)?)));
    let Some((history, amounts)) = known else {
        return vec![(Say::Reading.text(lang).into(), Tone::Faint)];
    };
    let name = Say::TwelveMonths.text(lang);
    let drawn = format!("{name} {}  ", gauge::months(&amounts));
    let room = width.saturating_sub(drawn.width() as u16);
    let runs = page.view.as_ref().map(|view| view.month);
    let named: Vec<_> = history
        .months
        .iter()
        .copied()
        .chain(runs)
        .zip(amounts)
        .collect();
    let told = named.into_iter().rev();
    let told = told.map(|(month, amount)| format!("{month} {}", kronor(amount, lang)));
    vec![
        (drawn.into(), Tone::Accent),
        (whole(told, room).into(), Tone::Plain),
    ]
}

/// What the marks would change, against the same without any mark.
fn what_if(page: &PayerPage, month: &PayerForecast, lang: Lang) -> Vec<Piece<'static>> {
    let others = match page.others {
        Others::Planned => Say::OthersPlanned,
        Others::Stay => Say::OthersStay,
    };
    let count = page.marks.len();
    if count == 0 {
        let how = console::marks_none(others.text(lang), lang);
        return vec![(how.into(), Tone::Faint)];
    }
    // The amount comes first: where there is no room, words give way.
    let how = console::marks(count, others.text(lang), lang);
    let base = match page.others {
        Others::Planned => month.amounts.planned,
        Others::Stay => month.amounts.none_leaves,
    };
    let marked = month.amounts.marked.filter(|_| page.is_current());
    let Some((marked, base)) = marked.zip(base) else {
        let computing = Say::Computing.text(lang);
        return vec![(format!("{computing} {how}").into(), Tone::Faint)];
    };
    let mut pieces: Vec<Piece> = vec![(kronor(marked, lang).into(), Tone::Strong)];
    if let Some((marked, base)) = marked.zip(base) {
        let change = marked - base;
        let tone = match change.cmp(&Kronor::ZERO) {
            Ordering::Greater => Tone::Alarm,
            Ordering::Less => Tone::Good,
            Ordering::Equal => Tone::Faint,
        };
        pieces.push((format!(" ({})", console::change(change, lang)).into(), tone));
    }
    pieces.push((format!(" {how}").into(), Tone::Strong));
    pieces
}

/// What the smallest set is and does.
fn keep(page: &PayerPage, lang: Lang) -> (String, Tone) {
    let named = page.averages().filter_map(|entry| {
        let keep = entry.keep.as_ref()?;
        let threshold = entry.scenarios.so_far.threshold.as_deref();
        Some((keep, threshold))
    });
    // The average that asks for most is the one to tell of.
    let most = named.max_by_key(|(keep, _)| (!keep.possible, keep.stays.len()));
    let Some((keep, threshold)) = most else {
        return (Say::NoAverage.text(lang).to_owned(), Tone::Faint);
    };
    let tone = match (keep.possible, keep.stays.is_empty()) {
        (false, _) => Tone::Alarm,
        (true, false) => Tone::Soon,
        (true, true) => Tone::Good,
    };
    let average = format::days(keep.average.as_deref(), threshold, lang);
    let text = match (keep.possible, keep.stays.len()) {
        (false, _) => {
            let over = format::days(keep.over_by.as_deref(), Some("0"), lang);
            console::suffices_not(&over, &average, lang)
        }
        (true, 0) => console::plan_keeps(&average, lang),
        (true, count) => {
            let threshold = format::days(threshold, None, lang);
            console::suffices(count, &average, &threshold, lang)
        }
    };
    (text, tone)
}

fn stays(paint: &mut Paint, area: Rect, page: &PayerPage) {
    let lang = paint.lang();
    let rows = layout::payer_rows(area, page.averages().count());
    let columns = COLUMNS.map(|(_, _, (least, most), gives_way)| Fit {
        least,
        most,
        gives_way,
    });
    let widths = fit(&columns, area.width.saturating_sub(2));
    let mut names = String::new();
    for ((column, say, ..), width) in COLUMNS.iter().zip(&widths) {
        if let Some(width) = width {
            names.push_str(&cell(*column, say.text(lang), *width));
            names.push(' ');
        }
    }
    let y = rows.y.saturating_sub(1);
    paint.underline(Rect {
        y,
        height: 1,
        ..rows
    });
    paint.put(rows.x + 1, y, rows.width - 1, &names, Tone::Column);
    let lines = page
        .stays()
        .iter()
        .map(|stay| row(page, stay, &widths, lang));
    list(paint, rows, page.place, true, lines, Say::NobodyReady);
}

fn cell(column: Column, text: &str, width: usize) -> String {
    match column {
        Column::Accrued | Column::Tomorrow => pad_start(text, width),
        _ => pad(text, width),
    }
}

fn row(
    page: &PayerPage,
    stay: &StayAhead,
    widths: &[Option<usize>],
    lang: Lang,
) -> Vec<Piece<'static>> {
    let marked = page.marks.contains(&stay.episode);
    let amount = |amount: Option<Kronor>| {
        amount.map_or_else(|| "–".to_owned(), |it| format::money(it, lang))
    };
    let mut pieces = Vec::new();
    for ((column, ..), width) in COLUMNS.iter().zip(widths) {
        let Some(width) = *width else { continue };
        let (text, tone) = match column {
            Column::Mark if marked => ("[x]".to_owned(), Tone::Strong),
            Column::Mark => ("[ ]".to_owned(), Tone::Faint),
            Column::Stay => (plain(stay.episode.as_str()).into_owned(), Tone::Plain),
            Column::Suffices if page.suffices(&stay.episode) => {
                (Say::Suffices.text(lang).to_owned(), Tone::Soon)
            }
            Column::Suffices => (String::new(), Tone::Plain),
            Column::State => (
                console::state(stay.state, lang).to_owned(),
                Tone::of(stay.state),
            ),
            Column::Ward => (plain(&stay.ward).into_owned(), Tone::Plain),
            Column::Since => (
                stay.ready_since
                    .map_or_else(String::new, |at| format::near_moment(at, lang)),
                Tone::Faint,
            ),
            Column::Planned => (
                stay.expected_discharge
                    .map_or_else(|| "–".to_owned(), format::date),
                Tone::Plain,
            ),
            Column::Accrued => (amount(stay.accrued.amount), Tone::Plain),
            Column::Tomorrow => (amount(stay.tomorrow), Tone::Strong),
        };
        pieces.push((format!("{} ", cell(*column, &text, width)).into(), tone));
    }
    pieces
}
