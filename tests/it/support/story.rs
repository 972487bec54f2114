//! A store that fills in an order by chance: imports, single events and
//! decisions, with what was answered after each of them.

use std::{collections::BTreeMap, fs, path::Path, sync::Arc};

use chrono::TimeDelta;
use fristdag::{
    desk::{
        Desk,
        error::DeskError,
        init,
        reply::{CloseView, Reply},
        request::{AsOf, Ask, BoardAsk, DutiesAsk, ManualAsk, Request},
        service::Service,
    },
    exchange::demo,
    model::{
        clock::{Clock, FixedClock},
        event,
        ids::EpisodeId,
        month::Month,
        time::Instant,
    },
};
use serde_json::{Value, json};

use super::{chance::Chance, month::golden_lines};
use crate::desk::{actor, at, import};

/// Every region that has an agreement, and the statute's.
pub const REGIONS: [&str; 6] = ["17", "06", "01", "23", "13", "14"];
/// After everything that happens in a story.
pub const NOW: &str = "2019-06-20T12:00:00+02:00";
/// While much of it happens.
const MIDST: &str = "2019-05-24T12:00:00+02:00";

/// What an altered agreement has less of.
const THREE: &str = "value = 3, unit = \"days\"";
const STATUTE: &str = "lag-2017-612";

/// A region's own agreement, or the statute.
fn agreement(region: &str) -> &'static str {
    match region {
        "17" => "varmland-2019",
        "06" => "jonkoping-2018",
        "01" => "stockholm-2020",
        "23" => "jamtland-2018",
        "13" => "halland-2018",
        _ => STATUTE,
    }
}

/// A store and the moments that it went through.
pub struct Story {
    pub desk: Desk,
    pub taken: Vec<Taken>,
    /// What happened of each kind of decision.
    pub done: BTreeMap<&'static str, usize>,
    region: &'static str,
    clock: Arc<FixedClock>,
    chance: Chance,
    months: Vec<Month>,
    episodes: Vec<EpisodeId>,
}

/// What was answered when the journal ended at an entry.
pub struct Taken {
    pub seq: u64,
    pub recorded_at: Instant,
    pub answers: Vec<Value>,
}

impl Story {
    /// Plays a story to its end.
    pub fn play(folder: &Path, region: &'static str, seed: u64) -> Self {
        let clock = Arc::new(FixedClock::at(at(NOW)));
        init(folder, region.parse().unwrap(), &*clock).unwrap();
        let desk = Desk::open(folder, clock.clone(), &mut |_| {}).unwrap();
        let mut chance = Chance::of(seed);
        let (lines, months) = lines(region, &mut chance);
        let mut episodes: Vec<EpisodeId> = lines
            .iter()
            .map(|line| EpisodeId::new(line["episode"].as_str().unwrap()).unwrap())
            .collect();
        episodes.sort();
        episodes.dedup();
        let mut story = Self {
            desk,
            taken: Vec::new(),
            done: BTreeMap::new(),
            region,
            clock,
            chance,
            months,
            episodes,
        };
        let mut lines = lines.as_slice();
        while !lines.is_empty() {
            let (now, later) = lines.split_at((1 + story.chance.below(40)).min(lines.len()));
            story.bring(now);
            lines = later;
            if story.chance.one_in(3) {
                let decision = story.chance.below(6);
                story.decide(decision);
            }
        }
        // Each at least once, with a lock and a suspension between, and events after.
        story.lock();
        for decision in 0..6 {
            story.decide(decision);
        }
        story.late();
        for _ in 0..2 {
            story.lock();
        }
        story
    }

    fn bring(&mut self, lines: &[Value]) {
        self.clock.advance(TimeDelta::seconds(5));
        if self.chance.one_in(3) {
            for line in lines {
                let events = vec![line.to_string()];
                self.ask(None, Ask::Record { events }).unwrap();
                if self.chance.one_in(12) {
                    self.take();
                }
            }
        } else {
            let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
            let report = import(&self.desk, &text);
            assert!(report.recorded, "{report:?}");
        }
        self.take();
    }

    /// An end that comes late, when much is locked.
    fn late(&mut self) {
        let lines: Vec<Value> = (self.episodes.iter().step_by(3).enumerate())
            .map(|(day, episode)| {
                let at = format!("2019-05-{:02}T08:00:00+02:00", 1 + day % 28);
                json!({"id": "late", "episode": episode, "at": at, "kind": "discharged"})
            })
            .collect();
        self.bring(&lines);
    }

