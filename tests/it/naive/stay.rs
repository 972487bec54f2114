//! A stay as the naive model sees it: its events, walked anew for every
//! question. Nothing is remembered between two questions.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate, NaiveDateTime};
use fristdag::model::{
    event::{Body, CareForm, CompulsoryCare, Event, Kind},
    place::{District, MunicipalityCode, PayerCode},
    time::{self, Instant, local, local_date, start_of},
};

/// The date `days` later.
pub fn plus(date: NaiveDate, days: i64) -> NaiveDate {
    date + chrono::TimeDelta::days(days)
}

/// A date, for the rules' own dates.
pub fn ymd(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

/// The year and month of a date.
pub type YearMonth = (i32, u32);

pub fn month_of(date: NaiveDate) -> YearMonth {
    (date.year(), date.month())
}

/// One stay: what is true of it in the end, and its events in order.
pub struct Stay {
    pub id: String,
    /// Living events that count, up to and with the one that ends the stay.
    events: Vec<Event>,
    pub facts: Facts,
}

/// What `admitted` said, corrected.
#[derive(Clone)]
pub struct Facts {
    pub care_form: CareForm,
    municipality: Option<MunicipalityCode>,
    district: Option<String>,
    placing: Option<MunicipalityCode>,
    compulsory: Option<CompulsoryCare>,
    pub needs: bool,
    turns_18: Option<NaiveDate>,
}

/// A time of being ready.
#[derive(Clone, Copy)]
pub struct Span {
    pub start: Instant,
    /// Retraction, discharge or abort; none while the patient waits.
    pub end: Option<Instant>,
    /// Whether it was the discharge that ended it.
    pub discharged: bool,
}

impl Span {
    pub fn start_date(&self) -> NaiveDate {
        local_date(self.start)
    }
}

impl Stay {
    /// The stay of these events, in whatever order they came; none where
    /// nobody was admitted.
    pub fn of(events: &[Event]) -> Option<Self> {
        let mut living: Vec<Event> = events
            .iter()
            .filter(|event| event.kind() != Kind::Void && !is_voided(event, events))
            .cloned()
            .collect();
        living
            .sort_by(|a, b| (a.at, a.kind(), a.id.as_str()).cmp(&(b.at, b.kind(), b.id.as_str())));
        let facts = Facts::of(&living)?;
        let last = living
            .iter()
            .position(ends)
            .map_or(living.len(), |position| position + 1);
        living.truncate(last);
        Some(Self {
            id: events[0].episode.as_str().to_owned(),
            events: living,
            facts,
        })
    }

    /// Who pays; none where nobody can tell.
    pub fn payer(&self) -> Option<PayerCode> {
        let municipality = self.facts.placing.or(self.facts.municipality)?;
        if municipality.to_string() != "0180" {
            return Some(municipality.into());
        }
        let district: District = self.facts.district.as_deref()?.parse().ok()?;
        Some(district.into())
    }

    /// Whether the patient had come of age on `date`, or may have.
    pub fn is_adult(&self, date: NaiveDate) -> bool {
        self.facts.turns_18.is_none_or(|birthday| birthday <= date)
    }

    pub fn is_psychiatric(&self) -> bool {
        self.facts.care_form == CareForm::Psychiatric
    }

    /// Every span, in order.
    pub fn spans(&self) -> Vec<Span> {
        let mut found = Vec::new();
        let mut notice: Option<Instant> = None;
        for event in &self.events {
            match event.kind() {
                Kind::ReadyNotice if notice.is_none() => notice = Some(event.at),
                Kind::ReadyRetracted | Kind::Discharged | Kind::PlanningAborted => {
                    if let Some(at) = notice.take() {
                        let discharged = event.kind() == Kind::Discharged;
                        found.extend(self.span(at, Some(event.at), discharged));
                    }
                }
                _ => {}
            }
        }
        if let Some(at) = notice {
            found.extend(self.span(at, None, false));
        }
        found
    }

    fn span(&self, notice: Instant, end: Option<Instant>, discharged: bool) -> Option<Span> {
        let mut start = notice;
        if self.facts.compulsory.is_some() {
            let court = self.first(Kind::CompulsoryCareEnded)?;
            if end.is_some_and(|end| court >= end) {
                return None;
            }
            start = start.max(court);
        }
        Some(Span {
            start,
            end,
            discharged,
        })
    }

    /// The span that the discharge ended, and the date of the discharge.
    pub fn discharged_span(&self) -> Option<(Span, NaiveDate)> {
        let span = self.spans().into_iter().find(|span| span.discharged)?;
        Some((span, local_date(span.end?)))
    }

    /// Whether the patient waited in a span on `date`.
    pub fn waits_on(&self, date: NaiveDate) -> bool {
        self.spans().iter().any(|span| {
            span.start_date() <= date && span.end.is_none_or(|end| date < local_date(end))
        })
    }

    /// Dates on which the patient waited in a span, before `today`.
    pub fn waited(&self, today: NaiveDate) -> usize {
        let mut dates = BTreeSet::new();
        for span in self.spans() {
            let end = local_end(&span, today);
            let waited = span.start_date().iter_days();
            dates.extend(waited.take_while(|date| *date < end));
        }
        dates.len()
    }

    fn first(&self, kind: Kind) -> Option<Instant> {
        self.events
            .iter()
            .find(|event| event.kind() == kind)
            .map(|event| event.at)
    }

    fn has(&self, kind: Kind) -> bool {
        self.first(kind).is_some()
    }

    /// Whether an event of which `this` is true happened before `date`.
    fn before(&self, date: NaiveDate, this: impl Fn(&Event) -> bool) -> bool {
        self.events
            .iter()
            .any(|event| this(event) && local_date(event.at) < date)
    }

    /// Whether the municipality had its admission notice before `date`.
    pub fn noticed(&self, date: NaiveDate) -> bool {
        self.before(
            date,
            |event| matches!(&event.body, Body::AdmissionNotice { to, .. } if to.municipality),
        )
    }

    /// Whether a date of discharge was expected before `date`.
    pub fn expected(&self, date: NaiveDate) -> bool {
        self.before(date, |event| match &event.body {
            Body::ExpectedDischarge { .. } => true,
            Body::AdmissionNotice {
                expected_discharge, ..
            } => expected_discharge.is_some(),
            _ => false,
        })
    }

    /// Whether a care contact was there before `date`, or not needed at all.
    pub fn contact(&self, date: NaiveDate) -> bool {
        self.has(Kind::CareContactWaived)
            || self.before(date, |event| event.kind() == Kind::CareContactAssigned)
    }

    /// Whether no SIP was needed.
    pub fn sip_waived(&self) -> bool {
        self.has(Kind::SipWaived)
    }

    /// The date of the call that stands when `date` begins.
    pub fn sip_call(&self, date: NaiveDate) -> Option<NaiveDate> {
        let mut call = None;
        for event in &self.events {
            if local_date(event.at) >= date {
                break;
            }
            match event.kind() {
                Kind::SipCalled => call = call.or(Some(local_date(event.at))),
                Kind::SipCallWithdrawn => call = None,
                _ => {}
            }
        }
        call
    }

    /// Whether a call stood all `date`, one made by `by` where that is asked.
    pub fn sip_held(&self, date: NaiveDate, by: Option<NaiveDate>) -> bool {
        let withdrawn = self
            .events
            .iter()
            .any(|event| event.kind() == Kind::SipCallWithdrawn && local_date(event.at) == date);
        let in_time = |call: NaiveDate| by.is_none_or(|by| call <= by);
        self.sip_waived() || (!withdrawn && self.sip_call(date).is_some_and(in_time))
    }

    /// The times when open care that the region owes was missing.
    fn gaps(&self) -> Vec<(Instant, Option<Instant>)> {
        let mut found = Vec::new();
        let mut since = None;
        for event in &self.events {
            match event.kind() {
                Kind::OpenCareUnavailable => since = since.or(Some(event.at)),
                Kind::OpenCareAvailable => {
                    if let Some(from) = since.take() {
                        found.push((from, Some(event.at)));
                    }
                }
                _ => {}
            }
        }
        found.extend(since.map(|from| (from, None)));
        found
    }

    /// Whether open care was missing at any instant of `date`.
    pub fn open_care_missing(&self, date: NaiveDate) -> bool {
        let (begins, ends) = (start_of(date), start_of(plus(date, 1)));
        self.gaps()
            .iter()
            .any(|(from, to)| to.is_none_or(|to| *from < to && to > begins) && *from < ends)
    }

    /// Dates from `first` up to, not including, `end` on which no open care
    /// was missing.
    pub fn dates(&self, first: NaiveDate, end: NaiveDate) -> i64 {
        let mut date = first;
        let mut days = 0;
        while date < end {
            if !self.open_care_missing(date) {
                days += 1;
            }
            date = plus(date, 1);
        }
        days
    }

    /// Whole periods of 24 hours on the wall's clock between two instants,
    /// less the hours without open care.
    pub fn periods(&self, from: Instant, to: Instant) -> i64 {
        let wall = |a: NaiveDateTime, b: NaiveDateTime| (b - a).num_milliseconds();
        let mut left = wall(local(from), local(to));
        for (begins, ends) in self.gaps() {
            let begins = begins.max(from);
            let ends = ends.unwrap_or(to).min(to);
            if begins < ends {
                // In the night when the clock goes back it may run backwards.
                left -= wall(local(begins), local(ends)).max(0);
            }
        }
        left.max(0) / (24 * 60 * 60 * 1000)
    }

    /// The latest moment at which a part of being ready for home was done,
    /// where all of them are: a care contact and these points.
    pub fn home_ready(&self, items: &[&str]) -> Option<Instant> {
        let mut latest = self.events[0].at;
        if !self.has(Kind::CareContactWaived) {
            latest = latest.max(self.first(Kind::CareContactAssigned)?);
        }
        for item in items {
            latest = latest.max(self.done_since(item)?);
        }
        Some(latest)
    }

    fn done_since(&self, wanted: &str) -> Option<Instant> {
        let mut since = None;
        for event in &self.events {
            match &event.body {
                Body::Checklist { item, done } if item == wanted => {
                    since = done.then(|| since.unwrap_or(event.at));
                }
                _ => {}
            }
        }
        since
    }

    /// The local clock at `at` reads exactly noon, or earlier.
    pub fn by_noon(at: Instant) -> bool {
        at <= time::noon(local_date(at))
    }

    /// The local clock at `at` does not yet read noon.
    pub fn before_noon(at: Instant) -> bool {
        at < time::noon(local_date(at))
    }
}

impl Facts {
    fn of(living: &[Event]) -> Option<Self> {
        let admission = living.iter().find_map(|event| match &event.body {
            Body::Admitted(admission) => Some(admission),
            _ => None,
        })?;
        let mut facts = Self {
            care_form: admission.care_form,
            municipality: admission.municipality,
            district: admission.district.clone(),
            placing: admission.placing_municipality,
            compulsory: admission.compulsory_care,
            needs: admission.municipal_needs,
            turns_18: admission.patient.turns_18,
        };
        for event in living {
            if let Body::DetailsChanged(change) = &event.body {
                facts.correct(change);
            }
        }
        Some(facts)
    }

    fn correct(&mut self, change: &fristdag::model::event::DetailsChange) {
        let change = change.clone();
        self.care_form = change.care_form.unwrap_or(self.care_form);
        self.municipality = change.municipality.unwrap_or(self.municipality);
        if let Some(district) = change.district {
            self.district = district;
        }
        self.placing = change.placing_municipality.unwrap_or(self.placing);
        self.compulsory = change.compulsory_care.unwrap_or(self.compulsory);
        self.needs = change.municipal_needs.unwrap_or(self.needs);
        if let Some(patient) = change.patient {
            // A correction of the name alone says nothing about the age.
            if patient.numbered {
                self.turns_18 = patient.turns_18;
            }
        }
    }
}

fn ends(event: &Event) -> bool {
    matches!(event.kind(), Kind::Discharged | Kind::PlanningAborted)
}

fn is_voided(event: &Event, all: &[Event]) -> bool {
    all.iter()
        .any(|other| matches!(&other.body, Body::Void { event: target, .. } if *target == event.id))
}

/// Stays that were discharged in a month out of a span, with that span.
pub fn discharged_in<'a>(stays: &[&'a Stay], month: YearMonth) -> Vec<(&'a Stay, Span, NaiveDate)> {
    let mut found = Vec::new();
    for stay in stays {
        if let Some((span, date)) = stay.discharged_span()
            && month_of(date) == month
        {
            found.push((*stay, span, date));
        }
    }
    found
}

/// Those stays, by who pays.
pub fn by_payer<'a>(
    stays: &[(&'a Stay, Span, NaiveDate)],
) -> BTreeMap<String, Vec<(&'a Stay, Span, NaiveDate)>> {
    let mut found: BTreeMap<String, Vec<_>> = BTreeMap::new();
    for (stay, span, date) in stays {
        if let Some(payer) = stay.payer() {
            found
                .entry(payer.to_string())
                .or_default()
                .push((*stay, *span, *date));
        }
    }
    found
}

/// The date on which a span ended; `today` while it stands.
pub fn local_end(span: &Span, today: NaiveDate) -> NaiveDate {
    span.end.map_or(today, local_date)
}
