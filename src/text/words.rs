//! The field's words in Swedish and English: one function a vocabulary.
//!
//! Each word is a pair in an exhaustive match, so that a word missing in
//! one language does not build. Words for codes that files and later
//! versions may add fall back to the code itself.

use super::{Lang, format};
use crate::{
    desk::{reply::Parked, service::Step},
    ledger::figures::{LineKind, Status},
    model::{
        event::{CareForm, CompulsoryCare, Kind, Party},
        stay::{SpanEnding, StayEnd},
    },
    rules::{
        outlook::{Boundary, FlagClass, FlagCode, State},
        share::{Exclusion, Model, Unsettled},
    },
};

/// One word of a pair.
fn said<T: super::Spoken>(lang: Lang, (sv, en): (T, T)) -> T {
    lang.pick(sv, en)
}

/// Where a stay stands.
#[must_use]
pub fn state(state: State, lang: Lang) -> &'static str {
    said(
        lang,
        match state {
            State::Liable => ("betalningsansvar", "liable"),
            State::Grace => ("fristdagar", "grace"),
            State::Blocked => ("hindrad", "blocked"),
            State::NotReady => ("ej utskrivningsklar", "not ready"),
        },
    )
}

/// Where a stay stands, in at most nine columns.
#[must_use]
pub fn state_short(state: State, lang: Lang) -> &'static str {
    said(
        lang,
        match state {
            State::Liable => ("betalar", "liable"),
            State::Grace => ("frist", "grace"),
            State::Blocked => ("hindrad", "blocked"),
            State::NotReady => ("ej klar", "not ready"),
        },
    )
}

/// What happens next if the patient stays.
#[must_use]
pub fn boundary(boundary: Boundary, lang: Lang) -> &'static str {
    said(
        lang,
        match boundary {
            Boundary::Liability => ("betalningsansvar börjar", "liability starts"),
            Boundary::AboveThreshold => {
                ("snittet går över gränsen", "average passes the threshold")
            }
            Boundary::Individual => ("debiteras individuellt", "charged individually"),
            Boundary::Day => ("ett dygn till", "one more day"),
        },
    )
}

/// What is missing or late, as a sentence part.
#[must_use]
pub fn flag(code: FlagCode, lang: Lang) -> &'static str {
    said(
        lang,
        match code {
            FlagCode::AdmissionNoticeMissing => {
                ("inskrivningsmeddelande saknas", "admission notice missing")
            }
            FlagCode::AdmissionNoticeLate => (
                "inskrivningsmeddelandet kom för sent",
                "admission notice sent late",
            ),
            FlagCode::ExpectedDischargeMissing => (
                "beräknad utskrivning saknas",
                "expected discharge date missing",
            ),
            FlagCode::CareContactMissing => ("fast vårdkontakt saknas", "care contact missing"),
            FlagCode::SipCallMissing => ("kallelse till SIP saknas", "SIP not called"),
            FlagCode::SipCallLate => ("kallelsen till SIP kom för sent", "SIP called late"),
            FlagCode::HomeReadyIncomplete => (
                "ej hemgångsklar: checklistan är inte klar",
                "not home-ready: checklist incomplete",
            ),
            FlagCode::OpenCareUnavailable => (
                "insatser från regionens öppna vård saknas",
                "the region's open care is missing",
            ),
            FlagCode::CompulsoryCare => (
                "psykiatrisk tvångsvård pågår",
                "compulsory psychiatric care goes on",
            ),
            FlagCode::AcknowledgementOverdue => (
                "meddelande inte kvitterat i tid",
                "message not acknowledged",
            ),
            FlagCode::DischargeOverdue => ("utskrivningen är försenad", "discharge overdue"),
            FlagCode::AgreementSuspended => (
                "avtalet vilar: inget debiteras",
                "agreement suspended: nothing is charged",
            ),
            FlagCode::DischargeOutsideHours => (
                "utskrivning utanför avtalade tider",
                "discharge outside agreed hours",
            ),
        },
    )
}

