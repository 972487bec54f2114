//! Decisions about agreements, settlements and trial files, as users make them.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
};

use serde_json::{Value, json};

/// A store of one region that goes away with the test.
struct Shop {
    folder: tempfile::TempDir,
}

impl Shop {
    fn new(region: &str) -> Self {
        let shop = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        shop.does(&["init", "--region", region]);
        shop
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("fristdag"));
        command
            .env_remove("FRISTDAG_AGREEMENTS")
            .env("FRISTDAG_LANG", "en")
            .env("FRISTDAG_NOW", "2022-03-01T10:00:00+01:00")
            .env("FRISTDAG_STORE", self.path("store"))
            .args(words);
        command
    }

    fn run(&self, words: &[&str]) -> Output {
        self.command(words).output().unwrap()
    }

    /// Standard output of what must be done.
    fn does(&self, words: &[&str]) -> String {
        let output = self.run(words);
        let err = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{words:?}: {err}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Standard error of what must be refused with `code`.
    fn refuses(&self, words: &[&str], code: i32) -> String {
        let output = self.run(words);
        assert_eq!(output.status.code(), Some(code), "{words:?}");
        String::from_utf8(output.stderr).unwrap()
    }

    fn json(&self, words: &[&str]) -> Value {
        let all: Vec<&str> = words.iter().copied().chain(["--json"]).collect();
        serde_json::from_str(&self.does(&all)).unwrap()
    }

    fn figures(&self, month: &str) -> Value {
        self.json(&["figures", "--month", month])
    }

    /// Locks a month; answers its invoices and credit notes.
    fn lock(&self, month: &str) -> Value {
        let prepared = self.json(&["close", "--month", month, "--prepare"]);
        let hash = prepared["hash"].as_str().unwrap();
        self.does(&["close", "--month", month, "--approve", "--expect", hash]);
        self.json(&["invoices", "--month", month])
    }

    fn import(&self, events: &[Value]) {
        let lines: Vec<String> = events.iter().map(Value::to_string).collect();
        let file = self.path("events.jsonl");
        fs::write(&file, lines.join("\n")).unwrap();
        self.does(&["import", file.to_str().unwrap()]);
    }

    fn verified(&self) {
        assert!(self.does(&["verify"]).contains("Everything holds."));
    }
}

