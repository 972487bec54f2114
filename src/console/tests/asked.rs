//! What the desk of these tests answers about payers and lines.

use super::*;
use crate::{
    console::{
        event::{ExportJob, ExportStep},
        export::FileState,
    },
    desk::reply::PayerHistory,
    ledger::{
        explain::MonthTrace,
        forecast::{Forecast, Others, WhatIf},
    },
    model::place::PayerCode,
};

/// A value so far, if none leaves, today, tomorrow, as planned, and marked.
fn scenarios(values: [Value; 5], marked: Option<Value>) -> Value {
    let [so_far, none_leaves, today, tomorrow, planned] = values;
    let mut all = json!({"so_far": so_far, "none_leaves": none_leaves, "today": today,
        "tomorrow": tomorrow, "planned": planned});
    if let Some(marked) = marked {
        all["marked"] = marked;
    }
    all
}

fn scenario(average: &str, amount: i64) -> Value {
    json!({"discharged": 26, "counted": 24, "average": average, "threshold": "2.0",
        "amount": format!("{amount}.00"), "effect": null})
}

fn stay_ahead(episode: &str, state: &str, planned: Option<&str>, tomorrow: &str) -> Value {
    json!({"episode": episode, "ward": "Avd 5", "state": state, "agreement": "varmland-2019",
        "ready_since": "2019-03-04T11:00:00+01:00", "expected_discharge": planned,
        "liability_start": null, "start_if_met_now": null, "lost_per_day": null,
        "accrued": {"days": 2, "amount": "18800.00"}, "tomorrow": tomorrow})
}

/// Each mark that counts takes 0.5 days and 10 000 kronor off.
fn averaged(what_if: Option<&WhatIf>) -> Value {
    let marked = what_if.map(|asked| {
        let known = ["VARM-7", "VARM-1", "VARM-9"];
        let marks = asked.stays.iter().filter(|it| known.contains(&it.as_str()));
        let marks = marks.count() as i64;
        let base = if asked.others == Others::Planned {
            60_000
        } else {
            90_000
        };
        (
            format!("{}.{}", 3 - (marks + 1) / 2, 5 * (marks % 2)),
            base - 10_000 * marks,
        )
    });
    let averages = ["3.4", "4.1", "1.9", "2.2", "3.0"];
    let kronor = [30_000, 90_000, 30_000, 40_000, 60_000];
    let mut at = 0;
    let entries = averages.map(|average| {
        at += 1;
        scenario(average, kronor[at - 1])
    });
    let amounts = kronor.map(|it| json!(format!("{it}.00")));
    let entry_marked = marked
        .as_ref()
        .map(|(average, amount)| scenario(average, *amount));
    let amount_marked = marked.map(|(_, amount)| json!(format!("{amount}.00")));
    json!({"payer": "1780", "name": "Karlstad", "status": "open", "ready": 3, "not_ready": 1,
        "adjustments": "0.00", "amounts": scenarios(amounts, amount_marked),
        "entries": [{"agreement": "varmland-2019", "rule": null, "model": "average_excess",
            "scenarios": scenarios(entries, entry_marked), "trigger": null,
            "keep": {"possible": true, "stays": ["VARM-7", "VARM-1"], "average": "2.0", "over_by": null}}],
        "unplanned": ["VARM-9"], "overdue": ["VARM-7"],
        "stays": [stay_ahead("VARM-7", "liable", Some("2019-03-05"), "9400.00"),
                  stay_ahead("VARM-1", "grace", Some("2019-03-08"), "9400.00"),
                  stay_ahead("VARM-9", "blocked", None, "0.00")]})
}

fn single(code: &str, name: &str, status: &str, amount: &str, stays: Value) -> Value {
    let same = || scenarios([0; 5].map(|_| json!(amount)), None);
    json!({"payer": code, "name": name, "status": status, "ready": stays.as_array().unwrap().len(),
        "not_ready": 0, "adjustments": "0.00", "amounts": same(), "entries": [],
        "unplanned": [], "overdue": [], "stays": stays})
}

