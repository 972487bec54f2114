//! The board: what is chosen of it, and where one is.

use std::{collections::BTreeSet, sync::Arc};

use tui_input::Input;

use super::{
    arrange::{self, Group, Head, Lens, Line},
    sort::{Sort, ends_at},
    views::View,
};
use crate::{
    console::{
        action::Command,
        form,
        list::{Move, Place},
    },
    desk::{
        reply::{Board, BoardHead, BoardRow},
        request::BoardAsk,
    },
    model::{ids::EpisodeId, place::PayerCode, text::plain, time::Instant},
    rules::outlook::State,
    text::{Lang, console::Say},
};

/// The view that is shown.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Chosen {
    /// All rows.
    #[default]
    All,
    /// One of the program's own.
    Own(View),
    /// One of the user's, by its name.
    Saved(String),
}

impl Chosen {
    /// What it is called.
    #[must_use]
    pub fn name(&self, lang: Lang) -> String {
        match self {
            Self::All => Say::AllRows.text(lang).to_owned(),
            Self::Own(view) => view.say().text(lang).to_owned(),
            Self::Saved(name) => plain(name).into_owned(),
        }
    }
}

/// What an answer brought.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct News {
    /// Stays with a ready notice that is new.
    pub ready: Vec<EpisodeId>,
    /// The followed stay and where it stood before and stands now; none for
    /// what is not on the board.
    pub followed: Option<(EpisodeId, Option<State>, Option<State>)>,
}

/// Rows that stay put while answers wait.
#[derive(Debug, Clone, Default)]
pub struct Frozen {
    /// The last answer, while it is not shown.
    pub waiting: Option<Arc<Board>>,
    /// Rows that it would change.
    pub changes: usize,
}

/// The board's state.
#[derive(Debug, Clone, Default)]
pub struct BoardPage {
    /// What is shown of the desk's answers; none before the first.
    pub board: Option<Arc<Board>>,
    /// Lines shown, in their order.
    pub shown: Vec<Line>,
    /// Heads of groups among them.
    pub heads: Vec<Head>,
    /// The selected line and the first one on the screen.
    pub place: Place,
    /// The filter's text.
    pub filter: Input,
    /// Whether the filter is being typed.
    pub typing: bool,
    /// The view.
    pub chosen: Chosen,
    /// The order.
    pub sort: Sort,
    /// Whether it is turned round.
    pub reversed: bool,
    /// What rows are grouped by.
    pub group: Option<Group>,
    /// Whether stays that are not ready are shown.
    pub all: bool,
    /// The only payer shown.
    pub payer: Option<PayerCode>,
    /// Set while rows stay put.
    pub frozen: Option<Frozen>,
    /// The stay whose standing is told wherever it is.
    pub followed: Option<EpisodeId>,
    /// Stays marked to act on together.
    pub marked: BTreeSet<EpisodeId>,
    /// Stays with a new ready notice that was not looked at yet.
    pub fresh: BTreeSet<EpisodeId>,
    /// Serial of the answer that was taken last.
    pub applied: u64,
    /// Serial of the last question, while its answer is awaited.
    pub awaited: Option<u64>,
    /// Whether something changed since that question was asked.
    pub again: bool,
    /// Serial of the question for the most urgent rows alone.
    pub few: u64,
    /// Whether only those are shown yet.
    pub partial: bool,
    /// Whether a district board pays for one of the rows.
    pub districts: bool,
    /// What the filter looks in, row by row; made when first needed.
    pub(super) texts: Vec<String>,
}

impl BoardPage {
    /// The question for all rows, or only the most urgent ones.
    #[must_use]
    pub fn ask(&self, limit: Option<usize>) -> BoardAsk {
        BoardAsk {
            payer: None,
            all: self.shows_not_ready(),
            limit,
        }
    }

    /// Whether rows that are not ready are among those shown.
    #[must_use]
    pub fn shows_not_ready(&self) -> bool {
        self.all || self.view().is_some_and(View::shows_not_ready)
    }

