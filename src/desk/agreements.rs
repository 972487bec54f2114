//! The agreements of the store.

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use super::{
    Desk,
    actor::Actor,
    close::needed,
    error::DeskError,
    reply::{AgreementText, AgreementView, DateView, Reply},
    request::AgreementFile,
    state,
};
use crate::{
    ledger::{books::Books, decision::Decision},
    model::place::PayerCode,
    rules::{
        Rulebook,
        agreement::{Agreement, AgreementErrors},
    },
};

impl Desk {
    /// Those that can judge here, the region's own first.
    pub(super) fn agreements(&self, trial: Option<&Rulebook>) -> Vec<AgreementView> {
        let state = self.read();
        let rulebook = trial.unwrap_or(&state.rulebook);
        let all = rulebook.binding();
        all.map(|agreement| view(&state.books, rulebook, agreement))
            .collect()
    }

    pub(super) fn agreement(&self, id: &str, trial: Option<&Rulebook>) -> Result<Reply, DeskError> {
        let state = self.read();
        let rulebook = trial.unwrap_or(&state.rulebook);
        let agreement = state::agreement(rulebook, id)?;
        Ok(reply(&state.books, rulebook, agreement))
    }

    /// Checks a file against the others; unless only that was asked, it is in
    /// force from now on.
    ///
    /// # Errors
    /// `agreement_refused` with file and line; `agreement_foreign`.
    pub(super) fn adopt(
        &self,
        actor: &Actor,
        file: &str,
        text: &str,
        check_only: bool,
    ) -> Result<Reply, DeskError> {
        let adopted = Agreement::load(file, text).map_err(refused)?;
        let given = [AgreementFile {
            file: file.to_owned(),
            text: text.to_owned(),
        }];
        let state = self.read();
        let tried = with(&state.rulebook, &given)?;
        if check_only {
            let agreement = state::agreement(&tried, adopted.id.as_str())?;
            return Ok(reply(&state.books, &tried, agreement));
        }
        of_this_region(&adopted, &state.rulebook)?;
        drop(state);
        let (id, text) = (adopted.id.clone(), text.to_owned());
        self.decide(
            actor,
            Box::new(move |state| {
                with(&state.rulebook, &given)?;
                let sha256 = hex::encode(Sha256::digest(text.as_bytes()));
                let mut decisions = Vec::new();
                if !state.books.files.contains_key(&sha256) {
                    let (sha256, text) = (sha256.clone(), text.clone());
                    decisions.push(Decision::AgreementKept { sha256, text });
                }
                if state.books.adopted.get(&adopted.id) != Some(&sha256) {
                    let id = adopted.id.clone();
                    decisions.push(Decision::AgreementAdopted { id, sha256 });
                }
                Ok(decisions)
            }),
        )?;
        self.agreement(id.as_str(), None)
    }

    /// Notes that finance confirmed an agreement up to and including a date.
    ///
    /// # Errors
    /// `agreement_unknown`; `confirmed_early` for a date before it begins.
    pub(super) fn confirm(
        &self,
        actor: &Actor,
        id: &str,
        until: NaiveDate,
        source: &str,
    ) -> Result<Reply, DeskError> {
        let source = needed(source)?;
        let id = {
            let state = self.read();
            let agreement = state::agreement(&state.rulebook, id)?;
            if until < agreement.from {
                let detail = format!("{} {}", agreement.id, agreement.from);
                return Err(DeskError::bad_input("confirmed_early", detail));
            }
            agreement.id.clone()
        };
        let confirmed = id.clone();
        self.decide(
            actor,
            Box::new(move |_| {
                let (id, source) = (confirmed.clone(), source.clone());
                Ok(vec![Decision::AgreementConfirmed { id, until, source }])
            }),
        )?;
        self.agreement(id.as_str(), None)
    }
}

/// # Errors
/// `agreement_foreign` for an agreement that no stay of the store can fall
/// under, so that nobody believes it to be in force.
fn of_this_region(agreement: &Agreement, rulebook: &Rulebook) -> Result<(), DeskError> {
    let store = rulebook.region();
    match agreement.region {
        Some(region) if region != store => {
            let (id, region, store) = (&agreement.id, region.name(), store.name());
            let detail = format!("{id}: {region} (≠ {store})");
            Err(DeskError::bad_input("agreement_foreign", detail))
        }
        _ => Ok(()),
    }
}

/// Rules with more files, each in the place of one with the same id.
///
/// # Errors
/// `agreement_refused` with file and line.
pub(super) fn with(rulebook: &Rulebook, given: &[AgreementFile]) -> Result<Rulebook, DeskError> {
    let files = given
        .iter()
        .map(|one| (one.file.as_str(), one.text.as_str()));
    let files: Vec<_> = files.collect();
    rulebook.and_files(&files).map_err(refused)
}

#[allow(clippy::needless_pass_by_value, reason = "for map_err")]
/// What is wrong with files.
pub(super) fn refused(errors: AgreementErrors) -> DeskError {
    DeskError::bad_input("agreement_refused", errors)
}

/// An agreement with its file.
pub(super) fn reply(books: &Books, rulebook: &Rulebook, agreement: &Agreement) -> Reply {
    Reply::Agreement(Box::new(AgreementText {
        view: view(books, rulebook, agreement),
        text: agreement.text().to_owned(),
    }))
}

/// An agreement in short, with what was decided beside its file.
pub(super) fn view(books: &Books, rulebook: &Rulebook, agreement: &Agreement) -> AgreementView {
    let parties = agreement.parties.iter().flatten();
    let suspended = rulebook.orders().suspended.get(&agreement.id);
    let sources = books.dates.get(&agreement.id);
    let dates = agreement.dates.iter().map(|date| DateView {
        code: date.code.clone(),
        sv: date.sv.clone(),
        en: date.en.clone(),
        date: date.day(),
        source: sources
            .and_then(|sources| sources.get(&date.code))
            .map(|(_, source)| source.clone()),
    });
    AgreementView {
        id: agreement.id.clone(),
        name: agreement.name.clone(),
        from: agreement.from,
        until: agreement.until,
        confirmed_until: rulebook.confirmed_until(agreement),
        hash: agreement.address().to_owned(),
        adopted: books.adopted.contains_key(&agreement.id),
        suspended: suspended.cloned().unwrap_or_default(),
        dates: dates.collect(),
        parties: parties
            .map(|municipality| PayerCode::from(*municipality))
            .collect(),
    }
}
