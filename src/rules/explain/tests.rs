use std::collections::BTreeSet;

use serde_json::json;

use super::*;
use crate::{
    model::{ids::AgreementId, month::Month, time},
    rules::{
        testing::{Script, shipped},
        trace::{Change, Effect, SpanExplanation},
    },
};

fn at(text: &str) -> Instant {
    time::parse(text).unwrap()
}

fn told(script: &Script, region: &str, now: &str) -> Explanation {
    let now = at(now);
    told_in(script, region, now, &PayerMonth::empty(Month::at(now)))
}

fn told_in(script: &Script, region: &str, now: Instant, month: &PayerMonth) -> Explanation {
    let subject = Subject {
        stay: &script.stay_at(now),
        origins: &script.origins_at(now),
        now,
        rulebook: &shipped(region),
        rates: &Rates::shipped(),
    };
    explain(subject, month)
}

/// Värmland, all met, notice on Monday 4 March 2019 at 13:00.
fn monday() -> Script {
    Script::ready("1780", "somatic", "2019-03-01T11:00")
        .then(&[("2019-03-04T13:00", "ready_notice")])
}

/// Every step as `code outcome result`.
fn steps(span: &SpanExplanation) -> Vec<String> {
    let steps = span.steps.iter();
    steps
        .map(|step| format!("{} {:?} {}", step.code, step.outcome, step.result))
        .collect()
}

fn step<'a>(span: &'a SpanExplanation, code: &str) -> &'a Step {
    span.steps.iter().find(|step| step.code == code).unwrap()
}

/// Inputs as `name=value (event)`.
fn inputs(step: &Step) -> Vec<String> {
    let inputs = step.inputs.iter();
    inputs
        .map(|input| match &input.event {
            Some(event) => format!("{}={} ({event})", input.name, input.value),
            None => format!("{}={}", input.name, input.value),
        })
        .collect()
}

/// Actions with the start that they lead to; leaving is left out.
fn remedies(span: &SpanExplanation) -> Vec<(&str, Option<Instant>)> {
    starts(&span.would_change)
}

fn starts(changes: &[Change]) -> Vec<(&str, Option<Instant>)> {
    let changes = changes.iter().filter(|it| it.effect != Effect::Ends);
    changes
        .map(|it| (it.action.as_str(), it.liability_start))
        .collect()
}

/// What leaving costs: action, moment, days, kronor.
fn leaving(span: &SpanExplanation) -> Vec<String> {
    let changes = span
        .would_change
        .iter()
        .filter(|it| it.effect == Effect::Ends);
    changes
        .map(|it| {
            let (at, amount) = (time::rfc3339(it.at.unwrap()), it.amount);
            format!(
                "{} {} {:?} {}",
                it.action,
                &at[..10],
                it.days,
                amount.map_or_else(|| "-".to_owned(), |amount| amount.to_string())
            )
        })
        .collect()
}

