//! Words in, output and exit codes out, with a desk that answers as told.

mod files;

use std::{
    collections::VecDeque,
    io::{self, Read, Write},
    sync::Mutex,
};

use clap::{CommandFactory, Parser};

use super::{
    args::{Cli, Command},
    board, close, completions, context,
    context::Context,
    export,
    failure::{Done, Failure},
    import, man, print,
};
use crate::{
    desk::{
        actor::Actor,
        error::{DeskError, ErrorKind},
        reply::{Board, BoardHead, BoardLine, BoardRow, CloseView, Reply, ShownIdentity},
        request::{Ask, Request},
        service::{
            BackupReport, Connection, Format, ImportJob, ImportReport, Progress, Refused, Service,
        },
    },
    ledger::figures::{Finding, MonthFigures, Status},
    model::{event::CareForm, ids::EpisodeId, money::Kronor, time},
    rules::outlook::{Accrued, Flag, FlagClass, FlagCode, State},
    text::Lang,
};

/// Answers in the order given, and keeps what was asked.
#[derive(Default)]
struct Told {
    replies: Mutex<VecDeque<Result<Reply, DeskError>>>,
    asked: Mutex<Vec<Ask>>,
    imports: Mutex<VecDeque<ImportReport>>,
    jobs: Mutex<Vec<ImportJob>>,
}

impl Told {
    fn says(reply: Reply) -> Self {
        Self {
            replies: Mutex::new([Ok(reply)].into()),
            ..Self::default()
        }
    }
}

impl Service for Told {
    fn ask(&self, request: Request) -> Result<Reply, DeskError> {
        self.asked.lock().unwrap().push(request.ask);
        let next = self.replies.lock().unwrap().pop_front();
        next.unwrap_or_else(|| Err(DeskError::bad_input("stay_unknown", "D-1")))
    }

    fn import(
        &self,
        _actor: &Actor,
        job: &ImportJob,
        input: &mut dyn Read,
        _progress: &mut dyn FnMut(Progress),
    ) -> Result<ImportReport, DeskError> {
        io::copy(input, &mut io::sink()).unwrap();
        self.jobs.lock().unwrap().push(job.clone());
        Ok(self.imports.lock().unwrap().pop_front().unwrap())
    }

    fn backup(
        &self,
        _actor: &Actor,
        _out: &mut dyn Write,
        _progress: &mut dyn FnMut(Progress),
    ) -> Result<BackupReport, DeskError> {
        Err(DeskError::store("disk_full", ""))
    }

    fn connection(&self) -> Connection {
        Connection::Holder
    }
}

/// Runs with output kept.
fn kept(lang: Lang, act: impl FnOnce(&mut Context<'_>) -> Done) -> (Done, String, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let done = act(&mut Context {
        lang,
        now: None,
        actor: context::actor(),
        terminal: false,
        out: &mut out,
        err: &mut err,
    });
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (done, text(out), text(err))
}

fn parsed(words: &str) -> Result<Cli, clap::Error> {
    Cli::try_parse_from(format!("fristdag {words}").split_whitespace())
}

fn command(words: &str) -> Command {
    parsed(words).unwrap().command.unwrap()
}

fn row() -> BoardRow {
    let at = |text| time::parse(text).unwrap();
    BoardRow {
        line: BoardLine {
            episode: EpisodeId::new("D-1").unwrap(),
            payer: Some("1780".parse().unwrap()),
            ward: "Avd\u{1b} 3".to_owned(),
            care_form: CareForm::Somatic,
            ready_since: Some(at("2019-03-04T11:00")),
            state: State::Grace,
            agreement: None,
            liability_start: Some(at("2019-03-07T00:00")),
            seconds_left: Some(3600),
            next_boundary: None,
            flags: vec![Flag {
                code: FlagCode::SipCallLate,
                class: FlagClass::Quality,
            }],
            start_if_met_now: None,
            lost_per_day: None,
            last_event: at("2019-03-04T11:00"),
            accrued: Accrued {
                days: 0,
                amount: Some(Kronor::ZERO),
            },
            tomorrow: Some("7800".parse().unwrap()),
        },
        patient: ShownIdentity {
            name: None,
            pnr: None,
            protected: true,
        },
        hospital: "CSK".to_owned(),
        admitted_at: at("2019-03-01T11:00"),
        expected_discharge: None,
        seq: 1,
        source: None,
        heard: None,
        conflicts: 0,
        next_duty: None,
    }
}

