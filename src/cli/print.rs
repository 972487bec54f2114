//! `print board`: plain text for paper, for the hour when nothing else works.

use super::{
    board,
    context::Context,
    failure::{Done, Failure},
};
use crate::{
    desk::{
        reply::{Board, BoardRow, Reply},
        request::{Ask, BoardAsk},
        service::Service,
    },
    model::text::{fits, pad, pad_start, plain},
    text::{Lang, format, words},
};

/// Columns of a page.
const WIDTH: usize = 80;

/// Lines of a page: A4 at six lines an inch, less its margins.
const LINES: usize = 60;

/// Breaks the page on a printer.
const FORM_FEED: char = '\u{c}';

/// What to print.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    pub what: What,
}

/// What can be printed.
#[derive(Debug, clap::Subcommand)]
pub(super) enum What {
    /// The board
    Board,
}

/// Prints it.
pub(super) fn run(args: &Args, desk: &dyn Service, context: &mut Context<'_>) -> Done {
    match args.what {
        What::Board => {
            let Reply::Board(board) = context.ask(desk, Ask::Board(BoardAsk::default()))? else {
                return Err(Failure::unexpected());
            };
            let text = pages(&board, context.lang);
            Ok(context.out.write_all(text.as_bytes())?)
        }
    }
}

/// The board as pages; no stay is cut by the end of one.
fn pages(board: &Board, lang: Lang) -> String {
    let head: Vec<String> = board::head(&board.head, lang)
        .iter()
        .flat_map(|line| wrapped(line, WIDTH))
        .collect();
    let room = LINES.saturating_sub(head.len() + 4);
    let mut sheets: Vec<Vec<String>> = vec![Vec::new()];
    for row in &board.rows {
        let entry = entry(row, lang);
        if sheets
            .last()
            .is_none_or(|sheet| sheet.len() + entry.len() > room)
        {
            sheets.push(Vec::new());
        }
        if let Some(sheet) = sheets.last_mut() {
            sheet.extend(entry);
        }
    }
    let mut text = String::new();
    for (index, sheet) in sheets.iter().enumerate() {
        if index > 0 {
            text.push(FORM_FEED);
        }
        let title = lang.pick("FRISTDAG, utskrivningsklara", "FRISTDAG, discharge-ready");
        let number = format!(
            "{} {} / {}",
            lang.pick("sida", "page"),
            index + 1,
            sheets.len()
        );
        let rule = "-".repeat(WIDTH);
        let title = pad(title, WIDTH - number.len());
        let lines = [format!("{title}{number}")].into_iter().chain(head.clone());
        for line in lines.chain([rule]).chain(sheet.iter().cloned()) {
            text.push_str(line.trim_end());
            text.push('\n');
        }
    }
    text
}

/// One stay: where it stands, who and where, and what to do.
fn entry(row: &BoardRow, lang: Lang) -> Vec<String> {
    let line = &row.line;
    let first = format!(
        "{} {} {} {}",
        pad(words::state_short(line.state, lang), 9),
        pad(&board::start(line, lang), 20),
        pad_start(&board::left(line), 10),
        fits(&plain(line.episode.as_str()), WIDTH - 42),
    );
    let payer = line.payer.map_or("?", |payer| payer.name());
    let second = format!(
        "          {}, {}, {}",
        plain(&board::patient(&row.patient, lang)),
        plain(&line.ward),
        payer,
    );
    let cost = format!(
        "          {} {}; {} {}",
        line.accrued.days,
        lang.pick("dygn hittills", "days so far"),
        lang.pick("i morgon", "tomorrow"),
        board::amount(line.tomorrow, lang),
    );
    let mut lines = vec![first, fits(&second, WIDTH).into_owned(), cost];
    for flag in &line.flags {
        lines.push(format!(
            "          ! {} ({})",
            words::flag(flag.code, lang),
            words::flag_class(flag.class, lang)
        ));
    }
    if let Some(planned) = row.expected_discharge {
        let label = lang.pick("beräknad utskrivning", "expected discharge");
        lines.push(format!("          {label} {}", format::date(planned)));
    }
    lines.push(String::new());
    lines
}

/// A text in lines of at most `columns`, broken at blanks where it has some.
fn wrapped(text: &str, columns: usize) -> Vec<String> {
    use unicode_width::UnicodeWidthStr;
    let mut lines = vec![String::new()];
    for word in plain(text).split(' ') {
        let last = lines.last().map_or(0, |line| line.width());
        if last > 0 && last + 1 + word.width() > columns {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(&fits(word, columns));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_broken_at_blanks() {
        assert_eq!(wrapped("aa bb cc", 5), ["aa bb", "cc"]);
        assert_eq!(wrapped("", 5), [""]);
        assert_eq!(wrapped("abcdefgh", 5), ["abcd…"]);
    }
}
