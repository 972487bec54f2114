//! Backup while in use, restore, on the real disk.

use super::*;

fn real(root: &Path) -> (PathBuf, Journal) {
    let folder = root.join("store");
    Journal::create(&RealDisk, &folder, "17", at(0)).unwrap();
    (folder.clone(), open_real(&folder).0)
}

fn open_real(folder: &Path) -> (Journal, OpenReport) {
    Journal::open(Arc::new(RealDisk), folder, None, &mut |_, _| {}).unwrap()
}

fn filled(root: &Path) -> Journal {
    let (_, mut journal) = real(root);
    journal.set_segment_bytes(2000);
    for n in 0..12 {
        journal
            .write(at(n), &[change(&["a"]), person("One").0])
            .unwrap();
    }
    let (batch, _) = stage(&journal.reader(), 20).unwrap();
    journal
        .publish(at(13), "import", &raw("null"), batch)
        .unwrap();
    journal
}

fn back_up(reader: &Reader, path: &Path) -> Result<BackupReport> {
    let mut file = std::fs::File::create(path).unwrap();
    reader.backup_to(&mut file)
}

#[test]
fn a_backup_made_while_in_use_is_a_store() {
    let root = tempfile::tempdir().unwrap();
    let mut journal = filled(root.path());
    let reader = journal.reader();
    let file = root.path().join("copy.tar");
    let (told, expected) = (reader.anchor(), all(&reader));
    let report = std::thread::scope(|scope| {
        let backup = scope.spawn(|| back_up(&reader, &file));
        for n in 0..200 {
            journal.write(at(20 + n), &[person("Meanwhile").0]).unwrap();
        }
        backup.join().unwrap().unwrap()
    });
    assert!(report.anchor.count >= told.count);
    let fresh = root.path().join("new");
    assert_eq!(restore(&file, &fresh).unwrap(), report.anchor);
    let (copy, _) = open_real(&fresh);
    let found = all(&copy.reader());
    assert_eq!(found[..expected.len()], expected[..]);
    assert_eq!(copy.reader().anchor(), report.anchor);
    let verified = verify(&RealDisk, &fresh, Some(report.anchor), &committed).unwrap();
    assert_eq!(verified.findings, []);
    assert!(verified.commitments >= 22);
    assert!(matches!(
        restore(&file, &fresh),
        Err(JournalError::NotEmpty(_))
    ));
    assert_eq!(all(&reader).len() as u64, reader.last_seq());
}

#[test]
fn a_backup_cut_short_or_altered_is_refused() {
    let root = tempfile::tempdir().unwrap();
    let reader = filled(root.path()).reader();
    let file = root.path().join("copy.tar");
    back_up(&reader, &file).unwrap();
    let sound = std::fs::read(&file).unwrap();
    let bad = root.path().join("bad.tar");
    let fresh = root.path().join("new");
    let mut copies: Vec<Vec<u8>> = Vec::new();
    for len in [
        0,
        1,
        511,
        512,
        513,
        sound.len() / 2,
        sound.len() - 512,
        sound.len() - 1,
    ] {
        copies.push(sound[..len].to_vec());
    }
    for offset in (0..sound.len())
        .step_by(211)
        .chain(sound.len() - 512..sound.len())
    {
        let mut copy = sound.clone();
        copy[offset] ^= 1;
        copies.push(copy);
    }
    copies.push([&sound[..], b"x"].concat());
    for copy in copies {
        std::fs::write(&bad, &copy).unwrap();
        let error = restore(&bad, &fresh).unwrap_err();
        assert!(matches!(error, JournalError::BadBackup { .. }), "{error}");
        assert!(!fresh.exists(), "nothing is written");
    }
    std::fs::write(&bad, &sound).unwrap();
    restore(&bad, &fresh).unwrap();
}

/// Whoever finds `format.json` takes the folder for a store.
#[test]
fn a_restore_that_fails_leaves_no_store() {
    let root = tempfile::tempdir().unwrap();
    let reader = filled(root.path()).reader();
    let file = root.path().join("copy.tar");
    back_up(&reader, &file).unwrap();
    let (there, new) = (root.path().join("there"), root.path().join("new"));
    std::fs::create_dir(&there).unwrap();
    // Whole as a file, and yet not what its manifest says.
    let bad = root.path().join("bad.tar");
    let mut bytes = std::fs::read(&file).unwrap();
    bytes.truncate(bytes.len() - 512);
    let text = b"{\"seq\":1,";
    let at = bytes.windows(text.len()).position(|part| part == text);
    bytes[at.unwrap() + 7] = b'2';
    let hash = HexHash::of(&[&bytes]);
    bytes.extend_from_slice(&backup::trailer(&hash));
    std::fs::write(&bad, &bytes).unwrap();
    for folder in [&there, &new] {
        let error = restore(&bad, folder).unwrap_err();
        assert!(matches!(error, JournalError::BadBackup { .. }), "{error}");
    }
    assert!(!new.exists());
    assert_eq!(there.read_dir().unwrap().count(), 0);
    restore(&file, &there).unwrap();
}

#[test]
fn the_real_disk_holds_what_the_simulated_one_does() {
    let root = tempfile::tempdir().unwrap();
    let journal = filled(root.path());
    let reader = journal.reader();
    let (found, known) = (all(&reader), reader.checked().unwrap());
    drop(journal);
    let folder = root.path().join("store");
    let mut told = Vec::new();
    let mut progress = |done, total| told.push((done, total));
    let (journal, report) =
        Journal::open(Arc::new(RealDisk), &folder, Some(&known), &mut progress).unwrap();
    assert_eq!(report.bytes_checked, 0);
    assert_eq!(all(&journal.reader()), found);
    let (done, total) = *told.last().unwrap();
    assert_eq!(done, total);
    drop(journal);
    assert!(open_real(&folder).1.bytes_checked > 0);
}
