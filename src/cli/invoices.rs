//! `invoices`: invoices and credit notes.

use super::{
    context::Context,
    failure::{Done, Failure},
    table::{Side, Table},
};
use crate::{
    desk::{
        reply::{InvoiceView, Reply},
        request::Ask,
        service::Service,
    },
    model::month::Month,
    text::format,
};

/// Which ones.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Only those of this month's locks
    #[arg(long, value_name = "YYYY-MM")]
    pub month: Option<Month>,
    /// One JSON document
    #[arg(long)]
    pub json: bool,
}

/// Lists them.
pub(super) fn run(args: &Args, desk: &dyn Service, context: &mut Context<'_>) -> Done {
    let Reply::Invoices(invoices) = context.ask(desk, Ask::Invoices { month: args.month })? else {
        return Err(Failure::unexpected());
    };
    if args.json {
        return context.json(&invoices);
    }
    if invoices.is_empty() {
        return context.line(context.say("Inga fakturor.", "No invoices."));
    }
    show(&invoices, context)
}

/// As a table.
pub(super) fn show(invoices: &[InvoiceView], context: &mut Context<'_>) -> Done {
    let lang = context.lang;
    let mut table = Table::new([
        (lang.pick("Nummer", "Number"), Side::Left),
        (lang.pick("Slag", "Kind"), Side::Left),
        (lang.pick("Månad", "Month"), Side::Left),
        (lang.pick("Betalare", "Payer"), Side::Left),
        ("", Side::Left),
        (lang.pick("Belopp", "Amount"), Side::Right),
        (lang.pick("Gjord", "Made"), Side::Left),
    ]);
    for invoice in invoices {
        let kind = match (&invoice.credits, invoice.credit) {
            (Some(of), _) => lang.pick(format!("kredit för {of}"), format!("credit of {of}")),
            (None, true) => lang.pick("kredit", "credit").to_owned(),
            (None, false) => lang.pick("faktura", "invoice").to_owned(),
        };
        table.row([
            invoice.number.clone(),
            kind,
            invoice.month.to_string(),
            invoice.payer.to_string(),
            invoice.name.clone(),
            format::money(invoice.amount, lang),
            format::moment(invoice.made_at),
        ]);
    }
    Ok(table.write(context.out)?)
}
