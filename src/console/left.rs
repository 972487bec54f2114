//! Where a user's console was left on a store: the journal position up to
//! which its board was seen, in a small file of the user's own.

use std::{fs, io, path::Path, sync::mpsc::Sender};

use super::{event::Event, options::Options, state::State};

/// Tells a console where the last one on this store was left.
pub(super) fn recall(options: &Options, store: &str, events: &Sender<Event>) {
    let since = read(options.state.as_deref(), store);
    // The sender's other end is read by the very thread that asks.
    let _ = events.send(Event::Recalled(since));
}

/// Remembers that the user has seen what there is; who looked at the past has
/// not.
pub(super) fn leave(options: &Options, state: &State) {
    if options.now.is_none()
        && let Some(board) = &state.board.board
    {
        write(options.state.as_deref(), &state.store, board.head.seq);
    }
}

/// The position at which the last console on this store was left; none where
/// there was none, or its file cannot be read.
fn read(folder: Option<&Path>, store: &str) -> Option<u64> {
    let text = fs::read_to_string(folder?.join(name(store)?)).ok()?;
    text.trim().parse().ok()
}

/// Remembers the position. What cannot be remembered is only told to the
/// log: the console is gone by then, and nothing else depends on it.
fn write(folder: Option<&Path>, store: &str, seq: u64) {
    let (Some(folder), Some(name)) = (folder, name(store)) else {
        return;
    };
    if let Err(error) = replace(folder, &name, seq) {
        tracing::warn!(%error, "where the console was left could not be remembered");
    }
}

/// Another console may leave at the same moment: the file is never half.
fn replace(folder: &Path, name: &str, seq: u64) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let new = folder.join(format!("{name}.{}", std::process::id()));
    fs::write(&new, format!("{seq}\n"))?;
    fs::rename(&new, folder.join(name))
}

/// The file's name; none for an id that is no plain word.
fn name(store: &str) -> Option<String> {
    let plain = |char: char| char.is_ascii_alphanumeric() || char == '-';
    (!store.is_empty() && store.chars().all(plain)).then(|| format!("left-{store}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_store_has_its_own_position() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("state");
        assert_eq!(read(Some(&folder), "a1"), None);
        write(Some(&folder), "a1", 41);
        write(Some(&folder), "a1", 57);
        write(Some(&folder), "b2", 3);
        assert_eq!(read(Some(&folder), "a1"), Some(57));
        assert_eq!(read(Some(&folder), "b2"), Some(3));
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 2);
        write(Some(&folder), "../c", 1);
        assert_eq!(
            (read(Some(&folder), "../c"), read(None, "a1")),
            (None, None)
        );
        fs::write(folder.join("left-a1"), "soon").unwrap();
        assert_eq!(read(Some(&folder), "a1"), None);
    }
}
