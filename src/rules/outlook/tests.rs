use chrono::TimeDelta;

use super::*;
use crate::{
    model::{month::Month, time},
    rules::testing::{Script, shipped},
};

fn at(text: &str) -> Instant {
    time::parse(text).unwrap()
}

fn kronor(text: &str) -> Kronor {
    text.parse().unwrap()
}

fn empty(now: Instant) -> PayerMonth {
    PayerMonth::empty(Month::at(now))
}

/// The stay as at `now`, with nobody else discharged this month.
fn look(script: &Script, region: &str, now: &str) -> Outlook {
    let now = at(now);
    look_within(script, region, now, &empty(now))
}

fn look_within(script: &Script, region: &str, now: Instant, month: &PayerMonth) -> Outlook {
    outlook(
        &script.stay_at(now),
        now,
        &shipped(region),
        &Rates::shipped(),
        month,
    )
}

/// Värmland, all met, notice on Monday 4 March 2019 at `clock`.
fn monday(clock: &str) -> Script {
    Script::ready("1780", "somatic", "2019-03-01T11:00")
        .then(&[(&format!("2019-03-04T{clock}"), "ready_notice")])
}

/// Jönköping (Habo), all met, notice on 1 May 2018 at 10:00.
fn habo() -> Script {
    Script::ready("0643", "somatic", "2018-04-28T11:00")
        .then(&[("2018-05-01T10:00", "ready_notice")])
}

/// Habo's month with so many patients and days before this stay.
fn habo_month(patients: u32, days: u64) -> PayerMonth {
    let mut month = PayerMonth::empty("2018-05".parse().unwrap());
    let id = crate::model::ids::AgreementId::new("jonkoping-2018").unwrap();
    let rule = month.rule(&id, "average");
    rule.totals.patients = patients;
    rule.totals.days = days;
    month
}

fn flags(outlook: &Outlook) -> Vec<(FlagCode, FlagClass)> {
    outlook
        .flags
        .iter()
        .map(|flag| (flag.code, flag.class))
        .collect()
}

fn flag(outlook: &Outlook, code: FlagCode) -> Option<FlagClass> {
    let found = outlook.flags.iter().find(|flag| flag.code == code);
    found.map(|flag| flag.class)
}

#[test]
fn the_countdown_of_the_worked_example() {
    // Värmland's endnote i: Monday 11:00 → Thursday, 13:00 → Friday.
    for (clock, hours) in [("11:00", 1), ("12:00", 1), ("13:00", 25)] {
        let now = "2019-03-06T23:00:00+01:00";
        let seen = look(&monday(clock), "17", now);
        assert_eq!(seen.state, State::Grace, "{clock}");
        let start = seen.liability_start.unwrap();
        assert_eq!(start - at(now), TimeDelta::hours(hours), "{clock}");
        let next = NextBoundary {
            at: start,
            what: Boundary::Liability,
        };
        assert_eq!(seen.next_boundary, Some(next));
        assert_eq!(seen.agreement.unwrap().as_str(), "varmland-2019");
    }
}

#[test]
fn individual_stays_day_by_day() {
    // Liability from 2019-03-07; a stay that leaves today is not charged for
    // today, so today's date is what one more day adds.
    let cases = [
        // now, state, days so far, kronor so far, one more day
        ("2019-03-06T23:00", State::Grace, 0, "0", "0"),
        ("2019-03-07T00:00", State::Liable, 0, "0", "7800"),
        ("2019-03-07T23:59", State::Liable, 0, "0", "7800"),
        ("2019-03-08T00:00", State::Liable, 1, "7800", "7800"),
        ("2019-03-10T12:00", State::Liable, 3, "23400", "7800"),
    ];
    for (now, state, days, amount, tomorrow) in cases {
        let seen = look(&monday("11:00"), "17", now);
        assert_eq!(seen.state, state, "{now}");
        assert_eq!(seen.liability_start, Some(at("2019-03-07T00:00")), "{now}");
        let so_far = Accrued {
            days,
            amount: Some(kronor(amount)),
        };
        assert_eq!(seen.accrued, so_far, "{now}");
        assert_eq!(seen.tomorrow, Some(kronor(tomorrow)), "{now}");
        assert_eq!(seen.start_if_met_now, None);
    }
}

#[test]
fn each_date_takes_its_own_years_rate() {
    // Notice on 27 December 2018 by noon: liability from 30 December. Two
    // dates at 7100, then two at 7800.
    let script = Script::ready("1780", "somatic", "2018-12-20T11:00")
        .then(&[("2018-12-27T10:00", "ready_notice")]);
    let seen = look(&script, "17", "2019-01-03T08:00");
    assert_eq!(seen.accrued.days, 4);
    assert_eq!(seen.accrued.amount, Some(kronor("29800")));
    assert_eq!(seen.tomorrow, Some(kronor("7800")));
    assert_eq!(seen.agreement.unwrap().as_str(), "lag-2017-612");
    // 2020 has no rate that may be used: the sum cannot be told.
    let late = look(&script, "17", "2020-01-02T08:00");
    assert_eq!((late.accrued.amount, late.tomorrow), (None, None));
    assert_eq!(late.accrued.days, 2 + 365 + 1);
}

