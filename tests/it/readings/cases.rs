//! Cases in which a reading matters, worked out by hand.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

use crate::support::later::HOME_READY;

/// A case: which alternative, the month, the stays, and what the month comes
/// to as shipped and with the alternative.
pub struct Case {
    /// `agreement/rule/value=alternative`.
    pub of: &'static str,
    pub month: &'static str,
    pub stays: Vec<Vec<Json>>,
    pub amounts: [&'static str; 2],
}

fn case(
    of: &'static str,
    month: &'static str,
    stays: Vec<Vec<Json>>,
    amounts: [&'static str; 2],
) -> Case {
    Case {
        of,
        month,
        stays,
        amounts,
    }
}

/// Before every notice: when all that a case says nothing about was done.
const BEFORE: &str = "2018-01-01T08:00";

/// A stay with everything met long before, but for what `events` tell
/// themselves; `no_sip` stands for no call at all.
fn stay(episode: &str, municipality: &str, care_form: &str, events: &[(&str, &str)]) -> Vec<Json> {
    let mut lines = Vec::new();
    let mut add = |at: &str, kind: &str, fields: Json| {
        let mut line = json!({
            "id": lines.len().to_string(), "episode": episode, "at": at, "kind": kind,
        });
        for (field, value) in fields.as_object().unwrap() {
            line[field] = value.clone();
        }
        lines.push(line);
    };
    let told = |kind: &str| events.iter().any(|(_, it)| *it == kind);
    add(
        BEFORE,
        "admitted",
        json!({
            "patient": {"pnr": "19500307-2260", "name": "Exempel"}, "hospital": "Exempelsjukhuset",
            "ward": "Avd 1", "care_form": care_form, "municipality": municipality,
        }),
    );
    add(
        BEFORE,
        "admission_notice",
        json!({"expected_discharge": "2018-02-01"}),
    );
    for item in HOME_READY {
        add(BEFORE, "checklist", json!({"item": item, "done": true}));
    }
    let contact = json!({"name": "N", "unit": "U"});
    if !told("care_contact_assigned") {
        add(BEFORE, "care_contact_assigned", contact.clone());
    }
    if !told("sip_called") && !told("no_sip") {
        add(BEFORE, "sip_called", json!({}));
    }
    for (at, kind) in events.iter().filter(|(_, kind)| *kind != "no_sip") {
        let fields = match *kind {
            "care_contact_assigned" => contact.clone(),
            "open_care_unavailable" => json!({"reason": "so"}),
            _ => json!({}),
        };
        add(at, kind, fields);
    }
    lines
}

/// Ready and discharged, and what happened besides.
fn one(
    (municipality, care_form): (&str, &str),
    ready: &str,
    left: &str,
    more: &[(&str, &str)],
) -> Vec<Vec<Json>> {
    let mut events = vec![(ready, "ready_notice"), (left, "discharged")];
    events.extend(more);
    vec![stay("E", municipality, care_form, &events)]
}

/// Open care missing for two hours of a date, from 08:00.
fn gap(date: &str) -> [String; 2] {
    [format!("{date}T08:00"), format!("{date}T10:00")]
}

fn with_gap(of: (&str, &str), ready: &str, left: &str, date: &str) -> Vec<Vec<Json>> {
    let [from, until] = gap(date);
    let more = [
        (from.as_str(), "open_care_unavailable"),
        (until.as_str(), "open_care_available"),
    ];
    one(of, ready, left, &more)
}

/// Stays of 3, 2 and 2 days: seven over three, 2.333….
fn seven_over_three(municipality: &str, month: &str) -> Vec<Vec<Json>> {
    let days = [5, 4, 4].iter().enumerate();
    days.map(|(nth, left)| {
        let (ready, left) = (
            format!("{month}-02T11:00"),
            format!("{month}-0{left}T11:00"),
        );
        let events = [
            (ready.as_str(), "ready_notice"),
            (left.as_str(), "discharged"),
        ];
        stay(&format!("{month}-{nth}"), municipality, "somatic", &events)
    })
    .collect()
}

/// One of three days, and one of five for which no SIP was called.
fn one_unmet(municipality: &str, month: &str) -> Vec<Vec<Json>> {
    let at = |day: &str| format!("{month}-{day}T11:00");
    let (ready, met, unmet) = (at("02"), at("05"), at("07"));
    let met = [
        (ready.as_str(), "ready_notice"),
        (met.as_str(), "discharged"),
    ];
    let unmet = [
        (ready.as_str(), "ready_notice"),
        (unmet.as_str(), "discharged"),
        ("", "no_sip"),
    ];
    vec![
        stay("MET", municipality, "somatic", &met),
        stay("UNMET", municipality, "somatic", &unmet),
    ]
}

/// Days of 7800 kronor in March 2019: liability from Thursday 7 March.
fn by_days(agreement: &str, payer: &str) -> Vec<Case> {
    let of = (payer, "somatic");
    let name = |value: &str| -> &'static str { format!("{agreement}/liability/{value}").leak() };
    let (notice, left) = ("2019-03-04T11:00", "2019-03-09T11:00");
    vec![
        // The 7th and 8th; 12:00:00 too late, the 8th.
        case(
            name("noon_in_time=false"),
            "2019-03",
            one(of, "2019-03-04T12:00", left, &[]),
            ["15600.00", "7800.00"],
        ),
        // The 9th as well.
        case(
            name("discharge_day_charged=true"),
            "2019-03",
            one(of, notice, left, &[]),
            ["15600.00", "23400.00"],
        ),
        // Called on the 7th: the 8th, or the 7th too.
        case(
            name("preconditions_count_from=same_day"),
            "2019-03",
            one(of, notice, left, &[("2019-03-07T10:00", "sip_called")]),
            ["7800.00", "15600.00"],
        ),
    ]
}

/// Thirty days from 1 March 2018: the 31st; 7100 kronor.
fn statute_psychiatric() -> Vec<Case> {
    let of = ("0480", "psychiatric");
    let rule = |value: &str| -> &'static str {
        format!("lag-2017-612/liability-psychiatric-2018/{value}").leak()
    };
    let (notice, left) = ("2018-03-01T11:00", "2018-04-01T11:00");
    vec![
        case(
            rule("grace_days_after_noon=30"),
            "2018-03",
            one(of, "2018-03-01T13:00", left, &[]),
            ["0.00", "7100.00"],
        ),
        case(
            rule("noon_in_time=false"),
            "2018-03",
            one(of, "2018-03-01T12:00", left, &[]),
            ["7100.00", "0.00"],
        ),
        case(
            rule("discharge_day_charged=true"),
            "2018-03",
            one(of, notice, "2018-03-31T11:00", &[]),
            ["0.00", "7100.00"],
        ),
        case(
            rule("preconditions_count_from=same_day"),
            "2018-03",
            one(of, notice, left, &[("2018-03-31T10:00", "sip_called")]),
            ["0.00", "7100.00"],
        ),
    ]
}

fn jonkoping_average() -> Vec<Case> {
    let of = ("0643", "somatic");
    vec![
        // 2.3 → 0.9 days; 7 − 6 = 1 day; 2.33 → 0.99 days.
        case(
            "jonkoping-2018/average/average_rounding=none",
            "2018-05",
            seven_over_three("0643", "2018-05"),
            ["6390.00", "7100.00"],
        ),
        case(
            "jonkoping-2018/average/average_rounding=half_up_2",
            "2018-05",
            seven_over_three("0643", "2018-05"),
            ["6390.00", "7029.00"],
        ),
        // 71 hours are 2 days, and 3 steps from date to date.
        case(
            "jonkoping-2018/average/day_counting=dates",
            "2018-05",
            one(of, "2018-05-02T11:00", "2018-05-05T10:00", &[]),
            ["0.00", "7100.00"],
        ),
        // 72 hours less 2 are 2 days.
        case(
            "jonkoping-2018/average/open_care=ignored",
            "2018-05",
            with_gap(of, "2018-05-02T11:00", "2018-05-05T11:00", "2018-05-03"),
            ["0.00", "7100.00"],
        ),
        // 3 over 1, or 3 over 2.
        case(
            "jonkoping-2018/average/unmet=counted_as_zero",
            "2018-05",
            one_unmet("0643", "2018-05"),
            ["7100.00", "0.00"],
        ),
    ]
}

/// Thirty days from 2 March 2018: 1 April.
fn jonkoping_psychiatric() -> Vec<Case> {
    let of = ("0643", "psychiatric");
    let (notice, first, left) = ("2018-03-02T11:00", "2018-04-01T11:00", "2018-04-02T11:00");
    vec![
        case(
            "jonkoping-2018/psychiatric-2018/grace_days_after_noon=31",
            "2018-04",
            one(of, "2018-03-02T13:00", left, &[]),
            ["7100.00", "0.00"],
        ),
        case(
            "jonkoping-2018/psychiatric-2018/discharge_day_charged=true",
            "2018-04",
            one(of, notice, first, &[]),
            ["0.00", "7100.00"],
        ),
        case(
            "jonkoping-2018/psychiatric-2018/preconditions_count_from=same_day",
            "2018-04",
            one(of, notice, left, &[("2018-04-01T10:00", "sip_called")]),
            ["0.00", "7100.00"],
        ),
        case(
            "jonkoping-2018/psychiatric-2018/open_care=ignored",
            "2018-04",
            with_gap(of, notice, left, "2018-04-01"),
            ["0.00", "7100.00"],
        ),
    ]
}

/// Days of 8200 kronor.
fn stockholm_average() -> Vec<Case> {
    let of = ("0114", "somatic");
    let mut november = seven_over_three("0114", "2020-10");
    november.extend(one(of, "2020-11-02T11:00", "2020-11-05T11:00", &[]));
    vec![
        // 1 day; 0.9 days; 0.99 days.
        case(
            "stockholm-2020/average/average_rounding=half_up_1",
            "2020-03",
            seven_over_three("0114", "2020-03"),
            ["8200.00", "7380.00"],
        ),
        case(
            "stockholm-2020/average/average_rounding=half_up_2",
            "2020-03",
            seven_over_three("0114", "2020-03"),
            ["8200.00", "8118.00"],
        ),
        // 3 days above 2.3, above 2.333…, above 2.33.
        case(
            "stockholm-2020/average/county_average_rounding=none",
            "2020-11",
            november.clone(),
            ["5740.00", "5466.67"],
        ),
        case(
            "stockholm-2020/average/county_average_rounding=half_up_2",
            "2020-11",
            november,
            ["5740.00", "5494.00"],
        ),
        case(
            "stockholm-2020/average/day_counting=hours_24",
            "2020-03",
            one(of, "2020-03-02T11:00", "2020-03-05T10:00", &[]),
            ["8200.00", "0.00"],
        ),
        case(
            "stockholm-2020/average/open_care=ignored",
            "2020-03",
            with_gap(of, "2020-03-02T11:00", "2020-03-05T11:00", "2020-03-03"),
            ["0.00", "8200.00"],
        ),
        case(
            "stockholm-2020/average/unmet=counted_as_zero",
            "2020-03",
            one_unmet("0114", "2020-03"),
            ["8200.00", "0.00"],
        ),
        // The 5th was the last day; 6 days above 2 are 4.
        case(
            "stockholm-2020/average/when_late=counts_from_call",
            "2020-03",
            one(
                of,
                "2020-03-02T11:00",
                "2020-03-08T11:00",
                &[("2020-03-06T10:00", "sip_called")],
            ),
            ["0.00", "32800.00"],
        ),
    ]
}

/// Five days from 2 March 2020: the 7th and 8th are charged.
fn stockholm_psychiatric() -> Vec<Case> {
    let of = ("0114", "psychiatric");
    let rule = |value: &str| -> &'static str {
        format!("stockholm-2020/psychiatric-transition/{value}").leak()
    };
    let (notice, left) = ("2020-03-02T11:00", "2020-03-09T11:00");
    vec![
        case(
            rule("grace_days_after_noon=6"),
            "2020-03",
            one(of, "2020-03-02T13:00", left, &[]),
            ["16400.00", "8200.00"],
        ),
        case(
            rule("discharge_day_charged=true"),
            "2020-03",
            one(of, notice, left, &[]),
            ["16400.00", "24600.00"],
        ),
        case(
            rule("preconditions_count_from=same_day"),
            "2020-03",
            one(
                of,
                notice,
                left,
                &[("2020-03-07T10:00", "care_contact_assigned")],
            ),
            ["8200.00", "16400.00"],
        ),
        case(
            rule("open_care=ignored"),
            "2020-03",
            with_gap(of, notice, left, "2020-03-07"),
            ["8200.00", "16400.00"],
        ),
        // Called on the 6th, after the 5th: from the 7th.
        case(
            rule("when_late=counts_from_call"),
            "2020-03",
            one(of, notice, left, &[("2020-03-06T10:00", "sip_called")]),
            ["0.00", "16400.00"],
        ),
    ]
}

