use proptest::prelude::*;

use super::*;
use crate::model::{
    event::{Body, Event, Kind},
    patient::Patient,
};

const HEADER: &str = "episode,pnr,name,municipality,district,placing_municipality,care_form,hospital,ward,admitted_at,admission_notice_at,expected_discharge,care_contact_at,care_contact,care_contact_unit,sip_called_at,sip_waived,ready_notice_at,discharged_at,self_care_at,aids_at";
const WHOLE: &str = "D-1,19500307-2260,Exempel 1,1780,,,somatic,Exempelsjukhuset,Avd 1,2019-03-01 11:00,2019-03-01T13:00,2019-03-04,2019-03-02T07:00,Vårdsamordnare Ett,Vårdcentralen,2019-03-04T10:30,,2019-03-04T11:00:00+01:00,2019-03-08T10:00,2019-03-04T10:40,";

type Read = Result<Vec<Event<Patient>>, (Option<String>, String)>;

fn read(file: &str) -> Vec<(u64, Vec<u8>, Read)> {
    read_bytes(file.as_bytes())
}

fn read_bytes(file: &[u8]) -> Vec<(u64, Vec<u8>, Read)> {
    let mut reader = Reader::new(file);
    let mut found = Vec::new();
    while let Some(item) = reader.next().unwrap() {
        let result = item
            .result
            .map(|events| events.into_iter().collect())
            .map_err(|why| (why.field.map(String::from), why.problem));
        found.push((item.line, item.text.to_vec(), result));
    }
    found
}

/// One row under the usual header, with some cells of the whole one changed.
fn row(changes: &[(&str, &str)]) -> String {
    let mut cells: Vec<_> = WHOLE.split(',').collect();
    for (column, value) in changes {
        let place = HEADER.split(',').position(|name| name == *column).unwrap();
        cells[place] = value;
    }
    cells.join(",")
}

fn one(changes: &[(&str, &str)]) -> Read {
    let file = format!("{HEADER}\n{}\n", row(changes));
    let mut items = read(&file);
    assert_eq!((items.len(), items[0].0), (1, 2));
    items.remove(0).2
}

fn refused(changes: &[(&str, &str)]) -> (String, String) {
    let (field, problem) = one(changes).unwrap_err();
    (field.unwrap_or_default(), problem)
}

#[test]
fn a_row_gives_one_event_a_cell() {
    let events = one(&[]).unwrap();
    let kinds: Vec<_> = events
        .iter()
        .map(|event| (event.id.as_str(), event.kind()))
        .collect();
    assert_eq!(
        kinds,
        [
            ("admitted_at", Kind::Admitted),
            ("admission_notice_at", Kind::AdmissionNotice),
            ("care_contact_at", Kind::CareContactAssigned),
            ("sip_called_at", Kind::SipCalled),
            ("self_care_at", Kind::Checklist),
            ("ready_notice_at", Kind::ReadyNotice),
            ("discharged_at", Kind::Discharged),
        ]
    );
    assert!(
        events
            .iter()
            .all(|event| event.episode.as_str() == "D-1" && event.source.is_none())
    );
    let Body::AdmissionNotice {
        expected_discharge, ..
    } = &events[1].body
    else {
        panic!("a notice");
    };
    assert_eq!(expected_discharge.unwrap().to_string(), "2019-03-04");
    assert_eq!(
        crate::model::time::rfc3339(events[0].at),
        "2019-03-01T11:00:00+01:00"
    );
}

/// The same stay in both formats is the same facts.
#[test]
fn a_row_says_what_json_says() {
    let events = one(&[]).unwrap();
    for event in events {
        let json = crate::model::event::to_json(&event);
        assert_eq!(crate::model::event::parse(json.as_bytes()).unwrap(), event);
    }
}

#[test]
fn dates_and_waivers_without_a_time_count_from_the_admission() {
    let events = one(&[
        ("admission_notice_at", ""),
        ("sip_called_at", ""),
        ("sip_waived", "avböjd"),
        ("municipality", ""),
    ])
    .unwrap();
    let at_admission: Vec<_> = events
        .iter()
        .filter(|event| event.at == events[0].at)
        .map(|event| event.id.as_str())
        .collect();
    assert_eq!(
        at_admission,
        ["admitted_at", "expected_discharge", "sip_waived"]
    );
    let Body::Admitted(admission) = &events[0].body else {
        panic!("an admission");
    };
    assert_eq!(admission.municipality, None);
}

#[test]
fn semicolons_quotes_line_ends_and_marks_are_taken() {
    let header = HEADER.replace(',', ";");
    let row = row(&[("name", "\"Exempel; \"\"Ett\"\"\r\nAnna\"")]).replace(',', ";");
    let file = format!("\u{feff}{header}\r\n\r\n{row}\r\n{row}");
    let items = read(&file);
    assert_eq!(items.iter().map(|item| item.0).collect::<Vec<_>>(), [3, 5]);
    for (_, text, events) in items {
        let events = events.unwrap();
        let name = events[0].patient().unwrap().name.clone();
        assert_eq!(name.unwrap(), "Exempel; \"Ett\"\nAnna");
        assert!(text.starts_with(b"D-1;") && text.ends_with(b";"));
    }
}

