//! Words for codes: states, flags, boundaries, event kinds.

use crate::{
    ledger::figures::LineKind,
    model::event::Kind,
    rules::{
        outlook::{Boundary, FlagCode, State},
        share::Model,
    },
    text::Lang,
};

/// A state as symbol and word, so that it is told without colour.
#[must_use]
pub fn state(state: State, lang: Lang) -> &'static str {
    match state {
        State::Liable => lang.pick("! LÖPER", "! LIABLE"),
        State::Grace => lang.pick("~ FRIST", "~ GRACE"),
        State::Blocked => lang.pick("x STOPPAD", "x BLOCKED"),
        State::NotReady => lang.pick("- EJ KLAR", "- NOT READY"),
    }
}

/// A flag, short enough for a board's column.
#[must_use]
pub fn flag(flag: FlagCode, lang: Lang) -> &'static str {
    use FlagCode as F;
    match flag {
        F::AdmissionNoticeMissing => {
            lang.pick("inskrivningsmedd. saknas", "admission notice missing")
        }
        F::AdmissionNoticeLate => lang.pick("inskrivningsmedd. sent", "admission notice late"),
        F::ExpectedDischargeMissing => {
            lang.pick("planerat datum saknas", "expected date missing")
        }
        F::CareContactMissing => lang.pick("vårdkontakt saknas", "care contact missing"),
        F::SipCallMissing => lang.pick("SIP saknas", "SIP missing"),
        F::SipCallLate => lang.pick("SIP sen", "SIP late"),
        F::HomeReadyIncomplete => lang.pick("ej hemklar", "not home-ready"),
        F::OpenCareUnavailable => lang.pick("öppenvård saknas", "open care missing"),
        F::CompulsoryCare => lang.pick("tvångsvård", "compulsory care"),
        F::AcknowledgementOverdue => lang.pick("ej bekräftat", "not confirmed"),
        F::DischargeOverdue => lang.pick("utskrivning sen", "discharge late"),
        F::DischargeOutsideHours => lang.pick("utskrivning utom tid", "discharge out of hours"),
    }
}

/// What a countdown runs to.
#[must_use]
pub fn boundary(boundary: Boundary, lang: Lang) -> &'static str {
    match boundary {
        Boundary::Liability => lang.pick("betalansvar", "liability"),
        Boundary::AboveThreshold => lang.pick("över tröskel", "threshold"),
        Boundary::Individual => lang.pick("enskilt", "individual"),
        Boundary::Day => lang.pick("nästa dygn", "next day"),
    }
}

/// A kind of event, as menus, timelines and forms name it.
#[must_use]
pub fn kind(kind: Kind, lang: Lang) -> &'static str {
    match kind {
        Kind::Admitted => lang.pick("Inskriven", "Admitted"),
        Kind::DetailsChanged => lang.pick("Ändrade uppgifter", "Changed details"),
        Kind::Transferred => lang.pick("Överflyttad", "Transferred"),
        Kind::AdmissionNotice => lang.pick("Inskrivningsmeddelande", "Admission notice"),
        Kind::ExpectedDischarge => lang.pick("Planerad utskrivning", "Expected discharge"),
        Kind::CareContactAssigned => lang.pick("Fast vårdkontakt utsedd", "Care contact assigned"),
        Kind::CareContactWaived => {
            lang.pick("Fast vårdkontakt behövs inte", "Care contact not needed")
        }
        Kind::SipCalled => lang.pick("Kallelse till SIP", "SIP called"),
        Kind::SipCallWithdrawn => lang.pick("SIP-kallelse återtagen", "SIP call withdrawn"),
        Kind::SipWaived => lang.pick("SIP behövs inte", "SIP not needed"),
        Kind::SipHeld => lang.pick("SIP hållen", "SIP held"),
        Kind::Checklist => lang.pick("Checklista", "Checklist item"),
        Kind::ReadyNotice => lang.pick("Utskrivningsklar", "Ready for discharge"),
        Kind::ReadyRetracted => lang.pick("Återtag av utskrivningsklar", "Ready notice retracted"),
        Kind::CompulsoryCareEnded => lang.pick("Tvångsvården upphörd", "Compulsory care ended"),
        Kind::OpenCareUnavailable => lang.pick("Öppenvård saknas", "Open care unavailable"),
        Kind::OpenCareAvailable => lang.pick("Öppenvård finns igen", "Open care available"),
        Kind::DischargeNotice => lang.pick("Utskrivningsmeddelande", "Discharge notice"),
        Kind::Discharged => lang.pick("Utskriven", "Discharged"),
        Kind::PlanningAborted => lang.pick("Avbruten vårdplanering", "Planning aborted"),
        Kind::Acknowledged => lang.pick("Bekräftat", "Confirmed"),
        Kind::FollowedUp => lang.pick("Uppföljd", "Followed up"),
        Kind::Note => lang.pick("Anteckning", "Note"),
        Kind::Void => lang.pick("Makulering", "Void"),
    }
}

/// A model of payment.
#[must_use]
pub fn model(model: Model, lang: Lang) -> &'static str {
    match model {
        Model::Individual => lang.pick("enskild", "individual"),
        Model::AverageExcess => lang.pick("snitt", "average"),
        Model::AverageTrigger => lang.pick("snitt utlöser", "average trigger"),
        Model::FixedShare => lang.pick("fast del", "fixed share"),
        Model::Manual => lang.pick("för hand", "by hand"),
    }
}

/// What a line of the figures is for.
#[must_use]
pub fn line_kind(kind: LineKind, lang: Lang) -> &'static str {
    match kind {
        LineKind::AverageExcess => lang.pick("över snittets tröskel", "above average threshold"),
        LineKind::Individual => lang.pick("enskilt vårdtillfälle", "individual stay"),
        LineKind::Retroactive => lang.pick("i efterhand", "retroactive"),
        LineKind::FixedShare => lang.pick("fast del", "fixed share"),
        LineKind::Settlement => lang.pick("slutreglering", "settlement"),
        LineKind::Manual => lang.pick("inlagd för hand", "entered by hand"),
        LineKind::Adjustment => lang.pick("justering", "adjustment"),
    }
}
