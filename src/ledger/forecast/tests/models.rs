//! One month under each agreement.

use super::*;
use crate::rules::model::average_trigger::Effect;

#[test]
fn varmland_charges_the_dates_of_each_scenario() {
    // A: Monday by noon, liable from the 7th: 5 dates before the 12th, 25 to
    // the end of March. B: Monday after noon, liable from the 15th, with no
    // date planned: 17 dates to the end.
    let bare = Script::bare("1780", "somatic", "2019-03-09T10:00", json!({})).then(&[
        ("2019-03-09T11:00", "admission_notice"),
        ("2019-03-09T11:00", "sip_called"),
        ("2019-03-11T13:00", "ready_notice"),
    ]);
    let ward = Ward::at("17", "2019-03-12T09:00")
        .with(
            "A",
            &ready("1780", "somatic", "2019-03-04T11:00", "2019-03-14"),
        )
        .with("B", &bare)
        .with("C", &Script::ready("1780", "somatic", "2019-03-10T08:00"));
    let seen = ward.forecast(None);
    let [payer] = &seen.payers[..] else {
        panic!("{seen:?}")
    };
    // × 7800: 5; 25 + 17; 5; 6; 7 + 17.
    let expected = ["39000.00", "327600.00", "39000.00", "46800.00", "187200.00"];
    assert_eq!(amounts(payer), expected);
    assert_eq!((payer.ready, payer.not_ready), (2, 1));
    assert_eq!(
        (names(&payer.unplanned), names(&payer.overdue)),
        (vec!["B"], vec![])
    );
    let stays: Vec<_> = payer
        .stays
        .iter()
        .map(|stay| stay.episode.as_str())
        .collect();
    assert_eq!(stays, ["A", "B"]);
    assert_eq!(payer.stays[0].tomorrow.unwrap().to_string(), "7800.00");
    let entry = &payer.entries[0];
    assert_eq!((&entry.keep, &entry.trigger), (&None, &None));
    // Confirmed for the year for which it was made.
    assert_eq!(codes(&seen), Vec::<&str>::new());
}

#[test]
fn the_statute_waits_thirty_days_in_psychiatry() {
    // 1 December + 30: the 31st alone.
    let stay = ready("0643", "psychiatric", "2018-12-01T10:00", "2018-12-31");
    let seen = Ward::at("17", "2018-12-20T09:00")
        .with("A", &stay)
        .forecast(None);
    assert_eq!(
        amounts(&seen.payers[0]),
        ["0.00", "7100.00", "0.00", "0.00", "0.00"]
    );
    assert_eq!(seen.payers[0].entries[0].agreement.as_str(), "lag-2017-612");
}

#[test]
fn jonkoping_minds_rounding_and_long_stays() {
    let ward = Ward::at("06", "2018-05-20T09:00")
        .with("L1", &left("0643", "2018-05-02T10:00", "2018-05-05T11:00"))
        .with("L2", &left("0643", "2018-05-03T10:00", "2018-05-05T11:00"))
        .with(
            "A",
            &ready("0643", "somatic", "2018-05-13T10:00", "2018-05-22"),
        )
        .with(
            "B",
            &ready("0643", "somatic", "2018-05-20T08:00", "2018-05-23"),
        )
        .with(
            "C",
            &ready("0643", "somatic", "2018-05-19T12:00", "2018-05-24"),
        );
    let payer = &ward.forecast(Some("0643")).payers[0];
    let entry = &payer.entries[0];
    // So far 5/2; now with 6, 0 and 0: 11/5; tomorrow with 7, 1 and 1: 14/5;
    // as planned A is at 8 and alone, B at 3 and C at 4: 12/4.
    assert_eq!(averages(entry), ["2.5", "2.5", "2.2", "2.8", "3.0"]);
    // 0.5 × 2; the same; 0.2 × 5; 0.8 × 5; 1.0 × 4 and A's 5 days; × 7100.
    let expected = ["7100.00", "7100.00", "7100.00", "28400.00", "63900.00"];
    assert_eq!(amounts(payer), expected);
    // C now instead of at 4: 8/4 = 2.0. A now would enter the average at 6.
    let keep = entry.keep.as_ref().unwrap();
    assert_eq!((keep.possible, names(&keep.stays)), (true, vec!["C"]));
    assert_eq!(keep.average.as_deref(), Some("2.0"));
}

