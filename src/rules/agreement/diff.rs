//! Two agreements compared value by value. What counts is what the files
//! say, not how they say it: order, spacing and comments change nothing.

use std::collections::{BTreeMap, btree_map::Entry};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use toml::{Table, Value};

use super::Agreement;
use crate::model::ids::AgreementId;

/// What differs between two agreements.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgreementDiff {
    /// The first.
    pub old: Compared,
    /// The second.
    pub new: Compared,
    /// Every value that is not the same, in the order of the files' own names.
    pub changes: Vec<Change>,
}

/// One of the two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Compared {
    /// Its id.
    pub id: AgreementId,
    /// SHA-256 of its file.
    pub hash: String,
}

/// How a value differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// Only the second has it.
    Added,
    /// Only the first has it.
    Removed,
    /// Both have it, not the same.
    Changed,
}

/// One value that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// How.
    pub change: ChangeKind,
    /// Where it stands, by the file's own names, for instance
    /// `["rule average", "average_excess", "threshold"]`.
    pub at: Vec<String>,
    /// For a dated value, the first date on which it holds.
    pub from: Option<NaiveDate>,
    /// As the first has it.
    pub old: Option<Held>,
    /// As the second has it.
    pub new: Option<Held>,
}

/// A value with what it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// The value, with its unit where it has one.
    pub value: String,
    /// The clause: its own, or that of the part in which it stands.
    pub clause: Option<String>,
    /// Whether that is a reading.
    pub reading: bool,
    /// Other readings that the file names for a dated value.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub alternatives: Vec<String>,
    /// Whether clause and readings are the value's own, and so compared.
    #[serde(skip)]
    own: bool,
}

impl Held {
    fn same(&self, other: &Self) -> bool {
        let sources = |it: &Self| (it.clause.clone(), it.reading, it.alternatives.clone());
        self.value == other.value && (!self.own || sources(self) == sources(other))
    }
}

/// Compares `old` with `new`.
#[must_use]
pub fn diff(old: &Agreement, new: &Agreement) -> AgreementDiff {
    let (before, mut after) = (values(old), values(new));
    let mut changes = Vec::new();
    for (place, old) in before {
        let new = after.remove(&place);
        if new.as_ref().is_some_and(|new| old.same(new)) {
            continue;
        }
        let change = match new {
            Some(_) => ChangeKind::Changed,
            None => ChangeKind::Removed,
        };
        changes.push(made(change, place, Some(old), new));
    }
    let added = after.into_iter();
    changes.extend(added.map(|(place, new)| made(ChangeKind::Added, place, None, Some(new))));
    changes.sort_by(|a, b| (&a.at, a.from).cmp(&(&b.at, b.from)));
    AgreementDiff {
        old: compared(old),
        new: compared(new),
        changes,
    }
}

fn compared(agreement: &Agreement) -> Compared {
    Compared {
        id: agreement.id.clone(),
        hash: agreement.address().to_owned(),
    }
}

fn made(change: ChangeKind, (at, from): Place, old: Option<Held>, new: Option<Held>) -> Change {
    Change {
        change,
        at,
        from,
        old,
        new,
    }
}

/// Names that lead to a value, and the date from which it holds.
type Place = (Vec<String>, Option<NaiveDate>);

fn values(agreement: &Agreement) -> BTreeMap<Place, Held> {
    let mut found = Values::default();
    // Checked when it was loaded: it is a table.
    if let Ok(table) = agreement.text().parse::<Table>() {
        found.table(&table, &Basis::default());
    }
    found.held
}

/// What the values of a part rest on.
#[derive(Debug, Clone, Default)]
struct Basis {
    clause: Option<String>,
    reading: bool,
}

impl Basis {
    fn of(table: &Table, above: &Self) -> Self {
        let Some(clause) = table.get("clause").and_then(Value::as_str) else {
            return above.clone();
        };
        let reading = table.get("reading").and_then(Value::as_bool);
        Self {
            clause: Some(clause.to_owned()),
            reading: reading.unwrap_or(false),
        }
    }
}

/// Gathers the values of a file on the way through its parts.
#[derive(Default)]
struct Values {
    path: Vec<String>,
    held: BTreeMap<Place, Held>,
}

impl Values {
    fn within(&mut self, name: String, inside: impl FnOnce(&mut Self)) {
        self.path.push(name);
        inside(self);
        self.path.pop();
    }

    fn table(&mut self, table: &Table, above: &Basis) {
        let basis = Basis::of(table, above);
        for (name, value) in table {
            match value {
                Value::Table(inner) => {
                    self.within(name.clone(), |it| it.table(inner, &basis));
                }
                Value::Array(all) if all.iter().any(Value::is_table) => {
                    self.tables(name, all, &basis);
                }
                // Each party is there or not, wherever it stands.
                Value::Array(all) if name != "alternatives" => {
                    for one in all {
                        self.within(format!("{name} {}", plain(one)), |it| {
                            it.hold(String::new(), &basis);
                        });
                    }
                }
                // A clause rests on nothing else.
                _ if name == "clause" => {
                    let none = Basis::default();
                    self.within(name.clone(), |it| it.hold(plain(value), &none));
                }
                _ => self.within(name.clone(), |it| it.hold(plain(value), &basis)),
            }
        }
    }

