//! The month close: checks, payers, lines, invoices.

use std::borrow::Cow;

use ratatui::layout::Rect;

use super::{
    Draw,
    paint::{Paint, Piece, Tone},
    stay::list,
};
use crate::{
    console::{
        layout,
        screen::close::{ClosePage, ClosePane},
    },
    desk::reply::{CloseView, InvoiceView},
    ledger::figures::{ExcludedStay, Finding, Line, PayerFigures, Status},
    model::text::{pad, pad_start, plain},
    text::{Lang, console::Say, errors, format, words},
};

/// Columns of a hash that are shown.
const HASH: usize = 16;

impl Draw for ClosePage {
    fn draw(&self, paint: &mut Paint, area: Rect) {
        draw(paint, area, self);
    }
}

/// Draws the month close.
fn draw(paint: &mut Paint, area: Rect, page: &ClosePage) {
    let areas = layout::close(area, page.upper_len());
    head(paint, areas.head, page);
    let Some(view) = &page.view else {
        if let Some(error) = &page.error {
            let said = errors::error(error, paint.lang());
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
        let (_, rest) = layout::cut_top(area, 3);
        if let Some(payer) = page.payer() {
            lines(paint, rest, area, payer, place);
        }
        return;
    }
    upper(paint, &areas, page, view);
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
        (false, false) => (Say::PartlyLocked.text(lang).into(), Tone::Soon),
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
}

fn title(paint: &mut Paint, area: Rect, say: Say, front: bool) {
    paint.underline(Rect { height: 1, ..area });
    let (mark, tone) = if front {
        ("▸", Tone::Title)
    } else {
        (" ", Tone::Strong)
    };
    let text = format!("{mark}{}", say.text(paint.lang()));
    paint.put(area.x, area.y, area.width, &text, tone);
}

/// The checks, or what a lock made.
fn upper(paint: &mut Paint, areas: &layout::CloseAreas, page: &ClosePage, view: &CloseView) {
    let lang = paint.lang();
    let front = page.pane == ClosePane::Findings;
    let area = layout::close_list(areas, ClosePane::Findings);
    let place = page.places[ClosePane::Findings as usize];
    if page.is_locked() {
        title(paint, areas.findings, Say::Invoices, front);
        let rows = page
            .invoices
            .iter()
            .map(|invoice| invoice_line(invoice, lang));
        list(paint, area, place, front, rows, Say::Reading);
        return;
    }
    title(paint, areas.findings, Say::Findings, front);
    let rows = view
        .figures
        .findings
        .iter()
        .map(|finding| finding_line(finding, view, lang));
    list(paint, area, place, front, rows, Say::NoFindings);
}

fn finding_line(finding: &Finding, view: &CloseView, lang: Lang) -> Vec<Piece<'static>> {
    let (word, tone) = match &finding.waived {
        Some(_) => (format!("+ {}", Say::Waived.text(lang)), Tone::Good),
        None if view.blockers.contains(finding) && !finding.waivable => {
            (format!("x {}", Say::Blocks.text(lang)), Tone::Alarm)
        }
        None if finding.waivable => (format!("! {}", Say::CanBeWaived.text(lang)), Tone::Soon),
        None => (format!("x {}", Say::Blocks.text(lang)), Tone::Alarm),
    };
    let mut what = plain(words::finding(&finding.code, lang)).into_owned();
    if !finding.detail.is_empty() {
        what.push_str(": ");
        what.push_str(&plain(&finding.detail));
    }
    let mut about = Vec::new();
    if let Some(reason) = &finding.waived {
        about.push(plain(reason).into_owned());
    }
    if let Some(payer) = finding.payer {
        about.push(format!("{payer} {}", payer.name()));
    }
    if let Some(episode) = &finding.episode {
        about.push(plain(episode.as_str()).into_owned());
    }
    vec![
        (format!("{}  ", pad(&word, 16)).into(), tone),
        (what.into(), Tone::Plain),
        (format!("  {}", about.join(" · ")).into(), Tone::Faint),
    ]
}