#[test]
fn stockholm_counts_dates_and_rounds_nothing() {
    let ward = Ward::at("01", "2020-03-20T09:00")
        .with("L", &left("0114", "2020-03-02T10:00", "2020-03-05T11:00"))
        .with(
            "A",
            &ready("0114", "somatic", "2020-03-17T10:00", "2020-03-25"),
        )
        .with(
            "B",
            &ready("0114", "somatic", "2020-03-20T08:00", "2020-03-22"),
        );
    // The rate of 2020 is finance's to set: nothing is guessed.
    let unrated = ward.forecast(None);
    assert_eq!(amounts(&unrated.payers[0]), ["?", "?", "0.00", "?", "?"]);
    assert_eq!(codes(&unrated), ["missing_rate"]);
    assert_eq!(unrated.amounts.planned, Some(None));
    let payer = &ward.rate(2020, "8200").forecast(None).payers[0];
    let entry = &payer.entries[0];
    // 3/1; 6/3; 8/3; 13/3.
    assert_eq!(averages(entry), ["3.0", "3.0", "2.0", "2.6667", "4.3333"]);
    // 3 − 2; 6 − 6; 8 − 6; 13 − 6; × 8200.
    let expected = ["8200.00", "8200.00", "0.00", "16400.00", "57400.00"];
    assert_eq!(amounts(payer), expected);
    // A alone: 8/3; with B 6/3.
    let keep = entry.keep.as_ref().unwrap();
    assert_eq!((keep.possible, names(&keep.stays)), (true, vec!["A", "B"]));
}

#[test]
fn jamtland_sees_its_third_month_come() {
    let ward = Ward::at("23", "2018-05-20T09:00")
        .with("M3", &left("2380", "2018-03-05T10:00", "2018-03-09T11:00"))
        .with("M4", &left("2380", "2018-04-05T10:00", "2018-04-09T11:00"))
        .with("M5", &left("2380", "2018-05-05T10:00", "2018-05-06T11:00"))
        .with(
            "A",
            &ready("2380", "somatic", "2018-05-14T10:00", "2018-05-16"),
        );
    let payer = &ward.forecast(None).payers[0];
    let entry = &payer.entries[0];
    // 1/1; with 6 now 7/2; with 7 tomorrow 8/2; the plan has passed: now.
    assert_eq!(averages(entry), ["1.0", "1.0", "3.5", "4.0", "3.5"]);
    use Effect as E;
    assert_eq!(
        effects(entry),
        [E::None, E::None, E::Starts, E::Starts, E::Starts]
    );
    // The first time reaches back to nothing.
    assert_eq!(amounts(payer), ["0.00"; 5]);
    let state = TriggerForecast {
        charging: false,
        run: 2,
        needed: 3,
        times: 0,
    };
    assert_eq!(entry.trigger, Some(state));
    let keep = entry.keep.as_ref().unwrap();
    assert_eq!(
        (keep.possible, keep.over_by.as_deref()),
        (false, Some("0.5"))
    );
    assert_eq!(names(&payer.overdue), ["A"]);
}

