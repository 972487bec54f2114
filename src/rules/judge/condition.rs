//! On which dates a precondition held.

use chrono::{NaiveDate, TimeDelta};

use crate::{
    model::{
        stay::{Stamp, Stay},
        time::{self, plus_days},
    },
    rules::{
        agreement::{Agreement, CountsFrom, Fact, Precondition, Source, Waiver, WhenLate},
        share::Exclusion,
    },
};

/// Local dates from `from` to `to`, both included; `NaiveDate::MIN` and `MAX`
/// stand for no bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The first date.
    pub from: NaiveDate,
    /// The last date.
    pub to: NaiveDate,
}

impl Window {
    const ALWAYS: Self = Self {
        from: NaiveDate::MIN,
        to: NaiveDate::MAX,
    };

    /// Whether `date` lies in it.
    #[must_use]
    pub fn holds(&self, date: NaiveDate) -> bool {
        self.from <= date && date <= self.to
    }
}

/// A precondition of a rule, as the stay met it or did not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition<'a> {
    /// What is asked, and where it stands.
    pub precondition: &'a Precondition,
    /// The dates on which it held all day, ascending.
    pub windows: Vec<Window>,
    /// The event by which it stands, or last stood: for a checklist its last
    /// point, for a waiver the waiver.
    pub met_by: Option<&'a Stamp>,
    /// Whether a waiver stands in its place.
    pub waived: bool,
    /// Whether it stands at the end of the stay, or now.
    pub stands: bool,
    /// Whether it stands, but was only met after its last day.
    pub late: bool,
    /// The last date on which it is met in time, where there is one.
    pub last_date: Option<NaiveDate>,
    /// Whether it counts all the same when it is met later than that.
    pub late_counts: bool,
}

impl Condition<'_> {
    /// Whether it held all of `date`.
    #[must_use]
    pub fn held_on(&self, date: NaiveDate) -> bool {
        self.windows.iter().any(|window| window.holds(date))
    }

    /// Whether on `today` it is too late for good: not met by its last date.
    #[must_use]
    pub fn too_late(&self, today: NaiveDate) -> bool {
        let passed = self.last_date.is_some_and(|last| self.late || today > last);
        passed && !self.stands && !self.late_counts
    }

    /// Where it stands; for one that was met late, what that does.
    #[must_use]
    pub fn source(&self, start: NaiveDate) -> &Source {
        let when_late = self.precondition.when_late.as_ref();
        let when_late = when_late.filter(|_| self.late && !self.waived);
        when_late.map_or(&self.precondition.source, |it| &it.on(start).source)
    }

    /// The reason with which a stay is left out for want of it.
    #[must_use]
    pub fn exclusion(&self) -> Exclusion {
        match self.precondition.fact {
            Fact::AdmissionNotice | Fact::ReadyNotice => Exclusion::AdmissionNoticeMissing,
            Fact::ExpectedDischarge => Exclusion::ExpectedDischargeMissing,
            Fact::CareContact => Exclusion::CareContactMissing,
            Fact::SipCalled if self.late && !self.late_counts => Exclusion::SipCallLate,
            Fact::SipCalled => Exclusion::SipCallMissing,
            Fact::Checklist => Exclusion::NotHomeReady,
        }
    }
}

/// What conditions are read from.
pub(super) struct Facts<'a> {
    pub stay: &'a Stay,
    pub agreement: &'a Agreement,
    pub start: &'a Stamp,
    pub start_date: NaiveDate,
    pub counts_from: CountsFrom,
}

impl<'a> Facts<'a> {
    pub(super) fn condition(&self, precondition: &'a Precondition) -> Condition<'a> {
        let mut condition = Condition {
            precondition,
            windows: Vec::new(),
            met_by: None,
            waived: false,
            stands: false,
            late: false,
            last_date: precondition
                .within_days
                .map(|days| plus_days(self.start_date, days.into())),
            late_counts: precondition
                .when_late
                .as_ref()
                .is_some_and(|it| it.on(self.start_date).value == WhenLate::CountsFromCall),
        };
        if let Some(waiver) = self.waiver(precondition) {
            condition.windows.push(Window::ALWAYS);
            condition.met_by = Some(waiver);
            condition.waived = true;
            condition.stands = true;
            return condition;
        }
        match precondition.fact {
            // Every span has one; the rule's own count of days starts there.
            Fact::ReadyNotice => {
                condition.windows.push(Window::ALWAYS);
                condition.met_by = Some(self.start);
                condition.stands = true;
            }
            Fact::AdmissionNotice => {
                let notice = self.stay.admission_notice();
                self.once(&mut condition, notice.map(|notice| &notice.stamp));
            }
            Fact::ExpectedDischarge => {
                let planned = self.stay.expected_discharge.first();
                self.once(&mut condition, planned.map(|planned| &planned.stamp));
            }
            Fact::CareContact => {
                let contact = self.stay.care_contacts.first();
                self.once(&mut condition, contact.map(|contact| &contact.stamp));
            }
            Fact::SipCalled => self.sip(&mut condition),
            Fact::Checklist => self.checklist(&mut condition),
        }
        condition
    }

    fn waiver(&self, precondition: &Precondition) -> Option<&'a Stamp> {
        match precondition.waived_by? {
            Waiver::SipWaived => self.stay.sip_waived.as_ref(),
            Waiver::CareContactWaived => self.stay.care_contact_waived.as_ref(),
        }
    }

