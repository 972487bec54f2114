//! What can be said of agreements where there is no store: of files by
//! themselves, and of what comes with the program.

use super::{
    agreements, diff,
    error::DeskError,
    reply::Reply,
    request::{Ask, Request},
    service::{Connection, Service, no_store},
    state,
};
use crate::{
    ledger::books::Books,
    model::place::RegionCode,
    rules::{Rulebook, agreement::Agreement},
};

/// A service without a store: it shows, checks and compares agreements, and
/// records nothing.
pub struct Alone {
    rulebook: Rulebook,
    /// Nothing was ever decided here.
    books: Books,
}

impl Default for Alone {
    fn default() -> Self {
        // Whose store it would be is all the same: files are held against
        // those of every region.
        let region = RegionCode::all().next().expect("there are regions");
        Self {
            rulebook: Rulebook::shipped(region),
            books: Books::default(),
        }
    }
}

impl Alone {
    fn answer(&self, rulebook: &Rulebook, ask: &Ask) -> Result<Reply, DeskError> {
        let shown = |rulebook: &Rulebook, id: &str| {
            let agreement = state::agreement(rulebook, id)?;
            Ok(agreements::reply(&self.books, rulebook, agreement))
        };
        match ask {
            Ask::Agreements => {
                let views = rulebook.all();
                let views = views.map(|one| agreements::view(&self.books, rulebook, one));
                Ok(Reply::Agreements(views.collect()))
            }
            Ask::Agreement { id } => shown(rulebook, id),
            Ask::Adopt {
                file,
                text,
                check_only: true,
            } => {
                let id = Agreement::load(file, text).map_err(agreements::refused)?.id;
                let given = rulebook.and_files(&[(file, text)]);
                shown(&given.map_err(agreements::refused)?, id.as_str())
            }
            Ask::Diff { old, new } => {
                let shipped = &self.rulebook;
                diff::compare(old.as_ref(), new, rulebook, shipped)
            }
            Ask::Under { files, ask } => {
                self.answer(&agreements::with(&self.rulebook, files)?, ask)
            }
            _ => Err(no_store()),
        }
    }
}

impl Service for Alone {
    fn ask(&self, request: Request) -> Result<Reply, DeskError> {
        self.answer(&self.rulebook, &request.ask)
    }

    fn connection(&self) -> Connection {
        Connection::Holder
    }
}
