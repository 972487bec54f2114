//! Flags: what is missing or late, and how much it matters here.
//!
//! A fact that the rule in force tests bears the class of its precondition;
//! one that is only a duty is a matter of quality. A flag stands on a ready
//! stay, and on one that is not ready once the duty is overdue.

use super::{
    duty::Watch,
    types::{Flag, FlagClass, FlagCode},
};
use crate::{
    model::time::local_date,
    rules::{
        SpanJudgement,
        agreement::{DutyCode, Fact, Precondition, Rule},
    },
};

/// What flags are read from.
pub(super) struct Flagging<'a> {
    pub watch: Watch<'a>,
    /// The rule that judges the span, or would judge one that began now.
    pub rule: &'a Rule,
    /// The span's judgement.
    pub judged: Option<&'a SpanJudgement<'a>>,
    /// Whether messages are unconfirmed past their time.
    pub unconfirmed: bool,
}

impl Flagging<'_> {
    /// The flags, gravest first, then as [`FlagCode`] has them.
    pub fn all(&self) -> Vec<Flag> {
        let mut flags = Vec::new();
        if self.watch.stay.is_open() {
            self.missing(&mut flags);
            self.standing(&mut flags);
        }
        self.late(&mut flags);
        flags.sort_unstable_by_key(|flag| (flag.class, flag.code));
        flags
    }

    fn precondition(&self, fact: Fact) -> Option<&Precondition> {
        self.rule.preconditions.iter().find(|it| it.fact == fact)
    }

    fn class(&self, fact: Fact) -> FlagClass {
        self.precondition(fact)
            .map_or(FlagClass::Quality, |it| it.class)
    }

    fn missing(&self, flags: &mut Vec<Flag>) {
        let ready = self.watch.span.is_some();
        let facts = [
            (
                Fact::AdmissionNotice,
                DutyCode::AdmissionNotice,
                FlagCode::AdmissionNoticeMissing,
            ),
            (
                Fact::ExpectedDischarge,
                DutyCode::ExpectedDischarge,
                FlagCode::ExpectedDischargeMissing,
            ),
            (
                Fact::CareContact,
                DutyCode::CareContact,
                FlagCode::CareContactMissing,
            ),
            (
                Fact::SipCalled,
                DutyCode::SipCalled,
                FlagCode::SipCallMissing,
            ),
        ];
        for (fact, duty, code) in facts {
            let wanted = ready || self.watch.overdue(duty);
            if wanted && self.watch.done(duty).is_none() {
                let class = self.class(fact);
                flags.push(Flag { code, class });
            }
        }
        let ticks = self
            .watch
            .agreement
            .checklist
            .iter()
            .flat_map(|it| &it.ticks);
        if ready
            && ticks
                .into_iter()
                .any(|item| self.watch.stay.done(item).is_none())
        {
            flags.push(Flag {
                code: FlagCode::HomeReadyIncomplete,
                class: self.class(Fact::Checklist),
            });
        }
    }

    /// What stands in the way as long as it lasts.
    fn standing(&self, flags: &mut Vec<Flag>) {
        let stay = self.watch.stay;
        let law = FlagClass::BlocksByLaw;
        if stay
            .open_care_gaps
            .last()
            .is_some_and(|gap| gap.until.is_none())
        {
            let cares = self.judged.is_none_or(SpanJudgement::open_care_blocks);
            flags.push(Flag {
                code: FlagCode::OpenCareUnavailable,
                class: if cares { law } else { FlagClass::Quality },
            });
        }
        if self.watch.span.is_some_and(|span| span.start.is_none()) {
            flags.push(Flag {
                code: FlagCode::CompulsoryCare,
                class: law,
            });
        }
        if self.judged.is_some_and(|it| it.suspended.is_some()) {
            flags.push(Flag {
                code: FlagCode::AgreementSuspended,
                class: FlagClass::BlocksByAgreement,
            });
        }
        if self.watch.span.is_some() && self.watch.overdue(DutyCode::Discharge) {
            flags.push(quality(FlagCode::DischargeOverdue));
        }
    }

    fn late(&self, flags: &mut Vec<Flag>) {
        if self.notice_late() {
            flags.push(quality(FlagCode::AdmissionNoticeLate));
        }
        if let Some(class) = self.sip_late() {
            let code = FlagCode::SipCallLate;
            flags.push(Flag { code, class });
        }
        if self.unconfirmed {
            flags.push(quality(FlagCode::AcknowledgementOverdue));
        }
        if self.watch.left_outside_hours() {
            flags.push(quality(FlagCode::DischargeOutsideHours));
        }
    }

    fn notice_late(&self) -> bool {
        let code = DutyCode::AdmissionNotice;
        self.watch.done(code).is_some() && self.watch.overdue(code)
    }

    /// A call after its last day. Where the rule itself asks for the day, the
    /// lateness blocks by the agreement, which sets the day: then also before
    /// any call, once the day has passed.
    fn sip_late(&self) -> Option<FlagClass> {
        let mut conditions = self.judged.into_iter().flat_map(|it| &it.conditions);
        let tested = conditions.find(|it| it.precondition.fact == Fact::SipCalled);
        if let Some(condition) = tested
            && condition.last_date.is_some()
            && !condition.late_counts
        {
            let late = condition.late || condition.too_late(local_date(self.watch.now));
            return late.then_some(FlagClass::BlocksByAgreement);
        }
        let stay = self.watch.stay;
        let called = stay.sip_waived.is_none() && stay.standing_sip_call().is_some();
        (called && self.watch.overdue(DutyCode::SipCalled)).then_some(FlagClass::Quality)
    }
}

fn quality(code: FlagCode) -> Flag {
    Flag {
        code,
        class: FlagClass::Quality,
    }
}
