//! What the caller of the console decides.

use std::{io, path::PathBuf, sync::Arc};

use thiserror::Error;

use super::{
    event::{ExportJob, ExportStep},
    state::Look,
};
use crate::{
    desk::{actor::Actor, error::DeskError},
    model::{clock::Clock, time::Instant},
    settings::{keymap::Words, preferences::Theme},
    text::Lang,
};

/// Writes a locked month's files, tells of each on the way and at the end says
/// which, or why the first one that failed did.
pub type Exporter = Arc<
    dyn Fn(&ExportJob, &mut dyn FnMut(ExportStep)) -> Result<Vec<PathBuf>, DeskError> + Send + Sync,
>;

/// How the console is opened.
#[derive(Clone)]
pub struct Options {
    /// The user's language.
    pub lang: Lang,
    /// How the terminal is drawn on.
    pub look: Look,
    /// The moment that everything answers as at; the clock then stands still.
    pub now: Option<Instant>,
    /// Who works here.
    pub actor: Actor,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// The folder of the user's own files; neither it nor they need exist.
    pub config: Option<PathBuf>,
    /// The folder that remembers where this user's consoles were left; none
    /// remembers nothing.
    pub state: Option<PathBuf>,
    /// Whether to speak in lines instead of drawing a screen, also where the
    /// input or output is no terminal; the user's settings can ask for it too.
    pub plain: bool,
    /// A lasting word below the header, for instance of a demonstration.
    pub banner: Option<Words>,
    /// Where what was seen of months is kept; none where that is not wanted.
    pub memory: Option<PathBuf>,
    /// Writes exports; none where that is not possible here.
    pub export: Option<Exporter>,
}

/// Why the console ended otherwise than by its user.
#[derive(Debug, Error)]
pub enum ConsoleError {
    /// Standard input or output is no terminal.
    #[error("the console needs a terminal; without one, use the command board")]
    NoTerminal,
    /// Reading from or writing to the terminal failed.
    #[error("the terminal: {0}")]
    Terminal(#[from] io::Error),
    /// The machine gives no random numbers for ids of events.
    #[error("no random numbers for ids of events: {0}")]
    Random(String),
}

/// Whether a terminal of this kind can have nothing drawn on it: it says so,
/// or does not say what it is.
#[must_use]
pub fn is_dumb(term: Option<&str>) -> bool {
    matches!(term, None | Some("" | "dumb"))
}

impl Look {
    /// What the environment asks for: `NO_COLOR`, and a character set by the
    /// first of `LC_ALL`, `LC_CTYPE`, `LANG` that is set.
    #[must_use]
    pub fn from_env(var: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name: &str| var(name).filter(|value| !value.is_empty());
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(set);
        let utf8 = locale.map(|locale| {
            let locale = locale.to_lowercase();
            locale.contains("utf-8") || locale.contains("utf8")
        });
        Self {
            // Where nothing is said, letters are risked, as every terminal of
            // today shows them; lines are not, as they are only ornaments.
            ascii: !utf8.unwrap_or(false),
            utf8: utf8.unwrap_or(true),
            colour: set("NO_COLOR").is_none(),
            theme: Theme::Default,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_terminal_that_does_not_say_what_it_is_is_dumb() {
        assert!(is_dumb(None) && is_dumb(Some("")) && is_dumb(Some("dumb")));
        assert!(!is_dumb(Some("xterm")) && !is_dumb(Some("linux")));
    }

    #[test]
    fn the_environment_decides_on_colour_and_characters() {
        let look = |vars: &'static [(&str, &str)]| {
            Look::from_env(|name| {
                let found = vars.iter().find(|(key, _)| *key == name);
                found.map(|(_, value)| (*value).to_owned())
            })
        };
        assert_eq!(
            look(&[("LANG", "sv_SE.UTF-8")]),
            Look {
                ascii: false,
                utf8: true,
                colour: true,
                theme: Theme::Default
            }
        );
        assert!(look(&[("LC_ALL", "C"), ("LANG", "sv_SE.UTF-8")]).ascii);
        assert!(!look(&[("LC_ALL", ""), ("LANG", "C.utf8")]).ascii);
        assert!(look(&[]).ascii && look(&[]).utf8);
        assert!(!look(&[("LANG", "sv_SE.ISO-8859-1")]).utf8);
        assert!(!look(&[("LC_ALL", "C"), ("LANG", "sv_SE.UTF-8")]).utf8);
        assert!(!look(&[("NO_COLOR", "1")]).colour);
        assert!(look(&[("NO_COLOR", "")]).colour);
    }
}
