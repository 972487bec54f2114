//! Stays made up for tests, as lines of events.

use std::sync::OnceLock;

/// A personal number of the tax agency's test series, by its place.
pub fn pnr(n: usize) -> &'static str {
    static ALL: OnceLock<Vec<String>> = OnceLock::new();
    let all = ALL.get_or_init(|| {
        let text = include_str!("../../../fixtures/identity/skatteverket-test-numbers.txt");
        text.lines().map(str::to_owned).collect()
    });
    &all[n % all.len()]
}

/// The id of a stay.
pub fn id(n: usize) -> String {
    format!("MAJ-{n}")
}

/// The lines of a stay in May 2019 that became discharge-ready.
pub fn stay(n: usize) -> [String; 5] {
    let day = 2 + n % 20;
    let municipality = ["1780", "1715", "1781"][n % 3];
    let line = |number: usize, hour: usize, rest: &str| {
        format!(
            "{{\"id\":\"e{number}\",\"episode\":\"{}\",\"at\":\"2019-05-{day:02}T{hour:02}:00:00+02:00\",{rest}}}\n",
            id(n)
        )
    };
    let patient = format!("{{\"pnr\":\"{}\",\"name\":\"Majpatient {n}\"}}", pnr(n));
    [
        line(
            0,
            8,
            &format!(
                "\"kind\":\"admitted\",\"patient\":{patient},\"hospital\":\"CSK\",\"ward\":\"Avd 5\",\"care_form\":\"somatic\",\"municipality\":\"{municipality}\""
            ),
        ),
        line(
            1,
            9,
            "\"kind\":\"admission_notice\",\"expected_discharge\":\"2019-05-29\"",
        ),
        line(
            2,
            10,
            "\"kind\":\"care_contact_assigned\",\"name\":\"Kontakt\",\"unit\":\"Vårdcentralen\"",
        ),
        line(3, 11, "\"kind\":\"sip_called\""),
        line(4, 12, "\"kind\":\"ready_notice\""),
    ]
}

/// A line that no import takes: the kind is unknown.
pub fn refused_line() -> String {
    "{\"id\":\"x1\",\"episode\":\"VARM-1\",\"at\":\"2019-03-05T10:00:00+01:00\",\"kind\":\"teleported\"}\n".to_owned()
}
