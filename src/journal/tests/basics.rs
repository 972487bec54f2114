//! Recording, reading back, opening again.

use super::*;

/// By number and by time, over several segments, each import as a whole.
#[test]
fn where_the_journal_stood_is_found() {
    let disk = new_disk();
    let (mut journal, _) = open(&disk).unwrap();
    let reader = journal.reader();
    assert_eq!(reader.stood_at(at(100)).unwrap(), None);
    assert_eq!(reader.stood_after(0).unwrap(), None);
    journal.set_segment_bytes(700);
    // Every position at which the journal ended, with its time.
    let mut ends: Vec<(u64, i64)> = Vec::new();
    for n in 1..60_i64 {
        if n % 7 == 0 {
            let (batch, _) = stage(&reader, 3).unwrap();
            journal
                .publish(at(n * 2), "import", &raw("{}"), batch)
                .unwrap();
        } else {
            let long = "x".repeat((n as usize * 37) % 400);
            journal.write(at(n * 2), &[change(&[&long])]).unwrap();
        }
        ends.push((reader.last_seq(), n * 2));
    }
    let check = |reader: &Reader| {
        for second in 0..130 {
            let known = ends.iter().rev().find(|(_, then)| *then <= second);
            let stood = reader.stood_at(at(second)).unwrap();
            let found = stood.map(|stood| (stood.seq, stood.recorded_at));
            assert_eq!(
                found,
                known.map(|(seq, then)| (*seq, at(*then))),
                "{second}"
            );
        }
        for seq in 0..=reader.last_seq() + 2 {
            let stood = reader.stood_after(seq).unwrap();
            let last = ends.last().map(|(seq, _)| *seq);
            let known = (seq > 0).then(|| {
                ends.iter()
                    .map(|(end, _)| *end)
                    .find(|end| seq <= *end)
                    .or(last)
            });
            assert_eq!(stood.map(|stood| stood.seq), known.flatten(), "{seq}");
        }
    };
    check(&reader);
    drop(journal);
    let (journal, _) = open(&disk).unwrap();
    check(&journal.reader());
}

#[test]
fn entries_come_back_by_position_and_in_order() {
    let disk = new_disk();
    let (mut journal, _) = open(&disk).unwrap();
    journal.set_segment_bytes(600);
    let reader = journal.reader();
    let mut locs = Vec::new();
    for n in 0..20 {
        let written = journal
            .write(at(n), &[change(&["a", "b"]), change(&["c"])])
            .unwrap();
        locs.extend(written.into_iter().flat_map(|w| w.entries));
    }
    let (batch, staged) = stage(&reader, 5).unwrap();
    let published = journal
        .publish(at(3), "import", &raw("{\"files\":1}"), batch)
        .unwrap();
    journal.write(at(2), &[change(&["after"])]).unwrap();
    assert_eq!(
        (published.line.seq, published.first_seq, published.count),
        (61, 62, 5)
    );

    let read = reader.read(locs[17].loc).unwrap();
    assert_eq!(
        (read.seq, &*read.by, read.kind.as_str()),
        (18, "kim", "note")
    );
    assert_eq!(read.body.get(), "{\"t\":\"c\"}");
    let read = reader.read(published.loc(staged[3])).unwrap();
    assert_eq!(
        (read.seq, &*read.by, read.body.get()),
        (65, "import", "{\"n\":3}")
    );
    assert_eq!(read.recorded_at, at(19), "never before the entry before it");

    let found = all(&reader);
    assert_eq!(
        found.iter().map(|e| e.0).collect::<Vec<_>>(),
        (1..=67).collect::<Vec<_>>()
    );
    assert_eq!(found[60].1, BATCH_KIND);
    assert!(found[60].2.ends_with("\"note\":{\"files\":1}}"));
    read_back(&reader);
    for from in 0..=68 {
        let mut rest = Vec::new();
        let end = reader.scan(from, Hashes::Trust, |e| {
            assert_eq!(reader.read(e.loc).unwrap().seq, e.seq);
            rest.push(e.seq);
            if e.seq == 66 {
                ControlFlow::Break(e.seq)
            } else {
                ControlFlow::Continue(())
            }
        });
        assert_eq!(end.unwrap(), (from <= 66).then_some(66), "from {from}");
        assert_eq!(
            rest,
            if from > 66 {
                (from..=67).collect::<Vec<_>>()
            } else {
                (from.max(1)..=66).collect()
            }
        );
    }
    drop(journal);
    let (journal, report) = open(&disk).unwrap();
    assert_eq!(all(&journal.reader()), found);
    assert!(report.bytes_checked > 0 && report.dropped_tail.is_none());
    assert_eq!(findings(&disk, Some(reader.anchor())), []);
}

