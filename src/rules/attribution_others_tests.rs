//! The rules of Stockholm and Jämtland Härjedalen.

use serde_json::json;

use super::testing::{Script, ready};
use crate::rules::share::Unsettled;

#[test]
fn stockholm_pays_board_by_board() {
    let stay = |more| {
        Script::bare("0180", "somatic", "2020-03-01T08:00", more)
            .and("2020-03-02T08:00", "ready_notice", json!({}))
            .and("2020-04-02T08:00", "discharged", json!({}))
    };
    let missing = stay(json!({})).shares("01", "2021-01-01");
    let (reason, months) = missing.unsettled.unwrap();
    assert_eq!(reason, Unsettled::DistrictMissing);
    assert_eq!(
        months,
        ["2020-03", "2020-04"].map(|month| month.parse().unwrap())
    );
    assert!(missing.shares.is_empty());
    let unknown = stay(json!({"district": "Nowhere"})).shares("01", "2021-01-01");
    assert_eq!(unknown.unsettled.unwrap().0, Unsettled::DistrictUnknown);
    let board = stay(json!({"district": "Bromma"})).shares("01", "2021-01-01");
    assert_eq!(board.shares[0].payer.to_string(), "0180/Bromma");
    // The same where Stockholm is another region's placing municipality.
    let placed = Script::bare(
        "1780",
        "somatic",
        "2019-03-01T08:00",
        json!({"placing_municipality": "0180", "district": "Bromma"}),
    )
    .then(&[
        ("2019-03-02T08:00", "ready_notice"),
        ("2019-03-03T08:00", "discharged"),
    ]);
    let given = placed.shares("17", "2021-01-01");
    assert_eq!(given.shares[0].payer.to_string(), "0180/Bromma");
    assert_eq!(given.shares[0].agreement.as_str(), "lag-2017-612");
}

#[test]
fn stockholm_counts_dates_and_wants_the_sip_in_time() {
    let stay = |sip: &str| {
        ready("0184", "somatic", "2020-03-02")
            .without("sip_called")
            .then(&[(sip, "sip_called"), ("2020-03-10T23:00", "discharged")])
    };
    assert_eq!(
        stay("2020-03-05T23:59").told("01", "2021-01-01"),
        ["2020-03 stockholm-2020/average averaged 8"]
    );
    assert_eq!(
        stay("2020-03-06T00:00").told("01", "2021-01-01"),
        ["2020-03 stockholm-2020/average excluded sip_call_late"]
    );
    // A late call that was taken back is no call.
    let taken_back = stay("2020-03-06T00:00").then(&[("2020-03-07T09:00", "sip_call_withdrawn")]);
    assert_eq!(
        taken_back.told("01", "2021-01-01"),
        ["2020-03 stockholm-2020/average excluded sip_call_missing"]
    );
    // Touched dates are skipped: the 3rd and the 4th.
    let gap = stay("2020-03-02T12:00").then(&[
        ("2020-03-03T23:00", "open_care_unavailable"),
        ("2020-03-04T01:00", "open_care_available"),
    ]);
    assert_eq!(
        gap.told("01", "2021-01-01"),
        ["2020-03 stockholm-2020/average averaged 6"]
    );
    let no_contact = stay("2020-03-02T12:00").without("care_contact_assigned");
    assert_eq!(
        no_contact.told("01", "2021-01-01"),
        ["2020-03 stockholm-2020/average excluded care_contact_missing"]
    );
    let waived = no_contact.then(&[("2020-03-09T12:00", "care_contact_waived")]);
    assert_eq!(
        waived.told("01", "2021-01-01"),
        ["2020-03 stockholm-2020/average averaged 8"]
    );
}

/// 18 on the date of discharge counts as adult.
#[test]
fn stockholms_average_is_of_adults() {
    let stay = |pnr: &str, end: &str| {
        let patient = json!({"patient": {"pnr": pnr, "name": "Exempel"}});
        Script::ready("0184", "somatic", "2020-03-02T08:00")
            .and("2020-03-02T09:00", "details_changed", patient)
            .then(&[("2020-03-02T11:00", "ready_notice"), (end, "discharged")])
            .told("01", "2021-01-01")
    };
    // Born on 4 March 2002, and discharged the day before and on the day.
    assert_eq!(
        stay("20020304-2395", "2020-03-03T23:59"),
        ["2020-03 stockholm-2020/average excluded minor"]
    );
    assert_eq!(
        stay("20020304-2395", "2020-03-04T00:00"),
        ["2020-03 stockholm-2020/average averaged 2"]
    );
}

