//! The binary on a store of any region, long after the months it asks about.

use std::{
    fs,
    path::PathBuf,
    process::{Command, Output},
};

use serde_json::{Value, json};

/// A store of one region that goes away with the test.
pub struct Shop {
    folder: tempfile::TempDir,
}

impl Shop {
    pub fn new(region: &str) -> Self {
        let shop = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        shop.does(&["init", "--region", region]);
        shop
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("fristdag"));
        command
            .env_remove("FRISTDAG_AGREEMENTS")
            .env("FRISTDAG_LANG", "en")
            .env("FRISTDAG_NOW", "2022-03-01T10:00:00+01:00")
            .env("FRISTDAG_STORE", self.path("store"))
            .args(words);
        command
    }

    pub fn run(&self, words: &[&str]) -> Output {
        self.command(words).output().unwrap()
    }

    /// Standard output of what must be done.
    pub fn does(&self, words: &[&str]) -> String {
        let output = self.run(words);
        let err = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{words:?}: {err}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Standard error of what must be refused with `code`.
    pub fn refuses(&self, words: &[&str], code: i32) -> String {
        let output = self.run(words);
        assert_eq!(output.status.code(), Some(code), "{words:?}");
        String::from_utf8(output.stderr).unwrap()
    }

    pub fn json(&self, words: &[&str]) -> Value {
        let all: Vec<&str> = words.iter().copied().chain(["--json"]).collect();
        serde_json::from_str(&self.does(&all)).unwrap()
    }

    pub fn figures(&self, month: &str) -> Value {
        self.json(&["figures", "--month", month])
    }

    /// Locks a month; answers its invoices and credit notes.
    pub fn lock(&self, month: &str) -> Value {
        let prepared = self.json(&["close", "--month", month, "--prepare"]);
        let hash = prepared["hash"].as_str().unwrap();
        self.does(&["close", "--month", month, "--approve", "--expect", hash]);
        self.json(&["invoices", "--month", month])
    }

    pub fn import(&self, events: &[Value]) {
        let lines: Vec<String> = events.iter().map(Value::to_string).collect();
        let file = self.path("events.jsonl");
        fs::write(&file, lines.join("\n")).unwrap();
        self.does(&["import", file.to_str().unwrap()]);
    }

    pub fn verified(&self) {
        assert!(self.does(&["verify"]).contains("Everything holds."));
    }
}

/// A stay with every precondition met, ready on one date and home on another.
pub fn stay(id: &str, payer: &str, form: &str, ready: &str, home: &str) -> Vec<Value> {
    let event = |n: u8, at: &str, kind: &str| json!({"id": n.to_string(), "episode": id, "at": at, "kind": kind});
    let admitted = format!("{}-01T08:00:00", &ready[..7]);
    let mut first = event(1, &admitted, "admitted");
    let more = json!({"patient": {"pnr": "19300202-7047", "name": "Test"}, "hospital": "H", "ward": "W",
        "care_form": form, "municipality": payer});
    first
        .as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    let mut contact = event(3, &admitted, "care_contact_assigned");
    contact["name"] = "K".into();
    contact["unit"] = "V".into();
    vec![
        first,
        event(2, &admitted, "admission_notice"),
        contact,
        event(4, &admitted, "sip_called"),
        event(5, &format!("{ready}T10:00:00"), "ready_notice"),
        event(6, &format!("{home}T10:00:00"), "discharged"),
    ]
}

/// Stockholm's, with a rate and a confirmation.
pub fn stockholm() -> Shop {
    let shop = Shop::new("01");
    shop.does(&["rates", "set", "2021", "9000", "--source", "beslut"]);
    let confirm = ["agreements", "confirm", "stockholm-2020"];
    let until = ["--until", "2022-12-31", "--source", "beslut"];
    let words: Vec<&str> = confirm.iter().chain(&until).copied().collect();
    shop.does(&words);
    shop
}
