//! As it was known: what was answered then is answered again, whatever has
//! come since.

use std::{collections::BTreeMap, fs};

use fristdag::{
    desk::{
        reply::Reply,
        request::{AsOf, Ask},
    },
    model::{
        clock::{Clock, SystemClock},
        time::rfc3339,
    },
};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::{
    desk::{ask, close, figures, golden, import, lock, new_store, open, verify},
    support::{
        bin::{Bench, Running},
        story::{REGIONS, Story},
    },
};

/// The story's own answers, asked again at every position, or at each of so many.
fn told_again(story: &Story, each: usize) -> Result<(), TestCaseError> {
    for taken in story.taken.iter().step_by(each) {
        let again = story.answers(Some(AsOf::Seq(taken.seq)));
        same(&taken.answers, &again, &format!("entry {}", taken.seq))?;
    }
    // Several steps at the same moment: the last one counts.
    let moments = story.taken.iter().zip(story.taken.iter().skip(1));
    let last = moments.filter(|(one, next)| one.recorded_at < next.recorded_at);
    for (taken, _) in last.step_by(3 * each) {
        let again = story.answers(Some(AsOf::Time(taken.recorded_at)));
        same(&taken.answers, &again, &taken.recorded_at.to_string())?;
    }
    Ok(())
}

/// The first answer that is another one is told, and not all of them.
fn same(then: &[Value], again: &[Value], when: &str) -> Result<(), TestCaseError> {
    prop_assert_eq!(then.len(), again.len());
    for (number, (then, again)) in then.iter().zip(again).enumerate() {
        prop_assert!(
            then == again,
            "answer {number} as known at {when}:\n{then}\nwas told again as\n{again}"
        );
    }
    Ok(())
}

fn told_as_it_was(region: &'static str, seed: u64) -> Result<Story, TestCaseError> {
    let folder = tempfile::tempdir().unwrap();
    let mut story = Story::play(folder.path(), region, seed);
    told_again(&story, 1)?;
    let found = verify(&story.desk);
    prop_assert!(found.ok, "{:?}", found.differences);
    // Folded anew from the journal, the past is the same.
    drop(story.desk);
    fs::remove_dir_all(folder.path().join("views")).unwrap();
    story.desk = open(folder.path());
    told_again(&story, 5)?;
    Ok(story)
}

proptest! {
    // A seed that is halved tells another story: there is nothing to shrink.
    #![proptest_config(ProptestConfig { cases: 2, max_shrink_iters: 0, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn what_was_answered_then_is_answered_again(region in 0..REGIONS.len(), seed: u64) {
        told_as_it_was(REGIONS[region], seed)?;
    }
}

/// Figures of 24 May, when May was locked as at 20 June.
#[test]
fn a_locked_month_is_not_counted_up_to_a_moment_before_its_lock() {
    told_as_it_was("14", 17_051_885_730_258_711_980).unwrap();
}

#[test]
fn in_every_region_also_with_decisions_between() {
    let mut done: BTreeMap<&str, usize> = BTreeMap::new();
    for (region, seed) in REGIONS.into_iter().zip(1..) {
        let own = told_as_it_was(region, seed).unwrap().done;
        // The statute cannot be suspended.
        let all = ["adopt", "lock", "suspend"].into_iter();
        for name in all.filter(|name| (region, *name) != ("14", "suspend")) {
            assert!(own.get(name) > Some(&0), "no {name} in {region}: {own:?}");
        }
        for (name, count) in own {
            *done.entry(name).or_default() += count;
        }
    }
    for name in ["rate", "confirm", "manual"] {
        assert!(done.get(name) > Some(&0), "no {name}: {done:?}");
    }
}

