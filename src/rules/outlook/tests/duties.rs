use super::*;

#[test]
fn stockholms_deadline_passes() {
    // Psychiatric in 2020: individual, five days; called by 4 + 3 = 7 May.
    let script = Script::bare(
        "0114",
        "psychiatric",
        "2020-05-01T09:00",
        serde_json::json!({}),
    )
    .then(&[
        ("2020-05-01T10:00", "admission_notice"),
        ("2020-05-04T10:00", "ready_notice"),
    ])
    .and(
        "2020-05-02T10:00",
        "care_contact_assigned",
        serde_json::json!({"name": "N", "unit": "U"}),
    );
    let in_time = look(&script, "01", "2020-05-07T23:00");
    assert_eq!(in_time.start_if_met_now, Some(at("2020-05-09T00:00")));
    assert_eq!(flag(&in_time, FlagCode::SipCallLate), None);
    let past = look(&script, "01", "2020-05-08T00:00");
    assert_eq!((past.start_if_met_now, past.lost_per_day), (None, None));
    assert_eq!(
        flag(&past, FlagCode::SipCallLate),
        Some(FlagClass::BlocksByAgreement)
    );
    let called = script.then(&[("2020-05-08T09:00", "sip_called")]);
    let late = look(&called, "01", "2020-05-08T10:00");
    assert_eq!(late.state, State::Blocked);
    let expected = [
        (FlagCode::SipCallLate, FlagClass::BlocksByAgreement),
        (FlagCode::ExpectedDischargeMissing, FlagClass::Quality),
    ];
    assert_eq!(flags(&late), expected);
}

#[test]
fn duties_are_flagged_before_anybody_is_ready() {
    let script = Script::bare("1780", "somatic", "2019-03-01T11:00", serde_json::json!({}));
    let due = look(&script, "17", "2019-03-02T11:00");
    assert_eq!((due.state, flags(&due)), (State::NotReady, vec![]));
    let past = look(&script, "17", "2019-03-02T11:01");
    let expected = [
        (FlagCode::AdmissionNoticeMissing, FlagClass::BlocksByLaw),
        (FlagCode::ExpectedDischargeMissing, FlagClass::Quality),
    ];
    assert_eq!(flags(&past), expected);
    let sent = script.then(&[("2019-03-02T12:00", "admission_notice")]);
    let late = look(&sent, "17", "2019-03-02T13:00");
    let class = flag(&late, FlagCode::AdmissionNoticeLate);
    assert_eq!(class, Some(FlagClass::Quality));
    // Seen on the second, it is in time.
    let seen_late = Script::bare("1780", "somatic", "2019-03-01T11:00", serde_json::json!({})).and(
        "2019-03-02T12:00",
        "admission_notice",
        serde_json::json!({"need_seen_at": "2019-03-02T08:00"}),
    );
    let seen = look(&seen_late, "17", "2019-03-02T13:00");
    assert_eq!(flag(&seen, FlagCode::AdmissionNoticeLate), None);
}

#[test]
fn halland_awaits_confirmations_and_the_date_after() {
    // A call on Friday 4 May 2018 at 15:00 counts as sent on Monday: due on
    // Tuesday. At 13:00 it would be due on Monday. The admission notice of
    // Thursday is due on Friday.
    let script = |clock: &str| {
        Script::ready("1380", "somatic", "2018-05-03T09:00")
            .without("sip_called")
            .and("2018-05-03T10:00", "note", serde_json::json!({"text": "."}))
            .then(&[(&format!("2018-05-04T{clock}"), "sip_called")])
            .and(
                "2018-05-04T09:00",
                "acknowledged",
                serde_json::json!({"message": "1", "by": "municipality"}),
            )
    };
    for (clock, now, overdue) in [
        ("13:00", "2018-05-07T23:59", false),
        ("13:00", "2018-05-08T00:00", true),
        ("15:00", "2018-05-08T23:59", false),
        ("15:00", "2018-05-09T00:00", true),
    ] {
        let seen = look(&script(clock), "13", now);
        let class = flag(&seen, FlagCode::AcknowledgementOverdue);
        assert_eq!(class.is_some(), overdue, "{clock} {now}");
        assert_eq!(
            seen.unconfirmed.len(),
            usize::from(overdue),
            "{clock} {now}"
        );
        let duty = seen.duties.iter().find(|it| it.code == "acknowledgement");
        assert_eq!(duty.unwrap().late, overdue, "{clock} {now}");
    }
    let mut ready = script("13:00").then(&[("2018-05-07T10:00", "ready_notice")]);
    for item in ["aids", "medication", "information_transfer"] {
        let fields = serde_json::json!({"item": item, "done": true});
        ready = ready.and("2018-05-08T09:00", "checklist", fields);
    }
    // Home-ready on the 8th: the date after is the 9th.
    for (now, overdue) in [("2018-05-09T23:59", false), ("2018-05-10T00:00", true)] {
        let seen = look(&ready, "13", now);
        assert_eq!(seen.state, State::Grace);
        let class = flag(&seen, FlagCode::DischargeOverdue);
        assert_eq!(class.is_some(), overdue, "{now}");
    }
}

