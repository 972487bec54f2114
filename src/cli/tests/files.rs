//! Commands that read files or write them.

use super::*;

#[test]
fn refused_lines_are_told_up_to_a_hundred() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("day.csv");
    std::fs::write(&file, "x").unwrap();
    let Command::Import(args) = command(&format!("import {}", file.display())) else {
        panic!()
    };
    let told = Told {
        imports: Mutex::new([report(130)].into()),
        ..Told::default()
    };
    let (done, out, err) = kept(Lang::En, |context| import::run(&args, &told, context));
    assert!(matches!(done, Err(Failure::Said(2))));
    assert!(out.contains("nothing recorded; 200 lines, 70 new"), "{out}");
    assert_eq!(err.lines().count(), 101);
    let first = format!("{}:1: field \"at\": not a time", file.display());
    assert_eq!(err.lines().next(), Some(&*first));
    assert_eq!(err.lines().last(), Some("and 30 more"));
    let jobs = told.jobs.lock().unwrap();
    assert_eq!((jobs[0].format, jobs[0].bytes), (Format::Csv, Some(1)));
}

#[test]
fn a_file_that_cannot_be_read_does_not_keep_the_next_one_out() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("day.jsonl");
    std::fs::write(&file, "").unwrap();
    let words = format!(
        "import {}/none.jsonl {}",
        folder.path().display(),
        file.display()
    );
    let Command::Import(args) = command(&words) else {
        panic!()
    };
    let told = Told {
        imports: Mutex::new([report(0)].into()),
        ..Told::default()
    };
    let (done, out, err) = kept(Lang::Sv, |context| import::run(&args, &told, context));
    assert!(matches!(done, Err(Failure::Said(2))));
    assert!(err.contains("none.jsonl") && out.contains("infört; 200 rader, 200 nya"));
}

#[test]
fn formats_of_later_versions_are_refused() {
    for (words, available) in [
        ("csv", true),
        ("json", true),
        ("peppol", false),
        ("sie", false),
    ] {
        let words = format!("export --month 2019-03 --format {words} --out .");
        let Command::Export(args) = command(&words) else {
            panic!()
        };
        match args.check() {
            Ok(()) => assert!(available),
            Err(Failure::Desk(error)) => {
                assert!(!available);
                assert_eq!(
                    (error.kind, &*error.code),
                    (ErrorKind::BadInput, "not_available")
                );
            }
            Err(other) => panic!("{other:?}"),
        }
    }
}

#[test]
fn only_a_locked_month_is_exported() {
    let folder = tempfile::tempdir().unwrap();
    let Reply::Close(view) = closing(Vec::new()) else {
        panic!()
    };
    let part = crate::desk::reply::ExportView {
        figures: view.figures,
        locked_json: None,
        locks: 1,
        invoices: Vec::new(),
        not_locked: Vec::new(),
    };
    let told = Told {
        replies: Mutex::new([Ok(Reply::Export(Box::new(part)))].into()),
        ..Told::default()
    };
    let words = format!(
        "export --month 2019-03 --format json --out {}",
        folder.path().display()
    );
    let Command::Export(args) = command(&words) else {
        panic!()
    };
    let (done, _, _) = kept(Lang::Sv, |context| export::run(&args, &told, context));
    let Err(Failure::Desk(error)) = done else {
        panic!()
    };
    assert_eq!((error.kind, &*error.code), (ErrorKind::No, "not_locked"));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}
