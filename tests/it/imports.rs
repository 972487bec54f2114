//! Files that are not as they should be, through the command line.

use std::fs;

use serde_json::Value;

use crate::support::{
    bin::{Bench, run_reading},
    day::import_text,
    sample::{self, pnr},
};

const MARCH: &str = "fixtures/golden/varmland-2019-03.jsonl";

fn march() -> Vec<String> {
    let text = fs::read_to_string(MARCH).unwrap();
    text.lines().map(|line| format!("{line}\n")).collect()
}

fn seq(bench: &Bench) -> u64 {
    bench.json(&["status"])["seq"].as_u64().unwrap()
}

fn figures(bench: &Bench, month: &str) -> Value {
    bench.json(&["figures", "--month", month, "--now=2019-06-01T00:00"])
}

fn blockers(bench: &Bench, month: &str) -> String {
    let words = [
        "close",
        "--month",
        month,
        "--check",
        "--json",
        "--now=2019-06-03T00:00",
    ];
    let view: Value = serde_json::from_str(&bench.run(&words).out).unwrap();
    view["blockers"].to_string()
}

/// An event of VARM-1 on 5 March.
fn event(id: &str, rest: &str) -> String {
    format!(
        "{{\"id\":\"{id}\",\"episode\":\"VARM-1\",\"at\":\"2019-03-05T10:00:00+01:00\",{rest}}}\n"
    )
}

#[test]
fn one_bad_line_in_the_middle_keeps_all_out() {
    let bench = Bench::new();
    let mut lines = march();
    let secret = "\"patient\":{\"pnr\":\"19500307-2260\",\"name\":\"Hemlig Persson\"}";
    let bad = event(
        "b1",
        &format!(
            "\"kind\":\"admitted\",{secret},\"hospital\":\"CSK\",\"ward\":\"1\",\"care_form\":\"somatic\",\"municipality\":\"9999\""
        ),
    );
    lines.insert(20, bad);
    let file = bench.file("day.jsonl", lines.concat());
    let said = bench.run(&["import", &file]);
    assert_eq!(said.code, 2, "{said:?}");
    assert!(
        said.err.contains("day.jsonl:21: field \"municipality\": "),
        "{said:?}"
    );
    let all = said.err + &said.out;
    for private in ["Hemlig", "Persson", "2260", "19500307"] {
        assert!(!all.contains(private), "{all}");
    }
    assert_eq!(seq(&bench), 0);
    assert_eq!(bench.json(&["board", "--all"]), serde_json::json!([]));
}

#[test]
fn good_lines_are_kept_and_the_others_block_their_month() {
    let mut lines = march();
    let good = lines.remove(30);
    assert!(good.contains("discharged"), "{good}");
    lines.insert(30, good.replace("discharged", "discharched"));
    let bench = Bench::new();
    let file = bench.file("day.jsonl", lines.concat());
    let said = bench.run(&["import", "--keep-good", &file]);
    assert_eq!(said.code, 0, "{said:?}");
    assert!(
        said.err.contains("day.jsonl:31: field \"kind\""),
        "{said:?}"
    );
    let refused = fs::read_to_string(format!("{file}.refused.jsonl")).unwrap();
    let kept: Value = serde_json::from_str(refused.trim()).unwrap();
    assert_eq!(
        (&kept["line"], &kept["field"]),
        (&31.into(), &"kind".into())
    );
    assert!(kept["text"].as_str().unwrap().contains("discharched"));
    assert!(blockers(&bench, "2019-03").contains("refused_lines"));
    assert!(!blockers(&bench, "2019-02").contains("refused_lines"));
    let close = ["close", "--month", "2019-03", "--approve", "--expect", "x"];
    assert!(bench.fails(1, &close).contains("refused_lines"));
    // Corrected and sent again, it blocks no more; neither once waived.
    let waived = Bench::new();
    waived.ok(&["import", "--keep-good", &file]);
    waived.ok(&[
        "close",
        "--month=2019-03",
        "--waive=refused_lines",
        "--reason=dubblett",
    ]);
    assert_eq!(blockers(&waived, "2019-03"), "[]");
    bench.ok(&["import", &bench.file("corrected.jsonl", &good)]);
    assert_eq!(blockers(&bench, "2019-03"), "[]");
    let whole = Bench::with_march();
    assert_eq!(figures(&bench, "2019-03"), figures(&whole, "2019-03"));
}

