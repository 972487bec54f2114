//! Each rule of the statute, Värmland, Jönköping and Halland, and the edges
//! between.

use super::testing::{Script, ready};

#[test]
fn the_statute_binds_where_no_agreement_does() {
    // Region 14 has no agreement here; 1480 is Göteborg.
    let stay = ready("1480", "somatic", "2018-06-04").then(&[("2018-06-10T09:00", "discharged")]);
    assert_eq!(
        stay.told("14", "2019-01-01"),
        ["2018-06 lag-2017-612/liability 3 days 2018-06-07..2018-06-09"]
    );
    // Värmland before its agreement.
    let stay = ready("1780", "somatic", "2018-12-20").then(&[("2018-12-24T09:00", "discharged")]);
    assert_eq!(
        stay.told("17", "2019-01-01"),
        ["2018-12 lag-2017-612/liability 1 days 2018-12-23..2018-12-23"]
    );
}

#[test]
fn the_statutes_psychiatric_care_has_thirty_days_in_2018() {
    let stay = |clock: &str| {
        Script::ready("1480", "psychiatric", "2018-12-01T08:00").then(&[
            (&format!("2018-12-31T{clock}"), "ready_notice"),
            ("2019-02-02T09:00", "discharged"),
        ])
    };
    // 31 December + 30 is 30 January, + 31 the 31st; in figures of 2019.
    assert_eq!(
        stay("12:00:00").told("14", "2019-03-01"),
        [
            "2019-01 lag-2017-612/liability-psychiatric-2018 2 days 2019-01-30..2019-01-31",
            "2019-02 lag-2017-612/liability-psychiatric-2018 1 days 2019-02-01..2019-02-01",
        ]
    );
    assert_eq!(
        stay("12:00:01").told("14", "2019-03-01")[0],
        "2019-01 lag-2017-612/liability-psychiatric-2018 1 days 2019-01-31..2019-01-31"
    );
    let stay =
        ready("1480", "psychiatric", "2019-01-01").then(&[("2019-01-05T09:00", "discharged")]);
    assert_eq!(
        stay.told("14", "2019-03-01"),
        ["2019-01 lag-2017-612/liability 1 days 2019-01-04..2019-01-04"]
    );
}

#[test]
fn a_span_that_began_before_an_agreement_keeps_its_rule() {
    // Värmland: began under the statute, charged under it in both months.
    let stay = ready("1780", "somatic", "2018-12-28").then(&[("2019-01-03T09:00", "discharged")]);
    assert_eq!(
        stay.told("17", "2019-03-01"),
        [
            "2018-12 lag-2017-612/liability 1 days 2018-12-31..2018-12-31",
            "2019-01 lag-2017-612/liability 2 days 2019-01-01..2019-01-02",
        ]
    );
}

#[test]
fn an_open_stay_is_charged_for_dates_before_today_alone() {
    let stay = ready("1780", "somatic", "2019-03-04");
    assert_eq!(stay.told("17", "2019-03-07"), [""; 0]);
    assert_eq!(
        stay.told("17", "2019-03-08"),
        ["2019-03 varmland-2019/liability 1 days 2019-03-07..2019-03-07"]
    );
}

#[test]
fn what_began_before_2018_is_for_finance_whoever_pays() {
    for (region, municipality) in [
        ("06", "0680"),
        ("17", "1780"),
        ("23", "2380"),
        ("13", "1380"),
    ] {
        let stay = ready(municipality, "somatic", "2017-12-30")
            .then(&[("2018-01-05T09:00", "discharged")]);
        assert_eq!(
            stay.told(region, "2019-01-01"),
            [
                "2017-12 lag-2017-612/otherwise excluded manual",
                "2018-01 lag-2017-612/otherwise excluded manual",
            ]
        );
    }
}

#[test]
fn jonkoping_averages_discharges_from_march_2018() {
    // All days count, those before the agreement's model too.
    let stay = ready("0680", "somatic", "2018-02-27").then(&[("2018-03-01T11:00", "discharged")]);
    assert_eq!(
        stay.told("06", "2019-01-01"),
        ["2018-03 jonkoping-2018/average averaged 2"]
    );
    let stay = ready("0680", "somatic", "2018-02-20").then(&[("2018-02-28T23:00", "discharged")]);
    assert_eq!(
        stay.told("06", "2019-01-01"),
        ["2018-02 jonkoping-2018/old-act-somatic excluded manual"]
    );
    // All of the discharge month; a stay over new year belongs to January.
    let stay = ready("0680", "somatic", "2018-12-20").then(&[("2019-01-02T12:00", "discharged")]);
    assert_eq!(
        stay.told("06", "2019-02-01"),
        ["2019-01 jonkoping-2018/average long 13 charged 10"]
    );
    // No discharge yet: no figures yet.
    assert_eq!(
        ready("0680", "somatic", "2018-05-02").told("06", "2019-01-01"),
        [""; 0]
    );
}