/// What is missing or late, in at most ten columns, for a list.
#[must_use]
pub fn flag_short(code: FlagCode, lang: Lang) -> &'static str {
    said(
        lang,
        match code {
            FlagCode::AdmissionNoticeMissing => ("inskr.medd", "adm.notice"),
            FlagCode::AdmissionNoticeLate => ("inskr.sen", "adm.late"),
            FlagCode::ExpectedDischargeMissing => ("ber.datum", "exp.date"),
            FlagCode::CareContactMissing => ("vårdkont.", "contact"),
            FlagCode::SipCallMissing => ("SIP", "SIP"),
            FlagCode::SipCallLate => ("SIP sen", "SIP late"),
            FlagCode::HomeReadyIncomplete => ("checklista", "checklist"),
            FlagCode::OpenCareUnavailable => ("öppenvård", "open care"),
            FlagCode::CompulsoryCare => ("tvångsvård", "compulsory"),
            FlagCode::AcknowledgementOverdue => ("kvittens", "unack."),
            FlagCode::DischargeOverdue => ("utskr.sen", "overdue"),
            FlagCode::AgreementSuspended => ("vilande", "suspended"),
            FlagCode::DischargeOutsideHours => ("utskr.tid", "off-hours"),
        },
    )
}

/// How much a flag matters.
#[must_use]
pub fn flag_class(class: FlagClass, lang: Lang) -> &'static str {
    said(
        lang,
        match class {
            FlagClass::BlocksByLaw => ("hindrar enligt lag", "blocks by law"),
            FlagClass::BlocksByAgreement => ("hindrar enligt avtal", "blocks by agreement"),
            FlagClass::Quality => ("kvalitet", "quality"),
        },
    )
}

/// What an event says.
#[must_use]
pub fn kind(kind: Kind, lang: Lang) -> &'static str {
    said(
        lang,
        match kind {
            Kind::Admitted => ("Inskriven", "Admitted"),
            Kind::DetailsChanged => ("Uppgifter rättade", "Details corrected"),
            Kind::Transferred => ("Överflyttad", "Transferred"),
            Kind::AdmissionNotice => ("Inskrivningsmeddelande", "Admission notice"),
            Kind::ExpectedDischarge => ("Beräknad utskrivning", "Expected discharge"),
            Kind::CareContactAssigned => ("Fast vårdkontakt utsedd", "Care contact assigned"),
            Kind::CareContactWaived => ("Fast vårdkontakt behövs ej", "Care contact not needed"),
            Kind::SipCalled => ("Kallelse till SIP", "SIP called"),
            Kind::SipCallWithdrawn => ("Kallelse till SIP återtagen", "SIP call withdrawn"),
            Kind::SipWaived => ("SIP behövs ej", "SIP not needed"),
            Kind::SipHeld => ("SIP genomförd", "SIP held"),
            Kind::Checklist => ("Checklista", "Checklist"),
            Kind::ReadyNotice => ("Utskrivningsklar", "Ready notice"),
            Kind::ReadyRetracted => ("Återtag", "Ready retracted"),
            Kind::CompulsoryCareEnded => ("Tvångsvård upphörd", "Compulsory care ended"),
            Kind::OpenCareUnavailable => ("Öppenvård saknas", "Open care unavailable"),
            Kind::OpenCareAvailable => ("Öppenvård finns", "Open care available"),
            Kind::DischargeNotice => ("Utskrivningsmeddelande", "Discharge notice"),
            Kind::Discharged => ("Utskriven", "Discharged"),
            Kind::PlanningAborted => ("Avbruten vårdplanering", "Planning aborted"),
            Kind::Acknowledged => ("Kvitterat", "Acknowledged"),
            Kind::FollowedUp => ("Uppföljd", "Followed up"),
            Kind::Note => ("Anteckning", "Note"),
            Kind::Void => ("Makulering", "Void"),
        },
    )
}

/// What a line of figures is for.
#[must_use]
pub fn line_kind(kind: LineKind, lang: Lang) -> &'static str {
    said(
        lang,
        match kind {
            LineKind::AverageExcess => ("Snitt över gränsen", "Average excess"),
            LineKind::Individual => ("Individuell", "Individual"),
            LineKind::Retroactive => ("Retroaktiv", "Retroactive"),
            LineKind::FixedShare => ("Fast andel", "Fixed share"),
            LineKind::Settlement => ("Avräkning", "Settlement"),
            LineKind::Manual => ("Manuell", "Manual"),
            LineKind::Adjustment => ("Justering", "Adjustment"),
        },
    )
}

