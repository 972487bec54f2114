//! Agreement files as a region's own people send them: what is no agreement at
//! all, another region's, or decided about in a way that cannot be; each told
//! in both languages, with nothing changed.

use std::{fs::OpenOptions, process::Command};

use crate::support::bin::{Bench, Said, on, run};

const EXAMPLE: &str = "fixtures/agreements/example-weekdays.toml";

fn text() -> String {
    std::fs::read_to_string(EXAMPLE).unwrap()
}

/// What it says in Swedish and in English; in both it is bad input.
fn both(bench: &Bench, words: &[&str]) -> [String; 2] {
    ["sv", "en"].map(|lang| bench.fails(2, &[&["--lang", lang], words].concat()))
}

/// The store's agreements and all that was recorded.
fn state(bench: &Bench) -> (serde_json::Value, serde_json::Value) {
    (bench.json(&["agreements"]), bench.json(&["log"]))
}

#[test]
fn what_is_no_agreement_is_refused_and_changes_nothing() {
    let bench = Bench::of("04");
    let before = state(&bench);
    let pipe = bench.path("pipe.toml");
    assert!(
        Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    let folder = bench.path("folder.toml");
    std::fs::create_dir(&folder).unwrap();
    let name = |path: &std::path::Path| path.to_str().unwrap().to_owned();
    let large = bench.path("large.toml");
    let file = std::fs::File::create(&large).unwrap();
    file.set_len(100 << 20).unwrap();
    let latin = text().replace("räknas", "r\u{1}knas").into_bytes();
    let latin: Vec<u8> = latin
        .into_iter()
        .map(|b| if b == 1 { 0xe4 } else { b })
        .collect();
    for (file, swedish, english) in [
        (name(&pipe), "ingen vanlig fil", "not an ordinary file"),
        (name(&folder), "ingen vanlig fil", "not an ordinary file"),
        (name(&large), "större än 1 MiB", "larger than 1 MiB"),
        (
            bench.file("latin.toml", latin),
            "latin.toml:5",
            "latin.toml:5",
        ),
        (
            bench.file("empty.toml", ""),
            "fältet `format` saknas",
            "missing field `format`",
        ),
        (name(&bench.path("none.toml")), "finns inte", "No such file"),
    ] {
        let [sv, en] = both(&bench, &["agreements", "check", &file]);
        assert!(sv.contains(swedish) && sv.contains(&file), "{sv}");
        for said in [
            en,
            bench.fails(2, &["agreements", "adopt", &file]),
            bench.fails(2, &["agreements", "diff", &file]),
            bench.fails(2, &["figures", "--month", "2019-04", "--with", &file]),
        ] {
            assert!(said.contains(english) && said.contains(&file), "{said}");
        }
    }
    assert_eq!(state(&bench), before);
}

#[test]
fn a_file_with_another_system_s_line_ends_or_a_byte_order_mark_is_one() {
    let bench = Bench::of("04");
    let windows = bench.file("windows.toml", text().replace('\n', "\r\n"));
    let marked = bench.file("marked.toml", format!("\u{feff}{}", text()));
    for file in [windows, marked] {
        let told = bench.ok(&["agreements", "check", &file]);
        assert!(
            told.contains("holds and can be adopted; nothing was changed"),
            "{told}"
        );
        assert!(
            !told.contains("with the program"),
            "it came from the user: {told}"
        );
    }
}

#[test]
fn an_agreement_of_another_region_is_checked_but_not_adopted() {
    let bench = Bench::of("14");
    let before = state(&bench);
    let [sv, en] = both(&bench, &["agreements", "adopt", EXAMPLE]);
    assert!(
        sv.contains("en annan regions och binder ingen") && sv.contains("Sörmland"),
        "{sv}"
    );
    assert!(en.contains("another region's and binds nobody"), "{en}");
    let idle = "example-weekdays is another region's agreement: it binds nobody in this store";
    let Said { code, out, err } = bench.run(&["agreements", "check", EXAMPLE, "--json"]);
    assert_eq!((code, err.contains(idle)), (0, true), "{err}");
    serde_json::from_str::<serde_json::Value>(&out).unwrap();
    // A folder may hold agreements of many regions: those are named.
    let own = text()
        .replace("\"04\"", "\"14\"")
        .replace("example-weekdays", "own");
    let own = own.replace("\"0480\", \"0482\", \"0484\"", "\"1480\"");
    std::fs::create_dir(bench.path("trial")).unwrap();
    bench.file("trial/own.toml", own);
    bench.file("trial/other.toml", text());
    let folder = bench.path("trial");
    let words = ["--agreements", folder.to_str().unwrap(), "agreements"];
    let Said { code, out, err } = bench.run(&words);
    assert_eq!((code, err.contains(idle)), (0, true), "{err}");
    assert!(
        out.contains("own") && !out.contains("example-weekdays"),
        "{out}"
    );
    assert_eq!(state(&bench), before);
}

/// A file is judged by itself before there is a store, and says so.
#[test]
fn without_a_store_a_file_is_checked_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    let none = folder.path().join("none");
    let alone = |words: &[&str]| run(on(&none, words));
    let Said { code, out, err } = alone(&["agreements", "check", EXAMPLE]);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("holds; nothing was changed"), "{out}");
    assert!(out.contains("not against a store of the region"), "{out}");
    let note = format!("No store in {}: the answer is of files", none.display());
    assert!(err.contains(&note), "{err}");
    let swedish = alone(&["--lang", "sv", "agreements", "check", EXAMPLE]);
    assert!(swedish.out.contains("inte mot ett lager för regionen"));
    assert!(swedish.err.contains("Inget lager i "), "{}", swedish.err);
    let beside = |said: Said| {
        let checked: serde_json::Value = serde_json::from_str(&said.out).unwrap();
        assert_eq!(checked["view"]["id"], "example-weekdays");
        checked["beside"].clone()
    };
    let json = ["agreements", "check", EXAMPLE, "--json"];
    assert_eq!(beside(alone(&json)), "program");
    // A store of the region, and one of another.
    assert_eq!(beside(Bench::of("04").run(&json)), "store");
    assert_eq!(beside(Bench::of("14").run(&json)), "program");
    for (file, told) in [
        ("bad/gap.toml", "no rule holds for psychiatric care"),
        (
            "bad/text-not-closed.toml",
            "text-not-closed.toml:3:16: a text is not closed",
        ),
    ] {
        let file = format!("fixtures/agreements/{file}");
        let Said { code, out, err } = alone(&["agreements", "check", &file]);
        assert_eq!((code, out.as_str()), (2, ""), "{err}");
        assert!(err.contains(told), "{err}");
    }
    assert!(!none.exists(), "nothing was made");
}

