//! What is lost at noon.

use super::*;

#[test]
fn noon_takes_a_day_from_notices_that_wait() {
    let planned = |date: &str| {
        Script::bare("1780", "somatic", "2019-03-09T10:00", json!({})).and(
            "2019-03-09T11:00",
            "admission_notice",
            json!({"expected_discharge": date}),
        )
    };
    let ward = |now: &str| {
        Ward::at("17", now)
            .with("A", &planned("2019-03-11"))
            .with("B", &planned("2019-03-13"))
            .with(
                "C",
                &ready("1780", "somatic", "2019-03-11T11:00", "2019-03-12"),
            )
            .forecast(None)
            .noon
            .unwrap()
    };
    let noon = ward("2019-03-12T09:00");
    assert_eq!(noon.seconds_left, 3 * 3600);
    let [only] = &noon.stays[..] else {
        panic!("{noon:?}")
    };
    assert_eq!(
        (only.episode.as_str(), &only.missing[..]),
        ("A", &["sip_called".to_owned()][..])
    );
    // By noon + 3, after it + 4: the 15th is worth a day's rate.
    let dates = [only.in_time, only.late].map(|date| date.to_string());
    assert_eq!(dates, ["2019-03-15", "2019-03-16"]);
    assert_eq!(noon.worth.unwrap().to_string(), "7800.00");
    // From 12:00 on it is about tomorrow's noon, and B as well.
    let later = ward("2019-03-12T12:00");
    assert_eq!(later.seconds_left, 24 * 3600);
    let names: Vec<_> = later
        .stays
        .iter()
        .map(|loss| loss.episode.as_str())
        .collect();
    assert_eq!(names, ["A", "B"]);
    assert_eq!(later.worth.unwrap().to_string(), "15600.00");
}

#[test]
fn jamtland_s_noon_is_worth_money_while_months_are_charged() {
    let waiting = Script::ready("2380", "somatic", "2018-05-18T10:00");
    let quiet = Ward::at("23", "2018-05-20T09:00")
        .with("A", &waiting)
        .forecast(None);
    let [loss] = &quiet.noon.as_ref().unwrap().stays[..] else {
        panic!("{quiet:?}")
    };
    assert_eq!(loss.missing, ["checklist"]);
    let dates = [loss.in_time, loss.late].map(|date| date.to_string());
    assert_eq!(dates, ["2018-05-20", "2018-05-21"]);
    assert_eq!(loss.worth, Some(Kronor::ZERO));
    // Three months above have started charges by June.
    let charged = Ward::at("23", "2018-06-20T09:00")
        .with("M3", &left("2380", "2018-03-05T10:00", "2018-03-09T11:00"))
        .with("M4", &left("2380", "2018-04-05T10:00", "2018-04-09T11:00"))
        .with("M5", &left("2380", "2018-05-05T10:00", "2018-05-09T11:00"))
        .with("A", &waiting)
        .forecast(None);
    assert_eq!(charged.noon.unwrap().worth.unwrap().to_string(), "7100.00");
    // Jönköping and Stockholm know no noon.
    for (region, payer) in [("06", "0643"), ("01", "0114")] {
        let waiting = Script::ready(payer, "somatic", "2020-05-18T10:00");
        let seen = Ward::at(region, "2020-05-20T09:00")
            .with("A", &waiting)
            .forecast(None);
        assert_eq!(seen.noon.unwrap().stays, []);
    }
}

#[test]
fn a_court_or_no_needs_lose_nothing_at_noon() {
    for more in [
        json!({"compulsory_care": "LPT"}),
        json!({"municipal_needs": false}),
    ] {
        let waiting = Script::bare("1780", "psychiatric", "2019-03-09T10:00", more).and(
            "2019-03-09T11:00",
            "expected_discharge",
            json!({"date": "2019-03-10"}),
        );
        let seen = Ward::at("17", "2019-03-12T09:00")
            .with("A", &waiting)
            .forecast(None);
        assert_eq!(seen.noon.unwrap().stays, []);
    }
}