#[test]
fn what_is_missing_blocks_and_each_day_costs_once_the_free_days_are_over() {
    let script = monday("11:00").without("sip_called");
    let cases = [
        // now, start if called now, lost by waiting a day
        ("2019-03-05T09:00", "2019-03-07T00:00", "0"),
        // Called on the 6th it counts from the 7th, the first date anyhow;
        // called on the 7th from the 8th.
        ("2019-03-06T09:00", "2019-03-07T00:00", "7800"),
        ("2019-03-09T09:00", "2019-03-10T00:00", "7800"),
    ];
    for (now, start, lost) in cases {
        let seen = look(&script, "17", now);
        assert_eq!(seen.state, State::Blocked, "{now}");
        assert_eq!(seen.liability_start, None, "{now}");
        assert_eq!(seen.start_if_met_now, Some(at(start)), "{now}");
        assert_eq!(seen.lost_per_day, Some(kronor(lost)), "{now}");
        assert_eq!(seen.tomorrow, Some(Kronor::ZERO), "{now}");
        let class = flag(&seen, FlagCode::SipCallMissing);
        assert_eq!(class, Some(FlagClass::BlocksByLaw), "{now}");
    }
}

#[test]
fn a_call_made_today_counts_from_tomorrow() {
    let script = monday("11:00")
        .without("sip_called")
        .then(&[("2019-03-09T08:00", "sip_called")]);
    let seen = look(&script, "17", "2019-03-09T09:00");
    assert_eq!(seen.state, State::Grace);
    assert_eq!(seen.liability_start, Some(at("2019-03-10T00:00")));
    // Two days after its day (4 March + 3).
    let late = flag(&seen, FlagCode::SipCallLate);
    assert_eq!(late, Some(FlagClass::Quality));
}

#[test]
fn open_care_that_is_missing_stops_the_charge_and_resumes_the_day_after() {
    let script = monday("11:00").then(&[
        ("2019-03-08T10:00", "open_care_unavailable"),
        ("2019-03-10T15:00", "open_care_available"),
    ]);
    let during = look(&script, "17", "2019-03-09T12:00");
    assert_eq!(during.state, State::Blocked);
    assert_eq!((during.accrued.days, during.liability_start), (1, None));
    let class = flag(&during, FlagCode::OpenCareUnavailable);
    assert_eq!(class, Some(FlagClass::BlocksByLaw));
    assert_eq!(during.start_if_met_now, Some(at("2019-03-10T00:00")));
    let after = look(&script, "17", "2019-03-10T16:00");
    assert_eq!(after.state, State::Grace);
    assert_eq!(after.liability_start, Some(at("2019-03-11T00:00")));
    assert_eq!(after.accrued.days, 1);
    let resumed = look(&script, "17", "2019-03-12T09:00");
    assert_eq!(resumed.state, State::Liable);
    assert_eq!(resumed.liability_start, Some(at("2019-03-07T00:00")));
    // The 7th and the 11th.
    assert_eq!(resumed.accrued.days, 2);
}

#[test]
fn compulsory_care_waits_for_the_court() {
    let script = Script::bare(
        "1780",
        "psychiatric",
        "2019-03-01T11:00",
        serde_json::json!({"compulsory_care": "LPT"}),
    )
    .then(&[
        ("2019-03-01T12:00", "admission_notice"),
        ("2019-03-02T12:00", "sip_called"),
        ("2019-03-04T11:00", "ready_notice"),
        ("2019-03-11T13:00", "compulsory_care_ended"),
    ]);
    let waiting = look(&script, "17", "2019-03-08T09:00");
    assert_eq!(waiting.state, State::NotReady);
    assert_eq!(waiting.ready_since, Some(at("2019-03-04T11:00")));
    let class = flag(&waiting, FlagCode::CompulsoryCare);
    assert_eq!(class, Some(FlagClass::BlocksByLaw));
    // Ended at 13:00 on the 11th: four days.
    let ended = look(&script, "17", "2019-03-12T09:00");
    assert_eq!(ended.liability_start, Some(at("2019-03-15T00:00")));
    assert_eq!(ended.ready_since, Some(at("2019-03-11T13:00")));
}