#[test]
fn due_times_by_hours_days_weekdays_and_months() {
    use crate::rules::{
        agreement::{Within, WithinUnit as U},
        outlook::due::due,
    };
    let cases = [
        // from, how many, of what, due, that very moment in time
        ("2019-03-30T12:00", 24, U::Hours, "2019-03-31T13:00", true), // the clock went forward
        ("2019-03-04T23:59", 0, U::Days, "2019-03-05T00:00", false),
        ("2019-03-04T00:00", 3, U::Days, "2019-03-08T00:00", false),
        (
            "2019-03-08T09:00",
            1,
            U::Weekdays,
            "2019-03-12T00:00",
            false,
        ), // Friday → Monday
        (
            "2019-04-18T09:00",
            1,
            U::Weekdays,
            "2019-04-24T00:00",
            false,
        ), // over Easter
        (
            "2019-06-20T09:00",
            1,
            U::Weekdays,
            "2019-06-25T00:00",
            false,
        ), // midsummer's eve
        ("2019-01-31T09:00", 1, U::Months, "2019-03-01T00:00", false),
        ("2019-03-04T09:00", 0, U::Before, "2019-03-04T09:00", true),
    ];
    for (from, amount, unit, expected, included) in cases {
        let found = due(at(from), Within { amount, unit }).unwrap();
        assert_eq!(
            (found.at, found.included),
            (at(expected), included),
            "{from} {unit}"
        );
        assert_eq!(found.late(at(expected)), !included);
    }
    let never = Within {
        amount: 0,
        unit: U::WithoutDelay,
    };
    assert_eq!(due(at("2019-03-04T09:00"), never), None);
}

#[test]
fn jonkoping_lists_its_duties() {
    let script = Script::ready("0643", "somatic", "2018-04-28T11:00").then(&[
        ("2018-05-01T10:00", "ready_notice"),
        ("2018-05-01T12:00", "sip_held"),
        ("2018-05-03T09:00", "discharged"),
    ]);
    let seen = look(&script, "06", "2018-06-02T09:00");
    let told: Vec<_> = seen
        .duties
        .iter()
        .map(|duty| {
            let due = duty.due.map(time::rfc3339).unwrap_or_default();
            let done = duty.done.as_ref().map_or("-", |done| done.event.as_str());
            format!("{} {} {due} {done} {}", duty.code, duty.party, duty.late)
        })
        .collect();
    assert_eq!(
        told,
        [
            "admission_notice ward 2018-04-29T11:00:00+02:00 1 false",
            "expected_discharge ward  1 false",
            // Named on 28 April, before the discharge on 3 May.
            "care_contact open_care 2018-05-03T09:00:00+02:00 2 false",
            "sip_called open_care 2018-05-05T00:00:00+02:00 3 false",
            // Without delay: awaited, and never late by a clock.
            "acknowledgement municipality  - false",
            // Called on 28 April + 3 days; held on 1 May.
            "svpl_meeting open_care 2018-05-02T00:00:00+02:00 5 false",
            // Never ticked before the discharge.
            "medication ward 2018-05-03T09:00:00+02:00 - true",
            // 24 hours after 1 May 10:00; left on 3 May.
            "discharge ward 2018-05-02T10:00:00+02:00 6 true",
            // One month after the meeting: the whole of 1 June; not done.
            "follow_up open_care 2018-06-02T00:00:00+02:00 - true",
        ]
    );
}

/// A duty as `due done late`.
fn duty(seen: &Outlook, code: &str) -> Option<String> {
    let duty = seen.duties.iter().find(|it| it.code == code)?;
    let due = duty.due.map(time::rfc3339).unwrap_or_default();
    let done = duty.done.as_ref().map_or("-", |done| done.event.as_str());
    Some(format!("{due} {done} {}", duty.late))
}

