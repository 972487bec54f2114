//! Jönköping, from 2018-03-01: a monthly average, and long stays by
//! themselves.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{
    figures::{Figures, entry, half_up, rate},
    individual::{self, PerDay},
    manual,
    stay::{Span, Stay, YearMonth, by_payer, discharged_in, plus, ymd},
};

const AGREEMENT: &str = "jonkoping-2018";

/// Psychiatric care in spans that start in 2018, from March on.
fn psychiatric(stay: &Stay, span: &Span) -> Option<PerDay> {
    let start = span.start_date();
    let here = ymd(2018, 3, 1) <= start && start <= ymd(2018, 12, 31);
    (stay.is_psychiatric() && here).then_some(PerDay {
        agreement: AGREEMENT,
        grace: 30,
        after_noon: 30,
        contact: false,
        expected: true,
        sip_within: None,
    })
}

/// Whether an average over discharges takes the stay.
fn averaged(stay: &Stay, span: &Span, discharge: NaiveDate) -> bool {
    span.start_date() >= ymd(2018, 1, 1)
        && psychiatric(stay, span).is_none()
        && discharge >= ymd(2018, 3, 1)
        && (!stay.is_psychiatric() || discharge >= ymd(2019, 1, 1))
}

fn missing(stay: &Stay, discharge: NaiveDate) -> Option<&'static str> {
    // What stands at the discharge: all that was done before the next date,
    // for nothing counts after it.
    let after = plus(discharge, 1);
    if !stay.noticed(after) {
        Some("admission_notice_missing")
    } else if !stay.expected(after) {
        Some("expected_discharge_missing")
    } else if !stay.sip_waived() && stay.sip_call(after).is_none() {
        Some("sip_call_missing")
    } else {
        None
    }
}

pub fn month(stays: &[&Stay], month: YearMonth, today: NaiveDate) -> Figures {
    let mut figures = individual::month(stays, month, today, psychiatric);
    let discharged = discharged_in(stays, month);
    let (base, rest): (Vec<_>, Vec<_>) = discharged
        .into_iter()
        .partition(|(stay, span, date)| averaged(stay, span, *date));
    let rate = rate(month.0);
    for (payer, stays) in by_payer(&base) {
        let entry = entry(&mut figures, &payer, AGREEMENT);
        let (mut total, mut patients) = (0, 0);
        for (stay, span, date) in stays {
            entry.discharged += 1;
            if let Some(reason) = missing(stay, date) {
                entry.exclude(&stay.id, reason);
                continue;
            }
            let days = stay.periods(span.start, span.end.unwrap());
            if days >= 8 {
                entry.line("individual", &stay.id, "-", (days - 3).into(), rate);
                continue;
            }
            total += days;
            patients += 1;
        }
        entry.counted += patients;
        if patients > 0 {
            let patients = Decimal::from(patients);
            let average = half_up(Decimal::from(total) / patients, 1);
            let threshold = Decimal::from(2);
            entry.average(average, Some(threshold));
            let excess = (average - threshold) * patients;
            entry.line("average_excess", "-", "-", excess, rate);
        }
    }
    manual::list(&mut figures, &rest, |stay, span, _| {
        span.start_date() < ymd(2018, 1, 1) || psychiatric(stay, span).is_none()
    });
    figures
}
