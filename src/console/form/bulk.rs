//! Forms for many stays at once.

use serde_json::{Map, json};

use super::{
    Context, Field, FieldKind, Form, Preview, Task,
    available::{can_record, open_messages},
    build::event_json,
    spec::{self, event_fields},
    update::field,
};
use crate::{
    console::bulk::Bulk,
    desk::{reply::StayView, request::Ask},
    model::{
        event::Kind,
        ids::{EpisodeId, EventId},
    },
    text::{Lang, console::Say},
};

/// A stay of a form for many, and the messages that it would confirm there.
pub type BulkStay = (EpisodeId, Vec<EventId>);

/// The events of one stay, as JSON lines.
pub type StayEvents = (EpisodeId, Vec<String>);

/// A stay for which a deed makes sense.
pub type Fit<'a> = (&'a EpisodeId, &'a StayView);

/// A stay for which it makes none, and why.
pub type LeftOut = (EpisodeId, Say);

/// For which stays an event of this kind makes sense, and why not for others.
#[must_use]
pub fn split(bulk: &Bulk, kind: Kind) -> (Vec<Fit<'_>>, Vec<LeftOut>) {
    let (mut fit, mut out) = (Vec::new(), Vec::new());
    for (episode, view) in &bulk.views {
        match view {
            Ok(view) => match can_record(kind, view) {
                Ok(()) => fit.push((episode, &**view)),
                Err(why) => out.push((episode.clone(), why)),
            },
            Err(_) => out.push((episode.clone(), Say::WhyUnread)),
        }
    }
    (fit, out)
}

impl Form {
    /// A form that records an event of this kind for each stay for which it
    /// makes sense; none where there is no such stay.
    #[must_use]
    pub fn bulk(kind: Kind, bulk: &Bulk, lang: Lang, ids: [String; 2]) -> Option<Self> {
        let (fit, left_out) = split(bulk, kind);
        let all = together(&fit)?;
        let mut fields = vec![Field::text(spec::AT, lang.typed("nu", "now"))];
        let specs = event_fields(kind)?.iter();
        // Each stay has messages of its own: all that wait are confirmed.
        let specs = specs.filter(|spec| spec.kind != FieldKind::Message);
        fields.extend(specs.map(|spec| {
            let default = (spec.kind == FieldKind::YesNo).then_some("true");
            field(*spec, default, &all, lang)
        }));
        let messages = |view: &StayView| match (kind, &view.stay) {
            (Kind::Acknowledged, Some(stay)) => {
                let open = open_messages(stay).into_iter();
                open.map(|(id, _)| id.clone()).collect()
            }
            _ => Vec::new(),
        };
        let stays = fit.iter();
        let stays = stays.map(|(episode, view)| ((*episode).clone(), messages(view)));
        let task = Task::Bulk {
            kind,
            stays: stays.collect(),
            left_out,
        };
        Some(Self::new(task, fields, ids))
    }

    /// The events that a form for several stays would record, stay by stay;
    /// none where a field will not do or it is about one.
    #[must_use]
    pub fn each_stays_events(&self, context: Context) -> Option<Vec<StayEvents>> {
        match &self.task {
            Task::Undo { deeds, .. } if self.spans_stays() => self.undoing(deeds, context),
            _ => self.bulk_events(context),
        }
    }

    /// The questions of what a form for several stays would do to each, where
    /// they were not asked yet and no answers are awaited.
    pub fn wants_previews(&mut self, context: Context) -> Vec<(EpisodeId, Ask)> {
        let preview = &self.preview;
        let waits = preview.fresh || !preview.awaited.is_empty() || self.sending;
        if waits || !self.spans_stays() {
            return Vec::new();
        }
        let Some(each) = self.each_stays_events(context) else {
            self.preview = Preview::default();
            return Vec::new();
        };
        self.preview.fresh = true;
        let each = each.into_iter().filter(|(_, events)| !events.is_empty());
        each.map(|(episode, events)| (episode, Ask::Preview { events }))
            .collect()
    }

    /// The events that a form for many would record, stay by stay; none where
    /// a field will not do. Ids are unique within their stay, so each stay
    /// may have the same one.
    #[must_use]
    pub fn bulk_events(&self, context: Context) -> Option<Vec<StayEvents>> {
        let Task::Bulk { kind, stays, .. } = &self.task else {
            return None;
        };
        let (at, fields, _) = self.gather(Map::new(), context)?;
        let first = &self.ids[0];
        let events = |(episode, messages): &BulkStay| {
            if *kind != Kind::Acknowledged {
                return vec![event_json(first, episode, at, *kind, fields.clone())];
            }
            let numbered = messages.iter().enumerate();
            let one = |(number, message): (usize, &EventId)| {
                let mut fields = fields.clone();
                fields.insert("message".to_owned(), json!(message.as_str()));
                event_json(&format!("{first}-{number}"), episode, at, *kind, fields)
            };
            numbered.map(one).collect()
        };
        let each = stays.iter().map(|stay| (stay.0.clone(), events(stay)));
        Some(each.collect())
    }
}

/// The stays as one, for what fields can be chosen from: every point of every
/// checklist, done where it is done for all.
fn together(fit: &[Fit<'_>]) -> Option<StayView> {
    let mut all = fit.first()?.1.clone();
    for (_, view) in &fit[1..] {
        for row in &view.checklist {
            match all
                .checklist
                .iter_mut()
                .find(|known| known.item == row.item)
            {
                Some(known) => known.done = known.done.and(row.done),
                None => all.checklist.push(row.clone()),
            }
        }
    }
    Some(all)
}
