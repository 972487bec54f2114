//! Every code that a user can meet has words in both languages.

use std::{collections::BTreeSet, fs, path::Path};

use fristdag::{
    desk::error::DeskError,
    exchange::{csv, jsonl},
    text::{Lang, errors, phrases},
};

use crate::support::bin::Bench;

/// Codes given to the makers of `DeskError` in the sources below `folder`.
fn codes(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            codes(&path, found);
        } else if path.extension().is_some_and(|end| end == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            for maker in [
                "DeskError::bad_input(",
                "DeskError::no(",
                "DeskError::store(",
            ] {
                for after in text.split(maker).skip(1) {
                    let after = after.trim_start();
                    if let Some(code) = after.strip_prefix('"').and_then(|c| c.split('"').next()) {
                        found.insert(code.to_owned());
                    }
                }
            }
        }
    }
}

#[test]
fn every_error_of_the_desk_has_words() {
    let mut found = BTreeSet::new();
    for room in ["src/desk", "src/cli", "src/wire"] {
        codes(Path::new(room), &mut found);
    }
    assert!(found.len() > 30, "the sources were read: {found:?}");
    for code in found {
        let error = DeskError::no(&code, "");
        let unknown = DeskError::no("no such code", "");
        let plain = errors::in_brief(&unknown, Lang::Sv);
        assert_ne!(
            errors::in_brief(&error, Lang::Sv),
            plain,
            "{code} has no words"
        );
    }
}

/// An event with some of its text put in the place of other text.
const EVENTS: [(&str, &str); 38] = [
    ("{\"id\"", "{id"),
    ("}}", "}} {}"),
    ("\"e\"", "7"),
    ("\"e\"", "\"\""),
    ("\"e\"", "\"\\u0007\""),
    ("\"ward\"", "\"avd\""),
    ("\"ward\"", "\"AVD\""),
    ("\"ward\":\"W\",", "\"ward\":\"W\",\"ward\":\"W\","),
    ("\"ward\":\"W\",", ""),
    ("\"W\"", "\" \""),
    ("\"W\"", "[]"),
    ("admitted\"", "admited\""),
    ("\"ward\":\"W\",", "\"ward\":\"W\",\"reason\":\"x\","),
    (
        "\"ward\":\"W\",",
        "\"ward\":\"W\",\"municipal_needs\":\"no\",",
    ),
    (
        "\"ward\":\"W\",",
        "\"ward\":\"W\",\"compulsory_care\":\"LPX\",",
    ),
    ("somatic", "surgical"),
    ("1780", "178"),
    ("1780", "1799"),
    ("2019-03-01T08:00", "yesterday"),
    ("2019-03-01T08:00", "2019-03-31T02:30"),
    ("2019-03-01T08:00", "2019-10-27T02:30"),
    ("2019-03-01T08:00", "2319-03-01T08:00"),
    ("2019-03-01T08:00", "2019-03-01T08:00:60"),
    ("19500118-2046", ""),
    ("19500118-2046", "1212"),
    ("19500118-2046", "19500118-204!"),
    ("19500118-2046", "19500118-204a"),
    ("19500118-2046", "500118-182046"),
    ("19500118-2046", "1950011A-2046"),
    ("19500118-2046", "17500118-2046"),
    ("19500118-2046", "19501318-2046"),
    ("19500118-2046", "19500118-0000"),
    ("19500118-2046", "19500118-2047"),
    ("19500118-2046", "500118-20A6"),
    ("19500118-2046", "20190118+2046"),
    (
        "{\"pnr\":\"19500118-2046\",\"name\":\"Test\"}",
        "\"19500118-2046\"",
    ),
    ("\"name\"", "\"Namn\""),
    ("Test", "TestTest\u{1}"),
];

