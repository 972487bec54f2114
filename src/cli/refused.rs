//! The file of lines that an import left out, to be corrected and sent again.

use std::{
    ffi::OsString,
    fs::{File, OpenOptions},
    io::{self, BufWriter, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use crate::{desk::service::Refused, exchange::refused::RefusedLine};

/// Writes `FILE.refused.jsonl` beside `file`, or `FILE.refused.2.jsonl` and
/// so on where an older one is there, and gives its name. Only this user can
/// read it: the lines hold names and personal numbers.
///
/// # Errors
/// Those of the system.
pub(super) fn write(file: &Path, lines: &[Refused]) -> io::Result<PathBuf> {
    let (path, out) = create(file)?;
    let mut out = BufWriter::new(out);
    for line in lines {
        let written = RefusedLine {
            line: line.line,
            field: line.field.as_deref(),
            problem: &line.problem,
            text: line.text.as_deref().unwrap_or_default().into(),
        };
        written.write(&mut out)?;
    }
    out.flush()?;
    out.get_ref().sync_all()?;
    Ok(path)
}

/// Makes a file under the first free name.
fn create(file: &Path) -> io::Result<(PathBuf, File)> {
    let mut number = 1_u32;
    loop {
        let mut name = OsString::from(file);
        match number {
            1 => name.push(".refused.jsonl"),
            _ => name.push(format!(".refused.{number}.jsonl")),
        }
        let path = PathBuf::from(name);
        let made = OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&path);
        match made {
            Ok(out) => return Ok((path, out)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => number += 1,
            Err(error) => return Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{fs, os::unix::fs::PermissionsExt};

    #[test]
    fn an_older_file_is_never_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("day.jsonl");
        let line = Refused {
            line: 7,
            field: Some("at".to_owned()),
            problem: "not a time".to_owned(),
            text: Some("{\"at\":1}".to_owned()),
        };
        let first = write(&file, std::slice::from_ref(&line)).unwrap();
        let second = write(&file, &[]).unwrap();
        assert_eq!(first, folder.path().join("day.jsonl.refused.jsonl"));
        assert_eq!(second, folder.path().join("day.jsonl.refused.2.jsonl"));
        let text = fs::read_to_string(&first).unwrap();
        assert_eq!(
            text,
            "{\"line\":7,\"field\":\"at\",\"problem\":\"not a time\",\"text\":\"{\\\"at\\\":1}\"}\n"
        );
        let mode = fs::metadata(&first).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}
