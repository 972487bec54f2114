//! The columns of a file of stays.

use std::borrow::Cow;

use super::{Cells, Fault};
use crate::{exchange::item::Refusal, model::event::json::showable};

macro_rules! columns {
    ($($variant:ident = $name:literal,)*) => {
        /// A column that the format names.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Column {
            $($variant,)*
        }

        impl Column {
            const ALL: &[Self] = &[$(Self::$variant,)*];

            pub(super) fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }
    };
}

columns! {
    Episode = "episode",
    Pnr = "pnr",
    Name = "name",
    Municipality = "municipality",
    CareForm = "care_form",
    Hospital = "hospital",
    Ward = "ward",
    AdmittedAt = "admitted_at",
    // From here on a file may leave the column out.
    District = "district",
    PlacingMunicipality = "placing_municipality",
    AdmissionNoticeAt = "admission_notice_at",
    ExpectedDischarge = "expected_discharge",
    CareContactAt = "care_contact_at",
    CareContact = "care_contact",
    CareContactUnit = "care_contact_unit",
    SipCalledAt = "sip_called_at",
    SipWaived = "sip_waived",
    ReadyNoticeAt = "ready_notice_at",
    DischargedAt = "discharged_at",
}

/// How many of [`Column::ALL`] every file has: what an admission needs.
const REQUIRED: usize = 8;

/// A column for a point of the home-ready checklist: `<item>_at`.
pub(super) struct ItemColumn {
    pub(super) index: usize,
    /// The column's name, which is the event's id.
    pub(super) name: String,
    pub(super) item: String,
}

pub(super) struct Header {
    pub(super) delimiter: char,
    pub(super) items: Vec<ItemColumn>,
    names: Vec<String>,
    /// By the order of [`Column::ALL`].
    places: Vec<Option<usize>>,
}

impl Header {
    pub(super) fn read(text: &str, cells: &mut Cells) -> Result<Self, Refusal> {
        let mut header = Self {
            delimiter: delimiter(text)?,
            items: Vec::new(),
            names: Vec::new(),
            places: vec![None; Column::ALL.len()],
        };
        cells.begin(header.delimiter);
        match cells.feed(text) {
            Ok(true) => {}
            Ok(false) => return Err(Refusal::line("a quote is not closed")),
            Err(fault) => return Err(Refusal::line(fault.problem)),
        }
        for index in 0..cells.count() {
            header.take(index, cells.get(index))?;
        }
        for column in &Column::ALL[..REQUIRED] {
            if header.place(*column).is_none() {
                return Err(refuse(column.name(), "the column is missing; add it"));
            }
        }
        Ok(header)
    }

    fn take(&mut self, index: usize, name: &str) -> Result<(), Refusal> {
        // A file without a header shows a patient's data here.
        if !showable(name) {
            return Err(Refusal::line(format!(
                "column {} has no name that a column can have; begin the file with the columns' names",
                index + 1
            )));
        }
        if self.names.iter().any(|known| known == name) {
            return Err(refuse(name.to_owned(), "the column stands twice; keep one"));
        }
        self.names.push(name.to_owned());
        if let Some(known) = Column::ALL.iter().position(|column| column.name() == name) {
            self.places[known] = Some(index);
        } else if let Some(item) = name.strip_suffix("_at").filter(|item| !item.is_empty()) {
            self.items.push(ItemColumn {
                index,
                name: name.to_owned(),
                item: item.to_owned(),
            });
        } else {
            return Err(refuse(
                name.to_owned(),
                "is not a known column; remove it, or end it in _at if it is a checklist item",
            ));
        }
        Ok(())
    }

    /// Where a column stands, if the file has it.
    pub(super) fn place(&self, column: Column) -> Option<usize> {
        self.places[column as usize]
    }

    pub(super) fn check_count(&self, cells: &Cells) -> Result<(), Refusal> {
        if cells.count() == self.names.len() {
            return Ok(());
        }
        Err(Refusal::line(format!(
            "the row has {} cells and the header {}; put texts with a delimiter in quotes",
            cells.count(),
            self.names.len()
        )))
    }

    pub(super) fn refuse(&self, fault: Fault) -> Refusal {
        let name = fault.cell.and_then(|index| self.names.get(index));
        Refusal {
            field: name.map(|name| Cow::Owned(name.clone())),
            problem: fault.problem,
        }
    }
}

/// No column's name holds either, so one that occurs is the delimiter.
fn delimiter(text: &str) -> Result<char, Refusal> {
    match (text.contains(','), text.contains(';')) {
        (true, true) => Err(Refusal::line(
            "both , and ; occur; use one of them between all columns",
        )),
        (false, true) => Ok(';'),
        _ => Ok(','),
    }
}

pub(super) fn refuse(field: impl Into<Cow<'static, str>>, problem: impl ToString) -> Refusal {
    Refusal {
        field: Some(field.into()),
        problem: problem.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_follow_the_order_of_the_columns() {
        for (index, column) in Column::ALL.iter().enumerate() {
            assert_eq!(*column as usize, index);
        }
        assert_eq!(Column::ALL[REQUIRED - 1], Column::AdmittedAt);
    }
}
