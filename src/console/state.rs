//! All that the console knows: what is drawn is a function of it alone.

use std::collections::VecDeque;

use ratatui::layout::Rect;
use serde_json::{Map, Value as Json};

use super::{
    action::{Context, Layer},
    bulk::Bulk,
    event::{Effect, Purpose, Ticket},
    export::ExportLog,
    form::{self, Form},
    idle::Idle,
    keymap::Keymap,
    layout,
    list::Place,
    menu::Menu,
    names::Names,
    palette::Palette,
    screen::{
        InPage, Page, Screen, arrange::Lens, board::BoardPage, close::ClosePage, stay::StayPage,
    },
    seen::Seen,
    setup::Setup,
    undo::{self, Done},
};
use crate::{
    desk::{actor::Actor, error::DeskError, reply::SourceAge, request::Ask, service::Connection},
    model::{ids::EpisodeId, time::Instant},
    settings::{
        keymap::{Chord, Words},
        preferences::{Settings, Theme},
        problem::FileError,
    },
    text::{Lang, console::Say, errors, settings},
};

/// How the terminal is drawn on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// Only ASCII for lines and marks.
    pub ascii: bool,
    /// Whether letters beyond ASCII can be shown; where not, names and words
    /// are written without their accents.
    pub utf8: bool,
    /// Colours, beside words and symbols.
    pub colour: bool,
    /// How tones look.
    pub theme: Theme,
}

/// What lies over the screen and takes the keys.
#[derive(Debug, Clone)]
pub enum Overlay {
    /// A list to choose from.
    Menu(Menu),
    /// A form.
    Form(Box<Form>),
    /// Something that did not work, in full.
    Message(DeskError),
    /// Why files of the user are not used.
    Problems,
    /// Files being written, and where they went.
    Export(Box<ExportLog>),
    /// All that can be done.
    Palette(Box<Palette>),
    /// What came of a deed for many stays.
    Outcome(Place),
}

/// A line that says what happened, until the next key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// What.
    pub text: String,
    /// Whether it tells of something that did not work.
    pub bad: bool,
}

/// The console's state.
#[derive(Debug, Clone)]
pub struct State {
    /// The user's language.
    pub lang: Lang,
    /// How the terminal is drawn on.
    pub look: Look,
    /// Columns and rows.
    pub size: (u16, u16),
    /// The present moment.
    pub now: Instant,
    /// The moment that every request answers as at, where the clock stands.
    pub fixed: Option<Instant>,
    /// Who works here.
    pub actor: Actor,
    /// How the store is reached.
    pub connection: Connection,
    /// Why it cannot be reached, while it cannot.
    pub trouble: Option<DeskError>,
    /// A lasting word: a demonstration, a keymap that could not be used.
    pub banner: Option<Words>,
    /// What happened last.
    pub notice: Option<Notice>,
    /// The keys.
    pub keymap: Keymap,
    /// What the user set.
    pub settings: Settings,
    /// Why files of the user are not used.
    pub problems: Vec<FileError>,
    /// When somebody was here last, and whether patients' data is hidden.
    pub idle: Idle,
    /// Keys of a chord that is not complete.
    pub pending: Chord,
    /// How often the next key counts, as far as it is typed.
    pub count: Option<usize>,
    /// How patients' names are shown.
    pub names: Names,
    /// Journal position when this user's console was left last, if known.
    pub since: Option<u64>,
    /// What is done for many stays at once, while it is.
    pub bulk: Option<Bulk>,
    /// The store's id, once it is known.
    pub store: String,
    /// The board.
    pub board: BoardPage,
    /// The screens above it, the last one in front.
    pub pages: Vec<Page>,
    /// Screens that were left for another one: they are found again as they
    /// were.
    pub shelf: Vec<Page>,
    /// What lies over them.
    pub overlay: Option<Overlay>,
    /// The keys of what is in front, over everything else, while shown.
    pub help: Option<(Context, Place)>,
    /// Journal position that was asked about last.
    pub seq: u64,
    /// Journal position heard of last.
    pub heard: u64,
    /// What was seen of months last.
    pub seen: Seen,
    /// Whether files can be written.
    pub can_export: bool,
    /// Ids for events made here, filled up from outside.
    pub ids: VecDeque<String>,
    /// What was recorded in this session.
    pub done: Done,
    pub(super) serial: u64,
    pub(super) effects: Vec<Effect>,
}

