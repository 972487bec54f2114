//! Files that have their name only once they are whole and on the disk.

use std::{
    ffi::OsString,
    fs::{self, File, OpenOptions},
    io,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use crate::desk::error::DeskError;

/// A file under another name, which goes away unless it is finished. Only
/// this user can read it: it may hold names and personal numbers.
pub(super) struct Unfinished {
    path: PathBuf,
    pub file: File,
    finished: bool,
}

impl Unfinished {
    /// Begins the file that is to stand at `name`.
    ///
    /// # Errors
    /// `io`.
    pub fn beside(name: &Path) -> Result<Self, DeskError> {
        let Some(last) = name.file_name() else {
            let detail = format!("{}: names no file", name.display());
            return Err(DeskError::bad_input("io", detail));
        };
        let mut hidden = OsString::from(".");
        hidden.push(last);
        hidden.push(format!(".{}.unfinished", std::process::id()));
        let path = name.with_file_name(hidden);
        let opened = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&path);
        match opened {
            Ok(file) => Ok(Self {
                path,
                file,
                finished: false,
            }),
            Err(error) => Err(failed(&path, &error)),
        }
    }

    /// What to say where it cannot be written.
    pub fn failed(&self, error: &io::Error) -> DeskError {
        failed(&self.path, error)
    }

    /// Makes it durable, and gives it its name in the place of what bore it.
    ///
    /// # Errors
    /// `io`.
    pub fn finish(mut self, name: &Path) -> Result<(), DeskError> {
        let folder = match name.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        self.file
            .sync_all()
            .and_then(|()| fs::rename(&self.path, name))
            .and_then(|()| File::open(folder)?.sync_all())
            .map_err(|error| failed(name, &error))?;
        self.finished = true;
        Ok(())
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if !self.finished {
            // What remains is named so that nobody takes it for the whole.
            let _remains = fs::remove_file(&self.path);
        }
    }
}

fn failed(path: &Path, error: &io::Error) -> DeskError {
    DeskError::bad_input("io", format!("{}: {error}", path.display()))
}

/// Refuses a name that is taken.
///
/// # Errors
/// `file_exists`.
pub(super) fn free(name: &Path) -> Result<(), DeskError> {
    match fs::symlink_metadata(name) {
        Ok(_) => Err(DeskError::bad_input("file_exists", name.display())),
        Err(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::{io::Write, os::unix::fs::PermissionsExt};

    use super::*;

    #[test]
    fn only_what_is_finished_has_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let name = folder.path().join("figures.csv");
        let left = || fs::read_dir(folder.path()).unwrap().count();
        let mut first = Unfinished::beside(&name).unwrap();
        first.file.write_all(b"half").unwrap();
        assert!(!name.exists());
        drop(first);
        assert_eq!(left(), 0);
        let mut second = Unfinished::beside(&name).unwrap();
        second.file.write_all(b"whole").unwrap();
        second.finish(&name).unwrap();
        assert_eq!(fs::read(&name).unwrap(), b"whole");
        let mode = fs::metadata(&name).unwrap().permissions().mode();
        assert_eq!((mode & 0o777, left()), (0o600, 1));
        assert_eq!(free(&name).unwrap_err().code, "file_exists");
    }
}
