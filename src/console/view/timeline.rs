//! The lines of a stay's timeline.

use super::{
    paint::{Piece, Tone},
    provenance::Columns,
};
use crate::{
    console::timeline::Row,
    desk::reply::{EventView, StayView},
    model::{
        event::Kind,
        text::plain,
        time::{self, Instant},
    },
    text::{
        Lang,
        console::{self, Say},
        format, ticks, words,
    },
};

/// One line: when, what, and as far as there is room who, from where, and
/// when it was recorded. `key` settles a conflict.
pub fn line(
    row: Row,
    view: &StayView,
    key: &str,
    lang: Lang,
    now: Instant,
    columns: &Columns,
) -> Vec<Piece<'static>> {
    let all = &view.events;
    let event = &all[row.event];
    let other = |place: Option<usize>| place.and_then(|place| all.get(place));
    let tone = match (event.voided.is_some(), event.kind) {
        (true, _) => Tone::Voided,
        (false, Kind::Void) => Tone::Faint,
        _ => Tone::Plain,
    };
    let mut pieces: Vec<Piece> = vec![
        (
            format!("{}  ", format::moment(event.at)).into(),
            Tone::Faint,
        ),
        (words::kind(event.kind, lang).into(), tone),
    ];
    // What is wrong comes before what it says: it is never cut off.
    if let Some(against) = other(row.against) {
        let who = plain(against.source.as_deref().unwrap_or(&against.by)).into_owned();
        let text = format!("  ! {}", console::conflict_with(&who, key, lang));
        pieces.push((text.into(), Tone::Alarm));
    }
    if event.at > now {
        let text = format!("  ! {}", Say::Future.text(lang));
        pieces.push((text.into(), Tone::Soon));
    }
    if let Some(voided) = &event.voided {
        let word = Say::VoidedBecause.text(lang);
        let text = format!("  x {word}: {}", plain(&voided.reason));
        pieces.push((text.into(), Tone::Soon));
    }
    if let Some(also) = other(row.also) {
        let source = plain(also.source.as_deref().unwrap_or_default()).into_owned();
        let text = format!("  {}", console::also_from(&source, also.at, lang));
        pieces.push((text.into(), Tone::Good));
    }
    let detail = detail(event, all, lang);
    if !detail.is_empty() {
        pieces.push((format!("  {detail}").into(), tone));
    }
    columns.add(&mut pieces, event);
    pieces
}

/// The selected event's provenance in full, for the status line.
pub fn provenance(event: &EventView, lang: Lang) -> String {
    console::provenance(
        &plain(&event.by),
        event.recorded_at,
        event.source.as_deref().map(plain).as_deref(),
        &plain(event.id.as_str()),
        lang,
    )
}

/// What an event says besides its kind, from its own fields.
#[must_use]
pub fn detail(event: &EventView, all: &[EventView], lang: Lang) -> String {
    const SHOWN: [&str; 12] = [
        "ward",
        "date",
        "name",
        "unit",
        "item",
        "reason",
        "text",
        "to",
        "meeting_at",
        "message",
        "by",
        "event",
    ];
    let mut parts = Vec::new();
    for field in SHOWN {
        match event.json.get(field) {
            Some(serde_json::Value::String(text)) => parts.push(value(field, text, all, lang)),
            Some(serde_json::Value::Array(units)) => {
                let units = units.iter().filter_map(serde_json::Value::as_str);
                let units: Vec<_> = units.map(|unit| words::party_code(unit, lang)).collect();
                parts.push(units.join(" + "));
            }
            _ => {}
        }
    }
    if let Some(done) = event.json.get("done").and_then(serde_json::Value::as_bool) {
        parts.push(console::choice(if done { "true" } else { "false" }, lang).to_owned());
    }
    parts.join(" · ")
}

/// A field in words: another event is told by its kind, not by its id.
fn value(field: &str, text: &str, all: &[EventView], lang: Lang) -> String {
    let shown = match field {
        "meeting_at" => time::parse(text).ok().map(format::moment),
        "message" | "event" => all
            .iter()
            .find(|event| event.id.as_str() == text)
            .map(|event| words::kind(event.kind, lang).to_owned()),
        "item" => Some(ticks::tick(text, lang).to_owned()),
        "by" => Some(words::party_code(text, lang).to_owned()),
        _ => None,
    };
    let shown = shown.unwrap_or_else(|| text.to_owned());
    plain(&shown).into_owned()
}
