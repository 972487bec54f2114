//! `status`: the store's health.

use chrono::TimeDelta;

use super::{
    context::Context,
    failure::{Done, Failure},
    table::{Side, Table},
};
use crate::{
    desk::{
        reply::{Reply, StatusView},
        request::Ask,
        service::{Connection, Service},
    },
    text::{Lang, errors, format},
};

/// How to show it.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// One JSON document
    #[arg(long)]
    pub json: bool,
}

/// Shows it.
pub(super) fn run(args: &Args, desk: &dyn Service, context: &mut Context<'_>) -> Done {
    let Reply::Status(status) = context.ask(desk, Ask::Status)? else {
        return Err(Failure::unexpected());
    };
    if args.json {
        return context.json(&status);
    }
    let lang = context.lang;
    let mut table = Table::new([("", Side::Left), ("", Side::Left)]);
    for (label, value) in facts(&status, desk.connection(), lang) {
        table.row([label.to_owned(), value]);
    }
    for source in &status.sources {
        let label = lang.pick("Senast hört från", "Last heard from");
        table.row([
            format!("{label} {}", source.source),
            format::moment(source.last),
        ]);
    }
    for notice in &status.notices {
        table.row([lang.pick("Att veta", "Notice").to_owned(), notice.clone()]);
    }
    table.write_rows(context.out)?;
    Ok(())
}

fn facts(status: &StatusView, connection: Connection, lang: Lang) -> Vec<(&'static str, String)> {
    let held = match connection {
        Connection::Holder => lang.pick("den här processen", "this process").to_owned(),
        Connection::Client(pid) => lang.pick(format!("process {pid}"), format!("process {pid}")),
    };
    vec![
        (
            lang.pick("Region", "Region"),
            format!("{} {}", status.region, status.region.name()),
        ),
        (lang.pick("Lager", "Store"), status.store_id.clone()),
        (lang.pick("Hålls av", "Held by"), held),
        (
            lang.pick("Poster", "Entries"),
            status.anchor.count.to_string(),
        ),
        (
            lang.pick("Senaste hash", "Last hash"),
            status.anchor.hash.clone(),
        ),
        (
            lang.pick("Vyer", "Views"),
            format!("{} ({})", status.views_seq, status.views),
        ),
        (lang.pick("Journal", "Journal"), bytes(status.journal_bytes)),
        (
            lang.pick("Ledigt på disken", "Free on the disk"),
            bytes(status.free_bytes),
        ),
        (
            lang.pick("Pågående vårdtillfällen", "Open stays"),
            status.open_stays.to_string(),
        ),
        (
            lang.pick("Väntar på inskrivning", "Wait for admission"),
            status.held_stays.to_string(),
        ),
        (lang.pick("Säkerhetskopia", "Backup"), backup(status, lang)),
        (lang.pick("Klocka", "Clock"), format::moment(status.clock)),
        (lang.pick("Skrivbart", "Writable"), writable(status, lang)),
    ]
}

fn backup(status: &StatusView, lang: Lang) -> String {
    let (Some(at), Some(age)) = (status.last_backup, status.backup_age) else {
        return lang.pick("ingen ännu", "none yet").to_owned();
    };
    let age = format::countdown(TimeDelta::try_seconds(age).unwrap_or_default());
    let at = format::moment(at);
    lang.pick(format!("{at}, för {age} sedan"), format!("{at}, {age} ago"))
}

fn writable(status: &StatusView, lang: Lang) -> String {
    match &status.read_only {
        None => lang.pick("ja", "yes").to_owned(),
        Some(why) => {
            let no = lang.pick("nej", "no");
            format!("{no}: {}", errors::read_only(why, lang))
        }
    }
}

/// Bytes in the largest unit that leaves a whole number.
fn bytes(count: u64) -> String {
    const UNITS: [&str; 5] = ["B", "KiB", "MiB", "GiB", "TiB"];
    let (mut value, mut unit) = (count, 0);
    while value >= 10_240 && unit + 1 < UNITS.len() {
        value /= 1024;
        unit += 1;
    }
    format!("{value} {}", UNITS[unit])
}