#[test]
fn an_id_with_other_content_is_refused_with_the_remedy() {
    let bench = Bench::with_march();
    let before = (seq(&bench), figures(&bench, "2019-03"));
    let text = march()[30].replace("T10:00", "T11:00");
    let err = bench.fails(2, &["import", &bench.file("again.jsonl", text)]);
    assert!(
        err.contains("again.jsonl:1:") && err.contains("void"),
        "{err}"
    );
    // The same values written otherwise are the same event.
    let spaced = march()[30]
        .replace(": ", " :  ")
        .replace("2019-03-09T10 :  00 :  00", "2019-03-09T10:00:00");
    let other = bench.file("spaced.jsonl", spaced);
    assert!(
        bench
            .ok(&["import", &other])
            .contains("0 new, 1 already there")
    );
    assert_eq!((seq(&bench), figures(&bench, "2019-03")), before);
    let twice = [
        event("t1", "\"kind\":\"note\",\"text\":\"a\""),
        event("t1", "\"kind\":\"note\",\"text\":\"b\""),
    ];
    let err = bench.fails(2, &["import", &bench.file("twice.jsonl", twice.concat())]);
    assert!(
        err.contains("twice.jsonl:2:") && err.contains("void"),
        "{err}"
    );
    assert_eq!(seq(&bench), before.0);
}

#[test]
fn a_void_may_come_before_what_it_voids() {
    let (early, late) = (Bench::new(), Bench::with_march());
    let void = event(
        "v1",
        "\"kind\":\"void\",\"event\":\"VARM-1/9\",\"reason\":\"fel patient\"",
    );
    let file = early.file("void.jsonl", &void);
    early.ok(&["import", &file]);
    early.ok(&["import", MARCH]);
    late.ok(&["import", &file]);
    assert_eq!(figures(&early, "2019-03"), figures(&late, "2019-03"));
    assert_ne!(
        figures(&late, "2019-03"),
        figures(&Bench::with_march(), "2019-03")
    );
    assert_eq!(early.json(&["verify"])["ok"], true);
}

#[test]
fn the_order_of_lines_and_files_does_not_matter() {
    let whole = Bench::with_march();
    let mut lines = march();
    for round in 0..3_usize {
        // A fixed shuffle: every line far from where it was.
        let count = lines.len();
        lines = (0..count)
            .map(|n| lines[(n * 17 + round) % count].clone())
            .collect();
        let bench = Bench::new();
        let (first, second) = lines.split_at(20 + round);
        bench.ok(&["import", &bench.file("a.jsonl", first.concat())]);
        bench.ok(&["import", &bench.file("b.jsonl", second.concat())]);
        for month in ["2019-03", "2019-04"] {
            assert_eq!(
                figures(&bench, month),
                figures(&whole, month),
                "round {round}"
            );
        }
        let now = ["board", "--all", "--now=2019-03-06T23:00:00+01:00"];
        assert_eq!(bench.json(&now), whole.json(&now));
    }
}

#[test]
fn events_without_admission_are_held_and_block_their_month() {
    let bench = Bench::with_march();
    let lines = sample::stay(7);
    bench.ok(&["import", &bench.file("held.jsonl", lines[1..].concat())]);
    let status = bench.json(&["status"]);
    assert_eq!(status["held_stays"], 1);
    let found = blockers(&bench, "2019-05");
    assert!(
        found.contains("held_events") && found.contains(&sample::id(7)),
        "{found}"
    );
    assert!(!blockers(&bench, "2019-03").contains("held_events"));
    bench.ok(&["import", &bench.file("admitted.jsonl", &lines[0])]);
    assert_eq!(bench.json(&["status"])["held_stays"], 0);
    assert!(!blockers(&bench, "2019-05").contains("held_events"));
}