/// How an agreement turns stays into money.
#[must_use]
pub fn model(model: Model, lang: Lang) -> &'static str {
    said(
        lang,
        match model {
            Model::Individual => ("per patient", "individual"),
            Model::AverageExcess => ("snitt över gräns", "average excess"),
            Model::AverageTrigger => ("snitt utlöser", "average trigger"),
            Model::FixedShare => ("fast andel", "fixed share"),
            Model::Manual => ("manuell", "manual"),
        },
    )
}

/// Whether figures are locked.
#[must_use]
pub fn status(status: Status, lang: Lang) -> &'static str {
    said(
        lang,
        match status {
            Status::Open => ("öppen", "open"),
            Status::Locked => ("låst", "locked"),
        },
    )
}

/// Why a stay is in no figures.
#[must_use]
pub fn exclusion(reason: Exclusion, lang: Lang) -> &'static str {
    said(
        lang,
        match reason {
            Exclusion::AdmissionNoticeMissing => {
                ("inskrivningsmeddelande saknas", "admission notice missing")
            }
            Exclusion::ExpectedDischargeMissing => (
                "beräknad utskrivning saknas",
                "expected discharge date missing",
            ),
            Exclusion::CareContactMissing => ("fast vårdkontakt saknas", "care contact missing"),
            Exclusion::SipCallMissing => ("kallelse till SIP saknas", "SIP not called"),
            Exclusion::SipCallLate => ("kallelsen till SIP kom för sent", "SIP called late"),
            Exclusion::NotHomeReady => ("var inte hemgångsklar", "was not home-ready"),
            Exclusion::Minor => ("under 18 år: hanteras för hand", "under 18: by hand"),
            Exclusion::Manual => (
                "regel saknas: hanteras för hand",
                "no rule in the sources: by hand",
            ),
            Exclusion::Suspended => ("avtalet vilar", "agreement suspended"),
        },
    )
}

/// Why a stay is in no figures, from its code in the figures.
#[must_use]
pub fn exclusion_code(code: &str, lang: Lang) -> &str {
    let reason = match code {
        "admission_notice_missing" => Exclusion::AdmissionNoticeMissing,
        "expected_discharge_missing" => Exclusion::ExpectedDischargeMissing,
        "care_contact_missing" => Exclusion::CareContactMissing,
        "sip_call_missing" => Exclusion::SipCallMissing,
        "sip_call_late" => Exclusion::SipCallLate,
        "not_home_ready" => Exclusion::NotHomeReady,
        "minor" => Exclusion::Minor,
        "manual" => Exclusion::Manual,
        "suspended" => Exclusion::Suspended,
        other => return other,
    };
    exclusion(reason, lang)
}

/// Why nobody can be billed yet.
#[must_use]
pub fn unsettled(reason: Unsettled, lang: Lang) -> &'static str {
    said(
        lang,
        match reason {
            Unsettled::MunicipalityMissing => ("kommun saknas", "municipality missing"),
            Unsettled::DistrictMissing => ("stadsdel saknas", "district missing"),
            Unsettled::DistrictUnknown => ("stadsdelen är okänd", "district unknown"),
        },
    )
}

/// Somatic or psychiatric.
#[must_use]
pub fn care_form(form: CareForm, lang: Lang) -> &'static str {
    said(
        lang,
        match form {
            CareForm::Somatic => ("somatisk", "somatic"),
            CareForm::Psychiatric => ("psykiatrisk", "psychiatric"),
        },
    )
}

/// The act under which a patient is held; the same in both languages.
#[must_use]
pub fn compulsory_care(act: CompulsoryCare) -> &'static str {
    match act {
        CompulsoryCare::Lpt => "LPT",
        CompulsoryCare::Lrv => "LRV",
    }
}

