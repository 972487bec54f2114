//! How commands get the desk. All that the command line knows of how a
//! store is made and opened stands here.

use std::{
    fs::DirBuilder,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use etcetera::BaseStrategy;
use sha2::{Digest as _, Sha256};

use super::{args::Global, context::Context, failure::Failure, opening::Opening, progress::Bar};
use crate::{
    desk::{
        Desk,
        error::DeskError,
        service::{BackupReport, Progress, Service},
    },
    model::{
        clock::{Clock, SystemClock},
        place::RegionCode,
    },
    text::Lang,
    wire::link::{Link, OpenError, Opener},
};

/// The store's folder: as asked for, else in the user's data folder.
///
/// # Errors
/// Where the user has no home folder.
pub(super) fn folder(global: &Global) -> Result<PathBuf, DeskError> {
    if let Some(folder) = &global.store {
        return Ok(folder.clone());
    }
    let places =
        etcetera::choose_base_strategy().map_err(|error| DeskError::bad_input("no_home", error))?;
    Ok(places.data_dir().join("fristdag").join("store"))
}

/// The folder of the user's own files; it need not exist.
pub(super) fn config() -> Option<PathBuf> {
    let places = etcetera::choose_base_strategy().ok()?;
    Some(places.config_dir().join("fristdag"))
}

/// The folder of what the program remembers for the user.
pub(super) fn state() -> Option<PathBuf> {
    let places = etcetera::choose_base_strategy().ok()?;
    let state = places.state_dir().unwrap_or_else(|| places.data_dir());
    Some(state.join("fristdag"))
}

/// Where a console keeps what its user saw of a store's months; none where
/// the user has no home folder. Stores are told apart by a hash of their
/// place, so that the file's name tells nothing.
pub(super) fn memory(global: &Global) -> Option<PathBuf> {
    let store = folder(global).ok()?;
    let store = std::fs::canonicalize(&store).unwrap_or(store);
    let hash = Sha256::digest(store.as_os_str().as_encoded_bytes());
    let name = format!("seen-{}.json", hex::encode(&hash[..8]));
    Some(state()?.join(name))
}

/// The machine's clock. `--now` goes with each request instead: what is
/// recorded always bears the real time.
pub(super) fn clock() -> Arc<dyn Clock> {
    Arc::new(SystemClock)
}

/// The store's desk, here or where it is held.
///
/// # Errors
/// Those of opening it.
pub(super) fn open(global: &Global, context: &Context<'_>) -> Result<Link, Failure> {
    let folder = folder(global)?;
    let watched = Arc::new(AtomicBool::new(context.terminal));
    let opener = opener(folder.clone(), context.lang, Arc::clone(&watched));
    let link = Link::open(&folder, opener)?;
    // A screen may be drawn by now: taking over later is silent.
    watched.store(false, Ordering::Relaxed);
    Ok(link)
}

/// The store's desk for a console: opened while the console is drawn where
/// that is quick, else before, with progress.
///
/// # Errors
/// Those of opening it, where that was waited for; `not_a_store`.
pub(super) fn begin(global: &Global, context: &Context<'_>) -> Result<Opening, Failure> {
    let folder = folder(global)?;
    crate::desk::before_threads();
    if crate::desk::opens_at_once(&folder) {
        let opener = opener(folder.clone(), context.lang, Arc::default());
        return Opening::begin(move || Link::open(&folder, opener))
            .map_err(|error| DeskError::store("store_failed", error).into());
    }
    let link = open(global, context)?;
    Opening::begin(move || Ok(link)).map_err(|e| DeskError::store("store_failed", e).into())
}

fn opener(folder: PathBuf, lang: Lang, watched: Arc<AtomicBool>) -> Opener {
    Arc::new(move || {
        let mut bar = Bar::new(watched.load(Ordering::Relaxed), lang);
        match Desk::open(&folder, clock(), &mut |step| bar.at(step)) {
            Ok(desk) => Ok(Arc::new(desk) as Arc<dyn Service>),
            Err(error) if error.code == "store_in_use" => Err(OpenError::InUse {
                pid: error.detail.parse().ok(),
            }),
            Err(error) => Err(OpenError::Failed(error)),
        }
    })
}

/// Makes a store for one region.
///
/// # Errors
/// Those of the desk; `io` where the folder above cannot be made.
pub(super) fn init(folder: &Path, region: RegionCode) -> Result<(), Failure> {
    make_parent(folder)?;
    Ok(crate::desk::init(folder, region, &*clock())?)
}

/// Makes a store from a backup.
///
/// # Errors
/// Those of the desk; `io` where the folder above cannot be made.
pub(super) fn restore(
    file: &Path,
    folder: &Path,
    progress: &mut dyn FnMut(Progress),
) -> Result<BackupReport, Failure> {
    make_parent(folder)?;
    Ok(Desk::restore(file, folder, progress)?)
}

/// Makes the folders above a store, for this user alone.
fn make_parent(folder: &Path) -> Result<(), Failure> {
    let Some(parent) = folder
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty())
    else {
        return Ok(());
    };
    DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(parent)
        .map_err(|error| Failure::file(parent, &error))
}
