//! The board, told.

use super::{
    speak,
    talk::{Hand, Page, Talk},
};
use crate::{
    console::{
        action::{Action, Command, Context},
        keymap::Found,
        names::Names,
        screen::{
            Screen,
            arrange::{Head, Line},
            sort::{day, ends_at},
        },
        state::State,
        view,
    },
    desk::reply::{BoardHead, BoardRow, SourceAge},
    model::{text::plain, time},
    rules::outlook::State as Standing,
    settings::keymap::Key,
    text::{
        Lang,
        console::{self, Say, aloud, aloud::Aloud},
        format,
    },
};

pub(super) fn page(talk: &mut Talk, state: &State) -> Page {
    let (board, lang) = (&state.board, state.lang);
    let count = board.shown.len();
    talk.from = if talk.from < count { talk.from } else { 0 };
    let mut lines = head(state);
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
    let told = |at| match board.shown.get(at)? {
        Line::Head(head) => Some(group(&board.heads[*head as usize], lang)),
        Line::Row(_) => board.row(at).map(|row| row_of(row, state)),
    };
    lines.extend(speak::numbered(talk.from, count, lang, told));
    // Another order, filter or view is another page.
    let id = format!(
        "board {} {filter} {:?} {} {:?} {} {:?} {:?} {:?}",
        talk.from,
        board.sort,
        board.reversed,
        board.payer,
        board.all,
        board.chosen,
        board.group,
        state.names
    );
    speak::page(id, lines, Aloud::BoardChoices, lang)
}

/// `Tavlan. Region Värmland, ons 6 mars 23:00. 5 klara, 1 löper, …`; what is
/// shown of it where that is not all; the noon clock; how fresh it is.
fn head(state: &State) -> Vec<String> {
    let lang = state.lang;
    let date = format::short_day(time::local_date(state.now), lang);
    let title = Aloud::Board.text(lang);
    let clock = format::clock(state.now);
    let Some(board) = &state.board.board else {
        return vec![format!("{title} {date} {clock}.")];
    };
    let head = state.board.head().unwrap_or(&board.head);
    let region = head.region.map_or("", |region| region.name());
    let mut lines = vec![format!(
        "{title} {region}, {date} {clock}. {}",
        counts(head, state)
    )];
    let shown = view::board_shown(state).into_iter();
    let shown: Vec<_> = shown.map(|text| speak::spoken(&text, lang)).collect();
    if !shown.is_empty() {
        lines.push(format!("{}.", shown.join(", ")));
    }
    if let Some(noon) = &head.noon {
        let told = aloud::noon(noon, noon.at - state.now, lang);
        lines.push(format!("{}: {told}.", Aloud::Noon.text(lang)));
    }
    lines.extend(freshness(head, state));
    lines
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
        aloud::sum(head.today, head.unpriced > 0, lang)
    ));
    // These are told where there are some.
    let more = [
        (head.conflicts, Say::Conflicts),
        (head.held, Say::Held),
        (head.not_ready, Say::NotReady),
    ];
    let more = more.into_iter().filter(|(number, _)| *number > 0);
    parts.extend(more.map(|(number, say)| count(number, say)));
    format!("{}.", parts.join(", "))
}

/// Which sources are silent; where none is, which was heard longest ago.
fn freshness(head: &BoardHead, state: &State) -> Option<String> {
    let lang = state.lang;
    let heard = |source: &SourceAge| {
        let since = aloud::until(source.last - state.now, lang);
        format!("{}, {since}", plain(&source.source))
    };
    let silent: Vec<_> = state.silent_sources().into_iter().map(heard).collect();
    if !silent.is_empty() {
        let told = silent.join("; ");
        return Some(format!("{}: {told}.", Say::Stale.text(lang)));
    }
    let oldest = head.sources.iter().min_by_key(|source| source.last)?;
    Some(format!(
        "{}: {}.",
        Aloud::OldestSource.text(lang),
        heard(oldest)
    ))
}

/// A group's head, and what its rows come to.
fn group(head: &Head, lang: Lang) -> String {
    let today = aloud::sum(head.today, head.unpriced, lang);
    format!(
        "{}: {}, {} {}, {} {today}.",
        head.title(lang),
        head.rows,
        head.liable,
        Say::Liable.text(lang),
        Say::Today.text(lang)
    )
}

