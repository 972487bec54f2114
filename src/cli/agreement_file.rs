//! An agreement's file, read from the disk: an ordinary file of text, no larger
//! than an agreement can be. A pipe that nobody writes to would be waited for
//! without end, and a file of another kind would fill the record.

use std::{
    fs::{self, File},
    io::Read,
    path::Path,
};

use super::failure::Failure;
use crate::{
    desk::{error::DeskError, request::AgreementFile},
    model::text::plain,
};

/// The most bytes that it may have; the longest that is shipped has 12 KiB.
const MOST: u64 = 1024 * 1024;

/// Reads it.
///
/// # Errors
/// `io`, `agreement_not_a_file`, `agreement_too_large`, `agreement_not_utf8`.
pub(super) fn read(path: &Path) -> Result<AgreementFile, Failure> {
    let failed = |error| Failure::file(path, &error);
    let name = path.display().to_string();
    let file = plain(&name).into_owned();
    // Asked before it is opened: opening a pipe waits.
    if !fs::metadata(path).map_err(failed)?.is_file() {
        return Err(DeskError::bad_input("agreement_not_a_file", file).into());
    }
    let mut bytes = Vec::new();
    let open = File::open(path).map_err(failed)?;
    open.take(MOST + 1)
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    if bytes.len() as u64 > MOST {
        return Err(DeskError::bad_input("agreement_too_large", file).into());
    }
    match String::from_utf8(bytes) {
        Ok(text) => Ok(AgreementFile { file, text }),
        Err(error) => {
            let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line = good.iter().filter(|byte| **byte == b'\n').count() + 1;
            Err(DeskError::bad_input("agreement_not_utf8", format!("{file}:{line}")).into())
        }
    }
}
