//! Charges by the day: the statute, Värmland, and psychiatric care under
//! Jönköping until 2018 and under Stockholm until June 2021.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{
    figures::{Figures, entry, rate},
    stay::{Span, Stay, YearMonth, local_end, month_of, plus, ymd},
};

/// A rule that charges by the day.
#[derive(Clone, Copy)]
pub struct PerDay {
    pub agreement: &'static str,
    /// Days from the span's start to liability.
    pub grace: i64,
    /// The same for a start after noon.
    pub after_noon: i64,
    pub contact: bool,
    pub expected: bool,
    /// Days from the span's start in which a SIP call counts.
    pub sip_within: Option<i64>,
}

/// Lag (2017:612), for a span that starts on `start`.
pub fn statute(stay: &Stay, start: NaiveDate) -> PerDay {
    let psychiatric = stay.is_psychiatric() && start <= ymd(2018, 12, 31);
    let grace = if psychiatric { 30 } else { 3 };
    PerDay {
        agreement: "lag-2017-612",
        grace,
        after_noon: grace + 1,
        contact: false,
        expected: false,
        sip_within: None,
    }
}

/// Värmland: as the statute, from 2019.
pub fn varmland(stay: &Stay, start: NaiveDate) -> PerDay {
    let agreement = if start >= ymd(2019, 1, 1) {
        "varmland-2019"
    } else {
        "lag-2017-612"
    };
    PerDay {
        agreement,
        ..statute(stay, start)
    }
}

impl PerDay {
    /// Whether `date` is paid for.
    fn charges(&self, stay: &Stay, span: &Span, date: NaiveDate) -> bool {
        date >= self.liable_from(span)
            && self.missing(stay, span, date).is_none()
            && !stay.open_care_missing(date)
    }

    /// The first precondition that did not hold all `date`.
    fn missing(&self, stay: &Stay, span: &Span, date: NaiveDate) -> Option<&'static str> {
        let by = self.sip_within.map(|days| plus(span.start_date(), days));
        if !stay.noticed(date) {
            Some("admission_notice_missing")
        } else if self.expected && !stay.expected(date) {
            Some("expected_discharge_missing")
        } else if self.contact && !stay.contact(date) {
            Some("care_contact_missing")
        } else if stay.sip_held(date, by) {
            None
        } else if self.sip_within.is_some() && stay.sip_call(ymd(2100, 1, 1)).is_some() {
            // There is one in the end, and it does not count.
            Some("sip_call_late")
        } else {
            Some("sip_call_missing")
        }
    }

    /// For want of what a span past its free days was charged for no date.
    fn reason(&self, stay: &Stay, span: &Span, end: NaiveDate) -> Option<&'static str> {
        let mut date = self.liable_from(span);
        while date < end {
            let reason = self.missing(stay, span, date);
            if reason.is_some() {
                return reason;
            }
            date = plus(date, 1);
        }
        None
    }

    fn liable_from(&self, span: &Span) -> NaiveDate {
        let days = if Stay::by_noon(span.start) {
            self.grace
        } else {
            self.after_noon
        };
        plus(span.start_date(), days)
    }

    /// Every date of the span that is paid for; an open one is counted up to,
    /// not including, `today`.
    pub fn dates(&self, stay: &Stay, span: &Span, today: NaiveDate) -> Vec<NaiveDate> {
        let end = local_end(span, today);
        let mut found = Vec::new();
        let mut date = span.start_date();
        while date < end {
            if self.charges(stay, span, date) {
                found.push(date);
            }
            date = plus(date, 1);
        }
        found
    }
}

/// The figures of a month for spans that `rule` judges by the day.
pub fn month(
    stays: &[&Stay],
    month: YearMonth,
    today: NaiveDate,
    rule: impl Fn(&Stay, &Span) -> Option<PerDay>,
) -> Figures {
    let mut figures = Figures::new();
    for stay in stays {
        let Some(payer) = stay.payer().map(|payer| payer.to_string()) else {
            continue;
        };
        let mut charged: BTreeMap<&str, i64> = BTreeMap::new();
        for span in stay.spans() {
            let Some(rule) = rule(stay, &span) else {
                continue;
            };
            let dates = rule.dates(stay, &span, today);
            let here = dates.iter().filter(|date| month_of(**date) == month);
            let sum = charged.entry(rule.agreement).or_default();
            *sum += here.count() as i64;
            let end = local_end(&span, today);
            if span.discharged && month_of(end) == month {
                let entry = entry(&mut figures, &payer, rule.agreement);
                entry.discharged += 1;
                match rule.reason(stay, &span, end) {
                    Some(reason) if dates.is_empty() && *sum == 0 => {
                        entry.exclude(&stay.id, reason);
                    }
                    _ => entry.counted += 1,
                }
            }
        }
        for (agreement, days) in charged.into_iter().filter(|(_, days)| *days > 0) {
            let entry = entry(&mut figures, &payer, agreement);
            entry.line("individual", &stay.id, "-", days.into(), rate(month.0));
        }
    }
    figures
}
