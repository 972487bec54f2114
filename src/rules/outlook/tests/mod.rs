mod averages;
mod duties;

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
