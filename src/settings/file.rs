//! A user's file as TOML of a version that this program reads.

use serde::de::DeserializeOwned;
use toml::Spanned;

use super::problem::{FileError, Problem, line_of};

/// Reads a file's text; `version` tells where its version stands.
///
/// # Errors
/// [`FileError`] with the line of what the form does not have, and for any
/// version but `known`.
pub(super) fn read<Raw: DeserializeOwned>(
    file: &str,
    text: &str,
    version: impl FnOnce(&Raw) -> &Spanned<i64>,
    known: i64,
) -> Result<Raw, FileError> {
    let error = |line, problem| FileError::new(file, line, problem);
    let raw: Raw = toml::from_str(text).map_err(|why| {
        let line = why.span().map_or(1, |span| line_of(text, &span));
        error(line, Problem::Form(why.message().to_owned()))
    })?;
    let version = version(&raw);
    if *version.get_ref() == known {
        Ok(raw)
    } else {
        let line = line_of(text, &version.span());
        Err(error(line, Problem::Version(known)))
    }
}