/// `Löper. VARM-7, Göran Åkesson, Karlstad, Avd 5. Dygn 2. Nästa dygn om 1
/// timme. 18 800 kronor hittills. I morgon 9 400 kronor.`
fn row_of(row: &BoardRow, state: &State) -> String {
    let (line, lang) = (&row.line, state.lang);
    let payer = line.payer.map_or_else(
        || format!("{} {}", Say::Payer.text(lang), Say::Unsettled.text(lang)),
        |payer| payer.name().to_string(),
    );
    let mut told = format!("{}. {}", aloud::state(line.state, lang), line.episode);
    if state.names != Names::Hidden || row.patient.protected {
        told.push_str(&format!(", {}", state.names.name(&row.patient, lang)));
    }
    told.push_str(&format!(", {payer}, {}.", line.ward));
    for mark in marks(row, state) {
        told.push_str(&format!(" {mark}."));
    }
    told.push_str(&countdown(row, state));
    told.push_str(&cost(row, lang));
    if !line.flags.is_empty() {
        let flags = line.flags.iter();
        let flags: Vec<_> = flags.map(|flag| console::flag(flag.code, lang)).collect();
        let missing = Aloud::Missing.text(lang);
        told.push_str(&format!(" {missing}: {}.", flags.join(", ")));
    }
    if let Some(heard) = row.heard {
        let since = aloud::until(heard - state.now, lang);
        told.push_str(&format!(" {} {since}.", Aloud::LastHeard.text(lang)));
    }
    told
}

/// What the row is marked with, as on the screen but in words.
fn marks(row: &BoardRow, state: &State) -> Vec<&'static str> {
    let (board, lang) = (&state.board, state.lang);
    let episode = &row.line.episode;
    let own = [
        (board.marked.contains(episode), Aloud::Marked),
        (board.followed.as_ref() == Some(episode), Aloud::Followed),
        (state.lens().is_changed(row), Aloud::ChangedSince),
        (board.fresh.contains(episode), Aloud::NewNotice),
        (row.conflicts > 0, Aloud::InConflict),
        (view::is_silent(state, row), Aloud::SourceSilent),
    ];
    let own = own.into_iter().filter(|(holds, _)| *holds);
    own.map(|(_, aloud)| aloud.text(lang)).collect()
}

fn countdown(row: &BoardRow, state: &State) -> String {
    let (line, lang) = (&row.line, state.lang);
    let mut told = String::new();
    if let Some(day) = day(row, state.now) {
        told.push_str(&format!(" {} {day}.", Aloud::Day.text(lang)));
    }
    if let Some(end) = ends_at(row) {
        let what = match (&line.next_boundary, line.state) {
            (Some(next), _) => aloud::boundary(next.what, lang),
            (None, _) => Say::LiabilityFrom.text(lang),
        };
        told.push_str(&format!(" {what} {}.", aloud::until(end - state.now, lang)));
    }
    told
}

fn cost(row: &BoardRow, lang: Lang) -> String {
    let line = &row.line;
    let mut told = String::new();
    if line.state == Standing::Liable {
        let so_far = Aloud::SoFar.text(lang);
        let amount = aloud::amount(line.accrued.amount, lang);
        let tomorrow = aloud::amount(line.tomorrow, lang);
        let label = Say::Tomorrow.text(lang);
        told.push_str(&format!(" {amount} {so_far}. {label} {tomorrow}."));
    }
    if let Some(lost) = line.lost_per_day {
        let label = Aloud::LostPerDay.text(lang);
        told.push_str(&format!(" {label} {}.", aloud::kronor(lost, lang)));
    }
    told
}

/// Marks rows by their numbers, or the selected one: `space 3 5`. Says whether
/// that is what the line asked for.
pub(super) fn mark(talk: &mut Talk, hand: &mut Hand, line: &str) -> bool {
    let (key, numbers) = line.split_once(' ').unwrap_or((line, ""));
    let here = Context::On(Screen::Board);
    let mark = Found::Run(Action::Command(Command::Mark));
    let is_mark = Key::parse(key).is_some_and(|key| hand.state.keymap.find(here, &[key]) == mark);
    let numbers: Result<Vec<usize>, _> = numbers.split_whitespace().map(str::parse).collect();
    let (true, Ok(numbers)) = (is_mark, numbers) else {
        return false;
    };
    let chosen = match numbers.as_slice() {
        [] => vec![hand.state.board.place.at + 1],
        some => some.to_vec(),
    };
    for number in chosen {
        let row = number.checked_sub(1);
        let episode = row.and_then(|row| hand.state.board.row(row));
        let Some(episode) = episode.map(|row| row.line.episode.clone()) else {
            talk.remark(Aloud::NoSuchNumber, hand.state);
            continue;
        };
        hand.select(number - 1);
        hand.run(Command::Mark);
        let now = hand.state.board.marked.contains(&episode);
        let word = if now { Aloud::Marked } else { Aloud::Unmarked };
        talk.remarks
            .push(format!("{episode}: {}.", word.text(hand.state.lang)));
    }
    let count = hand.state.board.marked.len();
    let told = console::marked(count, hand.state.lang);
    talk.remarks
        .push(format!("{}.", speak::spoken(&told, hand.state.lang)));
    true
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