    fn tables(&mut self, name: &str, all: &[Value], basis: &Basis) {
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for table in all.iter().filter_map(Value::as_table) {
            if let Some(from) = dated(table) {
                self.within(name.to_owned(), |it| it.dated(table, from, basis));
                continue;
            }
            let mut named = format!("{name} {}", key(table));
            match seen.entry(named.clone()) {
                Entry::Vacant(first) => {
                    first.insert(1);
                }
                Entry::Occupied(mut again) => {
                    *again.get_mut() += 1;
                    named = format!("{named} #{}", again.get());
                }
            }
            self.within(named, |it| it.table(table, basis));
        }
    }

    fn dated(&mut self, table: &Table, from: NaiveDate, above: &Basis) {
        let basis = Basis::of(table, above);
        let value = table.get("value").map(plain).unwrap_or_default();
        let unit = table.get("unit").map(plain);
        let value = unit.map_or_else(|| value.clone(), |unit| format!("{value} {unit}"));
        let alternatives = table.get("alternatives").and_then(Value::as_array);
        let held = Held {
            value,
            clause: basis.clause,
            reading: basis.reading,
            alternatives: alternatives.into_iter().flatten().map(plain).collect(),
            own: true,
        };
        self.held.insert((self.path.clone(), Some(from)), held);
    }

    fn hold(&mut self, value: String, basis: &Basis) {
        let held = Held {
            value,
            clause: basis.clause.clone(),
            reading: basis.reading,
            alternatives: Vec::new(),
            own: false,
        };
        self.held.insert((self.path.clone(), None), held);
    }
}

/// The first date of a dated value; none for any other table.
fn dated(table: &Table) -> Option<NaiveDate> {
    table.get("value")?;
    plain(table.get("from")?).parse().ok()
}

/// What tells one table of a list from the others.
fn key(table: &Table) -> String {
    let names = ["id", "code", "fact", "payer", "care_form"];
    let first = names.iter().find_map(|name| table.get(*name));
    let party = table.get("party");
    let words: Vec<String> = first.into_iter().chain(party).map(plain).collect();
    words.join(" ")
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(all) => all.iter().map(plain).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STOCKHOLM: &str = include_str!("../agreements/stockholm-2020.toml");

    fn against(text: &str) -> Vec<String> {
        let load = |text: &str| Agreement::load("a.toml", text).unwrap();
        let told = |change: &Change| {
            let held = |it: &Option<Held>| {
                it.as_ref()
                    .map_or_else(|| "-".to_owned(), |it| it.value.clone())
            };
            let from = change
                .from
                .map_or_else(String::new, |from| format!(" {from}"));
            let (old, new) = (held(&change.old), held(&change.new));
            format!(
                "{:?} {}{from}: {old} > {new}",
                change.change,
                change.at.join("/")
            )
        };
        let diff = diff(&load(STOCKHOLM), &load(text));
        diff.changes.iter().map(told).collect()
    }

    #[test]
    fn a_file_is_the_same_whatever_its_comments_and_order() {
        let mut text = format!("# Another head.\n\n{STOCKHOLM}");
        assert_eq!(against(&text), [""; 0]);
        text = text.replace(r#""0114", "0115", "#, r#""0115", "0114", "#);
        assert_eq!(against(&text), [""; 0]);
    }

    #[test]
    fn values_dates_and_clauses_are_told_apart() {
        let text = STOCKHOLM
            .replace(r#"value = "1.3", unit"#, r#"value = "1.5", unit"#)
            .replace(r#"{ value = "none", from = 2020-01-01, clause = "Betalningsmodell och ersättningsnivå""#,
                     r#"{ value = "none", from = 2020-01-01, clause = "Bilaga 1""#)
            .replace("\"0114\", ", "");
        assert_eq!(
            against(&text),
            [
                "Removed parties 0114:  > -",
                "Changed rule average/average_excess/average_rounding 2020-01-01: none > none",
                "Changed rule average/average_excess/threshold 2021-11-01: 1.3 days > 1.5 days",
            ]
        );
        let load = |text: &str| Agreement::load("a.toml", text).unwrap();
        let found = diff(&load(STOCKHOLM), &load(&text));
        let clauses = |it: &Change| {
            [&it.old, &it.new].map(|held| held.as_ref().unwrap().clause.clone().unwrap())
        };
        assert_eq!(
            clauses(&found.changes[1]),
            ["Betalningsmodell och ersättningsnivå", "Bilaga 1"]
        );
    }

    #[test]
    fn a_value_that_begins_later_is_removed_and_added() {
        let text = STOCKHOLM.replace(
            r#"value = "1.3", unit = "days", from = 2021-11-01"#,
            r#"value = "1.3", unit = "days", from = 2022-01-01"#,
        );
        assert_eq!(
            against(&text),
            [
                "Removed rule average/average_excess/threshold 2021-11-01: 1.3 days > -",
                "Added rule average/average_excess/threshold 2022-01-01: - > 1.3 days",
            ]
        );
    }

    #[test]
    fn rules_preconditions_duties_and_their_dates_are_named() {
        let text = STOCKHOLM
            .replace(
                "until = 2019-12-31\n\n[[rule]]\nid = \"average\"",
                "until = 2019-12-31\n\n# .\n[[rule]]\nid = \"average\"",
            )
            .replacen("within_days = 3", "within_days = 4", 1)
            .replace(
                "within = { amount = 24, unit = \"hours\" }",
                "within = { amount = 48, unit = \"hours\" }",
            )
            .replace("value = 2021-07-01", "value = 2021-09-01");
        assert_eq!(
            against(&text),
            [
                "Changed date psychiatric_it_support/value: 2021-07-01 > 2021-09-01",
                "Changed duty admission_notice ward/within/amount: 24 > 48",
                "Changed rule average/precondition sip_called/within_days: 3 > 4",
            ]
        );
    }
}
