//! The file of record as plain JSON, read without the program.

use std::{fs, path::Path};

use serde_json::Value;

/// Every entry of a store, in order, as `kind body`; an import's batch line is
/// followed by its entries. What is random (keys, salts, names of batch
/// files) is left out. An unfinished last line is no entry.
pub fn entries(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder.join("journal"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !name.starts_with("batch-"))
        .collect();
    names.sort();
    let mut found = Vec::new();
    for name in names {
        for line in lines(&folder.join("journal").join(name)) {
            if line["kind"] != "batch" {
                found.push(told(&line));
                continue;
            }
            found.push(format!("batch of {}", line["body"]["count"]));
            let file = line["body"]["file"].as_str().unwrap();
            found.extend(lines(&folder.join("journal").join(file)).iter().map(told));
        }
    }
    found
}

fn told(line: &Value) -> String {
    let mut body = line["body"].clone();
    if let Some(patient) = body.get_mut("patient").and_then(Value::as_object_mut) {
        patient.remove("key");
        patient.remove("commitment");
    }
    format!("{} {body}", line["kind"])
}

/// The whole lines of a file.
fn lines(path: &Path) -> Vec<Value> {
    let text = fs::read_to_string(path).unwrap();
    let whole = text.rfind('\n').map_or(0, |end| end + 1);
    text[..whole]
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}