    fn decide(&mut self, decision: usize) {
        self.clock.advance(TimeDelta::seconds(5));
        let month = self.months[self.chance.below(self.months.len())];
        let text = "ett beslut".to_owned();
        let (name, ask) = match decision {
            0 => (
                "rate",
                Ask::SetRate {
                    year: 2018 + self.chance.below(2) as i32,
                    amount: (7_000 + self.chance.below(900) as i64).into(),
                    source: text,
                },
            ),
            1 => (
                "confirm",
                Ask::Confirm {
                    id: "lag-2017-612".to_owned(),
                    until: at(NOW).date_naive(),
                    source: text,
                },
            ),
            2 => (
                "manual",
                Ask::Manual(ManualAsk {
                    id: format!("m{}", self.taken.len()),
                    month,
                    payer: self.payer(month),
                    amount: "1200".parse().unwrap(),
                    reason: text,
                }),
            ),
            3 => ("adopt", self.adopt()),
            4 => (
                "suspend",
                Ask::Suspend {
                    id: agreement(self.region).to_owned(),
                    from: month.first(),
                    until: self.chance.one_in(2).then(|| month.last()),
                    reason: text.clone(),
                    source: text,
                },
            ),
            _ => return self.lock(),
        };
        // What a locked month or the statute refuses is as good.
        let made = self.ask(None, ask);
        *self.done.entry(name).or_default() += usize::from(made.is_ok());
        self.take();
    }

    /// The region's agreement with a day less where it has three, or the statute
    /// so.
    fn adopt(&mut self) -> Ask {
        let own = agreement(self.region);
        let read =
            |id: &str| fs::read_to_string(format!("src/rules/agreements/{id}.toml")).unwrap();
        let text = read(own);
        let text = if text.contains(THREE) {
            text
        } else {
            read(STATUTE)
        };
        let days = 1 + self.chance.below(2);
        let text = text.replacen(THREE, &THREE.replace('3', &days.to_string()), 1);
        Ask::Adopt {
            file: "eget.toml".to_owned(),
            text,
            check_only: false,
        }
    }

    /// Some payer of the month's figures.
    fn payer(&mut self, month: Month) -> fristdag::model::place::PayerCode {
        let close = self.close(month);
        let payers = &close.figures.payers;
        let at = self.chance.below(payers.len());
        payers
            .get(at)
            .map_or("1780".parse().unwrap(), |entry| entry.payer)
    }

    /// Locks the first open month, if it can be.
    fn lock(&mut self) {
        let Some(month) = self.close(self.months[0]).earliest_open else {
            return;
        };
        if self.chance.one_in(4) {
            let (payer, reason) = (self.payer(month), "granskas".to_owned());
            let _refused = self.ask(
                None,
                Ask::Park {
                    month,
                    payer,
                    reason,
                },
            );
        }
        for finding in self.close(month).blockers {
            if finding.waivable {
                let (code, reason) = (finding.code, "godtas".to_owned());
                let _waived_twice = self.ask(
                    None,
                    Ask::Waive {
                        month,
                        code,
                        reason,
                    },
                );
            }
        }
        let expect = self.close(month).hash;
        let approved = self.ask(None, Ask::Approve { month, expect });
        *self.done.entry("lock").or_default() += usize::from(approved.is_ok());
        self.take();
    }

    fn close(&self, month: Month) -> CloseView {
        match self.ask(None, Ask::CloseCheck { month }).unwrap() {
            Reply::Close(view) => *view,
            other => panic!("{other:?}"),
        }
    }

    fn take(&mut self) {
        let seq = self.seq();
        if self.taken.last().is_none_or(|last| last.seq < seq) {
            self.taken.push(Taken {
                seq,
                recorded_at: self.clock.now(),
                answers: self.answers(None),
            });
        }
    }

    fn seq(&self) -> u64 {
        match self.ask(None, Ask::Status).unwrap() {
            Reply::Status(status) => status.seq,
            other => panic!("{other:?}"),
        }
    }

    fn ask(&self, now: Option<&str>, ask: Ask) -> Result<Reply, DeskError> {
        // The clock moves on from step to step, the moment asked about does not.
        let now = Some(at(now.unwrap_or(NOW)));
        let actor = actor();
        self.desk.ask(Request { actor, now, ask })
    }

