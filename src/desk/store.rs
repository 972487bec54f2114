//! Opening a store: lock, journal, tables, and whatever has to be mended.

use std::{
    fs::{self, OpenOptions, Permissions},
    io::Write,
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::Path,
    sync::Arc,
};

use super::{
    error::DeskError,
    service::{Progress, Step},
    state::State,
};
use crate::{
    journal::{Checked, Disk, Journal, JournalError, Reader, RealDisk, StoreLock},
    model::{clock::Clock, place::RegionCode},
    views::{
        ViewsError,
        tables::{Folder, Following, MemoryTables, Opened, SledTables, TablesError, guard},
    },
};

/// Version of the rows in the tables; other rows are folded anew.
const VIEWS_FORMAT: u32 = 5;
/// What was checked of the journal, so that a start need not check it again.
const CHECKED: &str = "checked.json";

/// A store that this process holds.
pub(super) struct Opening {
    pub lock: StoreLock,
    pub journal: Journal,
    pub state: State,
    /// What was noticed, as `code: detail`.
    pub notices: Vec<String>,
}

/// Makes an empty store in `folder` for one region.
///
/// # Errors
/// Where the folder is not empty or cannot be written.
pub fn init(folder: &Path, region: RegionCode, clock: &dyn Clock) -> Result<(), DeskError> {
    RealDisk.create_dir(folder).map_err(|error| {
        DeskError::bad_input("cannot_write", format!("{}: {error}", folder.display()))
    })?;
    let _lock = StoreLock::acquire(folder).map_err(journal_error)?;
    Journal::create(&RealDisk, folder, &region.to_string(), clock.now()).map_err(journal_error)?;
    // Only now that it is known to be ours: the folder may have been there.
    fs::set_permissions(folder, Permissions::from_mode(0o700))
        .map_err(|error| DeskError::store("cannot_write", format!("{}: {error}", folder.display())))
}

/// Whether opening the store in `folder` is quick: it was closed in order, or
/// another process holds it. Else views are checked or folded anew.
#[must_use]
pub fn opens_at_once(folder: &Path) -> bool {
    folder.join("format.json").exists()
        && (Folder::new(folder).is_sealed()
            || matches!(StoreLock::acquire(folder), Err(JournalError::InUse { .. })))
}

/// To be called before a thread opens a store while another one sets a panic
/// hook: either's would be lost.
pub fn before_threads() {
    guard::lay_hook();
}

/// Opens the store in `folder`.
pub(super) fn open(
    folder: &Path,
    progress: &mut dyn FnMut(Progress),
) -> Result<Opening, DeskError> {
    if !folder.join("format.json").exists() {
        return Err(journal_error(JournalError::NotAStore(folder.to_owned())));
    }
    let lock = StoreLock::acquire(folder).map_err(journal_error)?;
    let checked = read_checked(folder);
    let (journal, report) = Journal::open(
        Arc::new(RealDisk),
        folder,
        checked.as_ref(),
        &mut |done, total| {
            progress(Progress {
                step: Step::Checking,
                done,
                total: Some(total),
            });
        },
    )
    .map_err(journal_error)?;
    let mut notices = Vec::new();
    for tail in [&report.dropped_tail, &report.dropped_identity]
        .into_iter()
        .flatten()
    {
        notices.push(format!(
            "tail_dropped: {} ({} bytes)",
            tail.segment, tail.bytes
        ));
    }
    let reader = journal.reader();
    write_checked(&reader);
    let state = serve(&reader, &mut notices, progress)?;
    state.rules_are_read()?;
    Ok(Opening {
        lock,
        journal,
        state,
        notices,
    })
}

