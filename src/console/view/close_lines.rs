//! What a payer's entry in the month charges, line by line, and the stays
//! that it leaves out.

use ratatui::layout::Rect;

use super::{
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
    let track = close::track(&payer.care_forms, payer.rule.as_deref(), lang);
    let track = match track.as_str() {
        "" => track,
        _ => format!(" ({})", plain(&track)),
    };
    let name = format!(
        "▸{} · {} · {} · {}{track} · {}",
        Say::Lines.text(lang),
        format::payer(payer.payer),
        plain(payer.agreement.as_str()),
        words::model(payer.model, lang),
        format::money(payer.amount, lang)
    );
    paint.put(area.x, area.y, area.width, &name, Tone::Title);
    let names = line_text([
        Say::ColKind.text(lang),
        Say::ColStay.text(lang),
        Say::ColFor.text(lang),
        Say::ColQuantity.text(lang),
        Say::ColRate.text(lang),
        Say::ColAmount.text(lang),
    ]);
    paint.put(area.x + 1, area.y + 1, area.width - 1, &names, Tone::Faint);
    let charged = payer.lines.iter().map(|line| charged_line(line, lang));
    let excluded = payer.excluded.iter().map(|stay| excluded_line(stay, lang));
    let nothing = payer.lines.is_empty().then(|| nothing_line(payer, lang));
    let credits = payer.credits.iter().map(|it| credit_line(it, lang));
    list(
        paint,
        layout::close_lines(body),
        place,
        true,
        charged.chain(excluded).chain(nothing).chain(credits),
        Say::NoLines,
    );
}

/// That an entry charges nothing, with the average that it has.
fn nothing_line(payer: &PayerFigures, lang: Lang) -> Vec<Piece<'static>> {
    let text = line_text([Say::NothingCharged.text(lang), "–", "", "", "", ""]);
    let mut pieces: Vec<Piece> = vec![(text.trim_end().to_owned().into(), Tone::Plain)];
    if payer.average.is_some() {
        let (average, threshold) = (payer.average.as_deref(), payer.threshold.as_deref());
        let against = format::against(average, threshold, lang);
        let said = format!("  {} {against}", Say::Average.text(lang));
        pieces.push((said.into(), Tone::Faint));
    }
    pieces
}

fn charged_line(line: &Line, lang: Lang) -> Vec<Piece<'static>> {
    let episode = line.episode.as_ref();
    let episode = episode.map(|episode| plain(episode.as_str()));
    let month = line.for_month.map(|month| month.to_string());
    let text = line_text([
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
fn credit_line(credit: &Credit, lang: Lang) -> Vec<Piece<'static>> {
    let text = line_text([
        Say::CreditNote.text(lang),
        &plain(&credit.invoice),
        &credit.for_month.to_string(),
        "",
        "",
        &format::money(-credit.amount, lang),
    ]);
    vec![(text.into(), Tone::Soon)]
}

fn excluded_line(stay: &ExcludedStay, lang: Lang) -> Vec<Piece<'static>> {
    let reason = plain(words::exclusion_code(&stay.reason, lang)).into_owned();
    let (word, episode) = (Say::Excluded.text(lang), plain(stay.episode.as_str()));
    let text = line_text([word, &episode, "", "", "", ""]);
    vec![
        (text.trim_end().to_owned().into(), Tone::Faint),
        (format!("  {reason}").into(), Tone::Soon),
    ]
}

fn line_text(cells: [&str; 6]) -> String {
    let [kind, episode, month, quantity, rate, amount] = cells;
    format!(
        "{} {} {} {} {} {}",
        pad(kind, 24),
        pad(episode, 14),
        pad(month, 7),
        pad_start(quantity, 7),
        pad_start(rate, 8),
        pad_start(amount, 13)
    )
}
