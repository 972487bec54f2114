//! Files being written: which, how far, and where they went.

use std::path::PathBuf;

use super::{
    event::{ExportFormat, ExportJob, ExportStep},
    form::Form,
};
use crate::{
    desk::{error::DeskError, reply::Parked},
    model::month::Month,
};

/// How far a file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileState {
    /// Not begun.
    Waiting,
    /// Being written.
    Writing,
    /// There, with so many bytes, and without these payers of the month, who
    /// are not locked.
    Written(PathBuf, u64, Vec<Parked>),
    /// Not there, and why.
    Failed(DeskError),
}

/// An export on its way.
#[derive(Debug, Clone)]
pub struct ExportLog {
    /// Of which month.
    pub month: Month,
    /// Where to.
    pub folder: PathBuf,
    /// Each file.
    pub files: Vec<(ExportFormat, FileState)>,
    /// Whether all is done, well or not.
    pub done: bool,
    /// What asked for it, to be corrected where a file failed.
    pub form: Form,
}

impl ExportLog {
    /// One that was just sent.
    #[must_use]
    pub fn new(job: &ExportJob, form: Form) -> Self {
        let waiting = |format: &ExportFormat| (*format, FileState::Waiting);
        Self {
            month: job.month,
            folder: job.directory.clone(),
            files: job.formats.iter().map(waiting).collect(),
            done: false,
            form,
        }
    }

    /// Takes how far a file is.
    pub fn take(&mut self, step: ExportStep) {
        let file = self.files.iter_mut().find(|(it, _)| *it == step.format);
        if let Some((_, state)) = file {
            *state = step.state;
        }
    }

    /// Payers of the month that are not in the files.
    #[must_use]
    pub fn not_locked(&self) -> &[Parked] {
        let mut without = self.files.iter().filter_map(|(_, state)| match state {
            FileState::Written(_, _, without) => Some(without.as_slice()),
            _ => None,
        });
        without.next().unwrap_or_default()
    }

    /// How many files are written.
    #[must_use]
    pub fn written(&self) -> usize {
        let written = |state: &FileState| matches!(state, FileState::Written(..));
        self.files.iter().filter(|(_, it)| written(it)).count()
    }
}