/// A stay with every precondition met, ready on one date and home on another.
fn stay(id: &str, payer: &str, form: &str, ready: &str, home: &str) -> Vec<Value> {
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

fn halland_locked_to_october() -> Shop {
    let shop = Shop::new("13");
    for month in 1..=10 {
        shop.lock(&format!("2018-{month:02}"));
    }
    shop
}

fn settle(shop: &Shop, payer: &str, cost: &str, month: &str) -> Vec<Value> {
    let words = ["settlements", "set", "2018", payer, cost];
    let more = ["--month", month, "--source", "Bokslut 2018", "--json"];
    let all: Vec<&str> = words.iter().chain(&more).copied().collect();
    let list: Value = serde_json::from_str(&shop.does(&all)).unwrap();
    list.as_array().unwrap().clone()
}

#[test]
fn a_settlement_becomes_a_line_or_credit_notes_and_nothing_is_lost() {
    let shop = halland_locked_to_october();
    let entered = settle(&shop, "1380", "150000", "2018-12");
    assert_eq!(
        (&entered[0]["paid"], &entered[0]["difference"]),
        (&json!("130250.00"), &json!("19750.00"))
    );
    settle(&shop, "1384", "900000.50", "2018-12");
    settle(&shop, "1383", "357140", "2018-12");
    let figures = shop.figures("2018-12");
    let line = &figures["payers"][0]["lines"][0];
    assert_eq!(
        (&line["kind"], &line["amount"]),
        (&json!("settlement"), &json!("19750.00"))
    );
    assert_eq!(figures["payers"][1]["lines"], json!([]), "even: {figures}");
    let notes = shop.lock("2018-12");
    let told: Vec<String> = notes
        .as_array()
        .unwrap()
        .iter()
        .map(|it| format!("{} {} {}", it["payer"], it["credits"], it["amount"]).replace('"', ""))
        .collect();
    assert_eq!(
        told,
        [
            "1380 null 19750.00",
            "1384 13-000040 101071.50",
            "1384 13-000045 125134.00",
            "1384 13-000050 125134.00",
        ]
    );
    let out = shop.path("out");
    let out = out.to_str().unwrap();
    shop.does(&[
        "export", "--month", "2018-12", "--format", "csv", "--out", out,
    ]);
    let csv = fs::read_to_string(shop.path("out/fristdag-13-2018-12.csv")).unwrap();
    assert!(
        csv.contains("credit_note,,2018-08,1,-101071.50,-101071.50,13-K000001,13-000040"),
        "{csv}"
    );
    shop.verified();
}

#[test]
fn what_was_paid_back_is_not_billed_again_when_something_comes_late() {
    let shop = halland_locked_to_october();
    settle(&shop, "1384", "900000.50", "2018-12");
    shop.lock("2018-12");
    // A late stay has the locked months reckoned again.
    shop.import(&stay("L1", "1384", "somatic", "2018-09-03", "2018-10-20"));
    assert_eq!(shop.figures("2019-01")["payers"], json!([]));
    // The right cost came out a little higher.
    settle(&shop, "1384", "900100", "2019-01");
    let figures = shop.figures("2019-01");
    let line = &figures["payers"][0]["lines"][0];
    assert_eq!(
        (&line["kind"], &line["amount"]),
        (&json!("settlement"), &json!("99.50"))
    );
    shop.lock("2019-01");
    assert_eq!(shop.figures("2019-02")["payers"], json!([]));
    shop.verified();
}

#[test]
fn a_settlement_waits_for_the_months_that_it_settles() {
    let shop = Shop::new("13");
    shop.lock("2018-01");
    settle(&shop, "1380", "150000", "2018-12");
    let check = shop.json(&["close", "--month", "2018-12", "--check"]);
    let codes: Vec<&str> = check["blockers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["code"].as_str().unwrap())
        .collect();
    let open = codes
        .iter()
        .filter(|code| **code == "settlement_open_month");
    assert_eq!((open.count(), codes[0]), (9, "earlier_month_open"));
    let set = |year, payer, cost, month| {
        let words = [
            "settlements",
            "set",
            year,
            payer,
            cost,
            "--month",
            month,
            "--source",
            "B",
        ];
        shop.refuses(&words, 2)
    };
    assert!(set("2018", "1380", "1", "2018-10").contains("2018-10"));
    assert!(set("2019", "1380", "1", "2020-01").contains("no fixed shares"));
    assert!(set("2018", "1780", "1", "2018-12").contains("no fixed shares"));
    assert!(set("2018", "1380", "-1", "2018-12").contains("below zero"));
}

fn stockholm() -> Shop {
    let shop = Shop::new("01");
    shop.does(&["rates", "set", "2021", "9000", "--source", "beslut"]);
    let confirm = ["agreements", "confirm", "stockholm-2020"];
    let until = ["--until", "2022-12-31", "--source", "beslut"];
    let words: Vec<&str> = confirm.iter().chain(&until).copied().collect();
    shop.does(&words);
    shop
}

fn suspend(shop: &Shop, more: &[&str]) -> Output {
    let words = [
        "agreements",
        "suspend",
        "stockholm-2020",
        "--reason",
        "osäkra data",
    ];
    let all: Vec<&str> = words
        .iter()
        .chain(["--source", "RS 17"].iter())
        .chain(more)
        .copied()
        .collect();
    shop.run(&all)
}

#[test]
fn a_suspended_agreement_charges_nothing_and_says_so() {
    let shop = stockholm();
    shop.import(&stay(
        "P1",
        "0126",
        "psychiatric",
        "2021-03-02",
        "2021-03-20",
    ));
    shop.import(&stay(
        "P2",
        "0126",
        "psychiatric",
        "2021-04-02",
        "2021-04-20",
    ));
    assert!(
        suspend(&shop, &["--from", "2021-03-03", "--until", "2021-04-02"])
            .status
            .success()
    );
    // The start decides: the first began the day before, the second on the last day.
    assert_eq!(shop.figures("2021-03")["amount"], "117000.00");
    let april = shop.figures("2021-04");
    let entry = &april["payers"][0];
    assert_eq!(
        entry["agreement"], "stockholm-2020",
        "no other rule takes its place"
    );
    assert_eq!(
        (&entry["amount"], &entry["excluded"]),
        (
            &json!("0.00"),
            &json!([{"episode": "P2", "reason": "suspended"}])
        )
    );
    let board = shop.json(&["--now", "2021-04-10T10:00", "board"]);
    assert_eq!(board[0]["state"], "grace");
    assert_eq!(
        board[0]["flags"][0],
        json!({"flag": "agreement_suspended", "class": "blocks_by_agreement"})
    );
    let words = shop.does(&["--lang", "sv", "--now", "2021-04-10T10:00", "board"]);
    assert!(words.contains("vilande"), "{words}");
    let explained = shop.json(&["--now", "2021-04-10T10:00", "explain", "P2"]);
    let steps = explained["spans"][0]["steps"].as_array().unwrap();
    let step = steps
        .iter()
        .find(|step| step["code"] == "suspended")
        .unwrap();
    let source = step["inputs"]
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["name"] == "source");
    assert_eq!(source.unwrap()["value"], "RS 17");
    assert!(
        shop.does(&["agreements"])
            .contains("suspended, nothing is charged: 2021-03-03 to 2021-04-02")
    );
    let again = suspend(&shop, &["--from", "2021-04-02"]);
    assert_eq!(again.status.code(), Some(2), "overlapping");
}

#[test]
fn a_locked_month_keeps_the_suspension_that_was_known_then() {
    let shop = stockholm();
    shop.import(&stay(
        "P1",
        "0126",
        "psychiatric",
        "2021-04-02",
        "2021-04-20",
    ));
    assert!(suspend(&shop, &["--from", "2021-04-01"]).status.success());
    shop.lock("2021-04");
    // Taken back whole: what was locked stays, and is adjusted under its own.
    let resume = [
        "agreements",
        "resume",
        "stockholm-2020",
        "--from",
        "2021-04-01",
        "--source",
        "RS 30",
    ];
    shop.does(&resume);
    shop.import(&stay(
        "P2",
        "0126",
        "psychiatric",
        "2021-04-02",
        "2021-04-20",
    ));
    assert_eq!(shop.figures("2021-04")["amount"], "0.00");
    assert_eq!(
        shop.figures("2021-05")["payers"],
        json!([]),
        "no adjustment"
    );
    shop.import(&stay(
        "P3",
        "0126",
        "psychiatric",
        "2021-05-02",
        "2021-05-10",
    ));
    assert_eq!(shop.figures("2021-05")["amount"], "27000.00");
    shop.lock("2021-05");
    assert!(suspend(&shop, &["--from", "2021-05-01"]).status.success());
    assert_eq!(shop.figures("2021-05")["amount"], "27000.00");
    assert_eq!(shop.figures("2021-06")["payers"], json!([]), "no credit");
    shop.verified();
}

#[test]
fn the_date_of_the_it_support_moves_psychiatry_into_the_average() {
    let shop = stockholm();
    shop.import(&stay(
        "P1",
        "0126",
        "psychiatric",
        "2021-11-02",
        "2021-11-20",
    ));
    shop.import(&stay(
        "P2",
        "0126",
        "psychiatric",
        "2021-12-02",
        "2021-12-20",
    ));
    let model = |month: &str| shop.figures(month)["payers"][0]["model"].clone();
    assert_eq!(model("2021-11"), "average_excess");
    let set = |name: &str, date: &str| {
        shop.run(&[
            "agreements",
            "set",
            "stockholm-2020",
            name,
            date,
            "--source",
            "Driftsatt",
        ])
    };
    assert!(set("psychiatric_it_support", "2021-12-01").status.success());
    assert_eq!(
        (model("2021-11"), model("2021-12")),
        (json!("individual"), json!("average_excess"))
    );
    shop.lock("2021-11");
    // Set again after the lock: the lock's own date adjusts it.
    assert!(set("psychiatric_it_support", "2021-11-01").status.success());
    shop.import(&stay(
        "P3",
        "0126",
        "psychiatric",
        "2021-11-02",
        "2021-11-10",
    ));
    let december = shop.figures("2021-12");
    let entries = december["payers"].as_array().unwrap();
    let adjusted = entries
        .iter()
        .find(|entry| entry["model"] == "individual")
        .unwrap();
    assert_eq!(
        adjusted["lines"][0]["amount"], "27000.00",
        "three days, five free"
    );
    assert_eq!(set("it_support", "2021-12-01").status.code(), Some(2));
    let early = set("psychiatric_it_support", "2020-01-01");
    let said = String::from_utf8(early.stderr).unwrap();
    assert!(said.contains("stockholm-2020.toml:"), "{said}");
    let shown = shop.json(&["agreements", "show", "stockholm-2020"]);
    assert_eq!(shown["view"]["dates"][0]["date"], "2021-11-01");
    assert_eq!(shown["view"]["dates"][0]["source"], "Driftsatt");
    shop.verified();
}

/// Five free days in psychiatry made three.
fn kinder(shop: &Shop) -> PathBuf {
    let text = include_str!("../../src/rules/agreements/stockholm-2020.toml");
    let folder = shop.path("trial");
    fs::create_dir(&folder).unwrap();
    let text = text.replace("value = 5, unit", "value = 3, unit");
    fs::write(folder.join("stockholm.toml"), text).unwrap();
    folder
}

/// A service that ends with the test.
struct Serving(Child);

impl Drop for Serving {
    fn drop(&mut self) {
        let _ended = self.0.kill();
        let _waited = self.0.wait();
    }
}

#[test]
fn files_of_a_folder_are_tried_and_decide_nothing() {
    let shop = stockholm();
    shop.import(&stay(
        "P1",
        "0126",
        "psychiatric",
        "2021-04-02",
        "2021-04-20",
    ));
    let folder = kinder(&shop);
    let folder = folder.to_str().unwrap();
    let tried = |words: &[&str]| {
        let all: Vec<&str> = ["--agreements", folder]
            .iter()
            .chain(words)
            .copied()
            .collect();
        shop.run(&all)
    };
    let amount = || {
        let out = tried(&["figures", "--month", "2021-04", "--json"]).stdout;
        serde_json::from_slice::<Value>(&out).unwrap()["amount"].clone()
    };
    assert_eq!(
        (amount(), &shop.figures("2021-04")["amount"]),
        (json!("135000.00"), &json!("117000.00"))
    );
    let prepared = shop.json(&["close", "--month", "2021-04", "--prepare"]);
    let hash = prepared["hash"].as_str().unwrap();
    let approve = ["close", "--month", "2021-04", "--approve", "--expect", hash];
    let refused = tried(&approve);
    assert_eq!(refused.status.code(), Some(1));
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(
        said.contains("only tried") && said.contains("stockholm.toml"),
        "{said}"
    );
    // The same through another process that holds the store.
    let mut serving = Serving(
        shop.command(&["serve"])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap(),
    );
    let mut line = String::new();
    BufReader::new(serving.0.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    assert_eq!(amount(), "135000.00");
    assert_eq!(tried(&approve).status.code(), Some(1));
    drop(serving);
    assert_eq!(tried(&["serve"]).status.code(), Some(2));
    // Once adopted, the same folder stands in nobody's way.
    let file = format!("{folder}/stockholm.toml");
    shop.does(&["agreements", "adopt", &file]);
    let out = tried(&["close", "--month", "2021-04", "--prepare", "--json"]).stdout;
    let hash = serde_json::from_slice::<Value>(&out).unwrap()["hash"].clone();
    let hash = hash.as_str().unwrap();
    assert!(
        tried(&["close", "--month", "2021-04", "--approve", "--expect", hash])
            .status
            .success()
    );
    assert_eq!(shop.figures("2021-04")["amount"], "135000.00");
}

#[test]
fn a_folder_that_does_not_hold_is_refused_with_file_and_line() {
    let shop = stockholm();
    let folder = kinder(&shop);
    let file = folder.join("stockholm.toml");
    let broken = fs::read_to_string(&file)
        .unwrap()
        .replace("adults_only", "adults_onli");
    let line = broken
        .lines()
        .position(|line| line.starts_with("[rule.average_excess]"));
    fs::write(folder.join("broken.toml"), &broken).unwrap();
    let said = shop.refuses(&["--agreements", folder.to_str().unwrap(), "board"], 2);
    assert!(
        said.contains("broken.toml:") && said.contains("adults_onli"),
        "{said}"
    );
    assert!(line.is_some());
    fs::rename(folder.join("broken.toml"), folder.join("old.txt")).unwrap();
    fs::copy(&file, folder.join("twice.toml")).unwrap();
    let said = shop.refuses(&["--agreements", folder.to_str().unwrap(), "board"], 2);
    assert!(
        said.contains("twice.toml:1:") && said.contains("is also in"),
        "{said}"
    );
    let empty = shop.path("empty");
    fs::create_dir(&empty).unwrap();
    shop.refuses(&["--agreements", empty.to_str().unwrap(), "board"], 2);
    shop.refuses(
        &[
            "--agreements",
            Path::new("/nowhere").to_str().unwrap(),
            "board",
        ],
        2,
    );
}

#[test]
fn agreements_are_compared_value_by_value() {
    let shop = stockholm();
    let folder = kinder(&shop);
    let file = folder.join("stockholm.toml");
    let file = file.to_str().unwrap();
    let diff = shop.json(&["agreements", "diff", file]);
    let change = &diff["changes"][0];
    assert_eq!(diff["changes"].as_array().unwrap().len(), 2, "{diff}");
    assert_eq!(
        (
            &change["from"],
            &change["old"]["value"],
            &change["new"]["value"]
        ),
        (&json!("2020-01-01"), &json!("5 days"), &json!("3 days"))
    );
    assert!(
        change["new"]["clause"]
            .as_str()
            .unwrap()
            .contains("övergångslösning")
    );
    let words = shop.does(&["--lang", "sv", "agreements", "diff", "stockholm-2020", file]);
    assert!(
        words.contains("grace_days (från 2020-01-01): ändrat"),
        "{words}"
    );
    assert!(
        shop.does(&["agreements", "diff", "stockholm-2020"])
            .contains("The same in every value.")
    );
    shop.does(&["agreements", "adopt", file]);
    assert!(
        shop.does(&["agreements", "diff", "stockholm-2020"])
            .contains("+ 3 days")
    );
    shop.refuses(&["agreements", "diff", "nobodys-2019"], 2);
}
