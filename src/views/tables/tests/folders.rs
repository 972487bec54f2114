//! Opening, rebuilding beside, switching.

use std::{fs, os::unix::fs::symlink};

use super::*;
use crate::views::tables::{
    Folder, Reason,
    sled_db::{self, Purpose},
    sled_tables,
    stamp::Stamp,
};

fn reason(opened: Opened) -> Reason {
    match opened {
        Opened::Good(_) => panic!("opened"),
        Opened::Rebuild { reason } => reason,
    }
}

fn names(root: &Path) -> Vec<String> {
    let entries = fs::read_dir(root).expect("the folder");
    let mut names: Vec<_> = entries
        .map(|e| e.expect("entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

/// Overwrites every seventh piece of sled's log with garbage.
fn damage(folder: &Path) {
    let path = folder.join("db");
    let mut bytes = fs::read(&path).expect("db");
    bytes
        .chunks_mut(1_000)
        .step_by(7)
        .for_each(|piece| piece.fill(0xa5));
    fs::write(path, bytes).expect("write");
}

#[test]
fn tables_whose_folder_is_gone_do_not_make_it_anew() {
    let dir = tempfile::tempdir().expect("a folder");
    let store = dir.path().join("store");
    fs::create_dir(&store).expect("a store");
    let folder = Folder::new(&store);
    let tables = SledTables::create(&folder.path(), STORE, FORMAT).expect("create");
    fs::remove_dir_all(&store).expect("thrown away");
    drop(tables);
    assert!(!store.exists());
}

#[test]
fn why_a_rebuild_is_needed_is_told() {
    let dir = tempfile::tempdir().expect("a folder");
    let folder = Folder::new(dir.path());
    assert_eq!(
        reason(folder.open(STORE, FORMAT).expect("open")),
        Reason::Missing
    );
    assert!(!folder.path().exists(), "asking makes nothing");
    drop(SledTables::create(&folder.path(), STORE, FORMAT).expect("create"));
    assert_eq!(
        reason(folder.open("another", FORMAT).expect("open")),
        Reason::OtherStore
    );
    assert_eq!(
        reason(folder.open(STORE, FORMAT + 1).expect("open")),
        Reason::OtherFormat { found: FORMAT }
    );
    drop(good(&folder.path()));
    fs::write(
        folder.path().join("conf"),
        "segment_size: 1024\nuse_compression: false\n",
    )
    .expect("w");
    assert!(matches!(
        reason(folder.open(STORE, FORMAT).expect("open")),
        Reason::Damaged { .. }
    ));
}

#[test]
fn a_rebuild_takes_the_place_of_damaged_tables_and_goes_on() {
    let dir = tempfile::tempdir().expect("a folder");
    let folder = Folder::new(dir.path());
    for round in 1..4 {
        if let Opened::Good(_) = folder.open(STORE, FORMAT).expect("open") {
            panic!("round {round}: damaged tables were opened");
        }
        let rebuilding = folder.rebuild(STORE, FORMAT).expect("rebuild");
        for position in 1..60 {
            rebuilding
                .tables()
                .apply(scripted(position), position)
                .expect("apply");
        }
        let want = content(&*rebuilding.tables()).expect("content");
        let tables = rebuilding.switch().expect("switch");
        assert_eq!(content(&tables).expect("content"), want);
        for position in 60..120 {
            tables.apply(scripted(position), position).expect("apply");
        }
        let want = content(&tables).expect("content");
        drop(tables);
        let tables = good(&folder.path());
        assert_eq!(content(&tables).expect("content"), want);
        assert_eq!(tables.position().expect("position"), Some(119));
        drop(tables);
        assert_eq!(names(dir.path()), ["views"]);
        assert!(
            names(&folder.path().join("blobs")).is_empty(),
            "no page is that large"
        );
        damage(&folder.path());
        fs::remove_file(folder.path().join("sealed")).expect("unseal");
    }
}

#[test]
fn leftovers_and_half_snapshots_are_removed_at_start() {
    let dir = tempfile::tempdir().expect("a folder");
    let folder = Folder::new(dir.path());
    drop(
        folder
            .rebuild(STORE, FORMAT)
            .expect("rebuild")
            .switch()
            .expect("switch"),
    );
    for name in ["views.new-7", "views.old-3"] {
        fs::create_dir(dir.path().join(name)).expect("mkdir");
        fs::write(dir.path().join(name).join("db"), "x").expect("write");
    }
    fs::write(
        folder.path().join("snap.FFFFFFFFFFFFFFFF.generating"),
        "half",
    )
    .expect("write");
    let Opened::Good(tables) = folder.open(STORE, FORMAT).expect("open") else {
        panic!("good")
    };
    assert_eq!(names(dir.path()), ["views"]);
    assert!(
        !names(&folder.path())
            .iter()
            .any(|name| name.ends_with("generating"))
    );
    drop(tables);
}

#[test]
fn a_rebuild_that_is_given_up_leaves_the_old_tables() {
    let dir = tempfile::tempdir().expect("a folder");
    let folder = Folder::new(dir.path());
    let tables = folder
        .rebuild(STORE, FORMAT)
        .expect("rebuild")
        .switch()
        .expect("switch");
    tables.apply(scripted(1), 1).expect("apply");
    drop(tables);
    drop(folder.rebuild(STORE, FORMAT).expect("rebuild"));
    assert_eq!(names(dir.path()), ["views"]);
    assert_eq!(good(&folder.path()).position().expect("position"), Some(1));
}

/// A folder whose disk is always full.
fn full() -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    symlink("/dev/full", dir.path().join("db")).expect("symlink");
    dir
}

#[test]
fn a_full_disk_is_told_as_such() {
    let dir = full();
    // Whether opening or the first write meets it depends on sled's own thread.
    let error = sled_db::open(dir.path(), Purpose::Serve)
        .and_then(|db| sled_tables::begin(&db, &Stamp::new(STORE, FORMAT)))
        .expect_err("it is full");
    assert!(matches!(error, TablesError::DiskFull), "{error:?}");
}

#[test]
fn after_a_failed_batch_nothing_is_answered_and_other_tables_work() {
    let dir = full();
    let db = sled_db::open(dir.path(), Purpose::Snapshot).expect("nothing is written yet");
    let tables = SledTables::new(db, dir.path(), Stamp::new(STORE, FORMAT));
    let failed = (1..).find_map(|position| tables.apply(scripted(position), position).err());
    let failed = failed.expect("some batch fills the buffers");
    assert!(matches!(failed, TablesError::DiskFull), "{failed:?}");
    assert!(matches!(
        tables.get(Table::Open, b"k"),
        Err(TablesError::Poisoned)
    ));
    assert!(matches!(
        tables.apply(Batch::new(), u64::MAX),
        Err(TablesError::Poisoned)
    ));
    assert!(matches!(tables.position(), Err(TablesError::Poisoned)));
    drop(tables);
    assert!(
        !dir.path().join("sealed").exists(),
        "its rows are not to be trusted"
    );

    let other = tempfile::tempdir().expect("a folder");
    let tables = SledTables::create(&other.path().join("views"), STORE, FORMAT).expect("create");
    tables.apply(scripted(1), 1).expect("apply");
    tables.flush().expect("flush");
}

#[test]
fn tables_in_use_are_not_to_be_rebuilt() {
    let dir = tempfile::tempdir().expect("a folder");
    let path = dir.path().join("views");
    let _held = SledTables::create(&path, STORE, FORMAT).expect("create");
    assert!(matches!(
        SledTables::open(&path, STORE, FORMAT),
        Err(TablesError::InUse)
    ));
}
