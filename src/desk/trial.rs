//! Questions answered as if other agreement files were in force: nothing is
//! decided so.

use std::sync::{Arc, Mutex, PoisonError};

use super::{
    Desk, agreements,
    angle::Angle,
    answer::Nature,
    error::DeskError,
    reply::Reply,
    request::{AgreementFile, Ask, Request},
};
use crate::rules::Rulebook;

/// The files last tried, with what they make of the rules in force: a board
/// asks again and again.
#[derive(Default)]
pub(super) struct Cache(Mutex<Option<Tried>>);

struct Tried {
    files: Vec<AgreementFile>,
    in_force: Arc<Rulebook>,
    rulebook: Arc<Rulebook>,
}

impl Desk {
    /// Answers `ask` under `files`.
    ///
    /// # Errors
    /// `agreement_refused` with file and line; `agreements_on_trial` for a
    /// decision, unless the files are in force already.
    pub(super) fn on_trial(
        &self,
        files: &[AgreementFile],
        ask: &Ask,
        request: &Request,
    ) -> Result<Reply, DeskError> {
        match ask {
            Ask::Under { .. } => return Err(DeskError::bad_input("wrong_request", "files twice")),
            Ask::AsOf { as_of, ask } => return self.as_of(*as_of, files, ask, request),
            _ => {}
        }
        let (rulebook, in_force) = self.tried(files)?;
        let asked = Request {
            ask: ask.clone(),
            ..request.clone()
        };
        if same(&rulebook, &in_force) {
            return self.answer(&asked);
        }
        let angle = Angle {
            trial: Some(&rulebook),
            known: None,
        };
        match Nature::of(ask) {
            Nature::Judged { .. } => self.judged(&asked, angle),
            Nature::Decision if !only_checks(ask) => {
                Err(DeskError::no("agreements_on_trial", names(files)))
            }
            Nature::Decision | Nature::Fact => self.answer(&asked),
        }
    }

    /// The rules with `files`, and those in force.
    fn tried(&self, files: &[AgreementFile]) -> Result<(Arc<Rulebook>, Arc<Rulebook>), DeskError> {
        let state = self.read();
        let mut kept = self.tried.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(tried) = &*kept
            && tried.files == files
            && Arc::ptr_eq(&tried.in_force, &state.rulebook)
        {
            return Ok((Arc::clone(&tried.rulebook), Arc::clone(&tried.in_force)));
        }
        let rulebook = Arc::new(agreements::with(&state.rulebook, files)?);
        let in_force = Arc::clone(&state.rulebook);
        *kept = Some(Tried {
            files: files.to_vec(),
            in_force: Arc::clone(&in_force),
            rulebook: Arc::clone(&rulebook),
        });
        Ok((rulebook, in_force))
    }
}

/// Whether the very same files are in force.
fn same(tried: &Rulebook, in_force: &Rulebook) -> bool {
    let addresses = |rulebook: &Rulebook| {
        let mut all: Vec<String> = rulebook.all().map(|it| it.address().to_owned()).collect();
        all.sort();
        all
    };
    addresses(tried) == addresses(in_force)
}

fn names(files: &[AgreementFile]) -> String {
    let names: Vec<&str> = files.iter().map(|one| one.file.as_str()).collect();
    names.join(", ")
}

/// Checking a file changes nothing.
fn only_checks(ask: &Ask) -> bool {
    matches!(
        ask,
        Ask::Adopt {
            check_only: true,
            ..
        }
    )
}
