//! `agreements check`: that a file holds, and what it was checked beside.

use serde::Serialize;

use super::{
    context::Context,
    failure::{Done, Failure},
    trial,
};
use crate::desk::{
    reply::AgreementText,
    request::{AgreementFile, Ask},
    service::Service,
};

/// What a file was checked beside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Beside {
    /// The agreements of a store of its region.
    Store,
    /// Those that come with the program, as no such store is here.
    Program,
}

/// A checked file as JSON.
#[derive(Serialize)]
struct Checked<'a> {
    beside: Beside,
    #[serde(flatten)]
    agreement: &'a AgreementText,
}

/// Tells of a checked file; with `json`, all that is to be told.
pub(super) fn tell(
    (agreement, file): (&AgreementText, AgreementFile),
    beside: Beside,
    desk: &dyn Service,
    json: bool,
    context: &mut Context<'_>,
) -> Done {
    let name = file.file.clone();
    let beside = beside_what(beside, agreement, file, desk, context)?;
    if json {
        return context.json(&Checked { beside, agreement });
    }
    in_words(&name, beside, context)
}

/// What the file was really checked beside; where the store is another
/// region's, that is told apart from the answer.
fn beside_what(
    beside: Beside,
    agreement: &AgreementText,
    file: AgreementFile,
    desk: &dyn Service,
    context: &mut Context<'_>,
) -> Result<Beside, Failure> {
    let id = &agreement.view.id;
    let tried = Ask::Under {
        files: vec![file],
        ask: Box::new(Ask::Agreements),
    };
    // Beside other files on trial this cannot be asked, and they have told it.
    let foreign = matches!(context.ask(desk, tried), Ok(all) if !trial::binds(&all, id));
    if !foreign {
        return Ok(beside);
    }
    let note = trial::idle(id);
    let note = context.lang.pick(note.sv, note.en);
    writeln!(context.err, "fristdag: {note}")?;
    Ok(Beside::Program)
}

/// That a file holds, and what it was checked beside.
fn in_words(name: &str, beside: Beside, context: &mut Context<'_>) -> Done {
    let told = match beside {
        Beside::Store => context.lang.pick(
            format!("{name}: godtas och kan antas; inget har ändrats\nPrövad för sig och mot avtalen i lagret."),
            format!("{name}: holds and can be adopted; nothing was changed\nChecked by itself and against the agreements of the store."),
        ),
        Beside::Program => context.lang.pick(
            format!("{name}: godtas; inget har ändrats\nPrövad för sig och mot avtalen som kommer med programmet, inte mot ett lager för regionen."),
            format!("{name}: holds; nothing was changed\nChecked by itself and against the agreements that come with the program, not against a store of the region."),
        ),
    };
    context.line(told)
}
