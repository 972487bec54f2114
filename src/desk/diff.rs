//! Two agreements compared.

use std::sync::Arc;

use super::{Desk, error::DeskError, reply::Reply, request::AgreementSide, state};
use crate::rules::{
    Rulebook,
    agreement::{self, Agreement},
};

impl Desk {
    /// Compares `old` with `new`. Without `old`: a file with the agreement in
    /// force of the same id, one in force with the one that came with the
    /// program.
    ///
    /// # Errors
    /// `agreement_unknown`, `agreement_refused`; `agreement_not_shipped` where an
    /// id alone has nothing to be compared with.
    pub(super) fn diff(
        &self,
        old: Option<&AgreementSide>,
        new: &AgreementSide,
        trial: Option<&Rulebook>,
    ) -> Result<Reply, DeskError> {
        let state = self.read();
        let rulebook = trial.unwrap_or(&state.rulebook);
        compare(old, new, rulebook, &Rulebook::shipped(state.region))
    }
}

/// Compares under `rulebook`; `shipped` are the program's own.
///
/// # Errors
/// As [`Desk::diff`].
pub(super) fn compare(
    old: Option<&AgreementSide>,
    new: &AgreementSide,
    rulebook: &Rulebook,
    shipped: &Rulebook,
) -> Result<Reply, DeskError> {
    let newer = side(rulebook, new)?;
    let older = match (old, new) {
        (Some(old), _) => side(rulebook, old)?,
        (None, AgreementSide::File(_)) => in_force(rulebook, newer.id.as_str())?,
        (None, AgreementSide::Id(id)) => {
            in_force(shipped, id).map_err(|_| DeskError::bad_input("agreement_not_shipped", id))?
        }
    };
    Ok(Reply::Difference(Box::new(agreement::diff(&older, &newer))))
}

fn side(rulebook: &Rulebook, side: &AgreementSide) -> Result<Arc<Agreement>, DeskError> {
    match side {
        AgreementSide::Id(id) => in_force(rulebook, id),
        AgreementSide::File(given) => Agreement::load(&given.file, &given.text)
            .map(Arc::new)
            .map_err(|errors| DeskError::bad_input("agreement_refused", errors)),
    }
}

fn in_force(rulebook: &Rulebook, id: &str) -> Result<Arc<Agreement>, DeskError> {
    state::agreement(rulebook, id).map(Arc::clone)
}