impl State {
    /// The state before anything is read.
    #[must_use]
    pub fn new(lang: Lang, look: Look, size: (u16, u16), now: Instant, actor: Actor) -> Self {
        Self {
            lang,
            look,
            size,
            now,
            fixed: None,
            actor,
            connection: Connection::Holder,
            trouble: None,
            banner: None,
            notice: None,
            keymap: Keymap::standard(),
            idle: Idle::new(Settings::default().idle_lock, now),
            settings: Settings::default(),
            problems: Vec::new(),
            pending: Vec::new(),
            count: None,
            names: Names::default(),
            since: None,
            bulk: None,
            store: String::new(),
            board: BoardPage::default(),
            pages: Vec::new(),
            shelf: Vec::new(),
            overlay: None,
            help: None,
            seq: 0,
            heard: 0,
            seen: Seen::default(),
            can_export: false,
            ids: VecDeque::new(),
            done: Done::default(),
            serial: 0,
            effects: Vec::new(),
        }
    }

    /// What takes the keys now.
    #[must_use]
    pub fn context(&self) -> Context {
        if self.idle.locked {
            return Context::Over(Layer::Locked);
        }
        if self.help.is_some() {
            return Context::Over(Layer::Help);
        }
        let layer = match &self.overlay {
            Some(Overlay::Menu(_) | Overlay::Outcome(_)) => Layer::Menu,
            Some(Overlay::Form(_)) => Layer::Form,
            Some(Overlay::Message(_) | Overlay::Problems | Overlay::Export(_)) => Layer::Message,
            Some(Overlay::Palette(_)) => Layer::Palette,
            None if self.is_filtering() => Layer::Filter,
            None => return Context::On(self.screen()),
        };
        Context::Over(layer)
    }

    /// Whether the filter of the screen in front is being typed.
    fn is_filtering(&self) -> bool {
        match self.pages.last() {
            None => self.board.typing,
            Some(Page::Log(page)) => page.typing,
            Some(_) => false,
        }
    }

    /// The screen below anything that lies over it.
    #[must_use]
    pub fn screen(&self) -> Screen {
        self.pages.last().map_or(Screen::Board, Page::screen)
    }

    /// The lasting line below the header, gravest first.
    #[must_use]
    pub fn warning(&self) -> Option<String> {
        if let Some(trouble) = &self.trouble {
            return Some(format!(
                "{} ({})",
                Say::NoContact.text(self.lang),
                trouble.code
            ));
        }
        let head = self.board.head();
        if let Some(reason) = head.and_then(|head| head.read_only.as_ref()) {
            let why = errors::read_only(reason, self.lang);
            return Some(format!("{}: {why}", Say::ReadOnly.text(self.lang)));
        }
        if let Some(problem) = self.problems.first() {
            let ignored = Say::FileIgnored.text(self.lang);
            let told = settings::file_error_short(problem, self.lang);
            return Some(format!("{ignored} {told}"));
        }
        let banner = self.banner.as_ref();
        banner.map(|words| self.lang.pick(&words.sv, &words.en).clone())
    }

    /// The screen's parts; none where the window is too small.
    #[must_use]
    pub fn frame(&self) -> Option<layout::Frame> {
        layout::frame(self.size, self.warning().is_some())
    }

    /// Lines of the board that are seen.
    #[must_use]
    pub fn board_height(&self) -> usize {
        let silent = !self.silent_sources().is_empty();
        self.height(|body| layout::board(body, silent).rows)
    }

    /// How this user looks at the board.
    #[must_use]
    pub fn lens(&self) -> Lens {
        Lens {
            lang: self.lang,
            now: self.now,
            height: self.board_height(),
            names: self.names,
            role: self.settings.role,
            payers: self.settings.payers.clone(),
            wards: self.settings.wards.clone(),
            since: self.since,
        }
    }

    /// The sources that were not heard for longer than the settings allow.
    #[must_use]
    pub fn silent_sources(&self) -> Vec<&SourceAge> {
        let most = i64::from(self.settings.silent_after_hours);
        let sources = self.board.head().map_or(&[][..], |head| &head.sources);
        let silent = |source: &&SourceAge| (self.now - source.last).num_hours() >= most;
        sources.iter().filter(silent).collect()
    }

