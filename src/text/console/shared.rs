//! The board's own, shorter words for what `text::words` says at length.

use crate::{
    rules::outlook::{Boundary, FlagCode, State},
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
        F::ExpectedDischargeMissing => lang.pick("planerat datum saknas", "expected date missing"),
        F::CareContactMissing => lang.pick("vårdkontakt saknas", "care contact missing"),
        F::SipCallMissing => lang.pick("SIP saknas", "SIP missing"),
        F::SipCallLate => lang.pick("SIP sen", "SIP late"),
        F::HomeReadyIncomplete => lang.pick("ej hemklar", "not home-ready"),
        F::OpenCareUnavailable => lang.pick("öppenvård saknas", "open care missing"),
        F::CompulsoryCare => lang.pick("tvångsvård", "compulsory care"),
        F::AcknowledgementOverdue => lang.pick("ej kvitterat", "not confirmed"),
        F::DischargeOverdue => lang.pick("utskrivning sen", "discharge late"),
        F::AgreementSuspended => lang.pick("avtalet vilar", "agreement suspended"),
        F::DischargeOutsideHours => lang.pick("utskrivning utom tid", "discharge out of hours"),
    }
}

/// What a countdown runs to.
#[must_use]
pub fn boundary(boundary: Boundary, lang: Lang) -> &'static str {
    match boundary {
        Boundary::Liability => lang.pick("betalansvar", "liability"),
        Boundary::AboveThreshold => lang.pick("över gräns", "threshold"),
        Boundary::Individual => lang.pick("enskilt", "individual"),
        Boundary::Day => lang.pick("nästa dygn", "next day"),
    }
}