#[test]
fn a_meeting_at_home_comes_after_the_discharge() {
    let script = Script::ready("0643", "somatic", "2018-05-01T11:00").then(&[
        ("2018-05-02T10:00", "ready_notice"),
        ("2018-05-03T09:00", "discharged"),
        ("2018-05-04T13:00", "sip_held"),
    ]);
    let seen = look(&script, "06", "2018-05-10T09:00");
    let told = ["svpl_meeting", "follow_up"].map(|code| duty(&seen, code).unwrap());
    assert_eq!(
        told,
        [
            "2018-05-05T00:00:00+02:00 6 false",
            // One month after the meeting: the whole of 4 June.
            "2018-06-05T00:00:00+02:00 - false",
        ]
    );
}

#[test]
fn after_aborted_planning_nobody_is_awaited() {
    let script =
        Script::bare("0643", "somatic", "2018-05-01T11:00", serde_json::json!({})).then(&[
            ("2018-05-01T12:00", "sip_called"),
            ("2018-05-02T10:00", "ready_notice"),
            ("2018-05-04T09:00", "planning_aborted"),
        ]);
    let seen = look(&script, "06", "2018-06-10T09:00");
    let told: Vec<_> = seen.duties.iter().map(|it| it.code.as_str()).collect();
    // The notice was overdue by then; the meeting (4 May) was not, and there
    // is no discharge to come.
    assert_eq!(told, ["admission_notice", "sip_called"]);
    assert_eq!(
        duty(&seen, "admission_notice").unwrap(),
        "2018-05-02T11:00:00+02:00 - true"
    );
}

#[test]
fn that_nothing_was_needed_is_never_late() {
    let script = Script::ready("1780", "somatic", "2019-03-01T11:00")
        .without("sip_called")
        .then(&[("2019-03-04T11:00", "ready_notice")])
        .and(
            "2019-03-09T10:00",
            "sip_waived",
            serde_json::json!({"reason": "."}),
        );
    let before = look(&script, "17", "2019-03-08T00:00");
    assert_eq!(
        duty(&before, "sip_called").unwrap(),
        "2019-03-08T00:00:00+01:00 - true"
    );
    let after = look(&script, "17", "2019-03-10T10:00");
    assert_eq!(
        duty(&after, "sip_called").unwrap(),
        "2019-03-08T00:00:00+01:00 4 false"
    );
}

#[test]
fn the_hours_to_the_discharge_run_from_the_end_of_compulsory_care() {
    let script = Script::bare(
        "0643",
        "psychiatric",
        "2018-05-01T11:00",
        serde_json::json!({"compulsory_care": "LPT"}),
    )
    .then(&[("2018-05-02T10:00", "ready_notice")]);
    let held = look(&script, "06", "2018-05-06T09:00");
    assert_eq!(duty(&held, "discharge"), None);
    assert_eq!(flag(&held, FlagCode::DischargeOverdue), None);
    let script = script.then(&[("2018-05-06T10:00", "compulsory_care_ended")]);
    for (now, overdue) in [("2018-05-07T10:00", false), ("2018-05-07T10:01", true)] {
        let seen = look(&script, "06", now);
        let flag = flag(&seen, FlagCode::DischargeOverdue);
        assert_eq!(flag.is_some(), overdue, "{now}");
        let told = duty(&seen, "discharge").unwrap();
        assert_eq!(told, format!("2018-05-07T10:00:00+02:00 - {overdue}"));
    }
}

#[test]
fn of_awaited_confirmations_the_one_due_first_is_told() {
    // Friday 4 May 2018: a call after 14:00 is due on Tuesday, the ready
    // notice sent after it already on Monday. The admission notice of
    // Wednesday was confirmed a day late.
    let script = Script::ready("1380", "somatic", "2018-05-02T09:00")
        .without("sip_called")
        .then(&[
            ("2018-05-04T15:00", "sip_called"),
            ("2018-05-04T16:00", "ready_notice"),
        ])
        .and(
            "2018-05-04T09:00",
            "acknowledged",
            serde_json::json!({"message": "1", "by": "municipality"}),
        );
    for (now, expected) in [
        ("2018-05-07T12:00", "2018-05-08T00:00:00+02:00 - false"),
        ("2018-05-08T00:00", "2018-05-08T00:00:00+02:00 - true"),
    ] {
        let seen = look(&script, "13", now);
        assert_eq!(duty(&seen, "acknowledgement").unwrap(), expected, "{now}");
    }
}