/// The month's forecast: a payer with an average, one that pays stay by
/// stay, one that is locked.
pub fn forecast(payer: Option<PayerCode>, what_if: Option<&WhatIf>) -> Forecast {
    let kil = json!([stay_ahead("VARM-2", "liable", None, "9400.00")]);
    let mut made: Forecast = serde_json::from_value(json!({
        "region": "17", "month": "2019-03", "now": NOW, "standing": "running",
        "payers": [single("1715", "Kil", "open", "9400.00", kil), averaged(what_if),
                   single("1784", "Arvika", "locked", "0.00", json!([]))],
        "amounts": {"so_far": null}, "noon": null, "what_if": what_if, "findings": []}))
    .unwrap();
    made.payers
        .retain(|one| payer.is_none_or(|only| one.payer == only));
    made.add_up();
    made
}

/// Eleven months before it.
pub fn history() -> PayerHistory {
    let amounts: Vec<_> = (0..11)
        .map(|at| json!(format!("{}.00", at * 6_000)))
        .collect();
    let months: Vec<_> = (0..11)
        .map(|at| {
            if at < 9 {
                format!("2018-{:02}", at + 4)
            } else {
                format!("2019-{:02}", at - 8)
            }
        })
        .collect();
    serde_json::from_value(json!({"months": months,
        "payers": [{"payer": "1780", "amounts": amounts}]}))
    .unwrap()
}

/// The steps behind the close's figures.
pub fn month_trace() -> MonthTrace {
    let figures = close(false).figures;
    let step = |code: &str, result: &str, inputs: Value| {
        json!({"code": code, "outcome": "holds", "result": result, "inputs": inputs,
            "clause": {"agreement": "varmland-2019", "name": "Överenskommelse Värmland",
                "document": "Överenskommelse Värmland", "section": "7", "reading": false}})
    };
    let input = |name: &str, value: &str, event: Option<&str>| json!({"name": name, "value": value, "event": event});
    let payers = figures.payers.iter().map(|payer| {
        let lines = payer.lines.iter().map(|line| {
            let mut traced = serde_json::to_value(line).unwrap();
            traced["steps"] = json!([
                step(
                    "grace",
                    "2019-03-07",
                    json!([
                        input("grace_days", "3", None),
                        input("ready_notice", "2019-03-04T11:00:00+01:00", Some("e"))
                    ])
                ),
                step(
                    "rate",
                    "7800",
                    json!([input("year", "2019", None), input("source", "SKR", None)])
                ),
                step(
                    "line_amount",
                    &line.amount.to_string(),
                    json!([
                        input("quantity", &line.quantity.to_string(), None),
                        input("rate", "7800", None)
                    ])
                )
            ]);
            traced
        });
        let left = json!([step("precondition.sip_called", "missing", json!([]))]);
        json!({"payer": payer.payer, "name": payer.name, "agreement": payer.agreement,
            "model": payer.model, "status": "open", "amount": payer.amount, "steps": [],
            "stays": [{"episode": "VARM-8", "steps": left}],
            "lines": lines.collect::<Vec<_>>(), "credits": []})
    });
    let payers: Vec<_> = payers.collect();
    serde_json::from_value(json!({"region": "17", "month": "2019-03", "status": "open",
        "hash": null, "amount": "39000.00", "payers": payers}))
    .unwrap()
}

impl Bench {
    /// Writes the files of an export, as far as they can be.
    pub fn export(&mut self, job: &ExportJob) {
        let mut files = Vec::new();
        for format in job.formats.iter().copied() {
            let begun = FileState::Writing;
            self.event(Event::Exporting(ExportStep {
                format,
                state: begun,
            }));
            let state = match self.refuse.take() {
                Some(error) => FileState::Failed(error),
                None => {
                    let name = format!("figures.{format:?}").to_lowercase();
                    files.push(job.directory.join(name));
                    FileState::Written(files[files.len() - 1].clone(), 1234, self.without.clone())
                }
            };
            self.event(Event::Exporting(ExportStep { format, state }));
        }
        let all = files.len() == job.formats.len();
        let done = all
            .then_some(files)
            .ok_or(DeskError::no("io", "en fil saknas"));
        self.event(Event::Exported(done));
    }
}
