//! `--agreements DIR`: agreement files that stand in for those in force, in
//! this run alone. They go with each question, so it is all the same whether
//! this process or another one holds the store.

use std::{
    fs,
    io::{Read, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{agreement_file, args::Global, context::Context, failure::Failure};
use crate::{
    desk::{
        actor::Actor,
        error::DeskError,
        reply::Reply,
        request::{AgreementFile, Ask, Request},
        service::{BackupReport, Connection, ImportJob, ImportReport, Progress, Service},
    },
    model::{ids::AgreementId, text::plain},
    rules::agreement::Agreement,
    settings::keymap::Words,
};

/// Another desk, every question to which goes under the files.
pub(super) struct Trial {
    desk: Arc<dyn Service>,
    files: Vec<AgreementFile>,
}

/// `desk`, or where a folder of agreements is given, `desk` under its files,
/// checked; and what must be known beside every answer.
///
/// # Errors
/// `io`, `agreements_missing`; `agreement_refused` with file and line.
pub(super) fn over(
    desk: Arc<dyn Service>,
    folder: Option<&Path>,
    context: &Context<'_>,
) -> Result<(Arc<dyn Service>, Vec<Words>), Failure> {
    let Some(folder) = folder else {
        return Ok((desk, Vec::new()));
    };
    let (files, ids): (_, Vec<_>) = read(folder)?.into_iter().unzip();
    let trial = Trial { desk, files };
    // Also against those that they stand beside, before anything is answered.
    let reply = context.ask(&trial, Ask::Agreements)?;
    let idle = ids.iter().filter(|id| !binds(&reply, id)).map(idle);
    let notes = std::iter::once(note(folder)).chain(idle);
    Ok((Arc::new(trial), notes.collect()))
}

/// [`over`], with what must be known told apart from the answer, which may be
/// read by a program.
///
/// # Errors
/// Those of [`over`].
pub(super) fn noted(
    desk: Arc<dyn Service>,
    global: &Global,
    context: &mut Context<'_>,
) -> Result<Arc<dyn Service>, Failure> {
    let (desk, notes) = over(desk, global.agreements.as_deref(), context)?;
    for note in notes {
        let note = context.lang.pick(note.sv, note.en);
        writeln!(context.err, "fristdag: {note}")?;
    }
    Ok(desk)
}

/// Whether an agreement is among those that can judge in the store.
pub(super) fn binds(agreements: &Reply, id: &AgreementId) -> bool {
    match agreements {
        Reply::Agreements(all) => all.iter().any(|one| one.id == *id),
        _ => false,
    }
}

/// What tells of an agreement of another region.
pub(super) fn idle(id: &AgreementId) -> Words {
    Words {
        sv: format!("{id} är en annan regions avtal: det binder ingen i det här lagret"),
        en: format!("{id} is another region's agreement: it binds nobody in this store"),
    }
}

/// What tells everybody that other files stand in.
fn note(folder: &Path) -> Words {
    let folder = folder.display().to_string();
    let folder = plain(&folder);
    Words {
        sv: format!("Prövas med avtalen i {folder}: inget kan beslutas eller låsas så"),
        en: format!("Tried with the agreements in {folder}: nothing can be decided or locked so"),
    }
}

/// The `.toml` files of a folder, in the order of their names.
fn read(folder: &Path) -> Result<Vec<(AgreementFile, AgreementId)>, Failure> {
    let failed = |error: std::io::Error| Failure::file(folder, &error);
    let mut paths: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.extension().is_some_and(|end| end == "toml") {
            paths.push(path);
        }
    }
    paths.sort();
    if paths.is_empty() {
        return Err(DeskError::bad_input("agreements_missing", folder.display()).into());
    }
    paths.iter().map(|path| loaded(path)).collect()
}

/// An agreement's file, checked by itself.
///
/// # Errors
/// `io`; `agreement_refused` with file and line.
pub(super) fn file(path: &Path) -> Result<AgreementFile, Failure> {
    loaded(path).map(|(file, _)| file)
}

fn loaded(path: &Path) -> Result<(AgreementFile, AgreementId), Failure> {
    let given = agreement_file::read(path)?;
    let agreement = Agreement::load(&given.file, &given.text)
        .map_err(|errors| DeskError::bad_input("agreement_refused", errors))?;
    Ok((given, agreement.id))
}

impl Service for Trial {
    fn ask(&self, request: Request) -> Result<Reply, DeskError> {
        let ask = match request.ask {
            // Waiting is under no rules.
            waiting @ Ask::Watch { .. } => waiting,
            ask => Ask::Under {
                files: self.files.clone(),
                ask: Box::new(ask),
            },
        };
        self.desk.ask(Request { ask, ..request })
    }

    fn import(
        &self,
        actor: &Actor,
        job: &ImportJob,
        input: &mut dyn Read,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<ImportReport, DeskError> {
        self.desk.import(actor, job, input, progress)
    }

    fn backup(
        &self,
        actor: &Actor,
        out: &mut dyn Write,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<BackupReport, DeskError> {
        self.desk.backup(actor, out, progress)
    }

    fn connection(&self) -> Connection {
        self.desk.connection()
    }

    fn leave(&self) {
        self.desk.leave();
    }
}
