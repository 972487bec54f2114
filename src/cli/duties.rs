//! `duties`: what is due next, for whom, by when.

use super::{
    as_of,
    context::Context,
    episode::{lasts, moment},
    failure::{Done, Failure},
    table::{Side, Table},
};
use crate::{
    desk::{
        reply::{DueRow, DutiesView, Reply},
        request::{Ask, DutiesAsk},
        service::Service,
    },
    model::place::PayerCode,
    text::{Lang, duty, format},
};

/// Which duties.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// One JSON document
    #[arg(long)]
    pub json: bool,
    /// Only those about this payer's patients, for instance 1780
    #[arg(long, value_name = "CODE")]
    pub payer: Option<PayerCode>,
    /// Due within so many days; what is overdue is always shown
    #[arg(long, value_name = "N", default_value_t = 14)]
    pub days: u16,
    #[command(flatten)]
    pub as_of: as_of::Args,
}

/// Lists them.
pub(super) fn run(args: &Args, desk: &dyn Service, context: &mut Context<'_>) -> Done {
    let ask = DutiesAsk {
        payer: args.payer,
        days: args.days,
    };
    let answer = args.as_of.ask(desk, context, Ask::Duties(ask))?;
    let Reply::Duties(view) = &answer.reply else {
        return Err(Failure::unexpected());
    };
    if args.json {
        return context.json(&view.rows);
    }
    answer.head(context)?;
    if view.rows.is_empty() {
        return context.line(nothing(view, context.lang));
    }
    show(&view.rows, context)
}

fn nothing(view: &DutiesView, lang: Lang) -> String {
    let until = format::moment(view.until);
    lang.pick(
        format!("Inget att göra till {until}."),
        format!("Nothing is due by {until}."),
    )
}

fn show(rows: &[DueRow], context: &mut Context<'_>) -> Done {
    let lang = context.lang;
    let mut table = Table::new([
        (lang.pick("Senast", "Due"), Side::Left),
        (lang.pick("Läge", "State"), Side::Left),
        (lang.pick("Uppgift", "Duty"), Side::Left),
        (lang.pick("Gäller", "About"), Side::Left),
        (lang.pick("Vem", "Who"), Side::Left),
        (lang.pick("Betalare", "Payer"), Side::Left),
        (lang.pick("Avdelning", "Ward"), Side::Left),
        (lang.pick("Regel", "Clause"), Side::Left),
    ]);
    for row in rows {
        let stay = row.episode.as_ref().map(ToString::to_string);
        let clause = match row.lasts_until {
            None => row.clause.clone(),
            Some(last) => format!("{}; {}", row.clause, lasts(last, lang)),
        };
        table.row([
            moment(row.due),
            duty::state(row.state, row.late, lang).to_owned(),
            duty::duty(&row.code, lang).to_owned(),
            stay.or_else(|| row.about.clone()).unwrap_or_default(),
            duty::party(&row.party, lang).to_owned(),
            row.payer
                .map_or_else(String::new, |payer| payer.to_string()),
            row.ward.clone().unwrap_or_default(),
            clause,
        ]);
    }
    Ok(table.write(context.out)?)
}
