//! The user's settings: `settings.toml`.

use std::{num::NonZeroU16, time::Duration};

use serde::Deserialize;
use toml::Spanned;

use super::{
    file,
    problem::{FileError, Problem, line_of},
};
use crate::model::place::PayerCode;

/// The version of the format that this program reads.
pub const VERSION: i64 = 1;
/// The longest time to an idle lock: a day.
pub const MOST_MINUTES: u16 = 1_440;

/// Which keymap the user's own differences are laid over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BaseKeymap {
    /// `keymaps/default.toml`.
    #[default]
    Default,
    /// `keymaps/vim.toml` over it.
    Vim,
}

/// How tones look; no state is told by colour alone in any of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Theme {
    /// The terminal's own 16 colours.
    #[default]
    Default,
    /// Nothing faint; bright colours, bold and reversed.
    HighContrast,
    /// Blue and yellow, told apart with every kind of colour vision.
    ColourBlind,
}

impl Theme {
    /// All of them, in the order of the key that changes them.
    pub const ALL: [Self; 3] = [Self::Default, Self::HighContrast, Self::ColourBlind];

    /// The one after this.
    #[must_use]
    pub fn next(self) -> Self {
        Self::ALL[(self as usize + 1) % Self::ALL.len()]
    }

    /// The name in the settings file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::HighContrast => "high-contrast",
            Self::ColourBlind => "colour-blind",
        }
    }
}

/// Whose work the console serves: what it puts first. It opens nothing that
/// is closed otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Work {
    /// The hospital's discharge planner.
    #[default]
    Planner,
    /// The municipality's coordinator or duty officer.
    Municipality,
    /// Finance at the region.
    Finance,
}

/// A view of the board that the user named.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SavedView {
    /// Its name.
    pub name: String,
    /// The filter's text.
    pub filter: String,
    /// The order's name; the console knows them.
    pub sort: Option<String>,
    /// The only payer shown.
    pub payer: Option<PayerCode>,
    /// Whether stays that are not ready are shown.
    pub all: bool,
    /// 1-based line in the file.
    pub line: usize,
}

