use super::*;
use crate::{
    model::time,
    rules::testing::{date, shipped},
};

fn at(text: &str) -> Instant {
    time::parse(text).unwrap()
}

/// Region duties of a region at a moment, with nothing locked.
fn told(region: &str, now: &str, facts: &RegionFacts<'_>) -> Vec<String> {
    let facts = RegionFacts {
        now: at(now),
        ..*facts
    };
    let duty = |duty: RegionDuty| {
        let payer = duty.payer.map_or("-".to_owned(), |payer| payer.to_string());
        let due = time::local(duty.due).format("%Y-%m-%d %H:%M");
        let state = serde_json::to_value(duty.state).unwrap();
        let state = state.as_str().unwrap();
        let late = if duty.late { " late" } else { "" };
        format!("{} {} {payer} {due} {state}{late}", duty.code, duty.about)
    };
    let found = region_duties(&shipped(region), &facts);
    found.into_iter().map(duty).collect()
}

fn nothing<'a>() -> RegionFacts<'a> {
    RegionFacts {
        now: at("2018-01-01T00:00"),
        so_far: &[],
        locked: &|_| false,
        rate_entered: &|_| true,
        sources: &[],
    }
}

#[test]
fn jonkoping_reports_each_quarter() {
    for (now, expected) in [
        (
            "2018-05-14T09:00",
            "outcome_report 2018-Q1 - 2018-05-01 00:00 reminder",
        ),
        (
            "2018-06-30T23:59",
            "outcome_report 2018-Q1 - 2018-05-01 00:00 reminder",
        ),
        (
            "2018-07-01T00:00",
            "outcome_report 2018-Q2 - 2018-08-01 00:00 reminder",
        ),
        (
            "2019-01-01T00:00",
            "outcome_report 2018-Q4 - 2019-02-01 00:00 reminder",
        ),
    ] {
        assert_eq!(told("06", now, &nothing()), [expected], "{now}");
    }
}

#[test]
fn stockholm_gives_each_month_until_it_is_locked() {
    assert_eq!(
        told("01", "2020-03-10T09:00", &nothing()),
        ["monthly_basis 2020-02 - 2020-04-01 00:00 open"]
    );
    let february = |month: Month| month.to_string() == "2020-02";
    let locked = RegionFacts {
        locked: &february,
        ..nothing()
    };
    assert_eq!(told("01", "2020-03-10T09:00", &locked), [""; 0]);
    assert_eq!(
        told("01", "2020-04-01T00:00", &locked),
        ["monthly_basis 2020-03 - 2020-05-01 00:00 open"]
    );
}

#[test]
fn jamtland_tells_the_coming_years_rate_in_december() {
    let until_2018 = |year: i32| year <= 2018;
    let facts = RegionFacts {
        rate_entered: &until_2018,
        ..nothing()
    };
    assert_eq!(
        told("23", "2018-12-31T23:59", &facts),
        ["rate_told 2019 - 2019-01-01 00:00 open"]
    );
    // A day later the running year's rate is late, and the next is foreseen.
    assert_eq!(
        told("23", "2019-01-01T00:00", &facts),
        [
            "rate_told 2019 - 2019-01-01 00:00 open late",
            "rate_told 2020 - 2020-01-01 00:00 open",
        ]
    );
    // Entered: whether it was told, no event says.
    assert_eq!(
        told("23", "2018-12-31T23:59", &nothing()),
        ["rate_told 2019 - 2019-01-01 00:00 reminder"]
    );
}

#[test]
fn jamtland_analyses_a_payers_average_above_three() {
    let so_far = |rule: &str, payer: &str, patients, days| SoFar {
        agreement: AgreementId::new("jamtland-2018").unwrap(),
        rule: rule.to_owned(),
        payer: payer.parse().unwrap(),
        totals: Totals { patients, days },
    };
    let so_far = [
        so_far("main", "2380", 3, 10),
        so_far("main", "2321", 3, 9),
        so_far("psychiatric-2018", "2321", 1, 30),
    ];
    let facts = RegionFacts {
        so_far: &so_far,
        ..nothing()
    };
    assert_eq!(
        told("23", "2018-06-20T09:00", &facts),
        [
            "joint_analysis 2018-06 2380 2018-07-01 00:00 reminder",
            "rate_told 2019 - 2019-01-01 00:00 reminder",
        ]
    );
}

#[test]
fn halland_has_a_written_routine_for_a_silence_of_two_days() {
    let sources = [
        ("Lifecare".to_owned(), at("2018-05-02T09:00")),
        ("VAS".to_owned(), at("2018-05-04T08:00")),
    ];
    let facts = RegionFacts {
        sources: &sources,
        ..nothing()
    };
    assert_eq!(told("13", "2018-05-04T09:00", &facts), [""; 0]);
    assert_eq!(
        told("13", "2018-05-04T09:01", &facts),
        ["written_routine Lifecare - 2018-05-04 09:00 reminder"]
    );
    // The agreement is over in November.
    assert_eq!(told("13", "2018-11-01T09:00", &facts), [""; 0]);
    assert_eq!(
        date("2018-10-31"),
        shipped("13").get("halland-2018").unwrap().until.unwrap()
    );
}

#[test]
fn the_statute_asks_nothing_of_a_region_by_the_calendar() {
    assert_eq!(told("17", "2019-03-10T09:00", &nothing()), [""; 0]);
}

#[test]
fn of_the_time_before_an_agreement_nobody_asks_for_a_report() {
    for (region, now) in [
        ("06", "2018-01-20T09:00"),
        ("06", "2018-03-31T23:59"),
        ("01", "2020-01-31T23:59"),
    ] {
        let told = told(region, now, &nothing());
        assert!(told.is_empty(), "{region} {now}: {told:?}");
    }
    assert_eq!(
        told("01", "2020-02-01T00:00", &nothing()),
        ["monthly_basis 2020-01 - 2020-03-01 00:00 open"]
    );
}