/// Discharged on 20 February, which comes only after March was locked: March
/// was charged for, and the stay touches it no more.
#[test]
fn a_stay_that_had_ended_is_known_to_have_gone_on() {
    let folder = tempfile::tempdir().unwrap();
    let desk = new_store(folder.path(), "17");
    let march: String = golden("varmland-2019-03");
    let own: String = march
        .lines()
        .filter(|line| line.contains("\"VARM-1\"") && !line.contains("\"discharge"))
        .map(|line| line.replace("2019-03-0", "2019-02-0") + "\n")
        .collect();
    import(&desk, &own);
    lock(&desk, "2019-02").unwrap();
    let locked = lock(&desk, "2019-03").unwrap();
    assert_eq!(locked.amount.to_string(), "241800.00", "31 days");
    let before = close(&desk, "2019-04").figures;
    import(
        &desk,
        r#"{"id":"late","episode":"VARM-1","at":"2019-02-20T10:00:00+01:00","kind":"discharged"}"#,
    );
    assert!(verify(&desk).ok, "{:?}", verify(&desk).differences);
    let check = |desk: &dyn fristdag::desk::service::Service| {
        let april = figures(desk, "2019-04").figures;
        let credits: Vec<_> = (april.payers.iter().flat_map(|entry| &entry.credits))
            .map(|credit| (credit.for_month.to_string(), credit.amount.to_string()))
            .collect();
        let march = credits.iter().find(|(month, _)| month == "2019-03");
        assert_eq!(march.map(|(_, amount)| amount.as_str()), Some("241800.00"));
        let then = Ask::AsOf {
            as_of: AsOf::Seq(locked.seq),
            ask: Box::new(Ask::Figures {
                month: "2019-04".parse().unwrap(),
            }),
        };
        let Reply::AsOf(answer) = ask(desk, then).unwrap() else {
            panic!("another reply");
        };
        let Reply::Figures(view) = answer.reply else {
            panic!("another answer");
        };
        assert_eq!(view.figures.amount, before.amount);
        assert!(!view.figures.payers.is_empty());
    };
    check(&desk);
    drop(desk);
    fs::remove_dir_all(folder.path().join("views")).unwrap();
    let desk = open(folder.path());
    check(&desk);
    assert!(verify(&desk).ok, "{:?}", verify(&desk).differences);
}

fn last(bench: &Bench) -> u64 {
    bench.json(&["status"])["seq"].as_u64().unwrap()
}

/// The commands whose answers are compared.
const ASKED: [&[&str]; 7] = [
    &["figures", "--month", "2019-03"],
    &["figures", "--month", "2019-03", "--explain"],
    &["forecast", "--now", "2019-03-06T23:00:00+01:00"],
    &["duties", "--now", "2019-03-06T23:00:00+01:00"],
    &["board", "--now", "2019-03-06T23:00:00+01:00"],
    &["explain", "VARM-1"],
    &["episode", "VARM-1"],
];

fn asked(bench: &Bench, as_of: &[&str]) -> Vec<Value> {
    let answers = ASKED.map(|words| bench.json(&[words, as_of].concat()));
    answers.to_vec()
}

#[test]
fn the_command_line_answers_as_known_at_two_times() {
    let bench = Bench::with_march();
    let (first, first_answers) = (last(&bench), asked(&bench, &[]));
    // The clock shows milliseconds, and nothing was recorded at this one.
    let began = rfc3339(SystemClock.now());
    let void = r#"{"id":"v1","episode":"VARM-1","at":"2019-03-20T10:00:00+01:00","kind":"void","event":"VARM-1/9","reason":"fel"}"#;
    bench.ok(&["import", &bench.file("void.jsonl", void)]);
    let (second, second_answers) = (last(&bench), asked(&bench, &[]));
    assert_ne!(first_answers[0], second_answers[0], "the void counts");
    bench.ok(&["rates", "set", "2019", "9000", "--source", "beslut"]);
    bench.lock("2019-03");
    assert_eq!(bench.json(ASKED[0])["status"], "locked");
    let check = || {
        let (first, second) = (first.to_string(), second.to_string());
        assert_eq!(asked(&bench, &["--as-of", &first]), first_answers);
        assert_eq!(asked(&bench, &["--as-of", &began]), first_answers);
        assert_eq!(asked(&bench, &["--as-of", &second]), second_answers);
    };
    check();
    let told = bench.ok(&[
        "figures",
        "--month",
        "2019-03",
        "--as-of",
        &first.to_string(),
    ]);
    assert!(
        told.starts_with(&format!("As known at entry {first}, recorded ")),
        "{told}"
    );
    let ahead = bench.fails(2, &["board", "--as-of", "100000"]);
    assert!(ahead.contains("100000 > "), "{ahead}");
    bench.fails(2, &["board", "--as-of", "0"]);
    let early = bench.fails(2, &["board", "--as-of", "1999-01-01T00:00"]);
    assert!(early.contains("Nothing was recorded then"), "{early}");
    bench.fails(2, &["board", "--as-of", "yesterday"]);
    // The same through a process that holds the store.
    let mut holder = Running::start(bench.command(&["serve"]));
    assert!(holder.line().unwrap().starts_with("Listening on "));
    check();
}

/// The file of Värmland's agreement with so many free days, which are three.
fn free_days(value: &str) -> String {
    let text = fs::read_to_string("src/rules/agreements/varmland-2019.toml").unwrap();
    let three = "grace_days = [{ value = 3,";
    assert!(text.contains(three), "the file says how many days are free");
    text.replace(three, &three.replace('3', value))
}

