//! A case's question about the figures of a month, or of several.

use chrono::NaiveDate;
use fristdag::{
    ledger::{
        figures::{MonthFigures, PayerFigures},
        findings::unsettled,
        month::{ManualLine, MonthContext},
        settlement::{Billed, Settlement},
    },
    model::{ids::AgreementId, money::Kronor, month::Month, place::PayerCode, time},
    rules::{
        Rulebook,
        share::{Share, Standing},
    },
};

use super::{
    answer::compare,
    file::{Case, Then},
    given,
};
use crate::support::month::{Stays, late, lines};

impl Case {
    /// The months that are asked about.
    pub fn asked(&self) -> Vec<Month> {
        let (first, last) = self
            .when
            .split_once("..")
            .unwrap_or((&self.when, &self.when));
        let (first, last): (Month, Month) = (first.parse().unwrap(), last.parse().unwrap());
        first.through(last).collect()
    }

    pub fn months(&self) -> Vec<String> {
        let (mut events, mut today) = (given::lines(self).unwrap(), late());
        if !self.as_at.is_empty() {
            let now = time::parse(&self.as_at).unwrap();
            events.retain(|line| time::parse(line["at"].as_str().unwrap()).unwrap() <= now);
            today = time::local_date(now);
        }
        let rulebook = Rulebook::shipped(self.region.parse().unwrap());
        let stays = Stays::under(rulebook, &events, today);
        let months = self.asked();
        let mut found = nothing();
        for month in &months {
            let figures = self.figures(*month, &stays);
            let prefix = if months.len() > 1 {
                format!("{month}: ")
            } else {
                String::new()
            };
            add_figures(&mut found, &figures, &prefix);
            add_shares(&mut found, &stays, *month, &prefix);
        }
        self.agreement_says(&stays.rulebook, &mut found);
        compare(&self.then, &found)
    }

    fn figures(&self, month: Month, stays: &Stays) -> MonthFigures {
        let (manual, settlements) = (self.by_hand(), self.settled());
        let context = MonthContext {
            history: stays,
            manual: &manual,
            settlements: &settlements,
        };
        let mut figures = stays.figures_with(month, &self.day_rates(), &context);
        for (episode, given) in &stays.given {
            if let Some((reason, months)) = &given.unsettled
                && months.contains(&month)
            {
                figures.findings.push(unsettled(episode, *reason));
            }
        }
        figures
    }

    /// What the payer's agreement has besides figures.
    fn agreement_says(&self, rulebook: &Rulebook, found: &mut Then) {
        let payer: PayerCode = self.payer.parse().unwrap();
        let mut binding = rulebook.binding();
        let agreement = binding.find(|it| it.binds(payer.municipality())).unwrap();
        let levels = agreement.disputes.iter().map(|level| level.code.clone());
        found.disputes = Some(levels.collect());
        let points = agreement.checklist.iter().map(|point| point.code.clone());
        found.checklist = Some(points.collect());
    }

    fn by_hand(&self) -> Vec<ManualLine> {
        let line = |told: &String| {
            let (payer, amount) = told.split_once(' ').unwrap();
            ManualLine {
                payer: payer.parse().unwrap(),
                amount: amount.parse().unwrap(),
                reason: "avtal".to_owned(),
                by: "ekonom".to_owned(),
            }
        };
        self.manual.iter().map(line).collect()
    }

    fn settled(&self) -> Vec<Settlement> {
        let settlement = |told: &String| {
            let words: Vec<&str> = told.split(' ').collect();
            let [payer, "cost", actual, "paid", paid] = words[..] else {
                panic!("{told}: write PAYER cost KRONOR paid KRONOR");
            };
            Settlement {
                payer: payer.parse().unwrap(),
                agreement: AgreementId::new("halland-2018").unwrap(),
                period: (1..=10)
                    .filter_map(|month| Month::new(2018, month))
                    .collect(),
                actual: actual.parse().unwrap(),
                billed: vec![Billed {
                    for_month: "2018-10".parse().unwrap(),
                    invoice: "13-000001".to_owned(),
                    amount: paid.parse().unwrap(),
                }],
                open: Vec::new(),
                source: String::new(),
                by: String::new(),
            }
        };
        self.settlements.iter().map(settlement).collect()
    }
}