#[test]
fn every_step_of_a_charged_stay() {
    let told = told(&monday(), "17", "2019-03-10T09:00");
    let outer: Vec<_> = told
        .steps
        .iter()
        .map(|step| (step.code.as_str(), step.result.as_str()))
        .collect();
    assert_eq!(outer, [("payer", "1780"), ("municipal_needs", "true")]);
    let span = &told.spans[0];
    assert_eq!(
        steps(span),
        [
            "span_start Holds 2019-03-04T13:00:00+01:00",
            "rule_in_force Holds varmland-2019/liability",
            "rule_lost Lost agreement_binds",
            "precondition.admission_notice Holds 2019-03-02..",
            "precondition.ready_notice Holds ..",
            "precondition.sip_called Holds 2019-03-02..",
            "grace Holds 2019-03-08",
            "chargeable_dates Holds 2019-03-08..2019-03-09",
        ]
    );
    let grace = step(span, "grace");
    assert_eq!(
        inputs(grace),
        [
            "span_start=2019-03-04T13:00:00+01:00 (4)",
            "noon=after",
            "grace_days=4"
        ]
    );
    let clause = grace.clause.as_ref().unwrap();
    assert_eq!(clause.agreement.as_str(), "varmland-2019");
    assert_eq!(
        clause.section,
        "7. Ekonomisk reglering och slutnot i, exempel 2"
    );
    assert_eq!(
        inputs(step(span, "chargeable_dates")),
        ["days=2", "rate.2019=7800", "amount=15600.00"]
    );
    assert_eq!(inputs(step(span, "rule_lost")), ["rule=lag-2017-612"]);
    assert_eq!(
        inputs(&told.steps[0]),
        ["municipality=1780 (0)"],
        "what is registered names its event"
    );
    assert_eq!(inputs(&told.steps[1]), ["municipal_needs=true (0)"]);
    assert_eq!(
        inputs(step(span, "rule_in_force"))[1],
        "care_form=somatic (0)"
    );
    let months: Vec<_> = told.months.iter().map(inputs).collect();
    assert_eq!(
        months,
        [[
            "stay=E",
            "month=2019-03",
            "payer=1780",
            "model=individual",
            "dates=2019-03-08..2019-03-09",
            "days=2"
        ]]
    );
    assert_eq!(span.liability_start, Some(at("2019-03-08T00:00")));
    assert_eq!(remedies(span), []);
    assert_eq!(
        leaving(span),
        [
            "discharged 2019-03-10 Some(2) 15600.00",
            "discharged 2019-03-11 Some(3) 23400.00",
            "ready_retracted 2019-03-10 Some(2) 15600.00",
        ]
    );
}

#[test]
fn a_missing_call_says_what_calling_now_would_do() {
    let script = monday().without("sip_called");
    let told = told(&script, "17", "2019-03-05T09:00");
    let span = &told.spans[0];
    let sip = step(span, "precondition.sip_called");
    assert_eq!(
        (sip.outcome, sip.result.as_str()),
        (Outcome::Fails, "missing")
    );
    assert_eq!(
        remedies(span),
        [("sip_called", Some(at("2019-03-08T00:00")))]
    );
    assert_eq!(span.liability_start, None);
    assert_eq!(
        span.would_change[0].clause.as_ref().unwrap().section,
        "7. Ekonomisk reglering"
    );
}

#[test]
fn two_things_missing_help_only_together() {
    let script = monday().without("sip_called").without("admission_notice");
    let told = told(&script, "17", "2019-03-12T09:00");
    assert_eq!(
        remedies(&told.spans[0]),
        [
            ("admission_notice", None),
            ("sip_called", None),
            ("all", Some(at("2019-03-13T00:00"))),
        ]
    );
}

#[test]
fn a_withdrawn_call_and_missing_open_care() {
    let script = monday().then(&[
        ("2019-03-09T09:00", "sip_call_withdrawn"),
        ("2019-03-10T09:00", "open_care_unavailable"),
    ]);
    let told = told(&script, "17", "2019-03-11T09:00");
    let span = &told.spans[0];
    let sip = step(span, "precondition.sip_called");
    assert_eq!(
        (sip.outcome, sip.result.as_str()),
        (Outcome::Fails, "withdrawn")
    );
    let care = step(span, "open_care");
    assert_eq!(
        (care.outcome, care.result.as_str()),
        (Outcome::Fails, "2019-03-10..")
    );
    assert_eq!(
        step(span, "chargeable_dates").result,
        "2019-03-08..2019-03-08"
    );
    assert_eq!(
        remedies(span),
        [
            ("sip_called", None),
            ("open_care_available", None),
            ("all", Some(at("2019-03-12T00:00"))),
        ]
    );
}

