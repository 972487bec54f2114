//! `serve`: the store for this user's other processes, without a screen.

use std::{path::PathBuf, sync::Arc, time::Duration};

use signal_hook::{
    consts::{SIGINT, SIGTERM},
    iterator::Signals,
};

use super::{
    context::Context,
    failure::{Done, Failure},
};
use crate::{
    desk::{
        error::DeskError,
        service::{Connection, Service},
    },
    wire::{link::Link, place::Place, server::Server},
};

/// How long clients' running requests may take once a signal came.
const FAREWELL: Duration = Duration::from_secs(5);

/// Where.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Another socket, besides the one in the store's folder
    #[arg(long, value_name = "PATH")]
    pub socket: Option<PathBuf>,
}

/// Serves until SIGTERM or SIGINT.
pub(super) fn run(args: &Args, link: Link, context: &mut Context<'_>) -> Done {
    if let Connection::Client(pid) = link.connection() {
        return Err(Failure::Desk(DeskError::store("already_served", pid)));
    }
    if let Some(why) = link.unserved() {
        return Err(Failure::Desk(DeskError::store("cannot_listen", why)));
    }
    // Before anything is promised: from here on a signal ends it in order.
    let mut signals = Signals::new([SIGTERM, SIGINT])?;
    let place = link.place().path();
    let link: Arc<dyn Service> = Arc::new(link);
    let other = args
        .socket
        .as_ref()
        .map(|path| listen(path, &link))
        .transpose()?;
    let label = context.say("Lyssnar på", "Listening on");
    context.line(format!("{label} {}", place.display()))?;
    if let Some(path) = &args.socket {
        context.line(format!("{label} {}", path.display()))?;
    }
    context.out.flush()?;
    signals.forever().next();
    if let Some(other) = other {
        other.stop(FAREWELL);
    }
    Ok(())
}

fn listen(path: &std::path::Path, link: &Arc<dyn Service>) -> Result<Server, Failure> {
    Place::at(path)
        .and_then(|place| Server::listen_unguarded(place, Arc::clone(link)))
        .map_err(|error| Failure::file(path, &error))
}