/// Three months above the threshold, so that June 2018 is charged.
fn three_months(care_form: &str, ready: [&str; 3], left: [&str; 3]) -> Vec<Vec<Json>> {
    let both = ready.into_iter().zip(left).enumerate();
    both.map(|(nth, (ready, left))| {
        let events = [(ready, "ready_notice"), (left, "discharged")];
        stay(&format!("M{nth}"), "2380", care_form, &events)
    })
    .collect()
}

fn jamtland() -> Vec<Case> {
    let mut somatic = three_months(
        "somatic",
        ["2018-03-05T11:00", "2018-04-05T11:00", "2018-05-05T11:00"],
        ["2018-03-09T11:00", "2018-04-09T11:00", "2018-05-09T11:00"],
    );
    // 4 days, less one: under four.
    let of = ("2380", "somatic");
    somatic.extend(with_gap(
        of,
        "2018-06-04T11:00",
        "2018-06-08T11:00",
        "2018-06-05",
    ));
    let psychiatric = three_months(
        "psychiatric",
        ["2018-01-10T11:00", "2018-02-10T11:00", "2018-03-10T11:00"],
        ["2018-03-10T11:00", "2018-04-10T11:00", "2018-05-10T11:00"],
    );
    let of = ("2380", "psychiatric");
    let mut thirty = psychiatric.clone();
    thirty.extend(one(of, "2018-05-10T11:00", "2018-06-09T11:00", &[]));
    // 31 days, less one.
    let mut touched = psychiatric;
    touched.extend(with_gap(
        of,
        "2018-05-10T11:00",
        "2018-06-10T11:00",
        "2018-05-20",
    ));
    vec![
        case(
            "jamtland-2018/main/open_care=ignored",
            "2018-06",
            somatic,
            ["0.00", "7100.00"],
        ),
        case(
            "jamtland-2018/psychiatric-2018/charged_from=31",
            "2018-06",
            thirty.clone(),
            ["7100.00", "0.00"],
        ),
        case(
            "jamtland-2018/psychiatric-2018/free_days=30",
            "2018-06",
            thirty,
            ["7100.00", "0.00"],
        ),
        case(
            "jamtland-2018/psychiatric-2018/open_care=ignored",
            "2018-06",
            touched,
            ["7100.00", "14200.00"],
        ),
    ]
}

/// Every case, by its alternative.
pub fn cases() -> BTreeMap<&'static str, Case> {
    let all = [
        by_days("lag-2017-612", "0480"),
        by_days("varmland-2019", "1780"),
        statute_psychiatric(),
        jonkoping_average(),
        jonkoping_psychiatric(),
        stockholm_average(),
        stockholm_psychiatric(),
        jamtland(),
    ];
    let all = all.into_iter().flatten();
    all.map(|case| (case.of, case)).collect()
}