#[test]
fn stockholms_day_passes_for_good() {
    // Somatic in March 2020: an average, so no date; called by 4 + 3 March.
    let script = Script::ready("0114", "somatic", "2020-03-01T09:00")
        .without("sip_called")
        .then(&[("2020-03-04T10:00", "ready_notice")]);
    let in_time = told(&script, "01", "2020-03-07T23:59");
    assert_eq!(remedies(&in_time.spans[0]), [("sip_called", None)]);
    let past = told(&script, "01", "2020-03-08T00:00");
    let span = &past.spans[0];
    assert_eq!(remedies(span), [("nothing", None)]);
    assert_eq!(span.would_change[0].reason.as_deref(), Some("too_late"));
    assert_eq!(span.would_change[0].by, Some("2020-03-07".parse().unwrap()));
    assert_eq!(
        inputs(step(span, "precondition.sip_called")),
        ["last_date=2020-03-07"]
    );
    let member = step(span, "average_member");
    assert_eq!(
        (member.outcome, member.result.as_str()),
        (Outcome::Fails, "sip_call_missing")
    );
    let called = script.then(&[("2020-03-08T09:00", "sip_called")]);
    let late = told(&called, "01", "2020-03-08T10:00");
    assert_eq!(
        step(&late.spans[0], "precondition.sip_called").result,
        "late"
    );
    assert_eq!(remedies(&late.spans[0]), [("nothing", None)]);
}

#[test]
fn an_average_shows_its_arithmetic() {
    let script = Script::ready("0643", "somatic", "2018-04-28T11:00")
        .then(&[("2018-05-01T10:00", "ready_notice")]);
    let now = at("2018-05-06T10:00");
    let mut month = PayerMonth::empty(Month::at(now));
    let id = AgreementId::new("jonkoping-2018").unwrap();
    month.rule(&id, "average").totals = crate::rules::model::Totals {
        patients: 10,
        days: 18,
    };
    let told = told_in(&script, "06", now, &month);
    let span = &told.spans[0];
    assert_eq!(step(span, "day_count").result, "5");
    let long = step(span, "long_stay");
    assert_eq!(
        (long.outcome, inputs(long)),
        (
            Outcome::Lost,
            ["days=5", "from=8", "free=3"].map(String::from).to_vec()
        )
    );
    // 23/11 → 2.1: 0.1 × 11 = 1.1 days.
    assert_eq!(
        inputs(step(span, "average_member")),
        [
            "days=5",
            "other_patients=10",
            "other_days=18",
            "threshold=2.0",
            "charged_with=1.1",
            "charged_without=0",
        ]
    );
    // Rules that lost: those of 2018's start, psychiatric care's, the statute.
    let lost = span
        .steps
        .iter()
        .filter(|step| step.code == codes::RULE_LOST);
    let lost: Vec<_> = lost
        .map(|step| (step.inputs[0].value.as_str(), step.result.as_str()))
        .collect();
    assert_eq!(
        lost,
        [
            ("jonkoping-2018/old-act-somatic", "other_dates"),
            ("jonkoping-2018/old-act-psychiatric", "other_care_form"),
            ("jonkoping-2018/psychiatric-2018", "other_care_form"),
            ("lag-2017-612", "agreement_binds"),
        ]
    );
}

#[test]
fn spans_that_do_not_count_say_so() {
    let script = Script::bare(
        "1780",
        "psychiatric",
        "2019-03-01T11:00",
        json!({"compulsory_care": "LPT"}),
    )
    .then(&[
        ("2019-03-01T12:00", "admission_notice"),
        ("2019-03-02T12:00", "sip_called"),
        ("2019-03-04T11:00", "ready_notice"),
    ]);
    let waiting = told(&script, "17", "2019-03-11T11:00");
    let span = &waiting.spans[0];
    assert_eq!(steps(span), ["span_start Fails compulsory_care_not_ended"]);
    assert!(step(span, "span_start").clause.as_ref().unwrap().reading);
    assert_eq!(
        remedies(span),
        [("compulsory_care_ended", Some(at("2019-03-14T00:00")))]
    );
    let manual = Script::ready("1780", "somatic", "2017-12-01T11:00").then(&[
        ("2017-12-30T11:00", "ready_notice"),
        ("2018-01-03T11:00", "ready_retracted"),
    ]);
    let told = told(&manual, "17", "2018-02-01T09:00");
    let span = &told.spans[0];
    assert_eq!(step(span, "manual").result, "manual");
    assert_eq!(step(span, "end").result, "2018-01-03");
}

