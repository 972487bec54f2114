//! The format of agreement files: its page names every field and every choice
//! that there is, and no other; and whatever is altered in a file, it is
//! refused in both languages, with a line that there is, or still an agreement.

use std::{collections::BTreeSet, fs};

use fristdag::{
    rules::agreement::{Agreement, AgreementErrors, CODES},
    text::{Lang, phrases},
};

const PAGE: &str = include_str!("../../src/rules/agreements/README.md");
const COMPLETE: &str = include_str!("../../fixtures/agreements/example-complete.toml");
const WEEKDAYS: &str = include_str!("../../fixtures/agreements/example-weekdays.toml");

fn faults(text: &str) -> Vec<fristdag::rules::agreement::AgreementError> {
    match Agreement::load("own.toml", text) {
        Ok(_) => Vec::new(),
        Err(AgreementErrors(faults)) => faults,
    }
}

fn quoted(text: &str) -> BTreeSet<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

/// The first cells, or the second ones, of a table of the page.
fn cells(heading: &str, column: usize) -> String {
    let parts = PAGE.split("\n## ");
    let part = parts.into_iter().find(|part| part.starts_with(heading));
    let part = part.unwrap_or_else(|| panic!("the page lacks `{heading}`"));
    let rows = part.lines().filter(|line| line.starts_with("| "));
    rows.filter_map(|row| row.split('|').nth(column + 1))
        .collect()
}

/// Each table of the page, with a line of the complete file that it begins
/// before, after which an unknown field tells all the others.
const TABLES: [(&str, &str); 20] = [
    ("The file", "format = 1"),
    ("`[otherwise]`", "[otherwise]"),
    ("`[confirmed]`", "[confirmed]"),
    ("`[[date]]`", "[[date]]"),
    ("`[[rule]]`", "[[rule]]"),
    ("`[[rule.applies]]`", "[[rule.applies]]"),
    ("`[[rule.precondition]]`", "[[rule.precondition]]"),
    ("Values", "grace_days = [\n    {"),
    ("`[rule.individual]`", "[rule.individual]"),
    ("`[rule.average_excess]`", "[rule.average_excess]"),
    ("`[rule.average_trigger]`", "[rule.average_trigger]"),
    ("`[rule.fixed_share]`", "[rule.fixed_share]"),
    ("`total`", "total = [\n    {"),
    ("`[[checklist]]`", "[[checklist]]"),
    ("`[[duty]]`", "[[duty]]"),
    ("`within`", "within = {"),
    ("`[reception]`", "[reception]"),
    ("`[discharge_hours]`", "[discharge_hours]"),
    ("`[[routine]]`", "[[routine]]"),
    ("`[[dispute]]`", "[[dispute]]"),
];

#[test]
fn the_page_names_every_field_and_no_other() {
    assert_eq!(faults(COMPLETE), []);
    let reading = [("`[[reading]]`", "[[reading]]")];
    for (heading, line) in TABLES.iter().chain(&reading) {
        let end = if line.ends_with('{') {
            " zzz = 1,"
        } else {
            "\nzzz = 1"
        };
        let altered = COMPLETE.replacen(line, &format!("{line}{end}"), 1);
        let told = faults(&altered).remove(0);
        assert_eq!(told.code, "unknown_field", "{heading}: {told}");
        let (_, all) = told.problem.split_once("expected ").unwrap();
        let page = cells(heading, 0);
        let mut named = quoted(&page);
        named.retain(|name| *name != "?");
        assert_eq!(named, quoted(all), "{heading}");
    }
}

