//! The agreements of the store.

use std::sync::Arc;

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use super::{
    Desk,
    actor::Actor,
    close::needed,
    error::DeskError,
    reply::{AgreementText, AgreementView, Reply},
    state::{self, State},
};
use crate::{
    ledger::decision::Decision,
    model::place::PayerCode,
    rules::{Rulebook, agreement::Agreement},
};

impl Desk {
    /// Those that can judge here, the region's own first.
    pub(super) fn agreements(&self) -> Vec<AgreementView> {
        let state = self.read();
        state
            .rulebook
            .binding()
            .map(|agreement| view(&state, &state.rulebook, agreement))
            .collect()
    }

    pub(super) fn agreement(&self, id: &str) -> Result<Reply, DeskError> {
        let state = self.read();
        let agreement = state::agreement(&state.rulebook, id)?;
        Ok(reply(&state, &state.rulebook, agreement))
    }

    /// Checks a file against the others; unless only that was asked, it is in
    /// force from now on.
    pub(super) fn adopt(
        &self,
        actor: &Actor,
        file: &str,
        text: &str,
        check_only: bool,
    ) -> Result<Reply, DeskError> {
        let refused = |errors: crate::rules::agreement::AgreementErrors| {
            DeskError::bad_input("agreement_refused", errors)
        };
        let adopted = Agreement::load(file, text).map_err(refused)?;
        let state = self.read();
        let tried = with(&state, file, &adopted, text).map_err(refused)?;
        if check_only {
            let agreement = state::agreement(&tried, adopted.id.as_str())?;
            return Ok(reply(&state, &tried, agreement));
        }
        drop(state);
        let (file, text) = (file.to_owned(), text.to_owned());
        let id = adopted.id.clone();
        self.decide(
            actor,
            Box::new(move |state| {
                with(state, &file, &adopted, &text).map_err(refused)?;
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
        self.agreement(id.as_str())
    }

    pub(super) fn confirm(
        &self,
        actor: &Actor,
        id: &str,
        until: NaiveDate,
        source: &str,
    ) -> Result<Reply, DeskError> {
        let source = needed(source)?;
        let id = state::agreement(&self.read().rulebook, id)?.id.clone();
        let confirmed = id.clone();
        self.decide(
            actor,
            Box::new(move |_| {
                let (id, source) = (confirmed.clone(), source.clone());
                Ok(vec![Decision::AgreementConfirmed { id, until, source }])
            }),
        )?;
        self.agreement(id.as_str())
    }
}

/// The rulebook with one more file.
fn with(
    state: &State,
    file: &str,
    adopted: &Agreement,
    text: &str,
) -> Result<Rulebook, crate::rules::agreement::AgreementErrors> {
    let others = state
        .books
        .adopted
        .iter()
        .filter(|(id, _)| **id != adopted.id);
    let mut files: Vec<(String, String)> = others
        .filter_map(|(id, sha256)| {
            Some((format!("{id}.toml"), state.books.files.get(sha256)?.clone()))
        })
        .collect();
    files.push((file.to_owned(), text.to_owned()));
    Rulebook::with_files(state.region, &files)
}

fn reply(state: &State, rulebook: &Rulebook, agreement: &Arc<Agreement>) -> Reply {
    Reply::Agreement(Box::new(AgreementText {
        view: view(state, rulebook, agreement),
        text: agreement.text().to_owned(),
    }))
}

fn view(state: &State, rulebook: &Rulebook, agreement: &Agreement) -> AgreementView {
    let parties = agreement.parties.iter().flatten();
    AgreementView {
        id: agreement.id.clone(),
        name: agreement.name.clone(),
        from: agreement.from,
        until: agreement.until,
        confirmed_until: rulebook.confirmed_until(agreement),
        hash: agreement.address().to_owned(),
        adopted: state.books.adopted.contains_key(&agreement.id),
        parties: parties
            .map(|municipality| PayerCode::from(*municipality))
            .collect(),
    }
}
