//! Stockholm, from 2020-01-01: a monthly average with day zero, and a
//! threshold that rests for a year on the county's own October 2020.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{
    figures::{Figures, entry, half_up, rate},
    individual::{self, PerDay},
    manual,
    stay::{Span, Stay, YearMonth, by_payer, discharged_in, plus, ymd},
};

const AGREEMENT: &str = "stockholm-2020";

/// Psychiatric care in spans that start up to June 2021.
fn psychiatric(stay: &Stay, span: &Span) -> Option<PerDay> {
    let start = span.start_date();
    let here = ymd(2020, 1, 1) <= start && start <= ymd(2021, 6, 30);
    (stay.is_psychiatric() && here).then_some(PerDay {
        agreement: AGREEMENT,
        grace: 5,
        after_noon: 5,
        contact: true,
        expected: false,
        sip_within: Some(3),
    })
}

/// Whether an average over discharges takes the stay.
fn averaged(stay: &Stay, span: &Span, discharge: NaiveDate) -> bool {
    let from = if stay.is_psychiatric() {
        ymd(2021, 7, 1)
    } else {
        ymd(2020, 1, 1)
    };
    span.start_date() >= ymd(2018, 1, 1) && psychiatric(stay, span).is_none() && discharge >= from
}

fn missing(stay: &Stay, span: &Span, discharge: NaiveDate) -> Option<&'static str> {
    let after = plus(discharge, 1);
    let by = plus(span.start_date(), 3);
    if !stay.is_adult(discharge) {
        return Some("minor");
    }
    if !stay.noticed(after) {
        return Some("admission_notice_missing");
    }
    if !stay.contact(after) {
        return Some("care_contact_missing");
    }
    match stay.sip_call(after) {
        _ if stay.sip_waived() => None,
        None => Some("sip_call_missing"),
        Some(call) if call > by => Some("sip_call_late"),
        Some(_) => None,
    }
}

/// Days of a stay that counts in the average.
fn days(stay: &Stay, span: &Span, discharge: NaiveDate) -> Option<i64> {
    missing(stay, span, discharge)
        .is_none()
        .then(|| stay.dates(span.start_date(), discharge))
}

/// The threshold of a month; none where October 2020 has nobody.
fn threshold(stays: &[&Stay], month: YearMonth) -> Option<Decimal> {
    if month >= (2021, 11) {
        return Some(Decimal::new(13, 1));
    }
    if month < (2020, 11) {
        return Some(Decimal::from(2));
    }
    let counted: Vec<i64> = discharged_in(stays, (2020, 10))
        .into_iter()
        .filter(|(stay, span, date)| averaged(stay, span, *date))
        .filter_map(|(stay, span, date)| days(stay, &span, date))
        .collect();
    let patients = Decimal::from(counted.len());
    let total = Decimal::from(counted.iter().sum::<i64>());
    (!counted.is_empty()).then(|| half_up(total / patients, 1))
}

pub fn month(stays: &[&Stay], month: YearMonth, today: NaiveDate) -> Figures {
    let mut figures = individual::month(stays, month, today, psychiatric);
    let threshold = threshold(stays, month);
    let (base, rest): (Vec<_>, Vec<_>) = discharged_in(stays, month)
        .into_iter()
        .partition(|(stay, span, date)| averaged(stay, span, *date));
    for (payer, stays) in by_payer(&base) {
        let entry = entry(&mut figures, &payer, AGREEMENT);
        let (mut total, mut patients) = (0, 0);
        for (stay, span, date) in stays {
            entry.discharged += 1;
            if let Some(reason) = missing(stay, &span, date) {
                entry.exclude(&stay.id, reason);
            }
            if let Some(days) = days(stay, &span, date) {
                total += days;
                patients += 1;
            }
        }
        entry.counted += patients;
        if patients > 0 {
            let (total, patients) = (Decimal::from(total), Decimal::from(patients));
            entry.average(total / patients, threshold);
            if let Some(threshold) = threshold {
                let excess = total - threshold * patients;
                entry.line("average_excess", "-", "-", excess, rate(month.0));
            }
        }
    }
    manual::list(&mut figures, &rest, |stay, span, _| {
        psychiatric(stay, span).is_none()
    });
    figures
}
