//! One agreement: what its file says, as a tree that can be read.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::{
    console::list::Place,
    desk::{error::DeskError, reply::AgreementText},
    rules::agreement::{Agreement, WrittenValue},
};

/// An agreement's state.
#[derive(Debug, Clone)]
pub struct AgreementPage {
    /// Its id.
    pub id: String,
    /// What the desk said of it.
    pub view: Option<Box<AgreementText>>,
    /// The file, read.
    pub rules: Option<Box<Rules>>,
    /// Why it could not be read.
    pub error: Option<DeskError>,
    /// How far it is scrolled.
    pub place: Place,
    /// Serial of the last answer taken.
    pub applied: u64,
}

/// An agreement and the values of each of its rules.
#[derive(Debug, Clone)]
pub struct Rules {
    /// The agreement.
    pub agreement: Agreement,
    /// Each rule's values, as written.
    pub values: Vec<Vec<WrittenValue>>,
}

impl AgreementPage {
    /// An agreement that is not read yet.
    #[must_use]
    pub fn new(id: String) -> Self {
        Self {
            id,
            view: None,
            rules: None,
            error: None,
            place: Place::default(),
            applied: 0,
        }
    }

    /// Takes the file, and tells of its values which ones hold on `today`.
    ///
    /// # Errors
    /// Where this program cannot read a file that the holder of the store
    /// could.
    pub fn take(&mut self, view: Box<AgreementText>, today: NaiveDate) -> Result<(), DeskError> {
        let set = view.view.dates.iter().filter(|date| date.source.is_some());
        let set: BTreeMap<_, _> = set.map(|date| (date.code.clone(), date.date)).collect();
        let file = format!("{}.toml", self.id);
        let agreement = Agreement::load_with(&file, &view.text, &set)
            .map_err(|error| DeskError::bad_input("agreement_refused", error))?;
        let rules = agreement.rules().iter();
        let values = rules
            .map(|rule| agreement.written_values(rule, today))
            .collect();
        self.rules = Some(Box::new(Rules { agreement, values }));
        self.view = Some(view);
        self.error = None;
        Ok(())
    }
}