/// Every list of months, empty.
pub fn nothing() -> Then {
    let list = || Some(Vec::new());
    Then {
        lines: list(),
        charged: list(),
        days: list(),
        excluded: list(),
        averages: list(),
        findings: list(),
        credits: list(),
        discharged: Some(0),
        ..Then::default()
    }
}

fn push(list: &mut Option<Vec<String>>, prefix: &str, told: String) {
    list.get_or_insert_default().push(format!("{prefix}{told}"));
}

/// Adds a month's figures in the words of a table.
pub fn add_figures(found: &mut Then, figures: &MonthFigures, prefix: &str) {
    for line in lines(figures) {
        let words = line.split(' ').filter(|word| *word != "-");
        push(
            &mut found.lines,
            prefix,
            words.collect::<Vec<_>>().join(" "),
        );
    }
    for entry in &figures.payers {
        *found.discharged.get_or_insert_default() += entry.discharged;
        add_entry(found, entry, prefix);
    }
    for finding in &figures.findings {
        let stay = finding.episode.as_ref().map(ToString::to_string);
        let told = [
            Some(finding.code.clone()),
            stay,
            Some(finding.detail.clone()),
        ];
        let told = told.into_iter().flatten().filter(|word| !word.is_empty());
        push(
            &mut found.findings,
            prefix,
            told.collect::<Vec<_>>().join(" "),
        );
    }
    let so_far = found.amount.as_deref().unwrap_or("0.00");
    let so_far: Kronor = so_far.parse().unwrap();
    found.amount = Some((so_far + figures.amount).to_string());
}

fn add_entry(found: &mut Then, entry: &PayerFigures, prefix: &str) {
    for stay in &entry.excluded {
        let told = format!("{} {}", stay.episode, stay.reason);
        push(&mut found.excluded, prefix, told);
    }
    for credit in &entry.credits {
        let told = format!("{} {} {}", entry.payer, credit.for_month, credit.amount);
        push(&mut found.credits, prefix, told);
    }
    if entry.average.is_some() || entry.threshold.is_some() {
        let told = format!(
            "{}: {} patients, average {}, threshold {}",
            entry.payer,
            entry.counted,
            entry.average.as_deref().unwrap_or("none"),
            entry.threshold.as_deref().unwrap_or("none"),
        );
        push(&mut found.averages, prefix, told);
    }
}

/// Adds which dates are charged, and what counts for how many days.
fn add_shares(found: &mut Then, stays: &Stays, month: Month, prefix: &str) {
    for (episode, given) in &stays.given {
        let own = |share: &&Share| share.month == month;
        for share in given.shares.iter().filter(own) {
            match &share.standing {
                Standing::Individual { dates } if !dates.is_empty() => {
                    let told = format!("{episode} {}", ranges(dates));
                    push(&mut found.charged, prefix, told);
                }
                Standing::Averaged { days }
                | Standing::LongStay { days, .. }
                | Standing::Triggering { days, .. } => {
                    push(&mut found.days, prefix, format!("{episode} {days}"));
                }
                Standing::Individual { .. } | Standing::Excluded { .. } => {}
            }
        }
    }
}

/// `2019-03-07..2019-03-09, 2019-03-12`.
fn ranges(dates: &[NaiveDate]) -> String {
    let mut ranges: Vec<(NaiveDate, NaiveDate)> = Vec::new();
    for date in dates {
        match ranges.last_mut() {
            Some((_, last)) if last.succ_opt() == Some(*date) => *last = *date,
            _ => ranges.push((*date, *date)),
        }
    }
    let told = ranges.iter().map(|(first, last)| {
        if first == last {
            first.to_string()
        } else {
            format!("{first}..{last}")
        }
    });
    told.collect::<Vec<_>>().join(", ")
}