#[test]
fn each_bad_cell_is_named() {
    for (column, value) in [
        ("episode", ""),
        ("pnr", ""),
        ("pnr", "19500307-2261"),
        ("name", " "),
        ("municipality", "9999"),
        ("municipality", "Kil"),
        ("placing_municipality", "19500307-2260"),
        ("care_form", "kroppslig"),
        ("hospital", ""),
        ("ward", ""),
        ("admitted_at", ""),
        ("admitted_at", "2019-03-01"),
        ("admission_notice_at", "2019-03-31T02:30"),
        ("expected_discharge", "4/3"),
        ("care_contact_at", "2019-10-27T02:30"),
        ("care_contact_at", ""),
        ("care_contact", ""),
        ("care_contact_unit", ""),
        ("sip_called_at", "ja"),
        ("ready_notice_at", "-"),
        ("discharged_at", "2019-02-29T10:00"),
        ("self_care_at", "klar"),
        ("aids_at", "2019-03-31T02:30"),
    ] {
        let (field, problem) = refused(&[(column, value)]);
        assert_eq!(field, column, "{value}");
        assert!(value.len() < 3 || !problem.contains(value), "{problem}");
    }
    assert!(
        refused(&[("aids_at", "2019-03-31T02:30")])
            .1
            .contains("does not exist")
    );
    assert!(
        refused(&[("aids_at", "2019-10-27T02:30")])
            .1
            .contains("exists twice")
    );
}

#[test]
fn the_header_is_checked() {
    for (header, field) in [
        (HEADER.replace("ward", "avdelning"), Some("avdelning")),
        (HEADER.replace("ward", "ward_at"), Some("ward")),
        (
            HEADER.replace(",aids_at", ",self_care_at"),
            Some("self_care_at"),
        ),
        (HEADER.replace(",aids_at", ",_at"), Some("_at")),
        (HEADER.replace("episode,", ""), Some("episode")),
        (HEADER.replace("pnr,", "pnr;"), None),
        (HEADER.replace("pnr", "\"pnr"), None),
        (WHOLE.to_owned(), None),
        (String::new(), None),
    ] {
        let items = read(&format!("{header}\n{WHOLE}\n"));
        if header.is_empty() {
            // A blank first line is skipped, so the row stands for the header.
            assert_eq!(items[0].0, 2);
        }
        assert_eq!(items.len(), 1, "{header}");
        let (found, problem) = items[0].2.clone().unwrap_err();
        assert_eq!(found.as_deref(), field, "{header}: {problem}");
        assert!(problem.ends_with("no row was read)"), "{problem}");
        assert!(!problem.contains("Exempel") && !problem.contains("1950"));
    }
    assert_eq!(read("")[0].2.clone().unwrap_err().0, None);
    assert!(read(HEADER).is_empty());
}

#[test]
fn a_refused_row_leaves_the_next_one_alone() {
    let bad = [
        row(&[("name", "Exem\"pel")]),
        row(&[("name", "\"Exem\"pel")]),
        format!("{WHOLE},"),
        "D-1".to_owned(),
        "x".repeat(lines::LONGEST + 1),
    ];
    for bad in bad {
        let items = read(&format!("{HEADER}\n{bad}\n{WHOLE}\n"));
        assert_eq!(items.len(), 2);
        assert!(items[0].2.is_err());
        assert!(items[1].2.is_ok() && items[1].0 == 3);
    }
    let mut broken = format!("{HEADER}\nD-").into_bytes();
    broken.extend(b"\xff\n");
    broken.extend(WHOLE.as_bytes());
    let items = read_bytes(&broken);
    assert!(
        items[0]
            .2
            .clone()
            .unwrap_err()
            .1
            .starts_with("byte 3 is not valid UTF-8")
    );
    assert!(items[1].2.is_ok());
}

#[test]
fn an_unclosed_quote_ends_in_a_refusal() {
    let open = row(&[("name", "\"Exempel")]);
    let items = read(&format!("{HEADER}\n{open}\nrest"));
    let (field, problem) = items[0].2.clone().unwrap_err();
    assert_eq!((items.len(), field.as_deref()), (1, Some("name")));
    assert!(problem.contains("not closed"));
    let endless = "\n".repeat(2 * lines::LONGEST);
    let items = read(&format!("{HEADER}\n{open}{endless}{WHOLE}\n"));
    assert!(items[0].2.is_err());
    assert!(items.last().unwrap().2.is_ok());
}

#[test]
fn no_refusal_repeats_a_value() {
    let secret = "Exempelsson 19500307-2260";
    for column in HEADER.split(',') {
        for value in [secret, "19500307-2260", "\"Exempelsson", "Exempel\"sson"] {
            if let Err((field, problem)) = one(&[(column, value)]) {
                let said = format!("{field:?} {problem}");
                assert!(
                    !said.contains("Exempel") && !said.contains("1950"),
                    "{said}"
                );
            }
        }
    }
}

proptest! {
    #[test]
    fn any_file_is_rows_and_refusals(
        bytes in proptest::collection::vec(any::<u8>(), 0..200),
        text in "[D1,;\"\\r\\n 0-9é-]{0,200}",
    ) {
        read_bytes(&bytes);
        let file = [HEADER.as_bytes(), b"\n", text.as_bytes(), b"\n", &bytes].concat();
        let mut last = 1;
        for (line, _, _) in read_bytes(&file) {
            prop_assert!(line > last);
            last = line;
        }
    }
}