/// What is served, true up to the journal's end: from the tables, or from
/// new ones folded from the journal, or without a disk to write to from
/// memory.
fn serve(
    reader: &Reader,
    notices: &mut Vec<String>,
    progress: &mut dyn FnMut(Progress),
) -> Result<State, DeskError> {
    let region = region_of(reader)?;
    let place = Folder::new(reader.folder());
    let store_id = reader.format().store.to_string();
    let total = Some(reader.last_seq());
    let mut tell = |done| {
        progress(Progress {
            step: Step::Rebuilding,
            done,
            total,
        })
    };
    let why = match place.open(&store_id, VIEWS_FORMAT) {
        Ok(Opened::Good(tables)) => match followed(tables, reader, region, &mut tell) {
            Ok(state) => return Ok(state),
            Err(error) => error.to_string(),
        },
        Ok(Opened::Rebuild { reason }) => format!("{reason:?}"),
        Err(error) => error.to_string(),
    };
    if reader.last_seq() > 0 {
        notices.push(format!("views_rebuilt: {why}"));
    }
    rebuild(&place, &store_id, reader, region, &mut tell).or_else(|error| {
        notices.push(format!("views_in_memory: {error}"));
        State::catch_up(
            Arc::new(MemoryTables::new()),
            reader,
            region,
            "memory",
            &mut tell,
        )
        .map_err(super::views_error)
    })
}

fn rebuild(
    place: &Folder,
    store_id: &str,
    reader: &Reader,
    region: RegionCode,
    tell: &mut dyn FnMut(u64),
) -> Result<State, ViewsError> {
    let rebuilding = place.rebuild(store_id, VIEWS_FORMAT)?;
    drop(State::catch_up(
        rebuilding.tables(),
        reader,
        region,
        "sled",
        tell,
    )?);
    followed(rebuilding.switch()?, reader, region, tell)
}

/// What is served from tables that may be written a little later.
fn followed(
    tables: SledTables,
    reader: &Reader,
    region: RegionCode,
    tell: &mut dyn FnMut(u64),
) -> Result<State, ViewsError> {
    let tables = Following::over(tables).map_err(TablesError::from)?;
    State::catch_up(Arc::new(tables), reader, region, "sled", tell)
}

/// The region that the store was made for.
fn region_of(reader: &Reader) -> Result<RegionCode, DeskError> {
    reader
        .format()
        .region
        .parse()
        .map_err(|error| DeskError::store("store_damaged", error))
}

fn read_checked(folder: &Path) -> Option<Checked> {
    serde_json::from_slice(&fs::read(folder.join(CHECKED)).ok()?).ok()
}

/// Remembers what was checked. Without it the next start checks everything.
pub(super) fn write_checked(reader: &Reader) {
    let Ok(checked) = reader.checked() else {
        return;
    };
    let Ok(text) = serde_json::to_vec(&checked) else {
        return;
    };
    let path = reader.folder().join(CHECKED);
    let fresh = reader.folder().join(format!("{CHECKED}.new"));
    let opened = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&fresh);
    if opened.and_then(|mut file| file.write_all(&text)).is_ok() {
        let _ = fs::rename(fresh, path);
    }
}

/// The journal's error as the desk says it.
pub(super) fn journal_error(error: JournalError) -> DeskError {
    let code = match &error {
        JournalError::InUse { .. } => "store_in_use",
        JournalError::NotAStore(_) => "not_a_store",
        JournalError::NotEmpty(_) => "folder_not_empty",
        JournalError::Newer { .. } => "store_newer",
        JournalError::ReadOnly(_) => "read_only",
        JournalError::LowSpace { .. } => "disk_full",
        JournalError::BadBackup { .. } => "backup_damaged",
        damaged if damaged.is_damage() => "store_damaged",
        _ => "store_failed",
    };
    match error {
        JournalError::InUse { pid: Some(pid) } => DeskError::store(code, pid),
        JournalError::NotEmpty(_) | JournalError::BadBackup { .. } => {
            DeskError::bad_input(code, error)
        }
        _ => DeskError::store(code, error),
    }
}

/// The tables' error as the desk says it.
#[allow(clippy::needless_pass_by_value, reason = "for map_err")]
pub(super) fn tables_error(error: TablesError) -> DeskError {
    DeskError::store("views_failed", error)
}