    /// The newest counts, also while rows stay put.
    #[must_use]
    pub fn head(&self) -> Option<&BoardHead> {
        self.newest().map(|board| &board.head)
    }

    fn newest(&self) -> Option<&Arc<Board>> {
        let waiting = self
            .frozen
            .as_ref()
            .and_then(|frozen| frozen.waiting.as_ref());
        waiting.or(self.board.as_ref())
    }

    /// The selected row; none on a group's head.
    #[must_use]
    pub fn selected(&self) -> Option<&BoardRow> {
        self.row(self.place.at)
    }

    /// The row on a line, from 0.
    #[must_use]
    pub fn row(&self, at: usize) -> Option<&BoardRow> {
        match self.shown.get(at)? {
            Line::Row(index) => self.board.as_ref()?.rows.get(*index as usize),
            Line::Head(_) => None,
        }
    }

    /// How many rows are shown.
    #[must_use]
    pub fn rows_shown(&self) -> usize {
        self.shown.len() - self.heads.len()
    }

    /// The row of a stay, shown or not, as known now.
    #[must_use]
    pub fn row_of(&self, episode: &EpisodeId) -> Option<&BoardRow> {
        let mut rows = self.newest()?.rows.iter();
        rows.find(|row| &row.line.episode == episode)
    }

    /// Takes an answer; the selection follows its stay.
    pub fn take(&mut self, board: Arc<Board>, lens: &Lens) -> News {
        let news = self.news(&board, lens);
        self.fresh.extend(news.ready.iter().cloned());
        if let (Some(frozen), Some(shown)) = (&mut self.frozen, &self.board) {
            frozen.changes = arrange::changes(&shown.rows, &board.rows);
            frozen.waiting = Some(board);
            return news;
        }
        self.show(board, lens);
        news
    }

    fn show(&mut self, board: Arc<Board>, lens: &Lens) {
        // Nobody chose the first of a few rows: it need not be the first of
        // all of them, and one begins with what is most urgent.
        let chosen = !self.partial || self.place != Place::default();
        let selected = self.selected().filter(|_| chosen);
        let selected = selected.map(|row| row.line.episode.clone());
        let mut payers = board.rows.iter().filter_map(|row| row.line.payer);
        self.districts = payers.any(|payer| payer.district().is_some());
        self.board = Some(board);
        self.texts.clear();
        self.arrange(lens, selected.as_ref());
    }

    fn news(&self, board: &Board, lens: &Lens) -> News {
        let Some(old) = self.newest() else {
            return News::default();
        };
        let ready = arrange::new_notices(&old.rows, old.head.seq, &board.rows, lens);
        let followed = self.followed.as_ref().and_then(|episode| {
            let standing = |rows: &[BoardRow]| {
                let row = rows.iter().find(|row| &row.line.episode == episode);
                row.map(|row| row.line.state)
            };
            let (before, after) = (standing(&old.rows), standing(&board.rows));
            (before != after).then(|| (episode.clone(), before, after))
        });
        News { ready, followed }
    }

    /// Lets rows stay put, or shows what waited. Says whether they stay.
    pub fn toggle_frozen(&mut self, lens: &Lens) -> bool {
        match self.frozen.take() {
            None => self.frozen = Some(Frozen::default()),
            Some(frozen) => {
                if let Some(board) = frozen.waiting {
                    self.show(board, lens);
                }
            }
        }
        self.frozen.is_some()
    }

    /// Filters and orders anew; the selection follows its stay.
    pub fn rearrange(&mut self, lens: &Lens) {
        let selected = self.selected().map(|row| row.line.episode.clone());
        self.arrange(lens, selected.as_ref());
    }

    /// Forgets what depends on the language and on how names are shown.
    pub fn relabel(&mut self, lens: &Lens) {
        self.texts.clear();
        self.rearrange(lens);
    }

