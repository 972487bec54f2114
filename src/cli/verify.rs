//! `verify`: recomputes every hash and every locked figure.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{
    context::Context,
    failure::{Done, Failure},
};
use crate::{
    desk::{
        self,
        error::DeskError,
        reply::{Reply, Verified},
        request::{Anchor, Ask},
        service::Service,
    },
    model::text::plain,
};

/// Against what.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// One JSON document; its "anchor" is what --anchor reads
    #[arg(long)]
    pub json: bool,
    /// Last count and hash that were kept elsewhere: {"count": 7, "hash": "…"}
    #[arg(long, value_name = "FILE")]
    pub anchor: Option<PathBuf>,
}

/// Verifies; the answer is no on any difference.
pub(super) fn run(args: &Args, desk: &dyn Service, context: &mut Context<'_>) -> Done {
    let anchor = args.anchor.as_ref().map(read_anchor).transpose()?;
    let Reply::Verified(verified) = context.ask(desk, Ask::Verify { anchor })? else {
        return Err(Failure::unexpected());
    };
    tell(args, &verified, context)
}

/// Verifies the files of a store that could not be opened: all that is wrong,
/// not the first of it.
pub(super) fn run_damaged(
    args: &Args,
    folder: &Path,
    refused: &DeskError,
    context: &mut Context<'_>,
) -> Done {
    let anchor = args.anchor.as_ref().map(read_anchor).transpose()?;
    let verified = desk::verify_damaged(folder, anchor.as_ref(), refused)?;
    tell(args, &verified, context)
}

fn tell(args: &Args, verified: &Verified, context: &mut Context<'_>) -> Done {
    if args.json {
        context.json(verified)?;
    } else {
        show(verified, context)?;
    }
    if verified.ok {
        Ok(())
    } else {
        Err(Failure::No)
    }
}

fn read_anchor(file: &PathBuf) -> Result<Anchor, Failure> {
    let text = fs::read_to_string(file).map_err(|error| Failure::file(file, &error))?;
    // The whole answer of `verify --json` does as well.
    let value: serde_json::Value =
        serde_json::from_str(&text).map_err(|error| bad(file, &error))?;
    let anchor = value.get("anchor").cloned().unwrap_or(value);
    serde_json::from_value(anchor).map_err(|error| bad(file, &error))
}

fn bad(file: &Path, error: &serde_json::Error) -> Failure {
    let detail = format!(
        "{}: {error}; write {{\"count\": N, \"hash\": \"…\"}}",
        file.display()
    );
    Failure::Desk(DeskError::bad_input("bad_input", detail))
}

fn show(verified: &Verified, context: &mut Context<'_>) -> Done {
    context.line(context.lang.pick(
        format!(
            "Poster: {}, identiteter: {}, vårdtillfällen: {}, lås: {}",
            verified.entries, verified.identities, verified.stays, verified.locks
        ),
        format!(
            "Entries: {}, identities: {}, stays: {}, locks: {}",
            verified.entries, verified.identities, verified.stays, verified.locks
        ),
    ))?;
    for difference in &verified.differences {
        let (part, place) = (&difference.part, &difference.place);
        let text = format!("! {part}, {place}: {}", difference.problem);
        context.line(plain(&text))?;
    }
    context.line(if verified.ok {
        context.say("Allt stämmer.", "Everything holds.")
    } else {
        context.say("Det stämmer inte.", "It does not hold.")
    })?;
    let anchor = &verified.anchor;
    context.line(format!(
        "{{\"count\": {}, \"hash\": \"{}\"}}",
        anchor.count, anchor.hash
    ))
}
