//! `figures`: a month's figures.

use std::path::PathBuf;

use super::{
    as_of,
    context::Context,
    explain_month,
    failure::{Done, Failure},
    other_rules,
    table::{Column, Side, Table},
};
use crate::{
    desk::{reply::Reply, request::Ask, service::Service},
    ledger::figures::{Finding, Line, MonthFigures, PayerFigures},
    model::{month::Month, place::PayerCode, text::plain},
    text::{Lang, close, format, words},
};

/// Which month.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The month, for instance 2019-03
    #[arg(long, value_name = "YYYY-MM")]
    pub month: Month,
    /// One JSON document; a locked month's is the one that was locked
    #[arg(long)]
    pub json: bool,
    /// The steps behind every line, each with its clause
    #[arg(long)]
    pub explain: bool,
    /// Only this payer's steps, for instance 1780 or 0180/Bromma
    #[arg(long, value_name = "CODE", requires = "explain")]
    pub payer: Option<PayerCode>,
    /// Try an agreement's file in place of the one with its id, or beside the
    /// others, and show what it changes
    #[arg(long, value_name = "FILE", conflicts_with = "explain")]
    pub with: Vec<PathBuf>,
    #[command(flatten)]
    pub as_of: as_of::Args,
}

/// Shows the figures.
pub(super) fn run(args: &Args, desk: &dyn Service, context: &mut Context<'_>) -> Done {
    if args.explain {
        return explain_month::run(args, desk, context);
    }
    let ask = if args.with.is_empty() {
        Ask::Figures { month: args.month }
    } else {
        other_rules::ask(args.month, &args.with)?
    };
    let answer = args.as_of.ask(desk, context, ask)?;
    if !args.json {
        answer.head(context)?;
    }
    match answer.reply {
        Reply::OtherRules(view) if args.json => context.json(&view),
        Reply::OtherRules(view) => other_rules::show(&view, context),
        Reply::Figures(view) => match (args.json, &view.locked_json) {
            // Byte for byte, since its hash was locked too.
            (true, Some(locked)) => Ok(writeln!(context.out, "{locked}")?),
            (true, None) => context.json(&view.figures),
            (false, _) => show(&view.figures, context),
        },
        _ => Err(Failure::unexpected()),
    }
}

/// The figures as tables: the payers, then their lines.
pub(super) fn show(figures: &MonthFigures, context: &mut Context<'_>) -> Done {
    let lang = context.lang;
    context.line(format!(
        "{}  {}  {}  {}",
        figures.region.name(),
        format::month(figures.month, lang),
        close::month_status(figures, lang),
        format::money(figures.amount, lang),
    ))?;
    if let Some(hash) = &figures.hash {
        context.line(format!("hash {hash}"))?;
    }
    if figures.payers.is_empty() {
        context.line(context.say("Inga siffror för månaden.", "No figures for the month."))?;
    } else {
        context.line("")?;
        payers(&figures.payers, context)?;
        lines(&figures.payers, context)?;
        left_out(&figures.payers, context)?;
    }
    findings(&figures.findings, context)
}

fn payers(payers: &[PayerFigures], context: &mut Context<'_>) -> Done {
    let lang = context.lang;
    let mut table = Table::new([
        (lang.pick("Betalare", "Payer"), Side::Left),
        ("", Side::Left),
        (lang.pick("Avtal", "Agreement"), Side::Left),
        (lang.pick("Modell", "Model"), Side::Left),
        (lang.pick("Status", "Status"), Side::Left),
        (lang.pick("Utskrivna", "Discharged"), Side::Right),
        (lang.pick("Räknade", "Counted"), Side::Right),
        (lang.pick("Snitt", "Average"), Side::Right),
        (lang.pick("Gräns", "Threshold"), Side::Right),
        (lang.pick("Belopp", "Amount"), Side::Right),
    ]);
    let days = |text: &Option<String>| match text {
        Some(days) => format::exact_days(Some(days), lang),
        None => String::new(),
    };
    for (at, payer) in payers.iter().enumerate() {
        let model = words::model(payer.model, lang);
        let model = match close::told_apart(payers, at, lang) {
            Some(track) => format!("{model}, {track}"),
            None => model.to_owned(),
        };
        table.row([
            payer.payer.to_string(),
            payer.name.clone(),
            payer.agreement.to_string(),
            model,
            words::status(payer.status, lang).to_owned(),
            payer.discharged.to_string(),
            payer.counted.to_string(),
            days(&payer.average),
            days(&payer.threshold),
            format::money(payer.amount, lang),
        ]);
    }
    Ok(table.write(context.out)?)
}