#[test]
fn the_page_names_every_choice() {
    for (heading, value) in [
        ("`[[rule]]`", "judged_on = \"span_start\""),
        ("`[[rule.applies]]`", "care_form = \"somatic\""),
        ("`[[rule.precondition]]`", "fact = \"sip_called\""),
        ("`[[rule.precondition]]`", "waived_by = \"sip_waived\""),
        ("`[[rule.precondition]]`", "value = \"does_not_count\""),
        ("`[rule.individual]`", "value = \"day_after\""),
        (
            "`[rule.average_excess]`",
            "day_counting = [{ value = \"dates\"",
        ),
        (
            "`[rule.average_excess]`",
            "unmet = [{ value = \"counted_as_zero\"",
        ),
        ("`[[duty]]`", "code = \"acknowledgement\""),
        ("`[[duty]]`", "party = \"municipality\""),
        ("`[[duty]]`", "anchor = \"message\""),
        ("`[[duty]]`", "concerns = \"all\""),
        ("`within`", "unit = \"before\""),
        ("`[[routine]]`", "code = \"rate_told\""),
        ("`[[routine]]`", "party = \"region\""),
    ] {
        assert!(COMPLETE.contains(value), "{value}");
        let (name, _) = value.rsplit_once(" = ").unwrap();
        let altered = COMPLETE.replacen(value, &format!("{name} = \"zzz\""), 1);
        let told = faults(&altered).remove(0);
        assert_eq!(told.code, "unknown_value", "{value}: {told}");
        let (_, all) = told.problem.split_once("expected ").unwrap();
        let page = cells(heading, 1);
        let named = quoted(&page);
        let missing: Vec<_> = quoted(all).difference(&named).copied().collect();
        assert!(missing.is_empty(), "{heading}: {missing:?}");
    }
    let told = quoted(PAGE);
    let missing: Vec<_> = CODES.iter().filter(|code| !told.contains(*code)).collect();
    assert!(missing.is_empty(), "codes that the page lacks: {missing:?}");
}

/// What each line becomes: gone, twice, cut, and with other values.
fn altered(text: &str) -> Vec<(String, String)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut all = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let mut with = |what: &str, lines: Vec<&str>| {
            all.push((format!("{what} {}: {line}", at + 1), lines.join("\n")));
        };
        let (before, after) = (&lines[..at], &lines[at + 1..]);
        with("without", [before, after].concat());
        with("twice", [before, &[line, line], after].concat());
        with("cut", before.to_vec());
        for (old, new) in VALUES {
            let other = line.replacen(old, new, 1);
            if other != *line {
                with(
                    &format!("{old} → {new}"),
                    [before, &[&other], after].concat(),
                );
            }
        }
        if let Some((name, _)) = line
            .split_once(" = ")
            .filter(|(name, _)| !name.contains('{'))
        {
            for value in OTHERS {
                let other = format!("{name} = {value}");
                with(value, [before, &[&other], after].concat());
            }
        }
    }
    all
}

/// Small slips within a line.
const VALUES: [(&str, &str); 22] = [
    ("value = ", "value = -"),
    ("value = ", "valeu = "),
    ("value = ", "value = 9999"),
    ("value = \"", "value = \"x"),
    ("value = true", "value = 1"),
    ("unit = \"days\"", "unit = \"months\""),
    (", clause", ""),
    ("-01-01", "-01-02"),
    ("-01-01", "-13-01"),
    ("-12-31", "-12-30"),
    ("-12-31", "-02-30"),
    ("2019-01-01", "2020-01-01"),
    ("2019-01-01", "0001-01-01"),
    ("2018-01-01", "9999-01-01"),
    ("2018-01-01", "\"2018-01-01\""),
    ("2018-01-01", "2018-01-01T12:00:00Z"),
    ("\"25", "\"01"),
    ("\"25", "\"99"),
    ("\"", ""),
    ("]", ""),
    ("[", "[["),
    ("\"somatic\"", "\"psychiatric\""),
];

/// Values of every type.
const OTHERS: [&str; 13] = [
    "-1",
    "0",
    "1.5",
    "99999999999999999999",
    "\"\"",
    "\"   \"",
    "\"zzz\"",
    "true",
    "[]",
    "[[]]",
    "{}",
    "2019-01-01",
    "nan",
];

