//! Events as the tables tell them, made into lines of events.
//!
//! `2019-03-04 11:00 ready_notice id=n` is time, kind and fields; left out
//! fields have the usual values. `all_met` stands for admission notice with a
//! planned date, care contact and call to a SIP; `checklist all` for the five
//! points. Ids count from 1.

use fristdag::model::event;
use serde_json::{Map, Value, json};

use super::file::Case;
use crate::support::later::HOME_READY;

/// Every event of a case, or what is wrong with one.
pub fn lines(case: &Case) -> Result<Vec<Value>, String> {
    let mut lines = Vec::new();
    if !case.given.is_empty() {
        lines.extend(stay("A", &case.payer, &case.given)?);
    }
    for (name, given) in &case.stays {
        lines.extend(stay(name, &case.payer, given)?);
    }
    for told in &case.left {
        for (name, payer, given) in left(told, &case.payer)? {
            lines.extend(stay(&name, &payer, &given)?);
        }
    }
    checked(lines)
}

/// What arrives later, numbered from 101.
pub fn later(case: &Case) -> Result<Vec<Value>, String> {
    let mut lines = Vec::new();
    let mut number = 101;
    for told in &case.later {
        let (name, told) = told.split_once(' ').ok_or("STAY event")?;
        let teller = Teller {
            episode: name,
            payer: &case.payer,
        };
        lines.extend(teller.line(told, &mut number)?);
    }
    checked(lines)
}

fn checked(lines: Vec<Value>) -> Result<Vec<Value>, String> {
    for line in &lines {
        if let Err(error) = event::parse(line.to_string().as_bytes()) {
            return Err(format!("{}: {} {error:?}", line["at"], line["kind"]));
        }
    }
    Ok(lines)
}

fn stay(name: &str, payer: &str, given: &[String]) -> Result<Vec<Value>, String> {
    let teller = Teller {
        episode: name,
        payer,
    };
    let mut number = 1;
    let mut lines = Vec::new();
    for told in given {
        lines.extend(teller.line(told, &mut number)?);
    }
    Ok(lines)
}

struct Teller<'a> {
    episode: &'a str,
    payer: &'a str,
}

impl Teller<'_> {
    fn line(&self, told: &str, number: &mut usize) -> Result<Vec<Value>, String> {
        let mut words = told.split_whitespace();
        let mut word = || words.next().ok_or_else(|| format!("{told}: time and kind"));
        let date = word()?;
        // With an offset it is one word, else date and local clock.
        let at = if date.contains('T') {
            date.to_owned()
        } else {
            format!("{date}T{}", word()?)
        };
        let kind = word()?;
        let given = fields(words)?;
        let events: Vec<(&str, Value)> = match kind {
            "all_met" => vec![
                ("admission_notice", json!({"expected_discharge": date})),
                (
                    "care_contact_assigned",
                    json!({"name": "Samordnaren", "unit": "Centralen"}),
                ),
                ("sip_called", json!({})),
            ],
            "checklist" if given.contains_key("all") => HOME_READY
                .iter()
                .map(|item| ("checklist", json!({"item": item, "done": true})))
                .collect(),
            _ => vec![(kind, self.usual(kind))],
        };
        let made = events.into_iter().map(|(kind, usual)| {
            let mut event = json!({
                "id": number.to_string(), "episode": self.episode, "at": at, "kind": kind,
            });
            *number += 1;
            for (field, value) in usual.as_object().unwrap() {
                event[field] = value.clone();
            }
            for (field, value) in given.iter().filter(|(field, _)| *field != "all") {
                event[field] = value.clone();
            }
            event
        });
        Ok(made.collect())
    }

    fn usual(&self, kind: &str) -> Value {
        match kind {
            "admitted" => {
                let (municipality, district) = match self.payer.split_once('/') {
                    Some((municipality, district)) => (municipality, Some(district)),
                    None => (self.payer, None),
                };
                let mut fields = json!({
                    "patient": {"pnr": "195107152166", "name": "Exempel"},
                    "hospital": "Sjukhuset", "ward": "Avd 1",
                    "care_form": "somatic", "municipality": municipality,
                });
                if let Some(district) = district {
                    fields["district"] = json!(district);
                }
                fields
            }
            "care_contact_assigned" => json!({"name": "Samordnaren", "unit": "Centralen"}),
            "checklist" => json!({"done": true}),
            "ready_retracted"
            | "planning_aborted"
            | "sip_waived"
            | "care_contact_waived"
            | "open_care_unavailable"
            | "void" => json!({"reason": "skäl"}),
            "acknowledged" => json!({"by": "municipality"}),
            "note" => json!({"text": "text"}),
            _ => json!({}),
        }
    }
}

/// `field=value` words; `all` and a checklist's item may stand alone.
fn fields<'a>(words: impl Iterator<Item = &'a str>) -> Result<Map<String, Value>, String> {
    let mut fields = Map::new();
    for word in words {
        let (field, value) = match word.split_once('=') {
            Some((field, value)) => (field, value),
            None if word == "all" => ("all", "true"),
            None if HOME_READY.contains(&word) => ("item", word),
            None => return Err(format!("{word}: write field=value")),
        };
        let value = match (field, value) {
            ("pnr", pnr) => {
                let patient = json!({"pnr": pnr, "name": "Exempel"});
                fields.insert("patient".to_owned(), patient);
                continue;
            }
            ("to", _) => json!(value.split(',').collect::<Vec<_>>()),
            (_, "true") => json!(true),
            (_, "false") => json!(false),
            (_, "none") => Value::Null,
            _ => json!(value),
        };
        fields.insert(field.to_owned(), value);
    }
    Ok(fields)
}

type Told = (String, String, Vec<String>);

/// `A1..A9 0643 ready 2018-05-01 11:00 left 2018-05-03 11:00`: stays with
/// everything met the day before they were ready.
fn left(told: &str, usual: &str) -> Result<Vec<Told>, String> {
    let (head, times) = told
        .split_once(" ready ")
        .ok_or_else(|| format!("{told}: ready …"))?;
    let (ready, end) = times
        .split_once(" left ")
        .ok_or_else(|| format!("{told}: left …"))?;
    let mut words = head.split_whitespace();
    let names = names(words.next().unwrap_or_default())?;
    let (mut payer, mut care_form) = (usual, "somatic");
    for word in words {
        match word {
            "psychiatric" => care_form = word,
            _ => payer = word,
        }
    }
    let date: chrono::NaiveDate = ready[..10].parse().map_err(|_| format!("{told}: date"))?;
    let before = date.pred_opt().unwrap();
    let events = vec![
        format!("{before} 08:00 admitted care_form={care_form}"),
        format!("{before} 09:00 all_met"),
        format!("{before} 10:00 checklist all"),
        format!("{ready} ready_notice"),
        format!("{end} discharged"),
    ];
    let stays = names
        .into_iter()
        .map(|name| (name, payer.to_owned(), events.clone()));
    Ok(stays.collect())
}

/// `A1..A9`, or one name.
fn names(told: &str) -> Result<Vec<String>, String> {
    let Some((first, last)) = told.split_once("..") else {
        return Ok(vec![told.to_owned()]);
    };
    let stem = first.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = |name: &str| {
        let digits = name.strip_prefix(stem).unwrap_or_default();
        digits.parse::<u32>().map_err(|_| format!("{told}: A1..A9"))
    };
    let all = number(first)?..=number(last)?;
    Ok(all.map(|n| format!("{stem}{n}")).collect())
}