#[test]
fn without_a_store_files_are_compared_and_the_program_s_own_shown() {
    let folder = tempfile::tempdir().unwrap();
    let none = folder.path().join("none");
    let alone = |words: &[&str]| run(on(&none, words));
    let shown = alone(&["agreements", "show", "varmland-2019"]);
    assert!(
        shown.out.contains("id = \"varmland-2019\""),
        "{}",
        shown.out
    );
    // Against what the program has: the same party on the same dates.
    let rival = folder.path().join("rival.toml");
    std::fs::write(&rival, shown.out.replace("varmland-2019", "rival")).unwrap();
    let rival = rival.to_str().unwrap();
    let refused = alone(&["agreements", "check", rival]);
    assert_eq!(refused.code, 2);
    assert!(
        refused.err.contains("rival and varmland-2019"),
        "{}",
        refused.err
    );
    let compared = alone(&["agreements", "diff", "varmland-2019", rival]);
    assert!(
        compared.out.contains("varmland-2019 → rival"),
        "{}",
        compared.out
    );
    assert_eq!(alone(&["agreements", "diff", EXAMPLE, rival]).code, 0);
    // Files on trial stand beside it here as well.
    let trial = folder.path().join("trial");
    std::fs::create_dir(&trial).unwrap();
    std::fs::copy(EXAMPLE, trial.join("a.toml")).unwrap();
    let trial = trial.to_str().unwrap();
    let conflict = "fixtures/agreements/bad/conflict.toml";
    assert_eq!(alone(&["agreements", "check", conflict]).code, 0);
    let refused = alone(&["--agreements", trial, "agreements", "check", conflict]);
    assert!(refused.err.contains("both bind"), "{}", refused.err);
    // What the store alone knows needs one.
    for words in [
        &["agreements"][..],
        &["agreements", "adopt", EXAMPLE],
        &[
            "agreements",
            "confirm",
            "varmland-2019",
            "--until",
            "2020-12-31",
            "--source",
            "x",
        ],
    ] {
        let said = alone(words);
        assert_ne!(said.code, 0, "{words:?}");
        assert!(said.err.contains("fristdag init --region"), "{}", said.err);
    }
}