#[test]
fn an_average_counts_towards_its_boundaries() {
    // Ten others with 18 days (1.8): eleven patients pass 2.0 at 2.05, which
    // is rounded to 2.1: 23 days, so 5 of this one's. 5 × 24 h after 1 May
    // 10:00.
    let month = habo_month(10, 18);
    let grace = look_within(&habo(), "06", at("2018-05-03T09:00"), &month);
    assert_eq!((grace.state, grace.liability_start), (State::Grace, None));
    let next = NextBoundary {
        at: at("2018-05-06T10:00"),
        what: Boundary::AboveThreshold,
    };
    assert_eq!(grace.next_boundary, Some(next.clone()));
    assert_eq!(grace.tomorrow, Some(Kronor::ZERO));
    // At that moment: (2.1 − 2.0) × 11 × 7100 = 7810.
    let above = look_within(&habo(), "06", next.at, &month);
    assert_eq!(above.state, State::Liable);
    assert_eq!(above.accrued.amount, Some(kronor("7810")));
    // One day more: 24/11 = 2.18 → 2.2: 0.2 × 11 × 7100 = 15620.
    assert_eq!(above.tomorrow, Some(kronor("7810")));
    let day = NextBoundary {
        at: at("2018-05-07T10:00"),
        what: Boundary::Day,
    };
    assert_eq!(above.next_boundary, Some(day));
    // On the eighth day it leaves the average: (8 − 3) × 7100 = 35500, and
    // the others' 1.8 costs nothing. The day before: 25/11 = 2.27 → 2.3:
    // 0.3 × 11 × 7100 = 23430.
    let seventh = look_within(&habo(), "06", at("2018-05-08T10:00"), &month);
    assert_eq!(seventh.accrued.amount, Some(kronor("23430")));
    assert_eq!(seventh.tomorrow, Some(kronor("12070")));
    let long = look_within(&habo(), "06", at("2018-05-09T10:00"), &month);
    let so_far = Accrued {
        days: 5,
        amount: Some(kronor("35500")),
    };
    assert_eq!(long.accrued, so_far);
    assert_eq!(long.tomorrow, Some(kronor("7100")));
    let day = NextBoundary {
        at: at("2018-05-10T10:00"),
        what: Boundary::Day,
    };
    assert_eq!(long.next_boundary, Some(day));
}

#[test]
fn a_payer_far_below_its_threshold_meets_the_long_stay_first() {
    // 30 others with none: 31 patients would need 64 days (2.06 → 2.1).
    let seen = look_within(&habo(), "06", at("2018-05-03T09:00"), &habo_month(30, 0));
    let next = NextBoundary {
        at: at("2018-05-09T10:00"),
        what: Boundary::Individual,
    };
    assert_eq!(seen.next_boundary, Some(next));
}

#[test]
fn a_short_stay_that_lowers_the_average_costs_less_than_nothing_more() {
    // 10 others with 27 days cost 49 700 (example B). With this one at day 0:
    // 27/11 = 2.45 → 2.5: 0.5 × 11 × 7100 = 39 050; at day 1 28/11 → 2.5.
    let month = habo_month(10, 27);
    let seen = look_within(&habo(), "06", at("2018-05-01T12:00"), &month);
    assert_eq!(seen.state, State::Grace);
    assert_eq!(seen.accrued.amount, Some(Kronor::ZERO));
    assert_eq!(seen.tomorrow, Some(Kronor::ZERO));
    let day = NextBoundary {
        at: at("2018-05-02T10:00"),
        what: Boundary::Day,
    };
    assert_eq!(seen.next_boundary, Some(day));
}

#[test]
fn a_new_month_begins_with_nobody_else() {
    // Ready on 30 May at 10:00; with 10 others at 0 days nothing passes in
    // May. In June alone: above 2.0 with 3 days, on 2 June at 10:00.
    let script = Script::ready("0643", "somatic", "2018-05-28T11:00")
        .then(&[("2018-05-30T10:00", "ready_notice")]);
    let seen = look_within(&script, "06", at("2018-05-31T12:00"), &habo_month(10, 0));
    let next = NextBoundary {
        at: at("2018-06-02T10:00"),
        what: Boundary::AboveThreshold,
    };
    assert_eq!(seen.next_boundary, Some(next));
}

