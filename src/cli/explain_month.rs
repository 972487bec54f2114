//! `figures --explain`: the steps behind every line of a month.

use super::{
    context::Context,
    explain::{changes, steps},
    failure::{Done, Failure},
    figures::Args,
};
use crate::{
    desk::{reply::Reply, request::Ask, service::Service},
    ledger::{
        explain::{EntryTrace, LineTrace, MonthTrace},
        figures::{Credit, Line},
    },
    text::{Lang, close, explain, format, words},
};

/// Shows the steps of a month, payer by payer.
pub(super) fn run(args: &Args, desk: &dyn Service, context: &mut Context<'_>) -> Done {
    let ask = Ask::ExplainMonth {
        month: args.month,
        payer: args.payer,
    };
    let answer = args.as_of.ask(desk, context, ask)?;
    let Reply::MonthTrace(trace) = &answer.reply else {
        return Err(Failure::unexpected());
    };
    if args.json {
        return context.json(trace);
    }
    answer.head(context)?;
    head(trace, context)?;
    for entry in &trace.payers {
        entry_lines(entry, context)?;
    }
    if trace.payers.is_empty() {
        context.line(context.say("Inga siffror att förklara.", "No figures to explain."))?;
    }
    Ok(())
}

fn head(trace: &MonthTrace, context: &mut Context<'_>) -> Done {
    let lang = context.lang;
    context.line(format!(
        "{}  {}  {}  {}",
        trace.region.name(),
        format::month(trace.month, lang),
        words::status(trace.status, lang),
        format::money(trace.amount, lang),
    ))
}

fn entry_lines(entry: &EntryTrace, context: &mut Context<'_>) -> Done {
    let lang = context.lang;
    context.line("")?;
    // Two averages of one payer stand below each other: each says which it is.
    let mut model = words::model(entry.model, lang).to_owned();
    let track = close::track(&entry.care_forms, entry.rule.as_deref(), lang);
    if !track.is_empty() {
        model = format!("{model} ({track})");
    }
    context.line(format!(
        "{}  {}  {}  {}",
        explain::payer(&entry.payer.to_string()),
        model,
        words::status(entry.status, lang),
        format::money(entry.amount, lang),
    ))?;
    for stay in &entry.stays {
        context.line("")?;
        context.line(format!("  {}", stay.episode))?;
        steps(&stay.steps, context)?;
    }
    if !entry.steps.is_empty() {
        context.line("")?;
        context.line(context.say("  Månadens snitt", "  The month's average"))?;
        steps(&entry.steps, context)?;
    }
    for line in &entry.lines {
        line_lines(line, context)?;
    }
    for credit in &entry.credits {
        context.line("")?;
        context.line(credit_title(&credit.credit, lang))?;
        steps(&credit.steps, context)?;
        changes(&credit.would_change, context)?;
    }
    Ok(())
}

fn line_lines(line: &LineTrace, context: &mut Context<'_>) -> Done {
    context.line("")?;
    context.line(line_title(&line.line, context.lang))?;
    steps(&line.steps, context)?;
    changes(&line.would_change, context)
}

fn line_title(line: &Line, lang: Lang) -> String {
    let mut title = format!("  {}", words::line_kind(line.kind, lang));
    if let Some(episode) = &line.episode {
        title.push_str(&format!("  {episode}"));
    }
    if let Some(month) = line.for_month {
        title.push_str(&format!("  {}", format::month(month, lang)));
    }
    format!("{title}  {}", format::money(line.amount, lang))
}

fn credit_title(credit: &Credit, lang: Lang) -> String {
    format!(
        "  {} {}  {}  {}",
        lang.pick("Kreditfaktura till", "Credit note for"),
        credit.invoice,
        format::month(credit.for_month, lang),
        format::money(-credit.amount, lang),
    )
}
