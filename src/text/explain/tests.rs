use super::*;
use crate::{
    model::{
        ids::{AgreementId, EventId},
        time,
    },
    rules::trace::{Change, Doing, Effect, SpanExplanation, codes},
};

fn made(code: &str, outcome: Outcome, inputs: &[(&str, &str)], result: &str) -> Step {
    Step {
        code: code.to_owned(),
        clause: None,
        inputs: inputs
            .iter()
            .map(|(name, value)| Input {
                name: (*name).to_owned(),
                value: (*value).to_owned(),
                event: name
                    .ends_with("notice")
                    .then(|| EventId::new("M-4").unwrap()),
            })
            .collect(),
        outcome,
        result: result.to_owned(),
    }
}

fn swedish(code: &str, outcome: Outcome, inputs: &[(&str, &str)], result: &str) -> String {
    step(&made(code, outcome, inputs, result), Lang::Sv).replace('\u{a0}', " ")
}

#[test]
fn steps_read_as_sentences() {
    let notice = ("ready_notice", "2019-03-04T10:00:00Z");
    let cases = [
        (
            swedish(
                "grace",
                Outcome::Holds,
                &[("noon", "by"), ("grace_days", "3"), notice],
                "2019-03-07",
            ),
            "3 fristdagar (underrättat senast klockan 12): första dygn som kan debiteras är tors 7 mars 2019 (underrättelse om utskrivningsklar 2019-03-04 11:00, händelse M-4).",
        ),
        (
            swedish("payer", Outcome::Holds, &[], "1780"),
            "Karlstad (1780) betalar.",
        ),
        (
            swedish("payer", Outcome::Holds, &[], "0180/Bromma"),
            "Bromma (0180) betalar.",
        ),
        (
            swedish(
                "precondition.checklist",
                Outcome::Fails,
                &[("missing", "aids"), ("missing", "medication")],
                "missing",
            ),
            "Ej hemgångsklar: hjälpmedel och läkemedel återstår.",
        ),
        (
            swedish(
                "chargeable_dates",
                Outcome::Holds,
                &[("days", "2"), ("amount", "15600.00")],
                "2019-03-07..2019-03-08",
            ),
            "2 dygn att betala hittills: 2019-03-07 till 2019-03-08, 15 600 kr.",
        ),
        (
            swedish("chargeable_dates", Outcome::Fails, &[("days", "0")], "none"),
            "Inga dygn att betala hittills.",
        ),
        (
            swedish(
                "average",
                Outcome::Holds,
                &[
                    ("patients", "24"),
                    ("days", "81"),
                    ("rounding", "half_up_1"),
                ],
                "3.4",
            ),
            "Snittet är 3,4 dygn: 81 dygn för 24 patienter, avrundat till en decimal (halva uppåt).",
        ),
        (
            swedish(
                "average_member",
                Outcome::Holds,
                &[("days", "0"), ("other_patients", "2"), ("other_days", "5")],
                "counted_as_zero",
            ),
            "Ingår i betalarens snitt utan dygn, då ett villkor inte är uppfyllt; övriga utskrivna hittills: 2 patienter, 5 dygn.",
        ),
        (
            swedish(
                "rule_in_force",
                Outcome::Holds,
                &[("month", "2018-05"), ("model", "fixed_share")],
                "halland-2018/fixed-share",
            ),
            "halland-2018/fixed-share gäller i maj 2018: kommunen betalar en fast andel varje månad.",
        ),
        (
            swedish(
                "line_amount",
                Outcome::Holds,
                &[("quantity", "33.6"), ("rate", "7100")],
                "238560.00",
            ),
            "33,6 × 7 100 kr = 238 560 kr.",
        ),
    ];
    for (said, wanted) in cases {
        assert_eq!(said, wanted);
    }
}