/// Three months above, three below, two above; the third is about to end.
fn again() -> Ward {
    let lefts = [
        ("M03", "2018-03-05T10:00", "2018-03-09T11:00"),
        ("M04", "2018-04-05T10:00", "2018-04-09T11:00"),
        ("M05", "2018-05-05T10:00", "2018-05-09T11:00"),
        ("M06", "2018-06-05T10:00", "2018-06-06T11:00"),
        ("M07", "2018-07-05T10:00", "2018-07-06T11:00"),
        ("M08", "2018-08-05T10:00", "2018-08-06T11:00"),
        ("M09", "2018-09-05T10:00", "2018-09-10T11:00"),
        ("M10", "2018-10-05T10:00", "2018-10-11T11:00"),
    ];
    let ward = Ward::at("23", "2018-11-20T09:00");
    lefts.into_iter().fold(ward, |ward, (name, notice, at)| {
        ward.with(name, &left("2380", notice, at))
    })
}

#[test]
fn jamtland_s_second_time_reaches_back() {
    let ward = again().with(
        "A",
        &ready("2380", "somatic", "2018-11-13T10:00", "2018-11-25"),
    );
    let payer = &ward.forecast(None).payers[0];
    let entry = &payer.entries[0];
    assert_eq!(averages(entry), ["none", "none", "7.0", "8.0", "12.0"]);
    use Effect as E;
    let expected = [
        E::None,
        E::None,
        E::StartsBack,
        E::StartsBack,
        E::StartsBack,
    ];
    assert_eq!(effects(entry), expected);
    // September's 5 − 3, October's 6 − 3, and its own 7 − 3, 8 − 3, 12 − 3.
    let expected = ["0.00", "0.00", "63900.00", "71000.00", "99400.00"];
    assert_eq!(amounts(payer), expected);
    let stay = &payer.stays[0];
    assert_eq!(
        (
            stay.accrued.days,
            stay.accrued.amount.unwrap().to_string().as_str()
        ),
        (4, "63900.00")
    );
    assert_eq!(stay.tomorrow.unwrap().to_string(), "7100.00");
    let keep = entry.keep.as_ref().unwrap();
    assert_eq!(
        (keep.possible, keep.over_by.as_deref()),
        (false, Some("4.0"))
    );
}

#[test]
fn halland_pays_its_twelfth_whatever_happens() {
    let stay = ready("1380", "somatic", "2018-05-10T10:00", "2018-05-25");
    let ward = Ward::at("13", "2018-05-20T09:00").with("A", &stay);
    let payer = &ward.forecast(Some("1380")).payers[0];
    assert_eq!(amounts(payer), ["13025.00"; 5]);
    assert_eq!(payer.stays[0].tomorrow, Some(Kronor::ZERO));
    // All but Hylte, whose share is nothing: 189 048 in all.
    let all = ward.forecast(None);
    assert_eq!(
        all.amounts.planned.unwrap().unwrap().to_string(),
        "189048.00"
    );
}

#[test]
fn what_is_settled_by_hand_stays_as_it_is() {
    let stay = ready("0643", "somatic", "2018-02-05T10:00", "2018-02-12");
    let mut ward = Ward::at("06", "2018-02-10T09:00").with("A", &stay);
    ward.manual.push(ManualLine {
        payer: "0643".parse().unwrap(),
        amount: "5000".parse().unwrap(),
        reason: "avtal".to_owned(),
        by: "ekonom".to_owned(),
    });
    let seen = ward.forecast(None);
    assert_eq!(amounts(&seen.payers[0]), ["5000.00"; 5]);
    assert!(codes(&seen).contains(&"manual_stay"));
    assert_eq!(seen.payers[0].stays[0].tomorrow, None);
}

#[test]
fn at_the_end_of_a_month_tomorrow_is_the_next_one_s() {
    let stay = ready("0643", "somatic", "2018-05-27T10:00", "2018-06-01");
    let ward = Ward::at("06", "2018-05-31T11:00").with("A", &stay);
    let payer = &ward.forecast(None).payers[0];
    // 4 days now; tomorrow and as planned it is not May's.
    assert_eq!(
        averages(&payer.entries[0]),
        ["none", "none", "4.0", "none", "none"]
    );
    assert_eq!(
        names(&payer.entries[0].keep.as_ref().unwrap().stays),
        Vec::<&str>::new()
    );
}