/// The worked example as a table: one stay a row.
fn table() -> String {
    let columns = [
        "episode",
        "pnr",
        "name",
        "municipality",
        "care_form",
        "hospital",
        "ward",
        "admitted_at",
        "admission_notice_at",
        "expected_discharge",
        "care_contact_at",
        "care_contact",
        "care_contact_unit",
        "sip_called_at",
        "ready_notice_at",
        "discharged_at",
        "self_care_at",
        "written_information_at",
        "information_transfer_at",
        "aids_at",
        "medication_at",
    ];
    let mut text = columns.join(",") + "\n";
    for stay in 1..=4 {
        let mut cells = vec![String::new(); columns.len()];
        let mut put = |column: &str, value: &Value| {
            let place = columns.iter().position(|one| *one == column).unwrap();
            cells[place] = value.as_str().unwrap().to_owned();
        };
        for line in march() {
            let event: Value = serde_json::from_str(&line).unwrap();
            if event["episode"] != format!("VARM-{stay}") {
                continue;
            }
            match event["kind"].as_str().unwrap() {
                "admitted" => {
                    put("pnr", &event["patient"]["pnr"]);
                    put("name", &event["patient"]["name"]);
                    put("admitted_at", &event["at"]);
                    for field in ["episode", "municipality", "care_form", "hospital", "ward"] {
                        put(field, &event[field]);
                    }
                }
                "admission_notice" => {
                    put("admission_notice_at", &event["at"]);
                    put("expected_discharge", &event["expected_discharge"]);
                }
                "care_contact_assigned" => {
                    put("care_contact_at", &event["at"]);
                    put("care_contact", &event["name"]);
                    put("care_contact_unit", &event["unit"]);
                }
                "checklist" => put(
                    &format!("{}_at", event["item"].as_str().unwrap()),
                    &event["at"],
                ),
                kind => put(&format!("{kind}_at"), &event["at"]),
            }
        }
        text += &(cells.join(",") + "\n");
    }
    text
}

#[test]
fn a_table_gives_the_same_as_the_same_stays_line_by_line() {
    let (rows, lines) = (Bench::new(), Bench::with_march());
    let file = rows.file("march.csv", table());
    rows.ok(&["import", &file]);
    for month in ["2019-03", "2019-04"] {
        assert_eq!(figures(&rows, month), figures(&lines, month));
    }
    let now = ["board", "--all", "--now=2019-03-06T23:00:00+01:00"];
    assert_eq!(rows.json(&now), lines.json(&now));
    assert!(rows.ok(&["import", &file]).contains(" 0 new"));
    // A cell that changed is the same id with other content.
    let changed = table().replacen("2019-03-04T11:00:00", "2019-03-04T11:30:00", 1);
    let err = rows.fails(2, &["import", &rows.file("changed.csv", changed)]);
    assert!(
        err.contains("changed.csv:2:") && err.contains("void"),
        "{err}"
    );
}

#[test]
fn only_checking_changes_nothing() {
    let bench = Bench::with_march();
    let before = (seq(&bench), bench.json(&["board", "--all"]));
    let good = bench.file("may.jsonl", import_text());
    let said = bench.ok(&["import", "--dry-run", &good]);
    assert!(
        said.contains("300 new") && said.contains("nothing recorded"),
        "{said}"
    );
    let bad = bench.file("bad.jsonl", import_text() + &sample::refused_line());
    bench.fails(2, &["import", "--dry-run", &bad]);
    bench.fails(2, &["import", "--dry-run", "--keep-good", &bad]);
    assert!(!bench.path("bad.jsonl.refused.jsonl").exists());
    assert_eq!((seq(&bench), bench.json(&["board", "--all"])), before);
    assert!(
        fs::read_dir(bench.store.join("staging"))
            .unwrap()
            .next()
            .is_none()
    );
}

