//! When something is due: by the clock, by calendar days, by weekdays, by the
//! hours at which somebody is there.

use chrono::{Months, NaiveDate, TimeDelta};

use crate::{
    model::{
        event::Kind,
        holiday::{add_weekdays, is_weekday, next_weekday},
        stay::Message,
        time::{self, Instant, local_date, plus_days, start_of},
    },
    rules::agreement::{ClockTime, DutyRule, Reception, Within, WithinUnit},
};

/// When something is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Due {
    /// The moment.
    pub at: Instant,
    /// Whether that very moment is still in time: so for hours; a day that
    /// ends at midnight is over at midnight.
    pub included: bool,
}

impl Due {
    /// Whether what happened at `at` (or has not happened by then) is late.
    pub fn late(self, at: Instant) -> bool {
        at > self.at || (at == self.at && !self.included)
    }
}

/// When something is due that is counted from `anchor`; none where it has no
/// due time of its own.
pub(super) fn due(anchor: Instant, within: Within) -> Option<Due> {
    let date = local_date(anchor);
    let end_of = |date| Due {
        at: start_of(plus_days(date, 1)),
        included: false,
    };
    Some(match within.unit {
        WithinUnit::Hours => Due {
            at: anchor + TimeDelta::hours(within.amount.into()),
            included: true,
        },
        WithinUnit::Days => end_of(plus_days(date, within.amount.into())),
        WithinUnit::Weekdays => end_of(add_weekdays(date, within.amount.into())),
        WithinUnit::Months => end_of(date.checked_add_months(Months::new(within.amount.into()))?),
        WithinUnit::Before => Due {
            at: anchor,
            included: true,
        },
        // A reception needs the file's hours: see [`reception_due`].
        WithinUnit::WithoutDelay | WithinUnit::Reception => return None,
    })
}

/// When the municipality's confirmation of `message` is due.
///
/// A call to a SIP meeting sent after `sent_by` counts as sent on the next
/// weekday (Halland 6.1, 6a; a reading).
pub(super) fn confirmation_due(message: &Message, rule: &DutyRule) -> Option<Due> {
    let sent = time::local(message.stamp.at);
    let too_late = |ClockTime(by)| message.kind == Kind::SipCalled && sent.time() > by;
    if rule.sent_by.is_some_and(too_late) {
        due(start_of(next_weekday(sent.date())), rule.within)
    } else {
        due(message.stamp.at, rule.within)
    }
}

/// When a message sent at `sent` is taken in at the latest: when the hours end
/// on the first day with hours that end after it was sent.
pub(super) fn reception_due(sent: Instant, hours: &Reception) -> Due {
    let sent_at = time::local(sent);
    let ClockTime(until) = hours.until;
    let today = (sent_at.time() <= until).then_some(sent_at.date());
    let later = plus_days(sent_at.date(), 1);
    let day = today
        .filter(|date| received_on(*date))
        // No run of free days is longer than a fortnight.
        .or_else(|| later.iter_days().take(15).find(|date| received_on(*date)))
        .unwrap_or(later);
    Due {
        at: time::at_clock(day, until),
        included: true,
    }
}

/// Weekdays, and the third of free days in a row.
fn received_on(date: NaiveDate) -> bool {
    let free = (0_i64..=3).take_while(|back| !is_weekday(plus_days(date, -back)));
    matches!(free.count(), 0 | 3)
}

/// The last date for which what is supplied at a discharge on `date` must
/// last (Jönköping step 4; Halland 5.5).
pub(super) fn lasts_until(date: NaiveDate, rule: &DutyRule) -> Option<NaiveDate> {
    let lasts = rule.lasts?;
    let amount = lasts.amount.into();
    let last = match lasts.unit {
        WithinUnit::Weekdays => add_weekdays(date, amount),
        _ => plus_days(date, lasts.amount.into()),
    };
    if rule.lasts_to_weekday && !is_weekday(last) {
        return Some(next_weekday(last));
    }
    Some(last)
}

#[cfg(test)]
mod tests {
    use chrono::NaiveTime;

    use super::*;
    use crate::rules::testing::{date, shipped};

    fn at(text: &str) -> Instant {
        time::parse(text).unwrap()
    }

    fn hours() -> Reception {
        let jamtland = shipped("23");
        let found = jamtland.get("jamtland-2018").unwrap();
        found.reception.clone().unwrap()
    }

