//! The tables' form. Unknown words are refused.

use std::{collections::BTreeMap, path::Path};

use serde::Deserialize;

use super::given;

/// One file: an agreement or a topic.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[allow(dead_code, reason = "for the reader")]
    about: String,
    region: String,
    /// Who pays, where a case or a stay names nobody else.
    payer: String,
    case: Vec<Case>,
}

/// What happened, what is asked, and what must come out.
#[derive(Deserialize, Clone)]
#[serde(deny_unknown_fields)]
pub struct Case {
    #[serde(skip)]
    pub file: String,
    pub name: String,
    /// Document and section.
    #[allow(dead_code, reason = "for the reader")]
    pub clause: String,
    /// How the expectation was reckoned.
    #[allow(dead_code, reason = "for the reader")]
    #[serde(default)]
    why: String,
    /// Rules of the list in README.md.
    pub covers: Vec<String>,
    #[serde(default)]
    pub region: String,
    #[serde(default)]
    pub payer: String,
    /// Events of stay A, a line each.
    #[serde(default)]
    pub given: Vec<String>,
    /// Events of further stays.
    #[serde(default)]
    pub stays: BTreeMap<String, Vec<String>>,
    /// Stays with everything met, told in one line each.
    #[serde(default)]
    pub left: Vec<String>,
    /// Day rates by year, set besides those of the sources.
    #[serde(default)]
    pub rates: BTreeMap<String, String>,
    /// Lines entered by hand: `PAYER KRONOR`.
    #[serde(default)]
    pub manual: Vec<String>,
    /// Settlements: `PAYER cost KRONOR paid KRONOR`.
    #[serde(default)]
    pub settlements: Vec<String>,
    /// Months that are locked with what is given.
    #[serde(default)]
    pub locked: Vec<String>,
    /// Day rates that are set after that.
    #[serde(default)]
    pub later_rates: BTreeMap<String, String>,
    /// What arrives after that: `STAY event`.
    #[serde(default)]
    pub later: Vec<String>,
    /// Source systems, and when each was last heard.
    #[serde(default)]
    pub heard: BTreeMap<String, String>,
    /// A moment, a month, or several months `YYYY-MM..YYYY-MM`.
    pub when: String,
    /// The moment as at which a month is asked; long after, if left out.
    #[serde(default)]
    pub as_at: String,
    pub then: Then,
}

/// What must come out; what is not named is not compared.
#[derive(Deserialize, Clone, Default)]
#[serde(deny_unknown_fields)]
pub struct Then {
    /// The word by which an event is refused.
    pub refused: Option<String>,
    // Of a stay at a moment:
    pub state: Option<String>,
    pub agreement: Option<String>,
    pub payer: Option<String>,
    pub ready_since: Option<String>,
    pub starts: Option<String>,
    pub next: Option<String>,
    pub flags: Option<Vec<String>>,
    pub start_if_met_now: Option<String>,
    pub lost_per_day: Option<String>,
    pub accrued: Option<String>,
    pub tomorrow: Option<String>,
    pub duties: Option<Vec<String>>,
    /// Duties of the region at a moment.
    pub region_duties: Option<Vec<String>>,
    // Of months:
    pub lines: Option<Vec<String>>,
    pub charged: Option<Vec<String>>,
    pub days: Option<Vec<String>>,
    pub excluded: Option<Vec<String>>,
    pub averages: Option<Vec<String>>,
    pub findings: Option<Vec<String>>,
    pub credits: Option<Vec<String>>,
    pub discharged: Option<u32>,
    /// Levels of a dispute under the payer's agreement.
    pub disputes: Option<Vec<String>>,
    /// Points of the home-ready checklist there.
    pub checklist: Option<Vec<String>>,
    pub amount: Option<String>,
}

/// The cases of all files.
pub fn read_all() -> Vec<Case> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/cases");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|it| it == "toml"))
        .collect();
    paths.sort();
    let mut cases = Vec::new();
    for path in paths {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        cases.extend(parse(&name, &text).unwrap_or_else(|error| panic!("{name}: {error}")));
    }
    cases
}

/// The cases of one file, with every event read once.
pub fn parse(name: &str, text: &str) -> Result<Vec<Case>, String> {
    let file: File = toml::from_str(text).map_err(|error| error.to_string())?;
    let mut cases = file.case;
    for case in &mut cases {
        case.file = name.to_owned();
        if case.region.is_empty() {
            case.region.clone_from(&file.region);
        }
        if case.payer.is_empty() {
            case.payer.clone_from(&file.payer);
        }
        if case.then.refused.is_none() {
            given::lines(case).map_err(|error| format!("{}: {error}", case.name))?;
        }
    }
    Ok(cases)
}
