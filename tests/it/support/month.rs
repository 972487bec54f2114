//! From lines of events to a month's figures, without a store.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use chrono::NaiveDate;
use fristdag::{
    ledger::{
        figures::{Line, MonthFigures},
        history::History,
        month::{MonthContext, compute},
        rates::Rates,
    },
    model::{
        event::{self, Event},
        ids::{AgreementId, EpisodeId},
        month::Month,
        patient::{Patient, PatientRef},
        place::PayerCode,
        stay::{Folded, Stay},
    },
    rules::{
        Rulebook,
        share::{Share, Shares},
        shares,
    },
};
use serde_json::Value;

/// A day after everything in the fixtures.
pub fn late() -> NaiveDate {
    NaiveDate::from_ymd_opt(2030, 1, 1).unwrap()
}

/// Where the worked examples lie.
pub fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures/golden")
        .join(name)
}

/// The lines of a worked example.
pub fn golden_lines(name: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(golden(name)).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// The events of lines, by stay, as the journal would keep them on `today`.
pub fn events(lines: &[Value], today: NaiveDate) -> BTreeMap<EpisodeId, Vec<Event>> {
    let mut episodes: BTreeMap<EpisodeId, Vec<Event>> = BTreeMap::new();
    for line in lines {
        let event = event::parse(line.to_string().as_bytes()).unwrap();
        let event = event.try_map(|patient| reference(patient, today)).unwrap();
        episodes
            .entry(event.episode.clone())
            .or_default()
            .push(event);
    }
    episodes
}

/// What every stay of some events gives to figures.
pub struct Stays {
    pub rulebook: Rulebook,
    pub given: BTreeMap<EpisodeId, Shares>,
    /// The stays themselves.
    pub folded: BTreeMap<EpisodeId, Stay>,
}

impl Stays {
    /// Reads, folds and judges; `today` is the date as at which.
    pub fn of(region: &str, lines: &[Value], today: NaiveDate) -> Self {
        Self::under(Rulebook::shipped(region.parse().unwrap()), lines, today)
    }

    /// The same under agreements of one's own.
    pub fn under(rulebook: Rulebook, lines: &[Value], today: NaiveDate) -> Self {
        let episodes = events(lines, today);
        let (mut given, mut stays) = (BTreeMap::new(), BTreeMap::new());
        for (episode, events) in episodes {
            if let Folded::Stay(stay) = Folded::from_events(&events, None) {
                given.insert(episode.clone(), shares(&stay, &rulebook, today));
                stays.insert(episode, *stay);
            }
        }
        Self {
            rulebook,
            given,
            folded: stays,
        }
    }

    fn all(&self) -> impl Iterator<Item = (EpisodeId, &Share)> {
        self.given.iter().flat_map(|(episode, given)| {
            given
                .shares
                .iter()
                .map(move |share| (episode.clone(), share))
        })
    }

    /// The figures of a month.
    pub fn figures(&self, month: &str) -> MonthFigures {
        self.figures_at(month, &Rates::shipped())
    }

    /// The figures of a month with rates of one's own.
    pub fn figures_at(&self, month: &str, rates: &Rates) -> MonthFigures {
        let context = MonthContext {
            history: self,
            ..MonthContext::default()
        };
        self.figures_with(month.parse().unwrap(), rates, &context)
    }

    /// The figures of a month with a context of one's own.
    pub fn figures_with(
        &self,
        month: Month,
        rates: &Rates,
        context: &MonthContext<'_>,
    ) -> MonthFigures {
        compute(month, self.all(), &self.rulebook, rates, context)
    }
}

impl History for Stays {
    fn shares(
        &self,
        month: Month,
        agreement: &AgreementId,
        payer: Option<PayerCode>,
    ) -> Vec<(EpisodeId, Share)> {
        self.all()
            .filter(|(_, share)| share.month == month && share.is_under(agreement, payer))
            .map(|(episode, share)| (episode, share.clone()))
            .collect()
    }
}

fn reference(patient: Patient, today: NaiveDate) -> Result<PatientRef, std::convert::Infallible> {
    Ok(PatientRef {
        key: Some("key".to_owned()),
        commitment: None,
        protected: patient.protected,
        numbered: patient.pnr.is_some(),
        turns_18: patient.turns_18_if_young(today),
    })
}

/// A line as text: payer, agreement, kind, stay, month, quantity × rate = amount.
fn told(
    payer: &str,
    agreement: &str,
    kind: &str,
    stay: &str,
    month: &str,
    sum: [&str; 3],
) -> String {
    let [quantity, rate, amount] = sum.map(|number| {
        number
            .parse::<rust_decimal::Decimal>()
            .unwrap()
            .normalize()
            .to_string()
    });
    format!("{payer} {agreement} {kind} {stay} {month} {quantity} × {rate} = {amount}")
}

/// Every line of the figures, ordered.
pub fn lines(figures: &MonthFigures) -> Vec<String> {
    let mut found = Vec::new();
    for entry in &figures.payers {
        let sum: fristdag::model::money::Kronor = entry.lines.iter().map(|line| line.amount).sum();
        assert_eq!(
            sum, entry.amount,
            "an entry's amount is the sum of its lines"
        );
        for line in &entry.lines {
            found.push(tell(
                &entry.payer.to_string(),
                entry.agreement.as_str(),
                line,
            ));
        }
    }
    found.sort();
    found
}

/// Every line of figures as a command prints them, ordered.
pub fn json_lines(figures: &Value) -> Vec<String> {
    let mut found = Vec::new();
    for entry in figures["payers"].as_array().unwrap() {
        let (payer, agreement) = (entry["payer"].as_str(), entry["agreement"].as_str());
        let (payer, agreement) = (payer.unwrap(), agreement.unwrap());
        let lines = entry["lines"].as_array().unwrap().iter();
        found.extend(lines.map(|line| written_line(payer, agreement, line)));
    }
    found.sort();
    found
}

fn tell(payer: &str, agreement: &str, line: &Line) -> String {
    let written = serde_json::to_value(line).unwrap();
    written_line(payer, agreement, &written)
}

fn written_line(payer: &str, agreement: &str, line: &Value) -> String {
    let text = |field: &str| line[field].as_str().unwrap_or("-").to_owned();
    told(
        payer,
        agreement,
        &text("kind"),
        &text("episode"),
        &text("for_month"),
        [&text("quantity"), &text("rate"), &text("amount")],
    )
}

/// The lines that a worked example expects, ordered.
pub fn expected(file: &str) -> Vec<String> {
    let text = std::fs::read_to_string(golden(file)).unwrap();
    let lines: Vec<Value> = serde_json::from_str(&text).unwrap();
    let mut found: Vec<_> = lines
        .iter()
        .map(|line| {
            let (payer, agreement) = (line["payer"].as_str(), line["agreement"].as_str());
            written_line(payer.unwrap(), agreement.unwrap(), line)
        })
        .collect();
    found.sort();
    found
}
