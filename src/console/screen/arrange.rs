//! Which of the board's rows are shown, in which order, under which heads.

use std::{
    borrow::Cow,
    collections::{BTreeSet, HashMap},
};

use super::{
    board::BoardPage,
    search::{Words, text_of},
    sort::Sort,
    urgency,
    views::{View, same_ward},
};
use crate::{
    console::names::Names,
    desk::reply::BoardRow,
    model::{ids::EpisodeId, money::Kronor, place::PayerCode, text::plain, time::Instant},
    rules::outlook::State,
    settings::preferences::Work,
    text::{Lang, console::Say, format},
};

/// How somebody looks at the board: what filters, orders and marks go by.
#[derive(Debug, Clone)]
pub struct Lens {
    /// The user's language.
    pub lang: Lang,
    /// The present moment.
    pub now: Instant,
    /// Rows that are seen.
    pub height: usize,
    /// How names are shown.
    pub names: Names,
    /// Whose work it is.
    pub role: Work,
    /// The user's own payers.
    pub payers: Vec<PayerCode>,
    /// The user's own wards.
    pub wards: Vec<String>,
    /// Journal position when this user's console was left last, if known.
    pub since: Option<u64>,
}

impl Lens {
    /// Whether something was recorded for the stay since the last shift.
    #[must_use]
    pub fn is_changed(&self, row: &BoardRow) -> bool {
        self.since.is_some_and(|since| row.seq > since)
    }

    /// Whether the payer is the user's own; all are where none is set.
    #[must_use]
    pub fn is_own_payer(&self, row: &BoardRow) -> bool {
        let payer = row.line.payer;
        self.payers.is_empty() || payer.is_some_and(|payer| self.payers.contains(&payer))
    }

    /// Whether news of the stay concern the user.
    #[must_use]
    pub fn concerns(&self, row: &BoardRow) -> bool {
        match self.role {
            Work::Municipality => self.is_own_payer(row),
            _ => {
                let mut wards = self.wards.iter();
                self.wards.is_empty() || wards.any(|ward| same_ward(ward, &row.line.ward))
            }
        }
    }
}

/// What the rows are grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say it")]
pub enum Group {
    Payer,
    Ward,
}

impl Group {
    /// From none to payers, to wards, and back.
    #[must_use]
    pub fn after(now: Option<Self>) -> Option<Self> {
        match now {
            None => Some(Self::Payer),
            Some(Self::Payer) => Some(Self::Ward),
            Some(Self::Ward) => None,
        }
    }

    /// What it is called.
    #[must_use]
    pub fn say(now: Option<Self>) -> Say {
        match now {
            None => Say::NoGroups,
            Some(Self::Payer) => Say::ByPayer,
            Some(Self::Ward) => Say::ByWard,
        }
    }

    fn key(self, row: &BoardRow) -> String {
        match self {
            Self::Payer => row.line.payer.map_or_else(String::new, format::payer),
            Self::Ward => format!("{} · {}", row.line.ward, row.hospital),
        }
    }
}

/// A line of the board.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// A group's head, as its place among the heads.
    Head(u32),
    /// A row, as its place in the board.
    Row(u32),
}

/// A group's head: its name and what its rows come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Payer or ward; empty where it is not settled who pays.
    pub name: String,
    /// Rows.
    pub rows: u32,
    /// Rows with running liability.
    pub liable: u32,
    /// Kronor that the day which runs adds for those, as far as known.
    pub today: Kronor,
    /// Whether some of that is not known, for want of a rate.
    pub unpriced: bool,
}

impl Head {
    /// What it is called.
    #[must_use]
    pub fn title(&self, lang: Lang) -> Cow<'_, str> {
        match self.name.is_empty() {
            true => Say::UnsettledPayer.text(lang).into(),
            false => plain(&self.name),
        }
    }
}

/// The lines shown, and the heads among them.
pub type Arranged = (Vec<Line>, Vec<Head>);

impl BoardPage {
    /// The lines in their order.
    pub(super) fn arranged(&self, rows: &[BoardRow], lens: &Lens) -> Arranged {
        let mut words = Words::of(self.filter.value());
        let fits = |index: usize, row: &BoardRow, words: &mut Words| {
            self.belongs(row, lens) && (words.is_empty() || words.find(&self.texts[index]))
        };
        let mut shown: Vec<u32> = Vec::new();
        for (index, row) in rows.iter().enumerate() {
            if fits(index, row, &mut words) {
                shown.push(index as u32);
            }
        }
        self.order(&mut shown, rows, lens);
        match self.group {
            None => (shown.into_iter().map(Line::Row).collect(), Vec::new()),
            Some(group) => grouped(&shown, rows, group),
        }
    }

