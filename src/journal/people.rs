//! The writer's side of the identity files.

use super::error::{Context, JournalError, Result};
use super::identity::IdentityChange;
use super::loc::{FileNo, IdentityLoc};
use super::rewrite;
use super::shared::Room;
use super::store::{Change, Journal, begin};

impl Journal {
    pub(super) fn append_identities(
        &mut self,
        changes: &[Change],
    ) -> Result<Vec<Vec<IdentityLoc>>> {
        if changes.iter().all(|c| c.identities.is_empty()) {
            return Ok(vec![Vec::new(); changes.len()]);
        }
        if self
            .identities
            .as_ref()
            .is_none_or(|i| i.len >= self.segment_bytes)
        {
            let number =
                u32::try_from(self.shared.state().identities.len() + 1).unwrap_or(u32::MAX);
            self.identities = Some(begin(
                &*self.shared.disk,
                &self.shared.room(Room::Identities),
                number,
            )?);
            self.shared.state_mut().identities.push(0);
        }
        let file = FileNo::segment(
            u32::try_from(self.shared.state().identities.len()).unwrap_or(u32::MAX),
        );
        let Some(appender) = &mut self.identities else {
            return Ok(Vec::new());
        };
        let (mut buffer, mut located) = (Vec::new(), Vec::new());
        for change in changes {
            let each = change.identities.iter().map(|record| {
                let offset = appender.len + buffer.len() as u64;
                buffer.extend_from_slice(&record.line);
                let len = u32::try_from(record.line.len() - 1).unwrap_or(u32::MAX);
                IdentityLoc { file, offset, len }
            });
            located.push(each.collect());
        }
        if let Err(failed) = appender.append(&buffer) {
            return Err(self.failed(failed));
        }
        self.note_identities();
        Ok(located)
    }

    /// Takes identities back whose entries could not be recorded.
    pub(super) fn drop_identities(&mut self, len: u64) {
        let Some(appender) = &mut self.identities else {
            return;
        };
        // A segment begun for them is emptied.
        let len = if len <= appender.len { len } else { 0 };
        if !appender.cut_to(len) {
            self.stuck = Some("identities without entries could not be taken back".into());
        }
        self.note_identities();
    }

    fn note_identities(&self) {
        if let (Some(appender), Some(len)) = (
            &self.identities,
            self.shared.state_mut().identities.last_mut(),
        ) {
            *len = appender.len;
        }
    }

    pub(super) fn rewrite(&mut self, change: &IdentityChange) -> Result<()> {
        let file = change.loc.file;
        let known = file.as_segment().and_then(|n| {
            let at = usize::try_from(n).ok()?.checked_sub(1)?;
            self.shared.state().identities.get(at).copied()
        });
        let len = match known {
            Some(len) => len,
            None => self.shared.stamp(Room::Identities, file)?.len,
        };
        let fresh = rewrite::change(&self.shared, change, len);
        if let Err(error @ JournalError::Io { .. }) = &fresh {
            // Which of the two files the name leads to after a power cut is
            // unknown, so nothing more may be appended to either.
            self.stuck = Some(error.to_string());
        }
        let active = u32::try_from(self.shared.state().identities.len()).ok();
        if file.as_segment().is_none() {
            return fresh.map(|_| ());
        }
        // Also after an error: the name may lead to the new file already.
        if file.as_segment() == active {
            self.reopen_identities()?;
        } else if let (Ok(len), Some(number)) = (&fresh, file.as_segment()) {
            let at = usize::try_from(number).unwrap_or(usize::MAX) - 1;
            if let Some(known) = self.shared.state_mut().identities.get_mut(at) {
                *known = *len;
            }
        }
        fresh.map(|_| ())
    }

    fn reopen_identities(&mut self) -> Result<()> {
        let Some(appender) = &mut self.identities else {
            return Ok(());
        };
        let opened = self.shared.disk.open(&appender.path).and_then(|file| {
            let len = file.stamp()?.len;
            Ok((file, len))
        });
        match opened.context("open", &appender.path) {
            Ok((file, len)) => {
                (appender.file, appender.len) = (file, len);
                self.note_identities();
                Ok(())
            }
            Err(error) => {
                self.stuck = Some(error.to_string());
                Err(error)
            }
        }
    }
}
