//! `rates`: the day rates.

use super::{
    context::Context,
    failure::{Done, Failure},
    table::{Side, Table},
};
use crate::{
    desk::{
        reply::{RateView, Reply},
        request::Ask,
        service::Service,
    },
    model::money::Kronor,
    text::format,
};

/// What to do with the rates; without a word: list them.
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
    /// Enter a year's rate
    Set {
        /// Calendar year
        #[arg(value_name = "YEAR", value_parser = clap::value_parser!(i32).range(1990..=2200))]
        year: i32,
        /// Kronor per care day
        #[arg(value_name = "AMOUNT")]
        amount: Kronor,
        /// Where it stands
        #[arg(long, value_name = "TEXT")]
        source: String,
    },
}

/// Does it, and lists the rates.
pub(super) fn run(args: &Args, desk: &dyn Service, context: &mut Context<'_>) -> Done {
    let ask = match &args.action {
        None => Ask::Rates,
        Some(Action::Set {
            year,
            amount,
            source,
        }) => Ask::SetRate {
            year: *year,
            amount: amount.decimal(),
            source: source.clone(),
        },
    };
    let Reply::Rates(rates) = context.ask(desk, ask)? else {
        return Err(Failure::unexpected());
    };
    if args.json {
        return context.json(&rates);
    }
    show(&rates, context)
}

fn show(rates: &[RateView], context: &mut Context<'_>) -> Done {
    let lang = context.lang;
    let mut table = Table::new([
        (lang.pick("År", "Year"), Side::Left),
        (lang.pick("Kr per dygn", "Kr a day"), Side::Right),
        (lang.pick("Används", "In use"), Side::Left),
        (lang.pick("Källa", "Source"), Side::Left),
    ]);
    for rate in rates {
        table.row([
            rate.year.to_string(),
            format::number(rate.amount, lang),
            if rate.confirmed {
                lang.pick("ja", "yes").to_owned()
            } else {
                lang.pick("nej, bekräfta med set", "no, confirm with set")
                    .to_owned()
            },
            rate.source.clone(),
        ]);
    }
    Ok(table.write(context.out)?)
}