/// What a user set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// The keymap below the user's own differences.
    pub keymap: BaseKeymap,
    /// How tones look.
    pub theme: Theme,
    /// Lines in ASCII; none leaves it to the locale.
    pub ascii: Option<bool>,
    /// Time without a key until patients' data is hidden; none of it never.
    pub idle_lock: Duration,
    /// Whether the console speaks in lines instead of drawing a screen.
    pub plain: bool,
    /// Whether the terminal may be asked to copy (OSC 52).
    pub copy_osc52: bool,
    /// Whether a new ready notice sounds.
    pub bell: bool,
    /// Hours without an event until a source counts as silent, at least 1.
    pub silent_after_hours: u16,
    /// Whose work the console serves.
    pub role: Work,
    /// The user's own payers.
    pub payers: Vec<PayerCode>,
    /// The user's own wards.
    pub wards: Vec<String>,
    /// Views that the user named.
    pub views: Vec<SavedView>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            keymap: BaseKeymap::default(),
            theme: Theme::default(),
            ascii: None,
            idle_lock: Duration::from_secs(5 * 60),
            plain: false,
            copy_osc52: false,
            bell: false,
            silent_after_hours: 12,
            role: Work::default(),
            payers: Vec::new(),
            wards: Vec::new(),
            views: Vec::new(),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Raw {
    version: Spanned<i64>,
    #[serde(default)]
    keymap: BaseKeymap,
    #[serde(default)]
    theme: Theme,
    ascii: Option<bool>,
    idle_lock_minutes: Option<Spanned<f64>>,
    #[serde(default)]
    plain: bool,
    #[serde(default)]
    copy_osc52: bool,
    #[serde(default)]
    bell: bool,
    silent_after_hours: Option<NonZeroU16>,
    #[serde(default)]
    role: Work,
    #[serde(default)]
    payers: Vec<PayerCode>,
    #[serde(default)]
    wards: Vec<String>,
    #[serde(default)]
    views: Vec<Spanned<RawView>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawView {
    name: String,
    #[serde(default)]
    filter: String,
    sort: Option<String>,
    payer: Option<PayerCode>,
    #[serde(default)]
    all: bool,
}

/// Reads a settings file's text.
///
/// # Errors
/// [`FileError`] with file and line for anything that the format does not
/// have, another version, a lock later than a day, a view without a name or
/// with that of another.
pub fn parse(name: &str, text: &str) -> Result<Settings, FileError> {
    let error = |line, problem| FileError::new(name, line, problem);
    let raw = file::read(name, text, |raw: &Raw| &raw.version, VERSION)?;
    let defaults = Settings::default();
    let idle_lock = match raw.idle_lock_minutes {
        None => defaults.idle_lock,
        Some(minutes) => idle_lock(*minutes.get_ref()).ok_or_else(|| {
            let line = line_of(text, &minutes.span());
            error(line, Problem::TooManyMinutes(MOST_MINUTES))
        })?,
    };
    let views = raw.views.into_iter().map(|view| {
        let line = line_of(text, &view.span());
        saved(view.into_inner(), line)
    });
    let views: Vec<_> = views.collect();
    check_names(&views).map_err(|(line, problem)| error(line, problem))?;
    Ok(Settings {
        keymap: raw.keymap,
        theme: raw.theme,
        ascii: raw.ascii,
        idle_lock,
        plain: raw.plain,
        copy_osc52: raw.copy_osc52,
        bell: raw.bell,
        silent_after_hours: raw
            .silent_after_hours
            .map_or(defaults.silent_after_hours, NonZeroU16::get),
        role: raw.role,
        payers: raw.payers,
        wards: raw.wards,
        views,
    })
}

/// Minutes, or a part of one: half a minute is not too short for a ward's
/// corridor.
fn idle_lock(minutes: f64) -> Option<Duration> {
    let time = Duration::try_from_secs_f64(minutes * 60.0).ok()?;
    (time <= Duration::from_secs(u64::from(MOST_MINUTES) * 60)).then_some(time)
}

fn saved(raw: RawView, line: usize) -> SavedView {
    SavedView {
        name: raw.name.trim().to_owned(),
        filter: raw.filter,
        sort: raw.sort,
        payer: raw.payer,
        all: raw.all,
        line,
    }
}

fn check_names(views: &[SavedView]) -> Result<(), (usize, Problem)> {
    for (index, view) in views.iter().enumerate() {
        if view.name.is_empty() {
            return Err((view.line, Problem::NoName));
        }
        let same = |other: &&SavedView| other.name == view.name;
        if let Some(first) = views[..index].iter().find(same) {
            let problem = Problem::SameName(view.name.clone(), first.line);
            return Err((view.line, problem));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(text: &str) -> (usize, Problem) {
        let error = parse("s.toml", &format!("version = 1\n{text}")).unwrap_err();
        (error.line, error.problem)
    }

    #[test]
    fn a_file_that_sets_all_is_read_and_an_empty_one_sets_nothing() {
        assert_eq!(parse("s.toml", "version = 1").unwrap(), Settings::default());
        let text = "version = 1\nkeymap = \"vim\"\ntheme = \"colour-blind\"\nascii = true\n\
            idle_lock_minutes = 0\ncopy_osc52 = true\nbell = true\nrole = \"finance\"\n\
            payers = [\"1780\", \"0180/Bromma\"]\nwards = [\"Avd 5\"]\n\
            [[views]]\nname = \"Utan SIP\"\nfilter = \"sip saknas\"\nsort = \"left\"\nall = true\n";
        let settings = parse("s.toml", text).unwrap();
        assert_eq!(
            (settings.keymap, settings.theme, settings.role),
            (BaseKeymap::Vim, Theme::ColourBlind, Work::Finance)
        );
        assert_eq!(
            (settings.ascii, settings.idle_lock),
            (Some(true), Duration::ZERO)
        );
        assert_eq!(settings.payers[1].to_string(), "0180/Bromma");
        let view = &settings.views[0];
        assert_eq!(
            (view.name.as_str(), view.sort.as_deref(), view.line),
            ("Utan SIP", Some("left"), 11)
        );
    }

    #[test]
    fn the_readme_shows_a_file_that_is_read() {
        let readme = include_str!("../../README.md");
        let example = readme.split("```toml\n").nth(1).unwrap();
        let example = example.split("```").next().unwrap();
        let settings = parse("README.md", example).unwrap();
        assert_eq!(settings.views[0].name, "Karlstad utan SIP");
        assert_eq!(settings.idle_lock, Settings::default().idle_lock);
    }

    #[test]
    fn mistakes_are_refused_with_their_line() {
        let form = |text: &str| match problem(text) {
            (line, Problem::Form(why)) => (line, why),
            other => panic!("{other:?}"),
        };
        assert_eq!(form("\ntheem = \"x\"").0, 3);
        assert!(form("theme = \"pink\"").1.contains("high-contrast"));
        assert_eq!(form("role = \"king\"").0, 2);
        assert_eq!(form("idle_lock_minutes = \"5\"").0, 2);
        assert_eq!(form("bell = false\npayers = [\"9999\"]").0, 3);
        assert_eq!(form("bell = 1").0, 2);
        assert_eq!(form("silent_after_hours = 0").0, 2);
        assert_eq!(form("bell = true\nbell = true").0, 3);
        for minutes in ["1441", "1440.1", "-1", "inf", "nan"] {
            assert_eq!(
                problem(&format!("idle_lock_minutes = {minutes}")),
                (2, Problem::TooManyMinutes(MOST_MINUTES))
            );
        }
        let half = parse("s.toml", "version = 1\nidle_lock_minutes = 0.5").unwrap();
        assert_eq!(half.idle_lock, Duration::from_secs(30));
        assert_eq!(problem("[[views]]\nname = \" \""), (2, Problem::NoName));
        assert_eq!(
            problem("[[views]]\nname = \"a\"\n[[views]]\nname = \"a\""),
            (4, Problem::SameName("a".to_owned(), 2))
        );
        let version = parse("s.toml", "version = 2").unwrap_err();
        assert_eq!(version.problem, Problem::Version(1));
        assert!(parse("s.toml", "").is_err());
    }

    #[test]
    fn themes_follow_one_another() {
        assert_eq!(Theme::Default.next(), Theme::HighContrast);
        assert_eq!(Theme::ColourBlind.next(), Theme::Default);
    }
}