    /// The first date that counts for something met at `stamp`.
    fn counts(&self, stamp: &Stamp) -> NaiveDate {
        let date = time::local_date(stamp.at);
        match self.counts_from {
            CountsFrom::DayAfter => plus_days(date, 1),
            CountsFrom::SameDay => date,
        }
    }

    /// A fact that cannot be taken back once it is there.
    fn once(&self, condition: &mut Condition<'a>, met: Option<&'a Stamp>) {
        if let Some(stamp) = met {
            self.stretch(condition, stamp, None);
        }
    }

    /// Notes that it was met at `met` and stood until `lost`.
    fn stretch(&self, condition: &mut Condition<'a>, met: &'a Stamp, lost: Option<&Stamp>) {
        condition.met_by = Some(met);
        let date = time::local_date(met.at);
        let late = condition.last_date.is_some_and(|last| date > last);
        // One that was taken back again is missing, whenever it came.
        condition.late = late && lost.is_none();
        let unmet = late && !condition.late_counts;
        condition.stands = lost.is_none() && !unmet;
        if unmet {
            return;
        }
        let from = self.counts(met);
        let to = lost.map_or(NaiveDate::MAX, |lost| {
            plus_days(time::local_date(lost.at), -1)
        });
        if from <= to {
            condition.windows.push(Window { from, to });
        }
    }

    fn sip(&self, condition: &mut Condition<'a>) {
        for call in &self.stay.sip_calls {
            self.stretch(condition, &call.called, call.withdrawn.as_ref());
        }
    }

    /// All points at once: the dates on which every tick stood.
    fn checklist(&self, condition: &mut Condition<'a>) {
        let points = &self.agreement.checklist;
        let mut windows = vec![Window::ALWAYS];
        let mut stands = true;
        for item in points.iter().flat_map(|point| &point.ticks) {
            windows = both(&windows, &self.ticked(item));
            match self.stay.done(item) {
                None => stands = false,
                Some(stamp) => {
                    let later = condition.met_by.is_none_or(|latest| latest.at < stamp.at);
                    if later {
                        condition.met_by = Some(stamp);
                    }
                }
            }
        }
        condition.windows = windows;
        condition.stands = stands;
        if !stands {
            condition.met_by = None;
        }
    }

    fn ticked(&self, item: &str) -> Vec<Window> {
        let mut windows = Vec::new();
        let mut since: Option<&Stamp> = None;
        for mark in self.stay.checklist.iter().filter(|mark| mark.item == item) {
            match (since, mark.done) {
                (None, true) => since = Some(&mark.stamp),
                (Some(met), false) => {
                    let to = plus_days(time::local_date(mark.stamp.at), -1);
                    windows.push(Window {
                        from: self.counts(met),
                        to,
                    });
                    since = None;
                }
                _ => {}
            }
        }
        if let Some(met) = since {
            windows.push(Window {
                from: self.counts(met),
                to: NaiveDate::MAX,
            });
        }
        windows
    }
}

/// The dates that lie in a window of either list.
fn both(a: &[Window], b: &[Window]) -> Vec<Window> {
    let pairs = a.iter().flat_map(|x| b.iter().map(move |y| (x, y)));
    pairs
        .map(|(x, y)| Window {
            from: x.from.max(y.from),
            to: x.to.min(y.to),
        })
        .filter(|window| window.from <= window.to)
        .collect()
}

/// The dates that missing open care touched: every date on which any instant
/// of its time falls, the end itself not included.
pub(super) fn touched(stay: &Stay) -> Vec<Window> {
    let mut windows: Vec<Window> = Vec::with_capacity(stay.open_care_gaps.len());
    let stay_end = stay.end.as_ref().map(|end| end.stamp.at);
    for gap in &stay.open_care_gaps {
        let until = gap.until.as_ref().map(|until| until.at).or(stay_end);
        if until.is_some_and(|until| until <= gap.from.at) {
            continue;
        }
        let to = until.map_or(NaiveDate::MAX, |until| {
            time::local_date(until - TimeDelta::nanoseconds(1))
        });
        let mut from = time::local_date(gap.from.at);
        if let Some(before) = windows.last() {
            from = from.max(plus_days(before.to, 1));
        }
        if from <= to {
            windows.push(Window { from, to });
        }
    }
    windows
}