#[test]
fn jonkoping_takes_only_the_span_that_the_discharge_ends() {
    let stay = ready("0680", "somatic", "2018-05-02").then(&[
        ("2018-05-10T08:00", "ready_retracted"),
        ("2018-05-12T08:00", "ready_notice"),
        ("2018-05-13T09:00", "discharged"),
    ]);
    assert_eq!(
        stay.told("06", "2019-01-01"),
        ["2018-05 jonkoping-2018/average averaged 1"]
    );
    // Retracted without a new notice, or broken off: not counted.
    let stay = ready("0680", "somatic", "2018-05-02").then(&[
        ("2018-05-10T08:00", "ready_retracted"),
        ("2018-05-13T09:00", "discharged"),
    ]);
    assert_eq!(stay.told("06", "2019-01-01"), [""; 0]);
    let stay =
        ready("0680", "somatic", "2018-05-02").then(&[("2018-05-13T09:00", "planning_aborted")]);
    assert_eq!(stay.told("06", "2019-01-01"), [""; 0]);
}

#[test]
fn jonkoping_charges_psychiatric_care_of_2018_by_itself() {
    let stay = |clock: &str, day: &str| {
        Script::ready("0680", "psychiatric", &format!("{day}T08:00"))
            .then(&[(&format!("{day}T{clock}"), "ready_notice")])
    };
    // Thirty days, no rule of noon; discharged in 2019 it enters no average.
    for clock in ["11:00", "23:00"] {
        let stay = stay(clock, "2018-12-31").then(&[("2019-02-01T09:00", "discharged")]);
        assert_eq!(
            stay.told("06", "2019-03-01"),
            [
                "2019-01 jonkoping-2018/psychiatric-2018 2 days 2019-01-30..2019-01-31",
                "2019-02 jonkoping-2018/psychiatric-2018 0 days",
            ]
        );
    }
    let from_2019 = stay("11:00", "2019-01-01").then(&[("2019-01-03T12:00", "discharged")]);
    assert_eq!(
        from_2019.told("06", "2019-03-01"),
        ["2019-01 jonkoping-2018/average averaged 2"]
    );
    let old_act = stay("11:00", "2018-02-28").then(&[("2018-03-02T12:00", "discharged")]);
    assert_eq!(
        old_act.told("06", "2019-03-01"),
        [
            "2018-02 jonkoping-2018/old-act-psychiatric excluded manual",
            "2018-03 jonkoping-2018/old-act-psychiatric excluded manual",
        ]
    );
}

#[test]
fn jonkoping_tells_which_precondition_was_missing() {
    let discharged = |script: Script| {
        let stay = script.then(&[("2018-05-04T12:00", "discharged")]);
        stay.told("06", "2019-01-01")[0]
            .rsplit(' ')
            .next()
            .unwrap()
            .to_owned()
    };
    let stay = || ready("0680", "somatic", "2018-05-02");
    assert_eq!(
        discharged(stay().without("admission_notice")),
        "admission_notice_missing"
    );
    assert_eq!(discharged(stay().without("sip_called")), "sip_call_missing");
    let withdrawn = stay().then(&[("2018-05-03T08:00", "sip_call_withdrawn")]);
    assert_eq!(discharged(withdrawn), "sip_call_missing");
    let again = stay().then(&[
        ("2018-05-03T08:00", "sip_call_withdrawn"),
        ("2018-05-04T11:59", "sip_called"),
    ]);
    assert_eq!(discharged(again), "2");
    let waived = stay()
        .without("sip_called")
        .then(&[("2018-05-04T11:59", "sip_waived")]);
    assert_eq!(discharged(waived), "2");
    // Fast vårdkontakt is no precondition there.
    assert_eq!(discharged(stay().without("care_contact_assigned")), "2");
}

#[test]
fn a_stay_that_only_a_missing_precondition_kept_free_is_listed() {
    let stay = |end: &str| {
        ready("1780", "somatic", "2019-03-04")
            .without("sip_called")
            .then(&[(end, "discharged")])
    };
    assert_eq!(
        stay("2019-03-09T10:00").told("17", "2019-05-01"),
        ["2019-03 varmland-2019/liability excluded sip_call_missing"]
    );
    // Within the free days nothing was lost: it counts, with no days.
    assert_eq!(
        stay("2019-03-07T10:00").told("17", "2019-05-01"),
        ["2019-03 varmland-2019/liability 0 days"]
    );
}

#[test]
fn halland_charges_no_days_for_what_began_under_the_fixed_share() {
    let stay = ready("1380", "somatic", "2018-10-31").then(&[("2018-11-20T09:00", "discharged")]);
    assert_eq!(stay.told("13", "2019-01-01"), [""; 0]);
    let stay = ready("1380", "somatic", "2018-11-01").then(&[("2018-11-05T09:00", "discharged")]);
    assert_eq!(
        stay.told("13", "2019-01-01"),
        ["2018-11 lag-2017-612/liability 1 days 2018-11-04..2018-11-04"]
    );
}
