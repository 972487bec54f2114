//! What was recorded in this session, so that the last of it can be undone.

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
}

#[derive(Debug, Clone)]
enum Sent {
    Deeds(Vec<Deed>),
    /// The last set is being undone.
    Undoing,
}

impl Done {
    /// Events go out.
    pub fn sent(&mut self, serial: u64, events: &[String]) {
        let deeds = events.iter().filter_map(|line| deed(line)).collect();
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

    /// The last set that stands.
    #[must_use]
    pub fn last(&self) -> Option<&[Deed]> {
        self.sets.last().map(Vec::as_slice)
    }
}

/// What a line of an event says of which one it is.
fn deed(line: &str) -> Option<Deed> {
    let json: serde_json::Value = serde_json::from_str(line).ok()?;
    let text = |name: &str| json.get(name)?.as_str();
    Some(Deed {
        episode: EpisodeId::new(text("episode")?).ok()?,
        event: EventId::new(text("id")?).ok()?,
        kind: Kind::from_name(text("kind")?)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(id: &str) -> String {
        format!(
            r#"{{"id":"{id}","episode":"E-1","at":"2019-03-04T11:00:00+01:00","kind":"sip_held"}}"#
        )
    }

    fn last(done: &Done) -> Vec<&str> {
        let last = done.last().unwrap_or_default();
        last.iter().map(|deed| deed.event.as_str()).collect()
    }

    #[test]
    fn the_last_set_is_undone_first_and_a_refusal_changes_nothing() {
        let mut done = Done::default();
        done.sent(1, &[event("a")]);
        assert!(last(&done).is_empty(), "not before it is recorded");
        done.answered(1, Some(1));
        done.sent(2, &[event("b"), event("c")]);
        done.answered(2, Some(2));
        done.sent(3, &[event("d")]);
        done.answered(3, None);
        assert_eq!(last(&done), ["b", "c"]);
        done.sent(4, &[event("v")]);
        done.undoes(4);
        assert_eq!(done.answered(4, None), None);
        assert_eq!(last(&done), ["b", "c"]);
        done.sent(5, &[event("v")]);
        done.undoes(5);
        assert_eq!(done.answered(5, Some(2)).map(|set| set.len()), Some(2));
        assert_eq!(last(&done), ["a"]);
    }

    #[test]
    fn what_was_there_already_is_not_ours_to_undo() {
        let mut done = Done::default();
        done.sent(1, &[event("a")]);
        done.answered(1, Some(0));
        assert_eq!(done.last(), None);
    }
}
