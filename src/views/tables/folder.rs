//! Where the tables stand in a store's folder, and how they are rebuilt beside
//! the old ones and take their place.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use super::{SledTables, TablesError, seal::Seal, sled_db};

const NAME: &str = "views";
const NEW: &str = "views.new-";
const OLD: &str = "views.old-";

/// Numbers for the names of folders; none is used twice in one process, since a
/// path whose open panicked may panic again there.
static NUMBER: AtomicU64 = AtomicU64::new(1);

/// What opening led to.
#[derive(Debug)]
pub enum Opened {
    /// Tables that can be served from, once caught up from their position.
    Good(SledTables),
    /// Nothing to serve from: fold the journal into [`Folder::rebuild`].
    Rebuild {
        /// Why.
        reason: Reason,
    },
}

/// Why tables have to be rebuilt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// There are none.
    Missing,
    /// They were folded from another store's journal.
    OtherStore,
    /// They are of another format.
    OtherFormat {
        /// The format found.
        found: u32,
    },
    /// They are damaged.
    Damaged {
        /// What was found, without any content.
        detail: String,
    },
}

/// The place of the tables in a store's folder.
#[derive(Debug, Clone)]
pub struct Folder {
    root: PathBuf,
}

impl Folder {
    /// The place of the tables in the store's folder `root`.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// Where the tables stand that are served from.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        self.root.join(NAME)
    }

    /// Whether they were closed in order, and open without a check.
    #[must_use]
    pub fn is_sealed(&self) -> bool {
        Seal::is_set(&self.path())
    }

    /// Opens the tables, after removing what an earlier rebuild left behind. The
    /// caller holds the store's lock.
    ///
    /// # Errors
    /// As [`SledTables::open`]: when a rebuild would not help.
    pub fn open(&self, store: &str, format: u32) -> Result<Opened, TablesError> {
        self.remove_leftovers()?;
        SledTables::open(&self.path(), store, format)
    }

    /// Begins a rebuild: empty tables in a folder of their own.
    ///
    /// # Errors
    /// When the disk is full or the folder cannot be made.
    pub fn rebuild(&self, store: &str, format: u32) -> Result<Rebuilding, TablesError> {
        let path = self.fresh(NEW);
        let tables = SledTables::create(&path, store, format);
        let tables = tables.inspect_err(|_| drop(fs::remove_dir_all(&path)))?;
        Ok(Rebuilding {
            folder: self.clone(),
            path,
            tables: Some(Arc::new(tables)),
            store: store.into(),
            format,
        })
    }

    fn fresh(&self, prefix: &str) -> PathBuf {
        loop {
            let number = NUMBER.fetch_add(1, Ordering::Relaxed);
            let path = self.root.join(format!("{prefix}{number}"));
            if !path.exists() {
                return path;
            }
        }
    }

    fn remove_leftovers(&self) -> io::Result<()> {
        for path in sled_db::files(&self.root)? {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if name.starts_with(NEW) || name.starts_with(OLD) {
                fs::remove_dir_all(&path)?;
            }
        }
        Ok(())
    }

    /// Puts the folder `new` in the place of the one served from.
    fn put_in_place(&self, new: &Path) -> io::Result<()> {
        let old = self.fresh(OLD);
        match fs::rename(self.path(), &old) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        // Killed here, the next start finds no tables and rebuilds once more.
        fs::rename(new, self.path())?;
        File::open(&self.root)?.sync_all()?;
        // What cannot be removed now is removed at the next start.
        drop(fs::remove_dir_all(&old));
        Ok(())
    }
}

/// A rebuild under way. Dropped without [`Rebuilding::switch`], it is removed.
#[derive(Debug)]
pub struct Rebuilding {
    folder: Folder,
    path: PathBuf,
    tables: Option<Arc<SledTables>>,
    store: String,
    format: u32,
}

impl Rebuilding {
    /// The tables to fold the journal into. They are to be let go of before
    /// [`Rebuilding::switch`].
    ///
    /// # Panics
    /// Never: they are taken only by `switch` and `drop`, which end this value.
    #[must_use]
    pub fn tables(&self) -> Arc<SledTables> {
        let tables = self
            .tables
            .as_ref()
            .expect("a rebuild has tables until it ends");
        Arc::clone(tables)
    }

    /// Closes the new tables, puts them in place of the old ones, which are
    /// removed, and opens them there. (sled makes its snapshots under the
    /// path it was opened with, so that a rename under an open handle could not
    /// be closed in order.)
    ///
    /// # Errors
    /// When the tables are still in use, the folder cannot be renamed, or the
    /// tables do not open again.
    pub fn switch(mut self) -> Result<SledTables, TablesError> {
        let tables = self.tables.take();
        if tables.is_some_and(|tables| Arc::into_inner(tables).is_none()) {
            return Err(TablesError::broken(
                "somebody still uses the tables just rebuilt",
            ));
        }
        self.folder.put_in_place(&self.path)?;
        match SledTables::open(&self.folder.path(), &self.store, self.format)? {
            Opened::Good(tables) => Ok(tables),
            Opened::Rebuild { reason } => Err(TablesError::broken(format!(
                "just rebuilt, and yet {reason:?}"
            ))),
        }
    }
}

impl Drop for Rebuilding {
    fn drop(&mut self) {
        if let Some(tables) = self.tables.take() {
            tables.discard();
        }
        // After a switch nothing stands here any more.
        drop(fs::remove_dir_all(&self.path));
    }
}
