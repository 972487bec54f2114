//! The board, told.

use super::{
    speak,
    talk::{Hand, Page, Talk},
};
use crate::{
    console::{action::Command, screen::sort::ends_at, state::State},
    desk::reply::{BoardHead, BoardRow},
    model::time,
    rules::outlook::State as Standing,
    text::{
        console::{self, Say, aloud, aloud::Aloud},
        format,
    },
};

/// Hours after which a source counts as silent.
const STALE_HOURS: i64 = 24;

pub(super) fn page(talk: &mut Talk, state: &State) -> Page {
    let (board, lang) = (&state.board, state.lang);
    let count = board.shown.len();
    talk.from = if talk.from < count { talk.from } else { 0 };
    let mut lines = vec![head(state)];
    let filter = board.filter.value();
    if !filter.is_empty() {
        lines.push(format!("{}: {filter}.", Say::Filter.text(lang)));
    }
    if count == 0 {
        let none = match &board.board {
            None => Say::Reading,
            Some(all) if all.rows.is_empty() => Say::NobodyReady,
            Some(_) => Say::NoMatch,
        };
        lines.push(none.text(lang).to_owned());
    }
    let told = |at| board.row(at).map(|row| row_of(row, state));
    lines.extend(speak::numbered(talk.from, count, lang, told));
    // Another order or filter is another page.
    let id = format!(
        "board {} {filter} {:?} {} {:?} {}",
        talk.from, board.sort, board.reversed, board.payer, board.all
    );
    speak::page(id, lines, Aloud::BoardChoices, lang)
}

/// `Tavlan. Region Värmland, ons 6 mars 23:00. 5 klara, 1 löper, …`
fn head(state: &State) -> String {
    let lang = state.lang;
    let date = format::short_day(time::local_date(state.now), lang);
    let title = Aloud::Board.text(lang);
    let clock = format::clock(state.now);
    let Some(board) = &state.board.board else {
        return format!("{title} {date} {clock}.");
    };
    let head = &board.head;
    let region = head.region.map_or("", |region| region.name());
    format!("{title} {region}, {date} {clock}. {}", counts(head, state))
}

fn counts(head: &BoardHead, state: &State) -> String {
    let lang = state.lang;
    let count = |number: u32, say: Say| format!("{number} {}", say.text(lang));
    let mut parts = vec![
        count(head.ready, Say::Ready),
        count(head.liable, Say::Liable),
        count(head.blocked, Say::Blocked),
    ];
    parts.push(format!(
        "{} {}",
        Say::Today.text(lang),
        aloud::kronor(head.today, lang)
    ));
    let mut told = format!("{}.", parts.join(", "));
    for source in &head.sources {
        if (state.now - source.last).num_hours() < STALE_HOURS {
            continue;
        }
        let since = aloud::until(source.last - state.now, lang);
        told.push_str(&format!(
            " {}: {}, {since}.",
            Say::Stale.text(lang),
            source.source
        ));
    }
    told
}

/// `Löper. VARM-7, Göran Åkesson, Karlstad. Nästa dygn om 1 timme. 18 800
/// kronor hittills.`
fn row_of(row: &BoardRow, state: &State) -> String {
    let (line, lang) = (&row.line, state.lang);
    let name = match &row.patient.name {
        Some(name) if !row.patient.protected => name.as_str(),
        _ if row.patient.protected => Say::Masked.text(lang),
        _ => "-",
    };
    let payer = line.payer.map_or_else(
        || format!("{} {}", Say::Payer.text(lang), Say::Unsettled.text(lang)),
        |payer| payer.name().to_string(),
    );
    let mut told = format!(
        "{}. {}, {name}, {payer}, {}.",
        aloud::state(line.state, lang),
        line.episode,
        line.ward
    );
    if let Some(end) = ends_at(row) {
        let what = match (&line.next_boundary, line.state) {
            (Some(next), _) => aloud::boundary(next.what, lang),
            (None, _) => Say::LiabilityFrom.text(lang),
        };
        told.push_str(&format!(" {what} {}.", aloud::until(end - state.now, lang)));
    }
    if let Some(amount) = line
        .accrued
        .amount
        .filter(|_| line.state == Standing::Liable)
    {
        let so_far = Aloud::SoFar.text(lang);
        told.push_str(&format!(" {} {so_far}.", aloud::kronor(amount, lang)));
    }
    if !line.flags.is_empty() {
        let flags: Vec<_> = line
            .flags
            .iter()
            .map(|flag| console::flag(flag.code, lang))
            .collect();
        told.push_str(&format!(
            " {}: {}.",
            Aloud::Missing.text(lang),
            flags.join(", ")
        ));
    }
    told
}

/// Sets the filter to what was typed.
pub(super) fn filter(talk: &mut Talk, hand: &mut Hand, wanted: &str) {
    talk.from = 0;
    hand.run(Command::DeleteLine);
    hand.write(wanted.trim());
    hand.run(Command::Accept);
    if wanted.trim().is_empty() {
        hand.run(Command::Back);
    }
}
