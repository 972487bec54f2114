//! Every agreement's month foreseen, against sums made by hand.

use serde_json::json;

use super::*;
use crate::{
    ledger::{history::History, month::ManualLine},
    model::{ids::AgreementId, month::Month, time},
    rules::{
        model::average_trigger::Effect,
        rates::Rate,
        shares,
        testing::{Script, shipped},
    },
};

/// Stays by name, in one region.
struct Ward {
    region: &'static str,
    now: Instant,
    stays: Vec<Stay>,
    manual: Vec<ManualLine>,
    rates: Rates,
}

/// What those who have left gave.
struct Known(Vec<(EpisodeId, Share)>);

impl History for Known {
    fn shares(
        &self,
        month: Month,
        agreement: &AgreementId,
        payer: Option<PayerCode>,
    ) -> Vec<(EpisodeId, Share)> {
        let wanted = |share: &Share| {
            share.month == month
                && share.agreement == *agreement
                && payer.is_none_or(|payer| payer == share.payer)
        };
        let shares = self.0.iter().filter(|(_, share)| wanted(share));
        shares.cloned().collect()
    }
}

impl Ward {
    fn at(region: &'static str, now: &str) -> Self {
        Self {
            region,
            now: time::parse(now).unwrap(),
            stays: Vec::new(),
            manual: Vec::new(),
            rates: Rates::shipped(),
        }
    }

    fn with(mut self, name: &str, script: &Script) -> Self {
        let mut stay = script.stay_at(self.now);
        stay.episode = EpisodeId::new(name).unwrap();
        self.stays.push(stay);
        self
    }

    fn rate(mut self, year: i32, kronor: &str) -> Self {
        let rate = Rate {
            amount: kronor.parse().unwrap(),
            source: "test".to_owned(),
        };
        self.rates.set(year, rate);
        self
    }

    fn forecast(&self, payer: Option<&str>) -> Forecast {
        let rulebook = shipped(self.region);
        let today = time::local_date(self.now);
        let (open, left): (Vec<&Stay>, Vec<&Stay>) = self.stays.iter().partition(|it| it.is_open());
        let given = |stay: &&Stay| {
            let shares = shares(stay, &rulebook, today).shares.into_iter();
            let episode = stay.episode.clone();
            shares
                .map(move |share| (episode.clone(), share))
                .collect::<Vec<_>>()
        };
        let known = Known(left.iter().flat_map(given).collect());
        let closed: Vec<_> = known
            .0
            .iter()
            .map(|(episode, share)| (episode.clone(), share))
            .collect();
        let context = MonthContext {
            history: &known,
            manual: &self.manual,
            settlements: &[],
        };
        forecast(&Ahead {
            now: self.now,
            payer: payer.map(|payer| payer.parse().unwrap()),
            rulebook: &rulebook,
            rates: &self.rates,
            context: &context,
            closed: &closed,
            open: &open,
        })
    }
}

/// Ready at `notice`, everything met a day before; planned for `date`.
fn ready(payer: &str, care_form: &str, notice: &str, date: &str) -> Script {
    let notice_at = time::parse(notice).unwrap();
    let before = time::rfc3339(notice_at - chrono::TimeDelta::hours(24));
    let mut script = Script::ready(payer, care_form, &before);
    for item in [
        "self_care",
        "written_information",
        "information_transfer",
        "aids",
        "medication",
    ] {
        script = script.and(&before, "checklist", json!({"item": item, "done": true}));
    }
    script
        .and(&before, "expected_discharge", json!({"date": date}))
        .then(&[(notice, "ready_notice")])
}

/// One that left.
fn left(payer: &str, notice: &str, at: &str) -> Script {
    ready(payer, "somatic", notice, &at[..10]).then(&[(at, "discharged")])
}

/// So far, none leaves, today, tomorrow, planned.
fn told<T>(scenarios: &Scenarios<T>, tell: impl Fn(&T) -> String) -> [String; 5] {
    let of = |one: &Option<T>| one.as_ref().map_or("-".to_owned(), &tell);
    [
        tell(&scenarios.so_far),
        of(&scenarios.none_leaves),
        of(&scenarios.today),
        of(&scenarios.tomorrow),
        of(&scenarios.planned),
    ]
}

fn amounts(payer: &PayerForecast) -> [String; 5] {
    told(&payer.amounts, |one| {
        one.map_or("?".to_owned(), |kronor| kronor.to_string())
    })
}

fn averages(entry: &EntryForecast) -> [String; 5] {
    told(&entry.scenarios, |one| {
        one.average.clone().unwrap_or("none".to_owned())
    })
}

fn effects(entry: &EntryForecast) -> Vec<Effect> {
    let scenarios = &entry.scenarios;
    let later = [
        &scenarios.none_leaves,
        &scenarios.today,
        &scenarios.tomorrow,
        &scenarios.planned,
    ];
    let so_far = std::iter::once(scenarios.so_far.effect.unwrap());
    so_far
        .chain(later.map(|one| one.as_ref().unwrap().effect.unwrap()))
        .collect()
}

fn names(stays: &[EpisodeId]) -> Vec<&str> {
    stays.iter().map(EpisodeId::as_str).collect()
}

fn codes(forecast: &Forecast) -> Vec<&str> {
    forecast
        .findings
        .iter()
        .map(|it| it.code.as_str())
        .collect()
}

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
