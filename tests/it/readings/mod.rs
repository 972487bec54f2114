//! Every reading of the shipped agreements, switched: each alternative that a
//! value names is put in its place, the file loads, and a case worked out by
//! hand comes to another amount.

mod cases;

use std::{fs, path::PathBuf};

use fristdag::rules::{Rulebook, agreement::Alternative};
use toml::{Table, Value};

use self::cases::{Case, cases};
use crate::{
    agreements::rates,
    support::month::{Stays, late},
};

/// Where a value stands: the names and places that lead to its list.
type Place = Vec<String>;

/// Every list of dated values below `value`.
fn lists(value: &Value, place: &mut Place, found: &mut Vec<Place>) {
    let children: Vec<(String, &Value)> = match value {
        Value::Table(table) => table.iter().map(|(name, it)| (name.clone(), it)).collect(),
        Value::Array(list) => list
            .iter()
            .enumerate()
            .map(|(at, it)| (at.to_string(), it))
            .collect(),
        _ => return,
    };
    let dated = |it: &Value| it.get("value").is_some() && it.get("clause").is_some();
    if !children.is_empty() && children.iter().all(|(_, it)| dated(it)) {
        found.push(place.clone());
        return;
    }
    for (step, child) in children {
        place.push(step);
        lists(child, place, found);
        place.pop();
    }
}

fn at<'v>(root: &'v mut Value, place: &[String]) -> &'v mut Value {
    place.iter().fold(root, |value, step| match value {
        Value::Array(list) => &mut list[step.parse::<usize>().unwrap()],
        table => table.get_mut(step).unwrap(),
    })
}

/// A value as the alternative spells it, of the kind that stands there.
fn of_kind(text: &str, there: &Value) -> Value {
    match there {
        Value::Boolean(_) => Value::Boolean(text.parse().unwrap()),
        Value::Integer(_) => Value::Integer(text.parse().unwrap()),
        _ => Value::String(text.to_owned()),
    }
}

/// The file with `text` chosen for the `nth` value of a list.
fn switched(file: &Table, place: &[String], nth: usize, text: &str) -> String {
    let chosen = Alternative::read(text).unwrap();
    let mut root = Value::Table(file.clone());
    let value = &mut at(&mut root, place)[nth]["value"];
    *value = of_kind(chosen.value, value);
    for (name, other) in chosen.with {
        let beside = [&place[..place.len() - 1], &[name.to_owned()]].concat();
        for value in at(&mut root, &beside).as_array_mut().unwrap() {
            let value = &mut value["value"];
            *value = of_kind(other, value);
        }
    }
    toml::to_string(&root).unwrap()
}

fn amount(case: &Case, region: &str, file: Option<&str>) -> String {
    let files: Vec<_> = file.into_iter().map(|text| ("own.toml", text)).collect();
    let rulebook = Rulebook::with_files(region.parse().unwrap(), &files);
    let rulebook = rulebook.unwrap_or_else(|why| panic!("{}: {why}", case.of));
    let stays = Stays::under(rulebook, &case.stays.concat(), late());
    stays.figures_at(case.month, &rates()).amount.to_string()
}

#[test]
fn every_alternative_can_be_chosen_and_changes_a_figure() {
    let mut cases = cases();
    for path in shipped_files() {
        let file: Table = fs::read_to_string(path).unwrap().parse().unwrap();
        let id = file["id"].as_str().unwrap();
        // The statute binds a county without an agreement of its own.
        let region = Some(file["region"].as_str().unwrap()).filter(|it| *it != "all");
        let mut places = Vec::new();
        lists(&Value::Table(file.clone()), &mut Vec::new(), &mut places);
        // Dates that finance sets are prose beside a date.
        places.retain(|place: &Vec<String>| place[0] == "rule");
        for place in places {
            let rule = file["rule"][place[1].parse::<usize>().unwrap()]["id"].clone();
            let list = at(&mut Value::Table(file.clone()), &place).clone();
            for (nth, value) in list.as_array().unwrap().iter().enumerate() {
                let alternatives = value.get("alternatives").and_then(Value::as_array);
                for text in alternatives.into_iter().flatten() {
                    let text = text.as_str().unwrap();
                    let value = Alternative::read(text).unwrap().value;
                    let name = place.last().unwrap();
                    let of = format!("{id}/{}/{name}={value}", rule.as_str().unwrap());
                    let case = cases.remove(of.as_str());
                    let case = case.unwrap_or_else(|| panic!("no case for {of}"));
                    let own = switched(&file, &place, nth, text);
                    let region = region.unwrap_or("04");
                    let found = [
                        amount(&case, region, None),
                        amount(&case, region, Some(&own)),
                    ];
                    assert_eq!(found, case.amounts, "{of}");
                    assert_ne!(found[0], found[1], "{of}");
                }
            }
        }
    }
    assert!(cases.is_empty(), "of no alternative: {:?}", cases.keys());
}

fn shipped_files() -> Vec<PathBuf> {
    let folder = fs::read_dir("src/rules/agreements").unwrap();
    let files = folder.map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = files
        .filter(|path| path.extension().is_some_and(|end| end == "toml"))
        .collect();
    files.sort();
    assert_eq!(files.len(), 6);
    files
}