fn lines(payers: &[PayerFigures], context: &mut Context<'_>) -> Done {
    let lang = context.lang;
    if payers
        .iter()
        .all(|it| it.lines.is_empty() && it.credits.is_empty())
    {
        return Ok(());
    }
    let payer = [(lang.pick("Betalare", "Payer"), Side::Left)];
    let mut table = Table::new([&payer[..], &line_columns(lang)].concat());
    for payer in payers {
        for line in &payer.lines {
            let code = [payer.payer.to_string()];
            table.row(code.into_iter().chain(line_cells(line, lang)));
        }
        for credit in &payer.credits {
            table.row([
                payer.payer.to_string(),
                lang.pick("Kreditfaktura", "Credit note").to_owned(),
                credit.invoice.clone(),
                credit.for_month.to_string(),
                String::new(),
                String::new(),
                format::money(-credit.amount, lang),
            ]);
        }
    }
    context.line("")?;
    Ok(table.write(context.out)?)
}

/// The columns of a line.
pub(super) fn line_columns(lang: Lang) -> [Column; 6] {
    [
        (lang.pick("Rad", "Line"), Side::Left),
        (lang.pick("Vårdtillfälle", "Stay"), Side::Left),
        (lang.pick("Avser", "For"), Side::Left),
        (lang.pick("Antal", "Quantity"), Side::Right),
        (lang.pick("À", "Rate"), Side::Right),
        (lang.pick("Belopp", "Amount"), Side::Right),
    ]
}

/// What stands in them.
pub(super) fn line_cells(line: &Line, lang: Lang) -> [String; 6] {
    let stay = line.episode.as_ref().map(ToString::to_string);
    let month = line.for_month.map(|month| month.to_string());
    [
        words::line_kind(line.kind, lang).to_owned(),
        stay.unwrap_or_default(),
        month.unwrap_or_default(),
        format::number(line.quantity, lang),
        format::rate(line.rate, lang),
        format::money(line.amount, lang),
    ]
}

fn left_out(payers: &[PayerFigures], context: &mut Context<'_>) -> Done {
    for payer in payers {
        for stay in &payer.excluded {
            let reason = words::exclusion_code(&stay.reason, context.lang);
            let label = context.say("utanför", "left out");
            context.line(format!(
                "{} {}: {label}, {}",
                payer.payer,
                stay.episode,
                plain(reason)
            ))?;
        }
    }
    Ok(())
}

/// What is in the way of a close.
pub(super) fn findings(findings: &[Finding], context: &mut Context<'_>) -> Done {
    if findings.is_empty() {
        return Ok(());
    }
    context.line("")?;
    for finding in findings {
        let text = finding_line(finding, context.lang);
        context.line(plain(&text))?;
    }
    Ok(())
}

fn finding_line(finding: &Finding, lang: Lang) -> String {
    let standing = match (&finding.waived, finding.waivable) {
        (Some(reason), _) => lang.pick(format!("godtagen: {reason}"), format!("waived: {reason}")),
        (None, true) => lang.pick("kan godtas", "can be waived").to_owned(),
        (None, false) => lang.pick("måste åtgärdas", "must be settled").to_owned(),
    };
    let about: Vec<String> = [
        finding.payer.map(|payer| payer.to_string()),
        finding.episode.as_ref().map(ToString::to_string),
        Some(finding.detail.clone()).filter(|detail| !detail.is_empty()),
    ]
    .into_iter()
    .flatten()
    .collect();
    let about = if about.is_empty() {
        String::new()
    } else {
        format!(" ({})", about.join(", "))
    };
    let word = words::finding(&finding.code, lang);
    format!("! {}: {word}{about}; {standing}", finding.code)
}
