//! Which event each admission fact comes from: for explanations alone, so
//! folded only when somebody asks, and not kept with every stay.

use super::{Stamp, Timeline};
use crate::model::{
    event::{Body, Event},
    time::Instant,
};

/// The events that admission facts come from: the admission, or the latest
/// correction of the fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origins {
    /// Of the municipality of registration.
    pub municipality: Stamp,
    /// Of the district.
    pub district: Stamp,
    /// Of the placing municipality.
    pub placing_municipality: Stamp,
    /// Of somatic or psychiatric.
    pub care_form: Stamp,
    /// Of compulsory care.
    pub compulsory_care: Stamp,
    /// Of whether the municipality is needed.
    pub municipal_needs: Stamp,
    /// Of the number that tells the birth date; none where none was given.
    pub birth_date: Option<Stamp>,
}

impl Origins {
    /// Reads them off the events of one stay, in any order, as at `now` where
    /// given; none where no admission counts.
    pub fn of<'a>(
        events: impl IntoIterator<Item = &'a Event>,
        now: Option<Instant>,
    ) -> Option<Self> {
        let timeline = Timeline::new(events, now);
        let mut origins = timeline.effective().find_map(|event| match &event.body {
            Body::Admitted(admission) => Some(Self::all(
                &stamp(event),
                admission.patient.numbered.then(|| stamp(event)),
            )),
            _ => None,
        })?;
        for event in timeline.effective() {
            origins.take(event);
        }
        Some(origins)
    }

    /// All of one event.
    fn all(one: &Stamp, birth_date: Option<Stamp>) -> Self {
        Self {
            municipality: one.clone(),
            district: one.clone(),
            placing_municipality: one.clone(),
            care_form: one.clone(),
            compulsory_care: one.clone(),
            municipal_needs: one.clone(),
            birth_date,
        }
    }

    /// Takes a correction: what it names comes from it.
    fn take(&mut self, event: &Event) {
        let Body::DetailsChanged(change) = &event.body else {
            return;
        };
        let by = stamp(event);
        let name = |given: bool, origin: &mut Stamp| {
            if given {
                origin.clone_from(&by);
            }
        };
        name(change.municipality.is_some(), &mut self.municipality);
        name(change.district.is_some(), &mut self.district);
        name(
            change.placing_municipality.is_some(),
            &mut self.placing_municipality,
        );
        name(change.care_form.is_some(), &mut self.care_form);
        name(change.compulsory_care.is_some(), &mut self.compulsory_care);
        name(change.municipal_needs.is_some(), &mut self.municipal_needs);
        if change
            .patient
            .as_ref()
            .is_some_and(|patient| patient.numbered)
        {
            self.birth_date = Some(by);
        }
    }
}

fn stamp(event: &Event) -> Stamp {
    Stamp {
        at: event.at,
        event: event.id.clone(),
    }
}
