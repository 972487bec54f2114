//! `settlements`: what a year's fixed shares really cost.

use super::{
    context::Context,
    failure::{Done, Failure},
    table::{Side, Table},
};
use crate::{
    desk::{
        reply::{Reply, SettlementView},
        request::{Ask, SettleAsk},
        service::Service,
    },
    model::{money::Kronor, month::Month, place::PayerCode},
    text::format,
};

/// What to do with settlements; without a word: list them.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    pub action: Option<Action>,
    /// One JSON document
    #[arg(long, global = true)]
    pub json: bool,
}

/// The actions.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Action {
    /// Enter a payer's actual cost for the year; less what was paid it becomes
    /// a line, or a credit note
    Set {
        /// Calendar year of the fixed shares
        #[arg(value_name = "YEAR", value_parser = clap::value_parser!(i32).range(1990..=2200))]
        year: i32,
        /// Who pays, for instance 1380
        #[arg(value_name = "PAYER")]
        payer: PayerCode,
        /// Actual cost of the period, in kronor
        #[arg(value_name = "COST", allow_hyphen_values = true)]
        cost: Kronor,
        /// In which month's figures, after the period
        #[arg(long, value_name = "YYYY-MM")]
        month: Month,
        /// Where the cost stands
        #[arg(long, value_name = "TEXT")]
        source: String,
    },
}

/// Does it, and lists the settlements.
pub(super) fn run(args: &Args, desk: &dyn Service, context: &mut Context<'_>) -> Done {
    let ask = match &args.action {
        None => Ask::Settlements,
        Some(Action::Set {
            year,
            payer,
            cost,
            month,
            source,
        }) => Ask::Settle(SettleAsk {
            year: *year,
            month: *month,
            payer: *payer,
            actual: *cost,
            source: source.clone(),
        }),
    };
    let Reply::Settlements(all) = context.ask(desk, ask)? else {
        return Err(Failure::unexpected());
    };
    if args.json {
        return context.json(&all);
    }
    show(&all, context)
}

fn show(all: &[SettlementView], context: &mut Context<'_>) -> Done {
    let lang = context.lang;
    let mut table = Table::new([
        (lang.pick("År", "Year"), Side::Left),
        (lang.pick("Betalare", "Payer"), Side::Left),
        ("", Side::Left),
        (lang.pick("I månad", "In month"), Side::Left),
        (lang.pick("Verklig kostnad", "Actual cost"), Side::Right),
        (lang.pick("Fakturerat", "Billed"), Side::Right),
        (lang.pick("Skillnad", "Difference"), Side::Right),
        (lang.pick("Olåsta månader", "Open months"), Side::Left),
        (lang.pick("Källa", "Source"), Side::Left),
    ]);
    for one in all {
        let open: Vec<String> = one.open_months.iter().map(Month::to_string).collect();
        table.row([
            one.year.to_string(),
            one.payer.to_string(),
            one.name.clone(),
            one.month.to_string(),
            format::money(one.actual, lang),
            format::money(one.paid, lang),
            format::money(one.difference, lang),
            open.join(", "),
            one.source.clone(),
        ]);
    }
    Ok(table.write(context.out)?)
}