#[test]
fn stockholms_psychiatric_transition_has_five_days() {
    let stay = |start: &str, end: &str| {
        ready("0184", "psychiatric", start)
            .then(&[(end, "discharged")])
            .told("01", "2022-01-01")
    };
    assert_eq!(
        stay("2021-06-30", "2021-07-07T09:00"),
        ["2021-07 stockholm-2020/psychiatric-transition 2 days 2021-07-05..2021-07-06"]
    );
    assert_eq!(
        stay("2021-07-01", "2021-07-07T09:00"),
        ["2021-07 stockholm-2020/average averaged 6"]
    );
    assert_eq!(
        stay("2019-12-31", "2020-01-03T09:00"),
        [
            "2019-12 stockholm-2020/temporary-psychiatric excluded manual",
            "2020-01 stockholm-2020/temporary-psychiatric excluded manual",
        ]
    );
}

/// Jämtland: everything home-ready on 5 March 2018 at 08:00, notice at `notice`.
fn home_ready(care_form: &str, notice: &str) -> Script {
    let items = [
        "self_care",
        "written_information",
        "information_transfer",
        "aids",
        "medication",
    ];
    let stay = Script::ready("2380", care_form, "2018-03-05T08:00");
    items
        .iter()
        .fold(stay, |stay, item| {
            stay.and(
                "2018-03-05T08:00",
                "checklist",
                json!({"item": item, "done": true}),
            )
        })
        .then(&[(notice, "ready_notice")])
}

#[test]
fn jamtlands_day_zero_is_before_noon() {
    let days = |notice: &str| {
        let stay = home_ready("somatic", notice).then(&[("2018-03-10T09:00", "discharged")]);
        stay.told("23", "2019-01-01")
    };
    assert_eq!(
        days("2018-03-06T11:59:59"),
        ["2018-03 jamtland-2018/main triggering 4"]
    );
    assert_eq!(
        days("2018-03-06T12:00:00"),
        ["2018-03 jamtland-2018/main triggering 3"]
    );
    // Never below 0.
    assert_eq!(
        days("2018-03-10T08:00:00"),
        ["2018-03 jamtland-2018/main triggering 0"]
    );
    let stay =
        home_ready("somatic", "2018-03-06T13:00").then(&[("2018-03-06T15:00", "discharged")]);
    assert_eq!(
        stay.told("23", "2019-01-01"),
        ["2018-03 jamtland-2018/main triggering 0"]
    );
}

#[test]
fn jamtland_counts_from_the_last_part_of_home_readiness() {
    let undone = |stay: Script| {
        stay.and(
            "2018-03-06T15:00",
            "checklist",
            json!({"item": "aids", "done": false}),
        )
    };
    let stay = undone(home_ready("somatic", "2018-03-06T11:00"));
    let left = stay.then(&[("2018-03-10T09:00", "discharged")]);
    assert_eq!(
        left.told("23", "2019-01-01"),
        ["2018-03 jamtland-2018/main excluded not_home_ready"]
    );
    let stay = undone(home_ready("somatic", "2018-03-06T11:00"))
        .and(
            "2018-03-08T15:00",
            "checklist",
            json!({"item": "aids", "done": true}),
        )
        .then(&[("2018-03-10T09:00", "discharged")]);
    assert_eq!(
        stay.told("23", "2019-01-01"),
        ["2018-03 jamtland-2018/main triggering 2"]
    );
    // Neither admission notice nor SIP is tested for the figures.
    let stay = home_ready("somatic", "2018-03-06T11:00")
        .without("admission_notice")
        .without("sip_called")
        .then(&[("2018-03-10T09:00", "discharged")]);
    assert_eq!(
        stay.told("23", "2019-01-01"),
        ["2018-03 jamtland-2018/main triggering 4"]
    );
}

#[test]
fn jamtlands_psychiatric_track_ends_with_2018() {
    let discharged = |at: &str| {
        home_ready("psychiatric", "2018-12-20T11:00")
            .then(&[(at, "discharged")])
            .told("23", "2019-03-01")
    };
    assert_eq!(
        discharged("2018-12-31T09:00"),
        ["2018-12 jamtland-2018/psychiatric-2018 triggering 11 psychiatric"]
    );
    assert_eq!(
        discharged("2019-01-01T09:00"),
        ["2019-01 jamtland-2018/main triggering 12"]
    );
    // Before the measuring nothing is due.
    let stay = Script::ready("2380", "somatic", "2018-02-01T08:00").then(&[
        ("2018-02-02T08:00", "ready_notice"),
        ("2018-02-20T08:00", "discharged"),
    ]);
    assert_eq!(stay.told("23", "2019-01-01"), [""; 0]);
}
