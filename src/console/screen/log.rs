//! The log: who recorded what and when, the latest first.

use tui_input::Input;

use crate::{
    console::{action::Command, form, list::Place},
    desk::{
        error::DeskError,
        reply::{LogLine, LogView},
        request::LogAsk,
    },
    model::ids::EpisodeId,
    text::{Lang, format, log},
};

/// Entries that are asked for at once.
const PAGE: u32 = 200;
/// Pages that a filter reads by itself in search of entries; a key that moves
/// down lets it go on. A journal can be very long.
const PATIENCE: u8 = 10;

/// The log's state.
#[derive(Debug, Clone, Default)]
pub struct LogPage {
    /// What was read so far, the latest first.
    pub lines: Vec<LogLine>,
    /// Whether anything was read.
    pub read: bool,
    /// Where older ones begin; none where there are none.
    pub before: Option<u64>,
    /// The lines shown, as places in those read.
    pub shown: Vec<usize>,
    /// Where one is among those shown.
    pub place: Place,
    /// The filter's text.
    pub filter: Input,
    /// Whether it is being typed.
    pub typing: bool,
    /// Why the log could not be read.
    pub error: Option<DeskError>,
    /// Serial of the question for the newest, while it is awaited.
    pub newest: Option<u64>,
    /// Serial of the question for older ones, while it is awaited.
    pub older: Option<u64>,
    patience: u8,
    haystacks: Vec<String>,
    worded: Lang,
}

impl LogPage {
    /// The question for the newest entries.
    #[must_use]
    pub fn ask_newest() -> LogAsk {
        LogAsk {
            limit: PAGE,
            ..LogAsk::default()
        }
    }

    /// The question for older entries, where there are some, more are wanted
    /// and none are awaited.
    #[must_use]
    pub fn ask_older(&self, height: usize) -> Option<LogAsk> {
        let before = self.before.filter(|_| self.older.is_none())?;
        let at_the_end = self.place.at + height.max(1) >= self.shown.len();
        (at_the_end && self.patience > 0).then_some(LogAsk {
            before: Some(before),
            limit: PAGE,
            episode: None,
        })
    }

    /// Somebody wants to see more.
    pub fn be_patient(&mut self) {
        self.patience = PATIENCE;
    }

    /// Whether older entries are searched no further until somebody asks.
    #[must_use]
    pub fn rests(&self) -> bool {
        self.before.is_some() && self.older.is_none() && self.patience == 0
    }

    /// The selected entry.
    #[must_use]
    pub fn selected(&self) -> Option<&LogLine> {
        self.lines.get(*self.shown.get(self.place.at)?)
    }

    /// The stay that the selected entry is about.
    #[must_use]
    pub fn episode(&self) -> Option<&EpisodeId> {
        self.selected()?.episode.as_ref()
    }

    /// Takes the newest entries; the selection follows its entry. Where so
    /// much was recorded that the two do not meet, the older ones are read
    /// again when they are wanted.
    pub fn take_newest(&mut self, view: LogView, lang: Lang, height: usize) {
        let selected = self.selected().map(|line| line.seq);
        let known = self.lines.first().map_or(0, |line| line.seq);
        let fresh = view.lines.iter().take_while(|line| line.seq > known);
        let fresh = fresh.count();
        if !self.read || (fresh == view.lines.len() && view.before.is_some()) {
            self.lines = view.lines;
            self.before = view.before;
        } else {
            self.lines.splice(0..0, view.lines.into_iter().take(fresh));
        }
        if !self.read {
            self.be_patient();
        }
        self.read = true;
        self.error = None;
        self.haystacks.clear();
        self.arrange(lang, height, selected);
    }

    /// Takes older entries.
    pub fn take_older(&mut self, view: LogView, lang: Lang, height: usize) {
        let selected = self.selected().map(|line| line.seq);
        self.before = view.before;
        self.lines.extend(view.lines);
        self.patience = self.patience.saturating_sub(1);
        self.arrange(lang, height, selected);
    }

    fn arrange(&mut self, lang: Lang, height: usize, selected: Option<u64>) {
        let words: Vec<String> = self
            .filter
            .value()
            .split_whitespace()
            .map(str::to_lowercase)
            .collect();
        if self.worded != lang {
            self.haystacks.clear();
            self.worded = lang;
        }
        if !words.is_empty() {
            let known = self.haystacks.len();
            let more = self.lines[known..].iter();
            self.haystacks.extend(more.map(|line| haystack(line, lang)));
        }
        let fits = |at: &usize| {
            let mut words = words.iter();
            words.all(|word| self.haystacks[*at].contains(word.as_str()))
        };
        self.shown = (0..self.lines.len()).filter(fits).collect();
        let at = selected.and_then(|seq| {
            let is = |at: &usize| self.lines[*at].seq == seq;
            self.shown.iter().position(is)
        });
        self.place
            .select(at.unwrap_or(self.place.at), self.shown.len(), height);
    }

    /// Writes in the filter; the first match is selected.
    pub fn write_filter(&mut self, text: &str, lang: Lang, height: usize) {
        for char in text.chars().filter(|char| !char.is_control()) {
            self.filter
                .handle(tui_input::InputRequest::InsertChar(char));
        }
        self.refilter(lang, height);
    }

    /// Edits the filter by a key.
    pub fn edit_filter(&mut self, command: Command, lang: Lang, height: usize) {
        let Some(request) = form::edit_request(command) else {
            return;
        };
        let changed = self.filter.handle(request);
        if changed.is_some_and(|changed| changed.value) {
            self.refilter(lang, height);
        }
    }

    /// Takes the filter away. Says whether there was one.
    pub fn clear_filter(&mut self, lang: Lang, height: usize) -> bool {
        let had = self.typing || !self.filter.value().is_empty();
        let selected = self.selected().map(|line| line.seq);
        self.filter.reset();
        self.typing = false;
        self.arrange(lang, height, selected);
        had
    }

    fn refilter(&mut self, lang: Lang, height: usize) {
        self.place = Place::default();
        self.be_patient();
        self.arrange(lang, height, None);
    }
}

/// What the filter looks in: when, who, what, stay and month.
fn haystack(line: &LogLine, lang: Lang) -> String {
    let episode = line.episode.as_ref().map_or("", EpisodeId::as_str);
    let text = format!(
        "{} {} {episode} {} {}",
        format::moment(line.recorded_at),
        line.by,
        log::what(line.what, lang),
        log::line(line, lang)
    );
    text.to_lowercase()
}
