//! The program's own log, on standard error.

use tracing_subscriber::EnvFilter;

/// What to log: a filter such as `fristdag=debug`.
const VARIABLE: &str = "FRISTDAG_LOG";

/// Logs what `FRISTDAG_LOG` asks for; without it only a service's warnings,
/// since a screen must stay as it was drawn.
pub(super) fn start(service: bool) {
    let asked = std::env::var(VARIABLE).ok().filter(|text| !text.is_empty());
    let filter = match asked {
        Some(text) => EnvFilter::try_new(text).unwrap_or_else(|_| EnvFilter::new("warn")),
        None if service => EnvFilter::new("warn"),
        None => return,
    };
    let started = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(false)
        .try_init();
    if let Err(error) = started {
        tracing::debug!(%error, "a log is running already");
    }
}