/// From the end: the same entries, but of a batch its line alone.
fn read_back(reader: &Reader) {
    for before in [
        None,
        Some(68),
        Some(67),
        Some(62),
        Some(61),
        Some(30),
        Some(1),
        Some(0),
    ] {
        let mut back = Vec::new();
        let end = reader.scan_back(before, |entry| {
            assert_eq!(reader.read(entry.loc).unwrap().seq, entry.seq);
            back.push(entry.seq);
            ControlFlow::<()>::Continue(())
        });
        assert_eq!(end.unwrap(), None);
        let below = before.unwrap_or(u64::MAX);
        let wanted: Vec<u64> = (1..=67)
            .rev()
            .filter(|seq| !(62..=66).contains(seq))
            .collect();
        assert_eq!(
            back,
            wanted
                .into_iter()
                .filter(|seq| *seq < below)
                .collect::<Vec<_>>()
        );
    }
    let first = reader.scan_back(None, |entry| ControlFlow::Break(entry.seq));
    assert_eq!(first.unwrap(), Some(67));
}

#[test]
fn lines_longer_than_a_bite_come_back_whole() {
    let disk = new_disk();
    let (mut journal, _) = open(&disk).unwrap();
    for n in 0..5 {
        let long = "x".repeat(n * 100_000);
        journal.write(at(0), &[change(&[&long, "short"])]).unwrap();
    }
    let mut lengths = Vec::new();
    let done = journal.reader().scan_back(None, |entry| {
        lengths.push(entry.body.len() - "{\"t\":\"\"}".len());
        ControlFlow::<()>::Continue(())
    });
    assert_eq!(done.unwrap(), None);
    assert_eq!(
        lengths,
        [5, 400_000, 5, 300_000, 5, 200_000, 5, 100_000, 5, 0]
    );
}

#[test]
fn what_was_checked_is_not_checked_again() {
    let disk = new_disk();
    let (mut journal, _) = open(&disk).unwrap();
    journal.set_segment_bytes(600);
    for n in 0..9 {
        journal.write(at(n), &[change(&["a", "b"])]).unwrap();
    }
    let (batch, _) = stage(&journal.reader(), 5).unwrap();
    journal
        .publish(at(9), "import", &raw("null"), batch)
        .unwrap();
    let known = journal.reader().checked().unwrap();
    let known: Checked = serde_json::from_str(&serde_json::to_string(&known).unwrap()).unwrap();
    let bytes = postcard::to_stdvec(&known).unwrap();
    assert_eq!(postcard::from_bytes::<Checked>(&bytes).unwrap(), known);
    let found = all(&journal.reader());
    drop(journal);
    let (mut journal, report) = open_known(&disk, Some(&known)).unwrap();
    assert_eq!(report.bytes_checked, 0);
    assert_eq!(all(&journal.reader()), found);
    assert_eq!(journal.reader().checked().unwrap(), known);

    journal.write(at(20), &[change(&["new"])]).unwrap();
    drop(journal);
    let (journal, report) = open_known(&disk, Some(&known)).unwrap();
    assert!(
        (1..400).contains(&report.bytes_checked),
        "only the new line: {report:?}"
    );
    drop(journal);
    // A changed file is checked wholly, a shorter journal is noticed.
    let path = folder().join("journal/000001.jsonl");
    let mut bytes = disk.content(&path).unwrap();
    bytes[100] ^= 1;
    disk.overwrite(&path, &bytes).unwrap();
    let error = open_known(&disk, Some(&known)).err().unwrap();
    assert!(
        matches!(&error, JournalError::Damaged { line: 1, .. }),
        "{error}"
    );
    assert!(
        error
            .to_string()
            .starts_with("journal/000001.jsonl, line 1: "),
        "{error}"
    );
}

