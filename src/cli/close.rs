//! `close`: the month close without the console.

use super::{
    context::Context,
    failure::{Done, Failure},
    figures, invoices,
};
use crate::{
    desk::{
        reply::{CloseView, LockView, Reply},
        request::Ask,
        service::Service,
    },
    ledger::figures::Status,
    model::{month::Month, place::PayerCode, text::plain},
    text::{close, format, words},
};

/// Which month, and which step of its close.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("step").args(["check", "prepare", "approve", "park", "waive"]))]
pub(super) struct Args {
    /// The month, for instance 2019-03
    #[arg(long, value_name = "YYYY-MM")]
    pub month: Month,
    /// Show the figures and what blocks the lock (without other options, too)
    #[arg(long)]
    pub check: bool,
    /// Record that these figures were prepared, and print their hash
    #[arg(long)]
    pub prepare: bool,
    /// Lock exactly the figures that have the hash given with --expect
    #[arg(long, requires = "expect")]
    pub approve: bool,
    /// Hash of the figures that were shown
    #[arg(long, value_name = "HASH", requires = "approve")]
    pub expect: Option<String>,
    /// Leave a payer out of this month's lock
    #[arg(long, value_name = "PAYER", requires = "reason")]
    pub park: Option<PayerCode>,
    /// Accept a finding
    #[arg(long, value_name = "CODE", requires = "reason")]
    pub waive: Option<String>,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
    /// One JSON document
    #[arg(long)]
    pub json: bool,
}

/// Takes one step of the close; the answer is no while something blocks it.
pub(super) fn run(args: &Args, desk: &dyn Service, context: &mut Context<'_>) -> Done {
    match context.ask(desk, step(args))? {
        Reply::Close(view) => closing(&view, args, context),
        Reply::Locked(view) => locked(&view, args, context),
        _ => Err(Failure::unexpected()),
    }
}

fn step(args: &Args) -> Ask {
    let month = args.month;
    let reason = args.reason.clone().unwrap_or_default();
    match (&args.expect, args.park, &args.waive) {
        (Some(expect), _, _) if args.approve => Ask::Approve {
            month,
            expect: expect.clone(),
        },
        (_, Some(payer), _) => Ask::Park {
            month,
            payer,
            reason,
        },
        (_, _, Some(code)) => Ask::Waive {
            month,
            code: code.clone(),
            reason,
        },
        _ if args.prepare => Ask::Prepare { month },
        _ => Ask::CloseCheck { month },
    }
}

fn closing(view: &CloseView, args: &Args, context: &mut Context<'_>) -> Done {
    if args.json {
        context.json(view)?;
    } else {
        figures::show(&view.figures, context)?;
        standing(view, context)?;
    }
    if view.blockers.is_empty() {
        Ok(())
    } else {
        Err(Failure::No)
    }
}

fn standing(view: &CloseView, context: &mut Context<'_>) -> Done {
    context.line("")?;
    if let Some(month) = view
        .earliest_open
        .filter(|month| *month < view.figures.month)
    {
        let label = context.say("Tidigaste öppna månad", "Earliest open month");
        context.line(format!("{label}: {month}"))?;
    }
    let locked = view.figures.status == Status::Locked;
    if !locked && !view.locked.is_empty() {
        let label = context.say("Redan låst", "Locked already");
        let payers: Vec<_> = view.locked.iter().copied().map(format::payer).collect();
        context.line(format!("{label}: {}", payers.join(", ")))?;
    }
    for parked in &view.parked {
        let label = context.say("Parkerad", "Parked");
        context.line(format!(
            "{label}: {} ({})",
            format::payer(parked.payer),
            plain(words::parked(&parked.reason, context.lang))
        ))?;
    }
    if let Some(by) = &view.prepared_by {
        let label = context.say("Förberedd av", "Prepared by");
        context.line(format!("{label}: {}", plain(by)))?;
    }
    context.line(match view.blockers.len() {
        0 if locked => context
            .say("Månaden är låst.", "The month is locked.")
            .to_owned(),
        0 => context
            .say("Inget hindrar låsningen.", "Nothing blocks the lock.")
            .to_owned(),
        count => context.lang.pick(
            format!("{count} hinder kvar."),
            format!("{count} left that block the lock."),
        ),
    })?;
    context.line(format!("hash {}", view.hash))
}

fn locked(view: &LockView, args: &Args, context: &mut Context<'_>) -> Done {
    if args.json {
        return context.json(view);
    }
    let lang = context.lang;
    let (month, amount) = (
        format::month(view.month, lang),
        format::money(view.amount, lang),
    );
    context.line(lang.pick(
        format!("{month} är låst: {amount}"),
        format!("{month} is locked: {amount}"),
    ))?;
    for parked in &view.not_locked {
        context.line(plain(&close::still_to_lock(parked, lang)))?;
    }
    context.line(format!("hash {}", view.hash))?;
    invoices::show(&view.invoices, context)
}