    /// What forms' checks need to know.
    #[must_use]
    pub fn form_context(&self) -> form::Context {
        form::Context { now: self.now }
    }

    /// Whether a form would lock other figures than those shown behind it.
    #[must_use]
    pub fn outdates(&self, form: &Form) -> bool {
        let (form::Task::Lock { hash, .. }, Some(page)) = (&form.task, self.page::<ClosePage>())
        else {
            return false;
        };
        page.view.as_ref().is_some_and(|view| view.hash != *hash)
    }

    /// The stay in front, if one is.
    #[must_use]
    pub fn stay(&self) -> Option<&StayPage> {
        self.page()
    }

    /// The screen in front, if it is of this kind.
    #[must_use]
    pub fn page<T: InPage>(&self) -> Option<&T> {
        self.pages.last().and_then(T::of)
    }

    /// The screen in front, if it is of this kind.
    pub(super) fn page_mut<T: InPage>(&mut self) -> Option<&mut T> {
        self.pages.last_mut().and_then(T::of_mut)
    }

    /// Lines of a part of the screen; none where it has no room at all.
    pub(super) fn height(&self, part: impl FnOnce(Rect) -> Rect) -> usize {
        let frame = self.frame();
        frame.map_or(0, |frame| part(frame.body).height.into())
    }

    /// The screen of this kind that fits, wherever it stands: an answer may
    /// come when another one is in front.
    pub(super) fn find_page<T: InPage>(&mut self, fits: impl Fn(&T) -> bool) -> Option<&mut T> {
        let pages = self.shelf.iter_mut().chain(&mut self.pages);
        pages.rev().filter_map(T::of_mut).find(|page| fits(page))
    }

    /// Whether something typed would be lost by leaving.
    #[must_use]
    pub fn has_typed(&self) -> bool {
        matches!(&self.overlay, Some(Overlay::Form(form)) if form.touched)
    }

    /// Takes over what the user's files say.
    pub fn set_up(&mut self, setup: Setup, now: Instant) {
        let Setup {
            keymap,
            settings,
            problems,
        } = setup;
        self.look.theme = settings.theme;
        self.names = Names::of(settings.role);
        self.look.ascii = settings.ascii.unwrap_or(self.look.ascii);
        // Who asks for other lines than ASCII's has a terminal that shows them.
        self.look.utf8 |= !self.look.ascii;
        self.idle = Idle::new(settings.idle_lock, now);
        self.keymap = keymap;
        self.settings = settings;
        if !problems.is_empty() {
            self.overlay = Some(Overlay::Problems);
        }
        self.problems = problems;
    }

    pub(super) fn ask(&mut self, purpose: Purpose, ask: Ask) -> u64 {
        self.serial += 1;
        if let Ask::Record { events } = &ask {
            let known = |episode: &EpisodeId, event: &str| self.recorded_event(episode, event);
            let deeds = events.iter().filter_map(|line| undo::deed(line, known));
            let deeds = deeds.collect();
            self.done.sent(self.serial, deeds);
        }
        let ticket = Ticket {
            serial: self.serial,
            purpose,
        };
        self.effects.push(Effect::Ask(ticket, Box::new(ask)));
        self.serial
    }

    /// An event of a stay that was read, by its id; none where a patient's
    /// identity stands in it, as it is masked here.
    fn recorded_event(&self, episode: &EpisodeId, event: &str) -> Option<Map<String, Json>> {
        let pages = self.pages.iter().chain(&self.shelf);
        let mut stays = pages.filter_map(StayPage::of);
        let stay = stays.find(|page| page.episode == *episode)?;
        let events = &stay.view.as_ref()?.events;
        let found = events.iter().find(|one| one.id.as_str() == event)?;
        let json = found.json.as_object()?;
        (!json.contains_key("patient")).then(|| json.clone())
    }

    pub(super) fn say(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice {
            text: text.into(),
            bad: false,
        });
    }

    pub(super) fn warn(&mut self, text: impl Into<String>) {
        self.notice = Some(Notice {
            text: text.into(),
            bad: true,
        });
    }

    pub(super) fn refuse(&mut self, why: Say) {
        self.warn(why.text(self.lang));
    }

    /// Two ids for a form's events. The loop keeps the supply filled.
    pub(super) fn take_ids(&mut self) -> [String; 2] {
        let mut next = || self.ids.pop_front().unwrap_or_default();
        [next(), next()]
    }
}