#[test]
fn lines_cut_off_whole_are_missed() {
    let disk = new_disk();
    let (mut journal, _) = open(&disk).unwrap();
    journal.write(at(1), &[change(&["a", "b", "c"])]).unwrap();
    let (known, anchor) = (
        journal.reader().checked().unwrap(),
        journal.reader().anchor(),
    );
    drop(journal);
    let path = folder().join("journal/000001.jsonl");
    let bytes = disk.content(&path).unwrap();
    let first = bytes.iter().position(|b| *b == b'\n').unwrap() + 1;
    disk.overwrite(&path, &bytes[..first]).unwrap();
    let error = open_known(&disk, Some(&known)).err().unwrap();
    assert!(
        matches!(error, JournalError::CutOff { known: 3, found: 1 }),
        "{error}"
    );
    let found = findings(&disk, Some(anchor));
    assert_eq!(found.len(), 1);
    assert!(
        found[0].problem.contains("2 entries are missing"),
        "{found:?}"
    );
    assert_eq!(findings(&disk, None), []);
}

#[test]
fn bad_entries_are_refused_and_nothing_is_written() {
    let disk = new_disk();
    let (mut journal, _) = open(&disk).unwrap();
    for kind in ["", "a b", "Å", BATCH_KIND, "a\"b"] {
        let bad = NewEntry {
            kind: kind.into(),
            ..entry("x")
        };
        let bad = Change {
            entries: vec![entry("y"), bad],
            ..Change::default()
        };
        assert!(
            matches!(journal.write(at(1), &[bad]), Err(JournalError::Refused(_))),
            "{kind}"
        );
    }
    let empty = journal.reader().stage().unwrap().finish();
    assert!(matches!(empty.err(), Some(JournalError::Refused(_))));
    assert_eq!(journal.reader().last_seq(), 0);
    assert_eq!(
        disk.list(&folder().join("staging")).unwrap(),
        Vec::<String>::new()
    );
}

#[test]
fn drafts_and_staged_entries_are_read_back() {
    let disk = new_disk();
    let (journal, _) = open(&disk).unwrap();
    let mut draft = journal.reader().draft().unwrap();
    let locs: Vec<_> = ["a\n", "", "ccc"]
        .iter()
        .map(|t| draft.push(t.as_bytes()).unwrap())
        .collect();
    let back: Vec<_> = locs.iter().map(|l| draft.read(*l).unwrap()).collect();
    assert_eq!(back, [&b"a\n"[..], b"", b"ccc"]);
    draft.flush().unwrap();
    let mut near = draft.near();
    assert_eq!(near.read(locs[2]).unwrap(), b"ccc");
    assert_eq!(near.read(locs[0]).unwrap(), b"a\n");
    draft.push(b"late").unwrap();
    assert!(near.read(BatchLoc { offset: 5, len: 1 }).is_err());
    let mut staging = journal.reader().stage().unwrap();
    let first = staging.push("note", &raw("{\"a\": [1]}")).unwrap();
    staging.push("note", &raw("2")).unwrap();
    let back = staging.read(first).unwrap();
    assert_eq!(
        (back.n, back.kind.as_str(), back.body.get()),
        (0, "note", "{\"a\": [1]}")
    );
    assert_eq!(staging.count(), 2);
    drop((draft, staging));
    assert_eq!(
        disk.list(&folder().join("staging")).unwrap(),
        Vec::<String>::new()
    );
}

#[test]
fn a_store_is_made_once() {
    let disk = new_disk();
    let again = Journal::create(&disk, &folder(), "17", at(0));
    assert!(matches!(again, Err(JournalError::NotEmpty(_))));
    let nothing = Journal::open(Arc::new(disk), Path::new("/other"), None, &mut |_, _| {});
    assert!(matches!(nothing.err(), Some(JournalError::NotAStore(_))));
}