#[test]
fn an_average_asks_what_stands_at_the_discharge() {
    let seen = look(&habo().without("sip_called"), "06", "2018-05-12T09:00");
    assert_eq!(seen.state, State::Blocked);
    assert_eq!((seen.liability_start, seen.start_if_met_now), (None, None));
    assert_eq!(
        (seen.lost_per_day, seen.tomorrow),
        (None, Some(Kronor::ZERO))
    );
    let unplanned = Script::bare("0643", "somatic", "2018-04-28T11:00", serde_json::json!({}))
        .then(&[
            ("2018-04-28T12:00", "admission_notice"),
            ("2018-04-28T12:00", "sip_called"),
            ("2018-05-01T10:00", "ready_notice"),
        ]);
    let seen = look(&unplanned, "06", "2018-05-01T12:00");
    let by_agreement = Some(FlagClass::BlocksByAgreement);
    assert_eq!(
        flag(&seen, FlagCode::ExpectedDischargeMissing),
        by_agreement
    );
    let quality = Some(FlagClass::Quality);
    assert_eq!(flag(&seen, FlagCode::CareContactMissing), quality);
}

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
fn jamtland_asks_for_home_readiness() {
    // Östersund, notice on 4 June 2018 at 11:00; checklist but medication.
    let mut script = Script::ready("2380", "somatic", "2018-06-01T09:00")
        .then(&[("2018-06-04T11:00", "ready_notice")]);
    for item in [
        "self_care",
        "written_information",
        "information_transfer",
        "aids",
    ] {
        let fields = serde_json::json!({"item": item, "done": true});
        script = script.and("2018-06-04T10:00", "checklist", fields);
    }
    let seen = look(&script, "23", "2018-06-05T09:00");
    assert_eq!(seen.state, State::Blocked);
    let expected = [(FlagCode::HomeReadyIncomplete, FlagClass::BlocksByAgreement)];
    assert_eq!(flags(&seen), expected);
    // In Värmland the same list is a matter of quality.
    let varmland = look(&monday("11:00"), "17", "2019-03-05T09:00");
    let expected = [(FlagCode::HomeReadyIncomplete, FlagClass::Quality)];
    assert_eq!(flags(&varmland), expected);
    let done = serde_json::json!({"item": "medication", "done": true});
    let script = script.and("2018-06-06T09:00", "checklist", done);
    // Home-ready on the 6th, day 0: four days on the 10th. Charging runs.
    let now = at("2018-06-08T09:00");
    let mut month = empty(now);
    let id = crate::model::ids::AgreementId::new("jamtland-2018").unwrap();
    month.rule(&id, "main").charging = [true, true];
    let seen = look_within(&script, "23", now, &month);
    let next = NextBoundary {
        at: at("2018-06-10T00:00"),
        what: Boundary::Individual,
    };
    assert_eq!((seen.state, seen.next_boundary), (State::Grace, Some(next)));
    let seen = look_within(&script, "23", at("2018-06-10T09:00"), &month);
    assert_eq!(seen.state, State::Liable);
    assert_eq!(seen.accrued.amount, Some(kronor("7100")));
    assert_eq!(seen.tomorrow, Some(kronor("7100")));
    // Left at 18:00: outside the hours agreed on.
    let left = script.then(&[("2018-06-10T18:00", "discharged")]);
    let seen = look_within(&left, "23", at("2018-06-10T19:00"), &month);
    let class = flag(&seen, FlagCode::DischargeOutsideHours);
    assert_eq!(
        (seen.state, class),
        (State::NotReady, Some(FlagClass::Quality))
    );
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
fn whom_to_act_on_first() {
    let now = "2019-03-09T09:00";
    let rank = |script: &Script| {
        let seen = look(script, "17", now);
        urgency(&seen, at(now))
    };
    let liable = rank(&monday("11:00"));
    let blocked = rank(&monday("11:00").without("sip_called"));
    let later = |day: &str| {
        Script::ready("1780", "somatic", "2019-03-05T11:00").then(&[(day, "ready_notice")])
    };
    let soon = rank(&later("2019-03-07T11:00"));
    let soon_after = rank(&later("2019-03-08T11:00"));
    let not_ready = rank(&Script::ready("1780", "somatic", "2019-03-08T11:00"));
    let order = [liable, soon, soon_after, blocked, not_ready];
    assert!(order.is_sorted_by(|a, b| a < b), "{order:?}");
}

#[test]
fn nothing_is_charged_where_the_municipality_is_not_needed_or_not_known() {
    let needless = Script::bare(
        "1780",
        "somatic",
        "2019-03-01T11:00",
        serde_json::json!({"municipal_needs": false}),
    )
    .then(&[("2019-03-04T11:00", "ready_notice")]);
    let seen = look(&needless, "17", "2019-03-12T09:00");
    assert_eq!((seen.state, flags(&seen)), (State::Grace, vec![]));
    assert_eq!((seen.liability_start, seen.accrued.days), (None, 0));
    // Stockholm without its board: nobody can be billed, the count goes on.
    let somewhere = Script::ready("0180", "somatic", "2019-03-01T11:00")
        .then(&[("2019-03-04T11:00", "ready_notice")]);
    let seen = look(&somewhere, "17", "2019-03-12T09:00");
    assert_eq!((seen.payer, seen.state), (None, State::Liable));
}
