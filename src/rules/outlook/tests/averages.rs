use super::*;
use crate::rules::{
    model::average_trigger::{Terms, Track},
    outlook::TriggerMonth,
};

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
    // Three months above have started it.
    let mut track = Track::default();
    let terms = Terms {
        start: 3,
        end: 3,
        retroactive_from: 2,
    };
    for _ in 0..3 {
        track.month(true, terms);
    }
    month.rule(&id, "main").trigger = Some(TriggerMonth {
        track,
        charged: vec![0, 0, 0],
    });
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
