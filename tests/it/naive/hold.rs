//! The engine's figures in the naive model's words, and histories held
//! against both.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use fristdag::{
    ledger::{
        figures::{Line, MonthFigures},
        history::History as Others,
        month::{MonthContext, compute},
        rates::{Rate, Rates},
    },
    model::{
        event::Event,
        ids::{AgreementId, EpisodeId},
        money::DayRate,
        month::Month,
        place::PayerCode,
        stay::Folded,
        time::{local_date, noon},
    },
    rules::{
        Rulebook,
        share::{Share, Shares, Standing},
        shares,
    },
};
use rust_decimal::Decimal;

use super::{
    figures::{Figures, entry, rate, shown},
    stay::{YearMonth, month_of},
};

/// What the engine makes of some events.
pub struct Engine<'a> {
    rulebook: &'a Rulebook,
    rates: &'a Rates,
    pub given: BTreeMap<EpisodeId, Shares>,
    by_month: HashMap<Month, Vec<(EpisodeId, Share)>>,
}

/// The naive model's rates, as the engine takes them.
pub fn rates() -> Rates {
    let mut rates = Rates::none();
    for year in 2017..=2023 {
        let amount = DayRate::new(rate(year)).unwrap();
        let source = "of our own".to_owned();
        rates.set(year, Rate { amount, source });
    }
    rates
}

/// Events by stay, each in the order in which they came.
pub fn by_stay(events: &[Event]) -> BTreeMap<EpisodeId, Vec<Event>> {
    let mut found: BTreeMap<EpisodeId, Vec<Event>> = BTreeMap::new();
    for event in events {
        found
            .entry(event.episode.clone())
            .or_default()
            .push(event.clone());
    }
    found
}

impl<'a> Engine<'a> {
    /// As at noon of `today`: later events are there, and must not be seen.
    pub fn of(
        rulebook: &'a Rulebook,
        rates: &'a Rates,
        events: &[Event],
        today: NaiveDate,
    ) -> Self {
        let mut given = BTreeMap::new();
        let mut by_month: HashMap<Month, Vec<_>> = HashMap::new();
        for (episode, events) in by_stay(events) {
            if let Folded::Stay(stay) = Folded::from_events(&events, Some(noon(today))) {
                let own = shares(&stay, rulebook, today);
                for share in &own.shares {
                    let month = by_month.entry(share.month).or_default();
                    month.push((episode.clone(), share.clone()));
                }
                given.insert(episode, own);
            }
        }
        Self {
            rulebook,
            rates,
            given,
            by_month,
        }
    }

    /// The month's figures as the engine has them.
    pub fn computed(&self, (year, month): YearMonth) -> MonthFigures {
        let context = MonthContext {
            history: self,
            ..MonthContext::default()
        };
        let month = Month::new(year, month).unwrap();
        let shares = self.by_month.get(&month).map_or(&[][..], Vec::as_slice);
        let shares = shares
            .iter()
            .map(|(episode, share)| (episode.clone(), share));
        compute(month, shares, self.rulebook, self.rates, &context)
    }

    /// Dates that a stay is charged for one by one.
    pub fn charged(&self) -> impl Iterator<Item = (&EpisodeId, &Share, &[NaiveDate])> {
        self.given.iter().flat_map(|(episode, given)| {
            given
                .shares
                .iter()
                .filter_map(move |share| match &share.standing {
                    Standing::Individual { dates } => Some((episode, share, dates.as_slice())),
                    _ => None,
                })
        })
    }
}

/// The engine's figures, in the naive model's words.
pub fn in_words(computed: &MonthFigures) -> Figures {
    let mut figures = Figures::new();
    for part in &computed.payers {
        let agreement = part.agreement.as_str();
        let to = entry(&mut figures, &part.payer.to_string(), agreement);
        to.discharged += part.discharged as usize;
        to.counted += part.counted as usize;
        for stay in &part.excluded {
            to.exclude(stay.episode.as_str(), &stay.reason);
        }
        if let Some(average) = &part.average {
            to.averages.insert(number(average));
            to.thresholds.extend(part.threshold.as_deref().map(number));
        }
        to.lines.extend(part.lines.iter().map(told));
        let sum: Decimal = part.lines.iter().map(|line| line.amount.decimal()).sum();
        assert_eq!(sum, part.amount.decimal(), "the sum of the lines");
    }
    figures
}

/// Adds what stays are charged for one by one, in days.
pub fn add_charged(computed: &MonthFigures, charged: &mut BTreeMap<EpisodeId, Decimal>) {
    for line in computed.payers.iter().flat_map(|part| &part.lines) {
        if let Some(episode) = &line.episode {
            *charged.entry(episode.clone()).or_default() += line.quantity;
        }
    }
}

impl Others for Engine<'_> {
    fn shares(
        &self,
        month: Month,
        agreement: &AgreementId,
        payer: Option<PayerCode>,
    ) -> Vec<(EpisodeId, Share)> {
        let all = self.by_month.get(&month).map_or(&[][..], Vec::as_slice);
        all.iter()
            .filter(|(_, share)| share.is_under(agreement, payer))
            .cloned()
            .collect()
    }
}

fn number(text: &str) -> String {
    shown(text.parse().unwrap())
}

fn told(line: &Line) -> String {
    let written = serde_json::to_value(line).unwrap();
    let text = |field: &str| written[field].as_str().unwrap_or("-").to_owned();
    let (quantity, rate) = (line.quantity.normalize(), line.rate.normalize());
    format!(
        "{} {} {} {quantity} × {rate} = {}",
        text("kind"),
        text("episode"),
        text("for_month"),
        line.amount.decimal().normalize()
    )
}

/// Every month from the first event to `today`.
pub fn months(events: &[Event], today: NaiveDate) -> Vec<YearMonth> {
    let first = events.iter().map(|event| local_date(event.at)).min();
    let mut month = month_of(first.unwrap_or(today));
    let mut found = Vec::new();
    while month <= month_of(today) {
        found.push(month);
        month = super::figures::moved(month, 1);
    }
    found
}
