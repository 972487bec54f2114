//! `manual`: a line entered by hand.

use super::{
    context::Context,
    failure::{Done, Failure},
};
use crate::{
    desk::{
        error::DeskError,
        reply::Reply,
        request::{Ask, ManualAsk},
        service::Service,
    },
    model::{money::Kronor, month::Month, place::PayerCode},
    text::format,
};

/// The line.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// In which month's figures
    #[arg(long, value_name = "YYYY-MM")]
    pub month: Month,
    /// Who pays, for instance 1780
    #[arg(long, value_name = "CODE")]
    pub payer: PayerCode,
    /// Kronor
    #[arg(long, value_name = "KR", allow_hyphen_values = true)]
    pub amount: Kronor,
    /// Why
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
}

/// Enters it.
pub(super) fn run(args: &Args, desk: &dyn Service, context: &mut Context<'_>) -> Done {
    let ask = Ask::Manual(ManualAsk {
        id: random_id()?,
        month: args.month,
        payer: args.payer,
        amount: args.amount,
        reason: args.reason.clone(),
    });
    let Reply::Recorded(recorded) = context.ask(desk, ask)? else {
        return Err(Failure::unexpected());
    };
    let (amount, payer) = (format::money(args.amount, context.lang), args.payer);
    context.line(context.lang.pick(
        format!(
            "Infört: {payer} {} {amount} (post {})",
            args.month, recorded.seq
        ),
        format!(
            "Entered: {payer} {} {amount} (entry {})",
            args.month, recorded.seq
        ),
    ))
}

/// Names the line, so that sending it twice enters it once.
fn random_id() -> Result<String, DeskError> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| DeskError::store("store_failed", error))?;
    Ok(hex::encode(bytes))
}
