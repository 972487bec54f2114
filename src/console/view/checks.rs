//! The upper part of the month close: the checks, with the selected one in
//! full and what to do about it, or the invoices that a lock made.

use ratatui::layout::Rect;
use unicode_width::UnicodeWidthStr;

use super::{
    close::title,
    paint::{Paint, Piece, Tone, wrap},
    stay::list,
};
use crate::{
    console::{
        layout,
        screen::close::{Check, ClosePage, ClosePane},
    },
    desk::reply::{CloseView, InvoiceView, Parked},
    ledger::figures::Finding,
    model::text::{pad, pad_start, plain},
    text::{
        Lang,
        console::{self, Say},
        format, words,
    },
};

/// Columns before what was found, with the least between it and what it is
/// about.
const MARK: usize = 20;

/// Draws the checks, or what a lock made.
pub(super) fn draw(
    paint: &mut Paint,
    areas: &layout::CloseAreas,
    page: &ClosePage,
    view: &CloseView,
) {
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
    let rows = page.checks().map(|check| match check {
        Check::Finding(finding) => finding_line(finding, view, lang),
        Check::Parked(parked) => parked_line(parked, lang),
    });
    list(paint, area, place, front, rows, Say::NoFindings);
    if let Some(check) = page.check() {
        detail(paint, areas.detail, check);
    }
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
    vec![
        (format!("{}  ", pad(&word, 16)).into(), tone),
        (what(finding, lang).into(), Tone::Plain),
        (
            format!("  {}", about(finding).join(" · ")).into(),
            Tone::Faint,
        ),
    ]
}

/// What was found.
fn what(finding: &Finding, lang: Lang) -> String {
    let mut what = plain(words::finding(&finding.code, lang)).into_owned();
    if !finding.detail.is_empty() {
        what.push_str(": ");
        what.push_str(&plain(&finding.detail));
    }
    what
}

/// Why it was accepted, and whom it is about.
fn about(finding: &Finding) -> Vec<String> {
    let reason = finding.waived.as_deref().map(|it| plain(it).into_owned());
    let payer = finding.payer.map(format::payer);
    let episode = finding.episode.as_ref();
    let episode = episode.map(|it| plain(it.as_str()).into_owned());
    [reason, payer, episode].into_iter().flatten().collect()
}

fn parked_line(parked: &Parked, lang: Lang) -> Vec<Piece<'static>> {
    let word = format!("~ {}", Say::Parked.text(lang));
    let said = format!(
        "{}: {}",
        format::payer(parked.payer),
        plain(words::parked(&parked.reason, lang))
    );
    vec![
        (format!("{}  ", pad(&word, 16)).into(), Tone::Soon),
        (said.into(), Tone::Plain),
    ]
}

/// The selected check in full, and what to do about it.
fn detail(paint: &mut Paint, area: Rect, check: Check<'_>) {
    let lang = paint.lang();
    let width = area.width.saturating_sub(4);
    let (said, remedy) = match check {
        Check::Finding(finding) => {
            let mut said = vec![what(finding, lang)];
            said.extend(about(finding));
            let remedy = match &finding.waived {
                Some(_) => "",
                None => console::remedy(&finding.code, lang),
            };
            (said.join(" · "), remedy)
        }
        Check::Parked(parked) => {
            let reason = plain(words::parked(&parked.reason, lang)).into_owned();
            let said = format!("{}: {reason}", format::payer(parked.payer));
            (said, Say::ParkedLater.text(lang))
        }
    };
    // What the list had room for is not told twice.
    let cut = said.width() + MARK > usize::from(area.width);
    let said = wrap(&said, width.into()).into_iter().filter(|_| cut);
    let remedy = wrap(remedy, usize::from(width).saturating_sub(2)).into_iter();
    let remedy = remedy.filter(|line| !line.is_empty()).enumerate();
    let remedy = remedy.map(|(at, line)| {
        let mark = if at == 0 { "→" } else { " " };
        (format!("{mark} {line}"), Tone::Accent)
    });
    let lines = said.map(|line| (line, Tone::Faint)).chain(remedy);
    for ((line, tone), y) in lines.zip(area.top()..area.bottom()) {
        paint.put(area.x + 3, y, width, &line, tone);
    }
}

fn invoice_line(invoice: &InvoiceView, lang: Lang) -> Vec<Piece<'static>> {
    let credit = if invoice.credit {
        Say::CreditNote.text(lang)
    } else {
        ""
    };
    let payer = format::payer(invoice.payer);
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
