//! Power cuts at each sync point, torn writes, failing and full disks.

use super::*;

/// What a day acknowledged: bodies in order, and the people as they are known.
#[derive(Default, Clone)]
struct Acknowledged {
    bodies: Vec<String>,
    people: Vec<(IdentityLoc, Option<String>)>,
    batches: usize,
}

/// A day of work. It stops at nothing: what fails is not acknowledged, and
/// the next is tried.
fn day(disk: &SimDisk, out: &mut Acknowledged) -> Result<()> {
    let (mut journal, _) = open(disk)?;
    journal.set_segment_bytes(1500);
    for n in 0..4 {
        let _ = note(&mut journal, n, out);
        let _ = admit(&mut journal, n, out);
        let _ = import(&mut journal, n, out);
        let _ = correct(&mut journal, out);
    }
    Ok(())
}

fn bodies(changes: &[Change]) -> Vec<String> {
    changes
        .iter()
        .flat_map(|c| &c.entries)
        .map(|e| e.body.get().to_owned())
        .collect()
}

fn note(journal: &mut Journal, n: i64, out: &mut Acknowledged) -> Result<()> {
    let group = [
        change(&["a", "b"]),
        change(&[&format!("c{n}")]),
        change(&[]),
    ];
    journal.write(at(n), &group)?;
    out.bodies.extend(bodies(&group));
    Ok(())
}

fn admit(journal: &mut Journal, n: i64, out: &mut Acknowledged) -> Result<()> {
    let group = [person(&format!("One {n}")).0, person("Two").0];
    let written = journal.write(at(n), &group)?;
    out.bodies.extend(bodies(&group));
    let names = [
        format!("{{\"name\":\"One {n}\"}}"),
        "{\"name\":\"Two\"}".to_owned(),
    ];
    let locs = written.iter().flat_map(|w| &w.identities);
    out.people
        .extend(locs.zip(names).map(|(loc, name)| (*loc, Some(name))));
    Ok(())
}

fn import(journal: &mut Journal, n: i64, out: &mut Acknowledged) -> Result<()> {
    let mut staging = journal.reader().stage()?;
    let mut staged = Vec::new();
    let mut expected = Vec::new();
    for k in 0..5 {
        let sealed = seal(&raw(&format!("{{\"name\":\"Batch {n} {k}\"}}")))?;
        staged.push(staging.push_identity(&sealed.record)?);
        let body = person_body(&sealed);
        staging.push("admitted", &body)?;
        expected.push(body.get().to_owned());
    }
    let batch = staging.finish()?;
    let published = journal.publish(at(n), "import", &raw("null"), batch)?;
    out.bodies.extend(expected);
    out.batches += 1;
    let named = staged.into_iter().zip(0..).map(|(loc, k)| {
        (
            published.identity_loc(loc),
            Some(format!("{{\"name\":\"Batch {n} {k}\"}}")),
        )
    });
    out.people.extend(named);
    Ok(())
}

/// Corrects the last person and erases the first that is still known.
fn correct(journal: &mut Journal, out: &mut Acknowledged) -> Result<()> {
    let long = format!("{{\"name\":\"{}\"}}", "Corrected ".repeat(20));
    let last = out.people.len().checked_sub(1);
    let first = out.people.iter().position(|(_, name)| name.is_some());
    for (at_person, data) in [(last, Some(long)), (first, None)] {
        let Some(at_person) = at_person else { continue };
        let (loc, known) = &mut out.people[at_person];
        let Identity::Known { key, .. } = journal.reader().identity(*loc)? else {
            continue;
        };
        let change = IdentityChange {
            loc: *loc,
            key,
            data: data.as_deref().map(raw),
        };
        journal.write(
            at(9),
            &[Change {
                rewrites: vec![change],
                ..Change::default()
            }],
        )?;
        *known = data;
    }
    Ok(())
}

/// After a restart: every acknowledged entry is there, in order; no batch is
/// partly there; every person is as was acknowledged (or one change further,
/// which was on its way); and everything verifies.
fn all_is_there(disk: &SimDisk, acknowledged: &Acknowledged, what: &str) {
    let (journal, _) = open(disk).unwrap_or_else(|e| panic!("{what}: {e}"));
    let reader = journal.reader();
    let found = all(&reader);
    let numbers: Vec<_> = found.iter().map(|e| e.0).collect();
    assert_eq!(
        numbers,
        (1..=reader.last_seq()).collect::<Vec<_>>(),
        "{what}"
    );
    let batches: Vec<_> = found.iter().filter(|e| e.1 == BATCH_KIND).collect();
    assert!(batches.len() >= acknowledged.batches, "{what}");
    let mut entries = found.iter().filter(|e| e.1 != BATCH_KIND).map(|e| &e.2);
    for body in &acknowledged.bodies {
        assert!(
            entries.any(|found| found == body),
            "{what}: an acknowledged entry is missing"
        );
    }
    let mut further = 0;
    for (loc, expected) in &acknowledged.people {
        let known = match reader
            .identity(*loc)
            .unwrap_or_else(|e| panic!("{what}: {e}"))
        {
            Identity::Known { data, .. } => Some(data.get().to_owned()),
            Identity::Erased { .. } => None,
        };
        further += usize::from(known != *expected);
    }
    assert!(
        further <= 1,
        "{what}: {further} people are not as was acknowledged"
    );
    let report = reader.verify(Some(reader.anchor()), &committed).unwrap();
    assert_eq!(report.findings, [], "{what}");
    assert_eq!(findings(disk, Some(reader.anchor())), [], "{what}");
}