/// How a ready span ended.
#[must_use]
pub fn span_ending(how: SpanEnding, lang: Lang) -> &'static str {
    said(
        lang,
        match how {
            SpanEnding::Retracted => ("återtagen", "retracted"),
            SpanEnding::Discharged => ("utskriven", "discharged"),
            SpanEnding::Aborted => ("planeringen avbruten", "planning aborted"),
        },
    )
}

/// How and when a stay ended: `utskriven 2019-03-11 10:00`.
#[must_use]
pub fn stay_ended(end: &StayEnd, lang: Lang) -> String {
    let how = if end.discharged {
        SpanEnding::Discharged
    } else {
        SpanEnding::Aborted
    };
    let (how, when) = (span_ending(how, lang), format::moment(end.stamp.at));
    format!("{how} {when}")
}

/// A unit that messages go to.
#[must_use]
pub fn party(party: Party, lang: Lang) -> &'static str {
    said(
        lang,
        match party {
            Party::Municipality => ("kommunen", "municipality"),
            Party::OpenCare => ("öppenvården", "open care"),
            Party::Ward => ("avdelningen", "ward"),
        },
    )
}

/// A unit, from its code in a duty.
#[must_use]
pub fn party_code(code: &str, lang: Lang) -> &str {
    match code {
        "municipality" => party(Party::Municipality, lang),
        "open_care" => party(Party::OpenCare, lang),
        "ward" => party(Party::Ward, lang),
        other => other,
    }
}

/// A finding of the month close, from its code; the detail follows it.
#[must_use]
pub fn finding(code: &str, lang: Lang) -> &str {
    said(
        lang,
        match code {
            "missing_rate" => ("vårddygnsbelopp saknas", "day rate missing"),
            "missing_county_average" => (
                "länets snitt för gränsen saknas",
                "the county's average for the threshold is missing",
            ),
            "amount_too_large" => ("beloppet är orimligt stort", "the amount is out of range"),
            "settlement_open_month" => (
                "en månad som ska avräknas är inte låst",
                "a month to be settled is not locked",
            ),
            "held_events" => (
                "händelser väntar på sin inskrivning",
                "events wait for their admission",
            ),
            "municipality_missing" => ("kommun saknas", "municipality missing"),
            "district_missing" => ("stadsdel saknas", "district missing"),
            "district_unknown" => ("stadsdelen är okänd", "district unknown"),
            "refused_lines" => ("rader som inte lästes in", "lines that an import left out"),
            "unconfirmed_agreement" => (
                "avtalet är inte bekräftat för månaden",
                "agreement not confirmed for the month",
            ),
            "manual_stay" => (
                "vårdtillfälle utan regel: för in för hand",
                "stay without a rule: enter by hand",
            ),
            "month_not_ended" => ("månaden är inte slut", "the month has not ended"),
            "earlier_month_open" => ("en tidigare månad är öppen", "an earlier month is open"),
            "threshold_unknown" => (
                "gränsen kan inte räknas ut",
                "the threshold cannot be computed",
            ),
            "already_locked" => ("månaden är redan låst", "the month is locked already"),
            "stale_source" => (
                "en källa har inte hörts på länge",
                "a source has been silent for long",
            ),
            other => (other, other),
        },
    )
}

/// Why a payer is left out of a lock: as it was written, or in our words.
#[must_use]
pub fn parked(reason: &str, lang: Lang) -> &str {
    if reason == Parked::EARLIER_OPEN {
        return said(
            lang,
            (
                "en tidigare månad är öppen för betalaren",
                "an earlier month is open for the payer",
            ),
        );
    }
    reason
}

/// What long work is doing.
#[must_use]
pub fn step(step: Step, lang: Lang) -> &'static str {
    said(
        lang,
        match step {
            Step::Reading => ("Läser", "Reading"),
            Step::Checking => ("Kontrollerar", "Checking"),
            Step::Publishing => ("Skriver", "Writing"),
            Step::Updating => ("Uppdaterar", "Updating"),
            Step::Rebuilding => ("Bygger om", "Rebuilding"),
            Step::Verifying => ("Verifierar", "Verifying"),
            Step::Copying => ("Kopierar", "Copying"),
        },
    )
}

#[cfg(test)]
#[path = "words_tests.rs"]
mod tests;
