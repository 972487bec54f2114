//! Altered copies of the worked examples, each with its figures worked out by
//! hand. Värmland, March 2019, unaltered: notices on Monday 4 March (VARM-1
//! 11:00, VARM-2 13:00, VARM-3 12:00:00), all discharged on Saturday 9 March,
//! so VARM-1 and VARM-3 are charged for 7 and 8 March, VARM-2 for the 8th.

use serde_json::{Value, json};

use crate::support::month::{Stays, golden_lines, late, lines};

const VARM_1: &str = "1780 varmland-2019 individual VARM-1 - 2 × 7800 = 15600";
const VARM_2: &str = "1780 varmland-2019 individual VARM-2 - 1 × 7800 = 7800";
const VARM_3: &str = "1715 varmland-2019 individual VARM-3 - 2 × 7800 = 15600";

/// Events that can be altered.
struct Copy(Vec<Value>);

impl Copy {
    fn set(mut self, id: &str, field: &str, value: impl Into<Value>) -> Self {
        let event = self.0.iter_mut().find(|event| event["id"] == id).unwrap();
        event[field] = value.into();
        self
    }

    fn at(self, id: &str, at: &str) -> Self {
        self.set(id, "at", at)
    }

    fn without(mut self, id: &str) -> Self {
        let before = self.0.len();
        self.0.retain(|event| event["id"] != id);
        assert_eq!(self.0.len() + 1, before, "{id} was there");
        self
    }

    fn and(mut self, episode: &str, at: &str, kind: &str, rest: Value) -> Self {
        let id = format!("{episode}/new-{}", self.0.len());
        let mut event = json!({"id": id, "episode": episode, "at": at, "kind": kind});
        for (field, value) in rest.as_object().unwrap() {
            event[field] = value.clone();
        }
        self.0.push(event);
        self
    }

    fn varmland(&self, month: &str, expected: &[&str]) {
        self.check("17", month, expected);
    }

    /// The lines of one payer in Jönköping; every other payer's stay as they were.
    fn jonkoping(&self, payer: &str, expected: &[&str]) {
        let all = lines(&Stays::of("06", &self.0, late()).figures("2018-05"));
        let (own, others): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|line| line.starts_with(payer));
        assert_eq!(own, expected);
        let mut unaltered = lines(&Stays::of("06", &jonkoping().0, late()).figures("2018-05"));
        unaltered.retain(|line| !line.starts_with(payer));
        assert_eq!(others, unaltered);
    }

    fn check(&self, region: &str, month: &str, expected: &[&str]) {
        let mut expected = expected.to_vec();
        expected.sort_unstable();
        let found = lines(&Stays::of(region, &self.0, late()).figures(month));
        assert_eq!(found, expected);
    }
}

fn varmland() -> Copy {
    Copy(golden_lines("varmland-2019-03.jsonl"))
}

fn jonkoping() -> Copy {
    Copy(golden_lines("jonkoping-2018-05.jsonl"))
}

/// 12:00:01 is after noon: four days, so from 8 March.
#[test]
fn a_notice_one_second_later() {
    varmland()
        .at("VARM-3/9", "2019-03-04T12:00:01+01:00")
        .varmland(
            "2019-03",
            &[
                VARM_1,
                VARM_2,
                "1715 varmland-2019 individual VARM-3 - 1 × 7800 = 7800",
            ],
        );
}

/// A call on the 5th counts from the 6th, in time for the 7th; one on the 7th
/// counts from the 8th; one on the 8th leaves no day.
#[test]
fn a_sip_called_later() {
    let called = |at: &str| varmland().at("VARM-1/3", at);
    called("2019-03-05T10:30:00+01:00").varmland("2019-03", &[VARM_1, VARM_2, VARM_3]);
    called("2019-03-07T00:00:00+01:00").varmland(
        "2019-03",
        &[
            VARM_2,
            VARM_3,
            "1780 varmland-2019 individual VARM-1 - 1 × 7800 = 7800",
        ],
    );
    called("2019-03-08T10:30:00+01:00").varmland("2019-03", &[VARM_2, VARM_3]);
}

/// 7 to 11 March are five days; the 12th is the day of discharge.
#[test]
fn a_discharge_moved() {
    varmland()
        .at("VARM-1/10", "2019-03-12T23:59:59+01:00")
        .varmland(
            "2019-03",
            &[
                VARM_2,
                VARM_3,
                "1780 varmland-2019 individual VARM-1 - 5 × 7800 = 39000",
            ],
        );
}

