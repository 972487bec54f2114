//! Forms that take something back: one of two that contradict each other, and
//! what was recorded here last.

use super::{Choice, Deed, Field, Form, Task, spec};
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
        let reason = Field::text(spec::VOID_REASON, Say::UndoneAtOnce.text(lang));
        Self::new(task, vec![reason], ids)
    }

    /// Whether it is about several stays: what it does is then not shown, as
    /// one countdown cannot tell it.
    #[must_use]
    pub fn spans_stays(&self) -> bool {
        match &self.task {
            Task::Undo { deeds, .. } => deeds.iter().any(|deed| deed.episode != deeds[0].episode),
            _ => false,
        }
    }
}

/// Whether what was recorded here last can be taken back.
///
/// # Errors
/// Why not: nothing was recorded, or a void is among it, and voids stand.
pub fn can_undo(deeds: Option<&[Deed]>) -> Result<&[Deed], Say> {
    let deeds = deeds.ok_or(Say::WhyNothingDone)?;
    if deeds.iter().any(|deed| deed.kind == Kind::Void) {
        return Err(Say::WhyLastWasVoid);
    }
    Ok(deeds)
}