fn invoice_line(invoice: &InvoiceView, lang: Lang) -> Vec<Piece<'static>> {
    let credit = if invoice.credit {
        Say::CreditNote.text(lang)
    } else {
        ""
    };
    let payer = format!("{} {}", invoice.payer, plain(&invoice.name));
    let amount = pad_start(&format::money(invoice.amount, lang), 16);
    vec![(
        format!(
            "{}  {}  {amount}  {credit}",
            pad(&plain(&invoice.number), 14),
            pad(&payer, 26)
        )
        .into(),
        Tone::Plain,
    )]
}

fn payers(paint: &mut Paint, areas: &layout::CloseAreas, page: &ClosePage, view: &CloseView) {
    let lang = paint.lang();
    let front = page.pane == ClosePane::Payers;
    title(paint, areas.payers, Say::Figures, front);
    let area = layout::close_list(areas, ClosePane::Payers);
    let columns = PayerColumns::of(area.width, lang);
    let names = columns.line([
        Say::ColPayer.text(lang).into(),
        Say::ColAgreement.text(lang).into(),
        Say::ColModel.text(lang).into(),
        Say::ColCount.text(lang).into(),
        Say::ColAverage.text(lang).into(),
        Say::ColAmount.text(lang).into(),
    ]);
    paint.put(
        area.x + 1,
        area.y.saturating_sub(1),
        area.width - 1,
        &names,
        Tone::Faint,
    );
    let place = page.places[ClosePane::Payers as usize];
    let rows = view.figures.payers.iter().map(|payer| {
        let mut pieces: Vec<Piece> = vec![(columns.payer(payer, lang).into(), Tone::Plain)];
        if let Some(parked) = view
            .parked
            .iter()
            .find(|parked| parked.payer == payer.payer)
        {
            let text = format!("  {}: {}", Say::Parked.text(lang), plain(&parked.reason));
            pieces.push((text.into(), Tone::Soon));
        } else if payer.status == Status::Locked && !page.is_locked() {
            pieces.push((format!("  {}", Say::Locked.text(lang)).into(), Tone::Good));
        }
        pieces
    });
    list(paint, area, place, front, rows, Say::NoPayers);
}

/// Widths of the payers' columns.
struct PayerColumns([usize; 6]);

impl PayerColumns {
    fn of(width: u16, lang: Lang) -> Self {
        let amount = lang.pick(13, 15);
        if width >= 110 {
            Self([30, 20, 16, 10, 12, amount + 3])
        } else {
            Self([17, 14, 12, 7, 9, amount])
        }
    }

    fn line(&self, cells: [Cow<str>; 6]) -> String {
        let mut line = String::new();
        for (index, (cell, width)) in cells.iter().zip(self.0).enumerate() {
            let number = index >= 3;
            let text = if number {
                pad_start(cell, width)
            } else {
                pad(cell, width)
            };
            line.push_str(&text);
            line.push(' ');
        }
        line
    }

    fn payer(&self, payer: &PayerFigures, lang: Lang) -> String {
        let point = |text: &String| lang.pick(text.replace('.', ","), text.clone());
        let average = match (&payer.average, &payer.threshold) {
            (Some(average), Some(threshold)) => format!("{}/{}", point(average), point(threshold)),
            (Some(average), None) => point(average),
            _ => "–".to_owned(),
        };
        self.line([
            format!("{} {}", payer.payer, plain(&payer.name)).into(),
            plain(payer.agreement.as_str()),
            words::model(payer.model, lang).into(),
            format!("{}/{}", payer.discharged, payer.counted).into(),
            average.into(),
            format::money(payer.amount, lang).into(),
        ])
    }
}

/// A payer's lines, and the stays that were left out.
fn lines(
    paint: &mut Paint,
    area: Rect,
    body: Rect,
    payer: &PayerFigures,
    place: crate::console::list::Place,
) {
    let lang = paint.lang();
    paint.underline(Rect { height: 1, ..area });
    let name = format!(
        "▸{} · {} {} · {} · {}",
        Say::Lines.text(lang),
        payer.payer,
        plain(&payer.name),
        plain(payer.agreement.as_str()),
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
    list(
        paint,
        layout::close_lines(body),
        place,
        true,
        charged.chain(excluded),
        Say::NoLines,
    );
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
        &format::number(line.rate, lang),
        &format::money(line.amount, lang),
    ]);
    vec![(text.into(), Tone::Plain)]
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
