//! Readings that are switched, as explanations and outlooks tell them.

use super::{
    Subject, explain,
    outlook::{FlagClass, FlagCode, PayerMonth, State, outlook},
    rates::Rates,
    rulebook::Rulebook,
    shares,
    testing::{Script, date},
    trace::{Effect, Outcome, SpanExplanation, Step, codes},
};
use crate::model::{
    month::Month,
    time::{self, Instant},
};

const STOCKHOLM: &str = include_str!("agreements/stockholm-2020.toml");
const WEEKDAYS: &str = include_str!("../../fixtures/agreements/example-weekdays.toml");

fn at(text: &str) -> Instant {
    time::parse(text).unwrap()
}

fn under(region: &str, text: &str) -> Rulebook {
    Rulebook::with_files(region.parse().unwrap(), &[("own.toml", text)]).unwrap()
}

fn span(script: &Script, rulebook: &Rulebook, now: &str) -> SpanExplanation {
    let now = at(now);
    let month = PayerMonth::empty(Month::at(now));
    let subject = Subject {
        stay: &script.stay_at(now),
        origins: &script.origins_at(now),
        now,
        rulebook,
        rates: &Rates::shipped(),
    };
    let told = explain(subject, &month);
    told.spans.into_iter().next_back().unwrap()
}

fn step<'a>(span: &'a SpanExplanation, code: &str) -> &'a Step {
    span.steps.iter().find(|step| step.code == code).unwrap()
}

fn input<'a>(step: &'a Step, name: &str) -> Option<&'a str> {
    let found = step.inputs.iter().find(|input| input.name == name);
    found.map(|input| input.value.as_str())
}

/// Ready on Monday 2 March 2020, and the SIP called on the 6th, a day late.
fn late_call(care_form: &str) -> Script {
    Script::ready("0114", care_form, "2020-03-01T08:00")
        .without("sip_called")
        .then(&[
            ("2020-03-02T11:00", "ready_notice"),
            ("2020-03-06T10:00", "sip_called"),
        ])
}

#[test]
fn a_late_call_that_counts_is_told_with_its_reading() {
    let (stay, now) = (late_call("psychiatric"), "2020-03-06T12:00");
    let told = span(&stay, &under("01", STOCKHOLM), now);
    let sip = step(&told, "precondition.sip_called");
    assert_eq!((sip.outcome, sip.result.as_str()), (Outcome::Fails, "late"));
    assert!(sip.clause.as_ref().unwrap().reading);
    assert_eq!(
        (told.liability_start, told.would_change[0].reason.as_deref()),
        (None, Some("too_late"))
    );

    let counts = STOCKHOLM.replace("\"does_not_count\"", "\"counts_from_call\"");
    let rulebook = under("01", &counts);
    let told = span(&stay, &rulebook, now);
    let sip = step(&told, "precondition.sip_called");
    assert_eq!(
        (sip.outcome, sip.result.as_str()),
        (Outcome::Holds, "2020-03-07..")
    );
    assert!(sip.clause.as_ref().unwrap().reading);
    assert_eq!(input(sip, "last_date"), Some("2020-03-05"));
    assert_eq!(told.liability_start, Some(at("2020-03-07T00:00")));
    let ways: Vec<_> = told.would_change.iter().map(|it| it.effect).collect();
    assert_eq!(ways, [Effect::Ends; 3], "only leaving changes it");

    // Before the call: not too late, and the lateness no longer blocks.
    let told = span(&stay, &rulebook, "2020-03-06T09:00");
    assert_eq!(told.would_change[0].action, "sip_called");
    assert_eq!(told.would_change[0].by, None, "its last day has passed");
    assert_eq!(
        told.would_change[0].liability_start,
        Some(at("2020-03-07T00:00"))
    );
    let now = at(now);
    let month = PayerMonth::empty(Month::at(now));
    let seen = outlook(
        &stay.stay_at(now),
        now,
        &rulebook,
        &Rates::shipped(),
        &month,
    );
    let late = seen
        .flags
        .iter()
        .find(|flag| flag.code == FlagCode::SipCallLate);
    assert_eq!(late.map(|flag| flag.class), Some(FlagClass::Quality));
    assert_eq!(seen.state, State::Grace);
}

#[test]
fn one_that_counts_as_zero_is_in_the_average_without_days() {
    let stay = Script::ready("0114", "somatic", "2020-03-01T08:00")
        .without("sip_called")
        .then(&[
            ("2020-03-02T11:00", "ready_notice"),
            ("2020-03-10T11:00", "discharged"),
        ]);
    let zero = STOCKHOLM.replace("value = \"leaves\"", "value = \"counted_as_zero\"");
    let rulebook = under("01", &zero);
    let given = shares(&stay.stay(), &rulebook, date("2020-04-01")).shares;
    let standing = super::share::Standing::Averaged { days: 0 };
    assert_eq!(given[0].standing, standing);
    let told = span(&stay, &rulebook, "2020-03-31T12:00");
    let member = step(&told, codes::AVERAGE_MEMBER);
    assert_eq!(
        (member.outcome, member.result.as_str()),
        (Outcome::Holds, "counted_as_zero")
    );
    assert_eq!(input(member, "days"), Some("0"));
    assert!(member.clause.as_ref().unwrap().reading);
    assert_eq!(step(&told, codes::DAY_COUNT).result, "8");
    // Before it leaves: called now, its days count; else it leaves without any.
    let told = span(&stay, &rulebook, "2020-03-04T12:00");
    let ways = told.would_change.iter();
    let ways: Vec<_> = ways.map(|it| (&*it.action, it.effect, it.days)).collect();
    assert_eq!(
        ways[..2],
        [
            ("sip_called", Effect::DaysCount, Some(2)),
            ("discharged", Effect::Ends, Some(0)),
        ]
    );

    // As shipped it leaves.
    let told = span(&stay, &under("01", STOCKHOLM), "2020-03-31T12:00");
    let member = step(&told, codes::AVERAGE_MEMBER);
    assert_eq!(
        (member.outcome, member.result.as_str()),
        (Outcome::Fails, "sip_call_missing")
    );
}

#[test]
fn weekdays_are_explained_with_the_days_that_they_pass_over() {
    let rulebook = under("04", WEEKDAYS);
    let stay = Script::ready("0480", "somatic", "2019-04-15T08:00")
        .then(&[("2019-04-17T12:00:01", "ready_notice")]);
    let told = span(&stay, &rulebook, "2019-04-18T09:00");
    let grace = step(&told, codes::GRACE);
    assert_eq!(grace.result, "2019-04-25");
    assert_eq!(input(grace, "grace_weekdays"), Some("4"));
    assert_eq!(input(grace, "grace_days"), None);
    assert_eq!(input(grace, "noon"), Some("after"));
    assert_eq!(input(grace, "days_off"), Some("2019-04-19..2019-04-22"));
    assert_eq!(told.liability_start, Some(at("2019-04-25T00:00")));
    // None to pass over, none told.
    let stay = Script::ready("0480", "somatic", "2019-05-01T08:00")
        .then(&[("2019-05-06T11:00", "ready_notice")]);
    let told = span(&stay, &rulebook, "2019-05-06T12:00");
    let grace = step(&told, codes::GRACE);
    assert_eq!(
        (grace.result.as_str(), input(grace, "days_off")),
        ("2019-05-09", None)
    );
}