/// A voided notice never was: no span, no line. A void of the void changes nothing.
#[test]
fn a_void() {
    let voided = varmland().and(
        "VARM-2",
        "2019-03-20T08:00:00+01:00",
        "void",
        json!({"event": "VARM-2/9", "reason": "wrong patient"}),
    );
    voided.varmland("2019-03", &[VARM_1, VARM_3]);
    let void = voided.0.last().unwrap()["id"].clone();
    voided
        .and(
            "VARM-2",
            "2019-03-21T08:00:00+01:00",
            "void",
            json!({"event": void, "reason": "it was right"}),
        )
        .varmland("2019-03", &[VARM_1, VARM_3]);
}

/// A notice on Thursday 28 March by noon: liability from Sunday 31 March, the
/// day of 23 hours, which is one day. April has thirty.
#[test]
fn the_night_when_the_clock_changes() {
    let changed = varmland()
        .at("VARM-4/9", "2019-03-28T12:00:00+01:00")
        .at("VARM-4/3", "2019-03-28T08:30:00+01:00");
    changed.varmland(
        "2019-03",
        &[
            VARM_1,
            VARM_2,
            VARM_3,
            "1715 varmland-2019 individual VARM-4 - 1 × 7800 = 7800",
        ],
    );
    changed.varmland(
        "2019-04",
        &["1715 varmland-2019 individual VARM-4 - 30 × 7800 = 234000"],
    );
}

/// Taken back on the 8th: the 7th is charged. A new notice that day at 15:00
/// gives four free days: the 12th and 13th, discharged on the 14th. One line
/// holds all three.
#[test]
fn a_retraction_and_a_new_notice() {
    varmland()
        .and(
            "VARM-1",
            "2019-03-08T09:00:00+01:00",
            "ready_retracted",
            json!({"reason": "fever"}),
        )
        .and(
            "VARM-1",
            "2019-03-08T15:00:00+01:00",
            "ready_notice",
            json!({}),
        )
        .at("VARM-1/10", "2019-03-14T10:00:00+01:00")
        .varmland(
            "2019-03",
            &[
                VARM_2,
                VARM_3,
                "1780 varmland-2019 individual VARM-1 - 3 × 7800 = 23400",
            ],
        );
}

/// A waiver on the last day counts from the stay's start.
#[test]
fn a_sip_waived_late() {
    varmland()
        .without("VARM-1/3")
        .and(
            "VARM-1",
            "2019-03-08T15:00:00+01:00",
            "sip_waived",
            json!({"reason": "none needed"}),
        )
        .varmland("2019-03", &[VARM_1, VARM_2, VARM_3]);
}

/// Withdrawn on the 8th: it held up to the 7th.
#[test]
fn a_sip_call_withdrawn() {
    varmland()
        .and(
            "VARM-1",
            "2019-03-08T08:00:00+01:00",
            "sip_call_withdrawn",
            json!({}),
        )
        .varmland(
            "2019-03",
            &[
                VARM_2,
                VARM_3,
                "1780 varmland-2019 individual VARM-1 - 1 × 7800 = 7800",
            ],
        );
}

/// The placing municipality pays: under the agreement where it is a party,
/// under the statute (three days too) where it lies elsewhere.
#[test]
fn a_placing_municipality() {
    varmland()
        .set("VARM-1/0", "placing_municipality", "1765")
        .varmland(
            "2019-03",
            &[
                VARM_2,
                VARM_3,
                "1765 varmland-2019 individual VARM-1 - 2 × 7800 = 15600",
            ],
        );
    varmland()
        .set("VARM-1/0", "placing_municipality", "0680")
        .varmland(
            "2019-03",
            &[
                VARM_2,
                VARM_3,
                "0680 lag-2017-612 individual VARM-1 - 2 × 7800 = 15600",
            ],
        );
}

/// C-14 of Mullsjö is 9 days ready and charged for 6. From another county, the
/// statute: notice on 3 May, liability from the 6th to the 11th, 6 days as
/// well, but for another payer.
#[test]
fn another_countys_patient() {
    let moved = jonkoping().set("C-14/0", "municipality", "0580");
    let figures = Stays::of("06", &moved.0, late()).figures("2018-05");
    let found = lines(&figures);
    assert_eq!(
        found[0],
        "0580 lag-2017-612 individual C-14 - 6 × 7100 = 42600"
    );
    assert!(!found.iter().any(|line| line.starts_with("0642")));
}

/// Missing from the 7th at 08:00 until midnight touches the 7th alone; one
/// second longer touches the 8th as well.
#[test]
fn open_care_unavailable_for_a_while() {
    let missing = |until: &str| {
        varmland()
            .and(
                "VARM-1",
                "2019-03-07T08:00:00+01:00",
                "open_care_unavailable",
                json!({"reason": "no bed"}),
            )
            .and("VARM-1", until, "open_care_available", json!({}))
    };
    missing("2019-03-08T00:00:00+01:00").varmland(
        "2019-03",
        &[
            VARM_2,
            VARM_3,
            "1780 varmland-2019 individual VARM-1 - 1 × 7800 = 7800",
        ],
    );
    missing("2019-03-08T00:00:01+01:00").varmland("2019-03", &[VARM_2, VARM_3]);
}