fn a_board(rows: usize) -> Reply {
    let head = BoardHead {
        ready: 1,
        ..BoardHead::default()
    };
    let rows = vec![row(); rows];
    Reply::Board(Board { head, rows }.into())
}

fn closing(blockers: Vec<Finding>) -> Reply {
    Reply::Close(Box::new(CloseView {
        figures: MonthFigures {
            region: "17".parse().unwrap(),
            month: "2019-03".parse().unwrap(),
            status: Status::Open,
            hash: None,
            payers: Vec::new(),
            amount: Kronor::ZERO,
            findings: blockers.clone(),
        },
        hash: "ab12".to_owned(),
        blockers,
        earliest_open: None,
        parked: Vec::new(),
        locked: Vec::new(),
        prepared_by: None,
    }))
}

fn report(refused: u64) -> ImportReport {
    ImportReport {
        lines: 200,
        added: 200 - refused,
        skipped: 0,
        stays: 1,
        held: 0,
        refused_lines: refused,
        refused: (1..=refused.min(100))
            .map(|line| Refused {
                line,
                field: Some("at".to_owned()),
                problem: "not a time".to_owned(),
                text: None,
            })
            .collect(),
        seq: 7,
        recorded: refused == 0,
    }
}

#[test]
fn the_command_line_is_well_formed() {
    Cli::command().debug_assert();
}

#[test]
fn every_command_of_the_interface_is_read() {
    for words in [
        "demo --region 06",
        "init --region 17",
        "import a.jsonl b.csv - --format jsonl --dry-run",
        "import a.jsonl --keep-good",
        "board --json --payer 1780 --all",
        "episode D-1 --json",
        "explain D-1 --json",
        "figures --month 2019-03 --json",
        "close --month 2019-03",
        "close --month 2019-03 --check",
        "close --month 2019-03 --prepare",
        "close --month 2019-03 --approve --expect ab12",
        "close --month 2019-03 --park 1780 --reason tvist",
        "close --month 2019-03 --waive unconfirmed_agreement --reason beslut",
        "agreements",
        "agreements list --json",
        "agreements show lag-2017-612",
        "agreements check a.toml",
        "agreements adopt a.toml",
        "agreements confirm varmland-2019 --until 2020-12-31 --source beslut",
        "manual --month 2018-02 --payer 0643 --amount -5,50 --reason avtal",
        "status --json",
        "invoices --month 2019-03 --json",
        "export --month 2019-03 --format csv --out .",
        "rates",
        "rates set 2021 8500 --source beslut --json",
        "verify --json --anchor a.json",
        "backup a",
        "restore a",
        "print board",
        "serve --socket a.sock",
        "completions bash",
        "man",
        "status --store x --now 2019-03-06T23:00:00+01:00 --lang en",
    ] {
        assert!(
            parsed(words).is_ok_and(|cli| cli.command.is_some()),
            "{words}"
        );
    }
    assert!(parsed("").unwrap().command.is_none());
}

#[test]
fn wrong_usage_is_two() {
    for words in [
        "close --month 2019-03 --approve",
        "close --month 2019-03 --check --prepare",
        "close --month 2019-03 --park 1780",
        "figures --month 2019-13",
        "board --payer 9999",
        "init --region 02",
        "board --now 2019-03-31T02:30",
        "import",
        "nonsense",
    ] {
        assert_eq!(parsed(words).unwrap_err().exit_code(), 2, "{words}");
    }
}

#[test]
fn the_board_shows_rows_safely_and_in_both_languages() {
    let Command::Board(args) = command("board") else {
        panic!()
    };
    let (done, sv, _) = kept(Lang::Sv, |context| {
        board::run(&args, &Told::says(a_board(1)), context)
    });
    assert!(done.is_ok() && !sv.contains('\u{1b}'));
    let last: Vec<_> = sv.lines().last().unwrap().split_whitespace().collect();
    assert_eq!(
        last.join(" "),
        "frist tors 7 mars 00:00 1 h 00 m D-1 skyddad Avd 3 Karlstad 0 7 800 kr SIP sen"
    );
    let (_, en, _) = kept(Lang::En, |context| {
        board::run(&args, &Told::says(a_board(1)), context)
    });
    assert!(en.contains("protected") && en.contains("SEK"));
}