#[test]
fn files_that_are_none() {
    let bench = Bench::new();
    let said = bench.ok(&["import", &bench.file("empty.jsonl", "")]);
    assert!(said.contains("0 lines, 0 new"), "{said}");
    bench.ok(&["import", &bench.file("blank.jsonl", "\n\n  \n")]);
    let folder = bench.path("folder.jsonl");
    fs::create_dir(&folder).unwrap();
    let err = bench.fails(2, &["import", folder.to_str().unwrap()]);
    assert!(err.contains("folder.jsonl"), "{err}");
    let err = bench.fails(2, &["import", bench.path("none.jsonl").to_str().unwrap()]);
    assert!(err.contains("none.jsonl"), "{err}");
    let err = bench.fails(2, &["import", &bench.file("day.txt", "")]);
    assert!(err.contains("--format"), "{err}");
    for (ending, needle) in [("jsonl", "garbage.jsonl:1:"), ("csv", "garbage.csv:")] {
        let bytes: Vec<u8> = (0..60_000_u32)
            .map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8)
            .collect();
        let err = bench.fails(
            2,
            &["import", &bench.file(&format!("garbage.{ending}"), bytes)],
        );
        assert!(err.contains(needle), "{err}");
        assert!(
            !err.contains('\u{1b}') && err.len() < 40_000,
            "{} bytes",
            err.len()
        );
    }
    assert_eq!(seq(&bench), 0);
}

#[test]
fn events_come_from_standard_input_too() {
    let bench = Bench::new();
    let said = run_reading(bench.command(&["import", "-"]), &fs::read(MARCH).unwrap());
    assert_eq!(said.code, 0, "{said:?}");
    let whole = Bench::with_march();
    assert_eq!(figures(&bench, "2019-03"), figures(&whole, "2019-03"));
}

#[test]
fn no_name_or_number_is_ever_in_an_error() {
    let bench = Bench::with_march();
    let name = "\\u001b[31mSekretess\\u202eKänslig\\u0007";
    let number = pnr(5);
    let patient =
        |pnr: &str, name: &str| format!("\"patient\":{{\"pnr\":\"{pnr}\",\"name\":\"{name}\"}}");
    let rest =
        "\"hospital\":\"CSK\",\"ward\":\"1\",\"care_form\":\"somatic\",\"municipality\":\"1780\"";
    let admitted =
        |patient: &str, rest: &str| event("a1", &format!("\"kind\":\"admitted\",{patient},{rest}"));
    let hostile = [
        admitted(&patient(number, name), &rest.replace("1780", "17800")),
        admitted(&patient(number, name), &rest.replace("somatic", "Känslig")),
        admitted(&patient("19500307-2261", name), rest),
        admitted(&patient("Sekretess", number), rest),
        admitted(
            &patient(number, name).replace("\"name\"", "\"Sekretess\""),
            rest,
        ),
        admitted(&patient(number, name), &format!("{rest},\"{number}\":1")),
        admitted(&patient(number, name), rest).replace("\"a1\"", &format!("\"{name}\"")),
        admitted(&patient(number, name), rest).replace("2019-03-05", number),
        admitted(&patient(number, name), rest).replace("admitted", "Sekretess"),
        admitted(&patient(number, name), rest).replacen('}', "", 1),
        // A second admission of a stay, under the first one's id.
        admitted(&patient(number, name), rest).replace("\"a1\"", "\"VARM-1/0\""),
        format!("{name} {number}\n"),
    ];
    for (line, text) in hostile.iter().enumerate() {
        let lang = ["sv", "en"][line % 2];
        let file = bench.file("hostile.jsonl", text);
        let said = bench.run(&["import", "--lang", lang, &file]);
        assert_eq!(said.code, 2, "line {line}: {said:?}");
        let all = said.err + &said.out;
        assert!(all.contains("hostile.jsonl:1:"), "line {line}: {all}");
        for private in [
            "Sekretess",
            "Känslig",
            "19500307",
            "2261",
            number,
            &number[2..],
            "\u{1b}",
            "\u{202e}",
        ] {
            assert!(!all.contains(private), "line {line}: {private:?} in {all}");
        }
    }
    assert_eq!(seq(&bench), 44);
}
