//! What is accepted can be read for ever: values at the ends of what may be
//! given, after which the store must open again, here and over the socket.

use std::{fs, os::unix::fs::PermissionsExt, path::Path, process::Command};

use serde_json::Value;

use crate::support::bin::{Bench, on, run, run_reading};

/// An event of stay E, at a moment or now.
fn event(id: &str, at: &str, rest: &str) -> String {
    format!("{{\"id\":\"{id}\",\"episode\":\"E\",\"at\":\"{at}\",{rest}}}\n")
}

fn admitted(at: &str) -> String {
    let rest = "\"kind\":\"admitted\",\"patient\":{\"pnr\":\"19500307-2260\",\"name\":\"Exempel 1\"},\
                \"hospital\":\"CSK\",\"ward\":\"1\",\"care_form\":\"somatic\",\"municipality\":\"1780\"";
    event("a", at, rest)
}

/// The store opens, also with its views folded anew, and all of it holds.
fn assert_sound(bench: &Bench) {
    bench.verified();
    fs::remove_dir_all(bench.store.join("views")).unwrap();
    let status = bench.json(&["status"]);
    assert_eq!(status["views"], "sled", "{status}");
    bench.verified();
}

#[test]
fn a_sum_larger_than_any_amount_is_locked_and_read_back() {
    let bench = Bench::new();
    let line = [
        "manual",
        "--month=2019-03",
        "--payer=1780",
        "--amount=999999999999999,99",
        "--reason=x",
    ];
    for _ in 0..3 {
        bench.ok(&line);
    }
    bench.lock("2019-03");
    let serving = bench.serve();
    let figures = bench.json(&["figures", "--month=2019-03"]);
    assert_eq!(figures["amount"], "2999999999999999.97");
    let invoices = bench.json(&["invoices"]);
    assert_eq!(invoices[0]["amount"], "2999999999999999.97");
    drop(serving);
    assert_sound(&bench);
}

#[test]
fn moments_at_the_ends_of_the_years_are_read_back() {
    let bench = Bench::new();
    let reason = "\"kind\":\"note\",\"text\":\"x\",\"delay_reason\":{\"code\":\"c\",\"from\":\"1900-01-01\"}";
    let lines = [
        admitted("1900-01-01T00:00:00+01:00"),
        event("n", "2019-03-05T10:00:00+01:00", reason),
        event("d", "2200-12-31T23:59:59+01:00", "\"kind\":\"discharged\""),
        // Of a year that no month has in Sweden.
        event("x", "2200-12-31T23:30:00Z", "\"kind\":\"sip_held\""),
    ];
    let file = bench.file("ends.jsonl", lines.concat());
    let err = bench.fails(2, &["import", &file]);
    assert!(err.contains("ends.jsonl:4: field \"at\""), "{err}");
    bench.ok(&["import", "--keep-good", &file]);
    let stay = bench.json(&["episode", "E", "--now=2200-12-31T23:59:59+01:00"]);
    assert_eq!(stay["events"].as_array().unwrap().len(), 3);
    assert_sound(&bench);
}

/// A due time may lie beyond the years that an event may name.
#[test]
fn what_is_due_after_the_last_year_goes_over_the_socket() {
    let bench = Bench::new();
    let notice = "\"kind\":\"admission_notice\",\"need_seen_at\":\"2200-12-31T23:30:00+01:00\"";
    let lines = [
        admitted("2019-03-04T09:00:00+01:00"),
        event("i", "2019-03-04T10:00:00+01:00", notice),
    ];
    let file = bench.file("due.jsonl", lines.concat());
    bench.ok(&["import", &file]);
    let words = ["episode", "E", "--now=2019-03-05T00:00"];
    let here = bench.ok(&words);
    let serving = bench.serve();
    assert_eq!(bench.ok(&words), here);
    drop(serving);
}

#[test]
fn a_source_is_a_name_and_commands_no_terminal() {
    let bench = Bench::new();
    let sent_by = |source: &str| {
        let source = Value::from(source).to_string();
        let rest = format!("\"kind\":\"sip_held\",\"source\":{source}");
        event("s", "2019-03-05T10:00:00+01:00", &rest)
    };
    for source in [&"s".repeat(129), "a\u{1b}[2J"] {
        let file = bench.file("source.jsonl", sent_by(source));
        let err = bench.fails(2, &["import", &file]);
        assert!(err.contains("field \"source\""), "{err}");
    }
    let file = bench.file("source.jsonl", sent_by("Cos\u{202e}mic"));
    bench.ok(&["import", &file]);
    assert!(bench.ok(&["board"]).contains("Last heard: Cosmic"));
    assert_sound(&bench);
}

