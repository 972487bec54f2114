//! Forms that take something back: one of two that contradict each other, and
//! what was recorded here last.

use serde_json::{Map, Value as Json, json};

use super::{
    Choice, Context, Deed, Field, Form, Task,
    build::{event_json, void},
    bulk::StayEvents,
    spec,
    when::whole_seconds,
};
use crate::{
    desk::reply::{EventView, StayView},
    model::{event::Kind, stay::Double, text::plain},
    text::{
        Lang,
        console::{Say, told_by},
    },
};

impl Form {
    /// A form that settles which of two events stands; none where they are
    /// not among the stay's events.
    #[must_use]
    pub fn settle(pair: &Double, view: &StayView, lang: Lang, ids: [String; 2]) -> Option<Self> {
        let one = |id| view.events.iter().find(|event| event.id == id);
        let (typed, fed) = (one(pair.typed.event.clone())?, one(pair.fed.event.clone())?);
        let choice = |event: &EventView| Choice {
            code: event.id.as_str().to_owned(),
            label: plain(&told_by(event.at, event.source.as_deref(), &event.by, lang)).into_owned(),
        };
        let task = Task::Settle {
            episode: view.episode.clone(),
            kind: pair.kind,
            pair: [typed.id.clone(), fed.id.clone()],
        };
        let fields = vec![
            Field::choice(spec::STANDS, vec![choice(typed), choice(fed)], None),
            Field::text(spec::VOID_REASON, Say::OtherStands.text(lang)),
        ];
        Some(Self::new(task, fields, ids))
    }

    /// A form that voids what was recorded here last.
    #[must_use]
    pub fn undo(deeds: &[Deed], later: usize, lang: Lang, ids: [String; 2]) -> Self {
        let task = Task::Undo {
            deeds: deeds.to_vec(),
            later,
        };
        let voids = deeds.iter().any(|deed| deed.voided.is_none());
        let reason = || Field::text(spec::VOID_REASON, Say::UndoneAtOnce.text(lang));
        let fields = voids.then(reason).into_iter().collect();
        Self::new(task, fields, ids)
    }

    /// The events that undo these deeds, stay by stay: what was recorded is
    /// voided, what was voided is recorded again as it was, its source
    /// included. None where the reason is missing.
    pub(super) fn undoing(&self, deeds: &[Deed], context: Context) -> Option<Vec<StayEvents>> {
        let (_, _, reason) = self.gather(Map::new(), context)?;
        let now = whole_seconds(context.now);
        let mut each: Vec<StayEvents> = Vec::new();
        for (index, deed) in deeds.iter().enumerate() {
            // One id for each: they may be of one stay.
            let id = format!("{}-{index}", self.ids[0]);
            let event = match &deed.voided {
                Some(voided) => again(&id, voided),
                None => {
                    let void = void(deed.event.as_str(), reason.as_deref()?);
                    event_json(&id, &deed.episode, now, Kind::Void, void)
                }
            };
            match each
                .iter_mut()
                .find(|(episode, _)| *episode == deed.episode)
            {
                Some((_, events)) => events.push(event),
                None => each.push((deed.episode.clone(), vec![event])),
            }
        }
        Some(each)
    }
}

/// An event as it was, under another id.
fn again(id: &str, event: &Map<String, Json>) -> String {
    let fields = event.iter().filter(|(_, value)| !value.is_null());
    let mut event: Map<_, _> = fields
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    event.insert("id".to_owned(), json!(id));
    Json::Object(event).to_string()
}

/// Whether what was recorded here last can be taken back.
///
/// # Errors
/// Why not: nothing was recorded, or a void is among it of an event that is
/// not known whole, as where a patient's identity stands in it.
pub fn can_undo(deeds: Option<&[Deed]>) -> Result<&[Deed], Say> {
    let deeds = deeds.ok_or(Say::WhyNothingDone)?;
    let lost = |deed: &Deed| deed.kind == Kind::Void && deed.voided.is_none();
    if deeds.iter().any(lost) {
        return Err(Say::WhyLastWasVoid);
    }
    Ok(deeds)
}
