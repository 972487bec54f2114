//! `screenshot`: a picture of the console as SVG. Always of fictional
//! patients: a picture of real ones would leave the house unseen.

use std::{fs, path::PathBuf, str::FromStr, sync::Arc};

use super::{
    console,
    context::Context,
    demo::Throwaway,
    demo_store,
    failure::{Done, Failure},
};
use crate::{
    console::{state::Look, still, svg},
    desk::Desk,
    model::{
        clock::{Clock, FixedClock, SystemClock},
        place::RegionCode,
    },
    settings::{
        keymap::{Chord, Key},
        preferences::Theme,
    },
};

/// What is pictured.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Keys to press first, for instance "j enter e"
    #[arg(long, value_name = "KEYS", default_value = "")]
    pub keys: Keys,
    /// Columns and rows
    #[arg(long, value_name = "COLSxROWS", default_value = "120x40")]
    pub size: Size,
    /// Whose patients
    #[arg(long, value_name = "CODE", default_value = "17")]
    pub region: RegionCode,
    /// The file to write [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// Keys, pressed one after the other.
#[derive(Debug, Clone)]
pub(super) struct Keys(Chord);

impl FromStr for Keys {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let named = |name: &str| {
            Key::parse(name).ok_or_else(|| {
                format!("{name:?} names no key; write keys apart: j, G, enter, pagedown, ctrl-u")
            })
        };
        text.split_whitespace()
            .map(named)
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

/// Columns and rows of a screen.
#[derive(Debug, Clone, Copy)]
pub(super) struct Size(u16, u16);

impl FromStr for Size {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let parts = text.split_once('x');
        let size =
            parts.and_then(|(columns, rows)| Some((columns.parse().ok()?, rows.parse().ok()?)));
        match size {
            Some((columns @ 1..=500, rows @ 1..=200)) => Ok(Self(columns, rows)),
            _ => Err("not a size; write columns and rows, at most 500x200: 120x40".to_owned()),
        }
    }
}

/// Draws the console on a throw-away store.
pub(super) fn run(args: &Args, context: &mut Context<'_>) -> Done {
    let now = context.now.unwrap_or_else(|| SystemClock.now());
    let folder = Throwaway::new()?;
    // All of it happens at one moment, so that a picture can be made again.
    let clock: Arc<dyn Clock> = Arc::new(FixedClock::at(now));
    demo_store::fill(folder.path(), args.region, now, &context.actor, &clock)?;
    let desk = Arc::new(Desk::open(folder.path(), Arc::clone(&clock), &mut |_| {})?);
    let options = crate::console::Options {
        now: Some(now),
        clock,
        memory: None,
        export: None,
        config: None,
        state: None,
        look: Look {
            ascii: false,
            utf8: true,
            colour: true,
            theme: Theme::default(),
        },
        ..console::options(None, context)
    };
    let keys = args.keys.0.iter().map(ToString::to_string);
    let title = keys.fold("fristdag".to_owned(), |all, key| all + " " + &key);
    let service = desk as Arc<dyn crate::desk::service::Service>;
    let drawn = still(&service, &options, (args.size.0, args.size.1), &args.keys.0);
    let picture = svg(&drawn, &title);
    match &args.out {
        None => Ok(context.out.write_all(picture.as_bytes())?),
        Some(path) => fs::write(path, picture).map_err(|error| Failure::file(path, &error)),
    }
}
