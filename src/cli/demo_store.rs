//! Fills a new store with fictional stays around a moment.

use std::{path::Path, sync::Arc};

use chrono::{Datelike, NaiveDate};

use crate::{
    desk::{
        Desk,
        actor::Actor,
        error::DeskError,
        reply::Reply,
        request::{Ask, Request},
        service::{Format, ImportJob, Service},
    },
    exchange::demo,
    model::{
        clock::Clock,
        event,
        place::RegionCode,
        time::{self, Instant},
    },
};

/// Who confirms what a demonstration brings.
const SOURCE: &str = "demo";

/// The years that a demonstration can be in: day rates begin with 2018, the
/// month before is shown too, and stays have plans ahead.
const YEARS: (i32, i32) = (2019, 2199);

/// Makes the store and fills it by the same requests as everybody's: events
/// are imported, rates entered, agreements confirmed; `clock` says when that
/// was.
///
/// # Errors
/// `year_out_of_range`; those of the desk.
pub(super) fn fill(
    folder: &Path,
    region: RegionCode,
    now: Instant,
    actor: &Actor,
    clock: &Arc<dyn Clock>,
) -> Result<(), DeskError> {
    let (first, last) = YEARS;
    if !(first..=last).contains(&time::local_date(now).year()) {
        let detail = format!("the demo is from {first} to {last}");
        return Err(DeskError::bad_input("year_out_of_range", detail));
    }
    crate::desk::init(folder, region, &**clock)?;
    let desk = Desk::open(folder, Arc::clone(clock), &mut |_| {})?;
    let ask = |ask| {
        desk.ask(Request {
            actor: actor.clone(),
            now: None,
            ask,
        })
    };
    for rate in demo::rates(now) {
        ask(Ask::SetRate {
            year: rate.year,
            amount: rate.amount.decimal(),
            source: rate.source,
        })?;
    }
    let Reply::Agreements(agreements) = ask(Ask::Agreements)? else {
        return Err(DeskError::store("wire_garbage", ""));
    };
    let wanted = end_of_next_year(now);
    for agreement in agreements {
        ask(Ask::Confirm {
            id: agreement.id.to_string(),
            until: agreement.until.map_or(wanted, |end| end.min(wanted)),
            source: SOURCE.to_owned(),
        })?;
    }
    import(&desk, region, now, actor)
}

fn end_of_next_year(now: Instant) -> NaiveDate {
    NaiveDate::from_ymd_opt(time::local_date(now).year() + 1, 12, 31).unwrap_or(NaiveDate::MAX)
}

fn import(desk: &Desk, region: RegionCode, now: Instant, actor: &Actor) -> Result<(), DeskError> {
    let lines: String = demo::events(region, now)
        .iter()
        .map(|event| event::to_json(event) + "\n")
        .collect();
    let job = ImportJob {
        file: "demo".to_owned(),
        format: Format::Jsonl,
        dry_run: false,
        keep_good: false,
        bytes: Some(lines.len() as u64),
    };
    let report = desk.import(actor, &job, &mut lines.as_bytes(), &mut |_| {})?;
    match report.refused.first() {
        None => Ok(()),
        Some(refused) => Err(DeskError::store(
            "event_refused",
            format!("demo:{}: {}", refused.line, refused.problem),
        )),
    }
}
