//! Agreements of no document: written as files, adopted, and computed. And
//! files that must be refused, each with its line.

use std::fs;

use fristdag::{
    model::place::RegionCode,
    rules::{Rates, Rulebook, rates::Rate},
};

use crate::support::{
    bin::Bench,
    month::{Stays, expected, golden_lines, json_lines, late, lines},
};

/// Name, region, and the months that are worked out by hand.
const EXAMPLES: [(&str, &str, &[&str]); 3] = [
    ("example-week-average", "14", &["2019-05", "2020-04"]),
    ("example-two-decimals", "20", &["2019-03"]),
    (
        "example-weekdays",
        "04",
        &["2019-04", "2019-05", "2019-06", "2019-12", "2020-01"],
    ),
];

fn file(name: &str) -> String {
    format!("fixtures/agreements/{name}")
}

/// The shipped rates, and 8200 for 2020.
pub fn rates() -> Rates {
    let mut rates = Rates::shipped();
    let rate = Rate {
        amount: "8200".parse().unwrap(),
        source: "example".to_owned(),
    };
    rates.set(2020, rate);
    rates
}

#[test]
fn examples_are_computed_by_the_engine() {
    for (name, region, months) in EXAMPLES {
        let path = file(&format!("{name}.toml"));
        let text = fs::read_to_string(&path).unwrap();
        let files = [(path.as_str(), text.as_str())];
        let region: RegionCode = region.parse().unwrap();
        let rulebook = Rulebook::with_files(region, &files).unwrap_or_else(|why| panic!("{why}"));
        let events = golden_lines(&format!("../agreements/{name}.jsonl"));
        let stays = Stays::under(rulebook, &events, late());
        for month in months {
            let figures = stays.figures_at(month, &rates());
            let wanted = expected(&format!("../agreements/{name}.figures-{month}.json"));
            assert_eq!(lines(&figures), wanted, "{name} {month}");
            assert_eq!(figures.findings.len(), 0, "{:?}", figures.findings);
        }
    }
}

/// A store of a region that has adopted an example and imported its stays.
fn adopted(name: &str, region: &str) -> Bench {
    let bench = Bench::of(region);
    bench.ok(&["rates", "set", "2020", "8200", "--source", "example"]);
    bench.ok(&["agreements", "adopt", &file(&format!("{name}.toml"))]);
    bench.ok(&["import", &file(&format!("{name}.jsonl"))]);
    bench
}

#[test]
fn examples_are_adopted_and_computed_in_a_store() {
    for (name, region, months) in EXAMPLES {
        let bench = adopted(name, region);
        for month in months {
            let figures = bench.json(&["figures", "--month", month]);
            let wanted = expected(&format!("../agreements/{name}.figures-{month}.json"));
            assert_eq!(json_lines(&figures), wanted, "{name} {month}");
        }
    }
}

#[test]
fn an_entry_of_an_example_adds_up() {
    let bench = adopted("example-week-average", "14");
    let figures = bench.json(&["figures", "--month", "2019-05"]);
    let payers = figures["payers"].as_array().unwrap();
    let of = |payer: &str| payers.iter().find(|it| it["payer"] == payer).unwrap();
    let goteborg = of("1480");
    assert_eq!(goteborg["discharged"], 7);
    assert_eq!(goteborg["counted"], 4);
    assert_eq!(goteborg["average"], "4.0");
    assert_eq!(goteborg["amount"], "62400.00");
    let left_out = &goteborg["excluded"][0];
    assert_eq!(
        (&left_out["episode"], &left_out["reason"]),
        (&"W-7".into(), &"sip_call_missing".into())
    );
    // Exactly at the threshold is not above it.
    assert_eq!(
        (&of("1440")["average"], &of("1440")["amount"]),
        (&"3.0".into(), &"0.00".into())
    );

    let bench = adopted("example-two-decimals", "20");
    let figures = bench.json(&["figures", "--month", "2019-03"]);
    let averages = figures["payers"].as_array().unwrap().iter();
    let averages: Vec<_> = averages.map(|it| it["average"].as_str().unwrap()).collect();
    assert_eq!(averages, ["3.0", "3.14", "3.13"]);
}