/// A terminal obeys what is printed on it.
#[test]
fn a_file_cannot_write_on_the_terminal() {
    let bench = Bench::of("04");
    let text = text().replacen(
        "document = \"Exempel utan förlaga\"",
        "document = \"a\\u001b[2J\\u202eb\\nc\"",
        1,
    );
    let file = bench.file("own.toml", text.replace("example-weekdays", "own"));
    let told = bench.ok(&["agreements", "diff", EXAMPLE, &file]);
    assert!(told.contains("a[2Jb c"), "{told}");
    assert!(!told.contains(['\u{1b}', '\u{202e}']), "{told:?}");
}

#[test]
fn decisions_that_cannot_be_say_where_and_what_to_do() {
    let bench = Bench::of("04");
    bench.ok(&["agreements", "adopt", EXAMPLE]);
    let before = state(&bench);
    let id = "example-weekdays";
    let source = ["--source", "minutes"];
    let early = [
        &["agreements", "confirm", id, "--until", "2018-12-31"],
        &source[..],
    ]
    .concat();
    let unset = [
        &["agreements", "set", id, "it_support", "2020-01-01"],
        &source[..],
    ]
    .concat();
    for (words, swedish, english) in [
        (
            early,
            "gäller från: example-weekdays 2019-01-01",
            "holds from: example-weekdays 2019-01-01",
        ),
        (
            unset,
            "lämnar inget datum att fastställa",
            "leaves no date to be set",
        ),
        (
            vec!["agreements", "diff", id],
            "inget eget avtal med det id:t",
            "no agreement of its own",
        ),
        (
            vec!["agreements", "show", "nothing-2019"],
            "lagret: nothing-2019",
            "agreement: nothing-2019",
        ),
    ] {
        let [sv, en] = both(&bench, &words);
        assert!(sv.contains(swedish), "{sv}");
        assert!(en.contains(english), "{en}");
        assert_eq!(en.lines().count(), 2, "and what to do: {en}");
    }
    assert_eq!(state(&bench), before);
}

/// The store is neither in use nor damaged, and help is an answer as well.
#[test]
fn an_answer_that_cannot_be_written_is_an_error_of_its_own() {
    let bench = Bench::of("04");
    for words in [
        &["agreements"][..],
        &["--help"],
        &["man"],
        &["rates", "--json"],
    ] {
        let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
        let mut command = bench.command(&[&["--lang", "sv"], words].concat());
        command.stdout(full).stderr(std::process::Stdio::piped());
        let done = command.spawn().unwrap().wait_with_output().unwrap();
        let err = String::from_utf8(done.stderr).unwrap();
        assert_eq!(done.status.code(), Some(2), "{words:?}: {err}");
        assert!(
            err.contains("Svaret kunde inte skrivas ut: disken är full"),
            "{err}"
        );
    }
    let said = run(bench.command(&["--lang", "sv", "agreements", "adpot"]));
    assert_eq!((said.code, said.out.as_str()), (2, ""));
    assert!(said.err.contains("okänt kommando 'adpot'"), "{}", said.err);
    assert!(said.err.contains("menade du adopt?"), "{}", said.err);
}
