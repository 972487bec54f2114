//! Where events are read from when stays are folded: the journal, or what an
//! import set aside of it when it parsed them.

use crate::{
    journal::{BatchLoc, Draft, DraftReader, JournalError, NearReader, Reader},
    model::{
        event::{self, Event, compact},
        ids::EpisodeId,
    },
};

use super::{ViewsError, row::Place};

/// Events of an import in their compact form, in order, so that publishing
/// needs not parse the journal that it just wrote. Only a short cut: what
/// cannot be read here is read from the journal.
pub struct Parsed {
    draft: Draft,
    /// Where each event ends.
    ends: Vec<u64>,
    first_seq: u64,
}

impl Parsed {
    /// Nothing yet.
    ///
    /// # Errors
    /// Where the file cannot be made.
    pub fn new(reader: &Reader) -> Result<Self, JournalError> {
        Ok(Self {
            draft: reader.draft()?,
            ends: Vec::new(),
            first_seq: 0,
        })
    }

    /// Sets the next event aside, as the compact form of events has it.
    ///
    /// # Errors
    /// Where it cannot be written, or space runs low.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), JournalError> {
        let loc = self.draft.push(bytes)?;
        self.ends.push(loc.offset + u64::from(loc.len));
        Ok(())
    }

    /// Sets aside what stands at place `n` of another import, from 0.
    ///
    /// # Errors
    /// Where it cannot be read or written, or nothing stands there.
    pub fn push_from(&mut self, other: &mut Self, n: u32) -> Result<(), JournalError> {
        let missing = || JournalError::NoSuchRecord(format!("event {n} of an import"));
        let loc = other.loc(u64::from(n)).ok_or_else(missing)?;
        let bytes = other.draft.read(loc)?;
        self.push(&bytes)
    }

    /// The events are published, from entry `first_seq` of the journal on.
    ///
    /// # Errors
    /// Where the last of them cannot be written.
    pub fn published(mut self, first_seq: u64) -> Result<Self, JournalError> {
        self.draft.flush()?;
        self.first_seq = first_seq;
        Ok(self)
    }

    fn loc(&self, n: u64) -> Option<BatchLoc> {
        let n = usize::try_from(n).ok()?;
        let end = *self.ends.get(n)?;
        let offset = n.checked_sub(1).map_or(0, |before| self.ends[before]);
        let len = u32::try_from(end - offset).ok()?;
        Some(BatchLoc { offset, len })
    }
}

/// Where the events of stays are read from.
#[derive(Clone, Copy)]
pub struct Recorded<'a> {
    reader: &'a Reader,
    parsed: Option<&'a Parsed>,
}

impl<'a> From<&'a Reader> for Recorded<'a> {
    fn from(reader: &'a Reader) -> Self {
        Self {
            reader,
            parsed: None,
        }
    }
}

impl<'a> Recorded<'a> {
    /// The journal, with what an import set aside of it.
    #[must_use]
    pub fn with_parsed(reader: &'a Reader, parsed: Option<&'a Parsed>) -> Self {
        Self { reader, parsed }
    }

    /// For many reads, on one thread.
    pub(super) fn near(self) -> NearEvents<'a> {
        NearEvents {
            journal: self.reader.near(),
            parsed: self.parsed.map(|parsed| (parsed, parsed.draft.near())),
        }
    }
}

/// Reads events.
pub(super) struct NearEvents<'a> {
    journal: NearReader,
    parsed: Option<(&'a Parsed, DraftReader)>,
}

impl NearEvents<'_> {
    /// The event of `episode` that stands at `place`.
    pub fn read(&mut self, episode: &EpisodeId, place: &Place) -> Result<Event, ViewsError> {
        let Some(event) = self.in_parsed(episode, place) else {
            return self.in_journal(place);
        };
        debug_assert_eq!(
            self.in_journal(place).ok().as_ref(),
            Some(&event),
            "what is folded is what the journal says"
        );
        Ok(event)
    }

    fn in_parsed(&mut self, episode: &EpisodeId, place: &Place) -> Option<Event> {
        let (parsed, near) = self.parsed.as_mut()?;
        let loc = parsed.loc(place.seq.checked_sub(parsed.first_seq)?)?;
        compact::decode(near.read(loc).ok()?, episode)
    }

    fn in_journal(&mut self, place: &Place) -> Result<Event, ViewsError> {
        self.journal
            .read(place.loc, |entry| {
                event::parse_recorded(entry.body.as_bytes())
            })?
            .map_err(|_| ViewsError::Entry(place.seq))
    }
}

#[cfg(test)]
mod tests {
    use std::{path::Path, sync::Arc};

    use super::*;
    use crate::{
        journal::{Disk, Journal, Loc, SimDisk},
        model::event::parse_recorded,
    };

    fn event(n: u32) -> Event {
        let line = format!(
            r#"{{"id":"E-{n}","episode":"D-1","at":"2019-03-04T11:00:00.25+01:00","kind":"note","text":"nr {n}"}}"#
        );
        parse_recorded(line.as_bytes()).unwrap()
    }

    /// A place that the journal knows nothing of.
    fn place(seq: u64) -> Place {
        let loc = Loc::decode([0; 16]);
        Place { seq, loc }
    }

    #[test]
    fn what_was_set_aside_is_found_by_its_entry_and_nothing_else_is() {
        let disk: Arc<dyn Disk> = Arc::new(SimDisk::new());
        let folder = Path::new("/store");
        let at = "2019-03-04T11:00:00Z".parse().unwrap();
        Journal::create(&*disk, folder, "17", at).unwrap();
        let (journal, _) = Journal::open(disk, folder, None, &mut |_, _| {}).unwrap();
        let reader = journal.reader();
        let episode = EpisodeId::new("D-1").unwrap();
        let mut all = Parsed::new(&reader).unwrap();
        let mut some = Parsed::new(&reader).unwrap();
        for n in 0..4 {
            all.push(&compact::encode(&event(n))).unwrap();
        }
        for n in [1, 3] {
            some.push_from(&mut all, n).unwrap();
        }
        assert!(some.push_from(&mut all, 4).is_err());
        for (parsed, kept) in [(all, vec![0, 1, 2, 3]), (some, vec![1, 3])] {
            let parsed = parsed.published(7).unwrap();
            let mut near = Recorded::with_parsed(&reader, Some(&parsed)).near();
            let mut found = |seq| near.in_parsed(&episode, &place(seq));
            for (seq, n) in (7..).zip(&kept) {
                assert_eq!(found(seq), Some(event(*n)));
            }
            assert_eq!(found(6), None);
            assert_eq!(found(7 + kept.len() as u64), None);
        }
        let mut near = Recorded::from(&reader).near();
        assert!(near.read(&episode, &place(7)).is_err());
    }
}