#[test]
fn agreements_are_those_that_were_known_then_also_under_files_on_trial() {
    let bench = Bench::with_march();
    fs::create_dir(bench.path("shipped")).unwrap();
    fs::create_dir(bench.path("shorter")).unwrap();
    let shipped = bench.file("shipped/own.toml", free_days("3"));
    let shorter = bench.file("shorter/own.toml", free_days("2"));
    let figures = ["figures", "--month", "2019-03"];
    let amount = |more: &[&str]| bench.json(&[&figures, more].concat())["amount"].clone();
    let first = last(&bench).to_string();
    assert_eq!(amount(&[]), "39000.00");
    bench.ok(&["agreements", "adopt", &shorter]);
    let adopted = last(&bench).to_string();
    assert_eq!(
        amount(&[]),
        "62400.00",
        "a day more of VARM-1, VARM-3 and VARM-4"
    );
    let told = bench.json(&["episode", "VARM-1"]);
    let suspend = [
        "agreements",
        "suspend",
        "varmland-2019",
        "--from",
        "2019-03-01",
    ];
    let why = ["--reason", "uppsagt", "--source", "RS 17"];
    bench.ok(&[&suspend[..], &why].concat());
    let suspended = last(&bench).to_string();
    assert_eq!(amount(&[]), "0.00");
    bench.ok(&[
        "agreements",
        "resume",
        "varmland-2019",
        "--from",
        "2019-03-01",
        "--source",
        "RS 18",
    ]);
    assert_eq!(amount(&["--as-of", &first]), "39000.00");
    assert_eq!(amount(&["--as-of", &adopted]), "62400.00");
    assert_eq!(amount(&["--as-of", &suspended]), "0.00");
    assert_eq!(amount(&[]), "62400.00", "resumed");
    assert_eq!(
        bench.json(&["episode", "VARM-1", "--as-of", &adopted]),
        told
    );
    // Files on trial stand beside what finance decided by then.
    let folder = |file: &str| file.trim_end_matches("/own.toml").to_owned();
    let under = |file: &str, at: &str| amount(&["--agreements", &folder(file), "--as-of", at]);
    assert_eq!(under(&shorter, &first), "62400.00");
    assert_eq!(under(&shipped, &adopted), "39000.00");
    assert_eq!(under(&shipped, &suspended), "0.00");
    // And other rules start from them.
    let tried = [
        "--with",
        &shorter,
        "--agreements",
        &folder(&shipped),
        "--as-of",
        &adopted,
    ];
    let found = bench.json(&[&figures[..], &tried].concat());
    assert_eq!(
        (&found["before"], &found["after"]),
        (&json!("39000.00"), &json!("62400.00"))
    );
}

#[test]
fn other_agreements_are_tried_and_nothing_is_changed() {
    let bench = Bench::with_march();
    let shorter = bench.file("shorter.toml", free_days("2"));
    let before = last(&bench);
    let tried = |more: &[&str]| {
        let words = ["figures", "--month", "2019-03", "--with", &shorter];
        bench.json(&[&words, more].concat())
    };
    let found = tried(&[]);
    assert_eq!(found["before"], "39000.00");
    let karlstad = &found["payers"].as_array().unwrap()[1];
    assert_eq!(karlstad["payer"], "1780");
    assert_eq!(karlstad["difference"], "7800.00", "a day more of VARM-1");
    let changes: Vec<&Value> = karlstad["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| &line["change"])
        .collect();
    assert_eq!(changes, [&json!("removed"), &json!("added")]);
    assert_eq!(tried(&["--as-of", &before.to_string()]), found);
    assert_eq!(last(&bench), before, "nothing was recorded");
    bench.lock("2019-03");
    assert_eq!(tried(&[]), found, "a locked month");
    // The very file in force changes nothing.
    let words = [
        "figures",
        "--month",
        "2019-03",
        "--with",
        "src/rules/agreements/varmland-2019.toml",
    ];
    assert_eq!(bench.json(&words)["difference"], "0.00");
    assert!(bench.ok(&words).contains("No line differs."));
    assert_eq!(bench.json(&words)["elsewhere"], json!([]));
    // Another region's binds nobody here, and is named.
    let elsewhere = "src/rules/agreements/jonkoping-2018.toml";
    let words = ["figures", "--month", "2019-03", "--with", elsewhere];
    assert_eq!(bench.json(&words)["elsewhere"], json!(["jonkoping-2018"]));
    let said = bench.ok(&words);
    assert!(
        said.contains("jonkoping-2018 is another region's agreement"),
        "{said}"
    );
    let broken = bench.file("broken.toml", free_days("\"three\""));
    let wrong = bench.fails(2, &["figures", "--month", "2019-03", "--with", &broken]);
    assert!(wrong.contains("broken.toml:"), "{wrong}");
}

#[test]
fn an_empty_store_has_no_past_and_says_so() {
    let bench = Bench::of("01");
    let words = ["figures", "--month", "2020-01", "--as-of", "0"];
    let said = bench.fails(2, &words);
    assert!(said.contains("nothing has been recorded yet"), "{said}");
}