    fn belongs(&self, row: &BoardRow, lens: &Lens) -> bool {
        let ready = row.line.state != State::NotReady;
        (ready || self.shows_not_ready())
            && self.view().is_none_or(|view| view.holds(row, lens))
            && self.payer.is_none_or(|payer| row.line.payer == Some(payer))
    }

    fn order(&self, shown: &mut [u32], rows: &[BoardRow], lens: &Lens) {
        let row = |index: &u32| &rows[*index as usize];
        match self.sort {
            Sort::Urgency if lens.role == Work::Finance => {}
            Sort::Urgency => shown.sort_by_cached_key(|index| urgency::place(row(index), lens)),
            sort => shown.sort_by(|a, b| sort.compare(row(a), row(b))),
        }
        if self.reversed {
            shown.reverse();
        }
    }

    /// The view of the program's own that is shown.
    #[must_use]
    pub fn view(&self) -> Option<View> {
        match self.chosen {
            super::board::Chosen::Own(view) => Some(view),
            _ => None,
        }
    }
}

/// The rows under heads; groups stand in the order of their first rows.
fn grouped(shown: &[u32], rows: &[BoardRow], group: Group) -> Arranged {
    let mut heads: Vec<Head> = Vec::new();
    let mut members: Vec<Vec<u32>> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    for index in shown {
        let row = &rows[*index as usize];
        let name = group.key(row);
        let at = *known.entry(name).or_insert_with_key(|name| {
            heads.push(Head {
                name: name.clone(),
                rows: 0,
                liable: 0,
                today: Kronor::ZERO,
                unpriced: false,
            });
            members.push(Vec::new());
            heads.len() - 1
        });
        let head = &mut heads[at];
        head.rows += 1;
        if row.line.state == State::Liable {
            head.liable += 1;
            head.today += row.line.tomorrow.unwrap_or(Kronor::ZERO);
            head.unpriced |= row.line.tomorrow.is_none();
        }
        members[at].push(*index);
    }
    let lines = members.into_iter().enumerate().flat_map(|(at, rows)| {
        std::iter::once(Line::Head(at as u32)).chain(rows.into_iter().map(Line::Row))
    });
    (lines.collect(), heads)
}

/// What the filter looks in, row by row.
pub(super) fn texts(rows: &[BoardRow], lens: &Lens) -> Vec<String> {
    rows.iter().map(|row| text_of(row, lens)).collect()
}

/// How many rows came, went or changed from one board to another.
pub(super) fn changes(old: &[BoardRow], new: &[BoardRow]) -> usize {
    let known: HashMap<&EpisodeId, &BoardRow> = by_episode(old);
    let kept: BTreeSet<&EpisodeId> = new.iter().map(|row| &row.line.episode).collect();
    let gone = known.keys().filter(|episode| !kept.contains(*episode));
    let differs = |row: &&BoardRow| {
        known
            .get(&row.line.episode)
            .is_none_or(|old| (old.seq, old.line.state) != (row.seq, row.line.state))
    };
    gone.count() + new.iter().filter(differs).count()
}

/// Stays whose ready notice came after the old board was made.
pub(super) fn new_notices(
    old: &[BoardRow],
    seq: u64,
    new: &[BoardRow],
    lens: &Lens,
) -> Vec<EpisodeId> {
    let news: Vec<_> = new
        .iter()
        .filter(|row| row.seq > seq && row.line.ready_since.is_some() && lens.concerns(row))
        .collect();
    if news.is_empty() {
        return Vec::new();
    }
    let known = by_episode(old);
    let was = |row: &BoardRow| known.get(&row.line.episode)?.line.ready_since;
    let notices = news
        .into_iter()
        .filter(|row| was(row) != row.line.ready_since);
    notices.map(|row| row.line.episode.clone()).collect()
}

fn by_episode(rows: &[BoardRow]) -> HashMap<&EpisodeId, &BoardRow> {
    rows.iter().map(|row| (&row.line.episode, row)).collect()
}
