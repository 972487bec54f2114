use super::*;
use crate::rules::{
    agreement::Fact,
    testing::{Script, date, shipped},
};

/// Värmland, notice on Monday 4 March 2019 at `clock`, everything met before.
fn monday(clock: &str) -> Script {
    Script::ready("1780", "somatic", "2019-03-01T11:00")
        .then(&[(&format!("2019-03-04T{clock}"), "ready_notice")])
}

fn first_date(script: &Script) -> Option<NaiveDate> {
    let (stay, rulebook) = (script.stay(), shipped("17"));
    let judgement = judge_span(&stay, &stay.spans[0], &rulebook, date("2019-03-06"))?;
    judgement.liability_date()
}

#[test]
fn free_days_go_by_the_noon_of_the_notice() {
    // Värmland's endnote i: Monday 11:00 → Thursday, 13:00 → Friday.
    for (clock, expected) in [
        ("00:00:00", "2019-03-07"),
        ("11:00:00", "2019-03-07"),
        ("12:00:00", "2019-03-07"),
        ("12:00:01", "2019-03-08"),
        ("13:00:00", "2019-03-08"),
        ("23:59:59", "2019-03-08"),
    ] {
        assert_eq!(first_date(&monday(clock)), Some(date(expected)), "{clock}");
    }
}

#[test]
fn an_open_span_says_why_each_date_is_charged_or_not() {
    let script = monday("11:00").without("sip_called").then(&[
        ("2019-03-07T09:00", "sip_called"),
        ("2019-03-09T23:00", "open_care_unavailable"),
        ("2019-03-10T00:00", "open_care_available"),
        ("2019-03-12T08:00", "discharged"),
    ]);
    let (stay, rulebook) = (script.stay(), shipped("17"));
    let judgement = judge_span(&stay, &stay.spans[0], &rulebook, date("2019-03-20")).unwrap();
    assert_eq!(judgement.first_possible_date(), Some(date("2019-03-07")));
    assert_eq!(
        judgement.obstacle(date("2019-03-06")),
        Some(Obstacle::Grace)
    );
    match judgement.obstacle(date("2019-03-07")) {
        Some(Obstacle::Condition(it)) => assert_eq!(it.precondition.fact, Fact::SipCalled),
        other => panic!("{other:?}"),
    }
    assert!(judgement.chargeable(date("2019-03-08")));
    assert_eq!(
        judgement.obstacle(date("2019-03-09")),
        Some(Obstacle::OpenCare)
    );
    assert_eq!(
        judgement.obstacle(date("2019-03-12")),
        Some(Obstacle::Ended)
    );
    let dates: Vec<_> = judgement.chargeable_dates(date("2019-03-20")).collect();
    assert_eq!(dates, ["2019-03-08", "2019-03-10", "2019-03-11"].map(date));
    assert_eq!(judgement.liability_date(), Some(date("2019-03-08")));
    let (days, source) = judgement.grace().unwrap();
    let clause = judgement.clause(source);
    assert_eq!(
        (days, clause.agreement.as_str(), clause.reading),
        (Grace::from(3), "varmland-2019", false)
    );
}

#[test]
fn what_is_missing_can_be_supposed() {
    let script = monday("11:00")
        .without("sip_called")
        .without("admission_notice");
    let (stay, rulebook) = (script.stay(), shipped("17"));
    let judgement = judge_span(&stay, &stay.spans[0], &rulebook, date("2019-03-09")).unwrap();
    assert_eq!(judgement.liability_date(), None);
    let met = |fact, from| IfMet {
        fact: Some(fact),
        from: date(from),
    };
    let one = [met(Fact::SipCalled, "2019-03-10")];
    assert_eq!(judgement.liability_date_if(&one), None);
    let both = [
        met(Fact::SipCalled, "2019-03-10"),
        met(Fact::AdmissionNotice, "2019-03-11"),
    ];
    assert_eq!(judgement.liability_date_if(&both), Some(date("2019-03-11")));
    let early = both.map(|it| IfMet {
        from: date("2019-03-05"),
        ..it
    });
    assert_eq!(
        judgement.liability_date_if(&early),
        Some(date("2019-03-07"))
    );
}

#[test]
fn open_care_that_is_still_missing_holds_every_date() {
    let script = monday("11:00").then(&[("2019-03-08T10:00", "open_care_unavailable")]);
    let (stay, rulebook) = (script.stay(), shipped("17"));
    let judgement = judge_span(&stay, &stay.spans[0], &rulebook, date("2019-03-20")).unwrap();
    let dates: Vec<_> = judgement.chargeable_dates(date("2019-03-20")).collect();
    assert_eq!(dates, [date("2019-03-07")]);
    assert!(judgement.open_care_missing(date("2020-01-01")));
    let back = [IfMet {
        fact: None,
        from: date("2019-03-21"),
    }];
    assert_eq!(judgement.liability_date_if(&back), Some(date("2019-03-07")));
}

#[test]
fn a_notice_to_open_care_alone_is_none_to_the_municipality() {
    let script = monday("11:00").without("admission_notice").and(
        "2019-03-01T12:00",
        "admission_notice",
        serde_json::json!({"to": ["open_care"]}),
    );
    assert_eq!(first_date(&script), None);
    let later = script.and(
        "2019-03-08T12:00",
        "admission_notice",
        serde_json::json!({}),
    );
    assert_eq!(first_date(&later), Some(date("2019-03-09")));
}

#[test]
fn days_of_24_hours_go_by_the_wall_clock() {
    let days = |ready: &str, discharged: &str| {
        let script = Script::ready("0680", "somatic", "2018-10-20T08:00:00")
            .then(&[(ready, "ready_notice"), (discharged, "discharged")]);
        script.told("06", "2019-01-01")[0].clone()
    };
    // 25 real hours over the night when the clock goes back are 24 on the
    // wall; 24½ real ones are 23½.
    let started = "2018-10-27T12:00:00+02:00";
    assert!(days(started, "2018-10-28T12:00:00+01:00").ends_with("averaged 1"));
    assert!(days(started, "2018-10-28T11:30:00+01:00").ends_with("averaged 0"));
    // The wall clock runs backwards, and no day is below 0.
    assert!(days("2018-10-28T02:50:00+02:00", "2018-10-28T02:10:00+01:00").ends_with("averaged 0"));
}

#[test]
fn hours_without_open_care_count_only_within_the_span() {
    // 3 May 09:00 to 5 May 09:00 is 48 hours; the gap began a day before the
    // span and covers its first hour: 47 hours.
    let script = Script::ready("0680", "somatic", "2018-05-01T08:00").then(&[
        ("2018-05-02T09:00", "open_care_unavailable"),
        ("2018-05-03T09:00", "ready_notice"),
        ("2018-05-03T10:00", "open_care_available"),
        ("2018-05-05T09:00", "discharged"),
    ]);
    assert_eq!(
        script.told("06", "2018-06-01"),
        ["2018-05 jonkoping-2018/average averaged 1"]
    );
    // Still missing at the discharge: nothing is left.
    let script = Script::ready("0680", "somatic", "2018-05-01T08:00").then(&[
        ("2018-05-03T09:00", "ready_notice"),
        ("2018-05-03T10:00", "open_care_unavailable"),
        ("2018-05-05T09:00", "discharged"),
    ]);
    assert_eq!(
        script.told("06", "2018-06-01"),
        ["2018-05 jonkoping-2018/average averaged 0"]
    );
}