#[test]
fn json_is_the_interfaces_and_the_same_in_both_languages() {
    let Command::Board(args) = command("board --json") else {
        panic!()
    };
    let [sv, en] = [Lang::Sv, Lang::En].map(|lang| {
        kept(lang, |context| {
            board::run(&args, &Told::says(a_board(1)), context)
        })
        .1
    });
    assert_eq!(sv, en);
    let lines: Vec<serde_json::Value> = serde_json::from_str(&sv).unwrap();
    assert_eq!(lines[0]["liability_start"], "2019-03-07T00:00:00+01:00");
    assert_eq!(lines[0]["flags"][0]["flag"], "sip_call_late");
    assert!(lines[0].get("patient").is_none());
}

#[test]
fn a_close_with_blockers_says_no() {
    let Command::Close(args) = command("close --month 2019-03") else {
        panic!()
    };
    let blocker = Finding {
        code: "missing_rate".to_owned(),
        payer: None,
        episode: None,
        detail: "2021".to_owned(),
        waivable: false,
        waived: None,
    };
    let told = Told::says(closing(vec![blocker]));
    let (done, out, _) = kept(Lang::En, |context| close::run(&args, &told, context));
    assert!(matches!(done, Err(Failure::No)));
    assert!(
        out.contains("missing_rate: day rate missing (2021); must be settled"),
        "{out}"
    );
    let told = Told::says(closing(Vec::new()));
    let (done, out, _) = kept(Lang::En, |context| close::run(&args, &told, context));
    assert!(done.is_ok() && out.ends_with("hash ab12\n"));
}

#[test]
fn an_approval_carries_the_hash_that_was_shown() {
    let Command::Close(args) = command("close --month 2019-03 --approve --expect ab12") else {
        panic!()
    };
    let told = Told::default();
    let (done, _, _) = kept(Lang::En, |context| close::run(&args, &told, context));
    assert!(matches!(done, Err(Failure::Desk(_))));
    let asked = told.asked.lock().unwrap();
    assert!(matches!(&asked[..], [Ask::Approve { expect, .. }] if expect == "ab12"));
}

#[test]
fn paper_is_eighty_columns_wide_and_has_a_head_on_each_page() {
    use unicode_width::UnicodeWidthStr;
    let Command::Print(args) = command("print board") else {
        panic!()
    };
    let told = Told::says(a_board(40));
    let (done, text, _) = kept(Lang::Sv, |context| print::run(&args, &told, context));
    assert!(done.is_ok());
    let pages: Vec<_> = text.split('\u{c}').collect();
    assert!(pages.len() > 1);
    for page in pages {
        assert!(page.starts_with("FRISTDAG") && page.lines().count() <= 60);
        assert!(page.lines().all(|line| line.width() <= 80));
    }
}

#[test]
fn manual_and_completions_name_every_command() {
    let (_, page, _) = kept(Lang::Sv, man::run);
    let Command::Completions(args) = command("completions bash") else {
        panic!()
    };
    let (_, script, _) = kept(Lang::Sv, |context| completions::run(&args, context));
    for part in Cli::command().get_subcommands() {
        assert!(page.contains(part.get_name()) && script.contains(part.get_name()));
    }
}

#[test]
fn each_class_of_error_has_its_exit_code() {
    for (failure, code) in [
        (Failure::Unread, 0),
        (Failure::No, 1),
        (
            Failure::Desk(DeskError::bad_input("stay_unknown", "D-1")),
            2,
        ),
        (Failure::Desk(DeskError::store("store_in_use", 4711)), 3),
        (
            Failure::Desk(DeskError::new(
                ErrorKind::NotAllowed,
                "wire_not_same_user",
                "",
            )),
            4,
        ),
    ] {
        let mut err = Vec::new();
        assert_eq!(failure.tell(Lang::En, &mut err), code);
        assert_eq!(err.is_empty(), code < 2);
    }
    let closed = io::Error::from(io::ErrorKind::BrokenPipe);
    assert!(matches!(Failure::from(closed), Failure::Unread));
}
