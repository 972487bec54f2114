use proptest::prelude::*;

use super::*;
use crate::model::{
    event::{Body, Event, Kind, compact},
    ids::EpisodeId,
    patient::Patient,
};

/// A name and a personal number that no error may repeat.
const NAME: &str = "Exempelsson";
const NUMBER: &str = "19500307-2260";

/// The least that each kind needs, and an event with all that it may have.
const KINDS: &[(&str, &[&str], &str)] = &[
    (
        "admitted",
        &["patient", "hospital", "ward", "care_form", "municipality"],
        r#""patient":{"pnr":"19500307-2260","name":"Exempelsson","protected":true},"municipality":"0180","district":"Bromma","placing_municipality":"1715","compulsory_care":"LPT","hospital":"Sjukhuset","ward":"Avd 1","care_form":"psychiatric","municipal_needs":false"#,
    ),
    (
        "details_changed",
        &[],
        r#""patient":{"name":"Exempelsson"},"municipality":null,"district":null,"placing_municipality":"1715","compulsory_care":null,"hospital":"Sjukhuset","ward":"Avd 1","care_form":"somatic","municipal_needs":true"#,
    ),
    (
        "transferred",
        &["ward"],
        r#""hospital":"Sjukhuset","ward":"Avd 2""#,
    ),
    (
        "admission_notice",
        &[],
        r#""to":["open_care"],"expected_discharge":"2019-03-09","need_seen_at":"2019-03-04T08:00:00+01:00""#,
    ),
    ("expected_discharge", &["date"], r#""date":"2019-03-09""#),
    (
        "care_contact_assigned",
        &["name", "unit"],
        r#""name":"Vårdsamordnare","unit":"Vårdcentralen""#,
    ),
    ("care_contact_waived", &["reason"], r#""reason":"avböjd""#),
    (
        "sip_called",
        &[],
        r#""meeting_at":"2019-03-07T13:00:00+01:00""#,
    ),
    ("sip_call_withdrawn", &[], r#""reason":"återtag""#),
    ("sip_waived", &["reason"], r#""reason":"avböjd""#),
    ("sip_held", &[], ""),
    (
        "checklist",
        &["item", "done"],
        r#""item":"aids","done":false"#,
    ),
    (
        "ready_notice",
        &[],
        r#""assessed_at":"2019-03-04T10:00:00+01:00""#,
    ),
    ("ready_retracted", &["reason"], r#""reason":"försämrad""#),
    ("compulsory_care_ended", &[], ""),
    (
        "open_care_unavailable",
        &["reason"],
        r#""reason":"plats saknas""#,
    ),
    ("open_care_available", &[], ""),
    ("discharge_notice", &[], ""),
    ("discharged", &[], r#""to":"hemmet""#),
    ("planning_aborted", &["reason"], r#""reason":"avliden""#),
    (
        "acknowledged",
        &["message", "by"],
        r#""message":"E-1","by":"open_care""#,
    ),
    ("followed_up", &[], ""),
    (
        "note",
        &["text"],
        r#""text":"väntar","delay_reason":{"code":"plats","from":"2019-03-04T00:00:00+01:00","to":"2019-03-05T00:00:00+01:00"}"#,
    ),
    (
        "void",
        &["event", "reason"],
        r#""reason":"fel patient","event":"E-1""#,
    ),
];

fn line(kind: &str, fields: &str) -> String {
    let comma = if fields.is_empty() { "" } else { "," };
    format!(
        r#"{{"id":"E-2","episode":"D-1","at":"2019-03-04T11:00:00+01:00","source":"journal","kind":"{kind}"{comma}{fields}}}"#
    )
}

fn error(line: &str) -> EventError {
    parse(line.as_bytes()).expect_err(line)
}

fn object(line: &str) -> serde_json::Map<String, serde_json::Value> {
    serde_json::from_str(line).unwrap()
}

#[test]
fn every_kind_is_in_the_table_and_comes_back_as_it_was() {
    assert_eq!(KINDS.len(), Kind::ALL.len());
    for ((name, _, fields), kind) in KINDS.iter().zip(Kind::ALL) {
        let line = line(name, fields);
        let event = parse(line.as_bytes()).unwrap_or_else(|why| panic!("{line}: {why}"));
        assert_eq!(event.kind(), *kind);
        let written = to_json(&event);
        assert_eq!(object(&written), object(&line), "{name}");
        assert_eq!(parse(written.as_bytes()).unwrap(), event);
    }
}

#[test]
fn a_recorded_event_comes_back_as_it_was() {
    let episode = EpisodeId::new("D-1").unwrap();
    for (name, _, fields) in KINDS {
        let event = parse(line(name, fields).as_bytes()).unwrap();
        let recorded: Event = event
            .try_map(|who: Patient| {
                Ok::<_, std::convert::Infallible>(crate::model::patient::PatientRef {
                    key: Some("k-1".to_owned()),
                    commitment: Some("00ff".to_owned()),
                    protected: who.protected,
                    numbered: who.pnr.is_some(),
                    turns_18: None,
                })
            })
            .unwrap();
        let written = to_json(&recorded);
        assert!(!written.contains(NAME) && !written.contains(NUMBER));
        assert_eq!(parse_recorded(written.as_bytes()).unwrap(), recorded);
        let bytes = compact::encode(&recorded);
        assert_eq!(compact::decode(&bytes, &recorded.episode), Some(recorded));
        assert_eq!(
            compact::decode(&bytes[..bytes.len() - 1], &episode),
            None,
            "{name}"
        );
    }
}

/// A line that is accepted and cannot be read back would end the store.
#[test]
fn moments_at_the_ends_of_the_years_come_back() {
    const MOMENTS: [&str; 6] = [
        "1900-01-01",
        "2200-12-31",
        "1900-01-01T00:00:00+01:00",
        "1899-12-31T23:00:00Z",
        "2200-12-31T22:59:59.999999999Z",
        "2200-12-31T23:59:59+01:00",
    ];
    for moment in MOMENTS {
        let fields = format!(
            "\"text\":\"x\",\"delay_reason\":{{\"code\":\"c\",\"from\":\"{moment}\",\"to\":\"{moment}\"}}"
        );
        let event = parse(line("note", &fields).as_bytes()).unwrap();
        let recorded = event.try_map(|_| Err::<crate::model::patient::PatientRef, ()>(()));
        let recorded = recorded.unwrap();
        let written = to_json(&recorded);
        assert_eq!(parse_recorded(written.as_bytes()).as_ref(), Ok(&recorded));
        let bytes = compact::encode(&recorded);
        assert_eq!(compact::decode(&bytes, &recorded.episode), Some(recorded));
    }
}

#[test]
fn a_source_is_a_short_name() {
    let with = |source: &str| {
        let source = serde_json::to_string(source).unwrap();
        format!(
            "{{\"id\":\"1\",\"episode\":\"D-1\",\"at\":\"2019-03-04T11:00\",\"source\":{source},\"kind\":\"sip_held\"}}"
        )
    };
    for source in ["Cosmic", &"x".repeat(128)] {
        assert!(parse(with(source).as_bytes()).is_ok());
    }
    for source in [" ", &"x".repeat(129), "a\nb", "\u{1b}[31m"] {
        let refused = error(&with(source));
        assert_eq!(refused.field.as_deref(), Some("source"), "{source:?}");
        assert!(parse_recorded(with(source).as_bytes()).is_ok() || source == " ");
    }
}

#[test]
fn each_required_field_is_asked_for_by_name() {
    for (name, required, fields) in KINDS {
        let whole = object(&line(name, fields));
        for field in ["id", "episode", "at", "kind"].iter().chain(*required) {
            for nothing in [false, true] {
                // An admission may say that the municipality is not known.
                if nothing && *field == "municipality" {
                    continue;
                }
                let mut without = whole.clone();
                if nothing {
                    without.insert((*field).to_owned(), serde_json::Value::Null);
                } else {
                    without.remove(*field);
                }
                let error = error(&serde_json::to_string(&without).unwrap());
                assert_eq!(error.field.as_deref(), Some(*field), "{name}: {error}");
                assert_eq!(error.problem, "is missing; add it");
            }
        }
        let mut least = whole.clone();
        least.retain(|field, _| {
            ["id", "episode", "at", "kind"].contains(&field.as_str())
                || required.contains(&field.as_str())
        });
        let least = serde_json::to_string(&least).unwrap();
        // A correction has to say something.
        assert_eq!(
            parse(least.as_bytes()).is_ok(),
            *name != "details_changed",
            "{least}"
        );
    }
}

#[test]
fn each_field_refuses_another_type() {
    for (name, _, fields) in KINDS {
        let whole = object(&line(name, fields));
        for field in whole.keys() {
            for wrong in ["7", "[7]", r#"{"x":7}"#, r#"[["a"]]"#] {
                let mut altered = whole.clone();
                altered[field] = serde_json::from_str(wrong).unwrap();
                let error = error(&serde_json::to_string(&altered).unwrap());
                let at = error.field.as_deref().unwrap_or_default();
                assert!(
                    at.starts_with(field.as_str()),
                    "{name}.{field} = {wrong}: {error}"
                );
            }
        }
    }
}

#[test]
fn a_field_of_another_kind_is_refused() {
    for (name, _, fields) in KINDS {
        let own = object(&line(name, fields));
        for (_, _, others) in KINDS {
            for (field, value) in object(&format!("{{{others}}}")) {
                let mut mixed = own.clone();
                if mixed.contains_key(&field)
                    || value.is_null()
                    // Fields that this kind may have as well.
                    || parse_with(&own, &field, &value).is_ok()
                {
                    continue;
                }
                mixed.insert(field.clone(), value);
                let error = error(&serde_json::to_string(&mixed).unwrap());
                assert_eq!(error.field.as_deref(), Some(field.as_str()));
                assert!(
                    error.problem.starts_with("does not belong to"),
                    "{name}: {error}"
                );
            }
        }
    }
    assert_eq!(
        error(&line("sip_held", r#""reason":"x""#)).to_string(),
        "field \"reason\": does not belong to sip_held; remove it"
    );
}

fn parse_with(
    own: &serde_json::Map<String, serde_json::Value>,
    field: &str,
    value: &serde_json::Value,
) -> Result<Event<Patient>, EventError> {
    let mut mixed = own.clone();
    mixed.insert(field.to_owned(), value.clone());
    parse(serde_json::to_string(&mixed).unwrap().as_bytes())
}

#[test]
fn unknown_and_repeated_fields_are_refused() {
    let unknown = error(&line("sip_held", r#""sip":true"#));
    assert_eq!(unknown.field.as_deref(), Some("sip"));
    let inner = error(&line(
        "details_changed",
        r#""patient":{"name":"Exempelsson","phone":"1"}"#,
    ));
    assert_eq!(inner.field.as_deref(), Some("patient.phone"));
    let short = error(&line(
        "note",
        r#""text":"x","delay_reason":{"from":"2019-03-04"}"#,
    ));
    assert_eq!(
        short.to_string(),
        "field \"delay_reason.code\": is missing; add it"
    );
    let patient = error(&line(
        "details_changed",
        r#""patient":{"name":"a","name":"b"}"#,
    ));
    assert_eq!(patient.field.as_deref(), Some("patient.name"));
    let twice = error(&line("sip_waived", r#""reason":"a","reason":"b""#));
    assert_eq!(
        twice.to_string(),
        "field \"reason\": stands twice; keep one"
    );
}

#[test]
fn an_unknown_municipality_is_null_and_not_left_out() {
    let mut unknown = object(&line(KINDS[0].0, KINDS[0].2));
    unknown["municipality"] = serde_json::Value::Null;
    let event = parse(serde_json::to_string(&unknown).unwrap().as_bytes()).unwrap();
    let Body::Admitted(admission) = &event.body else {
        panic!("an admission");
    };
    assert_eq!(admission.municipality, None);
    assert!(to_json(&event).contains(r#""municipality":null"#));
}

#[test]
fn what_is_not_one_json_object_is_refused() {
    for (bad, problem) in [
        ("", "not valid JSON"),
        ("{", "not valid JSON"),
        ("[]", "expected an object"),
        (
            r#"["E-1","D-1","2019-03-04T11:00","journal","sip_held"]"#,
            "expected an object",
        ),
        ("null", "wrong type"),
        ("\"text\"", "wrong type"),
        ("{} {}", "more text after the event"),
        ("{'id':1}", "not valid JSON"),
    ] {
        let error = error(bad);
        assert!(error.problem.contains(problem), "{bad}: {error}");
        assert_eq!(error.field, None);
    }
    let whole = line("sip_held", "");
    for end in 0..whole.len() {
        error(&whole[..end]);
    }
    assert!(
        error(&format!("{whole}x"))
            .problem
            .contains("more text after")
    );
}

/// Values that carry an identity into every place where a value can stand.
fn hostile() -> Vec<String> {
    let secret = format!("{NAME} {NUMBER}");
    let mut lines = Vec::new();
    for (name, _, fields) in KINDS {
        let whole = object(&line(name, fields));
        for field in whole.keys() {
            for value in [
                serde_json::json!(secret),
                serde_json::json!(format!("a, expected {secret}")),
                serde_json::json!(format!("unknown field `{secret}`, expected {secret}")),
                serde_json::json!([secret]),
                serde_json::json!([[secret]]),
                serde_json::json!({ secret.as_str(): secret }),
                serde_json::json!({"code": [secret], "from": secret}),
                serde_json::json!({"pnr": secret, "name": {NAME: NUMBER}}),
                serde_json::json!({"pnr": "19500307-2261", "name": NAME}),
            ] {
                let mut altered = whole.clone();
                altered[field] = value;
                lines.push(serde_json::to_string(&altered).unwrap());
            }
        }
        lines.push(line(name, &format!(r#""{secret}":1"#)));
        lines.push(line(name, &format!(r#""{NUMBER}":1"#)));
        lines.push(line(name, &format!(r#""reason":"{secret}","x"#)));
    }
    lines.push(secret.clone());
    lines.push(format!("\"{secret}\""));
    lines
}

#[test]
fn no_error_repeats_a_value() {
    let mut refused = 0;
    for line in hostile() {
        if let Err(error) = parse(line.as_bytes()) {
            let said = format!("{error} {error:?}");
            assert!(
                !said.contains(NAME) && !said.contains("1950") && !said.contains("226"),
                "{said}"
            );
            refused += 1;
        }
    }
    assert!(refused > 500, "{refused}");
}

proptest! {
    #[test]
    fn any_bytes_are_an_event_or_an_error(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = parse(&bytes);
        let _ = parse_recorded(&bytes);
    }

    #[test]
    fn a_damaged_line_is_an_event_or_an_error(
        (kind, at, byte) in (0..KINDS.len(), any::<prop::sample::Index>(), any::<u8>())
    ) {
        let mut bytes = line(KINDS[kind].0, KINDS[kind].2).into_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Ok(event) = parse(&bytes) {
            prop_assert_eq!(parse(to_json(&event).as_bytes()).unwrap(), event);
        }
    }

    #[test]
    fn texts_survive_writing(text in ".{1,60}") {
        prop_assume!(!text.trim().is_empty());
        let quoted = serde_json::to_string(&text).unwrap();
        let event = parse(line("note", &format!("\"text\":{quoted}")).as_bytes()).unwrap();
        prop_assert_eq!(parse(to_json(&event).as_bytes()).unwrap(), event);
    }
}
