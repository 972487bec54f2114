//! The desk on a real folder: worked examples in, figures and countdowns out.

use std::{path::Path, sync::Arc};

use fristdag::{
    desk::{
        Desk,
        actor::{Actor, Role, Scope},
        error::DeskError,
        init,
        reply::{Board, CloseView, FiguresView, LockView, Reply, Verified},
        request::{Ask, BoardAsk, Request},
        service::{Format, ImportJob, ImportReport, Progress, Service, Step},
    },
    model::{
        clock::FixedClock,
        ids::EpisodeId,
        time::{self, Instant},
    },
    rules::outlook::State,
};

/// A moment after every worked example.
pub const AFTER: &str = "2019-06-03T09:00:00+02:00";

pub fn at(text: &str) -> Instant {
    time::parse(text).unwrap()
}

pub fn actor() -> Actor {
    Actor {
        user: "test".to_owned(),
        unit: "ekonomi".to_owned(),
        role: Role::Planner,
        scope: Scope::Region,
    }
}

pub fn new_store(folder: &Path, region: &str) -> Desk {
    let clock = FixedClock::at(at(AFTER));
    init(folder, region.parse().unwrap(), &clock).unwrap();
    open(folder)
}

pub fn open(folder: &Path) -> Desk {
    Desk::open(folder, Arc::new(FixedClock::at(at(AFTER))), &mut |_| {}).unwrap()
}

pub fn ask(desk: &dyn Service, ask: Ask) -> Result<Reply, DeskError> {
    desk.ask(Request {
        actor: actor(),
        now: None,
        ask,
    })
}

pub fn import(desk: &dyn Service, text: &str) -> ImportReport {
    import_with(desk, text, false)
}

pub fn import_with(desk: &dyn Service, text: &str, keep_good: bool) -> ImportReport {
    let job = ImportJob {
        file: "golden.jsonl".to_owned(),
        format: Format::Jsonl,
        dry_run: false,
        keep_good,
        bytes: Some(text.len() as u64),
    };
    desk.import(&actor(), &job, &mut text.as_bytes(), &mut |_| {})
        .unwrap()
}

/// Two that come at once know nothing of each other until one is recorded.
#[test]
fn an_import_that_another_one_overtook_is_compared_again() {
    let text = golden("varmland-2019-03");
    let some: String = text
        .lines()
        .take(30)
        .map(|line| format!("{line}\n"))
        .collect();
    for (other, added, skipped) in [(&text, 0, 43), (&some, 13, 30)] {
        let folder = tempfile::tempdir().unwrap();
        let desk = new_store(folder.path(), "17");
        let mut first = None;
        let job = ImportJob {
            file: "golden.jsonl".to_owned(),
            format: Format::Jsonl,
            dry_run: false,
            keep_good: false,
            bytes: None,
        };
        let mut overtake = |step: Progress| {
            if step.step == Step::Publishing && first.is_none() {
                first = Some(import(&desk, other).added);
            }
        };
        let report = desk
            .import(&actor(), &job, &mut text.as_bytes(), &mut overtake)
            .unwrap();
        assert_eq!((report.added, report.skipped), (added, skipped));
        assert_eq!(first, Some(skipped), "it was there before");
        assert_eq!(
            figures(&desk, "2019-03").figures.amount.to_string(),
            "39000.00"
        );
        assert!(verify(&desk).ok, "{:?}", verify(&desk).differences);
    }
}

pub fn golden(name: &str) -> String {
    std::fs::read_to_string(format!("fixtures/golden/{name}.jsonl")).unwrap()
}

pub fn figures(desk: &dyn Service, month: &str) -> FiguresView {
    match ask(
        desk,
        Ask::Figures {
            month: month.parse().unwrap(),
        },
    )
    .unwrap()
    {
        Reply::Figures(view) => *view,
        other => panic!("{other:?}"),
    }
}

pub fn board(desk: &dyn Service, now: &str) -> Arc<Board> {
    let wanted = Ask::Board(BoardAsk::default());
    let request = Request {
        actor: actor(),
        now: Some(at(now)),
        ask: wanted,
    };
    match desk.ask(request).unwrap() {
        Reply::Board(board) => board,
        other => panic!("{other:?}"),
    }
}

pub fn close(desk: &dyn Service, month: &str) -> CloseView {
    match ask(
        desk,
        Ask::CloseCheck {
            month: month.parse().unwrap(),
        },
    )
    .unwrap()
    {
        Reply::Close(view) => *view,
        other => panic!("{other:?}"),
    }
}

pub fn lock(desk: &dyn Service, month: &str) -> Result<LockView, DeskError> {
    let expect = close(desk, month).hash;
    match ask(
        desk,
        Ask::Approve {
            month: month.parse().unwrap(),
            expect,
        },
    )? {
        Reply::Locked(view) => Ok(*view),
        other => panic!("{other:?}"),
    }
}

