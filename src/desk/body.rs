//! Bodies of the journal's entries.

use serde_json::value::RawValue;

use super::error::DeskError;

/// The JSON text of plain data.
///
/// # Errors
/// `cannot_write` where it has none.
pub(super) fn raw<T: serde::Serialize>(value: &T) -> Result<Box<RawValue>, DeskError> {
    serde_json::value::to_raw_value(value).map_err(|error| DeskError::store("cannot_write", error))
}

/// What could not be read back is not recorded: an entry that is not what its
/// kind says keeps the whole store from being opened.
///
/// # Errors
/// `cannot_write` with the column.
pub(super) fn reads_back<T: serde::de::DeserializeOwned>(body: &RawValue) -> Result<(), DeskError> {
    match serde_json::from_str::<T>(body.get()) {
        Ok(_) => Ok(()),
        Err(error) => Err(DeskError::store(
            "cannot_write",
            format!(
                "an entry that could not be read back (column {})",
                error.column()
            ),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        ledger::decision::{Decision, RefusedLine},
        model::month::Month,
    };

    #[test]
    fn what_cannot_be_read_back_is_not_recorded() {
        let with = |month| {
            let line = RefusedLine {
                line: 1,
                episode: None,
                event: None,
                month: Some(month),
            };
            let decision = Decision::LinesRefused {
                file: "day.jsonl".to_owned(),
                lines: vec![line],
            };
            reads_back::<Decision>(&raw(&decision).unwrap())
        };
        let last: Month = "2200-12".parse().unwrap();
        assert!(with(last).is_ok());
        assert_eq!(with(last.next()).unwrap_err().code, "cannot_write");
    }
}