fn clear_day() -> (u64, u64, Acknowledged) {
    let (disk, mut out) = (new_disk(), Acknowledged::default());
    let (syncs, operations) = (disk.syncs(), disk.operations());
    day(&disk, &mut out).unwrap();
    all_is_there(&disk, &out, "a day without faults");
    assert_eq!(
        (out.bodies.len(), out.batches, out.people.len()),
        (40, 4, 28)
    );
    (disk.syncs() - syncs, disk.operations() - operations, out)
}

#[test]
fn acknowledged_survives_the_loss_of_all_unsynced_writes_at_each_sync_point() {
    let (syncs, ..) = clear_day();
    assert!(syncs > 50, "{syncs}");
    for cut in 1..=syncs + 1 {
        let (disk, mut out) = (new_disk(), Acknowledged::default());
        disk.cut_power_at_sync(cut);
        let _ = day(&disk, &mut out);
        disk.crash();
        all_is_there(&disk, &out, &format!("cut at sync {cut}"));
        // Life goes on.
        let before = out.bodies.len();
        day(&disk, &mut out).unwrap();
        assert_eq!(out.bodies.len(), before + 40);
        all_is_there(&disk, &out, &format!("the day after the cut at sync {cut}"));
    }
}

#[test]
fn acknowledged_survives_torn_writes() {
    let (syncs, ..) = clear_day();
    for cut in 1..=syncs {
        for seed in 0..8 {
            let (disk, mut out) = (new_disk(), Acknowledged::default());
            disk.cut_power_at_sync(cut);
            let _ = day(&disk, &mut out);
            disk.crash_keeping(cut * 1000 + seed);
            all_is_there(&disk, &out, &format!("cut at sync {cut}, seed {seed}"));
        }
    }
}

#[test]
fn a_store_half_made_is_made_again() {
    let disk = SimDisk::new();
    Journal::create(&disk, &folder(), "17", at(0)).unwrap();
    let syncs = disk.syncs();
    for cut in 1..=syncs {
        let disk = SimDisk::new();
        disk.cut_power_at_sync(cut);
        assert!(Journal::create(&disk, &folder(), "17", at(0)).is_err());
        disk.crash();
        assert!(
            matches!(open(&disk).err(), Some(JournalError::NotAStore(_))),
            "cut {cut}"
        );
        Journal::create(&disk, &folder(), "17", at(0)).unwrap();
        disk.crash();
        all_is_there(&disk, &Acknowledged::default(), &format!("cut {cut}"));
    }
}

#[test]
fn a_failure_of_any_operation_acknowledges_nothing_false() {
    let (_, operations, whole) = clear_day();
    for nth in 1..=operations {
        let (disk, mut out) = (new_disk(), Acknowledged::default());
        disk.fail_nth(nth);
        let opened = day(&disk, &mut out);
        assert!(opened.is_ok() || out.bodies.is_empty());
        assert!(out.bodies.len() <= whole.bodies.len());
        disk.crash();
        all_is_there(&disk, &out, &format!("operation {nth} failed"));
    }
}

#[test]
fn a_full_disk_acknowledges_nothing_false() {
    let (disk, mut out) = (new_disk(), Acknowledged::default());
    day(&disk, &mut out).unwrap();
    for capacity in (600..24_000).step_by(97) {
        let (disk, mut out) = (new_disk(), Acknowledged::default());
        disk.set_capacity(Some(capacity));
        // The check before each group is taken out: the writes themselves fail.
        disk.claim_free(Some(u64::MAX));
        let _ = day(&disk, &mut out);
        disk.crash();
        disk.set_capacity(None);
        all_is_there(&disk, &out, &format!("{capacity} bytes"));
    }
}

#[test]
fn writing_stops_in_time_and_goes_on_when_there_is_space() {
    let disk = new_disk();
    let (mut journal, _) = open(&disk).unwrap();
    disk.claim_free(Some(KEPT_FREE + 100));
    let error = journal.write(at(1), &[change(&["a"])]).unwrap_err();
    assert!(
        matches!(error, JournalError::LowSpace { .. }) && error.is_read_only(),
        "{error}"
    );
    let mut staging = journal.reader().stage().unwrap();
    staging.push("note", &raw("1")).unwrap();
    assert!(matches!(
        staging.finish().err(),
        Some(JournalError::LowSpace { .. })
    ));
    disk.claim_free(Some(KEPT_FREE + 10_000));
    journal.write(at(1), &[change(&["a"])]).unwrap();
    assert_eq!(journal.reader().last_seq(), 1);
}

#[test]
fn what_cannot_be_undone_makes_the_journal_read_only() {
    let disk = new_disk();
    let (mut journal, _) = open(&disk).unwrap();
    journal.write(at(1), &[change(&["kept"])]).unwrap();
    disk.cut_power_at_sync(1);
    assert!(journal.write(at(2), &[change(&["lost"])]).is_err());
    let error = journal.write(at(3), &[change(&["refused"])]).unwrap_err();
    assert!(matches!(error, JournalError::ReadOnly(_)), "{error}");
    assert_eq!(journal.reader().last_seq(), 1);
    disk.crash();
    let (journal, _) = open(&disk).unwrap();
    assert_eq!(all(&journal.reader()).len(), 1);
}