/// Nothing of a step is shown as a code: no sentence falls back to one.
#[test]
fn every_code_of_the_engine_has_a_sentence() {
    for code in codes::STEPS {
        for lang in [Lang::Sv, Lang::En] {
            let said = step(&made(code, Outcome::Holds, &[], ""), lang);
            assert!(!said.contains('_') && !said.contains('['), "{code}: {said}");
        }
    }
}

fn doing(action: &str, effect: Effect, reason: Option<&str>) -> Change {
    let at = time::parse("2019-03-05T09:00:00+01:00").unwrap();
    Change {
        action: action.to_owned(),
        events: vec![Doing {
            kind: action.to_owned(),
            item: None,
        }],
        at: Some(at),
        by: None,
        effect,
        reason: reason.map(str::to_owned),
        liability_start: None,
        days: Some(2),
        month: None,
        amount: None,
        clause: None,
    }
}

#[test]
fn every_change_has_words_in_both_languages() {
    for action in codes::ACTIONS.into_iter().chain(codes::LINE_ACTIONS) {
        for lang in [Lang::Sv, Lang::En] {
            let said = change(&doing(action, Effect::None, None), None, lang);
            assert!(!said.contains('_'), "{action}: {said}");
        }
    }
    let mut said: Vec<_> = codes::REASONS
        .iter()
        .chain(&codes::LINE_REASONS)
        .filter(|reason| **reason != "others_missing")
        .map(|reason| {
            let mut nothing = doing(codes::NOTHING, Effect::None, Some(reason));
            nothing.by = Some("2020-03-06".parse().unwrap());
            change(&nothing, None, Lang::Sv)
        })
        .collect();
    let all = said.len();
    said.sort();
    said.dedup();
    assert_eq!(said.len(), all, "each reason has its own words");
}

#[test]
fn a_call_that_is_missing_and_one_that_is_too_late() {
    let mut call = doing("sip_called", Effect::LiabilityStart, None);
    call.liability_start = Some(time::parse("2019-03-07T00:00:00+01:00").unwrap());
    assert_eq!(
        change(&call, None, Lang::En),
        "Call the SIP: if done now, liability starts Thu 7 Mar."
    );
    let mut late = doing(codes::NOTHING, Effect::None, Some("too_late"));
    late.by = Some("2020-03-06".parse().unwrap());
    assert_eq!(
        change(&late, None, Lang::En),
        "Not done by Fri 6 Mar: no liability for this span, whatever is done now."
    );
}

#[test]
fn an_unknown_code_is_shown_as_it_is() {
    let odd = made("lunar_phase", Outcome::Lost, &[("tide", "high")], "waxing");
    assert_eq!(step(&odd, Lang::En), "lunar_phase: waxing [tide high]");
}

#[test]
fn a_clause_names_document_and_section() {
    let reading = Clause {
        agreement: AgreementId::new("lag-2017-612").unwrap(),
        name: "Lagen".to_owned(),
        document: "Lag (2017:612)".to_owned(),
        section: "5 kap. 4 §".to_owned(),
        reading: true,
    };
    assert_eq!(
        clause(&reading, Lang::Sv),
        "Lag (2017:612): 5 kap. 4 § (vår tolkning)"
    );
}

fn span(start: Option<&str>, steps: Vec<Step>) -> SpanExplanation {
    SpanExplanation {
        start: None,
        agreement: None,
        steps,
        liability_start: start.map(|it| time::parse(it).unwrap()),
        would_change: Vec::new(),
    }
}

