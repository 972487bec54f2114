//! What was recorded in this session, so that the last of it can be undone.

use serde_json::{Map, Value as Json};

use super::form::Deed;
use crate::model::{
    event::Kind,
    ids::{EpisodeId, EventId},
};

/// What was sent, and what of it stands.
#[derive(Debug, Clone, Default)]
pub struct Done {
    /// Sent and not answered, by the serial of the question.
    sent: Vec<(u64, Sent)>,
    /// Recorded, the last set last.
    sets: Vec<Vec<Deed>>,
    /// Recorded for one stay after the other by a deed for many, which is one
    /// set once all of them are answered.
    many: Vec<Deed>,
}

#[derive(Debug, Clone)]
enum Sent {
    Deeds(Vec<Deed>),
    /// The last set is being undone.
    Undoing,
}

impl Done {
    /// Events go out.
    pub fn sent(&mut self, serial: u64, deeds: Vec<Deed>) {
        self.sent.push((serial, Sent::Deeds(deeds)));
    }

    /// What went out last undoes the last set.
    pub fn undoes(&mut self, serial: u64) {
        for (sent, what) in &mut self.sent {
            if *sent == serial {
                *what = Sent::Undoing;
            }
        }
    }

    /// The answer to what went out: how many events were new; none where it
    /// was refused. Says whether the last set was undone.
    pub fn answered(&mut self, serial: u64, added: Option<u64>) -> Option<Vec<Deed>> {
        let at = self.sent.iter().position(|(sent, _)| *sent == serial)?;
        let (_, what) = self.sent.remove(at);
        match (what, added?) {
            (Sent::Undoing, _) => self.sets.pop(),
            // It was there already: not this user's.
            (Sent::Deeds(_), 0) => None,
            (Sent::Deeds(deeds), _) => {
                self.sets.push(deeds);
                None
            }
        }
    }

    /// The answer for one stay of a deed for many, as for [`Done::answered`].
    pub fn one_answered(&mut self, serial: u64, added: Option<u64>) {
        let sets = self.sets.len();
        self.answered(serial, added);
        self.many.extend(self.sets.drain(sets..).flatten());
    }

    /// The deed for many is answered for all.
    pub fn all_answered(&mut self) {
        if !self.many.is_empty() {
            self.sets.push(std::mem::take(&mut self.many));
        }
    }

    /// The last set that stands.
    #[must_use]
    pub fn last(&self) -> Option<&[Deed]> {
        self.sets.last().map(Vec::as_slice)
    }
}

/// What a line of an event says of which one it is; `known` finds events by
/// stay and id.
pub fn deed(
    line: &str,
    known: impl Fn(&EpisodeId, &str) -> Option<Map<String, Json>>,
) -> Option<Deed> {
    let json: Json = serde_json::from_str(line).ok()?;
    let text = |name: &str| json.get(name)?.as_str();
    let episode = EpisodeId::new(text("episode")?).ok()?;
    let kind = Kind::from_name(text("kind")?)?;
    let voided = text("event").filter(|_| kind == Kind::Void);
    Some(Deed {
        voided: voided.and_then(|event| known(&episode, event)),
        event: EventId::new(text("id")?).ok()?,
        episode,
        kind,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(id: &str) -> Deed {
        let line = format!(
            r#"{{"id":"{id}","episode":"E-1","at":"2019-03-04T11:00:00+01:00","kind":"sip_held"}}"#
        );
        deed(&line, |_, _| None).unwrap()
    }

    fn last(done: &Done) -> Vec<&str> {
        let last = done.last().unwrap_or_default();
        last.iter().map(|deed| deed.event.as_str()).collect()
    }

    #[test]
    fn the_last_set_is_undone_first_and_a_refusal_changes_nothing() {
        let mut done = Done::default();
        done.sent(1, vec![event("a")]);
        assert!(last(&done).is_empty(), "not before it is recorded");
        done.answered(1, Some(1));
        done.sent(2, vec![event("b"), event("c")]);
        done.answered(2, Some(2));
        done.sent(3, vec![event("d")]);
        done.answered(3, None);
        assert_eq!(last(&done), ["b", "c"]);
        done.sent(4, vec![event("v")]);
        done.undoes(4);
        assert_eq!(done.answered(4, None), None);
        assert_eq!(last(&done), ["b", "c"]);
        done.sent(5, vec![event("v")]);
        done.undoes(5);
        assert_eq!(done.answered(5, Some(2)).map(|set| set.len()), Some(2));
        assert_eq!(last(&done), ["a"]);
    }

    #[test]
    fn a_deed_for_many_is_one_set_of_what_was_recorded() {
        let mut done = Done::default();
        done.sent(1, vec![event("a")]);
        done.answered(1, Some(1));
        for (serial, id) in [(2, "b"), (3, "c"), (4, "d")] {
            done.sent(serial, vec![event(id)]);
        }
        done.one_answered(2, Some(1));
        done.one_answered(3, None);
        assert_eq!(last(&done), ["a"], "not before all are answered");
        done.one_answered(4, Some(1));
        done.all_answered();
        assert_eq!(last(&done), ["b", "d"]);
    }

    #[test]
    fn a_void_remembers_what_it_took_back() {
        let line = r#"{"id":"v","episode":"E-1","at":"2019-03-04T11:00:00+01:00","kind":"void","event":"a","reason":"x"}"#;
        let known = |_: &EpisodeId, event: &str| {
            (event == "a").then(|| Map::from_iter([("kind".to_owned(), "sip_held".into())]))
        };
        assert!(deed(line, known).unwrap().voided.is_some());
        assert!(deed(line, |_, _| None).unwrap().voided.is_none());
    }

    #[test]
    fn what_was_there_already_is_not_ours_to_undo() {
        let mut done = Done::default();
        done.sent(1, vec![event("a")]);
        done.answered(1, Some(0));
        assert_eq!(done.last(), None);
    }
}