/// Monday before Christmas: the third weekday after Friday the 20th is the 30th.
#[test]
fn weekdays_count_down_and_are_explained() {
    let bench = adopted("example-weekdays", "04");
    let at = |now: &str| {
        let board = bench.json(&["--now", now, "board"]);
        let mut rows = board.as_array().unwrap().clone();
        rows.retain(|row| row["episode"] == "K-1");
        rows.remove(0)
    };
    let row = at("2019-12-23T09:00:00+01:00");
    assert_eq!(row["state"], "grace");
    assert_eq!(row["liability_start"], "2019-12-30T00:00:00+01:00");
    assert_eq!(row["next_boundary"]["what"], "liability");
    // Six days and fifteen hours.
    assert_eq!(row["seconds_left"], (6 * 24 + 15) * 3600);
    let row = at("2019-12-31T09:00:00+01:00");
    assert_eq!(row["state"], "liable");
    assert_eq!(
        (&row["accrued"]["days"], &row["tomorrow"]),
        (&1.into(), &"7800.00".into())
    );

    let now = "2019-12-23T09:00:00+01:00";
    let told = bench.ok(&["--now", now, "explain", "K-1"]);
    assert!(told.contains("3 grace days that are weekdays"), "{told}");
    let off = "2019-12-21 to 2019-12-22, 2019-12-24 to 2019-12-26, 2019-12-28 to 2019-12-29";
    assert!(told.contains(&format!("{off} not counted")), "{told}");
    let told = bench.ok(&["--lang", "sv", "--now", now, "explain", "K-2"]);
    assert!(told.contains("4 fristdagar som är vardagar"), "{told}");
    assert!(told.contains("tors 2 jan 2020"), "{told}");
}

/// What a bad file is refused with: line, code, words, and the file beside it.
struct Expected {
    file: String,
    line: usize,
    code: String,
    words: String,
    beside: Option<String>,
}

fn bad_files() -> Vec<Expected> {
    let text = fs::read_to_string(file("bad/expected.tsv")).unwrap();
    let rows = text.lines().skip(1).map(|row| {
        let cells: Vec<_> = row.split('\t').collect();
        Expected {
            file: cells[0].to_owned(),
            line: cells[1].parse().unwrap(),
            code: cells[2].to_owned(),
            words: cells[3].to_owned(),
            beside: cells.get(4).map(|beside| (*beside).to_owned()),
        }
    });
    rows.collect()
}

#[test]
fn bad_files_are_refused_with_line_and_remedy() {
    let region: RegionCode = "04".parse().unwrap();
    let read = |name: &str| (name.to_owned(), fs::read_to_string(file(name)).unwrap());
    let mut wrong = Vec::new();
    let expected = bad_files();
    for it in &expected {
        let name = format!("bad/{}", it.file);
        let mut files: Vec<_> = it.beside.iter().map(|beside| read(beside)).collect();
        files.push(read(&name));
        match Rulebook::with_files(region, &files) {
            Ok(_) => wrong.push(format!("{}: not refused, expected {}", it.file, it.code)),
            Err(errors) => {
                let first = &errors.0[0];
                let as_told = (first.file == name, first.line, first.code);
                let told = first.problem.contains(&it.words);
                // What is wrong, and after a semicolon or colon what to do.
                let remedy = first.problem.contains(';') || first.problem.contains(':');
                if as_told != (true, it.line, it.code.as_str()) || !told || !remedy {
                    let (line, code, words) = (it.line, &it.code, &it.words);
                    wrong.push(format!(
                        "{errors} [{}]\n    expected line {line} {code} {words:?}",
                        first.code
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let mut listed: Vec<_> = expected.into_iter().map(|it| it.file).collect();
    let folder = fs::read_dir(file("bad")).unwrap();
    let mut there: Vec<_> = folder
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".toml"))
        .collect();
    listed.sort();
    there.sort();
    assert_eq!(listed, there);
}

/// The corpus shows every fault there is but one: the statute's own file is
/// shipped, and cannot be left out here.
#[test]
fn every_kind_of_fault_has_a_file() {
    let shown: Vec<_> = bad_files().into_iter().map(|it| it.code).collect();
    let codes = fristdag::rules::agreement::CODES;
    let missing: Vec<_> = codes
        .into_iter()
        .filter(|code| !shown.iter().any(|it| it == code))
        .collect();
    assert_eq!(missing, ["statute_missing"]);
}

/// The same through the command: refused before anything is written.
#[test]
fn a_bad_file_is_not_adopted() {
    let bench = Bench::of("04");
    let before = bench.json(&["agreements"]);
    for action in ["check", "adopt"] {
        let said = bench.fails(2, &["agreements", action, &file("bad/gap.toml")]);
        assert!(said.contains("gap.toml:"), "{said}");
        assert!(
            said.contains("no rule holds for psychiatric care"),
            "{said}"
        );
    }
    assert_eq!(bench.json(&["agreements"]), before);
}