#[test]
fn verdicts_say_what_is_so() {
    let charged = || {
        made(
            "chargeable_dates",
            Outcome::Holds,
            &[],
            "2019-03-07..2019-03-08",
        )
    };
    let missing = || made("open_care", Outcome::Fails, &[], "2019-03-09..");
    let nothing = || made("chargeable_dates", Outcome::Fails, &[], "none");
    let ended = |how: &str| {
        let at = "2019-03-09T10:00:00+01:00";
        made("end", Outcome::Holds, &[(how, at)], "2019-03-09")
    };
    let cases = [
        (
            span(Some("2019-03-07T00:00"), Vec::new()),
            "Liability starts Thu 7 Mar.",
        ),
        (
            span(Some("2019-03-07T00:00"), vec![charged()]),
            "Liability began Thu 7 Mar.",
        ),
        (
            span(Some("2019-03-12T00:00"), vec![charged()]),
            "Liability began Thu 7 Mar and runs again from Tue 12 Mar.",
        ),
        (
            span(None, vec![missing(), charged()]),
            "Liability began Thu 7 Mar but does not run now: the region's open care is missing from 2019-03-09.",
        ),
        (
            span(None, vec![missing(), nothing()]),
            "Liability has not started: the region's open care is missing from 2019-03-09.",
        ),
        (
            span(None, vec![made("long_stay", Outcome::Holds, &[], "5")]),
            "The stay is charged by itself: 5 days.",
        ),
        (
            span(
                None,
                vec![
                    made("long_stay", Outcome::Lost, &[], "0"),
                    made("average_member", Outcome::Holds, &[], "in_average"),
                ],
            ),
            "The month's average decides the cost; no date holds for the patient alone.",
        ),
        (
            span(None, vec![made("manual", Outcome::Holds, &[], "manual")]),
            "Finance decides the amount by hand.",
        ),
        (span(None, Vec::new()), "Nothing to pay for this span."),
        (
            span(None, vec![ended("retracted")]),
            "The notice was taken back before anything was to be paid for it.",
        ),
        (
            span(None, vec![nothing(), ended("discharged")]),
            "The span ended before anything was to be paid for it.",
        ),
        (
            span(None, vec![ended("discharged")]),
            "Nothing to pay for this span.",
        ),
        (
            span(None, vec![nothing(), ended("aborted")]),
            "Planning ended before anything was to be paid for the span.",
        ),
        (
            span(None, vec![charged(), ended("retracted")]),
            "Liability began Thu 7 Mar.",
        ),
    ];
    for (span, expected) in cases {
        assert_eq!(verdict(&span, Lang::En), expected);
    }
}

#[test]
fn a_second_past_noon_is_told() {
    let told = |at: &str| swedish("span_start", Outcome::Holds, &[], at);
    assert_eq!(
        told("2019-03-04T12:00:00+01:00"),
        "Utskrivningsklar från 2019-03-04 12:00."
    );
    assert_eq!(
        told("2019-03-04T12:00:01+01:00"),
        "Utskrivningsklar från 2019-03-04 12:00:01."
    );
}

#[test]
fn a_stay_within_an_average_changed_without_amounts_of_its_own() {
    let told = |inputs: &[(&str, &str)]| swedish("changed_line", Outcome::Holds, inputs, "");
    assert_eq!(
        told(&[("stay", "P2")]),
        "Vårdtillfälle P2: ger något annat nu än i låset."
    );
    assert_eq!(
        told(&[("billed", "42600"), ("due", "6390")]),
        "Snittet: 42 600 kr i låset, 6 390 kr nu."
    );
}

#[test]
fn one_patient_and_what_came_later_are_words_of_the_field() {
    let one = [("patients", "1"), ("days", "4"), ("rounding", "none")];
    assert_eq!(
        swedish("average", Outcome::Holds, &one, "4.0"),
        "Snittet är 4,0 dygn: 4 dygn för 1 patient, inte avrundat."
    );
    let mut changed = made(
        "changed_line",
        Outcome::Holds,
        &[("stay", "E-1"), ("recorded_later", "void")],
        "",
    );
    changed.inputs[1].event = Some(EventId::new("M-9").unwrap());
    let said = step(&changed, Lang::Sv);
    assert!(
        said.contains("(senare registrerat: Makulering, händelse M-9)"),
        "{said}"
    );
}
