//! From a filled form to what is sent.

use serde_json::{Map, Value as Json, json};

use super::{Checked, Context, FieldKind, Form, Problem, Task, when::whole_seconds};
use crate::{
    desk::request::Ask,
    model::{
        event::Kind,
        ids::{EpisodeId, EventId},
        money::Kronor,
        month::Month,
        time::{self, Instant},
    },
};

/// The JSON of an event, as an import's line. It has no source: it was typed
/// here.
#[must_use]
pub fn event_json(
    id: &str,
    episode: &EpisodeId,
    at: Instant,
    kind: Kind,
    fields: Map<String, Json>,
) -> String {
    let mut event = Map::new();
    event.insert("id".to_owned(), json!(id));
    event.insert("episode".to_owned(), json!(episode.as_str()));
    event.insert("at".to_owned(), json!(time::rfc3339(at)));
    event.insert("kind".to_owned(), json!(kind.name()));
    event.extend(fields);
    Json::Object(event).to_string()
}

/// Whether a typed confirmation names this month and this total. Spaces of
/// any kind and `kr` do not matter, öre only where there are some.
///
/// # Errors
/// The part that does not match.
pub fn lock_matches(text: &str, month: Month, total: Kronor) -> Result<(), Problem> {
    let text = text.trim();
    let (typed, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    if typed.parse() != Ok(month) {
        return Err(Problem::LockMonth);
    }
    match plain_number(rest).parse::<Kronor>() {
        Ok(amount) if amount == total => Ok(()),
        _ => Err(Problem::LockTotal),
    }
}

/// A number as people write kronor, without spaces, `kr` and the marks that
/// group its thousands.
pub(super) fn plain_number(text: &str) -> String {
    let mut number: String = text.chars().filter(|char| !char.is_whitespace()).collect();
    let lower = number.to_lowercase();
    if lower.ends_with("kr") {
        number.truncate(number.len() - 2);
    } else if lower.starts_with("sek") {
        number.drain(..3);
    }
    ungrouped(&number)
}

/// A number without the marks that group its thousands: money has at most
/// two decimals, so a mark before three digits cannot be a decimal one.
fn ungrouped(number: &str) -> String {
    let chars: Vec<char> = number.chars().collect();
    let groups = |index: usize| {
        let digits = chars[index + 1..]
            .iter()
            .take_while(|char| char.is_ascii_digit());
        digits.count() == 3
    };
    let kept = chars.iter().enumerate();
    kept.filter(|(index, char)| !(matches!(char, ',' | '.') && groups(*index)))
        .map(|(_, char)| char)
        .collect()
}

impl Form {
    /// The events that the form would record; none where a field will not do
    /// or the form is no event's.
    #[must_use]
    pub fn events(&self, context: Context) -> Option<Vec<String>> {
        let [first, second] = &self.ids;
        match &self.task {
            Task::Record { episode, kind } => {
                let (at, mut fields, _) = self.gather(Map::new(), context)?;
                let with_call = fields.remove("with_call") == Some(json!(true));
                let mut events = vec![event_json(first, episode, at, *kind, fields)];
                if with_call {
                    let withdrawn = Kind::SipCallWithdrawn;
                    events.push(event_json(second, episode, at, withdrawn, Map::new()));
                }
                Some(events)
            }
            Task::Admit => {
                let (at, mut fields, _) = self.gather(Map::new(), context)?;
                fields.remove("episode");
                let episode = EpisodeId::new(self.content("episode")?).ok()?;
                let admitted = event_json(first, &episode, at, Kind::Admitted, fields);
                Some(vec![admitted])
            }
            Task::Settle { episode, pair, .. } => {
                let (_, _, reason) = self.gather(Map::new(), context)?;
                let stands = self.content("stands")?;
                let other = pair.iter().find(|event| event.as_str() != stands)?;
                Some(vec![self.void_now(episode, other, &reason?, context)])
            }
            Task::Undo { deeds, .. } => {
                let each = self.undoing(deeds, context)?.into_iter();
                Some(each.flat_map(|(_, events)| events).collect())
            }
            Task::Correct {
                episode,
                kind,
                event,
                base,
            } => {
                let (at, fields, reason) = self.gather(own_fields(base), context)?;
                Some(vec![
                    self.void_now(episode, event, &reason?, context),
                    event_json(second, episode, at, *kind, fields),
                ])
            }
            Task::Void { episode, event, .. } => {
                let (_, _, reason) = self.gather(Map::new(), context)?;
                Some(vec![self.void_now(episode, event, &reason?, context)])
            }
            _ => None,
        }
    }

    /// The void of an event, under the form's first id.
    fn void_now(
        &self,
        episode: &EpisodeId,
        event: &EventId,
        reason: &str,
        context: Context,
    ) -> String {
        let (now, fields) = (whole_seconds(context.now), void(event.as_str(), reason));
        event_json(&self.ids[0], episode, now, Kind::Void, fields)
    }

    /// The request that the form sends; none where a field will not do.
    #[must_use]
    pub fn request(&self, context: Context) -> Option<Ask> {
        if self.first_bad(context).is_some() {
            return None;
        }
        let reason = || {
            let field = self.fields.iter().find(|field| field.spec.name == "reason");
            field.map(|field| field.content().to_owned())
        };
        match &self.task {
            _ if self.records() => Some(Ask::Record {
                events: self.events(context)?,
            }),
            Task::Waive { month, code } => Some(Ask::Waive {
                month: *month,
                code: code.clone(),
                reason: reason()?,
            }),
            Task::Park { month, payer } => Some(Ask::Park {
                month: *month,
                payer: *payer,
                reason: reason()?,
            }),
            Task::Lock { request, .. } => Some(request.0.clone()),
            Task::Decide { what, id } => self.decision(*what, id, context),
            _ => None,
        }
    }

    /// Time, fields and the reason of a correction; none where something
    /// will not do.
    pub(super) fn gather(
        &self,
        mut fields: Map<String, Json>,
        context: Context,
    ) -> Option<(Instant, Map<String, Json>, Option<String>)> {
        let (mut at, mut reason) = (whole_seconds(context.now), None);
        for field in &self.fields {
            let name = field.spec.name;
            let checked = self.check(field, context);
            match (name, checked) {
                (_, Checked::Bad(_)) => return None,
                ("at", Checked::Moment(moment, _)) => at = moment,
                ("void_reason", Checked::Text(text)) => reason = Some(text),
                (_, Checked::Empty) => {
                    fields.remove(name);
                }
                (_, Checked::Moment(moment, _)) => {
                    fields.insert(name.to_owned(), json!(time::rfc3339(moment)));
                }
                (_, Checked::Date(date)) => {
                    fields.insert(name.to_owned(), json!(date.to_string()));
                }
                (_, Checked::Text(text)) => {
                    fields.insert(name.to_owned(), value(field.spec.kind, text));
                }
            }
        }
        nest(&mut fields, at);
        Some((at, fields, reason))
    }
}

/// Puts into objects what the form shows side by side: who the patient is,
/// and a coded reason of delay, which holds from the note's own time unless
/// another is written.
fn nest(fields: &mut Map<String, Json>, at: Instant) {
    let mut patient = Map::new();
    for (name, inside) in [
        ("pnr", "pnr"),
        ("patient_name", "name"),
        ("protected", "protected"),
    ] {
        if let Some(value) = fields.remove(name) {
            patient.insert(inside.to_owned(), value);
        }
    }
    if !patient.is_empty() {
        fields.insert("patient".to_owned(), Json::Object(patient));
    }
    let (from, to) = (fields.remove("delay_from"), fields.remove("delay_to"));
    if let Some(code) = fields.remove("delay_code") {
        let from = from.unwrap_or_else(|| json!(time::rfc3339(at)));
        let mut delay = Map::from_iter([("code".to_owned(), code), ("from".to_owned(), from)]);
        delay.extend(to.map(|to| ("to".to_owned(), to)));
        fields.insert("delay_reason".to_owned(), Json::Object(delay));
    }
}

fn value(kind: FieldKind, text: String) -> Json {
    match kind {
        FieldKind::YesNo | FieldKind::MaybeYesNo => json!(text == "true"),
        FieldKind::Recipients => match text.as_str() {
            "both" => json!(["municipality", "open_care"]),
            one => json!([one]),
        },
        _ => json!(text),
    }
}

pub(super) fn void(event: &str, reason: &str) -> Map<String, Json> {
    let mut fields = Map::new();
    fields.insert("event".to_owned(), json!(event));
    fields.insert("reason".to_owned(), json!(reason));
    fields
}

/// An event's fields without those that every event has, and without the
/// reason of delay, which the form shows whole.
fn own_fields(event: &Map<String, Json>) -> Map<String, Json> {
    let common = ["id", "episode", "at", "kind", "source", "delay_reason"];
    event
        .iter()
        .filter(|(name, value)| !common.contains(&name.as_str()) && !value.is_null())
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_is_confirmed_by_month_and_total_however_the_number_is_written() {
        let month: Month = "2019-03".parse().unwrap();
        let total: Kronor = "39000".parse().unwrap();
        for text in [
            "2019-03 39000",
            " 2019-03  39 000 kr ",
            "2019-03\u{a0}39\u{a0}000\u{a0}kr",
            "2019-03 39\u{202f}000,00",
            "2019-03 SEK 39000.00",
            "2019-03 SEK\u{a0}39,000",
            "2019-03 39.000,00",
        ] {
            assert_eq!(lock_matches(text, month, total), Ok(()), "{text}");
        }
        for (text, problem) in [
            ("", Problem::LockMonth),
            ("39000", Problem::LockMonth),
            ("2019-04 39000", Problem::LockMonth),
            ("2019-03", Problem::LockTotal),
            ("2019-03 3900", Problem::LockTotal),
            ("2019-03 39000,50", Problem::LockTotal),
            ("2019-03 kr", Problem::LockTotal),
            ("2019-03 39,00", Problem::LockTotal),
        ] {
            assert_eq!(lock_matches(text, month, total), Err(problem), "{text}");
        }
        let ore: Kronor = "39000.50".parse().unwrap();
        assert_eq!(
            lock_matches("2019-03 39000", month, ore),
            Err(Problem::LockTotal)
        );
        assert_eq!(lock_matches("2019-03 39 000,50 kr", month, ore), Ok(()));
    }
}
