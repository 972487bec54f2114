//! Identities: kept apart, corrected, erased.

use super::*;

fn name_of(identity: &Identity) -> Option<(String, bool)> {
    match identity {
        Identity::Known {
            data, corrected, ..
        } => Some((data.get().to_owned(), *corrected)),
        Identity::Erased { .. } => None,
    }
}

fn rewrite(journal: &mut Journal, loc: IdentityLoc, key: &str, data: Option<&str>) -> Result<()> {
    let change = IdentityChange {
        loc,
        key: key.to_owned(),
        data: data.map(raw),
    };
    journal
        .write(
            at(9),
            &[Change {
                rewrites: vec![change],
                ..Change::default()
            }],
        )
        .map(|_| ())
}

fn bytes_of_identities(disk: &SimDisk) -> Vec<u8> {
    let paths = disk.paths();
    let inside = paths
        .iter()
        .filter(|p| p.starts_with(folder().join("identities")));
    inside.flat_map(|p| disk.content(p).unwrap()).collect()
}

#[test]
fn corrected_and_erased_without_breaking_the_chain() {
    let disk = new_disk();
    let (mut journal, _) = open(&disk).unwrap();
    journal.set_segment_bytes(900);
    let reader = journal.reader();
    let mut people = Vec::new();
    for n in 0..8 {
        let (change, sealed) = person(&format!("Person {n}"));
        let written = journal.write(at(n), &[change]).unwrap();
        people.push((written[0].identities[0], sealed.key));
    }
    let mut staging = reader.stage().unwrap();
    let sealed = seal(&raw("{\"name\":\"Person 8\"}")).unwrap();
    let staged = staging.push_identity(&sealed.record).unwrap();
    staging.push("admitted", &person_body(&sealed)).unwrap();
    let batch = staging.finish().unwrap();
    let published = journal
        .publish(at(9), "import", &raw("null"), batch)
        .unwrap();
    people.push((published.identity_loc(staged), sealed.key));
    assert_eq!(findings(&disk, None), []);

    let long = format!("{{\"name\":\"{}\"}}", "Lång ".repeat(50));
    let longer = format!("{{\"name\":\"{}\"}}", "Längre ".repeat(60));
    for (n, (loc, key)) in people.iter().enumerate() {
        match n % 3 {
            0 => rewrite(&mut journal, *loc, key, None).unwrap(),
            1 => rewrite(&mut journal, *loc, key, Some("{\"name\":\"X\"}")).unwrap(),
            _ => {
                rewrite(&mut journal, *loc, key, Some(&long)).unwrap();
                rewrite(&mut journal, *loc, key, Some(&longer)).unwrap();
            }
        }
    }
    let last = people.last().unwrap();
    rewrite(&mut journal, last.0, &last.1, None).unwrap();
    let (change, _) = person("Later");
    journal.write(at(10), &[change]).unwrap();
    drop(journal);

    let (mut journal, _) = open(&disk).unwrap();
    let reader = journal.reader();
    for (n, (loc, _)) in people.iter().enumerate() {
        let expected = match n {
            n if n % 3 == 0 || n == 8 => None,
            n if n % 3 == 1 => Some(("{\"name\":\"X\"}".to_owned(), true)),
            _ => Some((longer.clone(), true)),
        };
        assert_eq!(
            name_of(&reader.identity(*loc).unwrap()),
            expected,
            "person {n}"
        );
    }
    assert_eq!(findings(&disk, Some(reader.anchor())), []);
    let report = reader.verify(Some(reader.anchor()), &committed).unwrap();
    assert_eq!(
        (report.findings, report.commitments, report.erased),
        (vec![], 6, 4)
    );
    let gone = String::from_utf8(bytes_of_identities(&disk)).unwrap();
    assert!(
        !gone.contains("Person") && !gone.contains("Lång"),
        "old bytes are gone"
    );

    let mut scanned = 0;
    reader
        .scan_identities(|loc, identity| {
            scanned += 1;
            assert_eq!(name_of(&reader.identity(loc).unwrap()), name_of(&identity));
        })
        .unwrap();
    assert_eq!(scanned, 10);
    let wrong = rewrite(&mut journal, people[1].0, "0", None);
    assert!(matches!(wrong, Err(JournalError::NoSuchRecord(_))));
}

#[test]
fn a_lost_identity_is_told_from_an_erased_one() {
    let disk = new_disk();
    let (mut journal, _) = open(&disk).unwrap();
    journal
        .write(at(1), &[person("One").0, person("Two").0])
        .unwrap();
    let path = folder().join("identities/000001.jsonl");
    let bytes = disk.content(&path).unwrap();
    let second = bytes.iter().position(|b| *b == b'\n').unwrap() + 1;
    disk.overwrite(&path, &bytes[second..]).unwrap();
    let found = findings(&disk, None);
    assert_eq!(found.len(), 1);
    assert_eq!(
        (found[0].file.as_str(), found[0].line),
        ("journal/000001.jsonl", 1)
    );
    assert!(found[0].problem.contains("lost"));
}

#[test]
fn no_name_stands_in_the_journal() {
    let disk = new_disk();
    let (mut journal, _) = open(&disk).unwrap();
    journal.write(at(1), &[person("Unmistakable").0]).unwrap();
    for path in disk
        .paths()
        .iter()
        .filter(|p| !p.starts_with(folder().join("identities")))
    {
        let text = String::from_utf8(disk.content(path).unwrap()).unwrap();
        assert!(!text.contains("Unmistakable"), "{}", path.display());
    }
}

#[test]
fn readers_see_a_correction_at_once_and_a_failed_one_stops_the_writer() {
    let disk = new_disk();
    let (mut journal, _) = open(&disk).unwrap();
    let reader = journal.reader();
    let (change, sealed) = person("Old");
    let loc = journal.write(at(1), &[change]).unwrap()[0].identities[0];
    assert_eq!(
        name_of(&reader.identity(loc).unwrap()).unwrap().0,
        "{\"name\":\"Old\"}"
    );
    rewrite(&mut journal, loc, &sealed.key, Some("{\"name\":\"New\"}")).unwrap();
    assert_eq!(
        name_of(&reader.identity(loc).unwrap()).unwrap().0,
        "{\"name\":\"New\"}"
    );
    // Whether the rename is durable is unknown when the folder's sync fails:
    // creation, three writes, the file's sync, the rename, then this.
    disk.fail_nth(7);
    assert!(rewrite(&mut journal, loc, &sealed.key, None).is_err());
    let error = journal.write(at(2), &[person("Two").0]).err().unwrap();
    assert!(matches!(error, JournalError::ReadOnly(_)), "{error}");
    drop(journal);
    disk.crash();
    let (mut journal, _) = open(&disk).unwrap();
    rewrite(&mut journal, loc, &sealed.key, None).unwrap();
    assert_eq!(findings(&disk, Some(journal.reader().anchor())), []);
}
