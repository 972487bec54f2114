//! `board`: discharge-ready patients, most urgent first.

use chrono::TimeDelta;

use super::{
    as_of,
    context::Context,
    failure::{Done, Failure},
    table::{Side, Table},
};
use crate::{
    desk::{
        reply::{Board, BoardHead, BoardLine, BoardRow, Reply, ShownIdentity},
        request::{Ask, BoardAsk},
        service::Service,
    },
    model::{money::Kronor, place::PayerCode, text::plain},
    text::{Lang, console, errors, format, words},
};

/// Which rows, and for whom.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// One JSON document
    #[arg(long)]
    pub json: bool,
    /// Only this payer's patients, for instance 1780
    #[arg(long, value_name = "CODE")]
    pub payer: Option<PayerCode>,
    /// Also patients who are not discharge-ready
    #[arg(long)]
    pub all: bool,
    #[command(flatten)]
    pub as_of: as_of::Args,
}

/// Shows the board.
pub(super) fn run(args: &Args, desk: &dyn Service, context: &mut Context<'_>) -> Done {
    let ask = BoardAsk {
        payer: args.payer,
        all: args.all,
        limit: None,
    };
    let answer = args.as_of.ask(desk, context, Ask::Board(ask))?;
    let Reply::Board(board) = &answer.reply else {
        return Err(Failure::unexpected());
    };
    if args.json {
        let lines: Vec<&BoardLine> = board.rows.iter().map(|row| &row.line).collect();
        return context.json(&lines);
    }
    answer.head(context)?;
    show(board, context)
}

/// The board as a table under its head.
pub(super) fn show(board: &Board, context: &mut Context<'_>) -> Done {
    let lang = context.lang;
    for line in head(&board.head, lang) {
        context.line(line)?;
    }
    if board.rows.is_empty() {
        return context.line(context.say(
            "Inga utskrivningsklara patienter.",
            "No patients are ready.",
        ));
    }
    context.line("")?;
    let mut table = Table::new(columns(lang));
    for row in &board.rows {
        table.row(cells(row, lang));
    }
    Ok(table.write(context.out)?)
}

/// The board's head in words: region and moment, counts, sources, and what
/// is wrong.
pub(super) fn head(head: &BoardHead, lang: Lang) -> Vec<String> {
    let region = head
        .region
        .map_or_else(String::new, |region| region.name().to_owned());
    let now = head.now.map_or_else(String::new, format::moment);
    let today = format::money(head.today, lang);
    let today = console::sum(today, head.today, head.unpriced > 0, lang);
    let mut lines = vec![
        format!("{region}  {now}").trim().to_owned(),
        lang.pick(
            format!(
                "{} utskrivningsklara, {} med betalningsansvar, {} hindrade; {} ej klara, {} väntar på inskrivning; i dag {today}",
                head.ready, head.liable, head.blocked, head.not_ready, head.held
            ),
            format!(
                "{} ready, {} liable, {} blocked; {} not ready, {} wait for admission; today {today}",
                head.ready, head.liable, head.blocked, head.not_ready, head.held
            ),
        ),
    ];
    let sources: Vec<_> = head
        .sources
        .iter()
        .map(|source| format!("{} {}", plain(&source.source), format::moment(source.last)))
        .collect();
    if !sources.is_empty() {
        lines.push(format!(
            "{} {}",
            lang.pick("Senast hört:", "Last heard:"),
            sources.join(", ")
        ));
    }
    if let Some(why) = &head.read_only {
        lines.push(format!(
            "{} {}",
            lang.pick("KAN BARA LÄSAS:", "READ-ONLY:"),
            errors::read_only(why, lang)
        ));
    }
    lines
}

fn columns(lang: Lang) -> [super::table::Column; 10] {
    [
        (lang.pick("Läge", "State"), Side::Left),
        (lang.pick("Ansvar från", "Liable from"), Side::Left),
        (lang.pick("Kvar", "Left"), Side::Right),
        (lang.pick("Vårdtillfälle", "Stay"), Side::Left),
        ("Patient", Side::Left),
        (lang.pick("Avdelning", "Ward"), Side::Left),
        (lang.pick("Betalare", "Payer"), Side::Left),
        (lang.pick("Dygn", "Days"), Side::Right),
        (lang.pick("I morgon", "Tomorrow"), Side::Right),
        (lang.pick("Att göra", "Flags"), Side::Left),
    ]
}

fn cells(row: &BoardRow, lang: Lang) -> [String; 10] {
    let line = &row.line;
    [
        words::state_short(line.state, lang).to_owned(),
        start(line, lang),
        left(line),
        line.episode.to_string(),
        patient(&row.patient, lang),
        line.ward.clone(),
        line.payer
            .map_or_else(|| "?".to_owned(), |payer| payer.name().to_owned()),
        line.accrued.days.to_string(),
        amount(line.tomorrow, lang),
        flags(line, lang),
    ]
}

/// When liability starts, or would start.
pub(super) fn start(line: &BoardLine, lang: Lang) -> String {
    match (line.liability_start, line.start_if_met_now) {
        (Some(at), _) => format::near_moment(at, lang),
        (None, Some(at)) => format!("({})", format::near_moment(at, lang)),
        (None, None) => "–".to_owned(),
    }
}

/// Time left to liability; nothing once it runs.
pub(super) fn left(line: &BoardLine) -> String {
    match line.seconds_left {
        Some(seconds) if seconds > 0 => {
            format::countdown(TimeDelta::try_seconds(seconds).unwrap_or(TimeDelta::MAX))
        }
        _ => String::new(),
    }
}

/// A patient's name, or why it does not show.
pub(super) fn patient(identity: &ShownIdentity, lang: Lang) -> String {
    match &identity.name {
        Some(name) => name.clone(),
        None if identity.protected => lang.pick("skyddad", "protected").to_owned(),
        None => "–".to_owned(),
    }
}

/// An amount, or that the rate is missing.
pub(super) fn amount(amount: Option<Kronor>, lang: Lang) -> String {
    amount.map_or_else(|| "?".to_owned(), |kronor| format::money(kronor, lang))
}

fn flags(line: &BoardLine, lang: Lang) -> String {
    let words: Vec<_> = line
        .flags
        .iter()
        .map(|flag| words::flag_short(flag.code, lang))
        .collect();
    words.join(", ")
}
