//! One byte changed anywhere, tails torn anywhere.

use super::*;

/// A small journal with every kind of file: two segments, a batch, people.
fn small() -> (SimDisk, Anchor) {
    let disk = new_disk();
    let (mut journal, _) = open(&disk).unwrap();
    journal.set_segment_bytes(700);
    journal
        .write(at(1), &[change(&["a"]), person("One").0])
        .unwrap();
    let (batch, _) = stage(&journal.reader(), 3).unwrap();
    journal
        .publish(at(2), "import", &raw("null"), batch)
        .unwrap();
    journal
        .write(at(3), &[change(&["b", "c"]), person("Two").0])
        .unwrap();
    let anchor = journal.reader().anchor();
    assert!(
        disk.paths()
            .iter()
            .any(|p| p.ends_with("journal/000002.jsonl"))
    );
    (disk, anchor)
}

fn damage_is_seen(disk: &SimDisk, anchor: Anchor, path: &Path, bytes: &[u8], what: &str) {
    disk.overwrite(path, bytes).unwrap();
    assert_ne!(findings(disk, Some(anchor)), [], "verify: {what}");
    let identity = path.to_string_lossy().contains("/identities/");
    let opened = open(disk);
    let now = disk.content(path).unwrap();
    if identity {
        // Opening looks at the end of the file only; verify at all of it.
        return;
    }
    let error = opened.err().unwrap_or_else(|| panic!("opened: {what}"));
    assert!(!error.is_read_only(), "{what}");
    assert_eq!(now, bytes, "nothing is changed: {what}");
}

/// Without an anchor, and also in the very last line: a whole line ends in a
/// newline, so one that was changed is never taken for a write cut short.
#[test]
fn every_changed_byte_is_found() {
    let (disk, anchor) = small();
    assert_eq!(findings(&disk, Some(anchor)), []);
    for path in disk.paths() {
        let sound = disk.content(&path).unwrap();
        for offset in 0..sound.len() {
            for to in [sound[offset] ^ 1, b'\n', 0] {
                if to == sound[offset] {
                    continue;
                }
                let mut bytes = sound.clone();
                bytes[offset] = to;
                let what = format!("{} byte {offset} to {to}", path.display());
                damage_is_seen(&disk, anchor, &path, &bytes, &what);
                disk.overwrite(&path, &sound).unwrap();
            }
        }
    }
    assert_eq!(findings(&disk, Some(anchor)), []);
}

/// Every length of the last segment: the lines that are whole stay, what is
/// left of the next is dropped and told of, and the anchor misses the rest.
#[test]
fn a_tail_cut_anywhere_is_dropped_and_told_of() {
    let (disk, anchor) = small();
    let path = folder().join("journal/000002.jsonl");
    let sound = disk.content(&path).unwrap();
    for len in 0..sound.len() {
        disk.overwrite(&path, &sound[..len]).unwrap();
        let whole = sound[..len]
            .iter()
            .rposition(|b| *b == b'\n')
            .map_or(0, |at| at + 1);
        let (journal, report) = open(&disk).unwrap();
        let dropped = report.dropped_tail.map(|d| (d.segment, d.bytes));
        let expected = (whole < len).then(|| {
            (
                "journal/000002.jsonl".to_owned(),
                u64::try_from(len - whole).unwrap(),
            )
        });
        assert_eq!(dropped, expected, "length {len}");
        assert!(journal.reader().last_seq() < anchor.count);
        assert_ne!(findings(&disk, Some(anchor)), [], "length {len}");
        assert_eq!(findings(&disk, None), [], "length {len}");
    }
}

#[test]
fn what_was_acknowledged_is_no_torn_tail() {
    let (disk, _) = small();
    let known = open(&disk).unwrap().0.reader().checked().unwrap();
    let path = folder().join("journal/000002.jsonl");
    let sound = disk.content(&path).unwrap();
    disk.overwrite(&path, &sound[..sound.len() - 1]).unwrap();
    let error = open_known(&disk, Some(&known)).err().unwrap();
    assert!(error.is_damage(), "{error}");
}

#[test]
fn missing_and_stray_files_are_found() {
    let (disk, anchor) = small();
    for path in disk.paths() {
        let other = folder().join("elsewhere");
        disk.rename(&path, &other).unwrap();
        match verify(&disk, &folder(), Some(anchor), &committed) {
            Ok(report) => assert_ne!(report.findings, [], "{}", path.display()),
            Err(error) => assert!(matches!(error, JournalError::NotAStore(_)), "{error}"),
        }
        disk.rename(&other, &path).unwrap();
    }
    disk.create(&folder().join("journal/batch-000000000009-0000000000000000.jsonl"))
        .unwrap();
    assert_eq!(findings(&disk, Some(anchor)).len(), 1);
    assert_eq!(open(&disk).unwrap().1.unpublished_removed, 1);
    assert_eq!(findings(&disk, Some(anchor)), []);
}

#[test]
fn verify_goes_on_after_the_first() {
    let (disk, anchor) = small();
    for name in ["journal/000001.jsonl", "journal/000002.jsonl"] {
        let path = folder().join(name);
        let mut bytes = disk.content(&path).unwrap();
        let body = bytes.windows(6).position(|w| w == b"\"body\"").unwrap();
        bytes[body + 9] ^= 1;
        disk.overwrite(&path, &bytes).unwrap();
    }
    let found = findings(&disk, Some(anchor));
    let places: Vec<_> = found.iter().map(|f| (f.file.as_str(), f.line)).collect();
    assert_eq!(
        places,
        [("journal/000001.jsonl", 1), ("journal/000002.jsonl", 1)]
    );
}
