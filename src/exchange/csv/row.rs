//! From a row's cells to the events of a stay.

use super::{
    Cells,
    header::{Column, Header, refuse},
};
use crate::{
    exchange::item::Refusal,
    model::{
        event::{Admission, Body, Event, Recipients, json::field},
        ids::{EpisodeId, EventId},
        patient::Patient,
        place::MunicipalityCode,
        time::{self, Instant},
    },
};

/// The events of one row, in the order of their kinds.
pub(super) fn events(header: &Header, cells: &Cells) -> Result<Vec<Event<Patient>>, Refusal> {
    let row = Row { header, cells };
    let mut found = Found {
        episode: field::episode(row.need(Column::Episode)?)?,
        events: Vec::new(),
    };
    let admitted_at = row
        .instant(Column::AdmittedAt)?
        .ok_or_else(|| empty(Column::AdmittedAt))?;
    let admission = Box::new(row.admission(admitted_at)?);
    found.add(Column::AdmittedAt, admitted_at, Body::Admitted(admission))?;
    row.notice(admitted_at, &mut found)?;
    row.care_contact(&mut found)?;
    if let Some(at) = row.instant(Column::SipCalledAt)? {
        found.add(
            Column::SipCalledAt,
            at,
            Body::SipCalled { meeting_at: None },
        )?;
    }
    if let Some(reason) = row.text(Column::SipWaived)? {
        // A waiver counts from the stay's start, whenever it was recorded.
        found.add(Column::SipWaived, admitted_at, Body::SipWaived { reason })?;
    }
    row.checklist(&mut found)?;
    if let Some(at) = row.instant(Column::ReadyNoticeAt)? {
        let notice = Body::ReadyNotice { assessed_at: None };
        found.add(Column::ReadyNoticeAt, at, notice)?;
    }
    if let Some(at) = row.instant(Column::DischargedAt)? {
        found.add(Column::DischargedAt, at, Body::Discharged { to: None })?;
    }
    Ok(found.events)
}

struct Found {
    episode: EpisodeId,
    events: Vec<Event<Patient>>,
}

impl Found {
    fn add(&mut self, column: Column, at: Instant, body: Body<Patient>) -> Result<(), Refusal> {
        self.push(field::event_id(column.name(), column.name())?, at, body);
        Ok(())
    }

    fn push(&mut self, id: EventId, at: Instant, body: Body<Patient>) {
        self.events.push(Event {
            id,
            episode: self.episode.clone(),
            at,
            source: None,
            body,
        });
    }
}

struct Row<'a> {
    header: &'a Header,
    cells: &'a Cells,
}

impl<'a> Row<'a> {
    /// A cell that says something.
    fn get(&self, column: Column) -> Option<&'a str> {
        let text = self.cells.get(self.header.place(column)?);
        (!text.is_empty()).then_some(text)
    }

    fn need(&self, column: Column) -> Result<&'a str, Refusal> {
        self.get(column).ok_or_else(|| empty(column))
    }

    fn text(&self, column: Column) -> Result<Option<String>, Refusal> {
        let text = self
            .get(column)
            .map(|text| field::text(column.name(), text));
        Ok(text.transpose()?)
    }

    fn need_text(&self, column: Column) -> Result<String, Refusal> {
        Ok(field::text(column.name(), self.need(column)?)?)
    }

    fn instant(&self, column: Column) -> Result<Option<Instant>, Refusal> {
        let at = self
            .get(column)
            .map(|text| field::instant(column.name(), text));
        Ok(at.transpose()?)
    }

    fn municipality(&self, column: Column) -> Result<Option<MunicipalityCode>, Refusal> {
        let code = self
            .get(column)
            .map(|text| field::municipality(column.name(), text));
        Ok(code.transpose()?)
    }

    /// An empty municipality says that the source does not know it.
    fn admission(&self, at: Instant) -> Result<Admission<Patient>, Refusal> {
        let pnr = field::personal_id(Column::Pnr.name(), self.need(Column::Pnr)?, at)?;
        Ok(Admission {
            patient: Patient {
                pnr: Some(pnr),
                name: Some(self.need_text(Column::Name)?),
                protected: None,
            },
            hospital: self.need_text(Column::Hospital)?,
            ward: self.need_text(Column::Ward)?,
            care_form: field::care_form(self.need(Column::CareForm)?)?,
            municipality: self.municipality(Column::Municipality)?,
            district: self.text(Column::District)?,
            placing_municipality: self.municipality(Column::PlacingMunicipality)?,
            compulsory_care: None,
            municipal_needs: true,
        })
    }

    /// The expected date goes with the notice; without one it stands alone,
    /// as said at the admission, since its cell has no time.
    fn notice(&self, admitted_at: Instant, found: &mut Found) -> Result<(), Refusal> {
        let column = Column::ExpectedDischarge;
        let expected = self
            .get(column)
            .map(|text| field::date(column.name(), text))
            .transpose()?;
        if let Some(at) = self.instant(Column::AdmissionNoticeAt)? {
            let notice = Body::AdmissionNotice {
                to: Recipients {
                    municipality: true,
                    open_care: true,
                },
                expected_discharge: expected,
                need_seen_at: None,
            };
            found.add(Column::AdmissionNoticeAt, at, notice)?;
        } else if let Some(date) = expected {
            found.add(column, admitted_at, Body::ExpectedDischarge { date })?;
        }
        Ok(())
    }

    fn care_contact(&self, found: &mut Found) -> Result<(), Refusal> {
        let parts = [Column::CareContact, Column::CareContactUnit];
        let Some(at) = self.instant(Column::CareContactAt)? else {
            return match parts.into_iter().find(|part| self.get(*part).is_some()) {
                Some(part) => Err(refuse(
                    Column::CareContactAt.name(),
                    format!("is empty though {} is set; write when", part.name()),
                )),
                None => Ok(()),
            };
        };
        let assigned = Body::CareContactAssigned {
            name: self.need_text(Column::CareContact)?,
            unit: self.need_text(Column::CareContactUnit)?,
        };
        found.add(Column::CareContactAt, at, assigned)
    }

    fn checklist(&self, found: &mut Found) -> Result<(), Refusal> {
        for column in &self.header.items {
            let text = self.cells.get(column.index);
            if text.is_empty() {
                continue;
            }
            let refuse_here = |why: String| refuse(column.name.clone(), why);
            let at = time::parse(text).map_err(|why| refuse_here(why.to_string()))?;
            let id = EventId::new(&column.name).map_err(|why| refuse_here(why.to_string()))?;
            let mark = Body::Checklist {
                item: column.item.clone(),
                done: true,
            };
            found.push(id, at, mark);
        }
        Ok(())
    }
}

fn empty(column: Column) -> Refusal {
    refuse(column.name(), "is empty; fill it in")
}
