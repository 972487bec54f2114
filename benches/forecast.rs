//! The forecast of one payer with many open stays: `cargo bench --bench
//! forecast`. Goal: 2 000 stays within 50 ms, under every model.
//!
//! `FRISTDAG_BENCH_OPEN` makes it another number of stays.

#![allow(clippy::print_stdout, reason = "a bench prints its figures")]
#![allow(clippy::unwrap_used, reason = "a bench that cannot run ends")]

mod support;

use std::{path::Path, sync::Arc};

use fristdag::{
    desk::{
        Desk, init,
        reply::Reply,
        request::{Ask, Request},
        service::{Format, ImportJob, Service},
    },
    ledger::forecast::Forecast,
    model::{
        clock::FixedClock,
        time::{self, Instant},
    },
};
use support::{actor, median, ms, number, timed};

/// Region and payer: day by day, an average with long stays, one that triggers.
const PAYERS: [(&str, &str); 3] = [("17", "1780"), ("06", "0643"), ("23", "2380")];
const OPEN: u64 = 2000;
const ROUNDS: u64 = 11;

fn main() {
    let open = number("FRISTDAG_BENCH_OPEN", OPEN);
    for (region, payer) in PAYERS {
        let root = tempfile::tempdir().unwrap();
        let desk = store(&root.path().join("store"), region, payer, open);
        // The first answer gathers the month; a console asks again and again.
        let (first, cold) = timed(|| ask(&desk, payer));
        assert_eq!(u64::from(first.payers[0].ready), open);
        let warm = (0..ROUNDS).map(|_| timed(|| ask(&desk, payer)).1).collect();
        let (text, written) = timed(|| serde_json::to_string(&first).unwrap());
        println!(
            "{payer}: {open} stays; first {:.1} ms, then {:.1} ms; {} kB of JSON in {:.1} ms; load {}",
            ms(cold),
            ms(median(warm)),
            text.len() / 1000,
            ms(written),
            support::load()
        );
    }
}

fn now() -> Instant {
    time::parse("2019-05-16T09:00").unwrap()
}

fn store(folder: &Path, region: &str, payer: &str, open: u64) -> Desk {
    let clock = FixedClock::at(now());
    init(folder, region.parse().unwrap(), &clock).unwrap();
    let desk = Desk::open(folder, Arc::new(clock), &mut |_| {}).unwrap();
    let text: String = (0..open).map(|n| stay(n, payer)).collect();
    let job = ImportJob {
        file: "stays.jsonl".to_owned(),
        format: Format::Jsonl,
        dry_run: false,
        keep_good: false,
        bytes: Some(text.len() as u64),
    };
    let report = desk
        .import(&actor(), &job, &mut text.as_bytes(), &mut |_| {})
        .unwrap();
    assert_eq!(report.refused_lines, 0, "{report:?}");
    desk
}

/// A ready stay, home-ready where that counts.
fn stay(n: u64, payer: &str) -> String {
    let (day, planned) = (1 + n % 15, 16 + n % 14);
    let line = |id: &str, time: &str, rest: &str| {
        format!(
            "{{\"id\":\"{id}\",\"episode\":\"T-{n}\",\"at\":\"2019-05-{day:02}T{time}:00+02:00\",{rest}}}\n"
        )
    };
    let admitted = format!(
        "\"kind\":\"admitted\",\"patient\":{{\"pnr\":\"19500307-2260\",\"name\":\"Exempel\"}},\"hospital\":\"H\",\"ward\":\"Avd 1\",\"care_form\":\"somatic\",\"municipality\":\"{payer}\""
    );
    let notice =
        format!("\"kind\":\"admission_notice\",\"expected_discharge\":\"2019-05-{planned}\"");
    let mut lines = line("1", "08:00", &admitted);
    lines += &line("2", "08:10", &notice);
    lines += &line("3", "08:20", "\"kind\":\"sip_called\"");
    lines += &line(
        "4",
        "08:30",
        "\"kind\":\"care_contact_assigned\",\"name\":\"N\",\"unit\":\"U\"",
    );
    for item in [
        "self_care",
        "written_information",
        "information_transfer",
        "aids",
        "medication",
    ] {
        let tick = format!("\"kind\":\"checklist\",\"item\":\"{item}\",\"done\":true");
        lines += &line(item, "09:00", &tick);
    }
    lines + &line("5", "11:00", "\"kind\":\"ready_notice\"")
}

fn ask(desk: &Desk, payer: &str) -> Box<Forecast> {
    let request = Request {
        actor: actor(),
        now: None,
        ask: Ask::Forecast {
            month: None,
            payer: Some(payer.parse().unwrap()),
            what_if: None,
        },
    };
    match desk.ask(request).unwrap() {
        Reply::Forecast(forecast) => forecast,
        other => panic!("{other:?}"),
    }
}
