//! The month close, told: findings (of a locked month, invoices) and payers
//! under one count of numbers.

use super::{
    other, speak,
    talk::{Hand, Page, Talk},
};
use crate::{
    console::{
        action::Command,
        screen::close::{ClosePage, ClosePane},
        state::State,
    },
    text::{
        console::{self, Say, aloud, aloud::Aloud},
        errors, format,
    },
};

pub(super) fn page(talk: &mut Talk, state: &State) -> Page {
    let lang = state.lang;
    let Some(page) = state.page::<ClosePage>() else {
        return other::page(talk, state);
    };
    let mut lines = head(page, state);
    match page.lines {
        Some(_) => lines.extend(drilled(talk, state, page)),
        None => lines.extend(both(talk, state, page)),
    }
    let depth = page
        .lines
        .map(|_| page.places[ClosePane::Payers as usize].at);
    let id = format!(
        "close {} {depth:?} {} {}",
        page.month,
        talk.from,
        page.is_locked()
    );
    speak::page(id, lines, Aloud::ScreenChoices, lang)
}

fn head(page: &ClosePage, state: &State) -> Vec<String> {
    let lang = state.lang;
    let month = format::month(page.month, lang);
    let title = format!("{}, {month}, {}.", Say::Close.text(lang), page.month);
    let Some(view) = &page.view else {
        let mut lines = vec![title];
        match &page.error {
            Some(error) => lines.extend(errors::on_screen(error, lang).lines().map(str::to_owned)),
            None => lines.push(Say::Reading.text(lang).to_owned()),
        }
        return lines;
    };
    let standing = match (page.is_locked(), view.locked.is_empty()) {
        (true, _) => Say::Locked.text(lang).to_owned(),
        (false, false) => console::partly_locked(&view.locked, lang),
        (false, true) => Say::OpenMonth.text(lang).to_owned(),
    };
    let total = aloud::kronor(view.figures.amount, lang);
    let mut lines = vec![format!(
        "{title} {standing}. {} {total}.",
        Say::Total.text(lang)
    )];
    if let Some(by) = &view.prepared_by {
        lines.push(format!("{} {by}.", Say::Prepared.text(lang)));
    }
    lines
}

/// Findings or invoices, then payers.
fn both(talk: &Talk, state: &State, page: &ClosePage) -> Vec<String> {
    let lang = state.lang;
    let upper = page.upper_len();
    let title = if page.is_locked() {
        Say::Invoices
    } else {
        Say::Findings
    };
    let findings = other::rows_in(state, ClosePane::Findings, 0);
    let payers = other::rows_in(state, ClosePane::Payers, 0);
    let mut lines = vec![format!("{}.", title.text(lang))];
    if upper == 0 {
        lines.push(Say::NoFindings.text(lang).to_owned());
    }
    let all: Vec<_> = findings.into_iter().chain(payers).collect();
    let told = |at: usize| all.get(at).cloned();
    let mut rows = speak::numbered(talk.from, all.len(), lang, told);
    // The second list begins where the first one ends.
    if let Some(second) = upper.checked_sub(talk.from).filter(|at| *at <= rows.len()) {
        rows.insert(second, format!("{}.", Say::Figures.text(lang)));
    }
    lines.extend(rows);
    lines
}

fn drilled(talk: &Talk, state: &State, page: &ClosePage) -> Vec<String> {
    let lang = state.lang;
    let name = page.payer().map_or_else(String::new, |payer| {
        format!("{}, {} {}.", Say::Lines.text(lang), payer.payer, payer.name)
    });
    let rows = other::rows(state, talk.from);
    let mut lines = vec![name];
    let told = |at: usize| rows.get(at - talk.from).cloned();
    lines.extend(speak::numbered(talk.from, page.len(), lang, told));
    lines
}

pub(super) fn count(state: &State) -> usize {
    let Some(page) = state.page::<ClosePage>() else {
        return 0;
    };
    match (page.lines, &page.view) {
        (Some(_), _) => page.len(),
        (None, Some(view)) => page.upper_len() + view.figures.payers.len(),
        (None, None) => 0,
    }
}

pub(super) fn number(talk: &mut Talk, hand: &mut Hand, row: usize) {
    let Some(page) = hand.state.page::<ClosePage>() else {
        return;
    };
    if page.lines.is_some() {
        hand.select(row);
        hand.run(Command::Open);
        talk.from = 0;
        return;
    }
    let upper = page.upper_len();
    let pane = if row < upper {
        ClosePane::Findings
    } else {
        ClosePane::Payers
    };
    if page.pane != pane {
        hand.run(Command::NextPane);
    }
    let at = if row < upper { row } else { row - upper };
    hand.select(at);
    if pane == ClosePane::Payers {
        hand.run(Command::Open);
        talk.from = 0;
    } else {
        let chosen = Aloud::Chosen.text(hand.state.lang);
        talk.remarks.push(format!("{} {chosen}.", row + 1));
        let page = hand.state.page::<ClosePage>();
        let open = page.and_then(|page| page.finding());
        if let Some(finding) = open.filter(|finding| finding.waived.is_none()) {
            let remedy = console::remedy(&finding.code, hand.state.lang);
            talk.remarks
                .extend((!remedy.is_empty()).then(|| remedy.to_owned()));
        }
    }
}
