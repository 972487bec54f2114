//! What every command has at hand.

use std::io::{self, Write};

use serde::Serialize;

use super::failure::{Done, Failure};
use crate::{
    desk::{
        actor::{Actor, Role, Scope},
        error::DeskError,
        reply::Reply,
        request::{Ask, Request},
        service::Service,
    },
    model::time::Instant,
    text::Lang,
};

/// Language, moment, actor and where output goes.
pub(super) struct Context<'a> {
    pub lang: Lang,
    /// The moment to answer as at, where fixed.
    pub now: Option<Instant>,
    pub actor: Actor,
    /// Whether somebody watches standard error.
    pub terminal: bool,
    pub out: &'a mut dyn Write,
    pub err: &'a mut dyn Write,
}

impl Context<'_> {
    /// One question.
    ///
    /// # Errors
    /// The desk's.
    pub fn ask(&self, desk: &dyn Service, ask: Ask) -> Result<Reply, DeskError> {
        desk.ask(Request {
            actor: self.actor.clone(),
            now: self.now,
            ask,
        })
    }

    /// One of two texts.
    pub fn say(&self, sv: &'static str, en: &'static str) -> &'static str {
        self.lang.pick(sv, en)
    }

    /// Writes one JSON document.
    ///
    /// # Errors
    /// Those of writing.
    pub fn json(&mut self, document: &impl Serialize) -> Done {
        // Through text: serde_json hides the kind of a writer's error.
        let text = serde_json::to_string_pretty(document).map_err(io::Error::from)?;
        Ok(writeln!(self.out, "{text}")?)
    }

    /// Writes one line.
    ///
    /// # Errors
    /// Those of writing.
    pub fn line(&mut self, text: impl std::fmt::Display) -> Done {
        writeln!(self.out, "{text}").map_err(Failure::from)
    }
}

/// Who runs this process: as the session says, else as the system's table of
/// users does. Embedded use has no other guard than the folder's mode, so a
/// name is what a user goes by here, and no proof.
pub(super) fn actor() -> Actor {
    let user = ["USER", "LOGNAME"]
        .into_iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|name| !name.trim().is_empty())
        .or_else(|| uzers::get_current_username()?.into_string().ok())
        .unwrap_or_else(|| rustix::process::getuid().as_raw().to_string());
    Actor {
        user,
        unit: std::env::var("FRISTDAG_UNIT").unwrap_or_default(),
        role: Role::Planner,
        scope: Scope::Region,
    }
}