#[test]
fn no_step_or_change_bears_a_code_that_is_not_listed() {
    let mut seen = BTreeSet::new();
    for (script, region, now) in [
        (monday(), "17", "2019-03-10T09:00"),
        (
            monday().without("sip_called").without("admission_notice"),
            "17",
            "2019-03-10T09:00",
        ),
        (
            Script::ready("2380", "somatic", "2018-06-01T09:00")
                .then(&[("2018-06-04T11:00", "ready_notice")]),
            "23",
            "2018-06-09T09:00",
        ),
        (
            Script::ready("1380", "somatic", "2018-06-01T09:00")
                .then(&[("2018-06-04T11:00", "ready_notice")]),
            "13",
            "2018-06-09T09:00",
        ),
    ] {
        let told = told(&script, region, now);
        let of_spans = told.spans.iter().flat_map(|span| &span.steps);
        let of_spans = of_spans.chain(&told.months);
        for step in told.steps.iter().chain(of_spans) {
            assert!(codes::STEPS.contains(&step.code.as_str()), "{}", step.code);
            seen.insert(step.code.clone());
        }
        for change in told.spans.iter().flat_map(|span| &span.would_change) {
            let reason = change.reason.as_deref();
            assert!(
                codes::ACTIONS.contains(&change.action.as_str()),
                "{change:?}"
            );
            let listed = reason.is_none_or(|it| codes::REASONS.contains(&it));
            // Of one that leaves: why the average does not count it.
            assert!(listed || change.effect == Effect::Ends, "{change:?}");
        }
    }
    assert!(seen.len() >= 12, "{seen:?}");
}

#[test]
fn who_pays_can_be_registered_after_the_end() {
    let script = Script::ready("0180", "somatic", "2019-03-01T11:00").then(&[
        ("2019-03-04T13:00", "ready_notice"),
        ("2019-03-12T10:00", "discharged"),
    ]);
    let told = told(&script, "17", "2019-03-20T09:00");
    let changes = told.spans[0].would_change.iter();
    let changes: Vec<_> = changes.map(|it| (it.action.as_str(), it.effect)).collect();
    assert_eq!(changes, [("details_changed", Effect::PayerSettled)]);
}

#[test]
fn a_call_that_was_withdrawn_after_a_span_stood_in_it() {
    let script = monday().then(&[
        ("2019-03-09T10:00", "ready_retracted"),
        ("2019-03-10T10:00", "sip_call_withdrawn"),
        ("2019-03-12T10:00", "ready_notice"),
    ]);
    let told = told(&script, "17", "2019-03-14T09:00");
    let sip = |span: &SpanExplanation| {
        let step = step(span, "precondition.sip_called");
        (step.outcome, step.result.clone())
    };
    assert_eq!(
        told.spans.iter().map(sip).collect::<Vec<_>>(),
        [
            (Outcome::Holds, "2019-03-02..2019-03-09".to_owned()),
            (Outcome::Fails, "withdrawn".to_owned())
        ]
    );
}

#[test]
fn who_needs_nothing_is_told_no_days() {
    let needs = json!({"municipal_needs": false});
    let script = monday().and("2019-03-05T09:00", "details_changed", needs);
    let told = told(&script, "17", "2019-03-10T09:00");
    let codes: Vec<_> = told.spans[0].steps.iter().map(|it| &*it.code).collect();
    assert!(!codes.contains(&"chargeable_dates"), "{codes:?}");
    assert_eq!(told.spans[0].liability_start, None);
}

/// A deed of the instant at which it was undone would come before that.
#[test]
fn what_was_undone_this_instant_is_promised_for_the_next() {
    for (undone, deed) in [
        ("sip_call_withdrawn", "sip_called"),
        ("ready_retracted", "ready_notice"),
    ] {
        let now = "2019-03-06T10:00";
        let script = monday().then(&[(now, undone)]);
        let told_now = told(&script, "17", now);
        let of_spans = told_now.spans.iter().flat_map(|span| &span.would_change);
        let mut changes = of_spans.chain(&told_now.would_change);
        let promise = changes.find(|it| it.action == deed).unwrap();
        assert_eq!(promise.effect, Effect::LiabilityStart, "{deed}");
        let done = script.happens(promise.at.unwrap(), deed);
        let after = told(&done, "17", "2019-03-06T10:01");
        let span = after.spans.last().unwrap();
        assert_eq!(span.liability_start, promise.liability_start, "{deed}");
    }
}
