//! Duties of a stay: when each is due, whether it is done, and whether late.

use chrono::NaiveDate;

use super::{
    due::{Due, confirmation_due, due, lasts_until, reception_due},
    types::{Duty, DutyState},
};
use crate::{
    model::{
        event::Party,
        ids::EventId,
        stay::{Message, ReadySpan, Stamp, Stay},
        time::{self, Instant, local_date},
    },
    rules::agreement::{Agreement, Anchor, Concerns, DutyCode, DutyRule, Fact, WithinUnit},
};

/// A stay at a moment, with the span and the agreement that duties go by.
#[derive(Clone, Copy)]
pub(super) struct Watch<'a> {
    pub stay: &'a Stay,
    pub span: Option<&'a ReadySpan>,
    pub agreement: &'a Agreement,
    pub now: Instant,
}

impl<'a> Watch<'a> {
    /// The duty of that code, where the agreement has it.
    pub fn rule(&self, code: DutyCode) -> Option<&'a DutyRule> {
        self.agreement.duties.iter().find(|rule| rule.code == code)
    }

    /// When the duty of that code is due, as far as it can be told.
    pub fn due(&self, code: DutyCode) -> Option<Due> {
        let rule = self.rule(code)?;
        due(self.anchor(rule.anchor)?, rule.within)
    }

    /// Whether the duty of that code was done late, or is not done and overdue.
    pub fn overdue(&self, code: DutyCode) -> bool {
        let Some(due) = self.due(code) else {
            return false;
        };
        let done = self.done(code);
        due.late(done.map_or(self.asked_at(), |done| done.at))
            && !done.is_some_and(|done| self.is_waiver(done))
    }

    /// Every duty of the agreement that concerns the stay by now.
    pub fn all(&self) -> Vec<Duty> {
        self.agreement
            .duties
            .iter()
            .filter_map(|rule| self.duty(rule))
            .chain(self.hours())
            .collect()
    }

    /// None where the duty does not concern the stay, or no longer does, or its
    /// anchor has not come and cannot be foreseen.
    fn duty(&self, rule: &'a DutyRule) -> Option<Duty> {
        let compulsory = rule.concerns == Some(Concerns::CompulsoryCare);
        if compulsory && self.stay.details.compulsory_care.is_none() {
            return None;
        }
        let (due, done, late) = match rule.code {
            DutyCode::Acknowledgement => self.confirmations(rule)?,
            _ => self.standing(rule)?,
        };
        if done.is_none() && self.lapsed(rule.code, late) {
            return None;
        }
        let untold = done.is_none() && !told_by_events(rule.code);
        let state = match done {
            Some(_) => DutyState::Done,
            None if untold => DutyState::Reminder,
            None => DutyState::Open,
        };
        Some(Duty {
            code: rule.code.name().to_owned(),
            party: party(rule.party).to_owned(),
            due,
            done,
            late: late && !untold,
            state,
            lasts_until: self.leaves().and_then(|date| lasts_until(date, rule)),
            clause: rule.clause.as_str().to_owned(),
        })
    }

    /// Whether nobody waits for it any more: the planning was aborted, perhaps
    /// because the patient died. What was late by then remains told, but there
    /// is no discharge to come.
    fn lapsed(&self, code: DutyCode, late: bool) -> bool {
        self.aborted().is_some() && (!late || code == DutyCode::Discharge)
    }

    fn aborted(&self) -> Option<Instant> {
        let end = self.stay.end.as_ref().filter(|end| !end.discharged);
        end.map(|end| end.stamp.at)
    }

    /// By when something that is not done is late or not: now, or when the
    /// planning was aborted.
    fn asked_at(&self) -> Instant {
        self.aborted().unwrap_or(self.now)
    }

    /// Whether `done` records that nothing had to be done: that is never late.
    fn is_waiver(&self, done: &Stamp) -> bool {
        let waivers = [&self.stay.sip_waived, &self.stay.care_contact_waived];
        waivers.into_iter().flatten().any(|waiver| waiver == done)
    }

    fn standing(&self, rule: &DutyRule) -> Option<(Option<Instant>, Option<Stamp>, bool)> {
        let anchor = self.anchor(rule.anchor);
        // What must come before something else is a duty all along.
        if anchor.is_none() && rule.within.unit != WithinUnit::Before {
            return None;
        }
        let due = match (&self.agreement.reception, rule.within.unit) {
            (Some(hours), WithinUnit::Reception) => anchor.map(|sent| reception_due(sent, hours)),
            _ => anchor.and_then(|anchor| due(anchor, rule.within)),
        };
        let done = self.done(rule.code);
        let at = done.map_or(self.asked_at(), |done| done.at);
        let missed = rule.within.unit == WithinUnit::Before && done.is_none();
        let late = due.is_some_and(|due| due.late(at) || (missed && due.at <= at))
            && !done.is_some_and(|done| self.is_waiver(done));
        Some((due.map(|due| due.at), done.cloned(), late))
    }

    /// The date of the discharge, else the one planned last.
    fn leaves(&self) -> Option<NaiveDate> {
        let left = self.done(DutyCode::Discharge);
        let planned = || self.stay.expected_discharge.last().map(|it| it.date);
        left.map(|left| local_date(left.at)).or_else(planned)
    }

    /// The confirmation that is due first of those awaited, else the last one
    /// made, and late if any was.
    fn confirmations(&self, rule: &DutyRule) -> Option<(Option<Instant>, Option<Stamp>, bool)> {
        let (mut awaited, mut made) = (Vec::new(), Vec::new());
        for message in to_municipality(self.stay) {
            let due = confirmation_due(message, rule);
            match confirmed(self.stay, message, rule.party) {
                None => awaited.push(due),
                Some(done) => made.push((done, due.is_some_and(|due| due.late(done.at)))),
            }
        }
        if let Some(first) = awaited.into_iter().min_by_key(|due| due.map(|due| due.at)) {
            let late = first.is_some_and(|due| due.late(self.asked_at()));
            return Some((first.map(|due| due.at), None, late));
        }
        let (last, _) = made.iter().max_by_key(|(done, _)| done.at)?;
        let late = made.iter().any(|(_, late)| *late);
        Some((None, Some((*last).clone()), late))
    }

    /// The hours agreed on, once the patient has left.
    fn hours(&self) -> Option<Duty> {
        let hours = self.agreement.discharge_hours.as_ref()?;
        let left = self.done(DutyCode::Discharge)?;
        Some(Duty {
            code: "discharge_hours".to_owned(),
            party: party(Party::Ward).to_owned(),
            due: None,
            done: Some(left.clone()),
            late: self.left_outside_hours(),
            state: DutyState::Done,
            lasts_until: None,
            clause: hours.clause.as_str().to_owned(),
        })
    }

    /// Whether the patient left outside the hours agreed on; both ends count
    /// as within.
    pub fn left_outside_hours(&self) -> bool {
        let hours = self.agreement.discharge_hours.as_ref();
        let left = self.done(DutyCode::Discharge);
        hours.zip(left).is_some_and(|(hours, left)| {
            let clock = time::local(left.at).time();
            clock < hours.from.0 || clock > hours.until.0
        })
    }

    /// Messages whose confirmation is overdue, in order.
    pub fn unconfirmed(&self) -> Vec<EventId> {
        let Some(rule) = self.rule(DutyCode::Acknowledgement) else {
            return Vec::new();
        };
        to_municipality(self.stay)
            .filter(|message| confirmed(self.stay, message, rule.party).is_none())
            .filter(|message| {
                confirmation_due(message, rule).is_some_and(|due| due.late(self.asked_at()))
            })
            .map(|message| message.stamp.event.clone())
            .collect()
    }

    fn anchor(&self, anchor: Anchor) -> Option<Instant> {
        let stay = self.stay;
        match anchor {
            Anchor::Admission => Some(need_seen(stay)),
            Anchor::AdmissionNotice => stay.admission_notice().map(|notice| notice.stamp.at),
            Anchor::ReadyNotice => self.span.map(|span| span.notice.at),
            Anchor::SpanStart => Some(self.span?.counted_from()?.at),
            Anchor::HomeReady => self.home_ready(),
            Anchor::Discharge => self.done(DutyCode::Discharge).map(|left| left.at),
            Anchor::SipCalled => stay.standing_sip_call().map(|call| call.called.at),
            Anchor::SipMeeting => stay.sip_held.as_ref().map(|held| held.at),
            Anchor::Message => None,
        }
    }

    /// The later of ready and every point of the checklist done; none while
    /// something is missing.
    fn home_ready(&self) -> Option<Instant> {
        let mut at = self.span?.counted_from()?.at;
        for point in &self.agreement.checklist {
            for item in &point.ticks {
                at = at.max(self.stay.done(item)?.at);
            }
            if let Some(fact) = point.fact {
                at = at.max(self.fact(fact)?.at);
            }
        }
        Some(at)
    }

    fn fact(&self, fact: Fact) -> Option<&'a Stamp> {
        match fact {
            Fact::AdmissionNotice => self.done(DutyCode::AdmissionNotice),
            Fact::ExpectedDischarge => self.done(DutyCode::ExpectedDischarge),
            Fact::SipCalled => self.done(DutyCode::SipCalled),
            Fact::CareContact => self.done(DutyCode::CareContact),
            Fact::ReadyNotice | Fact::Checklist => self.span.map(|span| &span.notice),
        }
    }

    /// When the duty of that code was first done, if it stands as done.
    pub fn done(&self, code: DutyCode) -> Option<&'a Stamp> {
        let stay = self.stay;
        match code {
            DutyCode::AdmissionNotice => stay.admission_notice().map(|notice| &notice.stamp),
            DutyCode::ExpectedDischarge => stay.expected_discharge.first().map(|it| &it.stamp),
            DutyCode::CareContact => {
                let named = stay.care_contacts.first().map(|contact| &contact.stamp);
                named.or(stay.care_contact_waived.as_ref())
            }
            DutyCode::SipCalled => {
                let waived = stay.sip_waived.as_ref();
                waived.or_else(|| stay.standing_sip_call().map(|call| &call.called))
            }
            DutyCode::SvplMeeting => stay.sip_held.as_ref(),
            DutyCode::Medication => stay.done("medication"),
            DutyCode::Discharge => {
                let end = stay.end.as_ref().filter(|end| end.discharged);
                end.map(|end| &end.stamp)
            }
            DutyCode::DischargeNotice => stay.discharge_notice.as_ref(),
            DutyCode::FollowUp => stay.followed_up.as_ref(),
            DutyCode::Reception => {
                let notice = stay.admission_notice()?;
                let mut sent = to_municipality(stay);
                let message = sent.find(|it| it.stamp.event == notice.stamp.event)?;
                confirmed(stay, message, Party::Municipality)
            }
            DutyCode::Acknowledgement | DutyCode::CarePlan | DutyCode::DoctorContact => None,
            // Offered or not: none was needed.
            DutyCode::SipOffered => stay.sip_waived.as_ref(),
        }
    }
}

/// Whether events tell that a duty is not done. A notice may be taken in
/// without anybody confirming it.
fn told_by_events(code: DutyCode) -> bool {
    !matches!(
        code,
        DutyCode::CarePlan | DutyCode::DoctorContact | DutyCode::SipOffered | DutyCode::Reception
    )
}

/// The admission, or when the need was seen if that came later.
fn need_seen(stay: &Stay) -> Instant {
    let seen = stay.admission_notice().and_then(|it| it.need_seen_at);
    seen.map_or(stay.admitted.at, |seen| seen.max(stay.admitted.at))
}

fn to_municipality(stay: &Stay) -> impl Iterator<Item = &Message> {
    stay.messages
        .iter()
        .filter(|message| message.to.municipality)
}

fn confirmed<'a>(stay: &'a Stay, message: &Message, by: Party) -> Option<&'a Stamp> {
    let mut acknowledgements = stay.acknowledgements.iter();
    acknowledgements
        .find(|it| it.by == by && it.message == message.stamp.event)
        .map(|it| &it.stamp)
}

fn party(party: Party) -> &'static str {
    match party {
        Party::Municipality => "municipality",
        Party::OpenCare => "open_care",
        Party::Ward => "ward",
    }
}