    fn arrange(&mut self, lens: &Lens, selected: Option<&EpisodeId>) {
        let Some(board) = self.board.clone() else {
            return;
        };
        let typed = !self.filter.value().trim().is_empty();
        if typed && self.texts.len() != board.rows.len() {
            self.texts = arrange::texts(&board.rows, lens);
        }
        (self.shown, self.heads) = self.arranged(&board.rows, lens);
        let at = selected.and_then(|episode| {
            let is = |line: &Line| match line {
                Line::Row(index) => &board.rows[*index as usize].line.episode == episode,
                Line::Head(_) => false,
            };
            self.shown.iter().position(is)
        });
        let at = at.unwrap_or(self.place.at);
        self.place.select(at, self.shown.len(), lens.height);
    }

    /// Moves the selection; what it comes to is no longer new.
    pub fn go(&mut self, how: Move, height: usize) {
        self.place.go(how, self.shown.len(), height);
        self.look();
    }

    /// The selected row was looked at.
    pub fn look(&mut self) {
        if let Some(episode) = self.selected().map(|row| row.line.episode.clone()) {
            self.fresh.remove(&episode);
        }
    }

    /// Marks the selected stay, or takes its mark away. Says whether there
    /// was one.
    pub fn toggle_mark(&mut self) -> bool {
        let Some(episode) = self.selected().map(|row| row.line.episode.clone()) else {
            return false;
        };
        if !self.marked.remove(&episode) {
            self.marked.insert(episode);
        }
        true
    }

    /// Marks every stay that is shown; where all are, takes all marks away.
    pub fn toggle_all_marks(&mut self) {
        let lines = 0..self.shown.len();
        let rows = lines.filter_map(|at| self.row(at));
        let shown: BTreeSet<_> = rows.map(|row| row.line.episode.clone()).collect();
        if shown.is_subset(&self.marked) {
            self.marked.clear();
        } else {
            self.marked.extend(shown);
        }
    }

    /// Writes in the filter; the first match is selected.
    pub fn write_filter(&mut self, text: &str, lens: &Lens) {
        for char in text.chars().filter(|char| !char.is_control()) {
            self.filter
                .handle(tui_input::InputRequest::InsertChar(char));
        }
        self.place = Place::default();
        self.arrange(lens, None);
    }

    /// Edits the filter by a key.
    pub fn edit_filter(&mut self, command: Command, lens: &Lens) {
        let Some(request) = form::edit_request(command) else {
            return;
        };
        if self
            .filter
            .handle(request)
            .is_some_and(|changed| changed.value)
        {
            self.rearrange(lens);
        }
    }

    /// Takes filter, payer and view away, or where there is none of them the
    /// marks.
    pub fn clear(&mut self, lens: &Lens) {
        let narrowed = !self.filter.value().is_empty()
            || self.payer.is_some()
            || self.typing
            || self.chosen != Chosen::All;
        if !narrowed {
            self.marked.clear();
            return;
        }
        self.filter.reset();
        self.payer = None;
        self.typing = false;
        self.chosen = Chosen::All;
        self.rearrange(lens);
    }

    /// Shows only the selected row's payer, or all of them again. Says
    /// whether that could be done.
    pub fn toggle_payer(&mut self, lens: &Lens) -> bool {
        if self.payer.take().is_none() {
            self.payer = self.selected().and_then(|row| row.line.payer);
            if self.payer.is_none() {
                return false;
            }
        }
        self.rearrange(lens);
        true
    }

    /// Whether a boundary or a noon has passed since the last answer was
    /// made, so that its states are no longer true.
    #[must_use]
    pub fn is_overtaken(&self, now: Instant) -> bool {
        let Some(board) = self.newest() else {
            return false;
        };
        let Some(then) = board.head.now else {
            return false;
        };
        let passed = |end: Instant| then < end && end <= now;
        let noon = board.head.noon.as_ref().map(|noon| noon.at);
        noon.is_some_and(passed) || board.rows.iter().filter_map(ends_at).any(passed)
    }
}