#[test]
fn whatever_is_altered_is_told_in_both_languages() {
    let (mut refused, mut taken) = (0, 0);
    for text in [COMPLETE, WEEKDAYS] {
        for (what, altered) in altered(text) {
            let lines = altered.lines().count();
            let told = faults(&altered);
            taken += usize::from(told.is_empty());
            for fault in told {
                refused += 1;
                assert!((1..=lines + 1).contains(&fault.line), "{what}: {fault}");
                assert!(CODES.contains(&fault.code), "{what}: {fault}");
                let english = fault.to_string();
                assert!(
                    !english.contains("-262"),
                    "no such year was written: {what}: {fault}"
                );
                assert!(
                    phrases::known(&fault.problem),
                    "not in Swedish: {what}: {fault}"
                );
                let swedish = phrases::lines(&english, Lang::Sv);
                assert_ne!(swedish, english, "{what}");
                assert!(
                    swedish.starts_with(&format!("own.toml:{}:", fault.line)),
                    "{swedish}"
                );
                assert!(
                    swedish.ends_with(&format!(" [{}]", fault.code)),
                    "{swedish}"
                );
            }
        }
    }
    assert!(refused > 2500, "only {refused} faults");
    // Texts, dates that are as good, fields that may be left out.
    assert!(taken < 350, "{taken} alterations were taken");
}

/// Numbers and kinds of value that no field can have.
#[test]
fn what_no_field_can_have_is_never_taken() {
    for (at, line) in COMPLETE.lines().enumerate() {
        let Some((name, _)) = line
            .split_once(" = ")
            .filter(|(name, _)| !name.starts_with('#'))
        else {
            continue;
        };
        for value in [
            "-1",
            "1.5",
            "99999999999999999999",
            "nan",
            "[[]]",
            "{ zzz = 1 }",
        ] {
            let mut lines: Vec<&str> = COMPLETE.lines().collect();
            let other = format!("{name} = {value}");
            lines[at] = &other;
            let told = faults(&lines.join("\n"));
            assert!(!told.is_empty(), "line {}: {other}", at + 1);
        }
    }
}

#[test]
fn every_bad_file_is_told_in_swedish() {
    let mut seen = 0;
    for entry in fs::read_dir("fixtures/agreements/bad").unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|end| end != "toml") {
            continue;
        }
        for fault in faults(&fs::read_to_string(&path).unwrap()) {
            seen += 1;
            assert!(
                phrases::known(&fault.problem),
                "{}: {fault}",
                path.display()
            );
        }
    }
    assert!(seen > 70, "only {seen}");
}

/// One line that is no TOML for each sentence about it.
#[test]
fn what_is_no_toml_is_told_in_swedish() {
    for line in [
        "name = \"Avtal",
        "name = \"\"\"Avtal",
        "name = \"a\u{7}b\"",
        "name = \"a\\qb\"",
        "name = 1\rid = 2",
        "name \"Avtal\"",
        "nämn = 1",
        "= 1",
        "{ a = 1 }",
        "format.b = 1",
        "format = 1",
        "name =",
        "name = Avtal",
        "name = True",
        "name = 1,5",
        "name = 1; b",
        "name = 01",
        "name = 1.",
        "name = 2019-02-29",
        "name = 2019-1-1",
        "[[rule]",
        "name = [1 2]",
        "name = [1",
        "name = [1,,2]",
        "name = [a = 1]",
        "name = { a = 1 b = 2 }",
        "name = { a = 1",
    ] {
        let told = faults(&format!("format = 1\n{line}"));
        assert_eq!(told.len(), 1, "{line}");
        let fault = &told[0];
        assert!(fault.column.is_some(), "{line}: {fault}");
        assert!(!fault.problem.contains("toml.io"), "{line}: {fault}");
        let swedish = phrases::lines(&fault.to_string(), Lang::Sv).into_owned();
        let place = format!("own.toml:{}:{}: ", fault.line, fault.column.unwrap());
        assert!(swedish.starts_with(&place), "{swedish}");
        assert!(
            phrases::known(&fault.problem),
            "not in Swedish: {line}: {fault}"
        );
    }
}
