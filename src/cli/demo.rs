//! `demo`: the console on a throw-away store.

use std::{
    fs::{self, DirBuilder},
    io::{self, IsTerminal},
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    args::Global,
    board, console,
    context::Context,
    demo_store,
    failure::{Done, Failure},
    open, trial,
};
use crate::{
    desk::{
        error::DeskError,
        reply::Reply,
        request::{Ask, BoardAsk},
    },
    model::{
        clock::{Clock, SystemClock},
        place::RegionCode,
    },
    settings::keymap::Words,
};

/// Whose patients.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The region's code
    #[arg(long, value_name = "CODE", default_value = "17")]
    pub region: RegionCode,
}

/// Fills a new store, shows it, and removes it.
pub(super) fn run(args: &Args, global: &Global, context: &mut Context<'_>) -> Done {
    let folder = Throwaway::new()?;
    let now = context.now.unwrap_or_else(|| SystemClock.now());
    demo_store::fill(
        folder.path(),
        args.region,
        now,
        &context.actor,
        &open::clock(),
    )?;
    let global = Global {
        store: Some(folder.path().to_owned()),
        ..global.clone()
    };
    if io::stdout().is_terminal() && io::stdin().is_terminal() {
        let banner = Words {
            sv: "Demo: påhittade patienter; allt försvinner när du avslutar".to_owned(),
            en: "Demo: fictional patients; all of it goes away when you leave".to_owned(),
        };
        return console::run(&global, Some(banner), context);
    }
    let desk = Arc::new(open::open(&global, context)?);
    let (desk, _) = trial::over(desk, global.agreements.as_deref(), context)?;
    let everything = BoardAsk {
        payer: None,
        all: true,
        limit: None,
    };
    let Reply::Board(shown) = context.ask(&*desk, Ask::Board(everything))? else {
        return Err(Failure::unexpected());
    };
    board::show(&shown, context)
}

/// A folder of this user alone that goes away with its store.
pub(super) struct Throwaway(PathBuf);

impl Throwaway {
    /// Makes the folder's place; the store itself is made by who fills it.
    pub fn new() -> Result<Self, Failure> {
        let mut random = [0; 8];
        getrandom::fill(&mut random).map_err(|error| DeskError::store("store_failed", error))?;
        let outer = std::env::temp_dir().join(format!("fristdag-demo-{}", hex::encode(random)));
        DirBuilder::new()
            .mode(0o700)
            .create(&outer)
            .map_err(|error| Failure::file(&outer, &error))?;
        Ok(Self(outer.join("store")))
    }

    /// Where the store is to be.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Throwaway {
    fn drop(&mut self) {
        if let Some(outer) = self.0.parent()
            && let Err(error) = fs::remove_dir_all(outer)
        {
            tracing::warn!(%error, "the demo's folder could not be removed");
        }
    }
}
