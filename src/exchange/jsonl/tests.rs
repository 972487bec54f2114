use proptest::prelude::*;

use super::*;
use crate::model::event::Body;

const JSON: &str = include_str!("../../../fixtures/hostile/json.tsv");
const UTF8: &str = include_str!("../../../fixtures/hostile/utf8.tsv");
const STRINGS: &str = include_str!("../../../fixtures/hostile/strings.json");

const GOOD: &str =
    r#"{"id":"E-1","episode":"D-1","at":"2019-03-04T11:00:00+01:00","kind":"sip_held"}"#;

/// A line as one reader saw it: event or refusal in short.
type Seen = (u64, Vec<u8>, Result<String, Refusal>);

fn seen(item: Item<'_>) -> Seen {
    let result = item
        .result
        .map(|events| event::to_json(&events.as_slice()[0]));
    (item.line, item.text.to_vec(), result)
}

fn read(input: &[u8]) -> Vec<Seen> {
    let mut reader = Reader::new(input);
    let mut found = Vec::new();
    while let Some(item) = reader.next().unwrap() {
        found.push(seen(item));
    }
    found
}

fn note(text: &[u8]) -> Vec<u8> {
    let mut line = GOOD.replace("sip_held\"}", "note\",\"text\":").into_bytes();
    line.extend(text);
    line.push(b'}');
    line
}

fn table(text: &'static str) -> impl Iterator<Item = (&'static str, Vec<u8>)> {
    text.lines().skip(1).map(|line| {
        let (verdict, bytes) = line.split_once('\t').unwrap();
        (verdict, hex::decode(bytes).unwrap())
    })
}

#[test]
fn lines_are_numbered_and_blank_ones_skipped() {
    let input = format!("\u{feff}{GOOD}\r\n\n \t\r\n{{}}\n{GOOD}");
    let found = read(input.as_bytes());
    assert_eq!(
        found.iter().map(|seen| seen.0).collect::<Vec<_>>(),
        [1, 4, 5]
    );
    assert!(found[0].2.is_ok() && found[1].2.is_err() && found[2].2.is_ok());
    assert_eq!(found[0].1, GOOD.as_bytes());
    assert!(read(b"").is_empty() && read(b"\n\n").is_empty());
}

#[test]
fn a_mark_is_only_taken_at_the_start_of_the_file() {
    let input = format!("{GOOD}\n\u{feff}{GOOD}\n");
    let found = read(input.as_bytes());
    assert!(found[0].2.is_ok() && found[1].2.is_err());
}

#[test]
fn bytes_that_are_no_text_are_refused_with_their_place() {
    for (verdict, bytes) in table(UTF8) {
        // As a quoted text; control characters JSON wants escaped.
        if bytes.iter().any(|byte| *byte < 0x20 || *byte == b'"') {
            continue;
        }
        let quoted = [b"\"x", &bytes[..], b"\""].concat();
        let line = note(&quoted);
        let start = line.len() - quoted.len() + 1;
        let found = read(&line);
        match (&found[0].2, verdict) {
            (Ok(_), "valid") => {}
            (Err(why), "invalid") => {
                let place = start + std::str::from_utf8(&quoted[1..]).unwrap_err().valid_up_to();
                let expected = format!("byte {} is not valid UTF-8; save the file as UTF-8", place);
                assert_eq!(why.problem, expected);
            }
            other => panic!("{bytes:x?} {other:?}"),
        }
    }
}

#[test]
fn hostile_json_is_refused() {
    for (verdict, case) in table(JSON) {
        for found in read(&case) {
            assert!(found.2.is_err(), "{case:x?} is no event");
        }
        // In the place of a text: only a JSON string can stand there.
        let found = read(&note(&case));
        let text = serde_json::from_slice::<String>(&case);
        for line in &found {
            let good = text.as_ref().is_ok_and(|text| !text.trim().is_empty());
            assert_eq!(line.2.is_ok(), good && verdict != "n", "{case:x?}");
        }
        // The same as the only element of an array, as most cases have it.
        let inner = case
            .strip_prefix(b"[")
            .and_then(|case| case.strip_suffix(b"]"));
        let Some(inner) = inner else { continue };
        for line in read(&note(inner)) {
            assert!(line.2.is_err() || verdict != "n", "{case:x?}");
        }
    }
}

#[test]
fn hostile_texts_come_through_as_they_are() {
    let strings: Vec<String> = serde_json::from_str(STRINGS).unwrap();
    for text in strings {
        let quoted = serde_json::to_string(&text).unwrap();
        let line = note(quoted.as_bytes());
        let mut reader = Reader::new(&line[..]);
        let item = reader.next().unwrap().unwrap();
        match item.result {
            Ok(Events::One(event)) => {
                let Body::Note { text: read, .. } = event.body else {
                    panic!("a note")
                };
                assert_eq!(read, text);
            }
            Ok(Events::Row(_)) => panic!("one event a line"),
            Err(why) => assert!(text.trim().is_empty(), "{text:?}: {why:?}"),
        }
        // An id is stricter: no control characters.
        let as_id = GOOD.replace("\"E-1\"", &quoted);
        let found = read(as_id.as_bytes());
        let control = text.chars().any(char::is_control);
        assert!(found[0].2.is_err() || !control);
    }
}

#[test]
fn nesting_is_harmless() {
    for bomb in [
        "[".repeat(100_000),
        "{\"a\":".repeat(20_000),
        "[".repeat(lines::LONGEST),
    ] {
        let found = read(bomb.as_bytes());
        assert!(found.len() == 1 && found[0].2.is_err());
    }
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    for field in ["text", "to", "delay_reason", "patient", "done", "id"] {
        let line = GOOD.replace("\"kind\"", &format!("\"{field}\":{deep},\"kind\""));
        let found = read(line.as_bytes());
        assert!(found.len() == 1 && found[0].2.is_err());
    }
}

#[test]
fn a_line_that_is_too_long_is_one_refusal() {
    let long = note(format!("\"{}\"", "x".repeat(lines::LONGEST)).as_bytes());
    let input = [&long[..], b"\n", GOOD.as_bytes()].concat();
    let found = read(&input);
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].2, Err(Refusal::line(lines::TOO_LONG)));
    assert!(found[1].2.is_ok() && found[0].1.len() < 2000);
}

#[test]
fn a_reader_that_fails_passes_its_error_on() {
    struct Broken;
    impl Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("pulled out"))
        }
    }
    let good = format!("{GOOD}\n");
    let mut reader = Reader::new(good.as_bytes().chain(Broken));
    assert!(reader.next().unwrap().is_some());
    let error = reader.next().unwrap_err();
    assert_eq!(error.to_string(), "pulled out");
}

proptest! {
    #[test]
    fn any_file_is_lines_and_refusals(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let lines = bytes.iter().filter(|byte| **byte == b'\n').count() as u64 + 1;
        for (line, text, _) in read(&bytes) {
            prop_assert!(line <= lines && !text.contains(&b'\n'));
        }
    }
}