pub fn verify(desk: &dyn Service) -> Verified {
    match ask(desk, Ask::Verify { anchor: None }).unwrap() {
        Reply::Verified(verified) => *verified,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_worked_examples_come_out_of_a_store() {
    for (region, name, month, total) in [
        ("17", "varmland-2019-03", "2019-03", "39000.00"),
        ("17", "varmland-2019-03", "2019-04", "234000.00"),
        ("06", "jonkoping-2018-05", "2018-05", "444460.00"),
        ("23", "jamtland-2018-07", "2018-06", "0.00"),
        ("23", "jamtland-2018-07", "2018-07", "28400.00"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let desk = new_store(folder.path(), region);
        let report = import(&desk, &golden(name));
        assert!(report.recorded && report.refused.is_empty() && report.skipped == 0);
        let first = figures(&desk, month);
        assert_eq!(first.figures.amount.to_string(), total, "{name} {month}");
        let again = import(&desk, &golden(name));
        assert_eq!((again.added, again.skipped), (0, report.added));
        assert_eq!(figures(&desk, month), first);
        assert!(verify(&desk).ok, "{:?}", verify(&desk).differences);
        drop(desk);
        let desk = open(folder.path());
        assert_eq!(figures(&desk, month), first, "after a restart");
    }
}

#[test]
fn the_board_counts_down_as_at_a_moment_in_the_past() {
    let folder = tempfile::tempdir().unwrap();
    let desk = new_store(folder.path(), "17");
    import(&desk, &golden("varmland-2019-03"));
    let board = board(&desk, "2019-03-06T23:00:00+01:00");
    let left = |id: &str| {
        let row = board
            .rows
            .iter()
            .find(|row| row.line.episode.as_str() == id)
            .unwrap();
        row.line.seconds_left
    };
    assert_eq!(left("VARM-1"), Some(3_600));
    assert_eq!(left("VARM-2"), Some(25 * 3_600));
}

#[test]
fn a_locked_month_answers_the_same_bytes_for_ever() {
    let folder = tempfile::tempdir().unwrap();
    let desk = new_store(folder.path(), "17");
    import(&desk, &golden("varmland-2019-03"));
    let later = lock(&desk, "2019-04").unwrap_err();
    assert_eq!(later.code, "earlier_month_open");
    let made = lock(&desk, "2019-03").unwrap();
    assert_eq!(made.amount.to_string(), "39000.00");
    assert_eq!(made.invoices.len(), 2);
    assert_eq!(made.invoices[0].number, "17-000001");
    let locked = figures(&desk, "2019-03").locked_json.unwrap();
    // The discharge of VARM-1 never happened: March was billed too low.
    let void = r#"{"id":"v1","episode":"VARM-1","at":"2019-05-02T10:00:00+02:00","kind":"void","event":"VARM-1/5","reason":"fel patient"}"#;
    let discharged = golden("varmland-2019-03")
        .lines()
        .find(|line| line.contains("\"VARM-1\"") && line.contains("\"discharged\""))
        .unwrap()
        .to_owned();
    let id = discharged.split('"').nth(3).unwrap().to_owned();
    import(&desk, &void.replace("VARM-1/5", &id));
    assert_eq!(figures(&desk, "2019-03").locked_json.unwrap(), locked);
    let april = figures(&desk, "2019-04").figures;
    let karlstad = april
        .payers
        .iter()
        .find(|entry| entry.payer.to_string() == "1780")
        .unwrap();
    let adjustment = karlstad
        .lines
        .iter()
        .find(|line| line.for_month.is_some())
        .unwrap();
    // Liability from 7 March on, 25 dates; two were billed: 23 × 7800.
    assert_eq!(adjustment.amount.to_string(), "179400.00");
    assert!(verify(&desk).ok, "{:?}", verify(&desk).differences);
    lock(&desk, "2019-04").unwrap();
    assert!(verify(&desk).ok, "{:?}", verify(&desk).differences);
    drop(desk);
    let desk = open(folder.path());
    assert_eq!(figures(&desk, "2019-03").locked_json.unwrap(), locked);
}

/// A store of the worked example whose March waits for one payer.
fn without_kil(folder: &Path) -> Desk {
    let desk = new_store(folder, "17");
    import(&desk, &golden("varmland-2019-03"));
    let park = Ask::Park {
        month: "2019-03".parse().unwrap(),
        payer: "1715".parse().unwrap(),
        reason: "Kil granskar".to_owned(),
    };
    ask(&desk, park).unwrap();
    desk
}

#[test]
fn a_parked_payer_holds_up_only_itself_and_is_locked_later() {
    let folder = tempfile::tempdir().unwrap();
    let desk = without_kil(folder.path());
    let march = lock(&desk, "2019-03").unwrap();
    assert_eq!(march.amount.to_string(), "23400.00");
    // April has amounts for Kil alone, and Kil's March is open.
    assert_eq!(lock(&desk, "2019-04").unwrap_err().code, "nothing_to_lock");
    let later = lock(&desk, "2019-03").unwrap();
    assert_eq!(later.amount.to_string(), "15600.00");
    assert_eq!(later.invoices[0].number, "17-000002");
    let april = lock(&desk, "2019-04").unwrap();
    assert_eq!(april.amount.to_string(), "234000.00");
    let whole = figures(&desk, "2019-03");
    assert_eq!(whole.figures.amount.to_string(), "39000.00");
    assert!(whole.locked_json.is_some());
    assert!(verify(&desk).ok, "{:?}", verify(&desk).differences);
}

#[test]
fn what_changed_since_one_lock_of_a_month_is_not_told_twice_for_another() {
    let folder = tempfile::tempdir().unwrap();
    let desk = without_kil(folder.path());
    lock(&desk, "2019-03").unwrap();
    let golden = golden("varmland-2019-03");
    let discharged = golden
        .lines()
        .find(|line| line.contains("\"VARM-1\"") && line.contains("\"discharged\""));
    let id = discharged.unwrap().split('"').nth(3).unwrap();
    // Recorded between the locks of two payers, and about the first one.
    import(
        &desk,
        &format!(
            r#"{{"id":"v1","episode":"VARM-1","at":"2019-05-02T10:00:00+02:00","kind":"void","event":"{id}","reason":"fel patient"}}"#
        ),
    );
    lock(&desk, "2019-03").unwrap();
    let explain = Ask::ExplainMonth {
        month: "2019-04".parse().unwrap(),
        payer: Some("1780".parse().unwrap()),
    };
    let Reply::MonthTrace(trace) = ask(&desk, explain).unwrap() else {
        panic!("another reply")
    };
    let mut lines = trace.payers.iter().flat_map(|entry| &entry.lines);
    let adjustment = lines.find(|it| it.line.for_month.is_some()).unwrap();
    let changed = adjustment
        .steps
        .iter()
        .filter(|step| step.code == "changed_line");
    let told: Vec<_> = changed
        .map(|step| {
            let inputs = step.inputs.iter();
            inputs
                .map(|input| format!("{}={}", input.name, input.value))
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect();
    assert_eq!(
        told,
        ["stay=VARM-1 billed=15600.00 due=195000.00 recorded_later=void"]
    );
}

/// A discharge recorded ahead of its time ends nothing yet, for the stay no
/// more than for the board: a countdown that stands still too early is wrong.
#[test]
fn what_lies_ahead_has_not_happened_to_the_stay_either() {
    let folder = tempfile::tempdir().unwrap();
    let desk = new_store(folder.path(), "17");
    let line = |id: u8, at: &str, more: &str| {
        format!(r#"{{"id": "{id}", "episode": "A", "at": "{at}", "kind": {more}}}"#)
    };
    let admitted = r#""admitted", "patient": {"pnr": "19300202-7047", "name": "Test"}, "hospital": "H", "ward": "W", "care_form": "somatic", "municipality": "1780""#;
    let lines = [
        line(1, "2019-05-20T08:00:00", admitted),
        line(2, "2019-05-20T09:00:00", r#""admission_notice""#),
        line(3, "2019-05-21T09:00:00", r#""sip_called""#),
        line(4, "2019-05-22T09:00:00", r#""ready_notice""#),
        line(5, "2019-06-03T14:00:00", r#""discharged""#),
    ];
    import(&desk, &lines.join("\n"));
    let board = match ask(&desk, Ask::Board(BoardAsk::default())).unwrap() {
        Reply::Board(board) => board,
        other => panic!("{other:?}"),
    };
    let on_board = &board.rows[0].line;
    let episode = EpisodeId::new("A").unwrap();
    let asked = Ask::Stay {
        episode: episode.clone(),
        reveal: false,
    };
    let stay = match ask(&desk, asked).unwrap() {
        Reply::Stay(view) => view,
        other => panic!("{other:?}"),
    };
    assert!(stay.stay.unwrap().is_open());
    let outlook = stay.outlook.unwrap();
    assert_eq!((outlook.state, stay.events.len()), (State::Liable, 5));
    assert_eq!(outlook.accrued.amount, on_board.accrued.amount);
    let explained = match ask(&desk, Ask::Explain { episode }).unwrap() {
        Reply::Explanation(explained) => explained,
        other => panic!("{other:?}"),
    };
    let spans = serde_json::to_string(&explained).unwrap();
    assert!(!spans.contains("stay_ended"), "{spans}");
}
