//! A rule's values as its file spells them, in the file's order: for people
//! who read an agreement, so that nothing in it is left out or paraphrased.

use chrono::NaiveDate;
use toml::{Table, Value};

use super::{
    Agreement, Rule,
    layout::{Layout, Step},
};

/// A value as written, with what it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenValue {
    /// Its name in the file, for instance `threshold`.
    pub name: String,
    /// Whom it is for, where each payer has its own.
    pub payer: Option<String>,
    /// The value; empty where the clause says it all.
    pub value: String,
    /// What it is counted in.
    pub unit: Option<String>,
    /// The first date on which it holds; none where it always does.
    pub from: Option<NaiveDate>,
    /// Whether it holds on the date asked about: no later value has taken its
    /// place, and its own date has come.
    pub holds: bool,
    /// Section of the document.
    pub clause: String,
    /// Whether it is a reading.
    pub reading: bool,
    /// Other readings that were not chosen.
    pub alternatives: Vec<String>,
}

impl Agreement {
    /// The values of a rule's model, in the file's order; `holds` tells which
    /// of several dated ones holds on `date`.
    #[must_use]
    pub fn written_values(&self, rule: &Rule, date: NaiveDate) -> Vec<WrittenValue> {
        // Checked when it was loaded: it is a table with these rules.
        let Ok(table) = self.text().parse::<Table>() else {
            return Vec::new();
        };
        let rules = table.get("rule").and_then(Value::as_array);
        let is = |one: &Value| one.get("id").and_then(Value::as_str) == Some(&*rule.id);
        let Some((index, written)) = rules
            .and_then(|rules| rules.iter().enumerate().find(|(_, one)| is(one)))
            .and_then(|(index, one)| Some((index, one.as_table()?)))
        else {
            return Vec::new();
        };
        let Some((model, values)) = MODELS
            .iter()
            .find_map(|model| Some((*model, written.get(*model)?.as_table()?)))
        else {
            return Vec::new();
        };
        let layout = Layout::of(self.text());
        let place = |name: &str| {
            let steps = [
                Step::Field("rule"),
                Step::Nth(index),
                Step::Field(model),
                Step::Field(name),
            ];
            layout.span(&steps).start
        };
        let mut names: Vec<&String> = values.keys().collect();
        names.sort_by_key(|name| place(name));
        let all = names.into_iter();
        all.flat_map(|name| told(name, &values[name], date))
            .collect()
    }
}

/// The tables of a rule that hold its values.
const MODELS: [&str; 4] = [
    "individual",
    "average_excess",
    "average_trigger",
    "fixed_share",
];

fn told(name: &str, value: &Value, date: NaiveDate) -> Vec<WrittenValue> {
    let tables: Vec<&Table> = match value {
        Value::Array(all) => all.iter().filter_map(Value::as_table).collect(),
        Value::Table(one) => vec![one],
        _ => Vec::new(),
    };
    let mut lines: Vec<_> = tables.into_iter().map(|table| line(name, table)).collect();
    // The last one that has begun holds; the others have passed or will come.
    let begun = lines
        .iter()
        .rposition(|line| line.from.is_some_and(|from| from <= date));
    for (index, line) in lines.iter_mut().enumerate() {
        line.holds = line.from.is_none() || begun == Some(index);
    }
    lines
}

fn line(name: &str, table: &Table) -> WrittenValue {
    let text = |field: &str| table.get(field).map(plain);
    let alternatives = table.get("alternatives").and_then(Value::as_array);
    WrittenValue {
        name: name.to_owned(),
        payer: text("payer"),
        value: text("value").or_else(|| text("kronor")).unwrap_or_default(),
        unit: text("unit").or_else(|| table.get("kronor").map(|_| "kronor".to_owned())),
        from: text("from").and_then(|from| from.parse().ok()),
        holds: true,
        clause: text("clause").unwrap_or_default(),
        reading: table.get("reading").and_then(Value::as_bool) == Some(true),
        alternatives: alternatives.into_iter().flatten().map(plain).collect(),
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(text: &str) -> Agreement {
        Agreement::load("a.toml", text).unwrap()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn values_come_in_the_files_order_and_say_which_one_holds() {
        let stockholm = load(include_str!("../agreements/stockholm-2020.toml"));
        let rule = stockholm.rule("average").unwrap();
        let names = |values: &[WrittenValue]| {
            let mut names: Vec<_> = values.iter().map(|value| value.name.clone()).collect();
            names.dedup();
            names
        };
        let values = stockholm.written_values(rule, day("2021-12-01"));
        assert_eq!(names(&values)[0], "threshold");
        let thresholds = |date: &str| {
            let values = stockholm.written_values(rule, day(date));
            let held = values.into_iter().filter(|value| value.name == "threshold");
            held.map(|value| (value.value, value.holds))
                .collect::<Vec<_>>()
        };
        let before = thresholds("2021-10-31");
        let after = thresholds("2021-11-01");
        assert_eq!(after.last().unwrap(), &("1.3".to_owned(), true));
        assert_eq!(before.last().unwrap(), &("1.3".to_owned(), false));
        assert_eq!(before.iter().filter(|(_, holds)| *holds).count(), 1);
    }

    #[test]
    fn each_payers_own_amount_is_named_with_its_payer() {
        let halland = load(include_str!("../agreements/halland-2018.toml"));
        let rule = halland
            .rules()
            .iter()
            .find(|rule| !halland.written_values(rule, day("2018-06-01")).is_empty())
            .unwrap();
        let values = halland.written_values(rule, day("2018-06-01"));
        let hylte = values
            .iter()
            .find(|value| value.payer.as_deref() == Some("1315"));
        let hylte = hylte.unwrap();
        assert_eq!(
            (hylte.value.as_str(), hylte.unit.as_deref()),
            ("0", Some("kronor"))
        );
        let settled = values
            .iter()
            .find(|value| value.name == "settlement")
            .unwrap();
        assert!(settled.reading && !settled.alternatives.is_empty());
    }
}