/// In Jönköping the hours are taken off: B-01's 75 hours less 24 are 2 days,
/// so 26 days over 10 patients, 2.6: 0.6 × 10 × 7100.
#[test]
fn open_care_unavailable_takes_hours_off_an_average() {
    jonkoping()
        .and(
            "B-01",
            "2018-05-03T09:00:00+02:00",
            "open_care_unavailable",
            json!({"reason": "no bed"}),
        )
        .and(
            "B-01",
            "2018-05-04T09:00:00+02:00",
            "open_care_available",
            json!({}),
        )
        .jonkoping(
            "0617",
            &["0617 jonkoping-2018 average_excess - - 6 × 7100 = 42600"],
        );
}

/// B-01 from 09:00 to 09:00 four days later is exactly 96 hours, day 4: 28
/// over 10 is 2.8. A second less is day 3 as before: 2.7.
#[test]
fn exactly_24_hours_and_a_second_less() {
    let discharged = |at: &str| jonkoping().at("B-01/10", at);
    discharged("2018-05-06T09:00:00+02:00").jonkoping(
        "0617",
        &["0617 jonkoping-2018 average_excess - - 8 × 7100 = 56800"],
    );
    discharged("2018-05-06T08:59:59+02:00").jonkoping(
        "0617",
        &["0617 jonkoping-2018 average_excess - - 7 × 7100 = 49700"],
    );
}

/// D-25 at exactly 8 days leaves the average and is charged for 5. A second
/// less is 7 days: with it 82 + 7 = 89 days over 25 patients, 3.56 → 3.6, and
/// 1.6 × 25 = 40 days.
#[test]
fn eight_days_and_a_second_less() {
    let discharged = |at: &str| jonkoping().at("D-25/10", at);
    discharged("2018-05-10T09:00:00+02:00").jonkoping(
        "0643",
        &[
            "0643 jonkoping-2018 average_excess - - 33.6 × 7100 = 238560",
            "0643 jonkoping-2018 individual D-25 - 5 × 7100 = 35500",
            "0643 jonkoping-2018 individual D-26 - 9 × 7100 = 63900",
        ],
    );
    discharged("2018-05-10T08:59:59+02:00").jonkoping(
        "0643",
        &[
            "0643 jonkoping-2018 average_excess - - 40 × 7100 = 284000",
            "0643 jonkoping-2018 individual D-26 - 9 × 7100 = 63900",
        ],
    );
}

/// Without a planned date B-01 leaves the average, patient and days alike:
/// 24 days over 9, 2.67 → 2.7, and 0.7 × 9 = 6.3 days. It is listed.
#[test]
fn an_expected_discharge_that_is_missing() {
    let mut copy = jonkoping();
    let notice = copy
        .0
        .iter_mut()
        .find(|event| event["id"] == "B-01/1")
        .unwrap();
    notice.as_object_mut().unwrap().remove("expected_discharge");
    copy.jonkoping(
        "0617",
        &["0617 jonkoping-2018 average_excess - - 6.3 × 7100 = 44730"],
    );
    let figures = Stays::of("06", &copy.0, late()).figures("2018-05");
    let gnosjo = figures
        .payers
        .iter()
        .find(|entry| entry.name == "Gnosjö")
        .unwrap();
    assert_eq!((gnosjo.discharged, gnosjo.counted), (10, 9));
    assert_eq!(gnosjo.excluded[0].reason, "expected_discharge_missing");
}

/// A court's end on the 5th by noon replaces the notice: liability from the
/// 8th. After noon: from the 9th, the day of discharge. Without one: no span.
#[test]
fn compulsory_care_that_a_court_must_end() {
    let held = || varmland().set("VARM-1/0", "compulsory_care", "LPT");
    held()
        .and(
            "VARM-1",
            "2019-03-05T12:00:00+01:00",
            "compulsory_care_ended",
            json!({}),
        )
        .varmland(
            "2019-03",
            &[
                VARM_2,
                VARM_3,
                "1780 varmland-2019 individual VARM-1 - 1 × 7800 = 7800",
            ],
        );
    held()
        .and(
            "VARM-1",
            "2019-03-05T12:00:01+01:00",
            "compulsory_care_ended",
            json!({}),
        )
        .varmland("2019-03", &[VARM_2, VARM_3]);
    held().varmland("2019-03", &[VARM_2, VARM_3]);
}

/// Who needs nothing from the municipality is in no figures.
#[test]
fn no_municipal_needs() {
    varmland()
        .set("VARM-1/0", "municipal_needs", false)
        .varmland("2019-03", &[VARM_2, VARM_3]);
}