#[test]
fn what_is_wrong_with_a_line_is_told_in_swedish() {
    let line = concat!(
        r#"{"id":"a","episode":"e","at":"2019-03-01T08:00","kind":"admitted","hospital":"H","ward":"W","#,
        r#""care_form":"somatic","municipality":"1780","patient":{"pnr":"19500118-2046","name":"Test"}}"#,
    );
    let others = [
        r#"{"id":"a","episode":"e","at":"2019-03-01T08:00","kind":"admission_notice","to":"x"}"#,
        r#"{"id":"a","episode":"e","at":"2019-03-01T08:00","kind":"admission_notice","to":[]}"#,
        r#"{"id":"a","episode":"e","at":"2019-03-01T08:00","kind":"admission_notice","to":["x"]}"#,
        r#"{"id":"a","episode":"e","at":"2019-03-01T08:00","kind":"discharged","to":["x"]}"#,
        r#"{"id":"a","episode":"e","at":"2019-03-01T08:00","kind":"details_changed"}"#,
        r#"{"id":"a","episode":"e","at":"2019-03-01T08:00","kind":"expected_discharge","date":"4/3"}"#,
        r#"{"id":"a","episode":"e","at":"2019-03-01T08:00","kind":"acknowledged","message":"b","by":"x"}"#,
        "[1]",
        "7",
    ];
    let altered = EVENTS.iter().map(|(old, new)| {
        assert!(line.contains(old), "{old}");
        line.replacen(old, new, 1)
    });
    let long = line.replace("Test", &"x".repeat(70_000));
    let text = line.replace("\"W\"", &format!("\"{}\"", "x".repeat(20_000)));
    let lines: Vec<String> = altered
        .chain(others.map(str::to_owned))
        .chain([long, text])
        .collect();
    let mut input = lines.join("\n").into_bytes();
    input.extend(b"\n\xff\n");
    let mut reader = jsonl::Reader::new(&input[..]);
    let mut refused = 0;
    while let Some(item) = reader.next().unwrap() {
        if let Err(why) = &item.result {
            refused += 1;
            assert!(
                phrases::known(&why.problem),
                "line {}: {}",
                item.line,
                why.problem
            );
        }
    }
    assert!(refused > 42, "only {refused} of {}", lines.len());
}

#[test]
fn what_is_wrong_with_a_row_is_told_in_swedish() {
    let head = "episode,pnr,name,municipality,district,placing_municipality,care_form,hospital,ward,\
        admitted_at,admission_notice_at,expected_discharge,care_contact_at,care_contact,\
        care_contact_unit,sip_called_at,sip_waived,ready_notice_at,discharged_at,aids_at\n";
    let row = "e,19500118-2046,Test,1780,,,somatic,H,W,2019-03-01T08:00,,,,,,,,,,\n";
    let mut refused = 0;
    for text in [
        head.replace("ward,", ""),
        head.replace("ward,", "ward,ward,"),
        head.replace("ward,", "avd,"),
        head.replace("ward,", ","),
        head.replacen(',', ";", 3),
        head.replace("ward", "\"ward"),
        String::new(),
        format!("{head}{}", row.replace("H,W", "H,W,X")),
        format!("{head}{}", row.replace("H,W", "H\"x\",W")),
        format!("{head}{}", row.replace("H,W", "\"H\"x,W")),
        format!("{head}{}", row.replace("H,W", "\"H,W")),
        format!("{head}{}", row.replace("H,W", ",W")),
        format!("{head}{}", row.replace("somatic", "surgical")),
        format!("{head}{}", row.replace("2019-03-01T08:00", "x")),
        format!("{head}{}", row.replace("e,1912", ",1912")),
        format!("{head}{}", row.replace("08:00,,,,,", "08:00,,,,Anna,")),
        format!("{head}{}", row.replace("Test", &"x".repeat(70_000))),
    ] {
        let mut reader = csv::Reader::new(text.as_bytes());
        while let Some(item) = reader.next().unwrap() {
            if let Err(why) = &item.result {
                refused += 1;
                assert!(phrases::known(&why.problem), "{}: {text:.300}", why.problem);
            }
        }
    }
    assert!(refused > 14, "only {refused}");
}

/// What a line is beside the stay's other events, no reader of lines knows.
#[test]
fn what_a_stay_refuses_is_told_in_swedish() {
    let bench = Bench::new();
    let event = |id: &str, rest: &str| {
        format!("{{\"id\":\"{id}\",\"episode\":\"E\",\"at\":\"2019-03-05T10:00\",{rest}}}\n")
    };
    let void = |id: &str, of: &str| {
        event(
            id,
            &format!("\"kind\":\"void\",\"event\":\"{of}\",\"reason\":\"x\""),
        )
    };
    let note = |text: &str| event("a", &format!("\"kind\":\"note\",\"text\":\"{text}\""));
    let known = bench.file("known.jsonl", note("x") + &void("v", "a"));
    bench.ok(&["import", &known]);
    for (line, swedish) in [
        (note("y"), "redan registrerat med annat innehåll"),
        (void("w", "v"), "en makulering kan inte makuleras"),
    ] {
        let file = bench.file("other.jsonl", line);
        let told = bench.fails(2, &["--lang", "sv", "import", &file]);
        assert!(told.contains(swedish), "{told}");
    }
}