    /// Figures, boards and explanations, as known now or then.
    pub fn answers(&self, as_of: Option<AsOf>) -> Vec<Value> {
        let mut asks = Vec::new();
        for month in &self.months {
            let month = *month;
            asks.extend([NOW, MIDST].map(|now| (now, Ask::Figures { month })));
        }
        let all = BoardAsk {
            all: true,
            ..BoardAsk::default()
        };
        asks.extend([NOW, MIDST].map(|now| (now, Ask::Board(all.clone()))));
        let month = self.months[1];
        let (payer, days) = (None, 30);
        asks.extend([
            (NOW, Ask::ExplainMonth { month, payer }),
            (
                MIDST,
                Ask::Forecast {
                    month: None,
                    payer,
                    what_if: None,
                },
            ),
            (MIDST, Ask::Duties(DutiesAsk { payer, days })),
        ]);
        for episode in self.episodes.iter().step_by(7) {
            let (episode, reveal) = (episode.clone(), false);
            asks.push((
                NOW,
                Ask::Explain {
                    episode: episode.clone(),
                },
            ));
            asks.push((MIDST, Ask::Stay { episode, reveal }));
        }
        let told = asks.into_iter().map(|(now, ask)| {
            let ask = match as_of {
                None => ask,
                Some(as_of) => Ask::AsOf {
                    as_of,
                    ask: Box::new(ask),
                },
            };
            match self.ask(Some(now), ask) {
                Ok(Reply::AsOf(answer)) => json_of(&answer.reply),
                Ok(reply) => json_of(&reply),
                Err(error) => json!(error.code),
            }
        });
        told.collect()
    }
}

/// What `--json` gives.
fn json_of(reply: &Reply) -> Value {
    match reply {
        Reply::Figures(view) => json!([view.figures, view.locked_json]),
        Reply::Board(board) => {
            let head = &board.head;
            let lines: Vec<_> = board.rows.iter().map(|row| &row.line).collect();
            json!([lines, head.held, head.ready, head.today])
        }
        // Since when a source is silent is kept of the newest position alone.
        Reply::Duties(view) => {
            let rows = view.rows.iter();
            let known: Vec<_> = rows.filter(|row| row.code != "written_routine").collect();
            json!(known)
        }
        other => serde_json::to_value(other).unwrap(),
    }
}

/// A story's events in the order in which they arrive, and its months.
fn lines(region: &str, chance: &mut Chance) -> (Vec<Value>, Vec<Month>) {
    let (golden, months) = match region {
        "17" => ("varmland-2019-03", ["2019-03", "2019-04", "2019-05"]),
        "06" => ("jonkoping-2018-05", ["2018-05", "2018-06", "2019-05"]),
        "23" => ("jamtland-2018-07", ["2018-06", "2018-07", "2019-05"]),
        _ => ("", ["2019-04", "2019-05", "2019-06"]),
    };
    let mut stays: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    let demo = demo::events(region.parse().unwrap(), at(NOW));
    let mut all: Vec<Value> = demo
        .iter()
        .map(|event| serde_json::from_str(&event::to_json(event)).unwrap())
        .collect();
    if !golden.is_empty() {
        all.extend(golden_lines(&format!("{golden}.jsonl")));
    }
    for line in all {
        let episode = line["episode"].as_str().unwrap().to_owned();
        stays.entry(episode).or_default().push(line);
    }
    let many = stays.len();
    let mut lines = Vec::new();
    for (_, mut events) in stays {
        if chance.below(many) < 12 {
            change(&mut events, chance);
            lines.append(&mut events);
        }
    }
    // Late by chance: in no story, a little, or without any order.
    let late = [1, 40, 4_000][chance.below(3)];
    lines.sort_by_cached_key(|line| at(line["at"].as_str().unwrap()));
    let mut order: Vec<(usize, Value)> = (lines.into_iter().enumerate())
        .map(|(place, line)| (place + chance.below(late), line))
        .collect();
    order.sort_by_key(|(place, _)| *place);
    let lines = order.into_iter().map(|(_, line)| line).collect();
    (lines, months.map(|month| month.parse().unwrap()).to_vec())
}

/// Some stays are voided in part or whole, some corrected.
fn change(events: &mut Vec<Value>, chance: &mut Chance) {
    let episode = events[0]["episode"].clone();
    let voided = match chance.below(8) {
        0 => vec![chance.below(events.len())],
        1 => vec![events.len() - 1],
        2 => (0..events.len()).collect(),
        _ => Vec::new(),
    };
    for at in voided {
        if events[at]["kind"] == "void" {
            continue;
        }
        let (id, then) = (events[at]["id"].clone(), events[at]["at"].clone());
        let void = format!("void-{}", id.as_str().unwrap());
        events.push(json!({
            "id": void, "episode": episode, "at": then, "kind": "void",
            "event": id, "reason": "fel patient",
        }));
    }
    if chance.one_in(5) {
        let municipality = ["1780", "0643", "2380", "0180"][chance.below(4)];
        events.push(json!({
            "id": "corrected", "episode": episode, "at": NOW, "kind": "details_changed",
            "municipality": municipality,
        }));
    }
}
