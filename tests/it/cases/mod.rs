//! Tables of cases that a lawyer can read (`fixtures/cases/*.toml`): what
//! happened, what is asked, what must come out. Expectations are reckoned by
//! hand; the runner only compares.

mod answer;
mod figures;
mod file;
mod given;
mod locked;

use std::collections::{BTreeMap, BTreeSet};

use file::{Case, read_all};

/// Every rule that the list names, with its line.
fn rules() -> BTreeMap<String, String> {
    let text = include_str!("../../../fixtures/cases/README.md");
    let rows = text.lines().filter_map(|line| line.strip_prefix("| `"));
    let mut rules = BTreeMap::new();
    for row in rows {
        let (id, rest) = row.split_once("` | ").unwrap();
        let before = rules.insert(id.to_owned(), rest.to_owned());
        assert!(before.is_none(), "rule {id} stands twice in the list");
    }
    rules
}

#[test]
fn every_case_comes_out_as_reckoned_by_hand() {
    let mut failed = Vec::new();
    for case in read_all() {
        let differences = case.run();
        if !differences.is_empty() {
            failed.push(format!(
                "{} · {}\n  {}",
                case.file,
                case.name,
                differences.join("\n  ")
            ));
        }
    }
    assert!(
        failed.is_empty(),
        "{} cases differ:\n\n{}\n",
        failed.len(),
        failed.join("\n\n")
    );
}

#[test]
fn every_rule_is_covered_by_a_case_and_every_case_names_its_rule() {
    let rules = rules();
    let cases = read_all();
    assert!(cases.len() >= 60, "only {} cases", cases.len());
    let mut covered = BTreeSet::new();
    let mut wrong = Vec::new();
    for case in &cases {
        assert!(!case.covers.is_empty(), "{} covers nothing", case.name);
        for rule in &case.covers {
            if rules.contains_key(rule) {
                covered.insert(rule.clone());
            } else {
                wrong.push(format!("{} · {}: no rule {rule}", case.file, case.name));
            }
        }
    }
    let bare = rules.keys().filter(|rule| !covered.contains(*rule));
    wrong.extend(bare.map(|rule| format!("no case covers {rule}: {}", rules[rule])));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn names_are_told_once() {
    let mut seen = BTreeSet::new();
    for Case { file, name, .. } in read_all() {
        assert!(
            seen.insert((file.clone(), name.clone())),
            "{file}: {name} stands twice"
        );
    }
}

/// A case that expects something else fails, and a misspelt word is refused:
/// the tables cannot be passed by leaving something unread.
#[test]
fn a_wrong_expectation_is_told_and_a_misspelt_word_refused() {
    let right = r#"
        about = "." 
        region = "17"
        payer = "1780"
        [[case]]
        name = "." 
        clause = "." 
        covers = ["x"]
        given = ["2019-03-01 08:00 admitted", "2019-03-01 09:00 all_met", "2019-03-04 11:00 ready_notice"]
        when = "2019-03-06 23:00"
        then = { state = "grace", starts = "2019-03-07 00:00" }
    "#;
    let run = |text: &str| file::parse("x", text).map(|cases| cases[0].run());
    assert_eq!(run(right).unwrap(), [""; 0]);
    let wrong = right.replace("2019-03-07", "2019-03-08");
    assert_eq!(
        run(&wrong).unwrap(),
        ["starts: expected 2019-03-08 00:00, found 2019-03-07 00:00"]
    );
    for (from, to) in [
        ("state", "stat"),
        ("clause", "claus"),
        ("ready_notice", "redy_notice"),
        ("region", "regoin"),
    ] {
        assert!(run(&right.replace(from, to)).is_err(), "{to}");
    }
}