    #[test]
    fn a_notice_is_taken_in_when_somebody_is_there() {
        assert_eq!(hours().until.0, NaiveTime::from_hms_opt(17, 0, 0).unwrap());
        for (sent, expected) in [
            ("2018-03-01T09:00", "2018-03-01T17:00"), // a Thursday
            ("2018-03-01T05:00", "2018-03-01T17:00"), // before the hours
            ("2018-03-01T17:00", "2018-03-01T17:00"),
            ("2018-03-01T17:00:01", "2018-03-02T17:00"),
            ("2018-03-02T17:01", "2018-03-05T17:00"), // Friday: Saturday and Sunday are two
            ("2018-03-24T12:00", "2018-03-26T17:00"), // Saturday, the night of the clock
            ("2018-03-29T18:00", "2018-04-01T17:00"), // Maundy Thursday: Easter Sunday is the third
            ("2018-04-01T18:00", "2018-04-03T17:00"), // Easter Sunday, evening
            ("2018-06-21T18:00", "2018-06-24T17:00"), // before midsummer's eve: Sunday
            ("2018-10-27T12:00", "2018-10-29T17:00"), // the clock goes back
            ("2018-12-21T18:00", "2018-12-24T17:00"), // Friday: Christmas eve is the third
            ("2018-12-24T17:30", "2018-12-27T17:00"),
            ("2018-12-28T18:00", "2018-12-31T17:00"), // new year's eve is the third
            ("2018-12-31T18:00", "2019-01-02T17:00"),
        ] {
            let due = reception_due(at(sent), &hours());
            assert_eq!((due.at, due.included), (at(expected), true), "{sent}");
        }
    }

    #[test]
    fn supplies_last_over_weekends_and_holidays() {
        let rule = |region: &str, agreement: &str| {
            let rulebook = shipped(region);
            let duties = &rulebook.get(agreement).unwrap().duties;
            let medication = duties.iter().find(|it| it.lasts.is_some());
            medication.unwrap().clone()
        };
        let (jonkoping, halland) = (rule("06", "jonkoping-2018"), rule("13", "halland-2018"));
        for (left, two_weekdays, three_days) in [
            ("2018-03-05", "2018-03-07", "2018-03-08"), // a Monday
            ("2018-03-02", "2018-03-06", "2018-03-05"), // a Friday
            ("2018-03-01", "2018-03-05", "2018-03-05"), // a Thursday: Sunday is none
            ("2018-03-29", "2018-04-04", "2018-04-03"), // Maundy Thursday
            ("2018-06-21", "2018-06-26", "2018-06-25"), // before midsummer's eve
            ("2018-12-23", "2018-12-28", "2018-12-27"), // before Christmas eve
        ] {
            let last = |rule| lasts_until(date(left), rule);
            assert_eq!(last(&jonkoping), Some(date(two_weekdays)), "{left}");
            assert_eq!(last(&halland), Some(date(three_days)), "{left}");
        }
    }

    /// Halland: the next weekday; a call after 14:00 counts from the next one.
    #[test]
    fn confirmations_over_weekends_and_holidays() {
        let halland = shipped("13");
        let duties = &halland.get("halland-2018").unwrap().duties;
        let rule = duties.iter().find(|it| it.sent_by.is_some()).unwrap();
        for (kind, sent, last_day) in [
            (Kind::SipCalled, "2018-05-04T14:00", "2018-05-07"), // Friday
            (Kind::SipCalled, "2018-05-04T14:01", "2018-05-08"),
            (Kind::AdmissionNotice, "2018-05-04T23:59", "2018-05-07"),
            (Kind::SipCalled, "2018-05-05T09:00", "2018-05-07"), // Saturday
            (Kind::SipCalled, "2018-06-21T14:01", "2018-06-26"), // before midsummer's eve
            (Kind::SipCalled, "2018-12-21T15:00", "2018-12-28"), // before Christmas
            (Kind::ReadyNotice, "2018-03-29T10:00", "2018-04-03"), // Maundy Thursday
            (Kind::ReadyNotice, "2018-03-24T23:30", "2018-03-26"), // the clock's night
        ] {
            let message = Message {
                stamp: crate::model::stay::Stamp {
                    at: at(sent),
                    event: crate::model::ids::EventId::new("m").unwrap(),
                },
                kind,
                to: crate::model::event::Recipients {
                    municipality: true,
                    open_care: true,
                },
            };
            let due = confirmation_due(&message, rule).unwrap();
            let midnight = start_of(plus_days(date(last_day), 1));
            assert_eq!((due.at, due.included), (midnight, false), "{sent}");
        }
    }
}
