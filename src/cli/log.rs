//! `log`: who recorded what and when, the latest first.

use super::{
    context::Context,
    failure::{Done, Failure},
    table::{Side, Table},
};
use crate::{
    desk::{
        reply::Reply,
        request::{Ask, LogAsk},
        service::Service,
    },
    model::ids::EpisodeId,
    text::{format, log},
};

/// Which entries.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Only those of this stay; an import is one entry and names none
    #[arg(long, value_name = "ID")]
    pub episode: Option<EpisodeId>,
    /// Entries at most, up to 1000
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub limit: u32,
    /// Only entries before this number
    #[arg(long, value_name = "SEQ")]
    pub before: Option<u64>,
    /// One JSON document
    #[arg(long)]
    pub json: bool,
}

/// Shows them.
pub(super) fn run(args: &Args, desk: &dyn Service, context: &mut Context<'_>) -> Done {
    let ask = LogAsk {
        before: args.before,
        limit: args.limit,
        episode: args.episode.clone(),
    };
    let Reply::Log(view) = context.ask(desk, Ask::Log(ask))? else {
        return Err(Failure::unexpected());
    };
    if args.json {
        return context.json(&view);
    }
    let lang = context.lang;
    let mut table = Table::new([
        (lang.pick("Post", "Entry"), Side::Right),
        (lang.pick("Införd", "Recorded"), Side::Left),
        (lang.pick("Av", "By"), Side::Left),
        (lang.pick("Vårdtillfälle", "Episode"), Side::Left),
        (lang.pick("Vad", "What"), Side::Left),
    ]);
    for line in &view.lines {
        table.row([
            line.seq.to_string(),
            format::moment(line.recorded_at),
            line.by.clone(),
            line.episode
                .as_ref()
                .map_or_else(String::new, ToString::to_string),
            log::line(line, lang),
        ]);
    }
    table.write(context.out)?;
    match view.before {
        None => Ok(()),
        Some(before) => context.line(lang.pick(
            format!("Äldre poster: --before {before}"),
            format!("Older entries: --before {before}"),
        )),
    }
}
