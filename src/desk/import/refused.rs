//! Lines of the file that are left out: as they are given back, and as the
//! journal notes them.

use super::{Import, sift, staged};
use crate::{
    desk::{actor::Actor, error::DeskError, service::Refused, state::State},
    exchange::Refusal,
    ledger::{
        books::RefusedFile,
        decision::{Decision, RefusedLine},
    },
    model::{
        ids::{EpisodeId, EventId},
        month::Month,
        time,
    },
};

/// Refused lines that a report names when nothing was recorded.
const NAMED: usize = 100;
/// Bytes of refused lines that a report gives back; a file with more of them
/// is hardly one of events, and would only fill the memory.
const MOST_KEPT: usize = 64 << 20;

impl Import<'_> {
    /// Notes a line that is left out; with its text where that is given back.
    pub(super) fn refuse(
        &mut self,
        line: u64,
        refusal: Refusal,
        text: &[u8],
    ) -> Result<(), DeskError> {
        self.refused_lines += 1;
        if !self.job.keep_good && self.refused.len() >= NAMED {
            return Ok(());
        }
        let text = self
            .job
            .keep_good
            .then(|| String::from_utf8_lossy(text).into_owned());
        self.keep(text.as_deref())?;
        self.refused.push(Refused {
            line,
            field: refusal.field.map(std::borrow::Cow::into_owned),
            problem: refusal.problem,
            text,
        });
        Ok(())
    }

    fn keep(&mut self, text: Option<&str>) -> Result<(), DeskError> {
        self.kept += text.map_or(0, str::len);
        if self.kept > MOST_KEPT {
            let detail = format!("{} MiB", MOST_KEPT >> 20);
            return Err(DeskError::bad_input("too_many_refused", detail));
        }
        Ok(())
    }

    /// Those that were refused as they were read, and those that were sifted out.
    pub(super) fn all_refused(&mut self, sifted: &sift::Sifted) -> Result<Vec<Refused>, DeskError> {
        let mut refused = self.refused.clone();
        let kept = self.kept;
        for (slot, one) in &sifted.refused {
            let mut one = one.clone();
            if self.job.keep_good {
                one.text = Some(sift::text(staged(&mut self.staging)?, slot)?);
                self.keep(one.text.as_deref())?;
            }
            refused.push(one);
        }
        // Those that were sifted out are found again in the next round.
        self.kept = kept;
        refused.sort_by_key(|one| one.line);
        if !self.job.keep_good {
            refused.truncate(NAMED);
        }
        Ok(refused)
    }

    /// Left-out lines hold up the close of their months until they come or
    /// are waived. The same ones sent again, or compared again, are noted once.
    pub(super) fn note_refused(&self, actor: &Actor, refused: &[Refused]) -> Result<(), DeskError> {
        let note = RefusedFile {
            file: self.file_name(),
            lines: refused.iter().map(refused_line).collect(),
        };
        let choose = move |state: &State| {
            if state.books.refused.contains(&note) {
                return Ok(Vec::new());
            }
            let RefusedFile { file, lines } = note.clone();
            Ok(vec![Decision::LinesRefused { file, lines }])
        };
        self.desk.decide(actor, Box::new(choose)).map(drop)
    }
}

/// What can be read of a refused line.
fn refused_line(refused: &Refused) -> RefusedLine {
    #[derive(serde::Deserialize, Default)]
    struct Parts {
        episode: Option<String>,
        id: Option<String>,
        at: Option<String>,
    }
    let text = refused.text.as_deref().unwrap_or_default();
    let parts: Parts = serde_json::from_str(text).unwrap_or_default();
    RefusedLine {
        line: refused.line,
        episode: parts.episode.and_then(|text| EpisodeId::new(&text).ok()),
        event: parts.id.and_then(|text| EventId::new(&text).ok()),
        month: parts
            .at
            .and_then(|text| time::parse(&text).ok())
            .map(Month::at),
    }
}
