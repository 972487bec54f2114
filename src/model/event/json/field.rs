//! Single fields, as JSON and CSV both have them: checked, and refused
//! without the value.

use chrono::NaiveDate;

use super::EventError;
use crate::model::{
    event::{CareForm, CompulsoryCare, Party},
    ids::{self, EpisodeId, EventId},
    personal_id::PersonalId,
    place::{MunicipalityCode, PlaceError},
    time::{self, Instant},
};

/// Longest free text, in bytes; names and units are far shorter.
const LONGEST_TEXT: usize = 16 * 1024;

pub(crate) fn missing(field: &'static str) -> EventError {
    EventError::at(field, "is missing; add it")
}

pub(crate) fn text(field: &'static str, value: &str) -> Result<String, EventError> {
    if value.trim().is_empty() {
        return Err(EventError::at(field, "is empty; write a text"));
    }
    if value.len() > LONGEST_TEXT {
        return Err(EventError::at(field, "is longer than 16 KiB; shorten it"));
    }
    Ok(value.to_owned())
}

pub(crate) fn event_id(field: &'static str, value: &str) -> Result<EventId, EventError> {
    EventId::new(value).map_err(|why| EventError::at(field, why))
}

pub(crate) fn episode(value: &str) -> Result<EpisodeId, EventError> {
    EpisodeId::new(value).map_err(|why| EventError::at("episode", why))
}

/// A system's name: it stands in lists, and keys a table.
pub(crate) fn source(value: &str) -> Result<(), EventError> {
    ids::check(value).map_err(|why| EventError::at("source", why))
}

pub(crate) fn instant(field: &'static str, value: &str) -> Result<Instant, EventError> {
    time::parse(value).map_err(|why| EventError::at(field, why))
}

pub(crate) fn date(field: &'static str, value: &str) -> Result<NaiveDate, EventError> {
    time::parse_date(value).map_err(|why| EventError::at(field, why))
}

/// `at` decides the century of a number without one.
pub(crate) fn personal_id(
    field: &'static str,
    value: &str,
    at: Instant,
) -> Result<PersonalId, EventError> {
    PersonalId::parse(value, time::local_date(at)).map_err(|why| EventError::at(field, why))
}

pub(crate) fn municipality(
    field: &'static str,
    value: &str,
) -> Result<MunicipalityCode, EventError> {
    // The error of a code shows the code; here it may be anything that
    // slipped into the field.
    value.parse().map_err(|why| {
        EventError::at(
            field,
            match why {
                PlaceError::MunicipalityUnknown(_) => {
                    "no municipality has this code; look it up in SCB's list"
                }
                _ => "is no municipality code; write SCB's four digits, such as 1715",
            },
        )
    })
}

pub(crate) fn care_form(value: &str) -> Result<CareForm, EventError> {
    match value {
        "somatic" => Ok(CareForm::Somatic),
        "psychiatric" => Ok(CareForm::Psychiatric),
        _ => Err(EventError::at(
            "care_form",
            "is neither somatic nor psychiatric",
        )),
    }
}

pub(super) fn compulsory_care(value: &str) -> Result<CompulsoryCare, EventError> {
    match value {
        "LPT" => Ok(CompulsoryCare::Lpt),
        "LRV" => Ok(CompulsoryCare::Lrv),
        _ => Err(EventError::at("compulsory_care", "is neither LPT nor LRV")),
    }
}

pub(super) fn party(value: &str) -> Result<Party, EventError> {
    match value {
        "municipality" => Ok(Party::Municipality),
        "open_care" => Ok(Party::OpenCare),
        "ward" => Ok(Party::Ward),
        _ => Err(EventError::at(
            "by",
            "is none of municipality, open_care, ward",
        )),
    }
}
