//! What a payer's entry in the month charges, line by line, and the stays
//! that it leaves out.

use ratatui::layout::Rect;

use unicode_width::UnicodeWidthStr;

use super::{
    fitting::{Fit, fit},
    paint::{Paint, Piece, Tone},
    stay::list,
};
use crate::{
    console::{layout, list::Place},
    ledger::figures::{Credit, ExcludedStay, Line, PayerFigures},
    model::text::{pad, pad_start, plain},
    text::{Lang, close, console::Say, format, words},
};

/// A payer's lines, and the stays that were left out.
pub(super) fn draw(paint: &mut Paint, area: Rect, body: Rect, payer: &PayerFigures, place: Place) {
    let lang = paint.lang();
    paint.underline(Rect { height: 1, ..area });
    paint.put(
        area.x,
        area.y,
        area.width,
        &title(payer, area.width, lang),
        Tone::Title,
    );
    let columns = Columns::of(area.width);
    let names = columns.line([
        Say::ColKind.text(lang),
        Say::ColStay.text(lang),
        Say::ColFor.text(lang),
        Say::ColQuantity.text(lang),
        Say::ColRate.text(lang),
        Say::ColAmount.text(lang),
    ]);
    paint.put(area.x + 1, area.y + 1, area.width - 1, &names, Tone::Faint);
    let charged = payer.lines.iter();
    let charged = charged.map(|line| charged_line(&columns, line, lang));
    let excluded = payer.excluded.iter();
    let excluded = excluded.map(|stay| excluded_line(&columns, stay, lang));
    let nothing = payer.lines.is_empty();
    let nothing = nothing.then(|| nothing_line(&columns, payer, lang));
    let credits = payer.credits.iter();
    let credits = credits.map(|it| credit_line(&columns, it, lang));
    list(
        paint,
        layout::close_lines(body),
        place,
        true,
        charged.chain(excluded).chain(nothing).chain(credits),
        Say::NoLines,
    );
}

/// Whose lines, by which agreement and model, and their sum: it stays whole.
/// The model goes before the agreement, and what tells two averages of one
/// payer apart goes last.
fn title(payer: &PayerFigures, width: u16, lang: Lang) -> String {
    let track = close::track(&payer.care_forms, payer.rule.as_deref(), lang);
    let track = plain(&track).into_owned();
    let agreement = plain(payer.agreement.as_str()).into_owned();
    let model = words::model(payer.model, lang);
    let whole = match track.as_str() {
        "" => model.to_owned(),
        track => format!("{model} ({track})"),
    };
    let title = |middle: &[&str]| {
        let ends = (
            [Say::Lines.text(lang).to_owned(), format::payer(payer.payer)],
            format::money(payer.amount, lang),
        );
        let middle = middle.iter().filter(|part| !part.is_empty());
        let parts = ends.0.into_iter().chain(middle.map(ToString::to_string));
        let parts: Vec<_> = parts.chain([ends.1]).collect();
        format!("▸{}", parts.join(" · "))
    };
    let all = [title(&[&agreement, &whole]), title(&[&agreement, &track])];
    let mut fitting = all
        .into_iter()
        .filter(|it| it.width() <= usize::from(width));
    fitting.next().unwrap_or_else(|| title(&[&track]))
}

/// That an entry charges nothing, with the average that it has.
fn nothing_line(columns: &Columns, payer: &PayerFigures, lang: Lang) -> Vec<Piece<'static>> {
    let text = columns.line([Say::NothingCharged.text(lang), "–", "", "", "", ""]);
    let mut pieces: Vec<Piece> = vec![(text.trim_end().to_owned().into(), Tone::Plain)];
    if payer.average.is_some() {
        let (average, threshold) = (payer.average.as_deref(), payer.threshold.as_deref());
        let against = format::against(average, threshold, lang);
        let said = format!("  {} {against}", Say::Average.text(lang));
        pieces.push((said.into(), Tone::Faint));
    }
    pieces
}

fn charged_line(columns: &Columns, line: &Line, lang: Lang) -> Vec<Piece<'static>> {
    let episode = line.episode.as_ref();
    let episode = episode.map(|episode| plain(episode.as_str()));
    let month = line.for_month.map(|month| month.to_string());
    let text = columns.line([
        words::line_kind(line.kind, lang),
        episode.as_deref().unwrap_or("–"),
        month.as_deref().unwrap_or(""),
        &format::number(line.quantity, lang),
        &format::rate(line.rate, lang),
        &format::money(line.amount, lang),
    ]);
    vec![(text.into(), Tone::Plain)]
}

/// A credit note stands where its invoice's number is in the stays' column.
fn credit_line(columns: &Columns, credit: &Credit, lang: Lang) -> Vec<Piece<'static>> {
    let text = columns.line([
        Say::CreditNote.text(lang),
        &plain(&credit.invoice),
        &credit.for_month.to_string(),
        "",
        "",
        &format::money(-credit.amount, lang),
    ]);
    vec![(text.into(), Tone::Soon)]
}

fn excluded_line(columns: &Columns, stay: &ExcludedStay, lang: Lang) -> Vec<Piece<'static>> {
    let reason = plain(words::exclusion_code(&stay.reason, lang)).into_owned();
    let (word, episode) = (Say::Excluded.text(lang), plain(stay.episode.as_str()));
    let text = columns.line([word, &episode, "", "", "", ""]);
    vec![
        (text.trim_end().to_owned().into(), Tone::Faint),
        (format!("  {reason}").into(), Tone::Soon),
    ]
}

/// Columns of kind, stay, month, quantity, rate and amount, with least and
/// most width and the order in which they give way.
const COLUMNS: [((u16, u16), u8); 6] = [
    ((16, 24), 0),
    ((10, 14), 0),
    ((7, 7), 2),
    ((7, 7), 1),
    ((8, 8), 3),
    ((13, 13), 0),
];

/// Widths of a line's columns, as far as they fit.
struct Columns(Vec<Option<usize>>);

impl Columns {
    fn of(width: u16) -> Self {
        let columns = COLUMNS.map(|((least, most), gives_way)| Fit {
            least,
            most,
            gives_way,
        });
        Self(fit(&columns, width.saturating_sub(2)))
    }

    fn line(&self, cells: [&str; 6]) -> String {
        let cells = cells.iter().zip(&self.0).enumerate();
        let shown = cells.filter_map(|(at, (cell, width))| {
            Some(match at {
                ..3 => pad(cell, (*width)?),
                _ => pad_start(cell, (*width)?),
            })
        });
        shown.collect::<Vec<_>>().join(" ")
    }
}
