//! Words: fall-backs, and one word for one thing.

use super::*;
use unicode_width::UnicodeWidthStr;

#[test]
fn short_words_fit_their_columns() {
    let flags = [
        FlagCode::AdmissionNoticeMissing,
        FlagCode::AdmissionNoticeLate,
        FlagCode::ExpectedDischargeMissing,
        FlagCode::CareContactMissing,
        FlagCode::SipCallMissing,
        FlagCode::SipCallLate,
        FlagCode::HomeReadyIncomplete,
        FlagCode::OpenCareUnavailable,
        FlagCode::CompulsoryCare,
        FlagCode::AcknowledgementOverdue,
        FlagCode::DischargeOverdue,
        FlagCode::DischargeOutsideHours,
        FlagCode::AgreementSuspended,
    ];
    for lang in [Lang::Sv, Lang::En] {
        for code in flags {
            assert!(flag_short(code, lang).width() <= 10, "{code:?}");
        }
    }
}

#[test]
fn kinds_have_words_of_their_own() {
    for lang in [Lang::Sv, Lang::En] {
        let mut words: Vec<_> = Kind::ALL.iter().map(|k| kind(*k, lang)).collect();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), Kind::ALL.len());
    }
}

#[test]
fn codes_of_files_fall_back_to_themselves() {
    assert_eq!(
        super::super::duty::duty("reko_meeting", Lang::Sv),
        "reko_meeting"
    );
    assert_eq!(finding("missing_rate", Lang::En), "day rate missing");
    assert_eq!(
        exclusion_code("sip_call_late", Lang::En),
        exclusion(Exclusion::SipCallLate, Lang::En)
    );
}

#[test]
fn exclusion_codes_are_those_of_the_figures() {
    for reason in [
        Exclusion::AdmissionNoticeMissing,
        Exclusion::ExpectedDischargeMissing,
        Exclusion::CareContactMissing,
        Exclusion::SipCallMissing,
        Exclusion::SipCallLate,
        Exclusion::NotHomeReady,
        Exclusion::Minor,
        Exclusion::Manual,
        Exclusion::Suspended,
    ] {
        let json = serde_json::to_value(reason).unwrap();
        let code = json.as_str().unwrap();
        assert_eq!(exclusion_code(code, Lang::Sv), exclusion(reason, Lang::Sv));
    }
}