#[test]
fn the_same_refused_lines_are_noted_once() {
    let bench = Bench::with_march();
    let bad = event("b", "2019-03-05T10:00:00+01:00", "\"kind\":\"bogus\"");
    let file = bench.file("day.jsonl", bad);
    let found = || {
        let check = ["close", "--month=2019-03", "--check", "--json"];
        bench.run(&check).out.matches("\"refused_lines\"").count()
    };
    bench.ok(&["import", "--keep-good", &file]);
    let (seq, once) = (bench.json(&["status"])["seq"].clone(), found());
    bench.ok(&["import", "--keep-good", &file]);
    assert_eq!(bench.json(&["status"])["seq"], seq);
    assert_eq!(found(), once);
}

/// A file that is hardly one of events is not held in memory line by line.
#[test]
fn refused_lines_are_given_back_within_bounds() {
    const LONGEST: usize = 64 << 10;
    let bench = Bench::new();
    let line = format!("{}\n", "x".repeat(LONGEST));
    let words = ["import", "--keep-good", "-"];
    let within = |lines: usize| {
        let mut command = bench.command(&words);
        command.current_dir(bench.folder.path());
        run_reading(command, line.repeat(lines).as_bytes())
    };
    let said = within(1_025);
    assert_eq!(said.code, 2, "{said:?}");
    assert!(said.err.contains("64 MiB"), "{said:?}");
    assert_eq!(bench.json(&["status"])["seq"], 0);
    assert!(!bench.path("stdin.refused.jsonl").exists());
    assert_eq!(within(2).code, 0);
    assert!(bench.path("stdin.refused.jsonl").exists());
}

/// Ended by the system in the midst of writing, as by a power cut.
#[test]
fn a_restore_that_is_cut_short_leaves_no_store() {
    let bench = Bench::with_march();
    let copy = bench.path("copy.tar").to_str().unwrap().to_owned();
    bench.ok(&["backup", &copy]);
    let half = bench.path("half");
    let mut shell = Command::new("sh");
    // No file may be longer than a block of 512 bytes.
    shell
        .args(["-c", "ulimit -f 1; exec \"$0\" \"$@\""])
        .arg(env!("CARGO_BIN_EXE_fristdag"))
        .args(["restore", &copy])
        .env_clear()
        .env("FRISTDAG_STORE", &half);
    assert_ne!(run(shell).code, 0);
    let said = run(on(&half, &["status"]));
    assert_eq!(said.code, 3, "{said:?}");
    assert!(said.err.contains("init"), "{said:?}");
    let whole = bench.path("whole");
    assert_eq!(run(on(&whole, &["restore", &copy])).code, 0);
}

/// Where the identities stand goes into one row of the tables with where the
/// events do.
#[test]
fn a_patient_is_not_named_for_ever() {
    let bench = Bench::new();
    let named = |n: u32| {
        let rest = format!("\"kind\":\"details_changed\",\"patient\":{{\"name\":\"Exempel {n}\"}}");
        event(&format!("n{n}"), "2019-03-05T10:00:00+01:00", &rest)
    };
    let lines: String = (1..=300).map(named).collect();
    let text = admitted("2019-03-04T09:00:00+01:00") + &lines;
    let file = bench.file("names.jsonl", &text);
    let err = bench.fails(2, &["import", &file]);
    assert!(err.contains("names.jsonl:301: field \"patient\""), "{err}");
    bench.ok(&["import", "--keep-good", &file]);
    let again = bench.file("again.jsonl", named(300));
    let err = bench.fails(2, &["import", &again]);
    assert!(err.contains("300 times"), "{err}");
    let err = bench.fails(2, &["--lang", "sv", "import", &again]);
    assert!(err.contains("fler än 300 gånger"), "{err}");
    assert_sound(&bench);
}

/// Folders of a store are its owner's alone, and so are files outside
/// `views/`, which is closed to others and where sled makes its own.
#[test]
fn nobody_else_can_read_a_store() {
    let bench = Bench::with_march();
    let serving = bench.serve();
    let mut looked = 0;
    closed(&bench.store, &mut looked);
    drop(serving);
    assert!(looked > 8, "{looked}");
}

fn closed(folder: &Path, looked: &mut usize) {
    let mode = |path: &Path| fs::symlink_metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(folder), 0o700, "{}", folder.display());
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        *looked += 1;
        if !path.is_dir() {
            assert_eq!(mode(&path), 0o600, "{}", path.display());
        } else if path.ends_with("views") {
            assert_eq!(mode(&path), 0o700);
        } else {
            closed(&path, looked);
        }
    }
}
