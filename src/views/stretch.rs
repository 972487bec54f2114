//! Over which stretch of the journal a closed stay was recorded: the index of
//! stays that stood otherwise at an earlier position.
//!
//! A stay that is closed now may have been open as known at entry N, and then
//! belong to months that it touches no more: what it was then is not to be
//! told from the months' index. Such a stay has entries both up to N and after
//! it. Each stretch stands once, at the entry in it whose number ends in most
//! zero bits; the stretches around N then stand at one of some forty entries
//! that follow from N.

use std::{ops::ControlFlow, sync::Arc};

use super::{
    row::{self, StayRow},
    state::{Views, ViewsError},
    tables::{Batch, Table},
};
use crate::model::ids::EpisodeId;

/// First and last entry of a stay.
type Stretch = (u64, u64);

impl StayRow {
    /// Its stretch, where the journal ever ended within it: one import is
    /// recorded as a whole.
    fn stretch(&self) -> Option<Stretch> {
        let (first, last) = (self.places.first()?, self.places.last()?);
        let one_import = first.loc.file == last.loc.file && first.loc.file.is_batch();
        (!one_import && first.seq < last.seq).then_some((first.seq, last.seq))
    }

    fn indexed(&self) -> Option<Stretch> {
        self.stretch().filter(|_| !self.standing.is_live())
    }

    /// Without what was recorded after entry `upto`; its facts stay as they are.
    #[must_use]
    pub fn recorded_by(&self, upto: u64) -> Self {
        let mut row = self.clone();
        row.places.retain(|place| place.seq <= upto);
        row.identities.retain(|place| place.seq <= upto);
        row
    }

    /// Whether something of it was recorded up to entry `upto`.
    #[must_use]
    pub fn begun_by(&self, upto: u64) -> bool {
        self.places.first().is_some_and(|place| place.seq <= upto)
    }
}

/// Keeps the index true to a stay's new row.
pub(super) fn put(batch: &mut Batch, episode: &EpisodeId, row: &StayRow, was: Option<&StayRow>) {
    let now = row.indexed();
    let before = was.and_then(StayRow::indexed);
    if before == now {
        return;
    }
    if let Some(stretch) = before {
        batch.delete(Table::Stretch, key(stretch, episode));
    }
    if let Some(stretch) = now {
        batch.put(Table::Stretch, key(stretch, episode), row::encode(&stretch));
    }
}

impl Views {
    /// Stays that are closed now, of which something was recorded up to entry
    /// `upto`, and something after it.
    ///
    /// # Errors
    /// Where the tables cannot be read.
    pub fn straddling(&self, upto: u64) -> Result<Vec<(EpisodeId, Arc<StayRow>)>, ViewsError> {
        let mut found = Vec::new();
        for node in around(upto) {
            let mut bad = None;
            let prefix = node.to_be_bytes();
            self.tables
                .scan(
                    Table::Stretch,
                    &prefix,
                    None,
                    &mut |key, value| match read(key, value) {
                        Ok((episode, (first, last))) => {
                            if first <= upto && upto < last {
                                found.push(episode);
                            }
                            ControlFlow::Continue(())
                        }
                        Err(error) => {
                            bad = Some(error);
                            ControlFlow::Break(())
                        }
                    },
                )?;
            if let Some(bad) = bad {
                return Err(bad.into());
            }
        }
        // As the tables have them.
        found.sort_unstable();
        let rows = found.into_iter().filter_map(|episode| {
            let row = self.row(&episode).transpose()?;
            Some(row.map(|row| (episode, row)))
        });
        rows.collect()
    }
}

fn key(stretch: Stretch, episode: &EpisodeId) -> Vec<u8> {
    let mut key = node(stretch).to_be_bytes().to_vec();
    key.extend_from_slice(episode.as_str().as_bytes());
    key
}

fn read(key: &[u8], value: &[u8]) -> Result<(EpisodeId, Stretch), row::BadRow> {
    let text = key.get(8..).and_then(|text| std::str::from_utf8(text).ok());
    let episode = EpisodeId::new(text.ok_or(row::BadRow)?).map_err(|_| row::BadRow)?;
    Ok((episode, row::decode(value)?))
}

/// The entry of a stretch whose number ends in most zero bits.
fn node((first, last): Stretch) -> u64 {
    let Some(bit) = (first ^ last).checked_ilog2() else {
        return first;
    };
    let below = (2_u64 << bit) - 1;
    if first & below == 0 {
        first
    } else {
        last & !(below >> 1)
    }
}

/// Every entry at which a stretch around `seq` may stand.
fn around(seq: u64) -> impl Iterator<Item = u64> {
    let lowest = seq.trailing_zeros().min(62);
    (lowest..63).map(move |bit| {
        let above = seq & !((2_u64 << bit) - 1);
        above | (1 << bit)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_stretch_stands_where_every_entry_of_it_looks(
            first in 1_u64..5_000,
            length in 0_u64..5_000,
            within in 0_u64..5_000,
        ) {
            let last = first + length;
            let seq = first + within % (length + 1);
            let node = node((first, last));
            prop_assert!((first..=last).contains(&node));
            prop_assert!(around(seq).any(|one| one == node), "{node} for {seq}");
        }
    }

    #[test]
    fn a_stretch_of_one_entry_stands_there() {
        assert_eq!(node((7, 7)), 7);
        assert_eq!(node((8, 15)), 8);
        assert_eq!(node((7, 9)), 8);
    }
}
