//! Where a socket lies, also where its path is longer than the system's
//! socket addresses are.

use std::{
    ffi::OsString,
    fs::{self, File, Permissions},
    io,
    os::{
        fd::AsRawFd,
        unix::{
            ffi::OsStrExt,
            fs::{FileTypeExt, PermissionsExt},
            net::{UnixListener, UnixStream},
        },
    },
    path::{Path, PathBuf},
};

/// The socket's name in a store's folder.
const NAME: &str = "desk.sock";

/// Longest path that fits a socket address (`sun_path` is 108 bytes with its
/// closing zero on Linux, 104 elsewhere).
const LONGEST: usize = 103;

/// The path of a socket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    folder: PathBuf,
    name: OsString,
}

impl Place {
    /// The socket of the store in `folder`.
    #[must_use]
    pub fn of_store(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
            name: NAME.into(),
        }
    }

    /// A socket at a path of the user's choice.
    ///
    /// # Errors
    /// `InvalidInput` where the path names no file.
    pub fn at(path: &Path) -> io::Result<Self> {
        let name = path
            .file_name()
            .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "the path names no file"))?;
        let folder = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
            _ => PathBuf::from("."),
        };
        Ok(Self {
            folder,
            name: name.to_owned(),
        })
    }

    /// The path, for people.
    #[must_use]
    pub fn path(&self) -> PathBuf {
        self.folder.join(&self.name)
    }

    /// Connects to whoever listens here.
    ///
    /// # Errors
    /// Those of the system: `NotFound` and `ConnectionRefused` where nobody does.
    pub(super) fn connect(&self) -> io::Result<UnixStream> {
        self.with_short_path(|path| UnixStream::connect(path))
    }

    /// Listens here, for this user alone.
    ///
    /// # Errors
    /// Those of the system; `AddrInUse` where the file is there already.
    pub(super) fn bind(&self) -> io::Result<UnixListener> {
        let listener = self.with_short_path(|path| UnixListener::bind(path))?;
        // The peer's user is checked on each connection as well: between the
        // two calls the file has the mode of the process's mask.
        fs::set_permissions(self.path(), Permissions::from_mode(0o600))?;
        Ok(listener)
    }

    /// Removes the socket file, if there is one; anything else of that name
    /// stays.
    ///
    /// # Errors
    /// Those of the system; `AlreadyExists` where the file is no socket.
    pub(super) fn clear(&self) -> io::Result<()> {
        let path = self.path();
        match fs::symlink_metadata(&path) {
            Ok(found) if found.file_type().is_socket() => fs::remove_file(&path),
            Ok(_) => Err(io::Error::new(
                io::ErrorKind::AlreadyExists,
                format!("{} is there and is no socket", path.display()),
            )),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Calls `act` with a path that fits a socket address.
    fn with_short_path<T>(&self, act: impl Fn(&Path) -> io::Result<T>) -> io::Result<T> {
        let path = self.path();
        if path.as_os_str().as_bytes().len() <= LONGEST {
            return act(&path);
        }
        let folder = File::open(&self.folder)?;
        let short = PathBuf::from(format!("/proc/self/fd/{}", folder.as_raw_fd()));
        act(&short.join(&self.name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_longer_than_socket_addresses_works() {
        let folder = tempfile::tempdir().unwrap();
        let deep = folder.path().join("long".repeat(40)).join("x".repeat(60));
        fs::create_dir_all(&deep).unwrap();
        let place = Place::of_store(&deep);
        let listener = place.bind().unwrap();
        let _client = place.connect().unwrap();
        listener.accept().unwrap();
        let mode = fs::metadata(place.path()).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        place.clear().unwrap();
        assert!(!place.path().exists());
    }

    #[test]
    fn only_a_socket_is_cleared_away() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::of_store(folder.path());
        place.clear().unwrap();
        fs::write(place.path(), "precious").unwrap();
        let error = place.clear().unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
        assert!(place.path().exists());
    }

    #[test]
    fn a_path_of_ones_own_needs_a_name() {
        assert!(Place::at(Path::new("/")).is_err());
        let here = Place::at(Path::new("a.sock")).unwrap();
        assert_eq!(here.path(), PathBuf::from("./a.sock"));
    }
}
