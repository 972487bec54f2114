//! Who a stay is about, as an actor may see it.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use super::{actor::Actor, events::kept_apart, reply::ShownIdentity};
use crate::{
    journal::Reader,
    model::{ids::EpisodeId, stay::Stay},
    views::{ViewsError, row::StayRow},
};

/// Name and number, in clear.
#[derive(Debug, Clone, Default)]
struct Clear {
    name: Option<String>,
    pnr: Option<String>,
}

/// Identities that were looked up, so that a board need not read thousands of
/// records each time. An entry holds until its stay has a newer event.
#[derive(Default)]
pub(super) struct Cache(Mutex<HashMap<EpisodeId, (u64, Clear)>>);

impl Cache {
    /// The identity of a stay, masked as the actor's role and the patient's
    /// protection ask; `reveal` shows a protected one to a role that may.
    pub fn shown(
        &self,
        reader: &Reader,
        row: &StayRow,
        stay: &Stay,
        actor: &Actor,
        reveal: bool,
    ) -> Result<ShownIdentity, ViewsError> {
        let protected = stay.details.protected;
        let visible = if protected {
            reveal && actor.role.reveals_protected()
        } else {
            actor.role.sees_identities()
        };
        if !visible {
            return Ok(ShownIdentity {
                name: None,
                pnr: None,
                protected,
            });
        }
        let Clear { name, pnr } = self.clear(reader, row, stay)?;
        Ok(ShownIdentity {
            name,
            pnr,
            protected,
        })
    }

    fn clear(&self, reader: &Reader, row: &StayRow, stay: &Stay) -> Result<Clear, ViewsError> {
        let seq = row.last_seq();
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((at, clear)) = known.get(&stay.episode)
            && *at == seq
        {
            return Ok(clear.clone());
        }
        let clear = read_clear(reader, row, stay)?;
        known.insert(stay.episode.clone(), (seq, clear.clone()));
        Ok(clear)
    }
}

/// Puts the stay's effective identity records together: a later one replaces
/// what it names.
fn read_clear(reader: &Reader, row: &StayRow, stay: &Stay) -> Result<Clear, ViewsError> {
    let mut clear = Clear::default();
    for key in &stay.details.identities {
        for place in &row.identities {
            let identity = reader.identity(place.loc)?;
            let crate::journal::Identity::Known { key: found, .. } = identity else {
                continue;
            };
            if found != *key {
                continue;
            }
            if let Some((pnr, name)) = kept_apart(reader, row, place.seq)? {
                clear.pnr = pnr.map(|pnr| pnr.reveal()).or(clear.pnr);
                clear.name = name.or(clear.name);
            }
        }
    }
    Ok(clear)
}
