//! The store's health.

use super::{Desk, board, held_count, reply::StatusView, request::Anchor, state::State};
use crate::{
    journal::{Disk, KEPT_FREE, RealDisk},
    model::time::Instant,
    views::row::Standing,
};

impl Desk {
    pub(super) fn status(&self, now: Instant) -> StatusView {
        let state = self.read();
        let reader = self.reader();
        let anchor = reader.anchor();
        let open = state
            .views
            .live()
            .filter(|(_, row)| row.standing == Standing::Open)
            .count();
        let last_backup = state.books.last_backup;
        StatusView {
            region: state.region,
            store_id: reader.format().store.to_string(),
            seq: reader.last_seq(),
            anchor: Anchor {
                count: anchor.count,
                hash: anchor.hash.to_string(),
            },
            views_seq: state.views.position(),
            views: state.kind.to_owned(),
            journal_bytes: reader.bytes(),
            open_stays: open as u64,
            held_stays: held_count(&state),
            sources: board::sources(&state),
            last_backup,
            backup_age: last_backup.map(|at| (now - at).num_seconds().max(0)),
            clock: now,
            free_bytes: self.free_bytes(),
            read_only: self.read_only(&state),
            holder_pid: std::process::id(),
            notices: self.notices.clone(),
        }
    }

    fn free_bytes(&self) -> u64 {
        RealDisk
            .free_bytes(self.reader().folder())
            .unwrap_or(u64::MAX)
    }

    /// Why nothing can be written, if so.
    pub(super) fn read_only(&self, state: &State) -> Option<String> {
        let low = self.free_bytes() < KEPT_FREE;
        low.then(|| "disk_full".to_owned())
            .or_else(|| state.broken.clone())
    }
}
