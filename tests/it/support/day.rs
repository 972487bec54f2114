//! A scripted day on a store: what is done, in which order, and what is
//! acknowledged.

use std::io::Read;

use fristdag::desk::{
    Desk,
    reply::Reply,
    request::Ask,
    service::{Format, ImportJob, Progress, Service, Step as Work},
};

use super::sample;
use crate::desk::{actor, ask, golden, lock};

/// Stays that the day's import brings.
pub const IMPORTED: usize = 60;
/// Bytes that the import is given at a time.
const CHUNK: usize = 2_048;
/// The month that is locked.
pub const MONTH: &str = "2019-03";

/// One thing done, acknowledged whole.
#[derive(Debug, Clone)]
pub enum Step {
    /// One event, made at the desk.
    Record(String),
    /// A day rate of a year.
    Rate(i32),
    /// A file whose only line is refused and noted.
    Refuse,
    /// The refused line is waived.
    Waive,
    /// All stays of [`import_text`].
    Import,
    /// The month is locked.
    Lock,
}

/// The day: half of it before the import, half of it after.
pub fn steps() -> Vec<Step> {
    let events: Vec<Step> = golden("varmland-2019-03")
        .lines()
        .map(|line| Step::Record(line.to_owned()))
        .collect();
    let (morning, evening) = events.split_at(24);
    let mut steps = morning.to_vec();
    steps.extend([Step::Rate(2027), Step::Refuse, Step::Import]);
    steps.extend_from_slice(evening);
    let late = [
        r#"{"id":"r1","episode":"VARM-4","at":"2019-04-02T09:00:00+02:00","kind":"ready_retracted","reason":"feber"}"#,
        r#"{"id":"r2","episode":"VARM-4","at":"2019-04-03T09:00:00+02:00","kind":"ready_notice"}"#,
        r#"{"id":"r3","episode":"VARM-4","at":"2019-04-03T10:00:00+02:00","kind":"note","text":"åter klar"}"#,
        r#"{"id":"r4","episode":"VARM-4","at":"2019-04-03T10:05:00+02:00","kind":"void","event":"r3","reason":"fel patient"}"#,
    ];
    let late = late.map(|line| Step::Record(line.to_owned()));
    steps.extend_from_slice(&late[..2]);
    steps.extend([Step::Rate(2028), Step::Waive, Step::Lock]);
    steps.extend_from_slice(&late[2..]);
    steps.push(Step::Rate(2029));
    steps
}

/// What the day's import reads.
pub fn import_text() -> String {
    (0..IMPORTED).map(|n| sample::stay(n).concat()).collect()
}

/// Gives its text in small pieces and tells before each.
struct Pieces<'a> {
    text: &'a [u8],
    tell: &'a dyn Fn(&str),
}

impl Read for Pieces<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        (self.tell)("reading");
        let most = buffer.len().min(CHUNK);
        self.text.read(&mut buffer[..most])
    }
}

/// Does one step, telling of moments in it, and gives what was acknowledged.
pub fn act(desk: &Desk, step: &Step, tell: &dyn Fn(&str)) -> String {
    match step {
        Step::Record(line) => {
            let events = vec![line.clone()];
            acknowledged(ask(desk, Ask::Record { events }).unwrap())
        }
        Step::Rate(year) => {
            let ask_for = Ask::SetRate {
                year: *year,
                amount: "9100".parse().unwrap(),
                source: "SKR".to_owned(),
            };
            acknowledged(ask(desk, ask_for).unwrap())
        }
        Step::Waive => {
            let ask_for = Ask::Waive {
                month: MONTH.parse().unwrap(),
                code: "refused_lines".to_owned(),
                reason: "dubblett".to_owned(),
            };
            acknowledged(ask(desk, ask_for).unwrap())
        }
        Step::Lock => {
            let made = lock(desk, MONTH).unwrap();
            format!("lock {} {}", made.hash, made.amount)
        }
        Step::Refuse => take(desk, &sample::refused_line(), "refused.jsonl", &|_| {}),
        Step::Import => take(desk, &import_text(), "day.jsonl", tell),
    }
}

/// Imports `text`, keeping what is good, and gives what was acknowledged.
pub fn take(desk: &dyn Service, text: &str, file: &str, tell: &dyn Fn(&str)) -> String {
    let job = ImportJob {
        file: file.to_owned(),
        format: Format::Jsonl,
        dry_run: false,
        keep_good: true,
        bytes: None,
    };
    let mut input = Pieces {
        text: text.as_bytes(),
        tell,
    };
    let mut heard = |progress: Progress| match progress.step {
        Work::Publishing => tell("publishing"),
        Work::Updating => tell("updating"),
        _ => {}
    };
    let report = desk.import(&actor(), &job, &mut input, &mut heard).unwrap();
    assert!(report.recorded);
    let (added, refused) = (report.added, report.refused_lines);
    format!("import {added} new, {refused} refused")
}

fn acknowledged(reply: Reply) -> String {
    match reply {
        Reply::Recorded(done) => {
            assert_eq!((done.added, done.skipped), (1, 0));
            format!("event {}", done.seq)
        }
        Reply::Rates(rates) => format!(
            "rates {}",
            rates.iter().filter(|rate| rate.confirmed).count()
        ),
        Reply::Close(view) => format!("waived, {} block", view.blockers.len()),
        other => panic!("{other:?}"),
    }
}
