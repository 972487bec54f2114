//! What the board asks of the engine: one outlook a row.

use divan::{Bencher, black_box, counter::ItemsCount};
use fristdag::{
    model::{
        event::{self, Event},
        month::Month,
        patient::PatientRef,
        stay::{Folded, Origins, Stay},
        time,
    },
    rules::{PayerMonth, Rates, Rulebook, Subject, explain, outlook},
};
use serde_json::json;

fn main() {
    divan::main();
}

/// The usual events of a ready stay; without `missing`.
fn events(municipality: &str, missing: &str) -> Vec<Event> {
    let told = [
        (
            "2018-05-01T09:00",
            "admitted",
            json!({
                "patient": {"pnr": "19500307-2260", "name": "Exempel"},
                "hospital": "Exempelsjukhuset", "ward": "Avd 1",
                "care_form": "somatic", "municipality": municipality,
            }),
        ),
        (
            "2018-05-01T11:00",
            "admission_notice",
            json!({"expected_discharge": "2018-05-04"}),
        ),
        (
            "2018-05-02T07:00",
            "care_contact_assigned",
            json!({"name": "N", "unit": "U"}),
        ),
        ("2018-05-03T10:00", "sip_called", json!({})),
        (
            "2018-05-03T10:40",
            "checklist",
            json!({"item": "self_care", "done": true}),
        ),
        (
            "2018-05-03T10:41",
            "checklist",
            json!({"item": "written_information", "done": true}),
        ),
        (
            "2018-05-03T10:42",
            "checklist",
            json!({"item": "information_transfer", "done": true}),
        ),
        (
            "2018-05-03T10:43",
            "checklist",
            json!({"item": "aids", "done": true}),
        ),
        (
            "2018-05-03T10:44",
            "checklist",
            json!({"item": "medication", "done": true}),
        ),
        ("2018-05-04T11:00", "ready_notice", json!({})),
    ];
    told.into_iter()
        .enumerate()
        .filter(|(_, (_, kind, _))| *kind != missing)
        .map(|(id, (at, kind, mut fields))| {
            fields["id"] = id.to_string().into();
            fields["episode"] = "E".into();
            fields["at"] = at.into();
            fields["kind"] = kind.into();
            let event =
                event::parse(fields.to_string().as_bytes()).expect("the event is well formed");
            let unnamed = |_| Ok::<_, std::convert::Infallible>(PatientRef::default());
            event.try_map(unnamed).expect("it cannot fail")
        })
        .collect()
}

fn fold(events: &[Event]) -> Stay {
    match Folded::from_events(events, None) {
        Folded::Stay(stay) => *stay,
        _ => unreachable!("an admission makes a stay"),
    }
}

const CASES: [(&str, &str, &str); 4] = [
    ("17", "1780", ""),
    ("17", "1780", "sip_called"),
    ("06", "0643", ""),
    ("23", "2380", ""),
];

#[divan::bench(args = CASES)]
fn one_row(bencher: Bencher<'_, '_>, (region, municipality, missing): (&str, &str, &str)) {
    let rulebook = Rulebook::shipped(region.parse().expect("a region"));
    let (stay, rates) = (fold(&events(municipality, missing)), Rates::shipped());
    let now = time::parse("2018-05-10T09:12").expect("a time");
    let month = PayerMonth::empty(Month::at(now));
    bencher
        .counter(ItemsCount::new(1usize))
        .bench(|| outlook(black_box(&stay), now, &rulebook, &rates, &month));
}

#[divan::bench(args = CASES)]
fn one_explanation(bencher: Bencher<'_, '_>, (region, municipality, missing): (&str, &str, &str)) {
    let rulebook = Rulebook::shipped(region.parse().expect("a region"));
    let (events, rates) = (events(municipality, missing), Rates::shipped());
    let now = time::parse("2018-05-10T09:12").expect("a time");
    let month = PayerMonth::empty(Month::at(now));
    let stay = fold(&events);
    let origins = Origins::of(&events, None).expect("an admission");
    let subject = Subject {
        stay: &stay,
        origins: &origins,
        now,
        rulebook: &rulebook,
        rates: &rates,
    };
    bencher.bench(|| explain(black_box(subject), &month));
}
